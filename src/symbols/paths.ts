/** Which names have a value at a point of a unit: on every path that leads there, and on some. */
import type { Name } from './blocks.js';

export interface Reached {
  readonly certain: ReadonlySet<Name>;
  readonly possible: ReadonlySet<Name>;
}

/** Undefined where no path leads. */
export type Paths = Reached | undefined;

export function reached(names: Iterable<Name>): Reached {
  const all = new Set(names);
  return { certain: all, possible: all };
}

/** The same paths, with more names that have a value on all of them. */
export function withNames(paths: Paths, names: Iterable<Name>): Paths {
  const more = [...names];
  if (!paths || more.length === 0) return paths;
  return { certain: new Set([...paths.certain, ...more]), possible: new Set([...paths.possible, ...more]) };
}

/** Where paths come together: one of them was gone. */
export function meet(all: readonly Paths[]): Paths {
  const [first, ...rest] = all.filter((paths) => paths !== undefined);
  if (!first || rest.length === 0) return first;
  const certain = [...first.certain].filter((name) => rest.every((paths) => paths.certain.has(name)));
  return { certain: new Set(certain), possible: new Set([first, ...rest].flatMap(({ possible }) => [...possible])) };
}

/** Where paths come together that are all gone. */
export function merge(before: Paths, ends: readonly Paths[]): Paths {
  return withNames(before, new Set(ends.flatMap((end) => [...(end?.certain ?? [])])));
}
