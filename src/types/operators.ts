/** What arithmetic gives, by the heads of its operands (grammar/README.md, "Operators"). */
import {
  Head,
  isAbsence,
  isEnum,
  isNumeric,
  isOpaque,
  isText,
  joinNumbers,
  joinTexts,
  isNumericLiteral,
} from './heads.js';
import { type Origin, type Slot, Trait } from './slot.js';
import type { Slots } from './slots.js';

/** `min` and `max` are of several values what `-` is of two: one of their kind. */
export type Arithmetic = '+' | '-' | '*' | '/' | '%' | 'min' | 'max';

/** An operator whose result depends on what its operands turn out to be. */
export interface Operation {
  readonly operator: Arithmetic;
  readonly left: Slot;
  readonly right: Slot;
  readonly result: Slot;
  readonly origin: Origin;
  done: boolean;
  /** Nothing says whether it adds or concatenates: taken as a number. */
  guessed: boolean;
}

/** `==`, `<`, `in`: both sides are of one kind. */
export interface Comparison {
  readonly left: Slot;
  readonly right: Slot;
  /** `<` and the like: what has an order. */
  readonly orders: boolean;
  readonly origin: Origin;
}

/** `in`, `contains`: what holds, and what is held. */
export interface Membership {
  readonly container: Slot;
  readonly item: Slot;
  /** `contains`: a text may be in another. */
  readonly text: boolean;
  readonly origin: Origin;
}

/** What the items of something known are compared with. */
export function comparisonOf(
  slots: Slots,
  { container, item: left, text, origin }: Membership,
): Comparison | undefined {
  const { given } = slots;
  const compared = (right: Slot): Comparison => ({ left, right, orders: false, origin });
  if (given.has(container, Head.list)) return compared(slots.child(container, 'item'));
  if (given.has(container, Head.map)) return compared(slots.child(container, 'key'));
  return text && !given.isEmpty(container) && given.every(container, isText) ? compared(container) : undefined;
}

/** The head of a result; undefined if the operands do not go together. */
export function resultOf(operator: Arithmetic, left: Head, right: Head): Head | undefined {
  if (isOpaque(left) || isOpaque(right)) return left === Head.error || right === Head.error ? Head.error : undefined;
  if (operator === '+' && (isText(left) || isText(right))) return Head.string;
  if (isNumeric(left) && isNumeric(right)) return joinNumbers(left, right);
  switch (operator) {
    case '+':
      if (left === Head.duration && right === Head.duration) return Head.duration;
      if (left === Head.time && right === Head.duration) return Head.time;
      return left === Head.duration && right === Head.time ? Head.time : undefined;
    case '-':
      if (left === Head.time) {
        return right === Head.time ? Head.duration : right === Head.duration ? Head.time : undefined;
      }
      return left === Head.duration && right === Head.duration ? Head.duration : undefined;
    case '*':
      if (left === Head.duration && scales(right)) return Head.duration;
      return right === Head.duration && scales(left) ? Head.duration : undefined;
    case '/':
      if (left === Head.duration && right === Head.duration) return Head.float;
      return left === Head.duration && scales(right) ? Head.duration : undefined;
    case '%':
      return left === Head.duration && right === Head.duration ? Head.duration : undefined;
    case 'min':
    case 'max':
      return left === right && (left === Head.duration || left === Head.time) ? left : undefined;
  }
}

/** A duration is a number of milliseconds: a number that is exact would be rounded with it. */
const scales = (head: Head): boolean => isNumeric(head) && head !== Head.decimal;

/** The one thing that an operand is known to be: undefined while it is open, or several things. */
export function operandHead(slots: Slots, slot: Slot): Head | undefined {
  const only = slots.given.only(slot);
  if (only !== undefined) return isAbsence(only) ? undefined : only === Head.textLiteral ? Head.string : only;
  if (slots.given.isEmpty(slot)) return undefined;
  const known = slots.given.heads(slot).filter((head) => !isAbsence(head));
  if (known.length > 0 && known.every(isText)) {
    const text = joinTexts(known);
    return text !== undefined && isEnum(text) ? text : Head.string;
  }
  if (known.length <= 1) return known[0];
  if (known.every(isNumeric))
    return known.reduce<Head | undefined>((a, b) => (a === undefined ? a : joinNumbers(a, b)), known[0]);
  return known.includes(Head.string) ? Head.string : Head.error;
}

/** Of several things that an operand is, one that does not go with the other side, or else with the others. */
function strangerIn(slots: Slots, operand: Slot, goes: (head: Head) => boolean): Head {
  const known = slots.given.heads(operand).filter((head) => !isAbsence(head));
  return known.find((head) => !goes(head)) ?? known.find((head) => !isNumeric(head)) ?? known[0]!;
}

