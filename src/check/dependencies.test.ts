import { describe, expect, test } from 'vitest';
import { dependencyLines } from '../testing/facts.js';
import { checkTexts, problemsOf } from '../testing/program.js';

/** What the activities of a program depend on, on its only worker. */
function dependencies(source: string): string[] {
  const { facts } = checkTexts(source);
  expect(facts.topology.workers).toHaveLength(1);
  return dependencyLines(facts.topology.workers[0]!.dependencies);
}

describe('what a body calls', () => {
  test('takes what it is given, and gives what is made of it', () => {
    const source = `
activity Reserve(id: string, items: []Item) -> string:
    price = prices.of(items)
    if price > 100:
        log.warn("expensive", id: id)
    return warehouse.reserve(id, items)
`;
    expect(dependencies(source)).toEqual([
      'prices.of(items: []Item) -> int',
      'warehouse.reserve(id: string, items: []Item) -> string',
    ]);
  });

  test('parameters are called like what is given to them', () => {
    expect(dependencies('activity A(order: Order):\n    save(order.id, order.id, "x", 3)\n')).toEqual([
      'save(id: unknown, id2: unknown, arg3: string, arg4: int) -> void',
    ]);
  });

  test('a call whose value nobody uses gives nothing', () => {
    expect(dependencies('activity A(x: int):\n    a.a(x)\n')).toEqual(['a.a(x: int) -> void']);
  });

  test('the last call is the result, where one is declared and none is returned', () => {
    expect(dependencies('activity A(x: int) -> string:\n    a.a(x)\n    b.b(x)\n')).toEqual([
      'a.a(x: int) -> void',
      'b.b(x: int) -> string',
    ]);
    const { facts } = checkTexts('activity A(x: int) -> string:\n    b.b(x)\n');
    expect(facts.impliedReturns.size).toBe(1);
  });

  test.each([
    ['a `return` before', 'activity A(x: int) -> string:\n    if x > 3:\n        return "x"\n    b.b(x)\n'],
    ['a log line at the end', 'activity A(x: int) -> string:\n    b.b(x)\n    log.info("done")\n'],
    ['a built-in at the end', 'activity A(xs: []int) -> string:\n    xs.append(3)\n'],
  ])('%s is none', (_, source) => {
    expect(problemsOf(source)).toEqual(['TWF601 A']);
  });
});

describe('activities that use one name', () => {
  const two = (a: string, b: string) =>
    `activity First(x: int, y: string) -> int:\n    ${a}\n    return x\nactivity Second(x: int, y: string) -> int:\n    ${b}\n    return x\n`;

  test('in the same way share it; types of arguments join', () => {
    expect(dependencies(two('check(x)', 'check(y)'))).toEqual(['check(x: int | string) -> void']);
    expect(problemsOf(two('check(x)', 'check(y)'))).toEqual([]);
  });

  test('with and without using the value agree', () => {
    expect(dependencies(two('x = check(y)', 'check(y)'))).toEqual(['check(y: string) -> int']);
  });

  test('with another number of arguments get one each', () => {
    const source = two('check(x)', 'check(x, y)');
    expect(problemsOf(source)).toEqual(['TWF422 check']);
    expect(dependencies(source)).toEqual(['First.check(x: int) -> void', 'Second.check(x: int, y: string) -> void']);
  });

  test('with another result get one each', () => {
    const source = two('x = check(y)', 'y = check(y)');
    expect(problemsOf(source)).toEqual(['TWF422 check']);
    expect(dependencies(source)).toEqual(['First.check(y: string) -> int', 'Second.check(y: string) -> string']);
  });

  test('called here and with members there get one each', () => {
    const source = two('store(x)', 'store.put(x)');
    expect(problemsOf(source)).toEqual(['TWF422 store']);
    expect(dependencies(source)).toEqual(['First.store(x: int) -> void', 'store.put(x: int) -> void']);
  });

  test.each([
    [
      'another number of arguments',
      'check(x)\n    check(x, y)',
      'it takes 2 arguments and gives nothing here, and elsewhere it takes 1 argument and gives nothing',
    ],
    [
      'another result',
      'x = check(y)\n    y = check(y)',
      'it takes 1 argument and gives a `string` here, and elsewhere it takes 1 argument and gives an `int`',
    ],
  ])('inside of one activity there is nothing to tell them apart by: %s', (_, body, what) => {
    const source = `activity Only(x: int, y: string) -> int:\n    ${body}\n    return x\n`;
    const { diagnostics } = checkTexts(source);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['TWF435', `\`check\` cannot be one thing: ${what}.`],
    ]);
  });

  test('a name is not that of an activity whose own are kept apart', () => {
    const source = 'activity db(x: int):\n    save(x)\nactivity Other(x: int):\n    save(x, x)\n    db(x)\n';
    expect(problemsOf(source)).toEqual(['TWF422 save', 'TWF435 save']);
  });

  test('a name is not that of an activity without a body: both are given by the dependencies', () => {
    const source = (body: string) => `activity charge(x: int):\n    ${body}\nactivity Other(x: int):\n    charge(x)\n`;
    expect(problemsOf(source('...'))).toEqual(['TWF435 charge']);
    expect(problemsOf(source('charge.card(x)'))).toEqual(['TWF422 charge']);
    expect(problemsOf(source('store(x)'))).toEqual([]);
  });

  test('nested names disagree by themselves', () => {
    const source = two('db.get(x)', 'db.get(x, y)') + 'activity Third(x: int):\n    db.put(x)\n';
    expect(dependencies(source)).toEqual([
      'First.db.get(x: int) -> void',
      'Second.db.get(x: int, y: string) -> void',
      'db.put(x: int) -> void',
    ]);
  });
});

describe('names that are only read', () => {
  test('are constants, with a warning', () => {
    const source = 'activity A() -> string:\n    return READY\n';
    expect(problemsOf(source)).toEqual(['TWF310 READY']);
    expect(dependencies(source)).toEqual(['READY: string']);
  });

  test('with dots are members', () => {
    expect(dependencies('activity A() -> int:\n    return settings.page.size\n')).toEqual(['settings.page.size: int']);
  });

  test('are no dependencies of a workflow', () => {
    expect(problemsOf('workflow W() -> string:\n    close READY\n')).toEqual(['TWF308 READY']);
  });
});

test('each worker depends on what its own activities need', () => {
  const { facts } = checkTexts(`
workflow Order():
    activity Ship()
    options(task_queue: "printers")
    activity Print()

activity Ship():
    carrier.ship()

activity Print():
    printer.print()
`);
  expect(facts.topology.workers.map(({ name, dependencies: own }) => [name, dependencyLines(own)])).toEqual([
    ['main', ['carrier.ship() -> void']],
    ['printers', ['printer.print() -> void']],
  ]);
});
