/**
 * The formatter: it changes what stands between words and signs, and nothing else. Indentation, spaces, line breaks inside
 * brackets, blank lines, and the comma at the end of broken brackets are its own; every word, string and comment is the
 * author's, in the spelling that the author chose. So it knows no construct of the language by name, and what it prints
 * has the same tree.
 */
import { type Diagnostic, Reporter } from '../diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../source.js';
import type { ActivityDef, Definition } from '../syntax/ast.js';
import { parseFile } from '../syntax/parse.js';
import { printLine } from './print.js';
import { INDENT, type Row, rowsOf } from './rows.js';

export interface Formatted {
  readonly text: string;
  /** What could not be read, and is left as it is: each stretch with the first error in it. */
  readonly kept: readonly Kept[];
}

export interface Kept {
  readonly span: Span;
  readonly error: Diagnostic;
}

/** A carriage return that ends no line: nobody knows what is meant by it, nor by tabs among spaces. */
const LONE_RETURN = /\r(?!\n)/;

/** Formats one file. Total, as parsing is: what cannot be read is left as it is. */
export function format(source: SourceFile): Formatted {
  const reporter = new Reporter();
  const parsed = parseFile(source, reporter);
  const errors = reporter.all.filter(({ severity }) => severity === 'error');
  const mixed = errors.find(({ code }) => code === 'TWF107');
  if (mixed || LONE_RETURN.test(source.text)) {
    const [error] = mixed ? [mixed] : errors;
    return { text: source.text, kept: error ? [{ span: { start: 0, end: source.text.length }, error }] : [] };
  }
  const kept: Kept[] = [];
  const printed: Printed[] = [];
  for (const section of sectionsOf(rowsOf(parsed), source)) {
    const error = errors.find((one) => holds(section, one.span));
    if (error) kept.push({ span: section, error });
    const prose = parsed.ast.definitions.find((one) => isProse(one) && holds(section, one.span)) as
      ActivityDef | undefined;
    const rows = prose ? [] : section.rows.map(printRow);
    if (prose && !error) printed.push(...proseRows(section, prose, source));
    else if (!error && holdsAll(rows, source.text.slice(section.start, section.end))) printed.push(...rows);
    else printed.push(verbatim(section, source));
  }
  const text = joined(printed);
  return { text: usesCrlf(source.text) ? text.replaceAll('\n', '\r\n') : text, kept };
}

function holds({ start, end }: Span, inner: Span): boolean {
  return inner.start >= start && inner.start < end;
}

/** Whether the body of an activity is prose, whose words are no tokens. */
function isProse(one: Definition): boolean {
  return one.kind === 'Activity' && one.prose.length > 0;
}

/** Whether the rows have every character of a text but for spaces and commas: what begins no token is in no row. */
function holdsAll(rows: readonly Printed[], text: string): boolean {
  const printed = rows.flatMap(({ lines, trailing }) => [...lines, trailing?.text ?? '']).join('');
  return printed.replaceAll(/[\s,]/g, '') === text.replaceAll(/[\s,]/g, '');
}

/** The file decides by its first line break. */
function usesCrlf(text: string): boolean {
  const at = text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r';
}

// --- Sections: definitions, and what stands between them

interface Section extends Span {
  readonly rows: readonly Row[];
}

/** A line at the left margin begins one, or the comments above it; the first begins with the file. Each goes up to the next. */
function sectionsOf(rows: readonly Row[], { text }: SourceFile): Section[] {
  const starts: number[] = [];
  let isAtMargin = true;
  for (let at = rows.length - 1; at > 0; at--) {
    const { kind, level, column } = rows[at]!;
    if (kind === 'code') isAtMargin = level === 0 && column === 0;
    if (isAtMargin && level === 0 && column === 0) starts.unshift(at);
  }
  return [0, ...starts].map((start, at) => {
    const next = starts[at];
    return {
      rows: rows.slice(start, next),
      start: at === 0 ? 0 : rows[start]!.span.start,
      end: next === undefined ? text.length + 1 : rows[next]!.span.start,
    };
  });
}

// --- Rows to text

interface Printed extends Pick<Row, 'trailing' | 'level' | 'firstLine' | 'lastLine'> {
  readonly lines: readonly string[];
  /** How many blocks are around its last line. */
  readonly lastLevel: number;
}

