import { deepEqual } from 'node:assert/strict';
import {
  activityCancelled,
  activityDone,
  cancelWorkflow,
  type Job,
  operationStarted,
  signal,
  timerFired,
  update,
} from '../jobs.js';
import type { Scenarios } from './scenario.js';

const failed = ['task failed: a fault'];

export const faults: Scenarios = {
  'a fault of the program, wherever it is, fails the workflow task: nothing is cancelled, nothing is waited for':
    async (lab) => {
      for (const place of ['body', 'race', 'branch', 'condition', 'detached']) {
        const run = await lab.start('FaultIn', [place]);
        const begun = ['nexus 1: Hold("x")', 'activity 1: Work("a")', 'timer 1: 60000', 'timer 2: 1000'];
        deepEqual(await run.begin(), begun, place);
        deepEqual(await run.on(timerFired(2)), failed, place);
        deepEqual(await run.logged(), [], place);
      }
    },

  'a failure, and the SDK’s own way to continue as new, are ends like any other': async (lab) => {
    for (const [place, closing] of [
      ['none, but a failure', 'fail: OnPurpose: on purpose'],
      ['none, but continues', 'continue as new: "body"'],
    ] as const) {
      const run = await lab.start('FaultIn', [place]);
      await run.begin();
      deepEqual(await run.on(timerFired(2)), ['cancel activity 1', 'cancel timer 1'], place);
      deepEqual(await run.on(activityCancelled(1)), [], place);
      deepEqual(await run.on(operationStarted(1)), [closing], place);
    }
  },

  'a fault of a body that is cancelled': async (lab) => {
    const undo = 'activity 2: Work("undo")';
    for (const [job, commands] of [
      [cancelWorkflow, ['cancel timer 2', 'cancel activity 1', 'cancel timer 1', undo]],
      [signal('Ping', 'no'), ['cancel timer 2', 'cancel activity 1', 'cancel timer 1', undo]],
    ] as [Job, string[]][]) {
      const run = await lab.start('FaultInUnwinding');
      await run.begin();
      deepEqual(await run.on(job), commands);
      deepEqual(await run.on(activityDone(2)), failed);
    }
  },

  'a fault of a handler: the body is not cancelled, and no update is answered': async (lab) => {
    for (const job of [signal('Ping', 'x'), update('u', 'Poke', 'x')]) {
      const run = await lab.start('FaultBeside', [60_000]);
      await run.begin();
      deepEqual(await run.on(job), failed);
    }
  },

  'a fault while the workflow closes': async (lab) => {
    for (const job of [signal('Ping', 'x'), activityCancelled(2)]) {
      const run = await lab.start('FaultBeside', [1000]);
      await run.begin();
      deepEqual(await run.on(timerFired(2)), ['cancel activity 1', 'cancel timer 1', 'cancel activity 2']);
      deepEqual(await run.on(job), failed);
    }
  },
};
