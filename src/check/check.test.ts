import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Reporter } from '../diagnostics/diagnostic.js';
import { SourceFile } from '../source.js';
import { parseFile } from '../syntax/parse.js';
import { factLines, recordsOf } from '../testing/facts.js';
import { checkTexts, problemsOf, spoken } from '../testing/program.js';

/** A program in which everything depends on something else. */
const shop = {
  'orders.twf': `
workflow OrderWorkflow(order: Order) -> OrderResult:
    signal Cancel(reason: string)
    options(timeout: 2m)
    nexus "payments" workflow CheckRisk(order.customer) -> risk
    if risk.level == "high":
        close failed Rejected{orderId: order.id, reason: "risk"}
    activity Reserve(order.id, order.items) -> reservation
    await one:
        nexus "payments" workflow Pay(order.payment) -> payment:
            log.info("paid", id: payment.receipt)
        signal Cancel -> reason:
            close failed Cancelled{orderId: order.id, reason}
        timer(order.patience):
            close failed Cancelled{orderId: order.id, reason: "too late"}
    await all:
        for item in order.items:
            workflow Deliver(item.seller, item.weight * 2) -> delivery
    spawn activity Notify(order.customer.email) -> notifying
    await notifying
    close OrderResult{receipt: payment.receipt, delivery, order.id}

workflow Deliver(seller, weight):
    pause = 5m
    signal Hurry():
        pause = 1m
    await timer(pause)
    close Delivery{seller, weight, at: now()}

activity Reserve(id: string, items: []Item) -> string:
    if items.length > 10:
        raise TooMany("too many", items.length)
    return warehouse.reserve(id, items)

activity Notify(address: string):
    options(timeout: 10s)
    mail.send(address, TEMPLATE)
`,
  'payments.twf': `
nexus_endpoint PaymentsEndpoint:
    target_namespace: payments
    target_task_queue: payments
    allowed_caller_namespaces: [shop]

nexus_service PaymentsService:
    operation CheckRisk(customer: Customer) -> Risk:
        return workflow RiskWorkflow(customer)
    operation Pay(payment: Payment) -> PaymentResult:
        if payment.method == "card":
            return workflow CardWorkflow(payment):
                workflow_id: "card-{payment.id}"
        return workflow TransferWorkflow(payment)

workflow RiskWorkflow(customer: Customer) -> Risk:
    activity Score(customer.id) -> score
    if score > 80:
        close Risk{level: "high", score}
    close Risk{level: "low", score}

workflow CardWorkflow(payment: Payment) -> PaymentResult:
    activity Charge(payment.id, payment.amount) -> receipt
    close PaymentResult{receipt}

workflow TransferWorkflow(payment: Payment) -> PaymentResult:
    activity Charge(payment.id, payment.amount * 1.01) -> receipt
    workflow Audit(receipt)
    close PaymentResult{receipt, note: "by transfer"}

workflow Audit(receipt: string):
    activity Score(receipt) -> score
    log.info("audited", score: score)

activity Score(id: string) -> int:
    return check(id)

activity Charge(id: string, amount: decimal) -> string:
    return check(id, amount)
`,
  'lost.twf': `
workflow Lost(order: Order, adress: string):
    activity Notify(address)
    activity Reserve(order.id) -> a
    nexus "nowhere" workflow Op(order.total + order.tax)
    if order.id == 3:
        for:
            log.info("lost")
`,
};

/** The definitions of a text, one by one. */
function definitions(text: string): string[] {
  const { ast } = parseFile(new SourceFile('a.twf', text), new Reporter());
  return ast.definitions.map(({ span }) => text.slice(span.start, span.end));
}

