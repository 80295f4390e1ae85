/** Where an expression stands, and what it can be made of there. */
import type { Choices } from './choices.js';
import { fieldsOf, type HandleType, type HiddenType, same } from './types.js';

export interface Variable {
  readonly name: string;
  readonly type: HiddenType;
  /** The program itself says what type it has. */
  readonly annotated?: boolean;
}

/** Something that is called and that the program does not define. */
export interface HiddenFunction {
  readonly name: string;
  readonly params: readonly HiddenType[];
  readonly result: HiddenType | undefined;
  /** Of an extern function: the names of its parameters, whose types are written down. */
  readonly labels?: readonly string[];
  /** Of a method: what it is called on. */
  readonly receiver?: HiddenType;
}

/** Where an expression stands. */
export interface Place {
  readonly choices: Choices;
  /** What can be read. */
  readonly variables: readonly Variable[];
  /** What can be called. */
  readonly functions: readonly HiddenFunction[];
  /** The type of what asks for the value is written down there: a value is converted, or checked, on its way. */
  readonly annotated: boolean;
  /** What gives a time: in a query, that is no function. */
  readonly clock: string;
  /** Nothing else says which type is meant: the value must. */
  readonly exact?: boolean;
  readonly depth: number;
}

/** How tightly an expression holds together; an operand of an operator holds at least as tightly. */
export const level = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, product: 6, sign: 7, whole: 8 } as const;

export interface Text {
  readonly text: string;
  readonly level: number;
}

export const whole = (text: string): Text => ({ text, level: level.whole });

/** Where the parts of an expression stand. */
export const inner = (place: Place, annotated = false): Place => ({
  ...place,
  depth: place.depth - 1,
  annotated,
  exact: false,
});

/** Ways to a value of a type from a variable: the variable, its fields, and theirs. */
export function paths(place: Place, type: HiddenType): string[] {
  const found: string[] = [];
  const sure = new Set(place.variables.flatMap(({ name, annotated }) => (annotated ? [name] : [])));
  const visit = (text: string, held: HiddenType, depth: number): void => {
    if (same(held, type)) found.push(text);
    else if (type.kind === 'optional' && same(held, type.of)) found.push(text);
    else if (place.annotated && held.kind === 'maybe' && same(held.of, type)) found.push(text);
    else if (type.kind === 'handle' && held.kind === 'handle' && isHandleOf(held, type)) found.push(text);
    else if (type.kind === 'bool' && held.kind === 'condition') found.push(text);
    const plain = held.kind === 'maybe' ? held.of : held;
    if (depth > 0) for (const field of fieldsOf(plain)) visit(`${text}.${field.name}`, field.type, depth - 1);
    // Of what nothing else is known about, a length says that it is a list.
    const isText = held.kind === 'string' && sure.has(text);
    const hasLength = held.kind === 'list' || held.kind === 'map' || isText;
    if (hasLength && type.kind === 'int' && place.choices.chance(10)) found.push(`${text}.length`);
  };
  for (const { name, type: own } of place.variables) visit(name, own, 2);
  return found;
}

/** Whether a handle is one of those of which only the result is known. */
function isHandleOf({ result }: HandleType, type: HandleType): boolean {
  if (type.child || type.isNexus) return false;
  return result && type.result ? same(result, type.result) : result === type.result;
}

export function fromVariable(place: Place, type: HiddenType): Text | undefined {
  const found = paths(place, type);
  return found.length > 0 ? whole(place.choices.pick(found)) : undefined;
}

/** Whether there is any way to a value of a type. */
export function canMake(place: Place, type: HiddenType): boolean {
  switch (type.kind) {
    case 'bytes':
    case 'tuple':
    case 'given':
      return place.variables.some((one) => same(one.type, type));
    case 'handle':
      return paths(place, type).length > 0;
    case 'condition':
    case 'error':
      return false;
    case 'map':
      return isLiteralMap(place, type) || place.variables.some((one) => same(one.type, type));
    case 'list':
      return canMake({ ...place, annotated: false }, type.item);
    case 'optional':
    case 'maybe':
      return canMake({ ...place, annotated: false }, type.of);
    default:
      return true;
  }
}

export const isLiteralMap = (place: Place, type: Extract<HiddenType, { kind: 'map' }>) =>
  place.annotated && type.key === 'string';
