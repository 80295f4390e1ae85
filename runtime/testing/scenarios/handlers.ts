import { deepEqual } from 'node:assert/strict';
import {
  activityCancelled,
  activityDone,
  activityFailed,
  cancelWorkflow,
  operationCancelled,
  operationStarted,
  signal,
  timerFired,
  update,
} from '../jobs.js';
import type { Scenarios } from './scenario.js';

export const handlers: Scenarios = {
  'a handler that fails cancels the body, which undoes what it did; then the workflow fails with its error': async (
    lab,
  ) => {
    for (const awaits of [false, true]) {
      const run = await lab.start('HandlerFails', [awaits]);
      await run.begin();
      await run.on(operationStarted(1));
      const undone = awaits ? 2 : 1;
      const unwinding = ['cancel nexus 1', 'cancel timer 1', `activity ${undone}: Work("undo")`];
      if (awaits) {
        deepEqual(await run.on(signal('Ping', 'no')), ['activity 1: Work("no")']);
        deepEqual(await run.on(activityFailed(1, 'Refused')), unwinding);
      } else {
        deepEqual(await run.on(signal('Ping', 'no')), unwinding);
      }
      deepEqual(await run.on(activityDone(undone)), ['timer 2: 30000']);
      deepEqual(await run.on(operationCancelled(1)), [
        'cancel timer 2',
        awaits ? 'fail: Activity task failed <- Refused: Refused happened' : 'fail: Refused: no',
      ]);
    }
  },

  'a fault of the program in a handler fails the workflow task, and unwinds nothing': async (lab) => {
    const run = await lab.start('HandlerFails', [false]);
    await run.begin();
    deepEqual(await run.on(signal('Ping', 'fault')), ['task failed: a fault']);
  },

  'the workflow is cancelled while a handler works: it is cancelled, not failed': async (lab) => {
    const run = await lab.start('HandlerFails', [true]);
    await run.begin();
    await run.on(operationStarted(1), signal('Ping', 'x'));
    deepEqual(await run.on(cancelWorkflow), [
      'cancel activity 1',
      'cancel nexus 1',
      'cancel timer 1',
      'activity 2: Work("undo")',
    ]);
    deepEqual(await run.on(activityCancelled(1), activityDone(2)), ['timer 2: 30000']);
    deepEqual(await run.on(operationCancelled(1)), ['cancel timer 2', 'cancelled']);
  },

  'a handler that is cancelled with the body does not decide how it ends': async (lab) => {
    const run = await lab.start('HandlerCancelled');
    await run.begin(signal('Ping', 'x'));
    deepEqual(await run.on(cancelWorkflow), ['cancel activity 1', 'cancel timer 1', 'activity 2: Work("clean up")']);
    deepEqual(await run.on(activityCancelled(1)), []);
    deepEqual(await run.on(activityDone(2)), ['complete: "caught"']);
  },

  'of two handlers that fail the first counts, the second is logged': async (lab) => {
    const run = await lab.start('HandlersFail');
    await run.begin();
    deepEqual(await run.on(signal('Ping', 'first'), signal('Ping', 'second')), [
      'cancel timer 1',
      'fail: Refused: first',
    ]);
    deepEqual(await run.logged(), ['warn: A signal handler failed while the workflow was closing']);
  },

  'a close waits for the handlers that run; a failing body does not': async (lab) => {
    for (const [close, closing] of [
      ['close', 'complete: "done"'],
      ['close failed', 'fail: OnPurpose: on purpose'],
      ['continue', 'continue as new: "return"'],
    ] as const) {
      const run = await lab.start('HandlerRuns', [close]);
      await run.begin(signal('Ping', 'a'));
      deepEqual(await run.on(update('u', 'Poke', 'b')), ['update u: accepted', 'activity 2: Work("b")'], close);
      deepEqual(await run.on(timerFired(1)), [], close);
      deepEqual(await run.on(activityDone(1)), [], close);
      deepEqual(await run.on(activityDone(2, 'B')), ['update u: "B"', closing], close);
    }
    for (const [close, closing] of [
      ['return', 'complete: "done"'],
      ['throw', 'fail: OnPurpose: on purpose'],
    ] as const) {
      const run = await lab.start('HandlerRuns', [close]);
      await run.begin(signal('Ping', 'a'));
      deepEqual(await run.on(timerFired(1)), [closing], close);
    }
  },

  'a handler that finishes as the body closes is answered first': async (lab) => {
    for (const jobs of [
      [activityDone(1, 'B'), timerFired(1)],
      [timerFired(1), activityDone(1, 'B')],
    ]) {
      const run = await lab.start('HandlerRuns', ['close']);
      await run.begin();
      await run.on(update('u', 'Poke', 'b'));
      deepEqual(await run.on(...jobs), ['update u: "B"', 'complete: "done"']);
    }
  },

  'a close waits for no handler whose policy is to be abandoned': async (lab) => {
    for (const unfinished of ['abandon', 'warn_and_abandon']) {
      const run = await lab.start('HandlerRuns', ['close', { unfinished }]);
      await run.begin(signal('Ping', 'a'));
      deepEqual(await run.on(timerFired(1)), ['complete: "done"']);
      const warned = (await run.logged()).some((line) => line.includes('unfinished') || line.includes('TMPRL1102'));
      deepEqual(warned, unfinished === 'warn_and_abandon');
    }
  },

  'an update fails without failing the workflow': async (lab) => {
    const run = await lab.start('HandlerRuns', ['close']);
    await run.begin();
    await run.on(update('u', 'Poke', 'b'));
    deepEqual(await run.on(activityFailed(1, 'Broken')), ['update u: Activity task failed <- Broken: Broken happened']);
    deepEqual(await run.on(timerFired(1)), ['complete: "done"']);
  },

  'the author’s validation rejects an update': async (lab) => {
    const run = await lab.start('HandlerValidates');
    await run.begin();
    deepEqual(await run.on(update('u', 'Poke', '')), ['update u: Empty: empty']);
    deepEqual(await run.on(update('v', 'Poke', 'x')), ['update v: accepted', 'update v: "x"']);
  },

  'handlers are held for what the body loads, and go on in the order of arrival': async (lab) => {
    const run = await lab.start('HandlerHeld', [true]);
    await run.begin();
    deepEqual(await run.on(signal('Ping', 'a'), update('u', 'Poke', 'b'), signal('Ping', 'c')), ['update u: accepted']);
    deepEqual(await run.on(activityDone(1, 'it')), ['timer 1: 1000', 'update u: "b with it"']);
    deepEqual(await run.on(timerFired(1)), ['complete: "a with it; c with it; "']);
  },

  'a close drops the handlers that are held': async (lab) => {
    const run = await lab.start('HandlerHeld', [false]);
    await run.begin();
    await run.on(signal('Ping', 'a'), update('u', 'Poke', 'b'));
    deepEqual(await run.on(activityDone(1, 'it')), [
      'update u: WorkflowClosing: HandlerHeld is closing',
      'complete: ""',
    ]);
    deepEqual(await run.logged(), []);
  },

  'a workflow that is cancelled drops them too': async (lab) => {
    const run = await lab.start('HandlerHeld', [true]);
    await run.begin();
    await run.on(signal('Ping', 'a'), update('u', 'Poke', 'b'));
    deepEqual(await run.on(cancelWorkflow), ['cancel activity 1']);
    deepEqual(await run.on(activityCancelled(1)), ['update u: WorkflowClosing: HandlerHeld is closing', 'cancelled']);
  },

  'a handler that fails when the body has ended is logged; the close that waits for it fails': async (lab) => {
    const ended = await lab.start('HandlerFailsLate', ['return']);
    await ended.begin();
    deepEqual(await ended.on(signal('Ping', 'late')), []);
    deepEqual(await ended.on(operationStarted(1)), ['complete: "done"']);
    deepEqual(await ended.logged(), ['warn: A signal handler failed while the workflow was closing']);

    const closing = await lab.start('HandlerFailsLate', ['close']);
    await closing.begin();
    deepEqual(await closing.on(signal('Pong', 'x')), ['activity 1: Work("x")']);
    deepEqual(await closing.on(operationStarted(1)), []);
    deepEqual(await closing.on(activityFailed(1, 'Broken')), ['fail: Activity task failed <- Broken: Broken happened']);
  },
};
