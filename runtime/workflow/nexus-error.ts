import { ApplicationFailure, NexusOperationFailure, TimeoutFailure, type TimeoutType } from '@temporalio/common';
import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { HandlerError } from 'nexus-rpc';
import { causesOf } from '../value/caught.js';
import { handlerErrorNames } from '../value/handler-errors.js';
import { isCancelled } from './scope.js';

/** What a `catch` may name; the last three are kinds of the first. */
export type NexusErrorKind =
  'NexusOperationError' | 'NexusTimeoutError' | 'NexusUnauthorizedError' | 'NexusNotFoundError';

/** A failed Nexus call, as a `catch` sees it. What leaves the workflow is always the original error. */
export interface NexusError {
  readonly kind: NexusErrorKind;
  /** What went wrong, in the words of whoever failed. */
  readonly message: string;
  /** The name of the error that the other side raised, if it raised one, and what it gave along. */
  readonly type: string | undefined;
  readonly details: unknown;
  /** Somebody else cancelled the operation. */
  readonly cancelled: boolean;
  /** Which timeout it was, if it was one of the call's own. */
  readonly timeoutType: TimeoutType | undefined;
  readonly operationToken: string | undefined;
  /** The error itself. */
  readonly failure: NexusOperationFailure;
}

/** Classifies a failed Nexus call; undefined for any other error, and when it is the caller who is cancelled. */
export function nexusError(error: unknown): NexusError | undefined {
  if (!(error instanceof NexusOperationFailure)) return undefined;
  const cancelled = isCancellation(error);
  if (cancelled && isCancelled(CancellationScope.current())) return undefined;
  const causes = causesOf(error.cause);
  const raised = causes.findLast((cause) => cause instanceof ApplicationFailure);
  const said = raised ?? causes.find((cause) => !(cause.cause instanceof HandlerError));
  const timeout = causes.find((cause) => cause instanceof TimeoutFailure);
  return {
    kind: kindOf(causes),
    message: said?.message ?? error.message,
    type: raised?.type ?? undefined,
    details: raised?.details?.[0],
    cancelled,
    timeoutType: timeout?.timeoutType,
    operationToken: error.operationToken || undefined,
    failure: error,
  };
}

/** What a Nexus call has failed with. @param causes of its failure, from the outside in */
export function kindOf(causes: readonly Error[]): NexusErrorKind {
  for (const cause of causes) {
    if (cause instanceof TimeoutFailure) return 'NexusTimeoutError';
    // Servers before 1.31 wrap a handler's error in another one.
    if (!(cause instanceof HandlerError)) continue;
    switch (cause.type) {
      case 'UPSTREAM_TIMEOUT':
      case 'REQUEST_TIMEOUT':
        return 'NexusTimeoutError';
      case 'UNAUTHENTICATED':
      case 'UNAUTHORIZED':
        return 'NexusUnauthorizedError';
      case 'NOT_FOUND':
        return 'NexusNotFoundError';
    }
  }
  return 'NexusOperationError';
}

/** The name of what a handler has answered with. @param causes of the failure of its call */
export function handlerErrorName(causes: readonly Error[]): string | undefined {
  return namesOf(causes)[0];
}

/** Whether a name is one of what a handler has answered with. */
export function isHandlerError(causes: readonly Error[], name: string): boolean {
  return namesOf(causes).includes(name);
}

function namesOf(causes: readonly Error[]): readonly string[] {
  const found = causes.findLast((cause) => cause instanceof HandlerError);
  return found ? handlerErrorNames(found.type) : [];
}
