import { asyncLocalStorage, Context, type Info } from '@temporalio/activity';
import {
  ApplicationFailure,
  CancelledFailure,
  CompleteAsyncError,
  type Duration,
  type RetryPolicy,
} from '@temporalio/common';
import { msOptionalToNumber, msToNumber } from '@temporalio/common/lib/time.js';
import { getClient, log, metricMeter, operationInfo } from '@temporalio/nexus';
import { HandlerError, OperationError, type StartOperationContext } from 'nexus-rpc';

/** What of an activity's options means something where its code runs in an operation. */
export interface InPlaceOptions {
  /** How long one attempt may take. */
  readonly startToCloseTimeout?: Duration;
  /** How long all attempts may take together. */
  readonly scheduleToCloseTimeout?: Duration;
  readonly retry?: RetryPolicy;
}

/** What an operation leaves to its activities of the ten seconds that it has, in milliseconds. */
const most = 8_000;
/** What it needs itself to answer. */
const reserve = 1_000;

/**
 * The activities of a worker, as an operation runs their code: in the operation itself. What they raise is tried again, as
 * long as there is time for it; then the operation is answered with UNAVAILABLE, which Temporal tries again. What they raise as
 * non-retryable is raised at once. Heartbeats go nowhere.
 */
export function inPlace<A extends object>(ctx: StartOperationContext, activities: A, options: InPlaceOptions = {}): A {
  return new Proxy(activities, {
    get(all, name) {
      const code = all[name as keyof A] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => new Run(ctx, String(name), () => code.apply(all, args), options).result();
    },
  });
}

class Run {
  private readonly scheduled = Date.now();
  private readonly limit: number;
  private readonly attemptLimit: number;
  private readonly retry: RetryPolicy;

  constructor(
    private readonly ctx: StartOperationContext,
    private readonly name: string,
    private readonly code: () => unknown,
    { startToCloseTimeout, scheduleToCloseTimeout, retry = {} }: InPlaceOptions,
  ) {
    const left = (ctx.requestDeadline?.getTime() ?? Infinity) - this.scheduled - reserve;
    this.limit = Math.min(most, left, msOptionalToNumber(scheduleToCloseTimeout) ?? Infinity);
    this.attemptLimit = msOptionalToNumber(startToCloseTimeout) ?? Infinity;
    this.retry = retry;
  }

  async result(): Promise<unknown> {
    const { initialInterval = '1s', backoffCoefficient = 2, maximumAttempts = Infinity, maximumInterval } = this.retry;
    const longest = msOptionalToNumber(maximumInterval) ?? msToNumber(initialInterval) * 100;
    let interval = msToNumber(initialInterval);
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(attempt);
      } catch (error) {
        const failure = this.retried(error);
        const pause = msOptionalToNumber(failure.nextRetryDelay ?? undefined) ?? interval;
        interval = Math.min(interval * backoffCoefficient, longest);
        if (attempt >= maximumAttempts || pause >= this.left) throw unavailable(failure);
        log.warn('An activity in a Nexus operation is tried again', { activity: this.name, attempt, error });
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  private get left(): number {
    return this.scheduled + this.limit - Date.now();
  }

  private async attempt(attempt: number): Promise<unknown> {
    const limit = Math.min(this.attemptLimit, this.left);
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, this.ctx.abortSignal]);
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new CancelledFailure('The operation has no more time')));
      if (signal.aborted) reject(new CancelledFailure('The operation has no more time'));
    });
    stopped.catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(ApplicationFailure.retryable(`${this.name} took too long`, 'TimeoutError'));
        stop.abort();
      }, limit);
    });
    try {
      const context = this.context(attempt, limit, stopped, signal);
      const run = asyncLocalStorage.run(context, async () => await this.code());
      return await Promise.race([run, late, stopped]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** What the code of an activity finds around it. */
  private context(attempt: number, limit: number, stopped: Promise<never>, signal: AbortSignal): Context {
    const { namespace, taskQueue } = operationInfo();
    const now = Date.now();
    const info: Info = {
      taskToken: new Uint8Array(),
      base64TaskToken: '',
      activityId: `${this.ctx.requestId}-${this.name}`,
      activityType: this.name,
      activityNamespace: namespace,
      namespace,
      taskQueue,
      attempt,
      isLocal: true,
      inWorkflow: false,
      scheduledTimestampMs: this.scheduled,
      currentAttemptScheduledTimestampMs: now,
      scheduleToCloseTimeoutMs: this.limit,
      startToCloseTimeoutMs: limit,
      heartbeatDetails: undefined,
      retryPolicy: this.retry,
    };
    return new Context(info, stopped, signal, () => undefined, getClient(), log, metricMeter, {});
  }

  /** @throws what is not tried again */
  private retried(error: unknown): ApplicationFailure {
    const isAnswer = error instanceof HandlerError || error instanceof OperationError;
    if (isAnswer || error instanceof CancelledFailure || error instanceof CompleteAsyncError) throw error;
    const failure = ApplicationFailure.fromError(error);
    if (failure.nonRetryable) throw failure;
    if (!this.retry.nonRetryableErrorTypes?.includes(failure.type ?? '')) return failure;
    const { message, type, details, cause } = failure;
    throw ApplicationFailure.create({
      message,
      nonRetryable: true,
      ...(type != null && { type }),
      ...(details != null && { details }),
      ...(cause && { cause }),
    });
  }
}

function unavailable(cause: ApplicationFailure): HandlerError {
  return new HandlerError('UNAVAILABLE', cause.message, { cause });
}
