import { TemporalFailure } from '@temporalio/common';
import { CancellationScope, log } from '@temporalio/workflow';
import { failTask } from './scope.js';

type Starts = readonly (() => Promise<unknown>)[];
type Results<S extends Starts> = { -readonly [I in keyof S]: Awaited<ReturnType<S[I]>> };

/** How branches run together. */
export interface AllOptions {
  /** How many branches run at once; at least one does. A workflow may have 30 pending Nexus operations. */
  readonly maxConcurrent?: number;
  /** What the first failure does to the others: cancels them, or waits for them; it is raised in both cases. */
  readonly onFailure?: 'cancel' | 'wait';
}

/** No failure is raised: a branch that failed gives undefined. */
export interface CollectOptions extends Pick<AllOptions, 'maxConcurrent'> {
  readonly onFailure: 'collect';
}

/**
 * Runs all branches and gives their results in order. A failure is raised when every branch has ended, so that nothing
 * of this block is still going on after it.
 *
 * @throws the first failure of a branch; with `collect` only a cancellation from outside
 */
export function all<const S extends Starts>(starts: S, options?: AllOptions): Promise<Results<S>>;
export function all<const S extends Starts>(starts: S, options: CollectOptions): Promise<Partial<Results<S>>>;
export function all<const S extends Starts>(
  starts: S,
  { maxConcurrent = starts.length, onFailure = 'cancel' }: AllOptions | CollectOptions = {},
): Promise<Partial<Results<S>>> {
  return CancellationScope.cancellable(async () => {
    const scope = CancellationScope.current();
    const results: unknown[] = starts.map(() => undefined);
    const failures: unknown[] = [];
    const queue = starts.entries();

    const work = async () => {
      for (const [index, start] of queue) {
        try {
          results[index] = await start();
        } catch (error) {
          if (!(error instanceof TemporalFailure)) failTask(error);
          if (onFailure === 'collect' && !scope.consideredCancelled) {
            log.warn('A branch failed', { index, error });
            continue;
          }
          failures.push(error);
          if (onFailure === 'cancel') scope.cancel();
        }
        if (scope.consideredCancelled) return;
      }
    };
    await Promise.all(Array.from({ length: Math.min(Math.max(maxConcurrent, 1), starts.length) }, work));
    if (failures.length > 0) throw failures[0];
    return results as Partial<Results<S>>;
  });
}

/** The same for a list: one branch per item. */
export function allOf<T, R>(items: readonly T[], start: (item: T) => Promise<R>, options?: AllOptions): Promise<R[]>;
export function allOf<T, R>(
  items: readonly T[],
  start: (item: T) => Promise<R>,
  options: CollectOptions,
): Promise<(R | undefined)[]>;
export function allOf<T, R>(
  items: readonly T[],
  start: (item: T) => Promise<R>,
  options?: AllOptions | CollectOptions,
): Promise<(R | undefined)[]> {
  const starts = items.map((item) => () => start(item));
  return all(starts, options as CollectOptions);
}
