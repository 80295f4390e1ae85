import { expect, test } from 'vitest';
import { variableLine, variablesOf } from '../testing/facts.js';
import { checkTexts, problemsOf } from '../testing/program.js';

const others = `
activity Load(id: string) -> string:
    options(timeout: 10s)
    return store.load(id)
`;

const program = (...lines: readonly string[]) => ({
  'main.twf': `workflow W(id: string):
    signal Nudge()
    signal One(by: string)
    signal Two(by: string, level: int)
    ${lines.join('\n    ')}
`,
  'other.twf': others,
});

test.each([
  ['promise h <- timer(5m)', 'handle of void'],
  ['promise h <- signal Nudge', 'handle of void'],
  ['promise h <- signal One', 'handle of string'],
  ['promise h <- signal Two', 'handle of (string, int)'],
  ['promise h <- activity Load(id)', 'handle of string'],
  ['spawn signal One -> h', 'handle of string'],
])('%s is a %s', (line, type) => {
  const { files, facts } = checkTexts(program(line, 'await h'));
  const [h] = variablesOf([files[0]!], facts).filter(({ name }) => name === 'h');
  expect(variableLine(h!)).toBe(`h: ${type}, local, declared`);
});

test.each<[readonly string[], readonly string[]]>([
  [['promise h <- timer(5m)', 'await h -> x'], ['TWF412']],
  [['promise h <- timer(5m)', 'hs = []', 'hs.append(h)', 'for g in hs:', '    await g'], []],
  [
    [
      'promise h <- signal Two',
      'hs = []',
      'hs.append(h)',
      'for g in hs:',
      '    await g -> (a, b)',
      '    log.info(a, b: b)',
    ],
    [],
  ],
  [['promise h <- signal Three', 'await h'], ['TWF307']],
  [['promise h <- timer("5m")', 'await h'], ['TWF402']],
  [['promise h <- timer(5m)'], ['TWF613']],
  [['promise h <- timer(5m)', 'continue_as_new(id)'], ['TWF242']],
  [['promise h <- timer(5m)', 'await h', 'continue_as_new(id)'], []],
  [['if id == "":', '    promise h <- timer(5m)', 'continue_as_new(id)'], ['TWF613']],
  [['spawn timer(5m)'], ['TWF613']],
  [['spawn signal One'], ['TWF613']],
  [['spawn signal Two -> (a, b)'], ['TWF431']],
  [['promise h <- timer(5m)', 'for not h.done:', '    await timer(1m)'], []],
  [['promise h <- timer(5m)', 'log.info("{h.done}")', 'h.done = true'], ['TWF406']],
  [['promise h <- timer(5m)', 'log.info("{h.ready}")'], ['TWF406']],
  [['promise h <- timer(5m)', 'promise g <- h', 'await g'], []],
  [['promise h <- id', 'await h'], ['TWF410']],
  [['promise h <- await all:', '    activity Load(id) -> x', 'await h', 'log.info(x)'], []],
  [['promise h <- await all:', '    activity Load(id) -> x', 'await one:', '    h:', '        log.info(x)'], []],
  [['promise h <- await all:', '    activity Load(id) -> x', 'log.info(x)', 'await h'], ['TWF415']],
  [
    ['promise h <- await all:', '    activity Load(id) -> x', 'h = spawn timer(1s)', 'await h', 'log.info(x)'],
    ['TWF415'],
  ],
  [['promise h <- await all:', '    close', 'await h'], ['TWF602']],
  [['promise h <- await all:', '    activity Load(id)', 'await h -> x', 'log.info(x)'], ['TWF412']],
  [['promise h <- signal One', 'await h -> by', 'by = by + 1m', 'log.info(by)'], ['TWF408']],
])('%j: %j', (lines, expected) => {
  expect(problemsOf(program(...lines)).map((one) => one.slice(0, 6))).toEqual(expected);
});

test.each([
  ['await h', []],
  ['await h -> x\n    log.info("{x}")\n    h2 = x', ['TWF412 x']],
])('a name holds a call that gives nothing and one that gives something: %s', (line, problems) => {
  const source = `
workflow W(id: string):
    if id == "a":
        spawn workflow Quiet(id) -> h
    else:
        spawn activity Load(id) -> h
    ${line}

workflow Quiet(id: string):
    await timer(1s)
${others}`;
  expect(problemsOf(source)).toEqual(problems);
});
