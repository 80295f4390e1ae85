/** The names of one output file: what it declares, what authors use in it, and what helpers in it may be called. */
import { freeName, isReserved } from './reserved.js';

export class ModuleNames {
  /** Names that are seen in the whole file. */
  readonly taken: Set<string>;
  private readonly inside = new Set<string>();

  /** @param own names of authors: helpers give way to them */
  constructor(own: Iterable<string>) {
    this.taken = new Set(own);
  }

  /** A name for something generated: the first of several that collides with nothing. */
  helper(first: string, ...others: readonly string[]): string {
    const name = freeName([first, ...others], (one) => this.taken.has(one) || isReserved(one));
    this.taken.add(name);
    return name;
  }

  /** The same for something that a function may have several of: `first`, `first2`, … */
  numbered(first: string): string {
    let name = first;
    for (let n = 2; this.taken.has(name); n++) name = `${first}${n}`;
    this.taken.add(name);
    return name;
  }

  /** Names of one function: the next one may use the same again, but imports may not. */
  within<T>(emit: (names: ModuleNames) => T): T {
    const inner = new ModuleNames(this.taken);
    const result = emit(inner);
    for (const name of inner.all) this.inside.add(name);
    return result;
  }

  /** All names that occur somewhere in the file. */
  get all(): ReadonlySet<string> {
    return new Set([...this.taken, ...this.inside]);
  }
}
