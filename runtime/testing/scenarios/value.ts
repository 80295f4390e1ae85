import { deepEqual } from 'node:assert/strict';
import { timerFired } from '../jobs.js';
import type { Scenarios } from './scenario.js';

export const value: Scenarios = {
  'a timer whose duration was computed': async (lab) => {
    const run = await lab.start('ValueTimer', [1500]);
    deepEqual(await run.begin(), ['timer 1: 1500']);
    deepEqual(await run.on(timerFired(1)), ['complete: "done"']);
  },

  'a timer of no time is none': async (lab) => {
    for (const duration of [0, -1]) {
      deepEqual(await (await lab.start('ValueTimer', [duration])).begin(), ['complete: "done"']);
    }
  },

  'what is wrong with a value fails the workflow, not the workflow task': async (lab) => {
    deepEqual(await (await lab.start('ValueFailures', ['missing'])).begin(), [
      'fail: MissingValue: `order.note` is missing',
    ]);
    for (const which of ['int', 'decimal']) {
      deepEqual(await (await lab.start('ValueFailures', [which])).begin(), ['fail: DivisionByZero: Division by zero']);
    }
  },

  'values are computed in the sandbox as anywhere': async (lab) => {
    deepEqual(await (await lab.start('ValueComputed')).begin(), ['complete: ["0.3","2026-01-02T01:04:05.500Z"]']);
  },
};
