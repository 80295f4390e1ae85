/** The names of one output file: what it declares, what authors use in it, and what helpers in it may be called. */
import { freeName, isReserved } from './reserved.js';

export class ModuleNames {
  private readonly own: Set<string>;
  private readonly inside = new Set<string>();

  /**
   * @param own names of authors: helpers give way to them
   * @param around of the file, where these are of one function in it
   */
  constructor(
    own: Iterable<string>,
    private readonly around?: ModuleNames,
  ) {
    this.own = new Set(own);
  }

  has(name: string): boolean {
    return this.own.has(name) || (this.around?.has(name) ?? false);
  }

  add(name: string): void {
    this.own.add(name);
  }

  /** A name for something generated: the first of several that collides with nothing. */
  helper(first: string, ...others: readonly string[]): string {
    const name = freeName([first, ...others], (one) => this.has(one) || isReserved(one));
    this.add(name);
    return name;
  }

  /** The same for something that a function may have several of: `first`, `first2`, … */
  numbered(first: string): string {
    let name = first;
    for (let n = 2; this.has(name); n++) name = `${first}${n}`;
    this.add(name);
    return name;
  }

  /** Names of one function: the next one may use the same again, but imports may not. */
  within<T>(emit: (names: ModuleNames) => T): T {
    const inner = new ModuleNames([], this);
    const result = emit(inner);
    for (const name of inner.all()) this.inside.add(name);
    return result;
  }

  /** All names that are declared somewhere in the file. */
  all(): ReadonlySet<string> {
    return new Set([...this.own, ...this.inside]);
  }
}
