import type { SignalDefinition, WithWorkflowArgs, Workflow } from '@temporalio/common';
import {
  getClient,
  signalWithStartWorkflow,
  startWorkflow,
  type WorkflowSignalWithStartOptions,
  type WorkflowStartOptions,
} from '@temporalio/nexus';
import type { StartOperationContext } from 'nexus-rpc';
import type { Maybe } from '../value/index.js';

/**
 * Starts a workflow that is not behind the operation: nobody hears of its end. An operation that is tried again finds the
 * workflow that it has started before.
 *
 * @returns its id
 */
export async function startApart<T extends Workflow>(
  ctx: StartOperationContext,
  workflow: string | T,
  options: WorkflowStartOptions<T>,
): Promise<string> {
  const { callbackUrl: _, ...apart } = ctx;
  const { workflowId } = await startWorkflow(apart, workflow, options);
  return workflowId;
}

/**
 * Sends a signal to a workflow, which is started if it does not run.
 *
 * @returns its id
 */
export async function signalWithStart<T extends Workflow, Args extends unknown[] = any[]>(
  ctx: StartOperationContext,
  workflow: string | T,
  options: WorkflowStartOptions<T>,
  signal: SignalDefinition<Args> | string,
  ...signalArgs: Args
): Promise<string> {
  // TypeScript does not see through the SDK's conditional type, whose parts these are.
  const all = { ...options, signal, signalArgs } as unknown as WithWorkflowArgs<
    T,
    WorkflowSignalWithStartOptions<Args>
  >;
  const { workflowId } = await signalWithStartWorkflow(ctx, workflow, all);
  return workflowId;
}

const asked = new WeakMap<StartOperationContext, number>();

/** A key for what an operation asks for: another one each time, and the same ones when the operation is tried again. */
export function requestKey(ctx: StartOperationContext): string {
  const count = (asked.get(ctx) ?? 0) + 1;
  asked.set(ctx, count);
  return `${ctx.requestId}-${count}`;
}

/** What is known about a workflow without asking it. */
export interface WorkflowExecutionInfo {
  workflow_id: string;
  run_id: string;
  workflow_type: string;
  /** `RUNNING`, `COMPLETED`, … */
  status: string;
  task_queue: string;
  start_time: string;
  close_time: Maybe<string>;
}

/** A value as it stands in a query between quotes: whatever is in it, the text goes on. */
export function inQuery(value: string | number | boolean): string {
  return String(value).replaceAll(/['"\\`]/g, String.raw`\$&`);
}

/** All workflows of the namespace that a query of their visibility finds. */
export async function listWorkflows(query: string): Promise<WorkflowExecutionInfo[]> {
  const found: WorkflowExecutionInfo[] = [];
  for await (const one of getClient().workflow.list({ query })) {
    found.push({
      workflow_id: one.workflowId,
      run_id: one.runId,
      workflow_type: one.type,
      status: one.status.name,
      task_queue: one.taskQueue,
      start_time: one.startTime.toISOString(),
      close_time: one.closeTime?.toISOString() ?? null,
    });
  }
  return found;
}
