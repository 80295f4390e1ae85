import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import { describe, expect, test } from 'vitest';
import { checkTexts } from '../../testing/program.js';
import { failureLines } from './failure.js';
import { logLine } from './log-line.js';
import { Places } from './places.js';
import { type HistoryEvent, Narrator } from './trace-events.js';

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
    );
    const pay = { text: 'Nexus operation payments.Pay at payments started', place: 'orders.twf:4' };
    expect(told.slice(2)).toEqual([
      { ...pay, starts: { namespace: 'payments', workflowId: 'pay-1', runId: 'run-7' } },
      { ...pay, starts: { namespace: 'payments', workflowId: 'pay-1', runId: '' } },
      { ...pay, starts: undefined },
      { text: 'child workflow Ship initiated', place: 'orders.twf:3' },
      {
        text: 'child workflow Ship started',
        place: 'orders.twf:3',
        starts: { namespace: 'orders', workflowId: 'ship-1', runId: 'run-8' },
      },
      { text: 'continued as new', starts: { ...execution, runId: 'run-9' }, closes: true },
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
