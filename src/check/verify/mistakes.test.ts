import { expect, test } from 'vitest';
import { problemsOf } from '../../testing/program.js';

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
