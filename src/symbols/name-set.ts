/** The names of a definition, and sets of them, or of other things with numbers, that share what they have in common. */
import type { Use } from './blocks.js';

/** What a set can hold: everything in one set has a number of its own. */
interface Numbered {
  readonly id: number;
}

/** A name of a unit, before it is known how it is declared. */
export interface Name extends Numbered {
  readonly text: string;
  readonly kind: 'parameter' | 'loop' | 'caught' | 'local' | 'shared' | 'collected';
  readonly uses: Use[];
}

/** Makes the names of one definition: names in one `NameSet` come from one of these. */
export class Names {
  private made = 0;

  make(text: string, kind: Name['kind']): Name {
    return { text, kind, uses: [], id: this.made++ };
  }
}

/** 32 names, each a bit, at the height 0; above it 32 trees of the height below. Undefined holds nothing. */
type Tree = number | readonly Tree[] | undefined;

const width = 5;
const mask = (1 << width) - 1;

/** An immutable set: one that is made from others shares the parts that are the same as theirs. */
export class NameSet {
  static readonly none = new NameSet(0, undefined);

  private constructor(
    private readonly height: number,
    private readonly tree: Tree,
  ) {}

  static of(names: Iterable<Numbered>): NameSet {
    return NameSet.none.with(names);
  }

  has({ id }: Numbered): boolean {
    if (id >>> (width * (this.height + 1)) !== 0) return false;
    let tree = this.tree;
    for (let height = this.height; height > 0 && tree !== undefined; height--) {
      tree = (tree as readonly Tree[])[(id >>> (width * height)) & mask];
    }
    return (((tree as number | undefined) ?? 0) & (1 << (id & mask))) !== 0;
  }

  add({ id }: Numbered): NameSet {
    let height = this.height;
    while (id >>> (width * (height + 1)) !== 0) height++;
    return this.changed(height, inserted(this.raised(height), height, id));
  }

  with(names: Iterable<Numbered>): NameSet {
    return [...names].reduce<NameSet>((all, name) => all.add(name), this);
  }

  union(other: NameSet): NameSet {
    const height = Math.max(this.height, other.height);
    return this.changed(height, joined(this.raised(height), other.raised(height)));
  }

  intersection(other: NameSet): NameSet {
    const height = Math.max(this.height, other.height);
    return this.changed(height, common(this.raised(height), other.raised(height)));
  }

  /** What is in this set, and not in the other. */
  difference(other: NameSet): NameSet {
    const height = Math.max(this.height, other.height);
    return this.changed(height, remaining(this.raised(height), other.raised(height)));
  }

  get empty(): boolean {
    return isEmpty(this.tree);
  }

  private changed(height: number, tree: Tree): NameSet {
    return height === this.height && tree === this.tree ? this : new NameSet(height, tree);
  }

  private raised(height: number): Tree {
    let tree = this.tree;
    for (let at = this.height; at < height && tree !== undefined; at++) tree = [tree];
    return tree;
  }
}

function inserted(tree: Tree, height: number, id: number): Tree {
  if (height === 0) return ((tree as number | undefined) ?? 0) | (1 << (id & mask));
  const index = (id >>> (width * height)) & mask;
  const trees = (tree as readonly Tree[] | undefined) ?? [];
  const part = inserted(trees[index], height - 1, id);
  if (part === trees[index]) return tree;
  const changed = [...trees];
  changed[index] = part;
  return changed;
}

/** Both trees have the same height. The first of them, if the other has nothing more. */
function joined(one: Tree, other: Tree): Tree {
  if (one === other || other === undefined) return one;
  if (one === undefined) return other;
  if (typeof one === 'number') return one | (other as number);
  const others = other as readonly Tree[];
  const longer = one.length < others.length ? others : one;
  const parts = Array.from(longer, (_, i) => joined(one[i], others[i]));
  return parts.length === one.length && parts.every((part, i) => part === one[i]) ? one : parts;
}

/** Both trees have the same height. The first of them, if the other has all of it. */
function common(one: Tree, other: Tree): Tree {
  if (one === other || one === undefined) return one;
  if (other === undefined) return undefined;
  if (typeof one === 'number') return one & (other as number);
  const parts = one.map((part, i) => common(part, (other as readonly Tree[])[i]));
  return parts.every((part, i) => part === one[i]) ? one : parts;
}

/** Both trees have the same height. The first of them, if the other has nothing of it. */
function remaining(one: Tree, other: Tree): Tree {
  if (one === undefined || other === undefined) return one;
  if (typeof one === 'number') return one & ~(other as number);
  const parts = one.map((part, i) => remaining(part, (other as readonly Tree[])[i]));
  return parts.every((part, i) => part === one[i]) ? one : parts;
}

function isEmpty(tree: Tree): boolean {
  if (tree === undefined || typeof tree === 'number') return !tree;
  return tree.every(isEmpty);
}
