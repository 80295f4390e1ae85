/**
 * A small set of heads for each slot, each head with the place that it comes from, in the order in which they came. Most
 * slots have one head and many have none: only what comes after the first stands in lists of its own.
 */
import { Head } from './heads.js';
import { IntColumn } from './int-column.js';

const none = -1;
const most = 8;

interface Entry<Origin> {
  readonly head: Head;
  readonly origin: Origin;
}

export class HeadTable<Origin> {
  private readonly firsts = new IntColumn();
  private readonly origins: (Origin | undefined)[] = [];
  private readonly more = new Map<number, Entry<Origin>[]>();

  /** Makes room for the next slot. */
  push(): void {
    this.firsts.push(none);
    this.origins.push(undefined);
  }

  /** Adds a head that the slot must not have yet. */
  add(slot: number, head: Head, origin: Origin): void {
    if (this.isEmpty(slot)) {
      this.firsts.set(slot, head);
      this.origins[slot] = origin;
      return;
    }
    const more = this.more.get(slot);
    if (!more) this.more.set(slot, [{ head, origin }]);
    else if (more.length + 1 < most) more.push({ head, origin });
    else if (!this.has(slot, Head.unknown)) more.push({ head: Head.unknown, origin });
  }

  isEmpty(slot: number): boolean {
    return this.firsts.get(slot) === none;
  }

  has(slot: number, head: Head): boolean {
    if (this.firsts.get(slot) === head) return true;
    return this.more.size > 0 && (this.more.get(slot)?.some((one) => one.head === head) ?? false);
  }

  /** Of one head alone, that. */
  only(slot: number): Head | undefined {
    const first = this.firsts.get(slot);
    return first === none || this.more.has(slot) ? undefined : first;
  }

  /** Whether all of them are such; true of none. */
  every(slot: number, is: (head: Head) => boolean): boolean {
    const first = this.firsts.get(slot);
    if (first === none) return true;
    return is(first) && (this.more.get(slot)?.every(({ head }) => is(head)) ?? true);
  }

  heads(slot: number): Head[] {
    const first = this.firsts.get(slot);
    if (first === none) return [];
    return [first, ...(this.more.get(slot) ?? []).map(({ head }) => head)];
  }

  /** The heads, each with its place. */
  entries(slot: number): readonly Entry<Origin>[] {
    const head = this.firsts.get(slot);
    if (head === none) return [];
    return [{ head, origin: this.origins[slot]! }, ...(this.more.get(slot) ?? [])];
  }

  each(slot: number, visit: (head: Head, origin: Origin) => void): void {
    const first = this.firsts.get(slot);
    if (first === none) return;
    visit(first, this.origins[slot]!);
    for (const { head, origin } of this.more.get(slot) ?? []) visit(head, origin);
  }

  originOf(slot: number, head: Head): Origin | undefined {
    if (this.firsts.get(slot) === head) return this.origins[slot];
    return this.more.get(slot)?.find((one) => one.head === head)?.origin;
  }

  /** Writes one head for another, each once. */
  rename(slot: number, from: Head, to: Head): void {
    if (!this.has(slot, from)) return;
    const before = this.entries(slot);
    this.firsts.set(slot, none);
    this.more.delete(slot);
    for (const { head, origin } of before) {
      const name = head === from ? to : head;
      if (!this.has(slot, name)) this.add(slot, name, origin);
    }
  }
}
