import { ApplicationFailure, CancelledFailure, TimeoutFailure } from '@temporalio/common';

/** A failure, as a `catch` sees it. What goes on is always the original error. */
export interface CaughtError {
  /** What went wrong, in the words of whoever failed. */
  readonly message: string;
  /** The name of the error that somebody raised, and what was given along; through all that lies in between. */
  readonly type: string | undefined;
  readonly details: unknown;
  /** Somebody else cancelled what was waited for. */
  readonly cancelled: boolean;
  /** Which timeout it was: `start_to_close`. */
  readonly timeoutType: string | undefined;
  /** Of a Nexus operation that had started. */
  readonly operationToken: string | undefined;
  /** What was the reason of it; without fields, if there is none. */
  readonly cause: Partial<CaughtError> & { readonly cause: CaughtError['cause'] };
}

/** The same, with the question by which a `catch` decides. */
export interface Caught extends CaughtError {
  /** @param kind `ActivityError`, `TimeoutError`, …, or the name of an error that somebody raises */
  is(kind: string): boolean;
}

/** The cause of what has none: it has no fields. */
export const noCause: CaughtError['cause'] = {
  get cause() {
    return noCause;
  },
};

/** An error and what it was caused by, from the outside in. */
export function causesOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}

/**
 * What can be read of an error where code runs that is no workflow.
 *
 * @param nameOf what nobody raised with a name of its own is called
 */
export function described(error: Error, nameOf: (error: Error) => string): CaughtError {
  const causes = causesOf(error);
  const raised = causes.findLast((cause) => cause instanceof ApplicationFailure);
  const timeout = causes.find((cause) => cause instanceof TimeoutFailure);
  return {
    message: raised?.message ?? error.message,
    type: raised ? (raised.type ?? undefined) : nameOf(error),
    details: raised?.details?.[0],
    cancelled: causes.some((cause) => cause instanceof CancelledFailure),
    timeoutType: timeout?.timeoutType?.toLowerCase(),
    operationToken: undefined,
    cause: error.cause instanceof Error ? described(error.cause, nameOf) : noCause,
  };
}
