import { expect, test } from 'vitest';
import { Names, NameSet } from './name-set.js';
import { meet, merge, reached, withNames, withPossible } from './paths.js';

const names = new Names();
const [a, b, c] = ['a', 'b', 'c'].map((text) => names.make(text, 'local')) as [Name, Name, Name];
type Name = ReturnType<Names['make']>;

test('where paths meet, only what all of them assign is certain', () => {
  const before = reached(NameSet.of([a]));
  const met = meet([withNames(before, NameSet.of([b])), undefined, withNames(before, NameSet.of([c]))])!;
  expect([a, b, c].map((name) => met.certain.has(name))).toEqual([true, false, false]);
  expect([a, b, c].map((name) => met.possible.has(name))).toEqual([true, true, true]);
});

test('where branches that all run come together, what any of them assigns is certain', () => {
  const before = reached(NameSet.none);
  const maybe = withPossible(withNames(before, NameSet.of([a])), [reached(NameSet.of([c]))]);
  const merged = merge(before, [maybe, withNames(before, NameSet.of([b])), undefined])!;
  expect([a, b, c].map((name) => merged.certain.has(name))).toEqual([true, true, false]);
  expect([a, b, c].map((name) => merged.possible.has(name))).toEqual([true, true, true]);
});

test('a loop that may not run makes things possible, and nothing certain', () => {
  const after = withPossible(reached(NameSet.of([a])), [reached(NameSet.of([b])), undefined])!;
  expect([after.certain.has(b), after.possible.has(b)]).toEqual([false, true]);
});
