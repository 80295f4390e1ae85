import { expect, test } from 'vitest';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { checkTexts, problemsOf } from '../../testing/program.js';

/** Each of these ends in what it is made of, so that what is wrong with it would hide itself. */
test.each([
  ['a field', 'x = x.size', 'TWF406 size'],
  ['an index', 'x = x[0]', 'TWF402 x[0]'],
  ['an operator', 'x = 2 * ("a" + x)', 'TWF408 2 * ("a" + x)'],
])('%s', (_, statement, problem) => {
  expect(problemsOf(`workflow W(ok: bool):\n    x = 3\n    if ok:\n        ${statement}\n`)).toEqual([problem]);
});

test('by way of a record', () => {
  const source = `
    workflow W(old: Partial) -> Partial:
        order = 4 - old.size
        size = order
        order = "a"
        close Partial{size: size, order: order}
  `;
  expect(problemsOf(source)).toEqual(['TWF408 4 - old.size']);
});

test('of several things, what does not go with the other side is named', () => {
  const source = `
    workflow W(box: Box):
        box.id = box.id - 24h
        activity Load() -> one

    activity Load() -> Box:
        if true:
            return Box{id: 3}
        return Box{id: 5m}
  `;
  const [found] = checkTexts(source).diagnostics.filter(({ code }) => code === 'TWF408') as [Diagnostic];
  expect(found.message).toBe('`-` does not go between an `int` and a `duration`.');
});
