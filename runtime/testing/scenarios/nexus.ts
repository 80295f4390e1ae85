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
const late = (token: string) => `NexusTimeoutError SCHEDULE_TO_CLOSE of Payments PaymentsService Hold, token ${token}`;
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

  'a call within a time has a timer beside it, which ends with the call': async (lab) => {
    const run = await lab.start('NexusWithin', [0]);
    deepEqual(await run.begin(), ['nexus 1: Hold("x") for 86401000', 'timer 1: 1000']);
    deepEqual(await run.on(operationStarted(1)), []);
    deepEqual(await run.on(operationDone(1, 'held')), ['cancel timer 1', 'complete: "held"']);
    const refused = await lab.start('NexusWithin', [0]);
    await refused.begin();
    deepEqual(await refused.on(operationRefused(1, 'NOT_FOUND')), [
      'cancel timer 1',
      'complete: "NexusNotFoundError of Payments PaymentsService Hold: NOT_FOUND it said"',
    ]);
  },

  'when the time is over, the call fails at once, and the close waits for the end of the operation': async (lab) => {
    const run = await lab.start('NexusWithin', [5000]);
    await run.begin();
    await run.on(operationStarted(1));
    deepEqual(await run.on(timerFired(1)), ['cancel nexus 1', 'timer 2: 5000']);
    deepEqual(await run.on(timerFired(2)), ['timer 3: 30000']);
    deepEqual(await run.on(operationCancelled(1)), ['cancel timer 3', `complete: "${late('token-1')}"`]);
  },

  'an operation that nobody starts in time is given up 30 seconds later': async (lab) => {
    const run = await lab.start('NexusWithin', [0]);
    await run.begin();
    deepEqual(await run.on(timerFired(1)), ['cancel nexus 1', 'timer 2: 30000']);
    deepEqual(await run.on(timerFired(2)), [`complete: "${late('undefined')}"`]);
  },

  'an end in the instant in which the time is over is an end': async (lab) => {
    for (const jobs of [
      [timerFired(1), operationDone(1, 'held')],
      [operationDone(1, 'held'), timerFired(1)],
    ]) {
      const run = await lab.start('NexusWithin', [0]);
      await run.begin();
      await run.on(operationStarted(1));
      deepEqual(await run.on(...jobs), ['complete: "held"']);
    }
  },

  'a cancellation from outside waits for the end of the operation, without the timer': async (lab) => {
    const run = await lab.start('NexusWithin', [0]);
    await run.begin();
    await run.on(operationStarted(1));
    deepEqual(await run.on(cancelWorkflow), ['cancel nexus 1', 'cancel timer 1']);
    deepEqual(await run.on(operationCancelled(1)), ['cancelled']);
  },

  'a started call within a time: its start, its token, and its end': async (lab) => {
    const run = await lab.start('NexusWithinStarted');
    deepEqual(await run.begin(), ['nexus 1: Hold("x") for 86401000', 'timer 1: 1000']);
    deepEqual(await run.on(operationStarted(1)), []);
    deepEqual(await run.on(timerFired(1)), ['cancel nexus 1', 'timer 2: 30000']);
    deepEqual(await run.on(operationCancelled(1)), [
      'cancel timer 2',
      `complete: "token-1, token-1: ${late('token-1')}"`,
    ]);
    const never = await lab.start('NexusWithinStarted');
    await never.begin();
    await never.on(timerFired(1));
    deepEqual(await never.on(operationCancelled(1)), [
      'cancel timer 2',
      `complete: "NexusOperationFailure, undefined: ${late('undefined')}"`,
    ]);
    const quick = await lab.start('NexusWithinStarted');
    await quick.begin();
    deepEqual(await quick.on(...operationAnswered(1, 'held')), [
      'cancel timer 1',
      'complete: "undefined, undefined: held"',
    ]);
  },

  'the close waits for the start of a call within a time, no longer than that; and leaves what has started alone':
    async (lab) => {
      const started = await lab.start('NexusWithinUnawaited');
      deepEqual(await started.begin(), ['nexus 1: Hold("x") for 86401000', 'timer 1: 1000']);
      deepEqual(await started.on(operationStarted(1)), ['complete: "left alone"']);
      const never = await lab.start('NexusWithinUnawaited');
      await never.begin();
      deepEqual(await never.on(timerFired(1)), ['cancel nexus 1', 'timer 2: 30000']);
      deepEqual(await never.on(operationCancelled(1)), ['cancel timer 2', 'complete: "left alone"']);
    },

  'a call within a time loses a race like any other, and goes on if it is abandoned': async (lab) => {
    const cancelled = await lab.start('NexusWithinRace', ['cancel']);
    deepEqual(await cancelled.begin(), ['nexus 1: Hold("x") for 86410000', 'timer 1: 10000', 'timer 2: 1000']);
    await cancelled.on(operationStarted(1));
    deepEqual(await cancelled.on(timerFired(2)), ['cancel nexus 1', 'cancel timer 1', 'timer 3: 30000']);
    deepEqual(await cancelled.on(operationCancelled(1)), ['cancel timer 3', 'complete: "timer"']);
    const abandoned = await lab.start('NexusWithinRace', ['abandon']);
    await abandoned.begin();
    await abandoned.on(operationStarted(1));
    deepEqual(await abandoned.on(timerFired(2)), ['complete: "timer"']);
  },

  'what is no member of a family needs no timer': async (lab) => {
    const run = await lab.start('NexusWithinFamily');
    deepEqual(await run.begin(), [
      'complete: "NexusNotFoundError of shard-c PaymentsService Hold: no endpoint of the family is named shard-c"',
    ]);
  },

  'a call carries its headers, and no other call does': async (lab) => {
    const run = await lab.start('NexusHeaders', ['tä\tb']);
    deepEqual(await run.begin(), ['nexus 1: Hold("x") x-tenant=acme x-more=tä\tb']);
    deepEqual(await run.on(...operationAnswered(1, 'a')), [
      'nexus 2: Hold("y") for 86401000 x-other=',
      'timer 1: 1000',
    ]);
    deepEqual(await run.on(...operationAnswered(2, 'b')), ['cancel timer 1', 'nexus 3: Hold("z")']);
    deepEqual(await run.on(...operationAnswered(3, 'c')), ['complete: "a, b, c"']);
  },

  'headers that cannot be sent fail the call, without a command': async (lab) => {
    const bad = 'the header `x-more` has a value that no header can have';
    for (const [value, message] of [
      ['a\r\nx-admin: yes', bad],
      ['a\0b', bad],
      ['\u0085', bad],
      ['\ud800', bad],
      ['ä'.repeat(4088), 'the headers have 8194 bytes, and no more than 8192 can be sent'],
    ] as const) {
      const run = await lab.start('NexusHeaders', [value]);
      deepEqual(await run.begin(), ['nexus 1: Hold("y") for 86401000 x-other=', 'timer 1: 1000']);
      await run.on(...operationAnswered(1, 'b'));
      deepEqual(await run.on(...operationAnswered(2, 'c')), [
        `complete: "NexusOperationError of Payments PaymentsService Hold: ${message}, b, c"`,
      ]);
    }
    const most = await lab.start('NexusHeaders', ['ä'.repeat(4087)]);
    deepEqual((await most.begin()).length, 1);
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
