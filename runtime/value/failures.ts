import { ApplicationFailure } from '@temporalio/common';

// A plain error would not fail a workflow: it would fail the workflow task, again and again. In an activity and in a
// Nexus handler it would be retried. An ApplicationFailure means the same in all three places.

/** A division, or a remainder, by zero. */
export function divisionByZero(): ApplicationFailure {
  return ApplicationFailure.nonRetryable('Division by zero', 'DivisionByZero');
}

/** A value that the program needs is null, or was never given. */
export function missingValue(name: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`\`${name}\` is missing`, 'MissingValue', { name });
}
