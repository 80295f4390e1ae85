/** One logical line as text: on one line of the file if it fits, else with brackets broken. */
import type { TokenType } from 'chevrotain';
import { Colon, Comma, Dot, Word } from '../syntax/tokens.js';
import { isApart } from './spacing.js';
import { INDENT } from './rows.js';
import { type Comment, type Group, isBroken, isComma, type Part, type Token } from './tokens.js';

/** How many characters a line may have, its indentation included. */
export const WIDTH = 120;

/** Brackets with less in them are not broken: it would win nothing. */
const WORTH_BREAKING = 16;

const BEFORE_COMMENT = '  ';

/** What is printed of a line: pieces of text, and brackets whose content has lines of its own. */
type Piece = Flat | Broken | Comment;

interface Flat {
  readonly kind: 'flat';
  readonly text: string;
  /** Where it is brackets with their content, and may be broken. */
  readonly group: Group | undefined;
}

interface Broken {
  readonly kind: 'broken';
  readonly group: Group;
  readonly before: string;
}

/**
 * @param parts a logical line
 * @param indent how deep it stands, in characters
 * @returns its lines, the first without its indentation
 */
export function printLine(parts: readonly Part[], indent: number): string[] {
  const opened = new Set<Group>();
  for (;;) {
    const { lines, own } = assemble(piecesOf(parts, opened), indent);
    const wide = own.find(({ width, groups }) => width > WIDTH && groups.length > 0);
    if (wide === undefined) return lines;
    opened.add(innermost(wide.groups.reduce((widest, one) => (widthOf(one) > widthOf(widest) ? one : widest))));
  }
}

/** A line that belongs to these parts, and not to what stands in their brackets. */
interface OwnLine {
  readonly width: number;
  /** Brackets on it that could be broken. */
  readonly groups: readonly Group[];
}

function assemble(pieces: readonly Piece[], indent: number): { lines: string[]; own: OwnLine[] } {
  const lines: string[] = [];
  const own: OwnLine[] = [];
  let text = '';
  let groups: Group[] = [];
  let ended = false;
  const end = () => {
    own.push({ width: indent + text.length, groups });
    lines.push((lines.length === 0 ? '' : ' '.repeat(indent)) + text);
    text = '';
    groups = [];
    ended = false;
  };
  for (const piece of pieces) {
    if (ended) end();
    if (piece.kind === 'comment') {
      if (piece.alone && text !== '') end();
      text += text === '' ? piece.text : BEFORE_COMMENT + piece.text;
      ended = true;
    } else if (piece.kind === 'flat') {
      text += text === '' ? piece.text.trimStart() : piece.text;
      if (piece.group && isWorthBreaking(piece.group)) groups.push(piece.group);
    } else {
      const inside = contentOf(piece.group, indent + INDENT);
      text += (text === '' ? piece.before.trimStart() : piece.before) + piece.group.open.text + inside.first;
      end();
      lines.push(...inside.lines);
      text = inside.isGlued ? lines.pop()!.slice(indent) : '';
      text += piece.group.close.text;
    }
  }
  end();
  return { lines, own };
}

/** @param opened brackets to be broken */
function piecesOf(parts: readonly Part[], opened: ReadonlySet<Group>): Piece[] {
  const pieces: Piece[] = [];
  let [before, left]: (Token | undefined)[] = [];
  const add = (parts: readonly Part[]) => {
    for (const part of parts) {
      if (part.kind === 'comment') {
        pieces.push(part);
        continue;
      }
      const first = part.kind === 'group' ? part.open : part;
      const space = left !== undefined && isApart(before, left, first) ? ' ' : '';
      if (part.kind === 'token') pieces.push({ kind: 'flat', text: space + part.text, group: undefined });
      else if (part.broken || opened.has(part)) pieces.push({ kind: 'broken', group: part, before: space });
      else if (isBroken(part, opened)) {
        // Brackets around brackets that are broken: `options(retry: {…})`.
        pieces.push({ kind: 'flat', text: space + part.open.text, group: undefined });
        [before, left] = [left, part.open];
        add(part.parts.filter((one) => !isComma(one)));
        pieces.push({ kind: 'flat', text: part.close.text, group: undefined });
      } else pieces.push({ kind: 'flat', text: space + flat(part, left), group: part });
      [before, left] = [left, part.kind === 'group' ? part.close : part];
    }
  };
  add(parts);
  return pieces;
}

/** Brackets and what stands in them, on one line: without a comma after the last item. */
function flat(group: Group, before: Token | undefined): string {
  let text = group.open.text;
  let [previous, left]: (Token | undefined)[] = [before, group.open];
  for (const [at, part] of group.parts.entries()) {
    if (part.kind === 'comment' || (isComma(part) && at === group.parts.length - 1)) continue;
    const first = part.kind === 'group' ? part.open : part;
    if (isApart(previous, left!, first)) text += ' ';
    text += part.kind === 'group' ? flat(part, left) : part.text;
    [previous, left] = [left, part.kind === 'group' ? part.close : part];
  }
  return text + group.close.text;
}

