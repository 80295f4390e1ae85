import { getExternalWorkflowHandle, type SignalDefinition } from '@temporalio/workflow';
import { markUndelivered } from './caught.js';

/** A workflow of this namespace that this one has not started. */
export interface ExternalWorkflow {
  /** Sends a signal, and waits for its delivery. @throws of one that cannot be delivered */
  signal<Args extends unknown[]>(signal: SignalDefinition<Args> | string, ...args: Args): Promise<void>;
  /** Asks for an end, and waits until the workflow has been asked. @throws if there is no such workflow */
  cancel(): Promise<void>;
}

/** @param workflowId of its latest run */
export function externalWorkflow(workflowId: string): ExternalWorkflow {
  const target = getExternalWorkflowHandle(workflowId);
  return {
    async signal(signal, ...args) {
      try {
        await target.signal(signal, ...args);
      } catch (error) {
        markUndelivered(error);
        throw error;
      }
    },
    cancel: () => target.cancel(),
  };
}
