import { HandlerUnfinishedPolicy, TemporalFailure, type UpdateDefinition } from '@temporalio/common';
import {
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  log,
  setHandler,
  type SignalDefinition,
  workflowInfo,
} from '@temporalio/workflow';
import { isCancelled, shielded } from './scope.js';

/** The code of a signal's handler. */
export type SignalHandler<Args extends unknown[]> = (...args: Args) => void | Promise<void>;

/** How a handler goes together with the close of its workflow. */
export interface HandlerOptions {
  /** What becomes of a handler that still runs when the workflow wants to close; it is waited for unless said. */
  readonly unfinished?: 'wait' | 'abandon' | 'warn_and_abandon';
  /** What user interfaces say of it. */
  readonly description?: string;
}

/** How the arrivals of a message are kept. */
export interface InboxOptions<Args extends unknown[], Kept extends unknown[]> {
  /** Fills in what an arrival leaves out. */
  readonly fill?: (...args: Args) => Kept;
}

/** The same for an update, which may be rejected. */
export interface UpdateOptions<Args extends unknown[]> extends HandlerOptions {
  /** Rejects the update by throwing. */
  readonly validate?: (...args: Args) => void;
}

/** The signal and update handlers of a run: what they are doing, and what becomes of one that fails. */
export class Handlers {
  private running = 0;
  private held = 0;
  private closing = false;
  private awaited = false;
  private failed = false;
  private unwound = false;

  /** @param body the scope of the workflow's own function */
  constructor(private readonly body: CancellationScope) {}

  /** `WorkflowRun.onSignal`. */
  onSignal<Args extends unknown[]>(
    signal: SignalDefinition<Args>,
    handler: SignalHandler<NoInfer<Args>>,
    options: HandlerOptions,
  ): void {
    const handle = async (...args: Args) => {
      try {
        await this.handling(options, async () => await handler(...args));
      } catch (error) {
        if (this.isOutcome(error)) await this.failBody(error);
      }
    };
    setHandler(signal, handle, sdkOptions(options));
  }

  /** `WorkflowRun.onUpdate`. */
  onUpdate<R, Args extends unknown[]>(
    update: UpdateDefinition<R, Args>,
    handler: (...args: NoInfer<Args>) => Promise<NoInfer<R>>,
    options: UpdateOptions<NoInfer<Args>>,
  ): void {
    const validator = (...args: Args) => {
      if (this.closing) throw closingFailure();
      options.validate?.(...args);
    };
    const handle = (...args: Args) => this.handling(options, () => handler(...args));
    setHandler(update, handle, { ...sdkOptions(options), validator });
  }

  /** `WorkflowRun.hold`. */
  async hold(ready: () => boolean): Promise<void> {
    this.held++;
    await shielded(() => condition(() => ready() || this.closing));
    this.held--;
    if (!ready()) throw closingFailure();
  }

  /** From here on no update is accepted, and none is held. Signals still are handled. */
  async close(): Promise<void> {
    await this.closed();
  }

  /** The same with one promise less: awaits are frozen (README.md), and that of the body is one more. */
  closed(): Promise<void> {
    this.closing = true;
    return condition(() => this.held === 0);
  }

  /** The close waits for the handlers that are running. */
  awaitAtClose(): void {
    this.awaited = true;
  }

  /** Whether the close waits for none. */
  settled(): boolean {
    return !this.awaited || this.failed || this.running === 0;
  }

  /** The workflow has done all that comes before its close; never returns if a handler's failure is what closes it. */
  async unwind(): Promise<void> {
    if (!this.failed) return;
    this.unwound = true;
    await new Promise<never>(() => undefined);
  }

  private async handling<T>({ unfinished = 'wait' }: HandlerOptions, handler: () => Promise<T>): Promise<T> {
    if (unfinished !== 'wait') return await handler();
    this.running++;
    try {
      return await handler();
    } finally {
      this.running--;
    }
  }

  /** Whether a handler's failure is the workflow's; a fault of the program is not, and fails the workflow task. */
  private isOutcome(error: unknown): error is TemporalFailure {
    if (!(error instanceof TemporalFailure)) throw error;
    if (error instanceof ApplicationFailure && error.type === workflowClosing) return false;
    if (isCancellation(error) && isCancelled(this.body)) return false;
    if (!this.failed && (!this.closing || this.awaited)) return true;
    log.warn('A signal handler failed while the workflow was closing', { error });
    return false;
  }

  /** Cancels the body, lets it undo what it did, and then fails the workflow. */
  private async failBody(error: TemporalFailure): Promise<never> {
    this.failed = true;
    this.body.cancel();
    await shielded(() => condition(() => this.unwound));
    throw error;
  }
}

const workflowClosing = 'WorkflowClosing';

function closingFailure(): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`${workflowInfo().workflowType} is closing`, workflowClosing);
}

function sdkOptions({ unfinished, description }: HandlerOptions) {
  const { ABANDON, WARN_AND_ABANDON } = HandlerUnfinishedPolicy;
  const unfinishedPolicy = unfinished === 'abandon' ? ABANDON : WARN_AND_ABANDON;
  return { unfinishedPolicy, ...(description !== undefined && { description }) };
}
