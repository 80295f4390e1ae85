import { TemporalFailure, type UpdateDefinition } from '@temporalio/common';
import {
  ApplicationFailure,
  CancellationScope,
  condition,
  ContinueAsNew,
  makeContinueAsNewFunc,
  type NexusServiceClient,
  type SignalDefinition,
  type Workflow,
} from '@temporalio/workflow';
import type { Duration } from '@temporalio/common';
import type { ServiceDefinition } from 'nexus-rpc';
import { carriedArrivals, carryingOptions } from './carry.js';
import type { Handle, Started } from './handle.js';
import {
  type HandlerOptions,
  Handlers,
  type InboxOptions,
  type SignalHandler,
  type UpdateOptions,
} from './handlers.js';
import { Inbox } from './inbox.js';
import { type Case, race, type RaceOptions, type Winner } from './race.js';
import { isCancelled, shielded } from './scope.js';
import { Tasks } from './tasks.js';
import { within } from './within.js';
import { markEnd } from './caught.js';

/**
 * Runs the body of a workflow.
 *
 * Temporal drops what a workflow has not quite started when it closes: a cancellation that is not delivered, an
 * operation that is not confirmed. This keeps the workflow open until both are, whichever way its body ends: by return,
 * by failure, by cancellation, or by continuing as new. A fault of the program is no end: it fails the workflow task at
 * once, and leaves everything as it was, so that a mended deployment goes on from there.
 *
 * @throws what the body throws; a failure of a signal handler closes the workflow in place of it
 */
export function workflowRun<T>(body: (run: WorkflowRun) => Promise<T>): Promise<T> {
  return WorkflowRun.of(body);
}

/** One run of a workflow, from its first statement to its close. */
export class WorkflowRun {
  private readonly body = CancellationScope.current();
  private readonly handlers = new Handlers(this.body);
  private readonly tasks = new Tasks();
  private continuation: (() => Promise<never>) | undefined;
  private readonly inboxes: Inbox<any>[] = [];

  private constructor() {}

  /** `workflowRun`. */
  static async of<T>(body: (run: WorkflowRun) => Promise<T>): Promise<T> {
    const run = new WorkflowRun();
    let result: T;
    try {
      result = await body(run);
      if (run.continuation) await run.continuation();
    } catch (error) {
      if (isEnd(error)) await run.finish();
      throw error;
    }
    await run.finish();
    return result;
  }

  /**
   * The first case to be ready wins, a tie goes to the case written first. Nothing is started if there is one already;
   * what was started and did not win is cancelled, unless it is abandoned, and the run does not close before it has ended, or 30 s have passed.
   *
   * @throws what the winning case raises
   */
  race<const Cases extends Record<string, Case>>(cases: Cases, options: RaceOptions = {}): Promise<Winner<Cases>> {
    return race(cases, options, (call, life) => this.tasks.contender(call, life));
  }

  /** Starts an operation or a child workflow, which goes on if the workflow closes; `call` gives the SDK's handle. */
  start<T>(call: () => Promise<Started<T>>): Handle<T> {
    return this.tasks.handle(call, 'independent');
  }

  /** Starts an activity, a timer or a block, which is cancelled if the workflow closes. */
  spawn<T>(call: () => Promise<T>): Handle<T> {
    return this.tasks.handle(call, 'dependent');
  }

  /**
   * A client whose calls have a timer of the workflow beside them: when it fires, the call fails with a timeout, and the operation
   * is cancelled. The run does not close before it has ended, or 30 s have passed.
   */
  within<S extends ServiceDefinition>(timeout: Duration, client: NexusServiceClient<S>): NexusServiceClient<S> {
    return within(timeout, client, (call) => this.tasks.contender(call, 'independent'));
  }

  /**
   * Starts something that nobody waits for, and that cancelling the workflow does not cancel. A start that fails is
   * logged; the run does not close before it is known.
   *
   * @param what names it in the log and in the details of the workflow: `PaymentsEndpoint.Notify`, `ShipWorkflow`
   */
  detach(what: string, call: () => Promise<Started<unknown>>): void {
    this.tasks.detach(what, call);
  }

  /**
   * Handles a signal. Temporal closes a workflow in the instant in which a handler fails; here the body is cancelled
   * first, so that it can undo what it did, and then the workflow fails with the handler's error.
   */
  onSignal<Args extends unknown[]>(
    signal: SignalDefinition<Args>,
    handler: SignalHandler<NoInfer<Args>>,
    options: HandlerOptions = {},
  ): void {
    this.handlers.onSignal(signal, handler, options);
  }

  /** Handles an update. Its failure goes to the caller of the update; it is rejected once the workflow closes. */
  onUpdate<R, Args extends unknown[]>(
    update: UpdateDefinition<R, Args>,
    handler: (...args: NoInfer<Args>) => Promise<NoInfer<R>>,
    options: UpdateOptions<NoInfer<Args>> = {},
  ): void {
    this.handlers.onUpdate(update, handler, options);
  }

