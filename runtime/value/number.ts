import { Decimal } from 'decimal.js';
import { decimal } from './decimal.js';
import { notANumber } from './failures.js';

/**
 * A number, or a text that is one, as an int: without the fraction.
 *
 * @throws ApplicationFailure `NotANumber` for other texts, and for what is beyond 2^53 - 1
 */
export function toInt(value: unknown): number {
  return int(toDecimal(value).truncated(), value);
}

/**
 * A number, or a text that is one, as a float.
 *
 * @throws ApplicationFailure `NotANumber`
 */
export function toFloat(value: unknown): number {
  return toDecimal(value).toNumber();
}

/**
 * A number, or a text that is one, as a Decimal.
 *
 * @throws ApplicationFailure `NotANumber`
 */
export function toDecimal(value: unknown): Decimal {
  const text = String(value).trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?$/.test(text)) throw notANumber(value, 'is not a number');
  return decimal(text);
}

/** The largest int that is not above a number. */
export function floor(value: Decimal.Value): number {
  return int(toDecimal(value).floor(), value);
}

/** The nearest int; of two that are as near, the even one. */
export function round(value: Decimal.Value): number {
  return int(decimal(toDecimal(value)).toDecimalPlaces(0), value);
}

/** A float with so many digits behind the point, halves to even; with a negative number, so many zeros before it. */
export function roundFloat(value: number, digits: number): number {
  return roundDecimal(toDecimal(value), digits).toNumber() + 0; // never -0
}

/** The same of a decimal. */
export function roundDecimal(value: Decimal.Value, digits: number): Decimal {
  if (digits >= 0) return decimal(value).toDecimalPlaces(Math.min(digits, 1000));
  const unit = decimal(10).toPower(Math.min(-digits, 1000));
  return decimal(value).dividedBy(unit).toDecimalPlaces(0).times(unit);
}

/** The whole numbers from 0, or from `first`, up to and without `end`. */
export function range(end: number): number[];
export function range(first: number, end: number): number[];
export function range(first: number, end?: number): number[] {
  const [from, to] = end === undefined ? [0, first] : [first, end];
  return Array.from({ length: Math.max(to - from, 0) }, (_, at) => from + at);
}

export function minDecimal(...values: readonly [Decimal.Value, ...Decimal.Value[]]): Decimal {
  return values.map(decimal).reduce((a, b) => (b.lessThan(a) ? b : a));
}

export function maxDecimal(...values: readonly [Decimal.Value, ...Decimal.Value[]]): Decimal {
  return values.map(decimal).reduce((a, b) => (b.greaterThan(a) ? b : a));
}

function int(whole: Decimal, value: unknown): number {
  const number = whole.toNumber() + 0; // never -0
  if (!Number.isSafeInteger(number)) throw notANumber(value, 'is beyond what an int can hold');
  return number;
}
