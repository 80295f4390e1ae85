/** Which names have a value at a point of a unit: on every path that leads there, and on some. */
import { type Name, NameSet } from './name-set.js';

export interface Reached {
  readonly certain: NameSet;
  readonly possible: NameSet;
  /** What is known to be there, whatever its type says: see `Presence`. */
  readonly present: NameSet;
  /** What was bound last, on some path: if it is not present besides, it is there if what it was bound to is. */
  readonly bound: NameSet;
  /** What was known to be there on every path, until a wait in which something else may assign it. */
  readonly lost: NameSet;
  /** What TypeScript takes to be missing, by what was tested on the way: it does not see what others assign meanwhile. */
  readonly absent: NameSet;
}

/** Undefined where no path leads. */
export type Paths = Reached | undefined;

export function reached(names: NameSet): Reached {
  return {
    certain: names,
    possible: names,
    present: NameSet.none,
    bound: NameSet.none,
    lost: NameSet.none,
    absent: NameSet.none,
  };
}

/** The same paths, with one name more that has a value on all of them. */
export function withName(paths: Paths, name: Name): Paths {
  return paths && { ...paths, certain: paths.certain.add(name), possible: paths.possible.add(name) };
}

/** The same paths, with more names that have a value on all of them. */
export function withNames(paths: Paths, names: NameSet): Paths {
  return paths && { ...paths, certain: paths.certain.union(names), possible: paths.possible.union(names) };
}

/** The same paths, with what others that lead here, too, may have assigned. */
export function withPossible(paths: Paths, others: readonly Paths[]): Paths {
  return paths && { ...paths, possible: others.reduce(possibleWith, paths.possible) };
}

/** Where paths come together: one of them was gone. */
export function meet(all: readonly Paths[]): Paths {
  const [first, ...rest] = all.filter((paths) => paths !== undefined);
  if (!first || rest.length === 0) return first;
  const certain = rest.reduce((common, paths) => common.intersection(paths.certain), first.certain);
  const present = rest.reduce((common, paths) => common.intersection(paths.present), first.present);
  const bound = rest.reduce((common, paths) => common.intersection(given(paths)), given(first));
  const lost = rest.reduce((common, paths) => common.intersection(onceThere(paths)), onceThere(first));
  const absent = rest.reduce((common, paths) => common.intersection(paths.absent), first.absent);
  return withPossible({ certain, possible: first.possible, present, bound, lost, absent }, rest);
}

/** What is there, or was bound last. */
function given({ present, bound }: Reached): NameSet {
  return bound.empty ? present : present.union(bound);
}

/** What is there, or was until a wait. */
function onceThere({ present, lost }: Reached): NameSet {
  return lost.empty ? present : present.union(lost);
}

/** Where paths come together that are all gone. */
export function merge(before: Paths, ends: readonly Paths[]): Paths {
  if (!before) return undefined;
  const certain = ends.reduce((all, end) => (end ? all.union(end.certain) : all), before.certain);
  return { ...before, certain, possible: ends.reduce(possibleWith, before.possible) };
}

function possibleWith(possible: NameSet, paths: Paths): NameSet {
  return paths ? possible.union(paths.possible) : possible;
}
