/** Declared types: walls between what flows where. */
import { describe, expect, test } from 'vitest';
import { factLines, recordsOf } from '../testing/facts.js';
import { checkTexts, dedent, problemsOf } from '../testing/program.js';

const declared = dedent(`
  type Order:
      id: string
      total: decimal
      note: string?
      status: Status
      notes: []string
      grid: [][]string

  enum Status: open, paid
`);

/** What is wrong with the body of a workflow that has an order. */
function wrongIn(...lines: readonly string[]): string[] {
  const body = lines.map((line) => `    ${line}\n`).join('');
  return problemsOf({
    'types.twf': declared,
    'main.twf': `workflow W(order: Order, text: string) -> Status:\n${body}`,
  });
}

describe('a declared record', () => {
  test.each<[string, string, string[], ...string[]]>([
    ['reads a field', 'close order.status', []],
    ['has no other field', 'close order.state', ['TWF429 state']],
    ['takes no other field', 'order.state = "open"', ['TWF429 state'], 'close "open"'],
    ['takes a number for a decimal', 'order.total = 3', [], 'close "open"'],
    ['takes nothing else', 'order.id = 3', ['TWF402 3'], 'close "open"'],
    ['keeps what may be null apart', 'order.id = order.note', ['TWF413 order.note'], 'close "open"'],
    ['needs all that may not be null', 'order = Order{id: text, status: "open"}', ['TWF430 Order'], 'close "open"'],
    [
      'is made without its name',
      'made = {id: text, total: 1, status: "paid", notes: [], grid: []}',
      [],
      'made = order',
      'close made.status',
    ],
    ['is not made with less', 'made = {id: text}', ['TWF430 {id: text}'], 'made = order', 'close made.status'],
    [
      'is not made with more',
      'made = {id: text, total: 1, status: "paid", notes: [], grid: [], x: 1}',
      ['TWF429 x'],
      'made = order',
      'close made.status',
    ],
    [
      'is not made of others',
      'made = {id: 3, total: 1, status: "x", notes: [], grid: []}',
      ['TWF402 3', 'TWF437 "x"'],
      'made = order',
      'close made.status',
    ],
    ['holds a list of nothing else', 'order.notes.append(3)', ['TWF402 3'], 'close "open"'],
    ['holds lists of nothing else', 'order.grid[0].append(3)', ['TWF402 3'], 'close "open"'],
    ['is never a condition', 'if order:', ['TWF407 order'], '    close "open"', 'close "open"'],
  ])('%s', (_, first, expected, ...rest) => {
    expect(wrongIn(first, ...rest)).toEqual(expected);
  });

  test('has the fields that are declared, whatever uses say', () => {
    const { facts } = checkTexts({
      'types.twf': declared,
      'main.twf': 'workflow W(o: Order) -> string:\n    close o.id\n',
    });
    expect(recordsOf(facts)).toEqual([
      'Order { grid: [][]string, id: string, note: string?, notes: []string, status: Status, total: decimal }',
    ]);
  });
});

describe('an enum', () => {
  test.each([
    ['a text that is a member', 'order.status = "paid"', []],
    ['a text that is none', 'order.status = "payed"', ['TWF437 "payed"']],
    ['a computed text', 'order.status = text', ['TWF402 text']],
    ['a text with a hole', 'order.status = "{text}"', ['TWF402 "{text}"']],
    ['where a text is asked for', 'text = order.status', []],
    ['in a text', 'log.info("{order.status}" + order.status)', []],
    ['compared with a member', 'log.info("x", is: order.status == "paid")', []],
    ['compared with no member', 'log.info("x", is: "pay" != order.status)', ['TWF437 "pay"']],
    ['compared with a text', 'log.info("x", is: text == order.status)', []],
    ['ordered', 'log.info("x", is: order.status < text)', ['TWF446 order.status']],
    ['in a list of texts', 'log.info("x", is: order.status in ["paid", "late"])', []],
    ['among what is none', 'log.info("x", is: "late" in [order.status])', ['TWF437 "late"']],
  ])('%s', (_, line, expected) => {
    expect(wrongIn(line, 'close "open"')).toEqual(expected);
  });

  test('a variable of members alone is of the enum that is asked of it, and a text otherwise', () => {
    const main = dedent(`
      workflow W(x: bool) -> Status:
          status = "open"
          word = "open"
          if x:
              status = "paid"
          log.info(word)
          close status
    `);
    const { files, facts } = checkTexts({ 'main.twf': main, 'types.twf': declared });
    const variables = factLines(files, facts).filter((line) => line.startsWith('variable of W'));
    expect(variables).toContain('variable of W: status: Status, local, declared, reassigned');
    expect(variables).toContain('variable of W: word: string, local, declared');
  });
});

test('a text that ends beside the members of an enum is one', () => {
  const main = dedent(`
    workflow W(given: []Status):
        activity Load() -> item
        options(timeout: 1m)
        nexus "railway" workflow Notify(["open"])
        options(timeout: 1m)
        nexus "railway" workflow Notify([item.status])
        options(timeout: 1m)
        nexus "railway" workflow Notify(given)

    activity Load() -> Item:
        options(timeout: 1m)
        return Item{status: "paid"}
  `);
  const { diagnostics, facts } = checkTexts({ 'main.twf': main, 'types.twf': declared });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(recordsOf(facts)).toContain('Item { status: Status }');
});

describe('another name of a type', () => {
  const types = dedent(`
    type Ids = []string
    type Sale = Order
    type Note = string?
    type Key = Status
    type Sales = map[Key]Sale
  `);

  test.each([
    ['of a list', 'workflow W(ids: Ids) -> []string:\n    close ids\n', []],
    ['of a record', 'workflow W(sale: Sale) -> Order:\n    close sale\n', []],
    ['of a record that is made', 'workflow W() -> Order:\n    close Sale{id: "1"}\n', ['TWF430 Sale']],
    ['of what may be null', 'workflow W(note: Note) -> string:\n    close note\n', ['TWF413 note']],
    ['of what may be left out', 'workflow W(note: Note):\n    close\nworkflow V():\n    workflow W()\n    close\n', []],
    ['of no record', 'workflow W() -> Ids:\n    close Ids{a: 1}\n', ['TWF438 Ids']],
    ['of the keys of a map', 'workflow W(sales: Sales) -> Sale?:\n    close sales["open"]\n', []],
    ['of keys that are none', 'workflow W(sales: map[Ids]int):\n    log.info("{len(sales)}")\n', ['TWF436 Ids']],
    ['asked whether it is there', 'workflow W(note: Note) -> bool:\n    close note == null\n', []],
  ])('%s', (_, main, expected) => {
    expect(problemsOf({ 'aliases.twf': types, 'types.twf': declared, 'main.twf': main })).toEqual(expected);
  });
});

test('types are declared once, across files', () => {
  const other = 'enum Order: a, b\n';
  expect(problemsOf({ 'a.twf': declared, 'b.twf': other })).toEqual(['TWF301 Order']);
});
