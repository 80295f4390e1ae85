import { deepEqual } from 'node:assert/strict';
import {
  activityCancelled,
  activityDone,
  activityFailed,
  cancelWorkflow,
  operationCancelled,
  operationDone,
  operationStarted,
  signal,
  timerFired,
} from '../jobs.js';
import type { Scenarios } from './scenario.js';

export const race: Scenarios = {
  'cases start in source order; the operation wins, the timer is cancelled': async (lab) => {
    const run = await lab.start('RaceOperation');
    deepEqual(await run.begin(), ['nexus 1: Hold("x")', 'timer 1: 1000']);
    deepEqual(await run.on(operationStarted(1)), []);
    deepEqual(await run.on(operationDone(1, 'yes')), ['cancel timer 1', 'complete: "operation yes"']);
  },

  'the timer wins: the close waits until the operation has ended': async (lab) => {
    const run = await lab.start('RaceOperation');
    await run.begin();
    await run.on(operationStarted(1));
    deepEqual(await run.on(timerFired(1)), ['cancel nexus 1', 'timer 2: 30000']);
    deepEqual(await run.on(operationCancelled(1)), ['cancel timer 2', 'complete: "timer"']);
  },

  'the timer wins: the close waits for the operation 30 seconds, and no longer': async (lab) => {
    const run = await lab.start('RaceOperation');
    await run.begin();
    await run.on(operationStarted(1));
    await run.on(timerFired(1));
    deepEqual(await run.on(timerFired(2)), ['complete: "timer"']);
  },

  'abandoned losers go on, those that live here until the close': async (lab) => {
    const run = await lab.start('RaceAbandoning', [5000]);
    deepEqual(await run.begin(), ['nexus 1: Hold("x")', 'activity 1: Work("a")', 'timer 1: 1000']);
    deepEqual(await run.on(timerFired(1)), ['timer 2: 5000']);
    deepEqual(await run.on(timerFired(2)), ['cancel activity 1']);
    deepEqual(await run.on(activityCancelled(1)), []);
    deepEqual(await run.on(operationStarted(1)), ['complete: "timer"']);
  },

  'an operation that is not cancelled if it loses can win': async (lab) => {
    const run = await lab.start('RaceAbandoning', [5000]);
    await run.begin();
    await run.on(operationStarted(1));
    deepEqual(await run.on(operationDone(1, 'yes')), ['timer 2: 5000']);
    deepEqual(await run.on(timerFired(2)), ['cancel activity 1', 'cancel timer 1', 'timer 3: 30000']);
    deepEqual(await run.on(activityCancelled(1)), ['cancel timer 3', 'complete: "operation yes"']);
  },

  'a loser that has not started: the only timer is that of the close': async (lab) => {
    const run = await lab.start('RaceOperation');
    await run.begin();
    deepEqual(await run.on(timerFired(1)), ['cancel nexus 1', 'timer 2: 30000']);
    deepEqual(await run.on(timerFired(2)), ['complete: "timer"']);
  },

  'while the body goes on, nobody waits for the loser': async (lab) => {
    const run = await lab.start('RaceOperation', [5000]);
    await run.begin();
    await run.on(operationStarted(1));
    deepEqual(await run.on(timerFired(1)), ['cancel nexus 1', 'timer 2: 5000']);
    deepEqual(await run.on(operationCancelled(1)), []);
    deepEqual(await run.on(timerFired(2)), ['complete: "timer"']);
  },

  'a signal wins': async (lab) => {
    const run = await lab.start('RaceOperation');
    await run.begin();
    deepEqual(await run.on(signal('Ping', 'now')), ['cancel nexus 1', 'cancel timer 1', 'timer 2: 30000']);
    deepEqual(await run.on(operationCancelled(1)), ['cancel timer 2', 'complete: "ping now"']);
  },

  'a signal that came first wins before anything starts': async (lab) => {
    const run = await lab.start('RaceOperation');
    deepEqual(await run.begin(signal('Ping', 'early')), ['complete: "ping early"']);
  },

  'the workflow is cancelled: the cases are, and the close waits for them': async (lab) => {
    const run = await lab.start('RaceOperation');
    await run.begin();
    await run.on(operationStarted(1));
    deepEqual((await run.on(cancelWorkflow)).sort(), ['cancel nexus 1', 'cancel timer 1', 'timer 2: 30000']);
    deepEqual(await run.on(operationCancelled(1)), ['cancel timer 2', 'cancelled']);
  },

  'a case that fails first raises its error': async (lab) => {
    const run = await lab.start('RaceFailing');
    deepEqual(await run.begin(), ['activity 1: Work("a")', 'timer 1: 1000']);
    deepEqual(await run.on(activityFailed(1, 'Broken')), ['cancel timer 1', 'complete: "raised Activity task failed"']);
  },

  'a handle that is done, a signal that arrived and a condition that holds win before anything starts': async (lab) => {
    const run = await lab.start('RacePassive');
    deepEqual(await run.begin(), ['activity 1: Work("a")']);
    deepEqual(await run.on(activityDone(1, 'A')), []);
    deepEqual(await run.on(signal('Ping', 'x')), ['complete: ["work","ping","always"]']);
  },

  'a tie goes to source order, however many promises each case needs; what lost consumed nothing': async (lab) => {
    for (const jobs of [
      [signal('Pong', ''), signal('Ping', 'kept'), timerFired(1), timerFired(2)],
      [signal('Ping', 'kept'), signal('Pong', ''), timerFired(2), timerFired(1)],
    ]) {
      const run = await lab.start('RaceTie');
      deepEqual(await run.begin(), ['timer 1: 1000', 'timer 2: 1000']);
      deepEqual(await run.on(...jobs), ['complete: ["deep","kept"]']);
    }
  },

  'a tie without the first case goes to the second': async (lab) => {
    const run = await lab.start('RaceTie');
    await run.begin();
    deepEqual(await run.on(signal('Pong', ''), signal('Ping', 'kept'), timerFired(2)), [
      'cancel timer 1',
      'complete: ["ponged","kept"]',
    ]);
  },

  'a race that begins in the activation of an arrival sees it': async (lab) => {
    const run = await lab.start('RaceBegun');
    await run.begin();
    deepEqual(await run.on(signal('Ping', 'x'), timerFired(1)), ['complete: "ping"']);
  },

  'a flag that is set and unset in one activation is not seen': async (lab) => {
    const run = await lab.start('RaceFlag');
    await run.begin();
    deepEqual(await run.on(signal('Ping', ''), signal('Pong', '')), []);
    deepEqual(await run.on(timerFired(1)), ['complete: "timer"']);
  },

  'a handle that loses goes on': async (lab) => {
    const run = await lab.start('RaceHandle');
    deepEqual(await run.begin(), ['activity 1: Work("a")', 'timer 1: 1000']);
    deepEqual(await run.on(timerFired(1)), []);
    deepEqual(await run.on(activityDone(1, 'A')), ['complete: "timer, then A"']);
  },

  'each arrival goes to one of those who wait, the oldest first': async (lab) => {
    const run = await lab.start('RaceWaiters');
    await run.begin();
    deepEqual(await run.on(signal('Ping', 'a')), ['cancel timer 1']);
    deepEqual(await run.on(signal('Ping', 'b')), []);
    deepEqual(await run.on(timerFired(2)), ['complete: ["a","b","timer"]']);
  },

  'two arrivals at once go to two who wait': async (lab) => {
    const run = await lab.start('RaceWaiters');
    await run.begin();
    deepEqual(await run.on(signal('Ping', 'a'), signal('Ping', 'b'), signal('Ping', 'c')), [
      'cancel timer 1',
      'cancel timer 2',
      'complete: ["a","b","c"]',
    ]);
  },

  'a loser that fails is nobody else’s failure': async (lab) => {
    const run = await lab.start('RaceLateFailure');
    await run.begin();
    deepEqual(await run.on(timerFired(2)), ['cancel timer 1', 'timer 3: 1000']);
    deepEqual(await run.on(timerFired(3)), ['complete: "done"']);
  },
};
