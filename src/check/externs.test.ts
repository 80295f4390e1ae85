/** Extern functions: what the program declares and TypeScript implements. */
import { expect, test } from 'vitest';
import { problemsOf } from '../testing/program.js';

const declared = `
extern function level(amount: decimal, region: string?) -> int
extern function Order.first() -> string
extern function note(text: string)
`;

const bodyOf = (lines: readonly string[]) => lines.map((one) => `    ${one}\n`).join('');
const inWorkflow = (...lines: readonly string[]) =>
  `workflow W(order: Order, id: string) -> int:\n${bodyOf(lines.at(-1)!.startsWith('close') ? lines : [...lines, 'close 1'])}`;
const inActivity = (...lines: readonly string[]) =>
  `activity A(order: Order) -> int:\n    options(timeout: 1m)\n${bodyOf(lines)}`;

test.each([
  ['a call', inWorkflow('x = level(3)', 'close x'), []],
  ['arguments by name', inWorkflow('close level(region: id, amount: 0.5)'), []],
  ['a method', inWorkflow('activity Log(order.first())'), ['TWF304 Log']],
  ['in an activity', inActivity('return level(1)'), []],
  ['last in an activity', inActivity('level(1)'), []],
  ['too many arguments', inWorkflow('close level(1, id, 2)'), ['TWF403 2']],
  ['no argument', inWorkflow('close level()'), ['TWF403 level']],
  ['another type', inWorkflow('close level(id)'), ['TWF402 id']],
  ['another result', inWorkflow('id = level(1)'), ['TWF402 level(1)']],
  ['on another type', inWorkflow('id = id.first()'), ['TWF402 id']],
  ['a method as a function', inWorkflow('id = first(order)'), ['TWF309 first']],
  ['a function as a method', inWorkflow('close order.level()'), ['TWF427 level']],
  ['no such function', inWorkflow('close levl(1)'), ['TWF309 levl']],
  ['for its effect', inWorkflow('level(1)'), ['TWF611 level(1)']],
  ['for its effect, without a result', inWorkflow('note(id)'), []],
  ['a value where there is none', inWorkflow('id = note(id)'), ['TWF412 note(id)']],
])('%s', (_, main, expected) => {
  expect(problemsOf({ 'externs.twf': declared, 'main.twf': main }, { externs: './externs.js' })).toEqual(expected);
});

test.each([
  ['twice', 'extern function f() -> int\nextern function T.f() -> int\n', ['TWF301 f']],
  ['like a built-in', 'extern function len(x: string) -> int\n', ['TWF316 len']],
  ['like a word of activities', 'extern function heartbeat() -> int\n', ['TWF316 heartbeat']],
  ['with two parameters of one name', 'extern function f(a: int, a: int) -> int\n', ['TWF303 a']],
])('declared %s', (_, text, expected) => {
  expect(problemsOf(text, { externs: './externs.js' })).toEqual(expected);
});

test('without a module, it is said once', () => {
  expect(problemsOf({ 'externs.twf': declared })).toEqual(['TWF318 level']);
});
