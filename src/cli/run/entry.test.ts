import { describe, expect, test } from 'vitest';
import { Reporter } from '../../diagnostics/diagnostic.js';
import { checkTexts } from '../../testing/program.js';
import { chooseEntry } from './entry.js';

function factsOf(texts: Readonly<Record<string, string>>) {
  const { facts, diagnostics } = checkTexts(texts);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return facts;
}

const shop = factsOf({
  'shop.twf': `
workflow OrderWorkflow(order: string, patience: duration, note: string?) -> string:
    workflow Ship(order)
    nexus "PaymentsEndpoint" workflow Pay(order) -> receipt
    close receipt

workflow Ship(order: string):
    activity Send(order)

activity Send(order: string):
    post.send(order)

nexus_service Payments:
    operation Pay(order: string) -> string:
        return workflow Charge(order)

nexus_endpoint PaymentsEndpoint:
    target_namespace: payments
    target_task_queue: payments

workflow Charge(order: string) -> string:
    close "receipt of {order}"
`,
});

function choose(facts: typeof shop, type: string | undefined, ...inputs: string[]) {
  const reporter = new Reporter();
  const entry = chooseEntry(facts, type, inputs, reporter);
  const problems = reporter.all.map(({ code, message, hint }) => [code, message, hint]);
  return entry ? { type: entry.workflow.name.text, namespace: entry.place.namespace, args: entry.args } : problems;
}

describe('which workflow', () => {
  test('the one that is named', () => {
    expect(choose(shop, 'Charge', '"1"')).toEqual({ type: 'Charge', namespace: 'payments', args: ['1'] });
  });

  test('the only one that no workflow and no operation calls', () => {
    expect(choose(shop, undefined, '"1"', '"5m"')).toEqual({
      type: 'OrderWorkflow',
      namespace: 'default',
      args: ['1', 300_000],
    });
  });

  test('is said when it is not clear, or unknown', () => {
    const two = factsOf({ 'a.twf': 'workflow A():\n    close\n\nworkflow B():\n    close\n' });
    expect(choose(two, undefined)).toEqual([
      ['TWF051', 'It is not clear which workflow to run: 2 are called by no other (A, B).', 'Name one: `--type A`.'],
    ]);
    const none = factsOf({ 'a.twf': 'workflow A():\n    workflow B()\n\nworkflow B():\n    workflow A()\n' });
    expect(choose(none, undefined)).toEqual([
      ['TWF051', 'It is not clear which workflow to run: each is called by another.', 'Name one: `--type WORKFLOW`.'],
    ]);
    expect(choose(factsOf({ 'a.twf': 'activity A():\n    x.y()\n' }), undefined)).toEqual([
      ['TWF051', 'It is not clear which workflow to run: the program has none.', undefined],
    ]);
    expect(choose(shop, 'Chrge', '"1"')).toEqual([
      ['TWF050', 'The program has no workflow `Chrge`.', 'Did you mean `Charge`?'],
    ]);
    expect(choose(two, 'Zebra')).toEqual([['TWF050', 'The program has no workflow `Zebra`.', 'It has A, B.']]);
  });
});

describe('with what', () => {
  test('inputs are read by the types of the parameters', () => {
    expect(choose(shop, 'OrderWorkflow', '"1"', '5', 'null')).toMatchObject({ args: ['1', 5, null] });
    expect(choose(shop, 'OrderWorkflow', '"1"', '"soon"')).toEqual([
      [
        'TWF053',
        'The input does not fit: `patience`: a `duration` (a text such as "5m", or a number of milliseconds) is expected, not "soon".',
        undefined,
      ],
    ]);
  });

  test('as many as there are parameters, less optional ones at the end', () => {
    expect(choose(shop, 'OrderWorkflow', '"1"')).toEqual([
      [
        'TWF052',
        '`OrderWorkflow` takes 3 inputs, but one is given.',
        "As JSON: `--input '<order>' --input '<patience>' --input '<note>'`.",
      ],
    ]);
    expect(choose(shop, 'Charge')).toEqual([
      ['TWF052', '`Charge` takes one input, but none is given.', "As JSON: `--input '<order>'`."],
    ]);
    expect(choose(factsOf({ 'a.twf': 'workflow A():\n    close\n' }), 'A', '1', '2')).toEqual([
      ['TWF052', '`A` takes no input, but 2 are given.', undefined],
    ]);
  });
});
