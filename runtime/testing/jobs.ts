import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type proto from '@temporalio/proto';

// What can happen to a workflow, as the SDK's core tells it. Calls of one kind are numbered from 1 in the order in
// which they were made.

export type Job = proto.coresdk.workflow_activation.IWorkflowActivationJob;
type Failure = proto.temporal.api.failure.v1.IFailure;

export function payload(value: unknown): Payload {
  return defaultPayloadConverter.toPayload(value);
}

const application = (type: string): Failure => ({
  message: `${type} happened`,
  applicationFailureInfo: { type, nonRetryable: true },
});
const activityType = { name: 'Work' };
const cancelled: Failure = { message: 'cancelled', canceledFailureInfo: {} };

export const signal = (signalName: string, ...args: unknown[]): Job => ({
  signalWorkflow: { signalName, input: args.map(payload) },
});
export const update = (id: string, name: string, ...args: unknown[]): Job => ({
  doUpdate: { id, protocolInstanceId: id, name, input: args.map(payload), runValidator: true, meta: {} },
});
export const cancelWorkflow: Job = { cancelWorkflow: { reason: 'by hand' } };

export const timerFired = (seq: number): Job => ({ fireTimer: { seq } });

export const activityDone = (seq: number, value?: unknown): Job => ({
  resolveActivity: { seq, result: { completed: { result: payload(value) } } },
});
export const activityFailed = (seq: number, type: string): Job => ({
  resolveActivity: {
    seq,
    result: {
      failed: {
        failure: { message: 'Activity task failed', activityFailureInfo: { activityType }, cause: application(type) },
      },
    },
  },
});
export const activityTimedOut = (seq: number): Job => ({
  resolveActivity: {
    seq,
    result: {
      failed: {
        failure: {
          message: 'Activity task timed out',
          activityFailureInfo: { activityType },
          cause: { message: 'activity timed out', timeoutFailureInfo: { timeoutType: 1 } },
        },
      },
    },
  },
});
export const activityCancelled = (seq: number): Job => ({
  resolveActivity: {
    seq,
    result: {
      cancelled: {
        failure: { message: 'Activity cancelled', activityFailureInfo: { activityType }, cause: cancelled },
      },
    },
  },
});

/** An operation, as its failure names it. */
const nexusFailure = (cause: Failure): Failure => ({
  message: 'nexus operation completed unsuccessfully',
  nexusOperationExecutionFailureInfo: { endpoint: 'Payments', service: 'PaymentsService', operation: 'Hold' },
  cause,
});
const handlerError = (type: string): Failure => ({ message: `${type} it said`, nexusHandlerFailureInfo: { type } });

export const operationStarted = (seq: number, operationToken = `token-${seq}`): Job => ({
  resolveNexusOperationStart: { seq, operationToken },
});
/** A synchronous operation has no start of its own. */
export const operationAnswered = (seq: number, value?: unknown): Job[] => [
  { resolveNexusOperationStart: { seq, startedSync: true } },
  operationDone(seq, value),
];
export const operationDone = (seq: number, value?: unknown): Job => ({
  resolveNexusOperation: { seq, result: { completed: payload(value) } },
});
export const operationFailed = (seq: number, type: string): Job => ({
  resolveNexusOperation: { seq, result: { failed: nexusFailure(application(type)) } },
});
export const operationCancelled = (seq: number): Job => ({
  resolveNexusOperation: { seq, result: { cancelled: nexusFailure(cancelled) } },
});
/** Ended before it had started. */
export const operationRefused = (seq: number, type: string): Job => ({
  resolveNexusOperationStart: { seq, failed: nexusFailure(handlerError(type)) },
});
/** The same on a server before 1.31. */
export const operationRefusedTwice = (seq: number, type: string): Job => ({
  resolveNexusOperationStart: { seq, failed: nexusFailure({ ...handlerError('INTERNAL'), cause: handlerError(type) }) },
});
export const operationFailedAtStart = (seq: number, cause: Failure): Job => ({
  resolveNexusOperationStart: { seq, failed: nexusFailure(cause) },
});
export const operationTimedOut = (seq: number): Job =>
  operationFailedAtStart(seq, { message: 'operation timed out', timeoutFailureInfo: { timeoutType: 3 } });

export const childStarted = (seq: number): Job => ({
  resolveChildWorkflowExecutionStart: { seq, succeeded: { runId: `run-${seq}` } },
});
export const childExists = (seq: number, workflowId: string, workflowType: string): Job => ({
  resolveChildWorkflowExecutionStart: { seq, failed: { workflowId, workflowType, cause: 1 } },
});
export const signalDelivered = (seq: number): Job => ({ resolveSignalExternalWorkflow: { seq } });
export const signalUndelivered = (seq: number): Job => ({
  resolveSignalExternalWorkflow: { seq, failure: { message: 'it was not found' } },
});

export const cancelDelivered = (seq: number): Job => ({ resolveRequestCancelExternalWorkflow: { seq } });
export const cancelUndelivered = (seq: number): Job => ({
  resolveRequestCancelExternalWorkflow: { seq, failure: { message: 'it was not found' } },
});

export const childDone = (seq: number, value?: unknown): Job => ({
  resolveChildWorkflowExecution: { seq, result: { completed: { result: payload(value) } } },
});
export const childCancelled = (seq: number): Job => ({
  resolveChildWorkflowExecution: {
    seq,
    result: {
      cancelled: {
        failure: {
          message: 'Child cancelled',
          childWorkflowExecutionFailureInfo: {
            workflowType: { name: 'Child' },
            workflowExecution: { workflowId: 'child' },
          },
          cause: cancelled,
        },
      },
    },
  },
});
