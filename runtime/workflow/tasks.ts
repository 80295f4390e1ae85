import { ChildWorkflowFailure, NexusOperationFailure, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { condition, getCurrentDetails, log, setCurrentDetails } from '@temporalio/workflow';
import { type Handle, type Life, Spawned, type Started } from './handle.js';
import { applied, shielded } from './scope.js';

/** How long a close waits for the end of what was cancelled. */
const patience = '30s';

/** Everything that a run has started and does not wait for in the same breath. */
export class Tasks {
  private readonly running = new Set<Spawned<unknown>>();
  private readonly unawaited = new Set<Spawned<unknown>>();
  private readonly detached = new Map<Spawned<unknown>, string>();

  /** Begins a call of which the author has a handle; what is independent gives the SDK's handle. */
  handle<T>(start: () => Promise<T | Started<T>>, life: Life): Handle<T> {
    const task: Spawned<T> = new Spawned(start, life, () => this.unawaited.delete(task));
    this.unawaited.add(task);
    return this.follow(task);
  }

  /** Begins a case of a race. */
  contender<T>(start: () => Promise<T | Started<T>>, life: Life): Spawned<T> {
    return this.follow(new Spawned(start, life));
  }

  /** Begins something that nobody waits for, and that cancelling the workflow does not cancel. */
  detach(what: string, start: () => Promise<Started<unknown>>): void {
    void shielded(async () => {
      const call = this.follow(new Spawned(start, 'independent'));
      this.detached.set(call, what);
      try {
        await call.started();
      } catch (error) {
        log.warn('A detached call did not start', { call: what, ...target(error), error });
      } finally {
        this.detached.delete(call);
      }
    });
  }

  /** The number of handles whose outcome nobody has asked for. */
  get pendingHandles(): number {
    return this.unawaited.size;
  }

  /** Cancels what has no life outside the workflow. */
  cancelDependent(): void {
    for (const task of this.running) if (task.life !== 'independent') task.cancel();
  }

  /** Whether nothing is lost if the workflow closes now. */
  confirmed(): boolean {
    return [...this.running].every((task) => task.confirmed);
  }

  /** Waits, as long as their own timeouts say, until everything has started or failed to. */
  async confirmStarts(): Promise<void> {
    const details = getCurrentDetails();
    while (!this.confirmed()) {
      const names = [...this.detached.values()];
      setCurrentDetails(names.length > 0 ? `waiting for detached start of ${names.join(', ')}` : details);
      await condition(() => this.confirmed() || this.detached.size !== names.length);
    }
    setCurrentDetails(details);
  }

  /** Waits for the end of what was cancelled. The timer is one that a history shows: none without a reason. */
  async drain(): Promise<void> {
    const cancelled = () => [...this.running].filter((task) => task.cancelled);
    if (cancelled().length > 0) await applied(); // a timer, and what was not sent yet, end at once
    if (cancelled().length > 0) await condition(() => cancelled().length === 0, patience);
    for (const givenUp of cancelled()) this.running.delete(givenUp);
  }

  private follow<T>(task: Spawned<T>): Spawned<T> {
    this.running.add(task);
    void task.ended.then(() => this.running.delete(task));
    return task;
  }
}

/** What a failed start was to reach, for the log. */
function target(error: unknown): Record<string, string> {
  if (error instanceof NexusOperationFailure) {
    const { endpoint, service, operation } = error;
    return { endpoint, service, operation };
  }
  if (error instanceof WorkflowExecutionAlreadyStartedError) return { targetWorkflowId: error.workflowId };
  if (error instanceof ChildWorkflowFailure && error.execution.workflowId) {
    return { targetWorkflowId: error.execution.workflowId };
  }
  return {};
}
