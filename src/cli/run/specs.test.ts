import { expect, test } from 'vitest';
import { checkTexts } from '../../testing/program.js';
import { workerSpecs } from './specs.js';

test('what a worker needs, of all packages that it runs something of', () => {
  const { facts } = checkTexts({
    'main.twf': 'activity A(id: string):\n    options(timeout: 1m)\n    one.call(id)\n',
    'p.twf': `package p

workflow W(id: string):
    activity B(id)

activity B(id: string) -> string:
    options(timeout: 1m)
    return two.call(id)

activity C(id: string) -> string:
    ...
`,
  });
  const [spec, ...others] = workerSpecs(facts);
  expect(others).toEqual([]);
  expect(spec!.needs.map(({ name }) => name)).toEqual(['one', 'two', 'C']);
  expect(spec!.workflows).toBe('main.workflows');
});
