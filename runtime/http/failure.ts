/** Failures as Nexus writes them in JSON, and as Temporal reads them: with the types and details of application failures. */
import { ApplicationFailure } from '@temporalio/common';
import { type Failure, HandlerError, type HandlerErrorType, OperationError } from 'nexus-rpc';
import { header } from './headers.js';

const statusOf: Readonly<Record<HandlerErrorType, number>> = {
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  UNAUTHORIZED: 403,
  NOT_FOUND: 404,
  REQUEST_TIMEOUT: 408,
  CONFLICT: 409,
  RESOURCE_EXHAUSTED: 429,
  INTERNAL: 500,
  UNKNOWN: 500,
  NOT_IMPLEMENTED: 501,
  UNAVAILABLE: 503,
  UPSTREAM_TIMEOUT: 520,
};

/** An operation that has ended without a result. */
const unsuccessful = 424;

/**
 * The answer to a request that has failed. An error that is neither of the handler nor of the operation is a fault: nothing
 * of it is told, and the call is not tried again.
 */
export function failedResponse(error: unknown): Response {
  if (error instanceof OperationError) {
    return Response.json(operationFailure(error), {
      status: unsuccessful,
      headers: { [header.state]: error.state },
    });
  }
  const known =
    error instanceof HandlerError
      ? error
      : new HandlerError('INTERNAL', 'The handler failed unexpectedly', { retryableOverride: false });
  return Response.json(handlerFailure(known), {
    status: statusOf[known.type],
    headers: { [header.retryable]: String(known.retryable) },
  });
}

/**
 * What an operation failed for, if something else is behind it: that has a type and details of its own, and the header says
 * how the operation ended.
 */
export function operationFailure({ state, message, cause }: OperationError): Failure {
  return cause instanceof Error
    ? failureOf(cause)
    : { message, metadata: { type: 'nexus.OperationError' }, details: { state } };
}

function handlerFailure({ type, message, retryable, cause }: HandlerError): Failure {
  return {
    message,
    metadata: { type: 'nexus.HandlerError' },
    details: { type, retryableOverride: retryable },
    ...(cause instanceof Error && { cause: failureOf(cause) }),
  };
}

function failureOf(error: Error): Failure {
  if (error instanceof HandlerError) return handlerFailure(error);
  if (error instanceof OperationError) return operationFailure(error);
  if (!(error instanceof ApplicationFailure)) return { message: error.message };
  const { message, type, nonRetryable, details, cause } = error;
  const info = { type, nonRetryable, details: { payloads: (details ?? []).map(payload) } };
  return {
    message,
    metadata: { type: 'temporal.api.failure.v1.Failure' },
    details: { applicationFailureInfo: info },
    ...(cause && { cause: failureOf(cause) }),
  };
}

/** A detail of a failure, as the JSON form of Temporal's protocol writes it. */
function payload(value: unknown) {
  const isNothing = value === undefined;
  return {
    metadata: { encoding: base64(isNothing ? 'binary/null' : 'json/plain') },
    ...(!isNothing && { data: base64(JSON.stringify(value)) }),
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
