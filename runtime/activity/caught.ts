import { CancelledFailure, CompleteAsyncError, Context } from '@temporalio/activity';
import { TimeoutFailure } from '@temporalio/common';
import { type Caught, type CaughtError, causesOf, described } from '../value/caught.js';

/**
 * What a `catch` in an activity does something about: whatever its code, or what that calls, throws.
 *
 * @throws the error itself, if no `catch` sees it: the cancellation of this activity; that it is completed from outside
 */
export function caught(error: unknown): Caught {
  if (error instanceof CompleteAsyncError || isOwnCancellation(error)) throw error;
  const failure = error instanceof Error ? error : new Error(String(error));
  return { ...describe(failure), is: (kind) => isOf(failure, kind) };
}

/** Whether an error is that this activity was asked to end. */
export function isOwnCancellation(error: unknown): error is Error {
  const ends = error instanceof CancelledFailure || (error instanceof Error && error.name === 'AbortError');
  return ends && Context.current().cancellationSignal.aborted;
}

/** An error that is no failure of Temporal has the name of its class, as it would have outside of the activity. */
export function describe(error: Error): CaughtError {
  return described(error, ({ name }) => name);
}

function isOf(error: Error, kind: string): boolean {
  switch (kind) {
    case 'Error':
      return true;
    case 'TimeoutError':
      return causesOf(error).some((cause) => cause instanceof TimeoutFailure || cause.name === kind);
    default:
      return describe(error).type === kind;
  }
}
