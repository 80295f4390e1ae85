/** Packages, and what is defined elsewhere. */
import { describe, expect, test } from 'vitest';
import { checkTexts, problemsOf } from '../testing/program.js';

const payments = `package payments

workflow Refund(receipt: Receipt):
    activity Charge(0 - receipt.amount)

activity Charge(amount: decimal) -> Receipt:
    options(timeout: 1m)
    return Receipt{id: "r", amount}
`;
const own = (body: string, clauses = 'import "acme/payments"') => ({
  'main.twf': `package orders\n${clauses}\n\nworkflow Main(total: decimal):\n${body}`,
  'payments.twf': payments,
});

describe('names of other packages', () => {
  test.each([
    ['a call', '    activity payments.Charge(total) -> r\n    workflow payments.Refund(r)\n', []],
    ['with another name', '    activity pay.Charge(total)\n', ['TWF340 pay']],
    ['without the package', '    activity Charge(total)\n', ['TWF304 Charge']],
    ['misspelt', '    activity payments.Chrge(total)\n', ['TWF304 payments.Chrge']],
    ['of a package that is not imported', '    activity carriers.Ship(total)\n', ['TWF340 carriers']],
    ['of the other kind', '    workflow payments.Charge(total)\n', ['TWF305 payments.Charge']],
    ['a record', '    workflow payments.Refund(payments.Receipt{id: "x", amount: total})\n', []],
    [
      'a record of the own package',
      '    workflow payments.Refund(Receipt{id: "x", amount: total})\n',
      ['TWF401 Receipt{id: "x", amount: total}'],
    ],
    ['an argument that does not fit', '    activity payments.Charge("x")\n', ['TWF402 "x"']],
  ])('%s', (_, body, problems) => {
    expect(problemsOf(own(body))).toEqual(problems);
  });

  test('an alias, with or without quotes', () => {
    for (const alias of ['pay', '"pay"']) {
      expect(problemsOf(own('    activity pay.Charge(total)\n', `import ${alias} "acme/payments"`))).toEqual([]);
    }
  });

  test('a version is no name', () => {
    expect(problemsOf(own('    activity payments.Charge(total)\n', 'import "acme/payments/v2"'))).toEqual([]);
  });

  test('one name twice', () => {
    const clauses = 'import "acme/payments"\nimport payments "acme/other"';
    expect(problemsOf(own('    activity payments.Charge(total)\n', clauses))).toContain('TWF303 payments');
  });

  test('the package that has a name without one is named', () => {
    const sources = {
      'alpha.twf': 'package alpha\nworkflow Process(id: string):\n    close\n',
      'beta.twf': 'package beta\nworkflow Process(id: string):\n    close\n',
      'gamma.twf':
        'package gamma\nimport "acme/alpha"\nworkflow Gamma(id: string):\n    workflow Process(id)\n    workflow alpha.Process(id)\n',
    };
    const found = checkTexts(sources).diagnostics.filter(({ code }) => code === 'TWF305');
    expect(found.map(({ hint, fixes }) => [hint, fixes.map(({ title }) => title)])).toEqual([
      [
        'A name without a package is looked up in the package of the file: write `workflow alpha.Process(…)` or `workflow beta.Process(…)`.',
        ['Change to `alpha.Process`'],
      ],
    ]);
  });

  test('of several folders, the one that the path ends with', () => {
    const sources = (path: string) => ({
      'main.twf': `import "${path}"\nworkflow Main(id: string):\n    activity payments.Pay(id)\n`,
      'a/payments.twf': 'package payments\nactivity Pay(id: string):\n    options(timeout: 1m)\n    bank.pay(id)\n',
      'b/payments/x.twf':
        'package payments\nactivity Charge(id: string):\n    options(timeout: 1m)\n    bank.charge(id)\n',
    });
    expect(problemsOf(sources('acme/a/payments'))).toEqual([]);
    expect(problemsOf(sources('acme/b/payments'))).toEqual(['TWF304 payments.Pay']);
    expect(problemsOf(sources('acme/payments'))).toEqual(['TWF344 acme/payments']);
  });
});

test('what a package needs, the fix imports', () => {
  const { diagnostics } = checkTexts(own('    activity payments.Charge(total)\n', ''));
  const [fix] = diagnostics.find(({ code }) => code === 'TWF340')!.fixes;
  expect(fix!.edits.map(({ span, text }) => [span.start, text])).toEqual([
    ['package orders'.length, '\nimport "payments"'],
  ]);
});

test('types belong to packages', () => {
  const { facts } = checkTexts(
    own('    activity payments.Charge(total) -> r\n    x = Receipt{note: r.id}\n    log(x.note)\n'),
  );
  const records = facts.types.flatMap((one) => (one.kind === 'record' ? [one.type.name] : []));
  expect(records.sort()).toEqual(['orders.Receipt', 'payments.Receipt']);
});

