import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { recordsOf } from '../testing/facts.js';
import { checkTexts, problemsOf } from '../testing/program.js';

/** What a record is found to be that a workflow gets, and that nobody makes. */
function found(statements: string, more = ''): string | string[] {
  const lines = statements.split('\n').map((line) => `    ${line}\n`);
  const source = `workflow W(r: R, d: decimal, t: time, s: duration):\n${lines.join('')}${more}`;
  const { facts, diagnostics } = checkTexts(source);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  return errors.length > 0 ? errors : recordsOf(facts).find((one) => one.startsWith('R '))!;
}

describe('what an operator is used for says what its operands are', () => {
  test.each([
    ['x = r.a < r.b', 'R { a: int, b: int }'],
    ['x = d < r.a', 'R { a: decimal }'],
    ['x = -r.a + d', 'R { a: decimal }'],
    ['await timer(3 * (r.a / 2 - 4 * r.b))', 'R { a: duration, b: duration }'],
    ['await timer(r.a)\n    options(summary: r.b)', 'R { a: duration, b: string }'],
    ['x = "a" + r.a\ny = r.a.length', 'R { a: string }'],
    ['x = "{r.a}"\ny = len(r.a)', 'R { a: string }'],
    ['x = len(r.a)', 'R { a: []unknown }'],
    ['x = r.a.contains("b")', 'R { a: []string }'],
    ['x = r.a.contains("b") and "{r.a}" == ""', 'R { a: string }'],
    ['x = 3 in r.a', 'R { a: []int }'],
    ['m = {a: 1}\nx = r.a in ["b"]', 'R { a: string }'],
  ])('%s', (statements, record) => {
    expect(found(statements)).toBe(record);
  });

  test('a key is what the keys of its map are', () => {
    const source = 'workflow W(r: R, m: map[string]int):\n    x = m[r.key]\n';
    expect(recordsOf(checkTexts(source).facts)).toEqual(['R { key: string }']);
  });
});

test.each([
  ['k.tags[3]', 'TWF402 3'],
  ['other["a"]', 'TWF402 "a"'],
  ['k.tags["a"]', undefined],
  ['other[1]', undefined],
])('%s: what a map is read by adds no key', (read, problem) => {
  const source = `
    type K:
        tags: map[string]int
    workflow W(k: K, m: map[int]int):
        other = m
        x = ${read}
        log.info("{x != null}")
  `;
  expect(problemsOf(source)).toEqual(problem ? [problem] : []);
});

describe('literals are as exact as what they meet', () => {
  test.each(['d < 0.5', 'd == 1 - 0.25', '0.10 + d > -0.5', 'd >= 0.1 / 3'])('%s', (condition) => {
    expect(found(`if ${condition}:\n    close`)).toBe('R unknown');
  });

  test('also where a record holds them', () => {
    const source = `
      workflow W(d: decimal):
          options = Limits{low: d, high: -(0.1 / 3)}
          close failed options
    `;
    expect(problemsOf(source)).toEqual([]);
  });

  test('an int that is used as a decimal once is an int', () => {
    const source = `
      workflow W(xs: []int) -> int:
          n = 1
          m = n
          activity Pay(n)
          close m
      activity Pay(amount: decimal):
          options(timeout: 9s)
          pay(amount)
    `;
    expect(problemsOf(source)).toEqual([]);
  });
});

describe('what may be missing', () => {
  const note = 'activity Note(text: string, span: duration):\n    options(timeout: 9s)\n    note(text, span)\n';

  test('is there once it is negated', () => {
    const source = `workflow W(xs: []duration):\n    x = -xs[0]\n    activity Note("", x)\n${note}`;
    expect(problemsOf(source)).toEqual([]);
  });

  test('an option takes it with a check', () => {
    const source = `workflow W(xs: []duration):\n    await timer(5m)\n        options(summary: "a")\n    activity Note("", 5m)\n        options(timeout: xs[0])\n${note}`;
    expect(problemsOf(source)).toEqual([]);
  });

  test('a record that a condition asks for', () => {
    const { facts } = checkTexts('workflow W(r: R):\n    if r.inner:\n        x = r.inner.name + "a"\n');
    expect(recordsOf(facts)).toEqual(['R { inner?: RInner? }', 'RInner { name: unknown }']);
  });

  test('an item that only some paths through a fan-out give', () => {
    const source = `
      workflow W(xs: []string) -> []string:
          await all:
              for x in xs:
                  if x == "":
                      activity Load(x) -> loaded
          close loaded
      activity Load(id: string) -> string:
          options(timeout: 9s)
          return id
    `;
    expect(problemsOf(source)).toEqual(['TWF402 loaded']);
  });
});

