import {
  QueryNotRegisteredError,
  ServiceError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import {
  ApplicationFailure,
  TemporalFailure,
  TimeoutFailure,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/common';
import { HandlerError, OperationError } from 'nexus-rpc';
import { type Caught, type CaughtError, causesOf, described } from '../value/caught.js';
import { handlerErrorNames } from '../value/handler-errors.js';

/** What an error tells the caller of an operation; undefined for a fault, which has no meaning of its own. */
export function intended(error: unknown): Error | undefined {
  if (error instanceof WorkflowNotFoundError) return new HandlerError('NOT_FOUND', error.message, { cause: error });
  if (error instanceof WorkflowExecutionAlreadyStartedError) {
    return new HandlerError('CONFLICT', error.message, { cause: error });
  }
  // The portable form of an operation that failed for a reason of its own: callers see type and details.
  if (error instanceof ApplicationFailure && error.nonRetryable) {
    return new OperationError('failed', error.message, { cause: error });
  }
  // What the workflow has raised to refuse an update is why the operation has failed.
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof TemporalFailure) {
    return new OperationError('failed', error.cause.message, { cause: error.cause });
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
    return new HandlerError('UPSTREAM_TIMEOUT', error.message, { cause: error });
  }
  if (error instanceof QueryNotRegisteredError) {
    return new HandlerError('BAD_REQUEST', error.message, { cause: error });
  }
  const known = [HandlerError, OperationError, TemporalFailure, ServiceError];
  return known.some((one) => error instanceof one) ? (error as Error) : undefined;
}

const ends = new WeakSet<object>();

/** Says that an error is how the operation ends: no `catch` sees it. */
export function closing(error: ApplicationFailure): ApplicationFailure {
  ends.add(error);
  return error;
}

/**
 * What a `catch` in an operation does something about: whatever its code, or what that calls, throws. It has the name by
 * which the caller of the operation would have caught it.
 *
 * @throws the error itself, if it is how the operation closes
 */
export function caught(error: unknown): Caught {
  if (error instanceof Error && ends.has(error)) throw error;
  const failure = intended(error) ?? (error instanceof Error ? error : new Error(String(error)));
  return { ...describe(failure), is: (kind) => isOf(failure, kind) };
}

function describe(error: Error): CaughtError {
  return described(error, (one) => namesOf(causesOf(one))[0] ?? one.name);
}

function isOf(error: Error, kind: string): boolean {
  const causes = causesOf(error);
  switch (kind) {
    case 'Error':
      return true;
    case 'TimeoutError':
      return causes.some((cause) => cause instanceof TimeoutFailure || cause.name === kind || isLate(cause));
    default:
      return describe(error).type === kind || namesOf(causes).includes(kind);
  }
}

const isLate = (cause: Error): boolean => cause instanceof HandlerError && cause.type === 'UPSTREAM_TIMEOUT';

function namesOf(causes: readonly Error[]): readonly string[] {
  const found = causes.findLast((cause) => cause instanceof HandlerError);
  return found ? handlerErrorNames(found.type) : [];
}
