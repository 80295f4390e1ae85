import { deepEqual } from 'node:assert/strict';
import {
  cancelWorkflow,
  childExists,
  childStarted,
  operationAnswered,
  operationCancelled,
  operationDone,
  operationRefused,
  operationStarted,
  operationTimedOut,
  signal,
  timerFired,
  update,
} from '../jobs.js';
import type { Scenarios } from './scenario.js';

export const detach: Scenarios = {
  'without the run a call that was not confirmed is lost': async (lab) => {
    const run = await lab.start('DetachWithoutRun');
    deepEqual(await run.begin(), ['nexus 1: Hold("x")', 'complete: "done"']);
  },

  'every ending waits for the start, and accepts no update meanwhile': async (lab) => {
    for (const [ending, event, stops, closing] of [
      ['return', timerFired(1), [], 'complete: "done"'],
      ['throw', timerFired(1), [], 'fail: OnPurpose: on purpose'],
      ['cancel', cancelWorkflow, ['cancel timer 1'], 'cancelled'],
      ['continue', timerFired(1), [], 'continue as new: "return"'],
    ] as const) {
      const run = await lab.start('DetachOperation', [ending]);
      const timer = `timer 1: ${ending === 'cancel' ? 60_000 : 1000}`;
      deepEqual(await run.begin(), ['nexus 1: Hold("x")', timer], ending);
      deepEqual(await run.on(update('u1', 'Poke', 'x')), ['update u1: accepted', 'update u1: "x"'], ending);
      deepEqual(await run.details(), '', ending);
      deepEqual(await run.on(event), stops, ending);
      deepEqual(await run.details(), 'waiting for detached start of Payments.Hold', ending);
      deepEqual(
        await run.on(update('u2', 'Poke', 'x')),
        ['update u2: WorkflowClosing: DetachOperation is closing'],
        ending,
      );
      deepEqual(await run.on(operationStarted(1)), [closing], ending);
      deepEqual(await run.details(), '', ending);
      deepEqual(await run.logged(), [], ending);
    }
  },

  'what has started holds no ending, and its end is nobody’s business': async (lab) => {
    const run = await lab.start('DetachOperation', ['return']);
    await run.begin();
    deepEqual(await run.on(operationStarted(1)), []);
    deepEqual(await run.on(operationDone(1, 'x')), []);
    deepEqual(await run.on(timerFired(1)), ['complete: "done"']);
  },

  'a start that fails is logged, and fails nothing': async (lab) => {
    const run = await lab.start('DetachOperation', ['return']);
    await run.begin();
    deepEqual(await run.on(timerFired(1)), []);
    deepEqual(await run.on(operationTimedOut(1)), ['complete: "done"']);
    deepEqual(await run.logged(), [
      'warn: A detached call did not start call=Payments.Hold endpoint=Payments service=PaymentsService operation=Hold',
    ]);
  },

  'two at once, the first of them synchronous': async (lab) => {
    const run = await lab.start('DetachAtOnce');
    deepEqual(await run.begin(), ['nexus 1: Hold("x")', 'nexus 2: Quote("1")']);
    deepEqual(await run.details(), 'waiting for detached start of Payments.Hold, Payments.Quote');
    deepEqual(await run.on(operationRefused(1, 'NOT_FOUND')), []);
    deepEqual(await run.details(), 'waiting for detached start of Payments.Quote');
    deepEqual(await run.on(...operationAnswered(2, '2')), ['complete: nothing']);
  },

  'a child': async (lab) => {
    const run = await lab.start('DetachChild');
    deepEqual(await run.begin(), ['child 1: Child()']);
    deepEqual(await run.on(cancelWorkflow), []);
    deepEqual(await run.on(childStarted(1)), ['complete: "done"']);
  },

  'a child whose id is taken is logged': async (lab) => {
    const run = await lab.start('DetachChild');
    await run.begin();
    deepEqual(await run.on(childExists(1, 'child', 'Child')), ['complete: "done"']);
    deepEqual(await run.logged(), ['warn: A detached call did not start call=Child targetWorkflowId=child']);
  },

  'a handler that detaches something while the body closes': async (lab) => {
    const run = await lab.start('DetachLate');
    deepEqual(await run.begin(), ['nexus 1: Quote("1")']);
    deepEqual(await run.on(signal('Ping', 'late')), ['nexus 2: Hold("late")']);
    deepEqual(await run.on(...operationAnswered(1)), []);
    deepEqual(await run.on(operationStarted(2)), ['complete: "done"']);
  },

  'a handler that detaches something while the body waits for a loser': async (lab) => {
    const run = await lab.start('DetachWhileDraining');
    await run.begin();
    await run.on(operationStarted(1));
    deepEqual(await run.on(timerFired(1)), ['cancel nexus 1', 'timer 2: 30000']);
    deepEqual(await run.on(signal('Ping', 'late')), ['nexus 2: Hold("late")']);
    deepEqual(await run.on(operationCancelled(1)), ['cancel timer 2']);
    deepEqual(await run.details(), 'waiting for detached start of Payments.Hold');
    deepEqual(await run.on(operationStarted(2)), ['complete: "timer"']);
  },
};
