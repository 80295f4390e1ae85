import { WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { QueryNotRegisteredError } from '@temporalio/client/lib/workflow-client.js';
import { ApplicationFailure } from '@temporalio/common';
import { operation, service } from 'nexus-rpc';
import { expect, test } from 'vitest';
import { callOperation } from '../testing/nexus-lab.js';
import { guardedService, inQuery, requestKey, signalWithStart, startApart } from './index.js';

const Desk = service('Desk', { Run: operation<void, unknown>() });

const desk = (run: Parameters<typeof guardedService<typeof Desk.operations>>[2]['Run']) =>
  guardedService(Desk, {}, { Run: run });

test('a workflow that is started apart is not behind the operation', async () => {
  const { text, requests } = await callOperation(
    desk(async (ctx) => [
      await startApart(ctx, 'Order', { workflowId: 'order-1', args: ['1'] }),
      await startApart(ctx, 'Note', { workflowId: requestKey(ctx), taskQueue: 'notes' }),
    ]),
    'Run',
    undefined,
  );
  expect(text).toBe('value: ["order-1","request-1-1"]');
  expect(requests.map(({ request }) => request)).toMatchObject([
    { workflowId: 'order-1', requestId: 'request-1', taskQueue: { name: 'queue' } },
    { workflowId: 'request-1-1', requestId: 'request-1', taskQueue: { name: 'notes' } },
  ]);
  expect(requests.map(({ request }) => request.completionCallbacks ?? [])).toEqual([[], []]);
});

test('each request has a key of its own, the same whenever the operation is tried', async () => {
  const keys = desk(async (ctx) => [requestKey(ctx), requestKey(ctx)]);
  for (let n = 0; n < 2; n++) {
    expect((await callOperation(keys, 'Run', undefined)).text).toBe('value: ["request-1-1","request-1-2"]');
  }
});

test('what is put into a query stays in its quotes', () => {
  expect(inQuery('it\'s "x" \\ y')).toBe('it\\\'s \\"x\\" \\\\ y');
  expect([inQuery(1.5), inQuery(true)]).toEqual(['1.5', 'true']);
});

test('a signal goes along with a start', async () => {
  const { text, requests } = await callOperation(
    desk(async (ctx) => await signalWithStart(ctx, 'Order', { workflowId: 'order-1' }, 'Approve', 'Ann')),
    'Run',
    undefined,
  );
  expect(text).toBe('value: "order-1"');
  expect(requests).toMatchObject([
    { method: 'signalWithStartWorkflowExecution', request: { workflowId: 'order-1', signalName: 'Approve' } },
  ]);
});

const refused = ApplicationFailure.nonRetryable('too little', 'Refused');

test.each([
  [new WorkflowUpdateFailedError('failed', refused), 'failed: OperationError: too little <- Refused: too little'],
  [new WorkflowUpdateRPCTimeoutOrCancelledError('too late'), 'UPSTREAM_TIMEOUT, retried: too late <- too late'],
  [new QueryNotRegisteredError('no value yet', 3), 'BAD_REQUEST: no value yet <- no value yet'],
])('what a workflow answers with: %s', async (error, text) => {
  const failing = desk(async () => {
    throw error;
  });
  expect(await callOperation(failing, 'Run', undefined)).toMatchObject({ text, logged: [] });
});