function widthOf(group: Group): number {
  return flat(group, undefined).length;
}

/** An index stays with what it belongs to; what cannot be taken apart, or is short, wins nothing. */
function isWorthBreaking(group: Group): boolean {
  const { parts, isIndex } = group;
  const isAtom = parts.length === 1 && parts[0]!.kind === 'token';
  return !isIndex && !isAtom && widthOf(group) >= WORTH_BREAKING;
}

/** Brackets around nothing but others stay with them: `activity Audit(Event{…})`, `options(retry: {…})`. */
function innermost(group: Group): Group {
  const { parts } = group;
  const last = parts.at(-1);
  const isAlone = parts.every((part) => part === last || (part.kind === 'token' && STICKS.has(part.type)));
  return isAlone && last?.kind === 'group' && isWorthBreaking(last) ? innermost(last) : group;
}

/** What can stand before brackets that go on from the brackets around them. */
const STICKS: ReadonlySet<TokenType> = new Set([Word, Dot, Colon]);

/** One of the things that commas divide, with the comments before it and those at its end. */
interface Item {
  readonly before: Comment[];
  readonly parts: Part[];
  readonly after: Comment[];
}

/** What stands in broken brackets. */
interface Content {
  /** On the line of the opening one. */
  readonly first: string;
  readonly lines: string[];
  /** The closing one stays behind the last line, which would be read as a statement without it. */
  readonly isGlued: boolean;
}

function contentOf(group: Group, indent: number): Content {
  const items = itemsOf(group);
  const last = items.findLastIndex(({ parts }) => parts.length > 0);
  const lines: string[] = [];
  let first = '';
  let isGlued = false;
  const add = (text: string) => void lines.push(' '.repeat(indent) + text);
  const append = (text: string) => {
    if (lines.length === 0) first += text;
    else lines[lines.length - 1] += text;
  };
  for (const [at, { before, parts, after }] of items.entries()) {
    for (const { alone, text } of before) (alone ? add : append)((alone ? '' : BEFORE_COMMENT) + text);
    if (parts.length > 0) {
      const comma = at < last || group.lastComma ? [COMMA] : [];
      const [head = '', ...rest] = printItem([...parts, ...comma], indent);
      const isLast = at === items.length - 1 && after.length === 0;
      isGlued = isLast && comma.length === 0 && !canBeginLine(parts) && canBeginLine([...parts, group.close]);
      if (isGlued || canBeginLine([...parts, ...comma])) add(head);
      else append(at === 0 ? head : ` ${head}`);
      lines.push(...rest);
    }
    for (const [nth, { alone, text }] of after.entries()) {
      if (alone || nth > 0) add(text);
      else append(BEFORE_COMMENT + text);
    }
  }
  return { first, lines, isGlued };
}

const COMMA: Token = {
  kind: 'token',
  text: ',',
  span: { start: 0, end: 0 },
  type: Comma,
  canBeginLine: true,
  canBeLine: true,
};

function itemsOf({ parts }: Group): Item[] {
  const items: Item[] = [{ before: [], parts: [], after: [] }];
  for (const part of parts) {
    const item = items.at(-1)!;
    const isNew = item.parts.length === 0;
    if (isComma(part)) {
      while (item.parts.at(-1)?.kind === 'comment') item.after.unshift(item.parts.pop() as Comment);
      items.push({ before: [], parts: [], after: [] });
    } else if (part.kind !== 'comment' || !isNew) item.parts.push(part);
    else if (!part.alone && items.length > 1) items.at(-2)!.after.push(part);
    else item.before.push(part);
  }
  const { parts: end, after } = items.at(-1)!;
  while (end.at(-1)?.kind === 'comment') after.unshift(end.pop() as Comment);
  return items;
}

function canBeginLine([first, second]: readonly Part[]): boolean {
  if (first?.kind !== 'token') return true;
  return second === undefined || second.kind === 'comment' ? first.canBeLine : first.canBeginLine;
}

/** An item of broken brackets. One that is too long stands on several lines: `and` and `or` begin them. */
function printItem(parts: readonly Part[], indent: number): string[] {
  const isTooWide = assemble(piecesOf(parts, new Set()), indent).own.some(({ width }) => width > WIDTH);
  const rows: Part[][] = [[]];
  for (const part of parts) {
    if (isTooWide && part.kind === 'token' && JUNCTIONS.has(part.text)) rows.push([]);
    rows.at(-1)!.push(part);
  }
  return rows.flatMap((row, at) => {
    const [head = '', ...rest] = printLine(row, indent);
    return [at === 0 ? head : ' '.repeat(indent) + head, ...rest];
  });
}

const JUNCTIONS: ReadonlySet<string> = new Set(['and', 'or', '&&', '||']);