describe('order means nothing', () => {
  /** Everything that is known about a program, and everything that is said about it. */
  function outcome(files: readonly (readonly [string, readonly string[]])[]): string[] {
    const sources = Object.fromEntries(files.map(([path, parts]) => [path, parts.join('\n\n')]));
    const { files: parsed, facts, diagnostics } = checkTexts(sources, { namespaces: { 'orders.twf': 'shop' } });
    const said = diagnostics.map((one) => `${spoken(one)}: ${one.message} ${one.hint ?? ''}`);
    return [...factLines(parsed, facts), ...said.sort()];
  }

  const parts = Object.entries(shop).map(([path, text]) => [path, definitions(text)] as const);
  const expected = outcome(parts);

  test('there is something to compare', () => {
    expect(expected.length).toBeGreaterThan(80);
    expect(expected.filter((line) => line.startsWith('TWF'))).toHaveLength(15);
  });

  test('of definitions and files', () => {
    const shuffled = fc.tuple(
      fc.shuffledSubarray(parts, { minLength: parts.length }),
      ...parts.map(([, list]) => fc.shuffledSubarray([...list], { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([order, ...lists]) => {
        const files = order.map(([path]) => [path, lists[parts.findIndex(([one]) => one === path)]!] as const);
        expect(outcome(files)).toEqual(expected);
      }),
      { numRuns: 60, seed: 20 },
    );
  });
});

test('the order of definitions of one name means nothing to the names of their records', () => {
  const definitions = [
    'activity Notify(options):\n    options(timeout: 1m)\n    mail.send("{options.address}")\n',
    'workflow Notify(options):\n    activity Ship(options.parcel)\n',
    'workflow First():\n    signal Notify(options):\n        activity Ship(options.text)\n',
    'workflow Second():\n    signal Notify(options):\n        activity Ship(options.line)\n',
    'activity Ship(item: string):\n    options(timeout: 1m)\n    carrier.ship(item)\n',
  ];
  const records = (texts: readonly string[]) => recordsOf(checkTexts({ 'main.twf': texts.join('\n') }).facts);
  expect(records(definitions)).toEqual([
    'NotifyOptions { address: unknown }',
    'NotifyOptions2 { text: string }',
    'NotifyOptions3 { line: string }',
    'NotifyOptions4 { parcel: string }',
  ]);
  expect(records(definitions.toReversed())).toEqual(records(definitions));
});

describe('one mistake gives one diagnostic', () => {
  const rest = `
activity Load(id: string) -> string:
    options(timeout: 9s)
    return store.load(id)
activity Count(id: string) -> int:
    options(timeout: 9s)
    return store.count(id)
`;
  const body = (text: string) => `workflow W(id: string, ok: bool, items: []string):\n${text}${rest}`;

  test.each([
    [
      'an unknown activity, whose result is used',
      '    activity Lod(id) -> x\n    for one in x.items:\n        if one.ok:\n            activity Load(one + x)\n    await x\n',
      ['TWF304 Lod'],
    ],
    [
      'a name that is misspelt everywhere',
      '    log.info(idd)\n    activity Load(idd)\n    close idd\n',
      ['TWF308 idd'],
    ],
    [
      'a value of the wrong kind, used twice',
      '    activity Count(id) -> n\n    activity Load(n)\n    activity Load(n)\n',
      ['TWF402 n'],
    ],
    ['an argument with a wrong name', '    activity Load(idd: id)\n', ['TWF404 idd']],
    ['a call with too many arguments of wrong kinds', '    activity Load(3, 4)\n', ['TWF403 4']],
    [
      'a handle that goes through a parameter',
      '    spawn activity Load(id) -> h\n    activity Load(h)\n',
      ['TWF411 h'],
    ],
    [
      'a misplaced call, whose result is used',
      '    await all:\n        activity Load(id) -> x\n        activity Load(x) -> y\n    log.info(y)\n',
      ['TWF605 x'],
    ],
    [
      'a `break` out of a branch',
      '    for:\n        await all:\n            activity Load(id)\n            if ok:\n                break\n    log.info(id)\n',
      ['TWF602 break'],
    ],
    ['a result that is missing where another line is wrong', '    if ok:\n        close nothing\n', ['TWF308 nothing']],
    [
      'a line that cannot be read, and what it assigned',
      '    x = = 3\n    log.info("{x}")\n    activity Load(x)\n',
      ['TWF202 ='],
    ],
    [
      'a construct that is not compiled, and what it assigned',
      '    local activity Load(id) -> x\n    log.info("{x}")\n',
      ['TWF200 local'],
    ],
    [
      'a name without a value on some path, read twice',
      '    if ok:\n        x = id\n    activity Load(x)\n    activity Load(x)\n',
      ['TWF415 x'],
    ],
    ['a condition of the wrong kind, twice', '    if id and id:\n        log.info(id)\n', ['TWF407 id', 'TWF407 id']],
  ])('%s', (_, text, expected) => {
    expect(problemsOf(body(text))).toEqual(expected);
  });

  test('a definition whose first line cannot be read, and its callers', () => {
    const broken = 'activity Broken(items: string[]) -> int:\n    return store.sum(items)\n';
    const caller = 'workflow W(items: []string) -> int:\n    activity Broken(items) -> n\n    close n + 1\n';
    expect(problemsOf(broken + caller)).toHaveLength(1);
  });

  test('a key of an endpoint that is misspelt, and is missing then', () => {
    const source = `
nexus_endpoint PaymentsEndpoint:
    target_namespace: payments
    target_task_que: payments
    allowed_caller_namespaces: [default]
nexus_service Payments:
    operation Pay(x: int) -> int:
        return workflow PayWorkflow(x)
workflow PayWorkflow(x: int) -> int:
    close x
`;
    expect(problemsOf(source)).toEqual(['TWF501 target_task_que']);
  });
});

describe('fixes', () => {
  /** The text after all fixes of a program's diagnostics. */
  function fixed(source: string): string {
    const { files, diagnostics } = checkTexts(source);
    const edits = diagnostics.flatMap(({ fixes }) => fixes.flatMap((one) => one.edits));
    let { text } = files[0]!.source;
    for (const { span, text: put } of [...edits].sort((a, b) => b.span.start - a.span.start)) {
      text = text.slice(0, span.start) + put + text.slice(span.end);
    }
    return text;
  }

  test.each([
    ['names of activities', 'workflow W():\n    activity Laod()\nactivity Load():\n    a.a()\n'],
    ['activities that are workflows', 'workflow W():\n    activity V()\nworkflow V():\n    await timer(1h)\n'],
    [
      'workflows with options before them',
      'workflow W():\n    options(timeout: 5m)\n    activity V()\nworkflow V():\n    await timer(1h)\n',
    ],
    ['variables, everywhere', 'workflow W(address: string):\n    log.info(adress)\n    log.info(adress)\n'],
    ['`nil`', 'workflow W(x: int?):\n    if x == nil:\n        close\n'],
    [
      'functions that are activities',
      'workflow W():\n    x = Load()\n    Load()\n    log.info(x)\nactivity Load() -> string:\n    a.a()\n',
    ],
    ['signals', 'workflow W():\n    signal Approve()\n    await signal Approved\n'],
    ['arguments', 'workflow W():\n    activity Load(nmae: "x")\nactivity Load(name: string):\n    a.a(name)\n'],
    ['options', 'workflow W():\n    options(tiemout: 5m)\n    activity Load()\nactivity Load():\n    a.a()\n'],
    [
      'options in camel case',
      'workflow W():\n    options(timeout: 5m, retry: {maximumAtempts: 3})\n    activity Load()\nactivity Load():\n    a.a()\n',
    ],
    [
      'durations in quotes',
      'workflow W():\n    options(timeout: "5m")\n    activity Load()\nactivity Load():\n    a.a()\n',
    ],
    ['tests for null', 'workflow W(x: string):\n    if x == null:\n        close\n'],
    ['methods', 'workflow W(xs: []int):\n    xs.apend(3)\n'],
  ])('of %s leave nothing to say', (_, source) => {
    expect(problemsOf(source)).not.toEqual([]);
    expect(problemsOf(fixed(source))).toEqual([]);
  });
});
