/** Programs from one dialect to the other, and back. */
import { describe, expect, it } from 'vitest';
import { SourceFile } from '../source.js';
import type { Dialect } from '../syntax/ast.js';
import { parseText } from '../testing/parse.js';
import { repositoryPrograms } from '../testing/programs.js';
import { formatAs } from './dialects.js';

function inDialect(text: string, to: Dialect) {
  const source = new SourceFile('main.twf', text);
  return formatAs([source], to).get(source)!;
}

const classic = `nexus_service Payments:
    operation Pay(payment: Payment) -> Receipt:
        return workflow PayByCard(payment):
            workflow_id: "pay-{payment.id}"

nexus_endpoint PaymentsEndpoint:
    target_namespace: payments
    target_task_queue: payments

activity Pack(item: string) -> string:
    options(startToCloseTimeout: 10s, retryPolicy: {maxAttempts: 3, nonRetryableErrors: ["Empty"]})
    return warehouse.pack(item)

workflow Order(items: []string, urgent: bool) -> Result:
    options(workflowExecutionTimeout: 2h)
    signal Cancel(reason: string):
        cancelled = true
    cancelled = false
    # For each.
    for item in items:
        if urgent and not cancelled:
            # With patience.
            options(timeout: 5m)  # enough
            activity Pack(item) -> parcel
                # nothing else
        elif cancelled:
            close failed Cancelled{item}
        else:
            break
    spawn workflow Deliver(parcel) -> delivery
    nexus "PaymentsEndpoint" workflow Pay(Payment{id: "1"}) -> receipt
        options(timeout: 1h)
    await delivery -> done
    switch done:
        case "lost":
            continue_as_new(items, true)
        else:
            close
    close Result{receipt, parcel}
`;

const current = `nexus service Payments:
    sync Pay(payment: Payment) -> (Receipt):
        return workflow PayByCard(payment):
            workflow_id: "pay-{payment.id}"

nexus endpoint PaymentsEndpoint:
    target_namespace: payments
    target_task_queue: payments

activity Pack(item: string) -> (string):
    default_options:
        start_to_close_timeout: 10s
        retry_policy:
            max_attempts: 3
            non_retryable_errors: ["Empty"]
    return warehouse.pack(item)

workflow Order(items: []string, urgent: bool) -> (Result):
    default_options:
        workflow_execution_timeout: 2h
    signal Cancel(reason: string):
        cancelled = true
    cancelled = false
    # For each.
    for (item in items):
        if (urgent and not cancelled):
            # With patience.
            activity Pack(item) -> parcel
                # enough
                options:
                    timeout: 5m
                # nothing else
        elif (cancelled):
            close fail(Cancelled{item})
        else:
            break
    promise delivery <- workflow Deliver(parcel)
    nexus PaymentsEndpoint Payments.Pay(Payment{id: "1"}) -> receipt
        options:
            timeout: 1h
    await delivery -> done
    switch (done):
        case "lost":
            close continue_as_new(items, true)
        else:
            close complete
    close complete(Result{receipt, parcel})
`;

/** A tree without positions, and without what says how a thing is spelled. */
function meaning(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(meaning);
  const spelling = ['span', 'dialect', 'parenthesised', 'service'];
  const entries = Object.entries(value).filter(([key]) => !spelling.includes(key));
  const isKey = 'kind' in value && value.kind === 'OptionEntry' && 'key' in value;
  return Object.fromEntries(entries.map(([key, part]) => [key, key === 'key' && isKey ? keyOf(part) : meaning(part)]));
}

