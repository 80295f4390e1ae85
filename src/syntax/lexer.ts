/** Characters to tokens. Knows nothing of lines: layout.ts does. */
import { type ILexingError, type IToken, Lexer } from 'chevrotain';
import type { Span } from '../source.js';
import type { Problems } from './problems.js';
import { MalformedNumber, SingleQuoted, Text, tokenTypes, Word } from './tokens.js';

export interface Lexed {
  readonly tokens: readonly IToken[];
  readonly comments: readonly Span[];
}

let shared: Lexer | undefined;

/** @param validate whether the token types are checked: by tests, not by users */
export function createLexer(validate: boolean): Lexer {
  return new Lexer([...tokenTypes], {
    positionTracking: 'onlyOffset',
    ensureOptimizations: validate,
    skipValidations: !validate,
    errorMessageProvider: {
      buildUnexpectedCharactersMessage: () => '',
      buildUnableToPopLexerModeMessage: () => '',
    },
  });
}

/** Never throws; characters that begin no token are reported and left out. */
export function lex(problems: Problems): Lexed {
  shared ??= createLexer(false);
  const { tokens, groups, errors } = shared.tokenize(problems.text);
  for (const error of errors) reportCharacters(error, problems.text, problems);
  const comments = (groups['comments'] ?? []).map(spanOf);
  return { tokens, comments };
}

/** The tokens of a hole, with their offsets in the file. */
export function lexHole(text: string, offset: number, problems: Problems): IToken[] {
  shared ??= createLexer(false);
  const { tokens, errors } = shared.tokenize(text);
  for (const error of errors) reportCharacters({ ...error, offset: error.offset + offset }, problems.text, problems);
  for (const token of tokens) token.startOffset += offset;
  return tokens;
}

export function spanOf({ startOffset, image }: IToken): Span {
  return { start: startOffset, end: startOffset + image.length };
}

export function endOf({ startOffset, image }: IToken): number {
  return startOffset + image.length;
}

/** Reports what is wrong with the text of a literal. */
export function checkLiteral(token: IToken, problems: Problems): void {
  if (token.tokenType === Text) {
    if (!isClosed(token.image))
      problems.report('TWF102', spanOf(token), {}, { hint: 'A string ends with `"` on the line on which it begins.' });
  } else if (token.tokenType === SingleQuoted) {
    const doubled = `"${token.image.slice(1, -1).replaceAll('"', '\\"')}"`;
    problems.report(
      'TWF103',
      spanOf(token),
      {},
      { fixes: [problems.fix('Use double quotes', spanOf(token), doubled)] },
    );
  } else if (token.tokenType === MalformedNumber) {
    problems.report(
      'TWF104',
      spanOf(token),
      { text: shorten(token.image) },
      {
        hint: 'A duration is a whole number and `ms`, `s`, `m`, `h` or `d`: `250ms`, `30s`, `5m`. A name begins with a letter or `_`.',
      },
    );
  }
}

function isClosed(image: string): boolean {
  if (image.length < 2 || !image.endsWith('"')) return false;
  let backslashes = 0;
  while (image[image.length - 2 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 0;
}

export function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}

const ADVICE: Readonly<Record<string, string>> = {
  ';': 'A statement ends with its line.',
  '&': 'Write `and`.',
  '|': 'Write `or`.',
  '`': 'Strings stand in double quotes.',
  '“': 'Strings stand in straight double quotes.',
  '”': 'Strings stand in straight double quotes.',
  '‘': 'Strings stand in straight double quotes.',
  '’': 'Strings stand in straight double quotes.',
  "'": 'Strings stand in double quotes.',
  $: 'A hole in a string is `{name}`, without `$`.',
  '\\': 'A line ends where it ends: put what continues it in brackets, indented deeper.',
  '\u00a0': 'It is a space that only looks like one: replace it by an ordinary space.',
};

function reportCharacters({ offset, length }: ILexingError, text: string, problems: Problems): void {
  const character = String.fromCodePoint(text.codePointAt(offset)!);
  const hint =
    ADVICE[character] ??
    (/\p{L}/u.test(character) ? 'Names consist of the letters a to z, digits and `_`.' : undefined);
  problems.report('TWF101', { start: offset, end: offset + length }, { character: nameOf(character) }, { hint });
}

function nameOf(character: string): string {
  if (/[\p{L}\p{P}\p{S}]/u.test(character) && character !== '`') return character;
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Whether a token is a word, keyword or not. */
export function isWord({ image, tokenType }: IToken): boolean {
  return tokenType === Word || /^[A-Za-z_]/.test(image);
}
