import { sleep, type TimerOptions } from '@temporalio/workflow';

/** Waits for a duration that was computed, in milliseconds: not at all, and without a timer, if it is not positive. */
export async function timer(duration: number, options?: TimerOptions): Promise<void> {
  if (duration > 0) await sleep(duration, options);
}