function keyOf(name: unknown): string {
  return (name as { text: string }).text.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const comments = (text: string) =>
  parseText(text)
    .comments.map(({ start, end }) => text.slice(start, end).trimEnd())
    .sort();

describe('converting', () => {
  it('writes what both dialects have as the other does', () => {
    const there = inDialect(classic, 'current');
    expect(there.text).toBe(current);
    expect(there.left.map(({ what }) => what)).toEqual(['`elif`']);
    const back = inDialect(current, 'classic');
    expect(meaning(parseText(back.text).ast)).toEqual(meaning(parseText(classic).ast));
    expect(back.left).toEqual(
      [{ what: 'Options with comments or blocks in them', span: expect.anything() as unknown }].slice(
        0,
        back.left.length,
      ),
    );
  });

  it.each([
    ['x = activity F(a)', 'activity F(a) -> x'],
    ['x = await h', 'await h -> x'],
    ['h = spawn activity F(a)', 'promise h <- activity F(a)'],
    ['x = query workflow "id" Q(1)', 'query workflow "id" Q(1) -> x'],
    [
      'options(workflowId: "a")\n    start workflow V() -> id',
      'start workflow V() -> id\n        options:\n            workflow_id: "a"',
    ],
    ['close completed x', 'close complete(x)'],
    ['close (x)', 'close complete(x)'],
    ['close fail "no"', 'close fail("no")'],
    ['if (a) and (b):\n        close', 'if ((a) and (b)):\n        close complete'],
    ['for k, v in m:\n        close', 'for (k, v in m):\n        close complete'],
    [
      'options(retry: {max_attempts: 3}, memo: {a: 1})\n    workflow V()',
      'workflow V()\n        options:\n            retry:\n                max_attempts: 3\n            memo: {a: 1}',
    ],
    [
      'await one:\n        options(timeout: 5m)\n        activity A() -> x:\n            close x',
      'await one:\n        activity A() -> x:\n            options:\n                timeout: 5m\n            close complete(x)',
    ],
  ])('to current: %j', (from, to) => {
    expect(inDialect(`workflow W():\n    ${from}\n`, 'current').text).toBe(`workflow W():\n    ${to}\n`);
  });

  it.each([
    ['close complete(fail)', 'close completed fail'],
    ['close complete(R{\n        a: 1\n    })', 'close R{\n        a: 1,\n    }'],
    ['close complete(\n        a + b\n    )', 'close complete(\n        a + b\n    )'],
    ['close fail', 'close failed'],
    ['if ((a) and (b)):\n        close complete', 'if (a) and (b):\n        close'],
    ['promise h <- timer(5m)', 'promise h <- timer(5m)'],
    [
      'activity A()\n        options:\n            # why\n            timeout: 5m',
      'activity A()\n        options:\n            # why\n            timeout: 5m',
    ],
  ])('to classic: %j', (from, to) => {
    expect(inDialect(`workflow W():\n    ${from}\n`, 'classic').text).toBe(`workflow W():\n    ${to}\n`);
  });

  it('names what the other dialect cannot say, and leaves it', () => {
    const text =
      'nexus service S:\n    async Op workflow W\n\nworkflow W():\n    promise h <- timer(5m)\n    nexus E T.Op(1) -> x\n';
    const { text: same, left } = inDialect(text, 'classic');
    expect(same).toBe(text.replace('nexus service', 'nexus_service'));
    expect(left.map(({ what, span }) => [what, same.slice(span.start, span.start + 5)])).toEqual([
      ['`async` operations', 'async'],
      ['`promise` of a timer', 'promi'],
      ['Calls that name a service', 'nexus'],
    ]);
  });

  it('leaves definitions that cannot be read', () => {
    const wrong = 'workflow V():\n    if x:\n        y = (1\n';
    expect(inDialect(`${wrong}\nworkflow W():\n    close x\n`, 'current').text).toBe(
      `${wrong}\nworkflow W():\n    close complete(x)\n`,
    );
  });

  const programs = repositoryPrograms().filter(
    ({ text }) => !parseText(text).diagnostics.some(({ severity }) => severity === 'error'),
  );

  it.each(programs)('there and back keeps what $path means', ({ text }) => {
    const there = inDialect(text, 'current').text;
    const back = inDialect(there, 'classic').text;
    for (const [one, dialect] of [
      [there, 'current'],
      [back, 'classic'],
    ] as const) {
      expect(parseText(one).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(meaning(parseText(one).ast)).toEqual(meaning(parseText(text).ast));
      expect(comments(one)).toEqual(comments(text));
      expect(inDialect(one, dialect).text).toBe(one);
    }
  });
});
