import { type WorkflowHandle, WorkflowRunOperationHandler } from '@temporalio/nexus';
import type {
  CancelOperationContext,
  HandlerStartOperationResult,
  HandlerStartOperationResultSync,
  OperationHandler,
  StartOperationContext,
} from 'nexus-rpc';

/** Starts the workflow behind an operation, or answers in its place: `HandlerStartOperationResult.sync(value)`. */
export type MixedStartHandler<I, O> = (
  ctx: StartOperationContext,
  input: I,
) => Promise<WorkflowHandle<O> | HandlerStartOperationResultSync<O>>;

/** An operation that starts a workflow on some of its paths, and gives its result at once on others. */
export class MixedOperationHandler<I, O> implements OperationHandler<I, O> {
  constructor(private readonly handler: MixedStartHandler<I, O>) {}

  async start(ctx: StartOperationContext, input: I): Promise<HandlerStartOperationResult<O>> {
    const answer = await this.handler(ctx, input);
    if ('isAsync' in answer) return answer;
    return await new WorkflowRunOperationHandler<I, O>(async () => answer).start(ctx, input);
  }

  /** Only where there is a workflow, there is a token. */
  cancel(ctx: CancelOperationContext, token: string): Promise<void> {
    return workflowRun.cancel(ctx, token);
  }
}

/** What cancels the workflow of a token, whichever operation has started it. */
const workflowRun = new WorkflowRunOperationHandler<never, never>(() => Promise.reject(new Error('It starts nothing')));