/** Gives the result of an operator that knows enough; true if it did. */
export function evaluate(slots: Slots, operation: Operation): boolean {
  if (operation.done) return false;
  const { operator, left, right, result, origin } = operation;
  const [a, b] = [operandHead(slots, left), operandHead(slots, right)];
  const joinsText = operator === '+' && [a, b].some((side) => side !== undefined && isText(side));
  if (!joinsText && (a === undefined || b === undefined)) return false;
  const head = joinsText ? Head.string : resultOf(operator, a!, b!);
  // What is computed of literals is what they turn out to be.
  operation.done = head === undefined || !isNumericLiteral(head);
  if (!operation.done && slots.given.has(result, head!)) return false;
  const mixed = [left, right].filter((side, at) => [a, b][at] === Head.error && !slots.given.has(side, Head.error));
  if (head === undefined || mixed.length > 0) {
    const goes = (one: Head | undefined, other: Head | undefined) =>
      one === undefined || other === undefined || resultOf(operator, one, other) !== undefined;
    const operands = [
      { slot: left, head: mixed.includes(left) ? strangerIn(slots, left, (one) => goes(one, b)) : a! },
      { slot: right, head: mixed.includes(right) ? strangerIn(slots, right, (one) => goes(a, one)) : b! },
    ];
    slots.mistakes.push({ origin, name: operator, operands });
  }
  slots.give(result, head ?? Head.error, origin);
  return true;
}

/**
 * Nothing else decides the one open side of an operator any more: what goes with the other one, and with its uses.
 *
 * @param guess whether an integer, of which nothing says what it is computed for, is enough
 */
export function openSide(slots: Slots, operation: Operation, guess: boolean): SideDecision | undefined {
  const { operator, left, right, result, done, origin } = operation;
  const [a, b] = [operandHead(slots, left), operandHead(slots, right)];
  const known = a ?? b;
  if (done || known === undefined || (a !== undefined && b !== undefined)) return undefined;
  const wanted = wantedOf(slots, result);
  if (!guess && wanted === undefined && !telling.includes(known)) return undefined;
  const isLeft = a === undefined;
  const head = goesWith(operator, known, wanted, isLeft);
  const side = isLeft ? left : right;
  return head === undefined
    ? undefined
    : { side, head, origin, defaulted: known === Head.intLiteral && head === Head.int };
}

/** Both sides are open, and something says what the result is needed as. */
export function openSides(slots: Slots, { operator, left, right, result, done, origin }: Operation): SideDecision[] {
  const isOpen = [left, right].every((side) => operandHead(slots, side) === undefined);
  const wanted = wantedOf(slots, result);
  if (done || !isOpen || wanted === undefined) return [];
  const fits =
    wanted === Head.decimal ||
    wanted === Head.float ||
    (wanted === Head.string && operator === '+') ||
    (wanted === Head.duration && (operator === '+' || operator === '-' || isExtreme(operator))) ||
    (wanted === Head.time && isExtreme(operator));
  if (!fits) return [];
  // One text is enough to join texts: what is used as a number elsewhere stays one.
  const sides = [left, right].filter((side) => wanted !== Head.string || !slots.is(side, Trait.counted));
  return sides.map((side) => ({ side, head: wanted, origin, defaulted: false }));
}

export interface SideDecision {
  readonly side: Slot;
  readonly head: Head;
  readonly origin: Origin;
  /** Only because nothing says otherwise. */
  readonly defaulted: boolean;
}

const telling: readonly Head[] = [Head.string, Head.duration, Head.time, Head.decimal, Head.float];

/** What a result is used as, if that says something about its operands. */
function wantedOf(slots: Slots, result: Slot): Head | undefined {
  const { given, needs } = slots;
  return telling.find((head) => given.has(result, head) || needs.has(result, head));
}

const isExtreme = (operator: Arithmetic): boolean => operator === 'min' || operator === 'max';

function goesWith(operator: Arithmetic, known: Head, wanted: Head | undefined, isLeft: boolean): Head | undefined {
  if (isNumeric(known)) {
    if (wanted === Head.duration && (operator === '*' || (operator === '/' && isLeft))) return Head.duration;
    if (wanted === Head.string && operator === '+') return Head.string;
    const isLiteral = known === Head.intLiteral || known === Head.floatLiteral;
    if (isLiteral && (wanted === Head.decimal || wanted === Head.float)) return wanted;
    return known === Head.intLiteral ? Head.int : known === Head.floatLiteral ? Head.float : known;
  }
  if (isExtreme(operator)) return known;
  if (known === Head.time) {
    if (operator === '+') return Head.duration;
    return operator !== '-' ? undefined : wanted === Head.time ? Head.duration : Head.time;
  }
  if (known !== Head.duration) return undefined;
  if (operator === '*' || (operator === '/' && !isLeft)) return Head.int;
  const mayBeTime = operator === '+' || (operator === '-' && isLeft);
  return wanted === Head.time && mayBeTime ? Head.time : Head.duration;
}
