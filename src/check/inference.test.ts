import { describe, expect, test } from 'vitest';
import { nodesOf, recordsOf, variableLine, variablesOf } from '../testing/facts.js';
import { checkTexts, problemsOf } from '../testing/program.js';

/** The records of a program, as they are inferred. */
const records = (source: string) => recordsOf(checkTexts(source).facts);

/** What the names of a program are. */
const types = (source: string) => {
  const { files, facts } = checkTexts(source);
  return Object.fromEntries(
    variablesOf(files, facts).map((one) => [
      one.name,
      variableLine(one)
        .slice(one.name.length + 2)
        .split(',')[0],
    ]),
  );
};

describe('records are what is done with them', () => {
  test('fields are what they are passed to', () => {
    const source = `
workflow Order(order: Order):
    activity Charge(order.payment)
    activity Mail(order.customer.email)
activity Charge(payment: Payment):
    options(timeout: 9s)
    bank.charge(payment)
activity Mail(address: string):
    options(timeout: 9s)
    mail.send(address)
`;
    expect(records(source)).toEqual([
      'Order { customer: OrderCustomer, payment: Payment }',
      'OrderCustomer { email: string }',
      'Payment unknown',
    ]);
  });

  test('fields are what they are given; one that a record leaves out is optional', () => {
    const source = `
workflow Intake(name: string) -> Intake:
    if name == "":
        close Intake{abandoned: true}
    close Intake{abandoned: false, borrower: name}
`;
    expect(records(source)).toEqual(['Intake { abandoned: bool, borrower?: string? }']);
  });

  test('a field that is filled in later is not', () => {
    const source = `
workflow Intake(name: string) -> Intake:
    intake = Intake{abandoned: true}
    if name == "":
        close intake
    full = Intake{abandoned: false, borrower: name}
    full.borrower = "somebody"
    close full
`;
    expect(records(source)).toEqual(['Intake { abandoned: bool, borrower: string }']);
  });

  test('what the result of a call is bound to is given, too', () => {
    const source = `
workflow Sum(entry: Entry) -> Entry:
    activity Count(entry.name) -> entry.total
    close entry
activity Count(name: string) -> int:
    options(timeout: 9s)
    return store.count(name)
`;
    expect(records(source)).toEqual(['Entry { name: string, total: int }']);
  });

  test('fields are what they are compared with, computed with, and tested for', () => {
    const source = `
workflow W(o: Order) -> decimal:
    if o.kind == "gift" and o.confirmed and o.share < 0.8:
        await timer(o.pause * 2)
    if o.count >= 3 and now() - o.created > 24h:
        activity Note(o.title + o.subtitle)
    close o.price * o.rate + 1
activity Note(text: string):
    options(timeout: 9s)
    notes.add(text)
`;
    expect(records(source)).toEqual([
      'Order { confirmed: bool, count: int, created: time, kind: string, pause: duration, price: decimal, rate: decimal, share: float, subtitle: string, title: string }',
    ]);
    expect(problemsOf(source)).toEqual([]);
  });

  test('what nothing says more about is an int', () => {
    expect(records('workflow W(o: Order):\n    log.info("{o.count - 1}")\n')).toEqual(['Order { count: int }']);
    expect(problemsOf('workflow W(o: Order):\n    log.info("{o.a + o.b}")\n')).toEqual(['TWF421 o.a + o.b']);
  });

  test('an operand that several operators say something about is what fits all of them', () => {
    const source = (first: string, second: string) =>
      `workflow W(o: Order):\n    log.info("{o.x ${first}} {o.x ${second}}")\n`;
    expect(records(source('+ 1', '+ 2.5'))).toEqual(['Order { x: float }']);
    expect(records(source('+ 2.5', '+ 1'))).toEqual(['Order { x: float }']);
  });

  test('a loop goes over a list, and its items have fields', () => {
    const source = `
workflow W(conditions: Conditions):
    for one in conditions.items:
        if one.met:
            activity Note(one.text)
    for key, value in conditions.limits:
        activity Note(key)
activity Note(text: string):
    options(timeout: 9s)
    notes.add(text)
`;
    expect(records(source)).toEqual([
      'Conditions { items: []ConditionsItemsItem, limits: map[string]unknown }',
      'ConditionsItemsItem { met: bool, text: string }',
    ]);
  });

  test('a record without a name becomes the one that it meets', () => {
    const source = `
workflow W(state):
    log.info("{state.count}")
    activity Save(state)
activity Save(state: Progress):
    options(timeout: 9s)
    store.put(state.count + 1)
`;
    expect(records(source)).toEqual(['Progress { count: int }']);
  });

  test('names are nominal, and records may hold themselves', () => {
    const source = `
workflow W(tree: Tree) -> Tree:
    close Tree{left: tree, value: tree.value + 1}
`;
    expect(records(source)).toEqual(['Tree { left: Tree, value: int }']);
  });

  test('only ever made empty', () => {
    expect(records('workflow W() -> Grant:\n    close Grant{}\n')).toEqual(['Grant {  }']);
  });
});

