import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import { describe, expect, test } from 'vitest';
import { checkTexts } from '../../testing/program.js';
import { failureLines } from './failure.js';
import { logLine } from './log-line.js';
import { Places } from './places.js';
import { type HistoryEvent, Narrator } from './trace-events.js';
import { Pending } from './trace-pending.js';

const { facts } = checkTexts({
  'orders.twf': `workflow OrderWorkflow(id: string) -> string:
    activity Reserve(id)
    workflow Ship(id)
    nexus "payments" workflow Pay(id) -> receipt
    await timer(5s)
    activity Note(id)
    activity Note(id)
    close receipt

workflow Ship(id: string):
    activity Note(id)

workflow Pay(id: string) -> string:
    close id

activity Reserve(id: string):
    warehouse.reserve(id)

activity Note(id: string):
    notes.add(id)
`,
});

const execution = { namespace: 'orders', workflowId: 'order-1', runId: 'run-1' };

/** What is told of a history: event attributes by their names, numbered from 1. */
function tell(...events: HistoryEvent[]) {
  const narrator = new Narrator(execution, new Places(facts));
  return events.map((event, index) => narrator.tell({ eventId: (index + 1) as never, ...event }));
}

const started: HistoryEvent = { workflowExecutionStartedEventAttributes: { workflowType: { name: 'OrderWorkflow' } } };

describe('a history is told', () => {
  test('with the line of what it does, where the workflow does it in one place only', () => {
    const told = tell(
      started,
      { activityTaskScheduledEventAttributes: { activityType: { name: 'Reserve' } } },
      { activityTaskCompletedEventAttributes: { scheduledEventId: 2 as never } },
      { activityTaskScheduledEventAttributes: { activityType: { name: 'Note' } } },
      { timerStartedEventAttributes: { startToFireTimeout: msToTs('5s') } },
      { timerFiredEventAttributes: { startedEventId: 5 as never } },
    );
    expect(told).toEqual([
      { text: 'started', place: 'orders.twf:1' },
      { text: 'activity Reserve scheduled', place: 'orders.twf:2' },
      { text: 'activity Reserve completed', place: 'orders.twf:2' },
      { text: 'activity Note scheduled', place: undefined },
      { text: 'timer of 5 s started', place: 'orders.twf:5' },
      { text: 'timer of 5 s fired', place: 'orders.twf:5' },
    ]);
  });

  test('with the workflows that it starts', () => {
    const operation = { endpoint: 'payments', service: 'payments', operation: 'Pay' };
    const token = Buffer.from(JSON.stringify({ t: 1, ns: 'payments', wid: 'pay-1' })).toString('base64url');
    const link = { workflowEvent: { namespace: 'payments', workflowId: 'pay-1', runId: 'run-7' } };
    const told = tell(
      started,
      { nexusOperationScheduledEventAttributes: operation },
      { nexusOperationStartedEventAttributes: { scheduledEventId: 2 as never, operationToken: token }, links: [link] },
      { nexusOperationStartedEventAttributes: { scheduledEventId: 2 as never, operationToken: token } },
      { nexusOperationStartedEventAttributes: { scheduledEventId: 2 as never, operationToken: 'opaque' } },
      { startChildWorkflowExecutionInitiatedEventAttributes: { workflowType: { name: 'Ship' } } },
      {
        childWorkflowExecutionStartedEventAttributes: {
          initiatedEventId: 6 as never,
          workflowExecution: { workflowId: 'ship-1', runId: 'run-8' },
        },
      },
      { workflowExecutionContinuedAsNewEventAttributes: { newExecutionRunId: 'run-9' } },
      { nexusOperationCompletedEventAttributes: { scheduledEventId: 2 as never }, links: [link, {}] },
      { nexusOperationCompletedEventAttributes: { scheduledEventId: 2 as never } },
    );
    const pay = { text: 'Nexus operation payments.Pay at payments started', place: 'orders.twf:4' };
    const paid = { ...pay, text: `${pay.text}: pay-1 in payments` };
    expect(told.slice(2)).toEqual([
      { ...paid, starts: [{ namespace: 'payments', workflowId: 'pay-1', runId: 'run-7' }] },
      { ...paid, starts: [{ namespace: 'payments', workflowId: 'pay-1', runId: '' }] },
      pay,
      { text: 'child workflow Ship initiated', place: 'orders.twf:3' },
      {
        text: 'child workflow Ship started: ship-1',
        place: 'orders.twf:3',
        starts: [{ namespace: 'orders', workflowId: 'ship-1', runId: 'run-8' }],
      },
      { text: 'continued as new', starts: [{ ...execution, runId: 'run-9' }], closes: true },
      {
        text: 'Nexus operation payments.Pay at payments completed, with pay-1 in payments',
        place: 'orders.twf:4',
        starts: [{ namespace: 'payments', workflowId: 'pay-1', runId: 'run-7' }],
      },
      { text: 'Nexus operation payments.Pay at payments completed', place: 'orders.twf:4' },
    ]);
  });

  test('with the innermost cause of a failure', () => {
    const cause = { message: 'no money', applicationFailureInfo: { type: 'CardDeclined' } };
    const told = tell(
      started,
      { activityTaskScheduledEventAttributes: { activityType: { name: 'Reserve' } } },
      {
        activityTaskFailedEventAttributes: {
          scheduledEventId: 2 as never,
          failure: { message: 'Activity task failed', cause },
        },
      },
      { workflowExecutionFailedEventAttributes: { failure: cause } },
    );
    expect(told.slice(2)).toEqual([
      { text: 'activity Reserve failed: CardDeclined: no money', place: 'orders.twf:2' },
      { text: 'failed: CardDeclined: no money', closes: true },
    ]);
  });

  test('without what is only the work of the service', () => {
    expect(tell({ workflowTaskScheduledEventAttributes: {} }, { activityTaskStartedEventAttributes: {} })).toEqual([
      undefined,
      undefined,
    ]);
  });
});

