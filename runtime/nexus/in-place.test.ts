import { activityInfo, cancellationSignal, heartbeat, log } from '@temporalio/activity';
import { ApplicationFailure, CompleteAsyncError } from '@temporalio/common';
import { HandlerError, operation, service } from 'nexus-rpc';
import { expect, test } from 'vitest';
import { callOperation } from '../testing/nexus-lab.js';
import { guardedService, inPlace, type InPlaceOptions } from './index.js';

const Cards = service('Cards', { Run: operation<string, unknown>() });

/** Runs the code of an activity in an operation. */
async function run(code: (attempt: number) => unknown, options: InPlaceOptions = {}) {
  let count = 0;
  const activities = { Charge: async (card: string) => (await code(++count), `${card}: ${count}`) };
  const cards = guardedService(
    Cards,
    {},
    { Run: async (ctx, card) => await inPlace(ctx, activities, options).Charge(card) },
  );
  const { text } = await callOperation(cards, 'Run', 'card');
  return { text, count };
}

const quick = { initialInterval: 1 };

test('the code of an activity finds around it what it finds in a task of its own', async () => {
  let seen: unknown;
  const { text } = await run(() => {
    heartbeat('nobody hears this');
    log.info('charging');
    const { activityType, attempt, namespace, taskQueue } = activityInfo();
    seen = { activityType, attempt, namespace, taskQueue, aborted: cancellationSignal().aborted };
  });
  expect(text).toBe('value: "card: 1"');
  const around = { namespace: 'payments', taskQueue: 'queue', aborted: false };
  expect(seen).toEqual({ activityType: 'Charge', attempt: 1, ...around });
});

test('what it raises is tried again, as often as the policy says', async () => {
  const failing = (attempt: number) => {
    if (attempt < 3) throw new Error('busy');
  };
  expect((await run(failing, { retry: quick })).text).toBe('value: "card: 3"');
  const { text, count } = await run(failing, { retry: { ...quick, maximumAttempts: 2 } });
  expect(text).toBe('UNAVAILABLE, retried: busy <- Error: busy');
  expect(count).toBe(2);
});

test('an attempt that takes too long is given up, and hears of it', async () => {
  let signal: AbortSignal | undefined;
  const slow = async () => {
    signal ??= cancellationSignal();
    await new Promise(() => undefined);
  };
  const { text, count } = await run(slow, { startToCloseTimeout: 5, retry: { ...quick, maximumAttempts: 2 } });
  expect(text).toBe('UNAVAILABLE, retried: Charge took too long <- TimeoutError: Charge took too long');
  expect(count).toBe(2);
  expect(signal?.aborted).toBe(true);
});

test('no pause is longer than what is left', async () => {
  const failing = () => {
    throw ApplicationFailure.create({ message: 'busy', nextRetryDelay: '1 hour' });
  };
  expect((await run(failing)).count).toBe(1);
  const { count } = await run(failing, { scheduleToCloseTimeout: '1s', retry: { initialInterval: '2s' } });
  expect(count).toBe(1);
});

test.each([
  ['non-retryable', ApplicationFailure.nonRetryable('no', 'Declined'), 'failed: OperationError: no <- Declined: no'],
  ['named by the policy', ApplicationFailure.retryable('no', 'Stolen'), 'failed: OperationError: no <- Stolen: no'],
  ['an answer', new HandlerError('CONFLICT', 'not now'), 'CONFLICT: not now'],
])('what is not tried again: %s', async (_name, error, text) => {
  const retry = { ...quick, nonRetryableErrorTypes: ['Stolen'] };
  const failing = () => {
    throw error;
  };
  expect(await run(failing, { retry })).toEqual({ text, count: 1 });
});

test('nobody completes it from outside', async () => {
  const { text } = await run(() => {
    throw new CompleteAsyncError();
  });
  expect(text).toMatch(/^INTERNAL: The handler failed unexpectedly/);
});
