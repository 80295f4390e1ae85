import { divisionByZero } from './failures.js';

/**
 * `dividend / divisor` of two integers, without the fraction: `-7 / 2` is `-3`.
 *
 * @throws ApplicationFailure `DivisionByZero`
 */
export function intQuotient(dividend: number, divisor: number): number {
  if (divisor === 0) throw divisionByZero();
  return Math.trunc(dividend / divisor) + 0; // never -0
}

/**
 * `dividend % divisor` of two integers; it has the sign of the dividend.
 *
 * @throws ApplicationFailure `DivisionByZero`
 */
export function intRemainder(dividend: number, divisor: number): number {
  if (divisor === 0) throw divisionByZero();
  return (dividend % divisor) + 0;
}