test('who is told of the end of a workflow is told with it: by its link, and by what it did', () => {
  const link = (workflowId: string) => ({
    links: [{ workflowEvent: { namespace: 'shops', workflowId, runId: 'run-3', eventRef: { eventId: 5 as never } } }],
  });
  const known = ({ workflowId }: { workflowId: string }) =>
    workflowId === 'shop-1' ? { what: 'Nexus operation Orders.Place at orders', place: 'shop.twf:7' } : undefined;
  const narrator = new Narrator(execution, new Places(facts), known);
  const { workflowExecutionStartedEventAttributes: own } = started;
  const all = [
    { workflowExecutionStartedEventAttributes: { ...own, completionCallbacks: [link('shop-1')] } },
    { workflowExecutionOptionsUpdatedEventAttributes: { attachedCompletionCallbacks: [link('shop-2')] } },
    { workflowExecutionOptionsUpdatedEventAttributes: {} },
    { workflowExecutionStartedEventAttributes: { ...own, parentWorkflowExecution: { workflowId: 'parent-1' } } },
    { workflowExecutionSignaledEventAttributes: { signalName: 'Booked' }, links: link('shop-1').links },
    { workflowExecutionSignaledEventAttributes: { signalName: 'Booked' } },
  ];
  expect(all.map((event) => narrator.tell(event)!.text)).toEqual([
    'started by Nexus operation Orders.Place at orders (shop.twf:7) of shop-1 in shops',
    'is waited for by shop-2 in shops, too',
    'is waited for by somebody else, too',
    'started by parent-1',
    'signal Booked received from Nexus operation Orders.Place at orders (shop.twf:7) of shop-1 in shops',
    'signal Booked received',
  ]);
});

