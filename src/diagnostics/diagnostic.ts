import type { SourceFile, Span } from '../source.js';
import { type Code, definitionOf, type Values } from './catalog.js';
import type { Severity } from './define.js';

/** One finding about one place of the program. */
export interface Diagnostic {
  readonly code: Code;
  readonly name: string;
  readonly severity: Severity;
  /** What is wrong and why: one or two sentences. */
  readonly message: string;
  /** Undefined for what belongs to no file: a missing service, an unreadable folder. */
  readonly file: SourceFile | undefined;
  readonly span: Span;
  /** Other places that have to do with it. */
  readonly labels: readonly Label[];
  /** What to do. */
  readonly hint: string | undefined;
  readonly fixes: readonly Fix[];
}

export interface Label {
  readonly file: SourceFile;
  readonly span: Span;
  readonly text: string;
}

/** A change of the source that is certain to help: pure data. */
export interface Fix {
  /** Begins with a capital, and has no final period. */
  readonly title: string;
  readonly edits: readonly Edit[];
}

export interface Edit {
  readonly file: SourceFile;
  readonly span: Span;
  readonly text: string;
}

/** What a report may add to its message. */
export interface Extra {
  readonly labels?: readonly Label[];
  readonly hint?: string | undefined;
  readonly fixes?: readonly Fix[];
}

/** Collects what is found. Never throws: whoever reports goes on. */
export class Reporter {
  private readonly found: Diagnostic[] = [];

  /** @param at the exact place: an offset range of `file` */
  report<C extends Code>(file: SourceFile | undefined, code: C, at: Span, values: Values<C>, extra: Extra = {}): void {
    const { name, severity, message } = definitionOf(code);
    const { labels = [], hint, fixes = [] } = extra;
    this.found.push({ code, name, severity, message: message(values), file, span: at, labels, hint, fixes });
  }

  /** The same for what belongs to no file: a missing service, an unreadable folder. */
  reportUnplaced<C extends Code>(code: C, values: Values<C>, extra: Extra = {}): undefined {
    this.report(undefined, code, { start: 0, end: 0 }, values, extra);
  }

  add(diagnostics: readonly Diagnostic[]): void {
    this.found.push(...diagnostics);
  }

  get all(): readonly Diagnostic[] {
    return this.found;
  }
}

/**
 * What is found in a source that twfc wrote itself, where its author reads it: in the file that it was made of. That is
 * not theirs to tidy, so that only errors are said.
 */
export function atOrigin(diagnostic: Diagnostic): Diagnostic[] {
  const { file, span, severity, labels, fixes } = diagnostic;
  const isForeign = (one: SourceFile | undefined) => one?.origin !== undefined;
  if (isForeign(file) && severity !== 'error') return [];
  const placed = (one: SourceFile, at: Span) =>
    one.origin ? { file: one.origin.file, span: one.origin.spanAt(at.start) } : { file: one, span: at };
  return [
    {
      ...diagnostic,
      ...(file && placed(file, span)),
      labels: labels.map((label) => ({ ...label, ...placed(label.file, label.span) })),
      fixes: fixes.filter(({ edits }) => !edits.some((edit) => isForeign(edit.file))),
    },
  ];
}

/** By file, place and code; what is said twice about one place is said once. */
export function sorted(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const key = (one: Diagnostic) => `${one.file?.path}:${one.span.start}:${one.span.end}:${one.code}:${one.message}`;
  const unique = [...new Map(diagnostics.map((one) => [key(one), one])).values()];
  return unique.sort(
    (a, b) =>
      compare(a.file?.path ?? '', b.file?.path ?? '') ||
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      compare(a.code, b.code),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A fix that replaces one stretch of text. */
export function replacement(title: string, file: SourceFile, span: Span, text: string): Fix {
  return { title, edits: [{ file, span, text }] };
}
