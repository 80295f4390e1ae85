import { deepEqual } from 'node:assert/strict';
import {
  activityCancelled,
  activityDone,
  activityFailed,
  cancelWorkflow,
  operationCancelled,
  operationDone,
  operationStarted,
  timerFired,
} from '../jobs.js';
import type { Scenarios } from './scenario.js';

const started = ['activity 1: Work("a")', 'nexus 1: Hold("x")', 'timer 1: 1000'];

export const all: Scenarios = {
  'branches start in order, and give their results in order': async (lab) => {
    const run = await lab.start('AllBranches');
    deepEqual(await run.begin(), started);
    deepEqual(await run.on(operationStarted(1), timerFired(1)), []);
    deepEqual(await run.on(operationDone(1, 'X')), []);
    deepEqual(await run.on(activityDone(1, 'A')), ['complete: ["A","X",null]']);
  },

  'the first failure cancels the others, and is raised when they have ended': async (lab) => {
    const run = await lab.start('AllBranches');
    await run.begin();
    await run.on(operationStarted(1));
    deepEqual(await run.on(activityFailed(1, 'Broken')), ['cancel nexus 1', 'cancel timer 1']);
    deepEqual(await run.on(operationCancelled(1)), ['complete: "raised Activity task failed"']);
  },

  'wait: the first failure is raised when the others have ended by themselves': async (lab) => {
    const run = await lab.start('AllBranches', [{ onFailure: 'wait' }]);
    await run.begin();
    await run.on(operationStarted(1));
    deepEqual(await run.on(activityFailed(1, 'Broken')), []);
    deepEqual(await run.on(operationDone(1, 'X')), []);
    deepEqual(await run.on(timerFired(1)), ['complete: "raised Activity task failed"']);
  },

  'collect: a branch that fails gives nothing, and is logged': async (lab) => {
    const run = await lab.start('AllCollected');
    await run.begin();
    deepEqual(await run.on(activityFailed(2, 'Broken')), []);
    deepEqual(await run.on(activityDone(1, 'A')), ['complete: {"first":"A","second":"none"}']);
    deepEqual(await run.logged(), ['warn: A branch failed']);
  },

  'collect: a cancellation of the workflow is raised': async (lab) => {
    const run = await lab.start('AllCollected');
    await run.begin();
    deepEqual(await run.on(cancelWorkflow), ['cancel activity 1', 'cancel activity 2']);
    deepEqual(await run.on(activityCancelled(1), activityCancelled(2)), ['cancelled']);
  },

  'the workflow is cancelled: every branch is, and the workflow waits for their ends': async (lab) => {
    const run = await lab.start('AllUncaught');
    await run.begin();
    deepEqual(await run.on(cancelWorkflow), ['cancel activity 1', 'cancel activity 2']);
    deepEqual(await run.on(activityCancelled(1)), []);
    deepEqual(await run.on(activityCancelled(2)), ['cancelled']);
  },

  'no more than so many run at once': async (lab) => {
    const run = await lab.start('AllOfItems', [['a', 'b', 'c', 'd'], 2]);
    deepEqual(await run.begin(), ['activity 1: Work("a")', 'activity 2: Work("b")']);
    deepEqual(await run.on(activityDone(2, 'B')), ['activity 3: Work("c")']);
    deepEqual(await run.on(activityDone(3, 'C'), activityDone(1, 'A')), ['activity 4: Work("d")']);
    deepEqual(await run.on(activityDone(4, 'D')), ['complete: ["A","B","C","D"]']);
  },

  'after a failure no branch begins': async (lab) => {
    const run = await lab.start('AllBegun');
    await run.begin();
    deepEqual(await run.on(activityFailed(1, 'Broken')), ['cancel activity 2']);
    deepEqual(await run.on(activityCancelled(2)), ['complete: ["a","b"]']);
  },

  'a limit that was computed to be none lets one run at a time': async (lab) => {
    const run = await lab.start('AllOfItems', [['a', 'b'], 0]);
    deepEqual(await run.begin(), ['activity 1: Work("a")']);
    deepEqual(await run.on(activityDone(1, 'A')), ['activity 2: Work("b")']);
    deepEqual(await run.on(activityDone(2, 'B')), ['complete: ["A","B"]']);
  },

  'nothing to do': async (lab) => {
    const run = await lab.start('AllOfItems', [[]]);
    deepEqual(await run.begin(), ['complete: []']);
  },

  'a fault of the program fails the workflow task, whatever the others do': async (lab) => {
    const run = await lab.start('AllFault');
    await run.begin();
    deepEqual(await run.on(timerFired(1)), ['task failed: a fault']);
  },
};