test('declared types, aliases and enums of other packages', () => {
  const sources = {
    'main.twf': `package a
import b "x/b"
type Both = b.Ids
workflow W(ids: Both, kind: b.Kind, map: map[b.Kind]b.Item) -> b.Item:
    if kind == "big":
        close b.Item{id: ids[0]}
    close b.Item{id: "none"}
`,
    'b.twf': 'package b\ntype Ids = []string\nenum Kind: big, small\ntype Item:\n    id: string?\n',
  };
  expect(problemsOf(sources)).toEqual([]);
});

describe('packages of others', () => {
  const external = (body: string) => problemsOf(`import "acme/carriers"\nworkflow W(id: string) -> string:\n${body}`);

  test('are known by their calls', () => {
    const body = `    options(task_queue: "q", timeout: 1m)
    activity carriers.Ship(id) -> parcel
    options(task_queue: "q", timeout: 1m)
    activity carriers.Ship(parcel.number) -> again
    close again.number
`;
    expect(external(body)).toEqual(['TWF341 acme/carriers']);
  });

  test('whose calls agree', () => {
    const body = `    options(task_queue: "q", timeout: 1m)
    activity carriers.Ship(id)
    options(task_queue: "q", timeout: 1m)
    activity carriers.Ship(id, 3)
    close id
`;
    expect(external(body)).toEqual(['TWF341 acme/carriers', 'TWF403 3']);
  });
});

describe('what is defined elsewhere', () => {
  const declared = `extern workflow Ship(parcel: string, fast: bool?) -> Tracking
extern activity Weigh(parcel: string) -> decimal
extern activity Tell(parcel: string)
`;
  const calls = (body: string) => problemsOf(`${declared}workflow W(id: string):\n${body}`);

  test.each([
    ['is called', '    options(task_queue: "q", timeout: 1m)\n    activity Weigh(id) -> w\n    log("{w}")\n', []],
    ['needs a queue', '    options(timeout: 1m)\n    activity Weigh(id)\n', ['TWF346 Weigh']],
    ['has a computed queue', '    options(task_queue: "q-{id}")\n    workflow Ship(id)\n', []],
    ['is checked', '    options(task_queue: "q")\n    workflow Ship(3, fast: true)\n', ['TWF402 3']],
    [
      'gives nothing',
      '    options(task_queue: "q", timeout: 1m)\n    activity Tell(id) -> x\n    log("{x}")\n',
      ['TWF416 -> x'],
    ],
    ['is no workflow', '    workflow Weigh(id)\n', ['TWF305 Weigh']],
  ])('%s', (_, body, problems) => {
    expect(calls(body)).toEqual(problems);
  });

  test('is defined once', () => {
    const again =
      'activity Weigh(parcel: string) -> decimal:\n    options(timeout: 1m)\n    return scales.weigh(parcel)\n';
    expect(problemsOf(declared + again)).toEqual(['TWF301 Weigh']);
  });
});

describe('names for Temporal', () => {
  const two = (first: string, second: string) =>
    problemsOf(`workflow A():\n${first}    await timer(1h)\nworkflow B():\n${second}    await timer(1h)\n`);
  const named = (text: string) => `    default_options:\n        name: ${text}\n`;

  test.each([
    ['differ', named('"a"'), named('"b"'), []],
    ['are words, too', named('a'), '', []],
    ['are the same', named('"B"'), '', ['TWF347 B']],
    ['are reserved', named('"__temporal_x"'), '', ['TWF302 "__temporal_x"']],
    ['are constant', named('"a-{x}"'), '', ['TWF502 "a-{x}"']],
    ['are something', named('""'), '', ['TWF502 ""']],
  ])('%s', (_, first, second, problems) => {
    expect(two(first, second)).toEqual(problems);
  });
});

describe('what is said about names is said of those of the own package', () => {
  const called = (text: string) => `activity Work(amount: decimal):
    options(timeout: 1m)
    ${text}(amount)
`;
  const hints = (files: Record<string, string>) =>
    checkTexts(files).diagnostics.flatMap(({ code }) => (code === 'TWF753' || code === 'TWF656' ? [code] : []));

  test.each([
    ['in its own package', `${payments}\n${called('Charge')}`, ['TWF753']],
    ['in another', `package orders\n\n${called('Charge')}`, []],
    ['in another that imports it', `package orders\nimport "acme/payments"\n\n${called('charge')}`, []],
  ])('a function that is called like an activity %s', (_, text, expected) => {
    const files = text.startsWith('package orders')
      ? { 'payments.twf': payments, 'main.twf': text }
      : { 'a.twf': text };
    expect(hints(files)).toEqual(expected);
  });

  test('a child that takes long', () => {
    const slow = 'package slow\n\nworkflow Approve(id: string):\n    await timer(24h)\n';
    const quick = 'workflow Approve(id: string):\n    await timer(1s)\n';
    const main = (name: string) =>
      `package orders\nimport "acme/slow"\n\n${quick}\nworkflow Main(ids: []string):\n    for id in ids:\n        log.info(id)\n        workflow ${name}(id)\n`;
    expect(hints({ 'slow.twf': slow, 'main.twf': main('slow.Approve') })).toEqual(['TWF656']);
    expect(hints({ 'slow.twf': slow, 'main.twf': main('Approve') })).toEqual([]);
  });
});
