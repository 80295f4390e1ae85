import { ApplicationFailure, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/common';
import { startWorkflow, WorkflowRunOperationHandler } from '@temporalio/nexus';
import { HandlerError, HandlerStartOperationResult, operation, OperationError, service } from 'nexus-rpc';
import { expect, test } from 'vitest';
import { callOperation, workflowLink } from '../testing/nexus-lab.js';
import {
  type AllowedCallers,
  allowedNamespaces,
  callerInfo,
  guardedService,
  MixedOperationHandler,
  type ServicePolicy,
  shape,
} from './index.js';

const { int, record, string } = shape;

const Payments = service('Payments', {
  Pay: operation<{ id: string; amount: number }, string>(),
  Echo: operation<unknown, unknown>({ name: 'echo-it' }),
  Fail: operation<string, unknown>(),
  Nothing: operation<void, void>(),
  Open: operation<string, string | null>(),
  Who: operation<void, unknown>(),
});

/** What goes wrong in a handler, by name. */
const wrong: Readonly<Record<string, () => unknown>> = {
  bug: () => (undefined as unknown as string).length,
  text: () => {
    throw 'a text';
  },
  nothing: () => {
    throw undefined;
  },
  bigint: () => 1n,
  circle: () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    return circle;
  },
  declined: () => {
    throw ApplicationFailure.nonRetryable('declined', 'CardDeclined', { code: '51' });
  },
  retryable: () => {
    throw ApplicationFailure.retryable('try again', 'Busy');
  },
  conflict: () => {
    throw new HandlerError('CONFLICT', 'not now');
  },
  failed: () => {
    throw new OperationError('failed', 'it did not work');
  },
  missing: () => {
    throw new WorkflowNotFoundError('no such workflow', 'w', undefined);
  },
  started: () => {
    throw new WorkflowExecutionAlreadyStartedError('already there', 'w', 'W');
  },
};

function payments(allowedCallers?: AllowedCallers, policy: ServicePolicy<typeof Payments.operations> = {}) {
  return guardedService(
    Payments,
    {
      ...policy,
      ...(allowedCallers ? { allowedCallers } : {}),
      inputs: { Pay: record<{ id: string; amount: number }>({ id: string, amount: int }), Fail: string },
    },
    {
      Pay: new WorkflowRunOperationHandler(async (ctx, { id, amount }) =>
        startWorkflow(ctx, 'PayWorkflow', {
          workflowId: `payment-${id}`,
          workflowIdConflictPolicy: 'USE_EXISTING',
          args: [id, amount],
        }),
      ),
      Echo: async (_ctx, input) => input,
      Fail: async (_ctx, how) => wrong[how]!(),
      Nothing: async () => undefined,
      Who: async (ctx) => [callerInfo(ctx), allowedNamespaces(allowedCallers ?? {})],
      Open: new MixedOperationHandler(async (ctx, id) => {
        if (id === '') return HandlerStartOperationResult.sync(null);
        return await startWorkflow(ctx, 'OpenWorkflow', { workflowId: `open-${id}` });
      }),
    },
  );
}

test('an operation starts a workflow, and answers with its token', async () => {
  const { text, requests } = await callOperation(payments(), 'Pay', { id: '7', amount: 2 });
  expect(JSON.parse(text.replace('started: ', ''))).toMatchObject({ ns: 'payments', wid: 'payment-7' });
  expect(requests.map(({ method, request }) => [method, request.workflowId])).toEqual([
    ['startWorkflowExecution', 'payment-7'],
  ]);
});

test('an operation gives its result, or starts a workflow', async () => {
  expect(await callOperation(payments(), 'Open', '')).toMatchObject({ text: 'value: null', requests: [] });
  const { text, requests } = await callOperation(payments(), 'Open', '7');
  expect(JSON.parse(text.replace('started: ', ''))).toMatchObject({ ns: 'payments', wid: 'open-7' });
  expect(requests).toMatchObject([{ method: 'startWorkflowExecution', request: { workflowId: 'open-7' } }]);
});

test('an operation has its own name, a synchronous one answers at once', async () => {
  expect((await callOperation(payments(), 'echo-it', { any: [1, null] })).text).toBe('value: {"any":[1,null]}');
  expect((await callOperation(payments(), 'Echo', 1)).text).toContain('NOT_FOUND');
});

test('an operation without input ignores whatever comes, and answers nothing', async () => {
  for (const input of [undefined, null, { any: 'thing' }]) {
    expect((await callOperation(payments(), 'Nothing', input)).text).toBe('value: undefined');
  }
});

test('input that does not fit is refused, naming the place, and is not tried again', async () => {
  expect((await callOperation(payments(), 'Pay', { id: '7', amount: '2' })).text).toBe(
    'BAD_REQUEST: amount: expected an integer of at most 2^53 - 1 <- InvalidInput: amount: expected an integer of at most 2^53 - 1',
  );
  for (const input of [undefined, null, [], 'text']) {
    expect((await callOperation(payments(), 'Pay', input)).text).toMatch(/^BAD_REQUEST: The input: expected a record/);
  }
});

test.each([
  [
    'bug',
    "INTERNAL: The handler failed unexpectedly <- TypeError: Cannot read properties of undefined (reading 'length')",
  ],
  ['text', 'INTERNAL: The handler failed unexpectedly <- a text'],
  ['nothing', 'INTERNAL: The handler failed unexpectedly <- undefined'],
])('a fault is logged, and not tried again: %s', async (how, text) => {
  const answer = await callOperation(payments(), 'Fail', how);
  expect(answer.text).toBe(text);
  expect(answer.logged).toEqual(['ERROR: A Nexus handler failed unexpectedly']);
});

