import { expect, test } from 'vitest';
import type { Name } from './blocks.js';
import { meet, NameSet, reached, withNames, withPossible } from './paths.js';

const names = Array.from({ length: 60 }, (_, i): Name => ({ text: `x${i}`, kind: 'local', uses: [] }));

test('a long chain of additions holds what was added, and leaves what it was made from as it was', () => {
  const sets = names.reduce((all, name) => [...all, all.at(-1)!.with([name])], [NameSet.none]);
  for (const [i, set] of sets.entries()) {
    expect(names.map((name) => set.has(name))).toEqual(names.map((_, j) => j < i));
    expect(new Set(set)).toEqual(new Set(names.slice(0, i)));
  }
});

test('where paths meet, only what all of them assign is certain', () => {
  const [a, b, c] = names as [Name, Name, Name];
  const met = meet([withNames(reached([a]), [b]), undefined, withNames(reached([a]), [c])])!;
  expect([a, b, c].map((name) => met.certain.has(name))).toEqual([true, false, false]);
  expect([a, b, c].map((name) => met.possible.has(name))).toEqual([true, true, true]);
});

test('a loop that may not run makes things possible, and nothing certain', () => {
  const [a, b] = names as [Name, Name];
  const after = withPossible(reached([a]), [reached([b]), undefined])!;
  expect([after.certain.has(b), after.possible.has(b)]).toEqual([false, true]);
});
