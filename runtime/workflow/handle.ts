import { TemporalFailure } from '@temporalio/common';
import { CancellationScope, condition, type SignalDefinition } from '@temporalio/workflow';
import { markUndelivered } from './caught.js';
import { failTask, isCancelled, markEndsAtClose, shielded } from './scope.js';

/** Something that a race looks at and does not start: it may have been ready for long. */
export interface Passive<T> {
  readonly ready: boolean;
  /** The value, or the error, of what is ready. What can be had once is consumed. */
  take(): T;
}

/** A condition, as a case of a race. */
export function until(holds: () => boolean): Passive<void> {
  return {
    get ready() {
      return holds();
    },
    take: () => undefined,
  };
}

/** Something that goes on beside the workflow. It never raises by itself: its failure is kept for who asks. */
export interface Handle<T> extends Passive<T> {
  /** Whether it has ended, in whichever way. */
  readonly done: boolean;
  /** Of an operation that has started, and that runs on its own. */
  readonly token: string | undefined;
  /** Waits for the end: gives the result, or raises the failure. */
  result(): Promise<T>;
  /** Waits for the start: gives the token, or raises the failure of what did not start. */
  started(): Promise<string | undefined>;
  /**
   * Sends a signal to a child workflow: waits for its start, and for the delivery.
   *
   * @throws the failure of a child that did not start; of a signal that cannot be delivered
   */
  signal<Args extends unknown[]>(signal: SignalDefinition<Args> | string, ...args: Args): Promise<void>;
  /** Asks for an end. */
  cancel(): void;
}

/** What the SDK's `startOperation` and `startChild` give. */
export interface Started<T> {
  readonly token?: string | undefined;
  result(): Promise<T>;
  /** Of a child workflow. */
  signal?<Args extends unknown[]>(signal: SignalDefinition<Args> | string, ...args: Args): Promise<void>;
}

/**
 * How something goes on beside the workflow: `independent` lives outside once it has started, and is then left alone;
 * `dependent` lives here, and somebody may wait for its end; for the end of a `contender`, a case of a race, only the
 * close does.
 */
export type Life = 'independent' | 'dependent' | 'contender';

/** A call, an operation or a block, in a scope of its own. */
export class Spawned<T> implements Handle<T> {
  token: string | undefined;
  /** Started, or failed to: nothing is lost any more if the workflow closes. */
  confirmed: boolean;
  readonly ended: Promise<void>;
  private readonly scope = new CancellationScope();
  private outcome: (() => T) | undefined;
  private neverStarted = false;
  /** The SDK's handle, once there is one. */
  private target: Started<T> | undefined;

  constructor(
    start: () => Promise<T | Started<T>>,
    readonly life: Life,
    /** Told when somebody asks for the outcome, or for an end. */
    private readonly asked: () => void = () => undefined,
  ) {
    this.confirmed = life !== 'independent';
    markEndsAtClose(this.scope, life === 'contender');
    this.ended = this.follow(start);
  }

  get done(): boolean {
    return this.outcome !== undefined;
  }

  get ready(): boolean {
    return this.done;
  }

  get cancelled(): boolean {
    return isCancelled(this.scope);
  }

  take(): T {
    this.asked();
    return this.outcome!();
  }

  async result(): Promise<T> {
    this.asked();
    await this.wait(() => this.done);
    return this.take();
  }

  async started(): Promise<string | undefined> {
    await this.wait(() => this.confirmed);
    if (this.neverStarted) this.take();
    return this.token;
  }

  async signal<Args extends unknown[]>(signal: SignalDefinition<Args> | string, ...args: Args): Promise<void> {
    await this.started();
    try {
      await this.target!.signal!(signal, ...args);
    } catch (error) {
      markUndelivered(error);
      throw error;
    }
  }

  cancel(): void {
    this.asked();
    if (!this.done) this.scope.cancel();
  }

  /** Who is cancelled together with what it waits for hears of its end. */
  async wait(reached: () => boolean): Promise<void> {
    try {
      await condition(reached);
    } catch (error) {
      if (!this.cancelled) throw error;
      await shielded(() => condition(reached));
    }
  }

  private async follow(start: () => Promise<T | Started<T>>): Promise<void> {
    try {
      const value = await this.scope.run(async () => {
        if (this.life !== 'independent') return (await start()) as T;
        const started = (await start()) as Started<T>;
        this.target = started;
        this.token = started.token || undefined; // the SDK gives '' for an operation that has ended at once
        this.confirmed = true;
        return await started.result();
      });
      this.outcome = () => value;
    } catch (error) {
      this.neverStarted = !this.confirmed;
      this.outcome = () => {
        throw error;
      };
      if (!(error instanceof TemporalFailure)) failTask(error);
    }
    this.confirmed = true;
  }
}
