import { ApplicationFailure } from '@temporalio/common';

// A plain error would not fail a workflow: it would fail the workflow task, again and again. In an activity and in a
// Nexus handler it would be retried. An ApplicationFailure means the same in all three places.

/** A division, or a remainder, by zero. */
export function divisionByZero(): ApplicationFailure {
  return ApplicationFailure.nonRetryable('Division by zero', 'DivisionByZero');
}

/** What is converted to a number, or made an int, is none. */
export function notANumber(value: unknown, what: string): ApplicationFailure {
  const text = String(value);
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return ApplicationFailure.nonRetryable(`${JSON.stringify(shown)} ${what}`, 'NotANumber', { value: shown });
}

/** A value that the program needs is null, or was never given. */
export function missingValue(name: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`\`${name}\` is missing`, 'MissingValue', { name });
}
