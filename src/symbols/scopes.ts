/** What a text means at a point of a unit: a name of a loop around it, one that is shared with other units, one of its own. */
import type { Name, Names } from './name-set.js';

export interface GivenNames {
  readonly names: Names;
  /** Names that the unit shares with others: parameters of the definition, shared names. */
  readonly outer: ReadonlyMap<string, Name>;
  /** The parameters of a handler, which hide them. */
  readonly own?: ReadonlyMap<string, Name>;
}

export class Scopes {
  /** The names of the unit itself. */
  readonly own = new Map<string, Name>();
  /** The names of the loops around. */
  private readonly loops: Map<string, Name>[] = [];
  /** Of each `await all` around: the names that its branches bind, and of those the ones of this branch. */
  private readonly branches: { readonly bound: ReadonlySet<Name>; readonly own: ReadonlySet<Name> }[] = [];

  constructor(private readonly given: GivenNames) {}

  /** The name of a text; a new one of the unit, if there is none. */
  lookup(text: string): Name {
    const known = this.known(text);
    if (known) return known;
    const name = this.given.names.make(text, 'local');
    this.own.set(text, name);
    return name;
  }

  /** The names that the unit shares with others, and its own. */
  *all(): Iterable<Name> {
    yield* this.given.outer.values();
    yield* this.own.values();
  }

  known(text: string): Name | undefined {
    for (let i = this.loops.length - 1; i >= 0; i--) {
      const found = this.loops[i]!.get(text);
      if (found) return found;
    }
    return this.given.own?.get(text) ?? this.given.outer.get(text) ?? this.own.get(text);
  }

  /** Makes a name where the unit is: it hides one with the same text. */
  define(text: string, kind: Name['kind']): Name {
    const name = this.given.names.make(text, kind);
    (this.loops.at(-1) ?? this.own).set(text, name);
    return name;
  }

  /** @returns the names that the loop has when it ends */
  inLoop(run: () => void): ReadonlyMap<string, Name> {
    const names = new Map<string, Name>();
    this.loops.push(names);
    run();
    this.loops.pop();
    return names;
  }

  inBranch(bound: ReadonlySet<Name>, own: ReadonlySet<Name>, run: () => void): void {
    this.branches.push({ bound, own });
    run();
    this.branches.pop();
  }

  /** Whether a branch beside this one binds the name, for others to read after the block. */
  isOfSibling(name: Name): boolean {
    if (this.branches.length === 0) return false;
    const nearest = this.branches.findLast(({ bound }) => bound.has(name));
    return nearest !== undefined && !nearest.own.has(name);
  }
}
