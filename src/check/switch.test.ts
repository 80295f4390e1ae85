import { describe, expect, test } from 'vitest';
import { checkTexts } from '../testing/program.js';

const declared = `
enum Status: open, paid, lost

type Order:
    status: Status
    earlier: Status?
    price: decimal
    count: int
    ready: bool
    tags: []string
`;

/** What is wrong with a `switch` in a workflow. */
function found(...lines: readonly string[]): string[] {
  const text = `workflow W(order: Order, text: string, other: Status):\n    ${lines.join('\n    ')}\n`;
  return checkTexts({ 'main.twf': text, 'types.twf': declared }).diagnostics.map(({ code, message }) => {
    const names = [...message.matchAll(/`([^`]*)`/g)].map(([, name]) => name);
    return `${code} ${names.join(' ')}`;
  });
}

/** A case without anything to do. */
const cases = (...values: readonly string[]) =>
  values.flatMap((value) => [`    ${value === 'else' ? value : `case ${value}`}:`, '        pass']);

describe('a `switch`', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['order.status', ['"open", "paid"', '"lost"'], []],
    ['order.status', ['"open"', 'else'], []],
    ['order.status', ['"open"', 'other', 'else'], []],
    ['order.status', ['"open"'], ['TWF643 switch "paid" "lost" else']],
    ['order.status', ['"open"', '"payd"', 'else'], ['TWF437 Status payd']],
    ['order.earlier', ['"open", "paid", "lost"'], ['TWF643 switch null else']],
    ['order.earlier', ['"open", "paid", "lost"', 'null'], []],
    ['order.earlier', ['"open"', '"paid", "lost", null'], []],
    ['order.ready', ['false, true'], []],
    ['text', ['"open"', '"paid"'], []],
    ['text', ['"open", "paid", "lost"'], ['TWF644 Status text string else']],
    ['text', ['"open", "paid", "lost"', 'else'], []],
    ['text', ['"a", "b"', '"a"'], ['TWF642 switch "a"']],
    ['order.count', ['1', '2, 01'], ['TWF642 switch 01']],
    ['order.price', ['1', '1.50, 1.0'], ['TWF642 switch 1.0']],
    ['order.price', ['-0', '0'], ['TWF642 switch 0']],
    ['order.count', ['"a"', '"b"', '"c"'], ['TWF409 case int string']],
    ['order.ready', ['true', 'false'], []],
    ['order.tags', ['"a"', '"b"'], ['TWF445 case []string']],
    ['order', ['order'], ['TWF445 case Order']],
  ])('over %s: %j', (subject, values, expected) => {
    expect(found(`switch ${subject}:`, ...cases(...values))).toEqual(expected);
  });

  test('that is whole gives what every case gives', () => {
    const assigned = (...values: readonly string[]) =>
      found(
        'switch order.status:',
        ...values.flatMap((value) => [`    ${value}:`, '        x = 1']),
        'log.info("{x}")',
      ).map((one) => one.slice(0, 6));
    expect(assigned('case "open", "paid"', 'case "lost"')).toEqual([]);
    expect(assigned('case "open"', 'else')).toEqual([]);
    expect(assigned('case other')).not.toEqual([]);
  });

  test('leaves the loop around it with `break`', () => {
    const body = [
      'for:',
      '    await timer(1m)',
      '    switch text:',
      '        case "a":',
      '            break',
      '        else:',
      '            pass',
    ];
    expect(found(...body)).toEqual([]);
  });
});