  /**
   * Holds a handler back until what it needs is there.
   *
   * @throws ApplicationFailure `WorkflowClosing`, if the workflow closes before
   */
  hold(ready: () => boolean): Promise<void> {
    return this.handlers.hold(ready);
  }

  /**
   * Handles a signal, and keeps each arrival until an `await` or a race consumes it. An arrival is there when its
   * handler has completed.
   */
  inbox<Args extends unknown[], Kept extends unknown[] | [] = Args>(
    signal: SignalDefinition<Args>,
    handler?: SignalHandler<NoInfer<Args>>,
    options: HandlerOptions & InboxOptions<NoInfer<Args>, Kept> = {},
  ): Inbox<Kept> {
    const { fill = unchanged<Args, Kept> } = options;
    const inbox = this.newInbox<Kept>(signal.name);
    const handle = async (...args: Args) => {
      await handler?.(...args);
      inbox.arrivals.push(fill(...args));
    };
    this.onSignal(signal, handle, options);
    return inbox;
  }

  /** The same for an update: one that is rejected, or whose handler fails, does not arrive. */
  updateInbox<R, Args extends unknown[], Kept extends unknown[] | [] = Args>(
    update: UpdateDefinition<R, Args>,
    handler: (...args: NoInfer<Args>) => Promise<NoInfer<R>>,
    options: UpdateOptions<NoInfer<Args>> & InboxOptions<NoInfer<Args>, Kept> = {},
  ): Inbox<Kept> {
    const { fill = unchanged<Args, Kept> } = options;
    const inbox = this.newInbox<Kept>(`update ${update.name}`);
    const handle = async (...args: Args) => {
      const result = await handler(...args);
      inbox.arrivals.push(fill(...args));
      return result;
    };
    this.onUpdate(update, handle, options);
    return inbox;
  }

  /** @param name under which the next run is given what is left of it */
  private newInbox<Args extends unknown[]>(name: string): Inbox<Args> {
    const inbox = new Inbox<Args>(name, carriedArrivals(name));
    this.inboxes.push(inbox);
    return inbox;
  }

  /** Closes the workflow, with a result or a failure, once the handlers that are still running have finished. */
  close(): void;
  close<T>(outcome: T): T;
  close<T>(outcome?: T): T | undefined {
    this.handlers.awaitAtClose();
    markEnd(outcome);
    return outcome;
  }

  /**
   * Closes this run and starts the next, which inherits the signals that arrived and were not consumed.
   *
   * @throws ApplicationFailure `ContinueAsNewWithPendingWork`, `PendingSignalsTooLarge`; the cancellation, if one came
   */
  continueAsNew<W extends Workflow>(...args: Parameters<W>): Promise<never> {
    return this.next<W>(isCancelled(this.body), args);
  }

  /**
   * The same, once the body has returned: a `catch` of the author does not see it, and a `finally` comes before it. The body
   * returns what this gives.
   */
  thenContinueAsNew<W extends Workflow>(...args: Parameters<W>): never {
    const cancelledBefore = isCancelled(this.body);
    this.continuation = () => this.next<W>(cancelledBefore, args);
    return undefined as never;
  }

  private async next<W extends Workflow>(cancelledBefore: boolean, args: Parameters<W>): Promise<never> {
    this.handlers.awaitAtClose();
    await shielded(async () => {
      await this.handlers.close();
      await condition(() => this.handlers.settled());
    });
    const pending = this.tasks.pendingHandles;
    if (pending > 0) {
      const message = `Started calls that nobody has awaited are lost in the next run: ${pending}`;
      throw ApplicationFailure.nonRetryable(message, 'ContinueAsNewWithPendingWork', { pending });
    }
    await this.end(() => this.handlers.close());
    // The next run would know nothing of a cancellation that came meanwhile.
    if (!cancelledBefore && isCancelled(this.body)) await this.body.cancelRequested;
    return await makeContinueAsNewFunc<W>(carryingOptions(this.inboxes))(...args);
  }

  private async finish(): Promise<void> {
    await this.end(() => this.handlers.closed());
    await this.handlers.unwind();
  }

  /** What comes before every close, in this order. */
  private async end(handlersClose: () => Promise<void>): Promise<void> {
    await shielded(async () => {
      await handlersClose();
      do {
        await condition(() => this.handlers.settled());
        this.tasks.cancelDependent();
        await this.tasks.confirmStarts();
        await this.tasks.drain();
      } while (!this.handlers.settled() || !this.tasks.confirmed()); // a signal may have come meanwhile
    });
  }
}

/** Whether an error closes the workflow, as the SDK sees it; any other is a fault of the program. */
function isEnd(error: unknown): boolean {
  return error instanceof TemporalFailure || error instanceof ContinueAsNew;
}

/** What is kept of a message that leaves nothing out: all of it. */
function unchanged<Args extends unknown[], Kept extends unknown[]>(...args: Args): Kept {
  return args as unknown[] as Kept;
}
