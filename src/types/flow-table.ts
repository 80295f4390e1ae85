/** Which slot's value ends in which: a list of flows out of each slot, and of flows into it, in the order in which they came. */

const none = -1;

/** One direction: the flows of each slot as a chain. */
class Chains {
  private readonly firsts: number[] = [];
  private readonly lasts: number[] = [];
  private readonly counts: number[] = [];
  private readonly nexts: number[] = [];

  pushSlot(): void {
    this.firsts.push(none);
    this.lasts.push(none);
    this.counts.push(0);
  }

  /** Adds the next flow to a slot's chain. */
  push(slot: number, flow: number): void {
    this.nexts.push(none);
    const last = this.lasts[slot]!;
    if (last === none) this.firsts[slot] = flow;
    else this.nexts[last] = flow;
    this.lasts[slot] = flow;
    this.counts[slot]!++;
  }

  count(slot: number): number {
    return this.counts[slot]!;
  }

  first(slot: number): number {
    return this.firsts[slot]!;
  }

  next(flow: number): number {
    return this.nexts[flow]!;
  }
}

export class FlowTable {
  private readonly sources: number[] = [];
  private readonly targets: number[] = [];
  private readonly outs = new Chains();
  private readonly intos = new Chains();

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

  private has(from: number, to: number): boolean {
    const outIsShorter = this.outs.count(from) < this.intos.count(to);
    const [chains, slot, ends, end] = outIsShorter
      ? [this.outs, from, this.targets, to]
      : [this.intos, to, this.sources, from];
    for (let flow = chains.first(slot); flow !== none; flow = chains.next(flow)) if (ends[flow] === end) return true;
    return false;
  }

  /** Visits what a slot flows into, and what is added to that meanwhile. */
  eachOut(slot: number, visit: (to: number) => void): void {
    const { outs, targets } = this;
    for (let flow = outs.first(slot); flow !== none; flow = outs.next(flow)) visit(targets[flow]!);
  }

  /** Visits what flows into a slot, and what is added to that meanwhile. */
  eachInto(slot: number, visit: (from: number) => void): void {
    const { intos, sources } = this;
    for (let flow = intos.first(slot); flow !== none; flow = intos.next(flow)) visit(sources[flow]!);
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
    return this.outs.count(slot) > 0;
  }

  hasInto(slot: number): boolean {
    return this.intos.count(slot) > 0;
  }
}
