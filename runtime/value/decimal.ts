import { Decimal } from 'decimal.js';
import { divisionByZero } from './failures.js';

// Sums, differences and products are exact: a thousand digits are more than any of them has.
const Exact = Decimal.clone({ precision: 1000, rounding: Decimal.ROUND_HALF_EVEN });
const Quotient = Decimal.clone({ precision: 34, rounding: Decimal.ROUND_HALF_EVEN });

/** A decimal number inside an expression. Outside it is a string: leave with `toFixed()`, which has no exponent. */
export function decimal(value: Decimal.Value): Decimal {
  return new Exact(value);
}

/**
 * `dividend / divisor`, to 34 significant digits, half to even.
 *
 * @throws ApplicationFailure `DivisionByZero`
 */
export function quotient(dividend: Decimal.Value, divisor: Decimal.Value): Decimal {
  return new Exact(new Quotient(dividend).dividedBy(nonZero(divisor)));
}

/**
 * `dividend % divisor`, exactly; it has the sign of the dividend.
 *
 * @throws ApplicationFailure `DivisionByZero`
 */
export function remainder(dividend: Decimal.Value, divisor: Decimal.Value): Decimal {
  return decimal(dividend).modulo(nonZero(divisor));
}

function nonZero(divisor: Decimal.Value): Decimal {
  const value = decimal(divisor);
  if (value.isZero()) throw divisionByZero();
  return value;
}
