/** Parsing is total: whatever the text, there is a tree, and a line has at most one error. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseText } from '../testing/parse.js';
import { keywords } from './keywords.js';
import { constructs } from './unsupported.js';
import { walk } from './visit.js';

const literals = ['x', 'Order', '1', '2.5', '5m', '"a"', '"{a.b}"', '"{', "'a'", '# c', '...', 'pass', 'map', '9x'];
const signs = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ':',
  ',',
  '.',
  '->',
  '=',
  '==',
  '<',
  '+',
  '-',
  '!',
  '?',
  '&&',
  ';',
  '$',
  'é',
];
const breaks = ['\n', '\n    ', '\n        ', '\n  ', '\n\t', '\r\n'];
const words = [
  ...keywords.map(({ word }) => word),
  ...constructs.flatMap(({ pattern }) => pattern.split(' ')),
  ...[literals, signs, breaks, breaks].flat(),
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join(' ').replaceAll(/ ?\n ?/g, '\n')),
  fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 80 }),
);

describe('parsing', () => {
  it('gives a tree whose spans nest, and at most one error for a line, for any text', () => {
    fc.assert(
      fc.property(text, (source) => {
        const { ast, diagnostics } = parseText(source);
        const nests = (start: number, end: number) => 0 <= start && start <= end && end <= source.length;
        walk(ast, {
          enter: ({ span }, parent) => {
            const outer = parent?.span ?? { start: 0, end: source.length };
            expect(outer.start <= span.start && span.start <= span.end && span.end <= outer.end).toBe(true);
          },
        });
        for (const { span } of diagnostics) expect(nests(span.start, span.end)).toBe(true);
        const errors = diagnostics.filter(({ severity }) => severity === 'error');
        expect(errors.length).toBeLessThanOrEqual(source.split('\n').length);
      }),
      { numRuns: 3000, seed: 7 },
    );
  });

  it.each<[string, string]>([
    ['10 MB in one line of an expression', `workflow W():\n    x = ${'a + '.repeat(2_500_000)}a\n`],
    ['10 MB in one name', `workflow W():\n    ${'a'.repeat(10_000_000)}\n`],
    ['10 MB in one unclosed string', `workflow W():\n    x = "${'a'.repeat(10_000_000)}\n`],
    [
      '5,000 levels of blocks',
      Array.from({ length: 5000 }, (_, n) => `${' '.repeat(n)}${n === 0 ? 'workflow W()' : 'if x'}:\n`).join(''),
    ],
    ['5,000 levels of brackets', `workflow W():\n    x = ${'('.repeat(5000)}a${')'.repeat(5000)}\n`],
    ['a thousand levels of types', `workflow W(x: ${'[]'.repeat(1000)}T):\n    close\n`],
    ['an unclosed bracket before 1,000 lines', `workflow W(a: A:\n${'    activity A(a)\n'.repeat(1000)}`],
    ['an unclosed string before 1,000 lines', `workflow W(a: "A):\n${'    activity A(a)\n'.repeat(1000)}`],
  ])('ends with one error after %s', (_, source) => {
    const { ast, diagnostics } = parseText(source);
    walk(ast, {});
    expect(diagnostics).toHaveLength(1);
  });
});