describe('the result of a function is one thing', () => {
  const activities = (one: string, other: string) => `
activity One(id: string) -> string:
    options(timeout: 9s)
    x = db.load(id)
    ${one}
activity Other(id: string) -> string:
    options(timeout: 9s)
    x = db.load(id)
    ${other}
`;

  test('with the fields that all its uses know', () => {
    const source = activities('return x.name', 'return "{x.size}"');
    expect(recordsOf(checkTexts(source).facts)).toEqual(['DbLoadResult { name: string, size: unknown }']);
    expect(problemsOf(source)).toEqual([]);
  });

  test('as one use knows it, where others know nothing', () => {
    expect(problemsOf(activities('return x', 'return "{x}"'))).toEqual([]);
  });

  test('unless they disagree', () => {
    expect(problemsOf(activities('return x', 'return "{x * 5m < 1h}"'))).toEqual(['TWF422 db.load']);
  });
});

describe('a value of several parts', () => {
  const pair = 'activity Pair() -> (string, int):\n    options(timeout: 9s)\n';

  test('may come from a started call', () => {
    const source = `workflow W() -> int:\n    spawn activity Pair() -> h\n    await h -> (a, b)\n    close b\n${pair}`;
    expect(problemsOf(source)).toEqual([]);
  });

  test('has as many as there are names', () => {
    const source = `workflow W():\n    spawn activity Pair() -> h\n    await h -> (a, b, c)\n${pair}`;
    expect(problemsOf(source)).toEqual(['TWF431 -> (a, b, c)']);
  });
});

test('`in` looks into lists and maps', () => {
  const source =
    'workflow W(x: int, s: string, m: map[string]int, xs: []int):\n    a = x in x\n    b = s in s\n    c = s in m\n    d = x not in xs\n';
  expect(problemsOf(source)).toEqual(['TWF402 x', 'TWF402 s']);
});

test('a name is another variable in each block that knows nothing of the others', () => {
  const source = `
    workflow W(ok: bool) -> string:
        if ok:
            if not ok:
                spawn activity Load("a") -> x
        else:
            await all:
                if not ok:
                    x = "b"
                else:
                    x = "c"
            close x
        close "d"
    activity Load(id: string) -> string:
        options(timeout: 9s)
        return id
  `;
  expect(problemsOf(source)).toEqual(['TWF613 x']);
});

test('what is never reached knows what was known before', () => {
  const source = 'workflow W() -> []int:\n    n = 1\n    for:\n        await timer(1s)\n    close [n, n]\n';
  expect(problemsOf(source)).toEqual(['TWF604 close [n, n]']);
});

test('a text that is no member says where one is asked for', () => {
  const source = `
    enum Speed: slow, fast
    workflow W():
        speed = "quick"
        workflow Go(speed)
    workflow Go(speed: Speed):
        close
  `;
  const [{ code, file, labels }] = checkTexts(source).diagnostics as [Diagnostic];
  const marked = labels.map(({ span }) => file!.text.slice(span.start - 3, span.end));
  expect([code, ...marked]).toEqual(['TWF437', 'um Speed', 'd: Speed', 'Go(speed']);
});

describe('of what little is known', () => {
  const problemsOfTest = (condition: string) =>
    problemsOf(`
      workflow W(u: unknown, d: decimal, xs: []string, v: any):
          if ${condition}:
              close
    `);

  test.each(['u == null', 'u == "a"', 'u in xs', 'xs.contains(u)', '"abc".contains(v)', 'u == v', 'v == null'])(
    '%s is a condition',
    (condition) => {
      expect(problemsOfTest(condition)).toEqual([]);
    },
  );

  test.each(['u == d', 'd != v'])('%s is none: an exact number is compared with numbers', (condition) => {
    expect(problemsOfTest(condition)).toEqual([`TWF409 ${condition}`]);
  });
});
