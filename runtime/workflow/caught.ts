import {
  ActivityFailure,
  ApplicationFailure,
  ChildWorkflowFailure,
  TemporalFailure,
  TerminatedFailure,
  TimeoutFailure,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/common';
import { CancellationScope, ContinueAsNew, isCancellation } from '@temporalio/workflow';
import { type Caught, type CaughtError, causesOf, noCause } from '../value/caught.js';
import { handlerErrorName, isHandlerError, kindOf, nexusError } from './nexus-error.js';
import { failTask, isCancelled } from './scope.js';

/**
 * What a `catch` does something about.
 *
 * @throws the error itself, if no `catch` sees it: a fault of the program, which fails the workflow task; the cancellation of
 *   this workflow; a close of the workflow
 */
export function caught(error: unknown): Caught {
  const failure = uncaught(error);
  if (!(failure instanceof TemporalFailure) || ends.has(failure) || isOwnCancellation(failure)) throw failure;
  return { ...describe(failure), is: (kind) => isOf(failure, kind) };
}

/** Passes an error on. A fault of the program fails the workflow task before anything is done about it. */
export function uncaught<E>(error: E): E {
  if (!(error instanceof TemporalFailure) && !(error instanceof ContinueAsNew)) failTask(error);
  return error;
}

/** Whether an error is that this workflow was asked to end, or the block that it stands in. */
export function isOwnCancellation(error: unknown): error is Error {
  return isCancellation(error) && isCancelled(CancellationScope.current());
}

const ends = new WeakSet<object>();

/** Says that an error is how the workflow closes: no `catch` sees it. */
export function markEnd(error: unknown): void {
  if (error instanceof TemporalFailure) ends.add(error);
}

const undelivered = new WeakSet<object>();

/** Says that an error is why a signal could not be delivered: the failure itself does not. */
export function markUndelivered(error: unknown): void {
  if (error instanceof TemporalFailure && !isCancellation(error)) undelivered.add(error);
}

/** What can be read of an error. */
export function describe(error: Error): CaughtError {
  const causes = causesOf(error);
  const raised = causes.findLast((cause) => cause instanceof ApplicationFailure);
  const timeout = causes.find((cause) => cause instanceof TimeoutFailure);
  return {
    message:
      raised?.message ?? nexusError(error)?.message ?? causes.find((one) => !isWrapper(one))?.message ?? error.message,
    type: raised?.type ?? handlerErrorName(causes),
    details: raised?.details?.[0],
    cancelled: isCancellation(error),
    timeoutType: timeout?.timeoutType?.toLowerCase(),
    operationToken: nexusError(error)?.operationToken,
    cause: error.cause instanceof Error ? describe(error.cause) : noCause,
  };
}

function isWrapper(error: Error): boolean {
  return error instanceof ActivityFailure || error instanceof ChildWorkflowFailure;
}

function isOf(error: TemporalFailure, kind: string): boolean {
  const causes = causesOf(error);
  const nexus = nexusError(error);
  switch (kind) {
    case 'Error':
      return true;
    case 'ActivityError':
      return error instanceof ActivityFailure;
    case 'ChildWorkflowError':
      return error instanceof ChildWorkflowFailure || error instanceof WorkflowExecutionAlreadyStartedError;
    case 'NexusOperationError':
      return nexus !== undefined;
    case 'NexusTimeoutError':
    case 'NexusUnauthorizedError':
    case 'NexusNotFoundError':
      return nexus?.kind === kind;
    case 'TimeoutError':
      return causes.some((cause) => cause instanceof TimeoutFailure) || kindOf(causes) === 'NexusTimeoutError';
    case 'SignalFailedError':
      return undelivered.has(error);
    case 'TerminatedError':
      return causes.some((cause) => cause instanceof TerminatedFailure);
    default:
      return describe(error).type === kind || (nexus !== undefined && isHandlerError(causes, kind));
  }
}
