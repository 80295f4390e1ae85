/** Types that are taken from TypeScript files. */
import { expect, test } from 'vitest';
import { recordsOf } from '../testing/facts.js';
import { checkTexts, problemsOf } from '../testing/program.js';

const domain = `
  export interface Order { id: string; total: string; at: string; n: number; pause: number; gift: boolean; note?: string; more?: Line | null | undefined; lines: Line[] }
  export interface Line { item: string }
  export type Status = 'open' | 'paid';
  export type Ids = string[];
  export type Loop = Loop[];
  export interface Bad { at: Date }
`;
const texts = { 'domain.ts': domain };

const inWorkflow = (...lines: readonly string[]) =>
  `use types from "./domain.ts"\nworkflow W(order: Order, text: string, status: Status, maybe: string?) -> Order:\n${lines.map((one) => `    ${one}\n`).join('')}    close order\n`;

test('texts and numbers of fields are what the program takes them for', () => {
  const main = inWorkflow(
    'x = order.total + 1.5',
    'await timer(order.pause)',
    'if order.at < now() and order.n > 1:',
    '    x = "2"'.replace('"2"', 'order.total'),
  );
  const { diagnostics, facts } = checkTexts(main, { texts });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(recordsOf(facts).find((one) => one.startsWith('Order'))).toBe(
    'Order { at: time, gift: bool, id: string, lines: []Line, more: Line?, n: int, note: string?, pause: duration, total: decimal }',
  );
});

test.each([
  ['a field that is not there', ['order.ids = text'], ['TWF429 ids']],
  ['another kind of value', ['order.gift = text'], ['TWF402 text']],
  ['a number for a text', ['order.id = 1'], ['TWF439 1']],
  ['what may be missing, for what TypeScript lets be left out', ['order.note = maybe'], ['TWF413 maybe']],
  ['nothing, for the same', ['order.note = null'], ['TWF413 null']],
  ['a text for the same', ['order.note = text'], []],
  ['what may be missing, where all is allowed', ['order.more = null'], []],
  ['an item of another type', ['order.lines.append(order)'], ['TWF401 order']],
  ['no member', ['status = "lost"'], ['TWF437 "lost"']],
  ['a member', ['status = "paid"'], []],
  ['a record with too little', ['line = Line{}', 'order.lines.append(line)'], ['TWF430 Line']],
])('%s', (_, lines, expected) => {
  expect(problemsOf(inWorkflow(...lines), { texts })).toEqual(expected);
});

test.each([
  ['a list', 'workflow V(ids: Ids) -> string:\n    close ids[0]\n', []],
  ['what does not survive JSON', 'workflow V(bad: Bad):\n    log.info("x")\n', ['TWF319 ./domain.ts']],
  ['another name of itself', 'workflow V(loop: Loop):\n    log.info("x")\n', ['TWF319 ./domain.ts']],
  [
    'what the program declares itself',
    'type Line:\n    other: int\nworkflow V(line: Line) -> int:\n    close line.other\n',
    [],
  ],
  ['what nothing exports', 'workflow V(stranger: Stranger) -> string:\n    close stranger.name\n', []],
])('%s', (_, main, expected) => {
  expect(problemsOf({ 'main.twf': `use types from "./domain.ts"\n${main}` }, { texts })).toEqual(expected);
});

test('a file beside the file that names it', () => {
  const main = 'use types from "../ts/domain.ts"\nworkflow W(line: Line) -> string:\n    close line.item\n';
  expect(problemsOf({ 'twf/main.twf': main }, { texts: { 'ts/domain.ts': domain } })).toEqual([]);
});
