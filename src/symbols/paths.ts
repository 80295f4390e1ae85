/** Which names have a value at a point of a unit: on every path that leads there, and on some. */
import type { Name } from './blocks.js';

export interface Reached {
  readonly certain: NameSet;
  readonly possible: NameSet;
}

/** Undefined where no path leads. */
export type Paths = Reached | undefined;

/** How far a look-up follows the chain of additions before it makes a table. */
const longestChain = 16;

/** An immutable set: one with more names shares the rest with the one that it was made from. */
export class NameSet implements Iterable<Name> {
  static readonly none = new NameSet(undefined, undefined);
  private table: ReadonlySet<Name> | undefined;

  private constructor(
    private readonly rest: NameSet | undefined,
    private readonly name: Name | undefined,
  ) {}

  static of(names: Iterable<Name>): NameSet {
    return NameSet.none.with(names);
  }

  add(name: Name): NameSet {
    return this.has(name) ? this : new NameSet(this, name);
  }

  with(names: Iterable<Name>): NameSet {
    return [...names].reduce<NameSet>((set, name) => set.add(name), this);
  }

  has(name: Name): boolean {
    if (this.name === name) return true;
    let steps = 0;
    for (let set = this.rest; set; set = set.rest) {
      if (set.name === name) return true;
      if (++steps > longestChain) set.table ??= new Set(set);
      if (set.table) return set.table.has(name);
    }
    return false;
  }

  *[Symbol.iterator](): Iterator<Name> {
    if (this.name) yield this.name;
    for (let set = this.rest; set?.name; set = set.rest) yield set.name;
  }
}

export function reached(names: Iterable<Name>): Reached {
  const all = NameSet.of(names);
  return { certain: all, possible: all };
}

/** The same paths, with one name more that has a value on all of them. */
export function withName(paths: Paths, name: Name): Paths {
  return paths && { certain: paths.certain.add(name), possible: paths.possible.add(name) };
}

/** The same paths, with more names that have a value on all of them. */
export function withNames(paths: Paths, names: Iterable<Name>): Paths {
  return paths && { certain: paths.certain.with(names), possible: paths.possible.with(names) };
}

/** The same paths, with what others that lead here, too, may have assigned. */
export function withPossible(paths: Paths, others: readonly Paths[]): Paths {
  return (
    paths && { ...paths, possible: others.reduce((all, other) => all.with(other?.possible ?? []), paths.possible) }
  );
}

/** Where paths come together: one of them was gone. */
export function meet(all: readonly Paths[]): Paths {
  const [first, ...rest] = all.filter((paths) => paths !== undefined);
  if (!first || rest.length === 0) return first;
  const certain = NameSet.of([...first.certain].filter((name) => rest.every((paths) => paths.certain.has(name))));
  return withPossible({ certain, possible: first.possible }, rest);
}

/** Where paths come together that are all gone. */
export function merge(before: Paths, ends: readonly Paths[]): Paths {
  return withNames(before, new Set(ends.flatMap((end) => [...(end?.certain ?? [])])));
}
