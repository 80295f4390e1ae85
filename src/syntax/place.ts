import type { SourceFile, Span } from '../source.js';

/** A node, or a statement that makes a call. */
interface Placed {
  readonly span: Span;
  readonly options?: { readonly span: Span } | undefined;
  readonly call?: Placed;
}

const blank = /(?:\s|#.*)*/y;

/** Where a node begins, as a reader sees it: options that stand before it are part of it, but not its place. */
export function placeOf(file: SourceFile, { span, options, call }: Placed): number {
  const before = options ?? call?.options;
  if (!before || before.span.start !== span.start) return span.start;
  blank.lastIndex = before.span.end;
  return before.span.end + blank.exec(file.text)![0].length;
}
