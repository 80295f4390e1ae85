import type { SourceFile, Span } from '../source.js';
import { columns, visible } from './visible.js';

/** One line of source with a stretch of it marked, ready to print: the marks stand below `before`. */
export interface Frame {
  readonly line: number;
  readonly text: string;
  /** In columns of the terminal. */
  readonly before: number;
  readonly marked: number;
}

/** The most that is shown of a line, in characters; a longer one is cut to a window around the mark. */
const window = 140;
const lead = 60;

export function frameOf(file: SourceFile, span: Span): Frame {
  const { line, column } = file.position(span.start);
  const text = file.lineText(line);
  const start = Math.min(column - 1, text.length);
  const end = Math.max(start, Math.min(text.length, start + (span.end - span.start)));
  const from = text.length > window ? edge(text, Math.max(0, start - lead)) : 0;
  const to = text.length > window ? edge(text, Math.min(text.length, from + window)) : text.length;

  const before = (from > 0 ? '…' : '') + shown(text.slice(from, start));
  const marked = shown(text.slice(start, Math.min(end, to)));
  const after = shown(text.slice(Math.min(end, to), to)) + (to < text.length ? '…' : '');
  return {
    line,
    text: (before + marked + after).trimEnd(),
    before: columns(before),
    marked: Math.max(1, columns(marked)),
  };
}

/** Never between the halves of a surrogate pair. */
function edge(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text[at] ?? '') ? at + 1 : at;
}

function shown(text: string): string {
  return visible(text.replaceAll('\t', '    '));
}