test.each(['bigint', 'circle'])('a result that cannot be encoded is a fault: %s', async (how) => {
  const answer = await callOperation(payments(), 'Fail', how);
  expect(answer.text).toMatch(/^INTERNAL: The handler failed unexpectedly <- /);
  expect(answer.logged).toEqual(['ERROR: A Nexus handler failed unexpectedly']);
});

test.each([
  ['declined', 'failed: OperationError: declined <- CardDeclined: declined'],
  ['failed', 'failed: OperationError: it did not work'],
  ['conflict', 'CONFLICT: not now'],
  ['missing', 'NOT_FOUND: no such workflow <- no such workflow'],
  ['started', 'CONFLICT: already there <- already there'],
])('an error that says what it means keeps its meaning: %s', async (how, text) => {
  const answer = await callOperation(payments(), 'Fail', how);
  expect(answer.text).toBe(text);
  expect(answer.logged).toEqual([]);
});

test('a fault is tried again where that is wanted', async () => {
  const answer = await callOperation(payments(undefined, { retryingFaults: ['Fail'] }), 'Fail', 'text');
  expect(answer.text).toBe('INTERNAL, retried: The handler failed unexpectedly <- a text');
  expect(answer.logged).toEqual(['ERROR: A Nexus handler failed unexpectedly']);
  const declined = await callOperation(payments(undefined, { retryingFaults: ['Fail'] }), 'Fail', 'declined');
  expect(declined.text).toMatch(/^failed: /);
});

test('what the author lets be retried is retried', async () => {
  expect((await callOperation(payments(), 'Fail', 'retryable')).text).toMatch(/^INTERNAL, retried: .*Busy: try again$/);
});

const lists: AllowedCallers = { Payments: ['orders', 'a b'], Open: 'any' };
const refused = /^UNAUTHORIZED: /;

test.each([
  ['an allowed namespace', 'Payments', [workflowLink('orders')], /^value/],
  ['one with a name that is escaped', 'Payments', [workflowLink('a%20b')], /^value/],
  [
    'a call without a workflow',
    'Payments',
    ['temporal:///namespaces/orders/nexus-operations/id/run/details'],
    /^value/,
  ],
  ['another namespace', 'Payments', [workflowLink('strangers')], /^UNAUTHORIZED: strangers may not call Payments$/],
  ['nobody', 'Payments', [], /^UNAUTHORIZED: An unknown caller may not call Payments$/],
  ['a link that is none of the server’s', 'Payments', ['https://example.com/namespaces/orders/workflows/w'], refused],
  ['a link that cannot be read', 'Payments', ['temporal:///namespaces/%E0%A4%A/workflows/w/r/history'], refused],
  ['only the first link counts', 'Payments', [workflowLink('strangers'), workflowLink('orders')], refused],
  ['an open endpoint, by anybody', 'Open', [], /^value/],
  ['an endpoint that is not in the table', 'Other', [workflowLink('orders')], refused],
  ['an endpoint called like what every object has', 'constructor', [workflowLink('orders')], refused],
  [
    'past all endpoints',
    '',
    [workflowLink('orders')],
    /^UNAUTHORIZED: An unknown caller may not call past the endpoints$/,
  ],
])('allowed callers: %s', async (_name, endpoint, links, text) => {
  const answer = await callOperation(payments(lists), 'echo-it', 1, { endpoint, links });
  expect(answer.text).toMatch(text);
  expect(answer.logged).toEqual(answer.text.startsWith('value') ? [] : ['WARN: Refused a Nexus caller']);
});

test.each([
  ['a workflow', 'Payments', [workflowLink('a%20b')], { namespace: 'a b', workflow_id: 'w' }, ['orders', 'a b']],
  [
    'nobody’s workflow',
    'Payments',
    ['temporal:///namespaces/orders/nexus-operations/id/run/details'],
    { namespace: 'orders', workflow_id: null },
    ['orders', 'a b'],
  ],
  ['an open endpoint, by anybody', 'Open', [], { namespace: null, workflow_id: null }, []],
])('who calls is told: %s', async (_name, endpoint, links, caller, allowed) => {
  const { text } = await callOperation(payments(lists), 'Who', undefined, { endpoint, links });
  const all = { ...caller, endpoint, service: 'Payments', operation: 'Who', request_id: 'request-1', headers: {} };
  expect(JSON.parse(text.replace('value: ', ''))).toEqual([all, allowed]);
});

test('past all endpoints nobody is known', async () => {
  const { text } = await callOperation(payments(), 'Who', undefined, { endpoint: '', links: [workflowLink('orders')] });
  expect(JSON.parse(text.replace('value: ', ''))).toMatchObject([{ namespace: null, workflow_id: null }, []]);
});

test('who is refused is refused before the input is looked at', async () => {
  const { text, requests } = await callOperation(payments(lists), 'Pay', 'nonsense', { links: [] });
  expect(text).toMatch(refused);
  expect(requests).toEqual([]);
});

test('without a table everybody may call', async () => {
  expect((await callOperation(payments(), 'echo-it', 1, { endpoint: '', links: [] })).text).toBe('value: 1');
});