describe('what is tried again is told', () => {
  const narrator = new Narrator(execution, new Places(facts));
  narrator.tell(started);
  const operation = { endpoint: 'payments', service: 'payments', operation: 'Pay' };
  narrator.tell({ eventId: 5 as never, nexusOperationScheduledEventAttributes: operation });
  const away = { message: 'handler error', cause: { message: 'away', applicationFailureInfo: { type: 'Closed' } } };

  test('when the failure is another one, and after 1, 2, 4, … attempts', () => {
    const pending = new Pending(narrator);
    const tell = (attempt: number, lastAttemptFailure: typeof away | { message: string } | null, blockedReason = '') =>
      pending
        .tell({
          pendingNexusOperations: [{ scheduledEventId: 5 as never, attempt, lastAttemptFailure, blockedReason }],
        })
        .map(({ text, place }) => `${text} ${place}`);
    const told = (how: string) => [
      `Nexus operation payments.Pay at payments is still pending, tried ${how} orders.twf:4`,
    ];
    expect(tell(1, null)).toEqual([]);
    expect(tell(1, away)).toEqual(told('once: Closed: away'));
    expect(tell(1, away)).toEqual([]);
    expect(tell(2, away)).toEqual(told('2 times: Closed: away'));
    expect(tell(3, away)).toEqual([]);
    expect(tell(3, { message: 'gone' })).toEqual(told('3 times: gone'));
    expect(tell(5, { message: 'gone' })).toEqual([]);
    expect(tell(7, { message: 'gone' })).toEqual(told('7 times: gone'));
    expect(tell(7, { message: 'gone' }, 'the circuit is open')).toEqual(told('7 times: gone; the circuit is open'));
  });

  test('of activities and of cancellations too', () => {
    const pending = new Pending(narrator);
    const activity = { activityId: '1', activityType: { name: 'Reserve' }, attempt: 3, lastFailure: away };
    const cancellationInfo = { attempt: 2, lastAttemptFailure: away };
    expect(
      pending.tell({
        pendingActivities: [activity, { activityId: '2', activityType: { name: 'Note' }, attempt: 1 }],
        pendingNexusOperations: [{ scheduledEventId: 5 as never, attempt: 1, cancellationInfo }],
      }),
    ).toEqual([
      { text: 'activity Reserve is still pending, tried 2 times: Closed: away', place: 'orders.twf:2' },
      {
        text: 'the cancellation of Nexus operation payments.Pay at payments is still pending, tried 2 times: Closed: away',
        place: 'orders.twf:4',
      },
    ]);
  });
});

test('a failure is shown with its causes, their details, and the lines of the program', () => {
  const cause = ApplicationFailure.nonRetryable('no money', 'CardDeclined', { code: 51 });
  cause.stack =
    'ApplicationFailure: no money\n    at Pay (/home/me/shop/pay.twf:12:5)\n    at next (/home/me/x.js:1:2)';
  const error = ApplicationFailure.create({ message: 'rejected\n  forged', type: 'OrderRejected', cause });
  error.stack = '';
  const failed = new ActivityFailure('Activity task failed', 'Reserve', '1', 'NON_RETRYABLE_FAILURE', 'me', error);
  expect(failureLines(failed, 'OrderWorkflow', new Places(facts), '/home/me')).toEqual([
    '  activity Reserve: Activity task failed',
    '    at orders.twf:2',
    '  caused by OrderRejected: rejected␊  forged',
    '  caused by CardDeclined: no money',
    '    details: {"code":51}',
    '    at shop/pay.twf:12',
  ]);
});

describe('a log entry', () => {
  const entry = (level: 'INFO' | 'ERROR', message: string, meta: Record<string, unknown>) =>
    logLine({ level, message, timestampNanos: 0n, meta });

  test('of the program is one line, whatever it says', () => {
    const meta = { sdkComponent: 'workflow', workflowType: 'Pay', workflowId: 'pay-1', taskQueue: 'q', amount: 5 };
    expect(entry('INFO', 'charged\nERROR Pay: all gone', meta)).toBe(
      'INFO Pay pay-1: charged␊ERROR Pay: all gone {"amount":5}',
    );
  });

  test('of an activity that failed says why', () => {
    const error = new Error('Activity task failed', { cause: new TypeError('x is not a function') });
    const meta = { sdkComponent: 'activity', activityType: 'Charge', workflowId: 'pay-1', error };
    expect(entry('ERROR', 'Activity failed', meta)).toBe(
      'ERROR Charge pay-1: Activity failed: TypeError: x is not a function',
    );
  });

  test('of the worker itself is shown only when it is an error', () => {
    expect(entry('INFO', 'Worker state changed', { sdkComponent: 'worker' })).toBeUndefined();
    expect(entry('ERROR', 'broken', { sdkComponent: 'worker' })).toBe('ERROR broken');
  });
});