describe('names get their types', () => {
  test('from what they are assigned', () => {
    const source = `
workflow W(n: int, d: duration, t: time, m: decimal):
    a = n * 2
    b = n * 1.5
    c = m * n
    e = d + 5m
    f = t - t
    g = t + d
    h = "n: " + n
    i = [1, 2.5]
    j = n / 2
    k = d / 1s
    log.info("{a} {b} {c} {h} {i.length} {j} {k}")
    await timer(e + f)
    log.info("{g < t}")
`;
    expect(types(source)).toMatchObject({
      a: 'int',
      b: 'float',
      c: 'decimal',
      e: 'duration',
      f: 'duration',
      g: 'time',
      h: 'string',
      i: '[]float',
      j: 'int',
      k: 'float',
    });
  });

  test('from both branches', () => {
    const source = `
workflow W(ok: bool, id: string) -> Report:
    if ok:
        x = id
    else:
        x = 3
    close Report{x}
`;
    expect(types(source)).toMatchObject({ x: 'int | string' });
    expect(checkTexts(source).diagnostics.map(({ code }) => code)).toEqual(['TWF423', 'TWF423']);
  });

  test('from their uses, if they are parameters', () => {
    const source = `
workflow W(a, b, c):
    await timer(a)
    if b:
        for one in c:
            activity Note(one)
activity Note(text: string):
    options(timeout: 9s)
    notes.add(text)
`;
    expect(types(source)).toMatchObject({ a: 'duration', b: 'bool', c: '[]string' });
  });

  test('a result that nobody declares is what `close` gives', () => {
    const source = `
workflow Outer() -> Report:
    workflow Inner() -> x
    close Report{x}
workflow Inner():
    close 5
`;
    expect(records(source)).toEqual(['Report { x: int }']);
  });

  test('through signals', () => {
    const source = `
workflow W() -> string:
    signal Answer(text: string, level)
    await signal Answer -> (given, how)
    if how > 3:
        close given
    close ""
`;
    expect(types(source)).toMatchObject({ given: 'string', how: 'int' });
  });
});

describe('literals are what they are needed as', () => {
  test.each([
    ['float', '1'],
    ['float', '0.5'],
    ['decimal', '1'],
    ['decimal', '0.015'],
    ['decimal', '-3'],
    ['int', '1'],
  ])('%s: %s', (type, literal) => {
    expect(problemsOf(`workflow W() -> ${type}:\n    close ${literal}\n`)).toEqual([]);
  });

  test.each([
    ['int', '0.5'],
    ['string', '1'],
    ['duration', '5'],
    ['bool', '1'],
    ['[]decimal', '[float(1)]'],
  ])('%s is not %s', (type, value) => {
    expect(problemsOf(`workflow W() -> ${type}:\n    close ${value}\n`)).toHaveLength(1);
  });
});

describe('what does not go together', () => {
  test('two names are two types', () => {
    const source = `
workflow W(r: Request):
    activity Approve(r)
activity Approve(r: Approval):
    options(timeout: 9s)
    desk.approve(r)
`;
    const [found] = checkTexts(source).diagnostics;
    expect(found).toMatchObject({
      code: 'TWF401',
      message: '`Approve` takes an `Approval`, but this is a `Request`.',
      hint: 'If `Request` and `Approval` are the same, use one name for both.',
    });
    expect(found!.labels.map(({ text }) => text)).toEqual([
      'a `Request` comes from here',
      '`Approval` is asked for here',
    ]);
  });

  test('the same inside lists', () => {
    const source = `
workflow W(xs: []Item):
    activity Sum(xs)
activity Sum(xs: []ItemResult):
    options(timeout: 9s)
    sums.add(xs)
`;
    expect(problemsOf(source)).toEqual(['TWF402 xs']);
  });

  test('of several values, the one that does not fit is named', () => {
    const source = `
workflow W(ok: bool, id: string):
    x = id
    if ok:
        x = 3
    activity Note(x)
activity Note(text: string):
    options(timeout: 9s)
    notes.add(text)
`;
    const [found] = checkTexts(source).diagnostics;
    expect(found!.message).toBe('`Note` takes a `string`, but this may be an `int`.');
    expect(found!.labels.map(({ text }) => text)).toEqual(['an `int` comes from here', '`string` is asked for here']);
  });
});

describe('what may be missing', () => {
  const read = (source: string) =>
    checkTexts(`${source}\nactivity Note(text: string):\n    options(timeout: 9s)\n    notes.add(text)\n`).diagnostics;

  test('by declaration is an error where a value is needed', () => {
    expect(read('workflow W(a: string?):\n    activity Note(a)').map(({ code }) => code)).toEqual(['TWF413']);
    expect(read('workflow W():\n    activity Note(null)').map(({ code }) => code)).toEqual(['TWF413']);
  });

  test('by inference is read with a check, and a warning', () => {
    const source = 'workflow W(ok: bool):\n    a = null\n    if ok:\n        a = "x"\n    activity Note(a)';
    expect(read(source).map(({ code }) => code)).toEqual(['TWF414']);
  });

  test('an item of a list or a map is read with a check', () => {
    expect(
      read('workflow W(xs: []string, m: map[string]string):\n    activity Note(xs[0])\n    activity Note(m["a"])'),
    ).toEqual([]);
    const { facts, files } = checkTexts('workflow W(xs: []int) -> int:\n    close xs[0] + 1\n');
    const [index] = nodesOf(files, 'Index');
    expect(facts.reads.get(index!)).toEqual({ kind: 'checked', name: 'xs[…]' });
  });
});
