/** What stands between quotes: escapes, and holes `{name…}` whose text is an expression. */
import type { IToken, TokenType } from 'chevrotain';
import type { Problems } from './problems.js';
import { TextEnd, TextMiddle, TextStart } from './tokens.js';

const HOLE = /[A-Za-z_]/;

/**
 * Splits a string that has holes into TextStart, the tokens of each hole, TextMiddle between them, and TextEnd.
 * Undefined if it has none.
 *
 * @param tokenize gives the tokens of a stretch of text that begins at an offset of the file
 */
export function splitHoles(
  token: IToken,
  tokenize: (text: string, offset: number) => readonly IToken[],
  problems: Problems,
): IToken[] | undefined {
  const { image, startOffset } = token;
  const partners = partnersOf(image);
  const out: IToken[] = [];
  let from = 0;
  for (let at = 1; at < image.length; at++) {
    if (image[at] === '\\') at++;
    else if (image[at] === '{' && HOLE.test(image[at + 1] ?? '')) {
      const end = partners.get(at);
      if (end === undefined) {
        const span = { start: startOffset + at, end: startOffset + at + 1 };
        problems.report('TWF112', span, {}, { fixes: [problems.fix('Write the brace as `\\{`', span, '\\{')] });
        continue;
      }
      out.push(piece(out.length === 0 ? TextStart : TextMiddle, image.slice(from, at + 1), startOffset + from));
      out.push(...tokenize(image.slice(at + 1, end), startOffset + at + 1));
      from = at = end;
    }
  }
  if (out.length === 0) return undefined;
  out.push(piece(TextEnd, image.slice(from), startOffset + from));
  return out;
}

/** Where each brace that is closed ends, by where it begins. */
function partnersOf(image: string): ReadonlyMap<number, number> {
  const partners = new Map<number, number>();
  const open: number[] = [];
  for (let at = 1; at < image.length; at++) {
    if (image[at] === '\\') at++;
    else if (image[at] === '{') open.push(at);
    else if (image[at] === '}' && open.length > 0) partners.set(open.pop()!, at);
  }
  return partners;
}

function piece(type: TokenType, image: string, startOffset: number): IToken {
  return { image, startOffset, tokenType: type, tokenTypeIdx: type.tokenTypeIdx! };
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '"': '"',
  '\\': '\\',
  '{': '{',
  '}': '}',
};
const ESCAPE = /\\(u\{([0-9a-fA-F]{1,6})\}|[^])/g;

/** The text of a token between its delimiters, with escapes resolved. A backslash that begins none is literal. */
export function textOf({ image, startOffset }: IToken, problems: Problems): string {
  const closed = image.length > 1 && /["'{]$/.test(image);
  const inner = image.slice(1, closed ? -1 : undefined);
  if (!inner.includes('\\')) return inner;
  return inner.replace(ESCAPE, (whole: string, escape: string, code: string | undefined, at: number) => {
    const point = code === undefined ? undefined : parseInt(code, 16);
    if (point !== undefined && point <= 0x10ffff) return String.fromCodePoint(point);
    const known = ESCAPES[escape];
    if (known !== undefined) return known;
    const start = startOffset + 1 + at;
    const span = { start, end: start + 2 };
    problems.report(
      'TWF111',
      span,
      { escape: whole.slice(0, 2) },
      {
        fixes: [problems.fix('Write the backslash twice', { start, end: start + 1 }, '\\\\')],
      },
    );
    return whole;
  });
}
