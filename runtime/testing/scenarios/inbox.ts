import { deepEqual } from 'node:assert/strict';
import { activityDone, activityFailed, cancelWorkflow, operationStarted, signal, timerFired, update } from '../jobs.js';
import type { Scenarios } from './scenario.js';

const pending = (signals: Record<string, unknown[][]>) => ({ 'twf.pending': signals });

export const inbox: Scenarios = {
  'an arrival is there when its handler has completed': async (lab) => {
    const run = await lab.start('InboxOrder');
    await run.begin();
    deepEqual(await run.on(signal('Ping', 'slow')), ['activity 1: Work("slow")']);
    deepEqual(await run.on(signal('Ping', 'quick')), []);
    deepEqual(await run.on(activityDone(1)), ['complete: ["quick","slow"]']);
  },

  'an update arrives when it has completed; one that fails does not': async (lab) => {
    const run = await lab.start('InboxUpdates', [false]);
    await run.begin();
    deepEqual(await run.on(update('1', 'Take', 'slow')), ['update 1: accepted', 'activity 1: Work("slow")']);
    deepEqual(await run.on(update('2', 'Take', 'bad')), ['update 2: accepted', 'update 2: Bad: not this one']);
    deepEqual(await run.on(update('3', 'Take', 'quick')), ['update 3: accepted', 'update 3: "took quick"']);
    deepEqual(await run.on(activityDone(1)), ['update 1: "took slow"', 'complete: ["quick","slow"]']);
  },

  'updates that nobody has waited for travel to the next run': async (lab) => {
    const first = await lab.start('InboxUpdates', [true]);
    await first.begin(update('1', 'Take', 'a'));
    deepEqual(await first.on(timerFired(1)), ['continue as new: false twf.pending={"update Take":[["a"]]}']);
    const next = await lab.start('InboxUpdates', [false], pending({ 'update Take': [['a'], ['b']], Take: [['c']] }));
    deepEqual(await next.begin(), ['complete: ["a","b"]']);
  },

  'what a message leaves out is filled in when it arrives': async (lab) => {
    const run = await lab.start('InboxFilled', [false]);
    await run.begin(signal('Weigh'));
    deepEqual(await run.on(update('1', 'Fetch', 'x')), [
      'update 1: accepted',
      'update 1: "x 1"',
      'complete: "2 x 1.0"',
    ]);
    const first = await lab.start('InboxFilled', [true]);
    await first.begin(signal('Weigh'), update('1', 'Fetch', 'x'));
    deepEqual(await first.on(timerFired(1)), [
      'continue as new: false twf.pending={"Weigh":[["kg"]],"update Fetch":[["x",1]]}',
    ]);
  },

  'a handler that fails is no arrival: the workflow fails': async (lab) => {
    const run = await lab.start('InboxOrder');
    await run.begin(signal('Ping', 'slow'));
    deepEqual(await run.on(activityFailed(1, 'Broken')), ['fail: Activity task failed <- Broken: Broken happened']);
  },

  'the workflow is cancelled while it waits for a signal': async (lab) => {
    const run = await lab.start('InboxOrder');
    await run.begin();
    deepEqual(await run.on(cancelWorkflow), ['cancelled']);
  },

  'what is not consumed travels to the next run, and is consumed once': async (lab) => {
    const first = await lab.start('InboxLoop', [1], { other: 'kept' });
    deepEqual(await first.begin(signal('Ping', 'a'), signal('Ping', 'b'), signal('Pong', 'c'), signal('Ping', 'd')), [
      'continue as new: 2 other="kept" twf.pending={"Ping":[["b"],["d"]],"Pong":[["c"]]}',
    ]);
    const second = await lab.start('InboxLoop', [2], pending({ Ping: [['b'], ['d']], Pong: [['c']] }));
    deepEqual(await second.begin(signal('Ping', 'e')), [
      'continue as new: 3 twf.pending={"Ping":[["d"],["e"]],"Pong":[["c"]]}',
    ]);
    const last = await lab.start('InboxLoop', [3], pending({ Ping: [['stop']] }));
    deepEqual(await last.begin(), ['complete: "stopped in round 3"']);
  },

  'nothing is left: the memo that is inherited says so, and without one there is none': async (lab) => {
    const carried = await lab.start('InboxLoop', [2], pending({ Ping: [['b']] }));
    deepEqual(await carried.begin(), ['continue as new: 3 twf.pending={}']);
    const none = await lab.start('InboxLoop', [1]);
    deepEqual(await none.begin(signal('Ping', 'a')), ['continue as new: 2']);
  },

  'more than 64 kB cannot be carried': async (lab) => {
    const long = 'x'.repeat(40_000);
    const run = await lab.start('InboxLoop', [1]);
    const [failure] = await run.begin(signal('Ping', 'a'), signal('Ping', long), signal('Ping', long));
    deepEqual(failure?.split(':').slice(0, 2), ['fail', ' PendingSignalsTooLarge']);
    const fits = await lab.start('InboxLoop', [1]);
    const [next] = await fits.begin(signal('Ping', 'a'), signal('Ping', long));
    deepEqual(next?.slice(0, 17), 'continue as new: ');
  },

  'bytes are carried as bytes': async (lab) => {
    const first = await lab.start('InboxBytes', [false]);
    await first.begin();
    await first.on(signal('Files', new Uint8Array([1, 2, 255])));
    deepEqual(await first.on(timerFired(1)), [
      'continue as new: true twf.pending={"Files":[[{"twf.bytes":[1,2,255]}]]}',
    ]);
    const second = await lab.start('InboxBytes', [true], pending({ Files: [[{ 'twf.bytes': [1, 2, 255] }]] }));
    deepEqual(await second.begin(), ['complete: "true 1,2,255"']);
  },

  'a handle that nobody has awaited does not survive: the workflow says so': async (lab) => {
    const failure =
      'fail: ContinueAsNewWithPendingWork: Started calls that nobody has awaited are lost in the next run: 1';
    const spawned = await lab.start('InboxPending', ['spawn']);
    await spawned.begin();
    await spawned.on(activityDone(1, 'done, but not awaited'));
    deepEqual(await spawned.on(timerFired(1)), [failure]);

    const started = await lab.start('InboxPending', ['start']);
    await started.begin();
    deepEqual(await started.on(timerFired(1)), []);
    deepEqual(await started.on(operationStarted(1)), [failure]);

    const awaited = await lab.start('InboxPending', ['awaited']);
    await awaited.begin();
    await awaited.on(activityDone(1));
    deepEqual(await awaited.on(timerFired(1)), ['continue as new: "spawn"']);

    for (const how of ['awaiting', 'cancelled']) {
      const other = await lab.start('InboxPending', [how]);
      await other.begin();
      deepEqual(await other.on(timerFired(1)), ['cancel activity 1', 'timer 2: 30000'], how);
      deepEqual(await other.on(timerFired(2)), ['continue as new: "spawn"'], how);
    }
  },

  'a cancellation that comes while it continues as new is not lost': async (lab) => {
    const run = await lab.start('InboxPending', ['cancelled']);
    await run.begin();
    await run.on(timerFired(1));
    deepEqual(await run.on(cancelWorkflow), []);
    deepEqual(await run.on(timerFired(2)), ['cancelled']);
  },
};
