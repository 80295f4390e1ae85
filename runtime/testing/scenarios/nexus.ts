import { deepEqual } from 'node:assert/strict';
import {
  cancelWorkflow,
  type Job,
  operationAnswered,
  operationCancelled,
  operationDone,
  operationFailed,
  operationFailedAtStart,
  operationRefused,
  operationRefusedTwice,
  operationStarted,
  operationTimedOut,
  payload,
  timerFired,
} from '../jobs.js';
import type { Lab } from '../lab.js';
import type { Scenarios } from './scenario.js';

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const hold = (n: number) => `nexus ${n}: Hold("${n}")`;

async function seen(lab: Lab, ...jobs: Job[]): Promise<Record<string, unknown>> {
  const run = await lab.start('NexusErrors');
  await run.begin();
  const [line] = await run.on(...jobs);
  return JSON.parse(line!.replace(/^complete: /, '')) as Record<string, unknown>;
}

export const nexus: Scenarios = {
  'the 31st operation waits for its turn, and so do those after it, in order': async (lab) => {
    const run = await lab.start('NexusMany', [33]);
    deepEqual(await run.begin(), numbers(1, 30).map(hold));
    deepEqual(await run.on(...numbers(1, 30).map((n) => operationStarted(n))), []);
    deepEqual(await run.on(operationDone(7, '')), [hold(31)]);
    deepEqual(await run.on(operationDone(8, ''), operationDone(9, '')), [hold(32), hold(33)]);
    const left = numbers(1, 30).filter((n) => n < 7 || n > 9);
    deepEqual(await run.on(...left.map((n) => operationDone(n, '')), ...numbers(31, 33).map(operationTwice)), [
      'complete: 33',
    ]);
  },

  'an operation that fails to start gives its turn to the next': async (lab) => {
    const run = await lab.start('NexusMany', [31]);
    await run.begin();
    deepEqual(await run.on(operationRefused(1, 'BAD_REQUEST')), [hold(31)]);
  },

  'a call that waits for its turn can be cancelled': async (lab) => {
    const run = await lab.start('NexusMany', [31]);
    await run.begin();
    await run.on(...numbers(1, 30).map((n) => operationStarted(n)));
    deepEqual(
      await run.on(cancelWorkflow),
      numbers(1, 30).map((n) => `cancel nexus ${n}`),
    );
    deepEqual(await run.on(...numbers(1, 30).map((n) => operationCancelled(n))), ['cancelled']);
  },

  'a call that loses a race while it waits for its turn makes way': async (lab) => {
    const run = await lab.start('NexusTurns');
    await run.begin();
    await run.on(...numbers(1, 30).map((n) => operationStarted(n)));
    deepEqual(await run.on(timerFired(1)), []);
    deepEqual(await run.on(operationDone(1, '')), ['nexus 31: Hold("next")']);
    deepEqual(await run.on(...operationAnswered(31, 'x')), ['complete: "timer, then x"']);
  },

  'cancelled before the operation has started: 30 seconds, then the call is given up': async (lab) => {
    const run = await lab.start('NexusBlocking');
    deepEqual(await run.begin(), ['nexus 1: Hold("x")']);
    deepEqual(await run.on(cancelWorkflow), ['cancel nexus 1', 'timer 1: 30000']);
    deepEqual(await run.on(timerFired(1)), ['cancelled']);
  },

  'cancelled before it has started, it starts meanwhile: the call waits for its end': async (lab) => {
    const run = await lab.start('NexusBlocking');
    await run.begin();
    await run.on(cancelWorkflow);
    deepEqual(await run.on(operationStarted(1)), ['cancel timer 1']);
    deepEqual(await run.on(operationCancelled(1)), ['cancelled']);
  },

  'cancelled after it has started: no timer': async (lab) => {
    const run = await lab.start('NexusBlocking');
    await run.begin();
    await run.on(operationStarted(1));
    deepEqual(await run.on(cancelWorkflow), ['cancel nexus 1']);
    deepEqual(await run.on(operationDone(1, 'all the same')), ['complete: "all the same"']);
  },

  'a call that the workflow itself cancels': async (lab) => {
    const run = await lab.start('NexusCancelled');
    await run.begin();
    deepEqual(await run.on(timerFired(1)), ['cancel nexus 1', 'timer 2: 30000']);
    deepEqual(await run.on(timerFired(2)), ['complete: "CancelledFailure: Cancellation scope cancelled"']);
  },

  'a shielded call knows neither cancellation nor limit': async (lab) => {
    const run = await lab.start('NexusShielded');
    await run.begin();
    deepEqual(await run.on(cancelWorkflow), []);
    deepEqual(await run.on(...operationAnswered(1, 'x')), ['complete: "x"']);
  },

  'a call of what is no member of a family fails without a command, and without anybody to wait for it': async (
    lab,
  ) => {
    const member = await lab.start('NexusFamily', ['b']);
    deepEqual(await member.begin(), ['nexus 1: Hold("b")', 'timer 1: 1000']);
    deepEqual(await member.on(...operationAnswered(1, 'x'), timerFired(1)), ['complete: "x"']);
    const other = await lab.start('NexusFamily', ['c']);
    deepEqual(await other.begin(), ['timer 1: 1000']);
    deepEqual(await other.on(timerFired(1)), [
      'complete: "NexusNotFoundError: shard-c Hold: no endpoint of the family is named shard-c"',
    ]);
  },

  'a failed call, as a catch sees it': async (lab) => {
    const plain = { cancelled: false, failure: 'NexusOperationFailure' };
    deepEqual(await seen(lab, operationRefused(1, 'NOT_FOUND')), {
      ...plain,
      kind: 'NexusNotFoundError',
      message: 'NOT_FOUND it said',
    });
    for (const type of ['UNAUTHORIZED', 'UNAUTHENTICATED']) {
      deepEqual((await seen(lab, operationRefused(1, type)))['kind'], 'NexusUnauthorizedError');
      deepEqual(await seen(lab, operationRefusedTwice(1, type)), {
        ...plain,
        kind: 'NexusUnauthorizedError',
        message: `${type} it said`,
      });
    }
    for (const type of ['UPSTREAM_TIMEOUT', 'REQUEST_TIMEOUT']) {
      deepEqual((await seen(lab, operationRefused(1, type)))['kind'], 'NexusTimeoutError');
    }
    deepEqual((await seen(lab, operationRefused(1, 'CONFLICT')))['kind'], 'NexusOperationError');
    deepEqual(await seen(lab, operationTimedOut(1)), {
      ...plain,
      kind: 'NexusTimeoutError',
      message: 'operation timed out',
      timeoutType: 'SCHEDULE_TO_CLOSE',
    });
    deepEqual(await seen(lab, operationStarted(1), operationFailed(1, 'CardDeclined')), {
      ...plain,
      kind: 'NexusOperationError',
      message: 'CardDeclined happened',
      type: 'CardDeclined',
    });
    const details = { payloads: [payload({ code: '51' })] };
    const declined = { message: 'no', applicationFailureInfo: { type: 'CardDeclined', details } };
    const wrapped = { message: 'failed', applicationFailureInfo: { type: 'OperationError' }, cause: declined };
    deepEqual(await seen(lab, operationFailedAtStart(1, wrapped)), {
      ...plain,
      kind: 'NexusOperationError',
      message: 'no',
      type: 'CardDeclined',
      details: { code: '51' },
    });
  },

  'cancelled by somebody else is a failure of the operation; by the workflow’s own cancellation it is none': async (
    lab,
  ) => {
    deepEqual(await seen(lab, operationStarted(1), operationCancelled(1)), {
      kind: 'NexusOperationError',
      message: 'cancelled',
      cancelled: true,
      failure: 'NexusOperationFailure',
    });
    const run = await lab.start('NexusErrors');
    await run.begin();
    await run.on(operationStarted(1));
    await run.on(cancelWorkflow);
    deepEqual(await run.on(operationCancelled(1)), ['cancelled']);
  },
};

function operationTwice(seq: number): Job {
  return operationDone(seq, '');
}
