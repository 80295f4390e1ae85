/** Which slot's value ends in which: a list of flows out of each slot, and of flows into it, in the order in which they came. */

import { IntColumn } from './int-column.js';

const none = -1;

/** One direction: the flows of each slot as a ring, of which the last one is known. */
class Rings {
  private readonly lasts = new IntColumn();
  private readonly nexts = new IntColumn();

  pushSlot(): void {
    this.lasts.push(none);
  }

  /** Adds the next flow, at the end of a slot's ring. */
  push(slot: number, flow: number): void {
    const last = this.lasts.get(slot);
    this.nexts.push(last === none ? flow : this.nexts.get(last));
    if (last !== none) this.nexts.set(last, flow);
    this.lasts.set(slot, flow);
  }

  isEmpty(slot: number): boolean {
    return this.lasts.get(slot) === none;
  }

  first(slot: number): number {
    const last = this.lasts.get(slot);
    return last === none ? none : this.nexts.get(last);
  }

  /** The flow after one of a slot. */
  after(slot: number, flow: number): number {
    return flow === this.lasts.get(slot) ? none : this.nexts.get(flow);
  }
}

export class FlowTable {
  private readonly sources = new IntColumn();
  private readonly targets = new IntColumn();
  private readonly outs = new Rings();
  private readonly intos = new Rings();

  /** Makes room for the next slot. */
  push(): void {
    this.outs.pushSlot();
    this.intos.pushSlot();
  }

  /** @returns whether it was not known before */
  add(from: number, to: number): boolean {
    if (this.has(from, to)) return false;
    const flow = this.sources.length;
    this.sources.push(from);
    this.targets.push(to);
    this.outs.push(from, flow);
    this.intos.push(to, flow);
    return true;
  }

  /** Looks through both rings at once: the shorter one says when there is nothing more to find. */
  private has(from: number, to: number): boolean {
    let out = this.outs.first(from);
    let into = this.intos.first(to);
    while (out !== none && into !== none) {
      if (this.targets.get(out) === to || this.sources.get(into) === from) return true;
      out = this.outs.after(from, out);
      into = this.intos.after(to, into);
    }
    return false;
  }

  /** Visits what a slot flows into, and what is added to that meanwhile. */
  eachOut(slot: number, visit: (to: number) => void): void {
    const { outs, targets } = this;
    for (let flow = outs.first(slot); flow !== none; flow = outs.after(slot, flow)) visit(targets.get(flow));
  }

  /** Visits what flows into a slot, and what is added to that meanwhile. */
  eachInto(slot: number, visit: (from: number) => void): void {
    const { intos, sources } = this;
    for (let flow = intos.first(slot); flow !== none; flow = intos.after(slot, flow)) visit(sources.get(flow));
  }

  out(slot: number): number[] {
    const found: number[] = [];
    this.eachOut(slot, (to) => found.push(to));
    return found;
  }

  into(slot: number): number[] {
    const found: number[] = [];
    this.eachInto(slot, (from) => found.push(from));
    return found;
  }

  hasOut(slot: number): boolean {
    return !this.outs.isEmpty(slot);
  }

  hasInto(slot: number): boolean {
    return !this.intos.isEmpty(slot);
  }
}
