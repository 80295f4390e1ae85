import { ApplicationFailure } from '@temporalio/common';
import { HandlerError } from 'nexus-rpc';
import { decimal as exact, isTime, type Maybe } from '../value/index.js';

/** Reads a value that came over the wire, or refuses it, naming the place. */
export type Shape<T> = (value: unknown, path: string) => T;

function scalar<T>(expected: string, is: (value: unknown) => value is T): Shape<T> {
  return (value, path) => (is(value) ? value : refuse(path, expected));
}

/** JSON has numbers that JavaScript has not: `1e999` is read as infinite. */
const isNumber = (value: unknown): value is number => Number.isFinite(value);

export const string = scalar('a string', (value) => typeof value === 'string');
export const bool = scalar('true or false', (value) => typeof value === 'boolean');
export const float = scalar('a number', isNumber);
export const int = scalar('an integer of at most 2^53 - 1', (value): value is number => Number.isSafeInteger(value));
/** A number of milliseconds. */
export const duration = scalar('a duration in milliseconds', isNumber);
/** Stays as it came, with its offset and digits. */
export const time = scalar(
  'a time like 2026-01-02T03:04:05.678Z',
  (value): value is string => typeof value === 'string' && isTime(value),
);
/** Only as a whole input. */
export const bytes = scalar('bytes', (value) => value instanceof Uint8Array);

/** Whatever the JSON is. */
export const unknown: Shape<unknown> = (value) => value;
/** Whatever the JSON is, and the program believes it. */
export const any: Shape<any> = unknown;

/** Written as a string; a JSON number is accepted. */
export const decimal: Shape<string> = (value, path) => {
  if (isNumber(value)) return exact(value).toFixed();
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? value : refuse(path, 'a decimal number');
};

/** One of some texts. */
export function member<T extends string>(...names: readonly T[]): Shape<T> {
  return (value, path) =>
    names.find((name) => name === value) ?? refuse(path, `one of ${names.map((name) => `"${name}"`).join(', ')}`);
}

/** Absent and null mean the same; each stays what it is. */
export function optional<T>(shape: Shape<T>): Shape<Maybe<T>> {
  return (value, path) => (value === undefined || value === null ? value : shape(value, path));
}

export function list<T>(item: Shape<T>): Shape<T[]> {
  return (value, path) =>
    Array.isArray(value) ? value.map((one, i) => item(one, `${path}[${i}]`)) : refuse(path, 'a list');
}

/** The items of a tuple, each of its own shape, and no others. */
export function tuple<T extends readonly unknown[]>(
  ...items: { readonly [Place in keyof T]: Shape<T[Place]> }
): Shape<T> {
  return (value, path) =>
    Array.isArray(value) && value.length === items.length
      ? (items.map((item, i) => item(value[i], `${path}[${i}]`)) as unknown as T)
      : refuse(path, `a list of ${items.length} values`);
}

/** A key of a map by ints, as JSON writes it. */
export const intKey = scalar(
  'an integer as its key',
  (value): value is string =>
    typeof value === 'string' && /^(0|-?[1-9]\d*)$/.test(value) && Number.isSafeInteger(Number(value)),
);

/** @param key what its keys must be, if not every text will do */
export function map<T>(item: Shape<T>, key: Shape<string> = string): Shape<Record<string, T>> {
  return (value, path) =>
    isObject(value)
      ? Object.fromEntries(
          Object.entries(value).map(([name, one]) => [key(name, at(path, name)), item(one, at(path, name))]),
        )
      : refuse(path, 'a map');
}

/** Fields that are not named stay as they are. */
export function record<T extends object>(fields: { readonly [Name in keyof T]-?: Shape<T[Name]> }): Shape<T> {
  return (value, path) => {
    if (!isObject(value)) return refuse(path, 'a record');
    const read = { ...value } as T;
    for (const name of Object.keys(fields) as (keyof T & string)[]) {
      const field = fields[name](Object.hasOwn(read, name) ? read[name] : undefined, at(path, name));
      if (field !== undefined) read[name] = field;
      else delete read[name];
    }
    return read;
  };
}

/** The first of several shapes that fits. */
export function oneOf<T>(...shapes: readonly Shape<T>[]): Shape<T> {
  return (value, path) => {
    const expected: string[] = [];
    for (const shape of shapes) {
      try {
        return shape(value, path);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        expected.push(error.expected);
      }
    }
    return refuse(path, [...new Set(expected)].join(' or '));
  };
}

/** A shape that is defined further down, or that contains itself: `const tree: Shape<Tree> = … lazy(() => tree)`. */
export function lazy<T>(shape: () => Shape<T>): Shape<T> {
  return (value, path) => shape()(value, path);
}

/** Reads what a caller has sent. What is nested more deeply than the shape can follow is refused, too. */
export function readInput<T>(shape: Shape<T>, input: unknown): T {
  try {
    return shape(input, '');
  } catch (error) {
    if (error instanceof RangeError) return refuse('', 'a value that is nested less deeply');
    throw error;
  }
}

/** What a value was refused for: BAD_REQUEST, which is not retried; the cause has the path in its details. */
class Refusal extends HandlerError {
  constructor(
    path: string,
    readonly expected: string,
  ) {
    const place = path.length > longest ? `${path.slice(0, longest / 2)}…${path.slice(-longest / 2)}` : path;
    const message = `${place || 'The input'}: expected ${expected}`;
    super('BAD_REQUEST', message, {
      cause: ApplicationFailure.nonRetryable(message, 'InvalidInput', { path: place, expected }),
    });
  }
}

/** How much of a path is told. */
const longest = 400;

function refuse(path: string, expected: string): never {
  throw new Refusal(path, expected);
}

/** The path of something inside: a name that is none in a program is quoted, and cut off where it is long. */
function at(path: string, name: string): string {
  if (/^\w{1,100}$/.test(name)) return path ? `${path}.${name}` : name;
  const short = name.length > 100 ? `${name.slice(0, 100)}…` : name;
  return `${path}[${JSON.stringify(short).replace(/[^ -~]/g, escaped)}]`;
}

function escaped(character: string): string {
  return character === '…' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
