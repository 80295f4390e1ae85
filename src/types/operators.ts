/** What arithmetic gives, by the heads of its operands (grammar/README.md, "Operators"). */
import { Head, isAbsence, isNumeric, isOpaque, joinNumbers } from './heads.js';
import type { Origin, Slot, Slots } from './slots.js';

export type Arithmetic = '+' | '-' | '*' | '/' | '%';

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
  readonly origin: Origin;
}

/** The head of a result; undefined if the operands do not go together. */
export function resultOf(operator: Arithmetic, left: Head, right: Head): Head | undefined {
  if (isOpaque(left) || isOpaque(right)) return left === Head.error || right === Head.error ? Head.error : undefined;
  if (operator === '+' && (left === Head.string || right === Head.string)) return Head.string;
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
      if (left === Head.duration && isNumeric(right)) return Head.duration;
      return right === Head.duration && isNumeric(left) ? Head.duration : undefined;
    case '/':
      if (left === Head.duration && right === Head.duration) return Head.float;
      return left === Head.duration && isNumeric(right) ? Head.duration : undefined;
    case '%':
      return left === Head.duration && right === Head.duration ? Head.duration : undefined;
  }
}

/** The one thing that an operand is known to be: undefined while it is open, or several things. */
export function operandHead(slots: Slots, slot: Slot): Head | undefined {
  const known = slots.nodes[slot]!.given.heads.filter((head) => !isAbsence(head));
  if (known.length <= 1) return known[0];
  if (known.every(isNumeric))
    return known.reduce<Head | undefined>((a, b) => (a === undefined ? a : joinNumbers(a, b)), known[0]);
  return known.includes(Head.string) ? Head.string : Head.error;
}

/**
 * Gives the result of an operator that knows enough; true if it did.
 * @param oneSideIsEnough nothing else decides the open side any more: it is what goes with the known one
 */
export function evaluate(slots: Slots, operation: Operation, oneSideIsEnough: boolean): boolean {
  if (operation.done) return false;
  const { operator, left, right, result, origin } = operation;
  const [a, b] = [operandHead(slots, left), operandHead(slots, right)];
  let head: Head | undefined;
  if (operator === '+' && (a === Head.string || b === Head.string)) {
    head = Head.string;
  } else if (a !== undefined && b !== undefined) {
    head = resultOf(operator, a, b) ?? Head.error;
  } else if (oneSideIsEnough) {
    const known = a ?? b;
    const completed = known === undefined ? undefined : complete(operator, known);
    if (!completed) return false;
    const open = a === undefined ? left : right;
    slots.nodes[open]!.defaulted = known === Head.intLiteral;
    slots.give(open, completed.other, origin);
    head = completed.result;
  }
  if (head === undefined) return false;
  operation.done = true;
  slots.give(result, head, origin);
  return true;
}

/** One side is known, and the other will stay open: what goes with it. */
function complete(operator: Arithmetic, known: Head): { other: Head; result: Head } | undefined {
  if (known === Head.intLiteral) return { other: Head.int, result: Head.int };
  if (known === Head.floatLiteral) return { other: Head.float, result: Head.float };
  if (isNumeric(known)) return { other: known, result: known };
  if (known === Head.time && operator === '+') return { other: Head.duration, result: Head.time };
  if (known !== Head.duration) return undefined;
  return { other: operator === '*' || operator === '/' ? Head.int : Head.duration, result: Head.duration };
}
