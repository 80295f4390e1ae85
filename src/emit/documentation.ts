/** The author's comments, as TypeScript's. */
import type { Comments } from './comments.js';
import { concat, type Doc, hardline, suffix } from './print/doc.js';
import { commentText } from './print/literals.js';

/** Text of one or more lines, above what it documents. */
export function docComment(texts: readonly string[]): Doc {
  const safe = texts.map(commentText);
  if (safe.length === 1) return `/** ${safe[0]} */`;
  return concat('/**', hardline, ...safe.flatMap((text) => [text === '' ? ' *' : ` * ${text}`, hardline]), ' */');
}

/**
 * The comments of a definition that stands among others: what is set apart from it, then its documentation. Each ends its
 * line.
 *
 * @param inside comments that are all there is of its body
 */
export function definitionComments({ leading }: Comments, inside: readonly string[] = []): Doc {
  const { apart, doc } = splitDocumentation(leading);
  const texts = [...doc, ...inside];
  const above = [
    ...lineComments(apart),
    ...(apart.length > 0 ? [''] : []),
    ...(texts.length > 0 ? [docComment(texts)] : []),
  ];
  return concat(...above.flatMap((one) => [one, hardline]));
}

/** Line comments; undefined is a blank line. */
export function lineComments(texts: readonly (string | undefined)[]): Doc[] {
  return texts.map((text) => (text === undefined ? '' : `// ${commentText(text)}`.trimEnd()));
}

/** The same for a place where no blank lines can be. */
export function closeComments(texts: readonly (string | undefined)[]): Doc[] {
  return lineComments(texts.filter((text) => text !== undefined));
}

export function trailingComment(text: string | undefined): Doc {
  return text === undefined ? '' : suffix(`// ${commentText(text)}`);
}

/**
 * The comments above a definition: the paragraph right above it is its documentation, what is set apart from it by a
 * blank line is not.
 */
export function splitDocumentation(leading: readonly (string | undefined)[]): {
  readonly apart: readonly (string | undefined)[];
  readonly doc: readonly string[];
} {
  const last = leading.lastIndexOf(undefined);
  const doc = leading.slice(last + 1).filter((text) => text !== undefined);
  return { apart: leading.slice(0, Math.max(last, 0)), doc };
}
