import { describe, expect, test } from 'vitest';
import { recordsOf, variableLine, variablesOf } from '../testing/facts.js';
import { checkTexts, problemsOf } from '../testing/program.js';

const head =
  'workflow W(n: int, f: float, d: decimal, s: string, p: duration, t: time, m: map[int]string, xs: []int, b: bool):\n';

/** The type of the variable `x` that is given a value. */
function typeOf(value: string): string | undefined {
  const { files, facts, diagnostics } = checkTexts(`${head}    x = ${value}\n    log.info("", x: x)\n`);
  expect(diagnostics.filter(({ severity }) => severity !== 'hint')).toEqual([]);
  return variablesOf(files, facts)
    .map(variableLine)
    .find((line) => line.startsWith('x: '))
    ?.split(/: |, /)[1];
}

const problems = (value: string) => problemsOf(`${head}    x = ${value}\n    log.info("", x: x)\n`);

describe('what a built-in gives', () => {
  test.each([
    ['min(n, 1)', 'int'],
    ['max(n, f, 1)', 'float'],
    ['min(d, n)', 'decimal'],
    ['max(d, 0.5)', 'decimal'],
    ['min(p, 5m)', 'duration'],
    ['max(t, now())', 'time'],
    ['abs(n)', 'int'],
    ['abs(d)', 'decimal'],
    ['abs(p)', 'duration'],
    ['floor(f)', 'int'],
    ['round(d)', 'int'],
    ['round(d, 2)', 'decimal'],
    ['round(f, n)', 'float'],
    ['range(n)', '[]int'],
    ['range(1, n)', '[]int'],
    ['keys(m)', '[]int'],
    ['m.values()', '[]string'],
    ['int(s)', 'int'],
    ['float(d)', 'float'],
    ['decimal(f)', 'decimal'],
  ])('%s: %s', (value, type) => expect(typeOf(value)).toBe(type));
});

describe('what a built-in takes', () => {
  test.each([
    ['min(n)', ['TWF403 min(n)']],
    ['min(n, s)', ['TWF408 min(n, s)']],
    ['max(d, f)', ['TWF408 max(d, f)']],
    ['min(t, p)', ['TWF408 min(t, p)']],
    ['abs(s)', ['TWF402 s']],
    ['floor(s)', ['TWF402 s']],
    ['round(p)', ['TWF402 p']],
    ['round(f, d)', ['TWF402 d']],
    ['range(f)', ['TWF402 f']],
    ['range(1, 2, 3)', ['TWF403 range(1, 2, 3)']],
    ['keys(xs)', ['TWF402 xs']],
    ['values(s)', ['TWF402 s']],
    ['int(b)', ['TWF402 b']],
    ['n.abs()', ['TWF427 abs']],
  ])('%s', (value, expected) => expect(problems(value)).toEqual(expected));

  test('what is not known yet is what goes with the rest', () => {
    const types = (body: string) => {
      const text = `workflow W(order: Order, d: decimal):\n    ${body}\n`;
      const { facts, diagnostics } = checkTexts(text);
      expect(diagnostics.filter(({ severity }) => severity !== 'hint')).toEqual([]);
      return recordsOf(facts)[0]!.replace(/^Order \{ | \}$/g, '');
    };
    expect(types('log.info("", x: max(order.a, d))')).toBe('a: decimal');
    expect(types('log.info("", x: min(order.a, 5m))')).toBe('a: duration');
    expect(types('log.info("", x: min(order.a, now()))')).toBe('a: time');
    expect(types('await timer(max(order.a, order.b))')).toBe('a: duration, b: duration');
    expect(types('log.info("", x: max(order.a, 3))')).toBe('a: int');
    expect(types('for k in keys(order.m):\n        log.info(k)')).toBe('m: map[string]unknown');
  });
});

describe('what is compared', () => {
  test.each([
    ['xs == xs', ['TWF445 xs']],
    ['n == m', ['TWF445 m']],
    ['b < b', ['TWF446 b']],
    ['n < s', ['TWF409 n < s']],
    ['n == s', ['TWF409 n == s']],
    ['d < f', ['TWF409 d < f']],
    ['p == 5', ['TWF409 p == 5']],
    ['d in [1]', ['TWF409 d in [1]']],
  ])('%s', (value, expected) => expect(problems(value)).toEqual(expected));

  test('what is several things, and whose sum it is itself', () => {
    const source = 'workflow W():\n    n = 0\n    for x in [1]:\n        n = x == 1\n    n = n + 1\n';
    expect(problemsOf(source)).toEqual(['TWF408 n + 1']);
  });
});

describe('conditions', () => {
  const fixed = (condition: string) => {
    const { diagnostics, files } = checkTexts(`${head}    if ${condition}:\n        await timer(1m)\n`);
    const [edit] = diagnostics.find(({ code }) => code === 'TWF407')!.fixes[0]!.edits;
    const { text } = files[0]!.source;
    const line = text.slice(0, edit!.span.start) + edit!.text + text.slice(edit!.span.end);
    expect(problemsOf(line)).toEqual([]);
    return line.split('\n')[1]!.trim();
  };

  test('the mending of what is no condition is certain', () => {
    expect(fixed('n')).toBe('if n != 0:');
    expect(fixed('not d')).toBe('if not d != 0:');
    expect(fixed('s')).toBe('if s != "":');
    expect(fixed('xs')).toBe('if xs.length > 0:');
    expect(fixed('p')).toBe('if p != 0s:');
    expect(fixed('b and m')).toBe('if b and m.length > 0:');
  });
});

test('a literal is what its place asks for, and is converted after a checked read', () => {
  const text = `workflow W(order: Order, n: int):
    total = order.amount * 1.19
    activity Charge(total)
    activity Charge([n, 2][0])
    activity Charge(order.left)

workflow Orders():
    workflow W(Order{amount: 3, left: 4}, 1)
    workflow W(Order{amount: 2.5}, 1)

activity Charge(amount: decimal):
    options(timeout: 1s)
    ...
`;
  expect(problemsOf(text)).toEqual(['TWF414 order.left']);
});

test.each([
  ['workflow W() -> bool:\n    close patched("a")\n', []],
  ['workflow W():\n    if patched(3):\n        log("x")\n', ['TWF402 3']],
  ['workflow W():\n    patched("a")\n', ['TWF611 patched("a")']],
  [
    'workflow W():\n    query Q() -> bool:\n        return patched("a")\n    await timer(1s)\n',
    ['TWF607 patched("a")'],
  ],
  ['activity A() -> bool:\n    options(timeout: 1s)\n    return patched("a")\n', ['TWF607 patched("a")']],
])('a patch is asked for in workflows alone: %j', (text, expected) => {
  expect(problemsOf(text)).toEqual(expected);
});