function printRow(row: Row): Printed {
  const indent = row.level * INDENT;
  const [head = '', ...rest] = printLine(row.parts, indent);
  return { ...row, lines: [' '.repeat(indent) + head, ...rest], lastLevel: row.level };
}

/** An activity that is described in words: its head, its options, and its words as they are, but moved as a whole. */
function proseRows(section: Section, { name, params, result, options }: ActivityDef, source: SourceFile): Printed[] {
  const { rows, end } = section;
  const head = [name, ...params, result, options].reduce((at, part) => Math.max(at, part?.span.end ?? 0), 0);
  const first = rows.findIndex(({ kind, span }) => kind === 'code' && span.start > head);
  // Words at the left margin are a section of their own.
  if (first === -1) return [verbatim(section, source)];
  const { span, column, firstLine } = rows[first]!;
  const words = verbatim({ rows: [], start: span.start, end }, source).lines;
  const lines = [' '.repeat(column) + words[0]!, ...words.slice(1)].map((line) => moved(line, INDENT - column));
  const prose = {
    lines,
    trailing: undefined,
    level: 1,
    lastLevel: 1,
    firstLine,
    lastLine: firstLine + lines.length - 1,
  };
  return [...rows.slice(0, first).map(printRow), prose];
}

/** A line of a body, further to the right or to the left, as far as it stays in it. */
function moved(line: string, by: number): string {
  const text = line.trimStart();
  return text === '' ? '' : ' '.repeat(Math.max(INDENT, line.length - text.length + by)) + text.trimEnd();
}

/** As it is, but for tabs at the starts of lines: a file does not mix them with spaces. */
function verbatim({ rows, start, end }: Section, source: SourceFile): Printed {
  const text = source.text.slice(start, end);
  const blank = /^(?:[ \t]*\r?\n)*/.exec(text)![0];
  const lines = text
    .slice(blank.length)
    .replace(/(?:\r?\n[ \t]*)+$/, '')
    .split(/\r?\n/);
  const firstLine = source.position(start + blank.length).line;
  const [level, lastLevel] = [rows[0]?.level ?? 0, rows.at(-1)?.level ?? 0];
  const lastLine = firstLine + lines.length - 1;
  return { lines: lines.map(untabbed), trailing: undefined, level, lastLevel, firstLine, lastLine };
}

function untabbed(line: string): string {
  const [blank = ''] = /^[\t ]*/.exec(line) ?? [];
  let width = 0;
  for (const character of blank) width += character === '\t' ? INDENT - (width % INDENT) : 1;
  return ' '.repeat(width) + line.slice(blank.length);
}

/** With the blank lines between them, at most one, and none where a block begins; and with the comments behind them. */
function joined(printed: readonly Printed[]): string {
  const out: string[] = [];
  const widths = commentWidths(printed);
  for (const [at, { lines, trailing, level, firstLine }] of printed.entries()) {
    const before = printed[at - 1];
    if (before !== undefined && firstLine > before.lastLine + 1 && level <= before.lastLevel) out.push('');
    out.push(...lines);
    if (trailing) out[out.length - 1] = `${lines.at(-1)!.padEnd(widths[at]!)}  ${trailing.text}`;
  }
  const text = out.join('\n');
  return text === '' ? '' : `${text}\n`;
}

/** How wide lines are made before the comments behind them: those that are in one column in the source stay in one. */
function commentWidths(printed: readonly Printed[]): number[] {
  const widths = printed.map(({ lines }) => lines.at(-1)!.length);
  for (let start = 0; start < printed.length; start++) {
    let end = start + 1;
    while (end < printed.length && isUnder(printed[end]!, printed[end - 1]!)) end++;
    widths.fill(Math.max(...widths.slice(start, end)), start, end);
    start = end - 1;
  }
  return widths;
}

/** Whether two lines follow each other, and the comments behind them are in one column. */
function isUnder(line: Printed, above: Printed): boolean {
  const follows = line.firstLine === above.lastLine + 1 && line.level === above.level;
  const isOne = line.lines.length === 1 && above.lines.length === 1;
  return follows && isOne && line.trailing !== undefined && line.trailing.column === above.trailing?.column;
}
