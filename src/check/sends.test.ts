import { expect, test } from 'vitest';
import { problemsOf } from '../testing/program.js';

const child = `
workflow Child(id: string) -> string:
    signal Go(by: string, n: int?)
    query Q() -> string:
        return id
    await signal Go -> (by, n)
    close "{by} {n != null}"
workflow Other():
    signal Go(by: string)
    await signal Go
activity Work():
    options(timeout: 10s)
    work()
`;

const start = 'spawn workflow Child("a") -> h';

test.each([
  ['to a child', [start, 'signal h.Go("x")', 'await h'], []],
  ['with its parameters', [start, 'signal h.Go(n: 1, by: "x")', 'await h'], []],
  ['with arguments of other types', [start, 'signal h.Go(1)', 'await h'], ['TWF402 1']],
  ['with too few', [start, 'signal h.Go()', 'await h'], ['TWF403 Go']],
  ['that it has not', [start, 'signal h.Stop()', 'await h'], ['TWF307 Stop']],
  ['for what it has of another kind', [start, 'signal h.Q()', 'await h'], ['TWF307 Q']],
  ['to an activity', ['spawn activity Work() -> h', 'signal h.Go("x")', 'await h'], ['TWF628 h']],
  ['to nothing', ['signal h.Go("x")'], ['TWF308 h']],
  ['to what is no handle', ['h = 1', 'signal h.Go("x")', 'log.info("{h}")'], ['TWF628 h']],
  ['to the workflow itself', ['await timer(1s)', 'signal id.Go("x")'], ['TWF628 id']],
  ['to one of two', [start, 'await h', 'spawn workflow Other() -> h', 'signal h.Go("x")', 'await h'], ['TWF628 h']],
  [
    'to a name that its own result is given',
    [start, 'signal h.Go("x")', 'await h -> h'],
    ['TWF447 workflow Child("a")'],
  ],
  ['said once', ['h = 1', 'signal h.Go("x")', 'signal h.Go("y")', 'log.info("{h}")'], ['TWF628 h']],
  ['to each of a list', [start, 'for one in [h]:', '    signal one.Go("x")', 'await h'], []],
  [
    'to each that was put into a list',
    ['hs = []', start, 'hs.append(h)', 'for each in hs:', '    signal each.Go("x")', '    await each'],
    [],
  ],
  ['to another name of it', [start, 'promise g <- h', 'same = g', 'signal same.Go("x")', 'await h'], []],
  [
    'to each of a list of several workflows',
    [
      'hs = []',
      start,
      'append(hs, h)',
      'spawn workflow Other() -> g',
      'append(hs, g)',
      'for one in hs:',
      '    signal one.Go("x")',
      'await h',
    ],
    ['TWF628 one'],
  ],
  ['to each of a list of something else', ['for one in [1]:', '    signal one.Go("x")'], ['TWF628 one']],
])('a signal %s', (_, lines, expected) => {
  const body = lines.map((line) => `    ${line}\n`).join('');
  expect(problemsOf(`workflow W(id: string):\n    log.info(id)\n${body}${child}`)).toEqual(expected);
});

test('a query sends none', () => {
  const text = `workflow W():\n    query Q() -> int:\n        signal h.Go("x")\n        return 1\n    ${start}\n    await h\n${child}`;
  expect(problemsOf(text)).toEqual(['TWF621 Q', 'TWF607 signal h.Go("x")']);
});
