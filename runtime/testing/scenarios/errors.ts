import { deepEqual } from 'node:assert/strict';
import {
  activityCancelled,
  activityDone,
  activityFailed,
  activityTimedOut,
  cancelWorkflow,
  type Job,
  operationCancelled,
  operationFailed,
  operationRefused,
  operationRefusedTwice,
  operationStarted,
  operationTimedOut,
  timerFired,
} from '../jobs.js';
import type { Lab } from '../lab.js';
import type { Scenarios } from './scenario.js';

async function seen(lab: Lab, call: string, ...jobs: Job[]): Promise<Record<string, unknown>> {
  const run = await lab.start('CaughtFrom', [call]);
  await run.begin();
  const [line] = await run.on(...jobs);
  return JSON.parse(line!.replace(/^complete: /, '')) as Record<string, unknown>;
}

export const errors: Scenarios = {
  'an error is of the kind of what failed, and has the name that somebody gave it': async (lab) => {
    const declined = await seen(lab, 'activity', activityFailed(1, 'Declined'));
    deepEqual(declined, {
      message: 'Declined happened',
      type: 'Declined',
      cancelled: false,
      cause: 'Declined',
      is: 'Error,ActivityError,Declined',
    });
    const behind = await seen(lab, 'nexus', operationStarted(1), operationFailed(1, 'Declined'));
    deepEqual(behind['is'], 'Error,NexusOperationError,Declined');
    deepEqual(behind['message'], 'Declined happened');
  },

  'a timeout is one, wherever it is': async (lab) => {
    const late = await seen(lab, 'activity', activityTimedOut(1));
    deepEqual(late['is'], 'Error,ActivityError,TimeoutError');
    deepEqual([late['message'], late['timeoutType']], ['activity timed out', 'start_to_close']);
    const operation = await seen(lab, 'nexus', operationTimedOut(1));
    deepEqual(operation['is'], 'Error,NexusOperationError,NexusTimeoutError,TimeoutError');
    const missing = await seen(lab, 'nexus', operationRefused(1, 'NOT_FOUND'));
    deepEqual(missing['is'], 'Error,NexusOperationError,NexusNotFoundError,NotFound');
    deepEqual([missing['message'], missing['type']], ['NOT_FOUND it said', 'NotFound']);
  },

  'what a handler answers with is caught by the name that raises it': async (lab) => {
    const refused = await seen(lab, 'nexus', operationRefused(1, 'BAD_REQUEST'));
    deepEqual(
      [refused['is'], refused['type']],
      ['Error,NexusOperationError,BadRequest,InvalidArgumentError', 'BadRequest'],
    );
    const wrapped = await seen(lab, 'nexus', operationRefusedTwice(1, 'BAD_REQUEST'));
    deepEqual(
      [wrapped['is'], wrapped['type']],
      ['Error,NexusOperationError,BadRequest,InvalidArgumentError', 'BadRequest'],
    );
  },

  'what somebody else has cancelled is an error of its own kind': async (lab) => {
    const { cancelled, is } = await seen(lab, 'nexus', operationStarted(1), operationCancelled(1));
    deepEqual([cancelled, is], [true, 'Error,NexusOperationError']);
  },

  'an error that is raised is caught, and what is done finally comes before the end': async (lab) => {
    const run = await lab.start('CaughtEnd', ['raise']);
    deepEqual(await run.begin(), ['timer 1: 1000']);
    deepEqual(await run.on(timerFired(1)), ['activity 1: Work("finally")']);
    deepEqual(await run.on(activityDone(1)), ['complete: "raised"']);
  },

  'a close is not caught, and neither is to continue as new': async (lab) => {
    for (const [how, end] of [
      ['close', 'fail: Closed: closed'],
      ['continue', 'continue as new: "next"'],
    ] as const) {
      const run = await lab.start('CaughtEnd', [how]);
      deepEqual(await run.begin(), ['activity 1: Work("finally")'], how);
      deepEqual(await run.on(activityDone(1)), [end], how);
    }
  },

  'the cancellation of the workflow is not caught, and what is done about it is not cancelled': async (lab) => {
    const run = await lab.start('CaughtEnd', ['raise']);
    await run.begin();
    deepEqual(await run.on(cancelWorkflow), ['cancel timer 1', 'activity 1: Work("cancelled")']);
    deepEqual(await run.on(activityDone(1)), ['activity 2: Work("finally")']);
    deepEqual(await run.on(activityDone(2)), ['cancelled']);
  },

  'the cancellation of the workflow passes by who catches every error': async (lab) => {
    const run = await lab.start('CaughtFrom', ['activity']);
    await run.begin();
    deepEqual(await run.on(cancelWorkflow), ['cancel activity 1']);
    deepEqual(await run.on(activityCancelled(1)), ['cancelled']);
  },

  'a cancellation that comes while a run closes to continue as new is not lost': async (lab) => {
    const run = await lab.start('CaughtEnd', ['continue']);
    await run.begin();
    await run.on(cancelWorkflow);
    deepEqual(await run.on(activityDone(1)), ['cancelled']);
  },

  'a fault is not caught, and nothing is done about it': async (lab) => {
    for (const [type, args] of [
      ['CaughtEnd', ['fault']],
      ['FaultPasses', []],
    ] as const) {
      const run = await lab.start(type, args);
      deepEqual(await run.begin(), ['task failed: a fault'], type);
    }
  },
};
