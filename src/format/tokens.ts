/** The words and signs of a logical line, and the brackets that they form. */
import type { TokenType } from 'chevrotain';
import type { Span } from '../source.js';
import { endsValue } from './spacing.js';

/** What is printed as it is: a word, a sign, a number; a string with all that is in it. */
export interface Token {
  readonly kind: 'token';
  readonly text: string;
  readonly span: Span;
  readonly type: TokenType;
  /** Whether a line inside brackets may begin with it: it is not read as the beginning of a statement there. */
  readonly canBeginLine: boolean;
  /** The same, where nothing stands behind it on that line. */
  readonly canBeLine: boolean;
}

export interface Comment {
  readonly kind: 'comment';
  /** With its `#`, without spaces at its end. */
  readonly text: string;
  readonly span: Span;
  /** Whether it stands on a line of its own. */
  readonly alone: boolean;
}

/** What stands in a pair of brackets, and the brackets. */
export interface Group {
  readonly kind: 'group';
  readonly open: Token;
  readonly parts: readonly Part[];
  readonly close: Token;
  /** Its parts stand on lines of their own, whatever their length: the author wants it so, or a comment asks for it. */
  readonly broken: boolean;
  /** Whether the grammar takes a comma after its last item. */
  readonly lastComma: boolean;
  /** `[…]` behind a value: what stands in it is an index, or the key of a map. */
  readonly isIndex: boolean;
}

export type Part = Token | Comment | Group;

const PARTNERS: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** The tokens and comments of a line as a tree of brackets. */
export interface GroupRules {
  /** Whether a bracket, by the offset of the first thing in it, takes a comma after its last item. */
  takesComma(first: number): boolean;
  /** Whether there is a line break between two offsets. */
  isBroken(start: number, end: number): boolean;
}

/** @param items the tokens and comments of one line, in order, with their brackets in pairs */
export function grouped(items: readonly (Token | Comment)[], rules: GroupRules): Part[] {
  const outermost: Part[] = [];
  const open: { readonly token: Token; readonly before: Token | undefined; readonly parts: Part[] }[] = [];
  let before: Token | undefined;
  for (const item of items) {
    const parts = open.at(-1)?.parts ?? outermost;
    if (item.kind === 'token' && PARTNERS.has(item.text)) open.push({ token: item, before, parts: [] });
    else if (item.kind === 'token' && open.length > 0 && PARTNERS.get(open.at(-1)!.token.text) === item.text) {
      const { token, before: behind, parts: inside } = open.pop()!;
      const isIndex = token.text === '[' && behind !== undefined && endsValue(behind);
      (open.at(-1)?.parts ?? outermost).push(groupOf(token, inside, item, isIndex, rules));
    } else parts.push(item);
    if (item.kind === 'token') before = item;
  }
  return outermost;
}

function groupOf(open: Token, parts: readonly Part[], close: Token, isIndex: boolean, rules: GroupRules): Group {
  const [first] = parts;
  const comments = parts.some(({ kind }) => kind === 'comment');
  const byAuthor = first !== undefined && rules.isBroken(open.span.end, startOf(first));
  const byItems = parts.some((part) => isBroken(part)) && parts.some(isComma);
  const item = parts.find(({ kind }) => kind !== 'comment');
  const lastComma = item !== undefined && rules.takesComma(startOf(item));
  return { kind: 'group', open, parts, close, broken: comments || byAuthor || byItems, lastComma, isIndex };
}

/**
 * Whether some brackets in it are broken, so that it has several lines.
 * @param opened brackets that are broken besides
 */
export function isBroken(part: Part, opened: ReadonlySet<Group> = NONE): boolean {
  return part.kind === 'group' && (part.broken || opened.has(part) || part.parts.some((one) => isBroken(one, opened)));
}

const NONE: ReadonlySet<Group> = new Set();

export function isComma(part: Part): part is Token {
  return part.kind === 'token' && part.text === ',';
}

export function startOf(part: Part): number {
  return part.kind === 'group' ? part.open.span.start : part.span.start;
}
