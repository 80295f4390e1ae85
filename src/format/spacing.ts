/** Where words and signs stand apart. */
import type { TokenType } from 'chevrotain';
import type { KeywordWord } from '../syntax/keywords.js';
import { BackArrow, Dash, Duration, keyword, Numeral, PrefixOperator, Text, Word } from '../syntax/tokens.js';
import type { Token } from './tokens.js';

/** Keywords that stand before their arguments as a function does. */
const CALLED: ReadonlySet<TokenType> = types([
  'timer',
  'options',
  'default_options',
  'continue_as_new',
  'complete',
  'completed',
  'fail',
  'failed',
]);

/** Keywords that are values. */
const VALUES: ReadonlySet<TokenType> = types(['true', 'false', 'null', 'None']);

function types(words: readonly KeywordWord[]): ReadonlySet<TokenType> {
  return new Set(words.map((word) => keyword[word]));
}

const NEVER_BEFORE: ReadonlySet<string> = new Set([',', ':', '.', '?', ')', ']', '}']);
const NEVER_AFTER: ReadonlySet<string> = new Set(['.', '(', '[', '{']);

/**
 * @param before what stands before `left`, undefined at the start of a line
 * @returns whether a space stands between two tokens of a line
 */
export function isApart(before: Token | undefined, left: Token, right: Token): boolean {
  if (NEVER_AFTER.has(left.text) || NEVER_BEFORE.has(right.text) || right.type === BackArrow) return false;
  if (isSign(left) && left.text !== 'not' && left.type !== Dash) return before !== undefined && endsValue(before);
  if (right.text === '(') return !isCallee(left);
  if (right.text === '[') return !endsValue(left);
  if (right.text === '{') return left.type !== Word;
  // `[]Order`, `map[string]Order`.
  return !(left.text === ']' && right.type === Word);
}

/** Whether a token can stand before an operand: `-`, `!`, `not`. */
function isSign({ type }: Token): boolean {
  return type === PrefixOperator || (type.CATEGORIES?.includes(PrefixOperator) ?? false);
}

function isCallee({ type, text }: Token): boolean {
  return type === Word || CALLED.has(type) || text === ')' || text === ']';
}

/** Whether a value, or a type, can end with a token. */
export function endsValue({ type, text }: Token): boolean {
  if (type === Word || VALUES.has(type)) return true;
  if (type === Text || type === Numeral || type === Duration) return true;
  return text === ')' || text === ']' || text === '}' || text === '?';
}
