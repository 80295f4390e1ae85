import { expect, test } from 'vitest';
import { parseJson, plainValue } from './json.js';

test.each(['{}', ' [ ] ', '{"a": [1, -0.5e3, true, false, null], "b": {"c": "\\u00e9\\n\\"日"}}', '"x"', '0'])(
  '%s reads as JSON.parse reads it',
  (text) => {
    const node = parseJson(text);
    expect('expected' in node ? node : plainValue(node)).toEqual(JSON.parse(text));
  },
);

test('every value, and every key, knows where it stands', () => {
  const text = '{ "a": [true, "b"] }';
  const node = parseJson(text);
  const at = ({ span }: { span: { start: number; end: number } }) => text.slice(span.start, span.end);
  if ('expected' in node || node.kind !== 'object') return expect.unreachable();
  const [{ keySpan, value }] = node.members as [(typeof node.members)[0]];
  expect([at(node), at({ span: keySpan }), at(value)]).toEqual([text, '"a"', '[true, "b"]']);
  expect(value.kind === 'list' && value.items.map(at)).toEqual(['true', '"b"']);
});

test.each([
  ['', 0, 'a value'],
  ['{', 1, 'a key in double quotes'],
  ['{"a"', 4, 'a `:`'],
  ['{"a": 1', 7, 'a comma or `}`'],
  ['{"a": 1,}', 8, 'a key in double quotes'],
  ['[1 2]', 3, 'a comma or `]`'],
  ['[1,]', 3, 'a value'],
  ['{} {}', 3, 'nothing may follow'],
  ['"abc', 0, 'double quote'],
  ['"a\nb"', 0, 'double quote'],
  ['"a\\x"', 0, 'escapes'],
  ["'a'", 0, 'a value'],
  ['yes', 0, 'in double quotes'],
  ['01', 0, 'a value'],
  ['// a\n{}', 0, 'a value'],
])('the fault of %j is at %i', (text, at, expected) => {
  const fault = parseJson(text);
  if (!('expected' in fault)) return expect.unreachable();
  expect(() => JSON.parse(text)).toThrow();
  expect([fault.span.start, fault.expected]).toEqual([at, expect.stringContaining(expected)]);
});

test('nesting has a limit', () => {
  expect(parseJson('['.repeat(100_000))).toMatchObject({
    span: { start: 100 },
    expected: 'values are nested at most 100 deep',
  });
});
