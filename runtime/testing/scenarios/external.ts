import { deepEqual } from 'node:assert/strict';
import { cancelDelivered, cancelUndelivered, signalDelivered, signalUndelivered } from '../jobs.js';
import type { Scenarios } from './scenario.js';

export const external: Scenarios = {
  'what is asked of another workflow waits until it is delivered': async (lab) => {
    const run = await lab.start('ExternalRequests');
    deepEqual(await run.begin(), ['signal 1: other.Ping("a")']);
    deepEqual(await run.on(signalDelivered(1)), ['cancel workflow 1: other']);
    deepEqual(await run.on(cancelDelivered(1)), ['complete: "asked"']);
  },

  'what is asked of a workflow that does not exist fails, a signal with an error of its own': async (lab) => {
    const unsignalled = await lab.start('ExternalRequests');
    await unsignalled.begin();
    deepEqual(await unsignalled.on(signalUndelivered(1)), ['complete: "not asked: SignalFailedError"']);
    const uncancelled = await lab.start('ExternalRequests');
    await uncancelled.begin();
    await uncancelled.on(signalDelivered(1));
    deepEqual(await uncancelled.on(cancelUndelivered(1)), ['complete: "not asked: Error"']);
  },
};
