import { deepEqual } from 'node:assert/strict';
import {
  activityCancelled,
  activityDone,
  activityFailed,
  cancelWorkflow,
  childDone,
  childExists,
  childStarted,
  operationAnswered,
  operationCancelled,
  operationDone,
  operationRefused,
  operationStarted,
  signalDelivered,
  signalUndelivered,
  timerFired,
} from '../jobs.js';
import type { Scenarios } from './scenario.js';

export const handles: Scenarios = {
  'a signal to a child waits for its start, and for its delivery': async (lab) => {
    const run = await lab.start('HandleSignal');
    deepEqual(await run.begin(), ['child 1: Child()']);
    deepEqual(await run.on(childStarted(1)), ['signal 1: child.Ping("a")']);
    deepEqual(await run.on(signalDelivered(1)), ['signal 2: child.Pong("b")']);
    deepEqual(await run.on(signalDelivered(2)), ['complete: "delivered"']);
  },

  'a signal that is not delivered fails, and so does one to a child that does not start': async (lab) => {
    const late = await lab.start('HandleSignal');
    await late.begin();
    await late.on(childStarted(1), childDone(1));
    deepEqual(await late.on(signalUndelivered(1)), ['complete: "not delivered: SignalFailedError"']);
    const never = await lab.start('HandleSignal');
    await never.begin();
    deepEqual(await never.on(childExists(1, 'child', 'Child')), ['complete: "not delivered: ChildWorkflowError"']);
  },

  'handles of every kind start at once, in source order, and keep their outcome': async (lab) => {
    const run = await lab.start('HandleKinds');
    deepEqual(await run.begin(), [
      'nexus 1: Hold("x")',
      'nexus 2: Quote("1")',
      'child 1: Child(1)',
      'activity 1: Work("a")',
      'timer 1: 1000',
    ]);
    deepEqual(await run.on(...operationAnswered(2, '2'), activityFailed(1, 'Broken')), []);
    deepEqual(await run.on(operationStarted(1), childStarted(1)), []);
    deepEqual(await run.on(timerFired(1)), []);
    deepEqual(await run.on(childDone(1, 'grown')), []);
    const result = {
      atFirst: [false, false, false, false, false],
      tokens: ['token-1', 'token-1', null, null],
      results: ['held', '2', 'grown', 'Activity task failed'],
      atLast: [true, true, true, true, true],
    };
    deepEqual(await run.on(operationDone(1, 'held')), [`complete: ${JSON.stringify(result)}`]);
  },

  'a failure that nobody has asked for is nobody’s failure': async (lab) => {
    const run = await lab.start('HandleFailure', [false]);
    await run.begin();
    deepEqual(await run.on(activityFailed(1, 'Broken')), []);
    deepEqual(await run.on(timerFired(1)), ['complete: "failed: true"']);
  },

  'a failure is raised by the await': async (lab) => {
    const run = await lab.start('HandleFailure', [true]);
    await run.begin();
    deepEqual(await run.on(activityFailed(1, 'Broken')), []);
    deepEqual(await run.on(timerFired(1)), ['fail: Activity task failed <- Broken: Broken happened']);
  },

  'an operation that failed before it started raises where its start is awaited': async (lab) => {
    const run = await lab.start('HandleNeverStarted');
    await run.begin();
    deepEqual(await run.on(operationRefused(1, 'NOT_FOUND')), ['complete: "not started: NexusNotFoundError"']);
  },

  'the start is there before the end': async (lab) => {
    const run = await lab.start('HandleNeverStarted');
    await run.begin();
    deepEqual(await run.on(operationStarted(1)), ['complete: "started token-1"']);
  },

  'a handle that is cancelled: its result waits for the end': async (lab) => {
    const run = await lab.start('HandleCancelled');
    await run.begin();
    deepEqual(await run.on(operationStarted(1)), ['cancel nexus 1']);
    deepEqual(await run.on(operationCancelled(1)), ['complete: "cancelled: true"']);
  },

  'the workflow is cancelled while it waits for a handle: it hears of its end': async (lab) => {
    for (const type of ['HandleAwaited', 'HandleDeep']) {
      const run = await lab.start(type);
      await run.begin();
      await run.on(operationStarted(1));
      deepEqual(await run.on(cancelWorkflow), ['cancel nexus 1'], type);
      deepEqual(await run.on(operationCancelled(1)), ['cancelled'], type);
    }
  },

  'the workflow is cancelled while it waits for a handle that nobody starts: 30 seconds': async (lab) => {
    const run = await lab.start('HandleAwaited');
    await run.begin();
    deepEqual(await run.on(cancelWorkflow), ['cancel nexus 1', 'timer 1: 30000']);
    deepEqual(await run.on(timerFired(1)), ['cancelled']);
  },

  'a branch that waits is cancelled, what it waits for is not': async (lab) => {
    const run = await lab.start('HandleOutside');
    deepEqual(await run.begin(), ['activity 1: Work("a")', 'activity 2: Work("b")']);
    deepEqual(await run.on(activityFailed(2, 'Broken')), []);
    deepEqual(await run.on(activityDone(1, 'A')), ['complete: "Activity task failed, then A"']);
  },

  'at the close, what lives only here is cancelled, and every start is confirmed': async (lab) => {
    for (const [ending, closing] of [
      ['return', 'complete: "done"'],
      ['throw', 'fail: OnPurpose: on purpose'],
    ] as const) {
      const run = await lab.start('HandleUnawaited', [ending]);
      deepEqual(await run.begin(), [
        'nexus 1: Hold("x")',
        'child 1: Child()',
        'activity 1: Work("a")',
        'timer 1: 60000',
        'timer 2: 1000',
      ]);
      deepEqual(await run.on(timerFired(2)), ['cancel activity 1', 'cancel timer 1']);
      deepEqual(await run.on(activityCancelled(1)), []);
      deepEqual(await run.on(childStarted(1)), []);
      deepEqual(await run.on(operationStarted(1)), [closing]);
    }
  },

  'at the close, an activity that does not end holds it for 30 seconds': async (lab) => {
    const run = await lab.start('HandleUnawaited', ['return']);
    await run.begin();
    await run.on(childStarted(1), operationStarted(1));
    deepEqual(await run.on(timerFired(2)), ['cancel activity 1', 'cancel timer 1', 'timer 3: 30000']);
    deepEqual(await run.on(timerFired(3)), ['complete: "done"']);
  },

  'at the close, a timer ends at once: nothing waits for it': async (lab) => {
    const run = await lab.start('HandleFault');
    await run.begin();
    deepEqual(await run.on(timerFired(2)), ['cancel timer 1', 'complete: "done"']);
  },

  'the workflow is cancelled: so is what it has started, independent or not': async (lab) => {
    const run = await lab.start('HandleUnawaited', ['return']);
    await run.begin();
    await run.on(childStarted(1), operationStarted(1));
    deepEqual(await run.on(cancelWorkflow), [
      'cancel timer 2',
      'cancel nexus 1',
      'cancel child 1',
      'cancel activity 1',
      'cancel timer 1',
      'timer 3: 30000',
    ]);
    deepEqual(await run.on(activityCancelled(1), operationCancelled(1)), []);
    deepEqual(await run.on(timerFired(3)), ['cancelled']);
  },

  'what a loser has started, and nobody answers, holds the close for 30 seconds': async (lab) => {
    const run = await lab.start('HandleInLoser');
    await run.begin();
    deepEqual(await run.on(timerFired(2)), ['cancel timer 1', 'cancel nexus 1', 'timer 3: 30000']);
    deepEqual(await run.on(timerFired(3)), ['complete: "timer"']);
  },

  'a fault of the program fails the workflow task, where nobody waits for it too': async (lab) => {
    const run = await lab.start('HandleFault');
    await run.begin();
    deepEqual(await run.on(timerFired(1)), ['task failed: a fault']);
  },
};
