import { ApplicationFailure, CancellationScope, sleep } from '@temporalio/workflow';
import { caught, describe, isOwnCancellation, uncaught, workflowRun } from '../../workflow/index.js';
import { payments, Work } from './shared.js';

const kinds = [
  'Error',
  'ActivityError',
  'NexusOperationError',
  'NexusTimeoutError',
  'NexusNotFoundError',
  'TimeoutError',
  'CancelledError',
  'Declined',
  'NotFound',
  'BadRequest',
  'InvalidArgumentError',
];

/** How a `catch` sees what an activity, or an operation, has failed with. */
export async function CaughtFrom(call: string) {
  try {
    return call === 'activity' ? await Work('x') : await payments.executeOperation('Hold', 'x');
  } catch (error) {
    const { is, cause, ...seen } = caught(error);
    return { ...seen, cause: cause.cause?.type ?? cause.type, is: kinds.filter(is).join() };
  }
}

/** Catches everything, which does not stop what nobody may catch. */
export async function CaughtEnd(how: string): Promise<string> {
  return workflowRun(async (run) => {
    try {
      if (how === 'fault') throw new TypeError('a fault');
      if (how === 'close') throw run.close(ApplicationFailure.nonRetryable('closed', 'Closed'));
      if (how === 'continue') return run.thenContinueAsNew<typeof CaughtEnd>('next');
      await sleep(1000);
      throw ApplicationFailure.nonRetryable('raised', 'Raised');
    } catch (error) {
      if (isOwnCancellation(error)) {
        const { cancelled, message } = describe(error);
        await CancellationScope.nonCancellable(() => Work(cancelled ? 'cancelled' : message));
        throw error;
      }
      return caught(error).message;
    } finally {
      await CancellationScope.nonCancellable(() => Work('finally'));
    }
  });
}

/** A fault passes by a `finally` that waits. */
export async function FaultPasses(): Promise<void> {
  try {
    throw new TypeError('a fault');
  } catch (error) {
    throw uncaught(error);
  } finally {
    await Work('finally');
  }
}
