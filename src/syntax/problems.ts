import type { IToken } from 'chevrotain';
import type { Code, Values } from '../diagnostics/catalog.js';
import { type Diagnostic, type Extra, type Fix, replacement, Reporter } from '../diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../source.js';
import { Newline } from './tokens.js';

/**
 * What the front end finds in one file. A line has one error: the first that is reported, which is why lexer, layout,
 * grammar and builder report in that order. Warnings are kept all.
 */
export class Problems {
  private readonly found = new Reporter();
  private readonly forgotten = new Set<Diagnostic>();

  constructor(readonly source: SourceFile) {}

  get text(): string {
    return this.source.text;
  }

  report<C extends Code>(code: C, at: Span, values: Values<C>, extra?: Extra): void {
    this.found.report(this.source, code, at, values, extra);
  }

  has(code: Code): boolean {
    return this.found.all.some((one) => one.code === code);
  }

  /** The errors that have been found so far in a stretch of this file. */
  errorsIn(span: Span): readonly Diagnostic[] {
    return this.found.all.filter((one) => one.severity === 'error' && begins(one, span));
  }

  /** A stretch of this file turns out to be no program: what was found wrong with it is not said. */
  forget(span: Span): void {
    for (const one of this.found.all) if (begins(one, span)) this.forgotten.add(one);
  }

  /**
   * For reading what stands under a line that was not understood: whatever seems wrong there may be right under the line
   * that was meant, so nothing is kept.
   */
  quiet(): Problems {
    return new Problems(this.source);
  }

  line(offset: number): number {
    return this.source.position(offset).line;
  }

  /** A fix that puts something else in the place of a stretch of this file. */
  fix(title: string, span: Span, text: string): Fix {
    return replacement(title, this.source, span, text);
  }

  /** @param tokens after layout: their Newlines end the logical lines */
  reportTo(reporter: Reporter, tokens: readonly IToken[]): void {
    if (this.found.all.length === 0) return;
    const lineEnds = tokens.filter(({ tokenType }) => tokenType === Newline).map(({ startOffset }) => startOffset);
    const taken = new Set<number>();
    const isFirst = ({ severity, span }: Diagnostic) => {
      if (severity !== 'error') return true;
      const line = lineOf(span.start, lineEnds);
      return !taken.has(line) && taken.add(line) !== undefined;
    };
    reporter.add(this.found.all.filter((one) => !this.forgotten.has(one)).filter(isFirst));
  }
}

function begins({ span }: Diagnostic, { start, end }: Span): boolean {
  return span.start >= start && span.start < end;
}

function lineOf(offset: number, lineEnds: readonly number[]): number {
  let [low, high] = [0, lineEnds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lineEnds[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
