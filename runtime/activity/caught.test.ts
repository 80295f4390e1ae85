import { ApplicationFailure, CancelledFailure, CompleteAsyncError, sleep } from '@temporalio/activity';
import { TimeoutFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, test } from 'vitest';
import { caught, isOwnCancellation } from './index.js';

/** What a function gives that runs as an activity. */
async function inActivity<T>(run: () => T | Promise<T>, isCancelled = false): Promise<T> {
  const environment = new MockActivityEnvironment();
  if (isCancelled) environment.cancel();
  return (await environment.run(async () => run())) as T;
}

class CardDeclined extends Error {
  override readonly name = 'CardDeclined';
}

describe('what is caught in an activity', () => {
  test('has the name of its class, or that somebody gave it', async () => {
    const declined = await inActivity(() => caught(new CardDeclined('no cover', { cause: new Error('the wire') })));
    expect(declined).toMatchObject({ message: 'no cover', type: 'CardDeclined', cancelled: false });
    expect(declined.cause).toMatchObject({ message: 'the wire', type: 'Error' });
    expect(declined.cause.cause.message).toBeUndefined();
    expect(['CardDeclined', 'Error', 'TimeoutError', 'Other'].map((kind) => declined.is(kind))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const inner = ApplicationFailure.create({ type: 'TooMuch', message: 'much', details: [{ limit: 1 }] });
    const wrapped = await inActivity(() => caught(new Error('outside', { cause: inner })));
    expect(wrapped).toMatchObject({ message: 'much', type: 'TooMuch', details: { limit: 1 } });
  });

  test('is a timeout, by name or by its cause', async () => {
    const aborted = await inActivity(() => caught(new DOMException('late', 'TimeoutError')));
    expect(aborted.is('TimeoutError')).toBe(true);
    const late = new Error('x', { cause: new TimeoutFailure('late', undefined, 'START_TO_CLOSE') });
    expect(await inActivity(() => [caught(late).is('TimeoutError'), caught(late).timeoutType])).toEqual([
      true,
      'start_to_close',
    ]);
  });

  test('may be no error at all', async () => {
    expect(await inActivity(() => caught('text').message)).toBe('text');
  });

  test('is not that the activity goes on elsewhere', async () => {
    const open = new CompleteAsyncError();
    await expect(inActivity(() => caught(open))).rejects.toBe(open);
  });

  test('is not its own cancellation, which has a clause of its own', async () => {
    const abort = new DOMException('stop', 'AbortError');
    await expect(inActivity(() => caught(abort), true)).rejects.toBe(abort);
    expect(await inActivity(() => isOwnCancellation(abort), true)).toBe(true);
    const slept = inActivity(() => sleep(1000).catch((error: unknown) => isOwnCancellation(error)), true);
    expect(await slept).toBe(true);
  });

  test('is what somebody else has cancelled', async () => {
    const elsewhere = new CancelledFailure('stopped');
    expect(await inActivity(() => [isOwnCancellation(elsewhere), caught(elsewhere).cancelled])).toEqual([false, true]);
  });
});
