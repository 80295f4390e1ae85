import { CancellationScope, condition } from '@temporalio/workflow';

/** Runs something that a cancellation from outside does not reach. */
export function shielded<T>(run: () => Promise<T>): Promise<T> {
  return CancellationScope.nonCancellable(run);
}

/**
 * Whether a scope is cancelled, or is about to be: a cancellation goes from scope to scope one promise at a time, so
 * that an inner one may not know yet.
 */
export function isCancelled(scope: CancellationScope): boolean {
  for (let at: CancellationScope | undefined = scope; at?.cancellable; at = at.parent) {
    if (at.consideredCancelled) return true;
  }
  return false;
}

const marks = new WeakMap<CancellationScope, boolean>();

/** Says whether, when a scope is cancelled, the close alone waits for its end; the same goes for what is in it, unless it says otherwise. */
export function markEndsAtClose(scope: CancellationScope, alone: boolean): void {
  marks.set(scope, alone);
}

/** Whether the close alone waits for the end of a scope: it has a limit, so that nothing else needs one. */
export function endsAtClose(scope: CancellationScope): boolean {
  return marks.get(scope) ?? (scope.parent !== undefined && endsAtClose(scope.parent));
}

/**
 * Waits until everything that the present activation brought has been applied: whoever looks afterwards sees the same,
 * however many promises each part of it goes through.
 */
export async function applied(): Promise<void> {
  // A condition is looked at when it is made, and again when no promise is left to run; but one that is made while the
  // events of an activation are still being applied is looked at too early.
  await Promise.resolve();
  let looks = 0;
  await condition(() => looks++ > 0);
}

/** Fails the workflow task with an error that nobody waits for: a fault of the program, which a new deployment mends. */
export function failTask(error: unknown): void {
  let looks = 0;
  const fault = () => {
    if (looks++ > 0) throw error;
    return false;
  };
  void shielded(() => condition(fault));
}
