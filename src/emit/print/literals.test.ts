import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commentText, propertyKey, stringLiteral, templateText } from './literals.js';

const evaluated = (code: string): unknown => runInNewContext(`(${code})`);
const anyText = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc.constantFrom("'", '"', '`', '\\', '${', '\n', '\r', '\u2028', '\ud800', '*/', '//'),
  ),
});

describe('text from a program', () => {
  test('is the same text again, in whatever literal it stands', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(evaluated(stringLiteral(text))).toBe(text);
        expect(evaluated(`\`${templateText(text)}\``)).toBe(text);
        expect(Object.keys(evaluated(`{ ${propertyKey(text)}: 1 }`) as object)).toEqual([text]);
      }),
    );
  });

  test('stays on its line, and shows what cannot be seen', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const printed of [stringLiteral(text), templateText(text), commentText(text)]) {
          expect(printed).not.toMatch(/[\n\r\u2028\u2029\u202e\ufeff]/);
        }
      }),
    );
  });

  test('never ends its comment, and gives TypeScript no orders', () => {
    expect(commentText('a */ process.exit() /*')).toBe('a *\\/ process.exit() /*');
    expect(commentText('@ts-ignore')).not.toContain('@ts');
    expect(commentText('C:\\path')).toBe('C:\\path');
  });

  test.each([
    ["it's", `"it's"`],
    ['say "yes"', `'say "yes"'`],
    [`it's "both"`, `'it\\'s "both"'`],
    ['\ud800', `'\\ud800'`],
  ])('%j is written %s', (text, literal) => {
    expect(stringLiteral(text)).toBe(literal);
  });
});
