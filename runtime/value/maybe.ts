import { missingValue } from './failures.js';

/** A value that may be missing: null and undefined mean the same. */
export type Maybe<T> = T | null | undefined;

/**
 * The value, which must not be missing.
 *
 * @param name what the failure calls it: `order.note`, `items[i]`
 * @throws ApplicationFailure `MissingValue`, whose details are `{ name }`
 */
export function present<T>(value: Maybe<T>, name: string): T {
  if (value === null || value === undefined) throw missingValue(name);
  return value;
}
