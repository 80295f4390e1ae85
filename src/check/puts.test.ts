import { expect, test } from 'vitest';
import { problemsOf } from '../testing/program.js';

/** @param lines of the body of a workflow with a map, a list and an enum. */
function found(lines: readonly string[]): string[] {
  const body = lines.map((line) => `    ${line}\n`).join('');
  const types = 'enum Side: left, right\n';
  return problemsOf(
    `${types}workflow W(m: map[string]decimal, xs: []int, sides: map[Side]int, n: int) -> string:\n${body}    close "{len(m)} {len(xs)} {len(sides)} {n}"\n`,
  );
}

test.each([
  ['of the type of the map', ['m["a"] = 1.5', 'm["b"] = n'], []],
  ['of another type', ['m["a"] = "b"'], ['TWF402 "b"']],
  ['under a key of another type', ['m[1] = 1'], ['TWF402 1']],
  ['under what is no member', ['sides["up"] = 1'], ['TWF437 "up"']],
  ['into a list', ['xs[0] = 1'], ['TWF402 xs']],
  ['into what is no path', ['range(3)[0] = 1'], ['TWF212 range(3)[0]']],
  ['that is still to come', ['m["a"] = activity A()'], ['TWF212 m["a"]']],
  [
    'that is a handle',
    ['hs = {}', 'promise h <- timer(1s)', 'hs["a"] = h', 'await h', 'log.info("{len(hs)}")'],
    ['TWF411 h'],
  ],
  ['computed of the one before', ['m["a"] = m["a"] + 1'], []],
])('an entry %s', (_, lines, expected) => {
  expect(found(lines)).toEqual(expected);
});

test.each([
  ['texts', ['a = {}', 'a["x"] = 1', 'for k, v in a:', '    log.info(k, v: v + n)']],
  ['ints', ['a = {}', 'a[n] = "x"', 'for k, v in a:', '    log.info(v, k: k + n)']],
  ['members', ['a = {}', 'for side, i in sides:', '    a[side] = i', 'for side, i in a:', '    sides[side] = i']],
  ['texts, with entries from the start', ['a = {x: 1}', 'a["y"] = n', 'log.info("{len(a)}")']],
])('a map of %s is one because entries are put into it', (_, lines) => {
  expect(found(lines)).toEqual([]);
});

test('a query puts nothing into what the workflow holds', () => {
  const own = 'own = {}\n        own["a"] = n\n        m["b"] = n\n        return own.length';
  const text = `workflow W(n: int):\n    state:\n        m = {}\n    query Q() -> int:\n        ${own}\n    m["a"] = n\n    await timer(1s)\n`;
  expect(problemsOf(text)).toEqual(['TWF620 m']);
});
