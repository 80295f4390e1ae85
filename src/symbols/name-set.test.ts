import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Name, Names, NameSet } from './name-set.js';

const factory = new Names();
const names = Array.from({ length: 40_000 }, (_, i) => factory.make(`x${i}`, 'local'));
/** Few names, and names far apart: sets of different heights. */
const some = fc.array(fc.constantFrom(0, 1, 2, 31, 32, 33, 63, 64, 1023, 1024, 5000, 39_999), { maxLength: 8 });
const of = (ids: readonly number[]) => NameSet.of(ids.map((id) => names[id]!));
const held = (set: NameSet) => names.filter((name: Name) => set.has(name)).map(({ id }) => id);
const sorted = (ids: Iterable<number>) => [...new Set(ids)].sort((a, b) => a - b);

test('a set holds what was added, and leaves what it was made from as it was', () => {
  fc.assert(
    fc.property(some, some, (first, second) => {
      const set = of(first);
      expect(held(set.with(second.map((id) => names[id]!)))).toEqual(sorted([...first, ...second]));
      expect(held(set)).toEqual(sorted(first));
    }),
    { numRuns: 50 },
  );
});

test('unions and intersections are those of the names', () => {
  fc.assert(
    fc.property(some, some, (first, second) => {
      expect(held(of(first).union(of(second)))).toEqual(sorted([...first, ...second]));
      expect(held(of(first).intersection(of(second)))).toEqual(sorted(first.filter((id) => second.includes(id))));
    }),
    { numRuns: 50 },
  );
});

test('what adds nothing, or takes nothing away, is the same set', () => {
  const set = of([1, 33, 5000]);
  expect(set.add(names[33]!)).toBe(set);
  expect(set.union(of([1, 5000]))).toBe(set);
  expect(set.intersection(of([1, 2, 33, 5000]))).toBe(set);
});
