/**
 * The constraints of a program, without its syntax. A slot is every place that holds a value. Types that are known flow
 * forward along `flow`s (`given`), what uses require flows back (`needs`). An annotated slot is a wall: it is what it
 * was declared to be, gives that to whatever it flows into, and asks for it from whatever flows into it.
 */
import type { SourceFile, Span } from '../source.js';
import { firstRecord, Head, HeadSet, isAbsence, isComposite, isOpaque, isRecord } from './heads.js';

export type Slot = number;

/** A place in the source. */
export interface Origin {
  readonly file: SourceFile;
  readonly span: Span;
}

/** A record type: one of the program's names, or one that is only known by its fields. */
export interface RecordShape {
  /** Undefined while it is only known by its fields. */
  name: string | undefined;
  readonly fields: Map<string, Slot>;
  /** Each `R{…}`: the fields it gives. */
  readonly constructions: { readonly fields: ReadonlySet<string>; readonly origin: Origin }[];
  /** Fields that are assigned somewhere. */
  readonly written: Set<string>;
  /** Where the program first mentions it. */
  readonly origin: Origin;
  /** The record that it has turned out to be. */
  sameAs: number | undefined;
  readonly holders: Slot[];
}

export type ChildKey = 'item' | 'key' | 'value' | 'result' | number;

interface Access {
  readonly name: string;
  readonly use: Slot;
  readonly write: boolean;
  readonly origin: Origin;
  /** The heads whose fields it is linked to. */
  linked: readonly Head[];
}

/** `xs[i]`: of a list its item, of a map its value. */
interface IndexRead {
  readonly index: Slot;
  readonly use: Slot;
  readonly origin: Origin;
}

/** Shared by all lists of slots and heads that nothing stands in. */
const noSlots: readonly Slot[] = [];

/** Where a value turned out to be of a kind that what is done with it does not go with. */
export interface Mistake {
  readonly origin: Origin;
  /** Of a field, the name; of an operator, its sign; undefined for an index. */
  readonly name: string | undefined;
  readonly operands: readonly { readonly slot: Slot; readonly head: Head }[];
}

interface SlotNode {
  readonly origin: Origin;
  readonly wall: boolean;
  given: HeadSet<Origin>;
  needs: HeadSet<Origin>;
  out: readonly Slot[];
  into: readonly Slot[];
  accesses: Access[] | undefined;
  indexes: IndexRead[] | undefined;
  children: Partial<Record<ChildKey, Slot>> | undefined;
  arity: number;
  /** A list, map, tuple or handle is given or needed: there is something inside. */
  composite: boolean;
  /** What it is inside of. */
  parent: Slot | undefined;
  /** How deep inside of lists, maps and handles it is. */
  depth: number;
  /** Used as a condition. */
  tested: boolean;
  /** Used as a text, or read as a number. */
  printed: boolean;
  /** Used as a number. */
  counted: boolean;
  /** An int only because nothing says otherwise. */
  defaulted: boolean;
  queued: boolean;
}

const childrenOf: ReadonlyMap<Head, readonly ChildKey[]> = new Map<Head, readonly ChildKey[]>([
  [Head.list, ['item']],
  [Head.map, ['key', 'value']],
  [Head.handle, ['result']],
]);

/** A list that holds itself would be deeper than any. */
const deepest = 12;

export class Slots {
  readonly nodes: SlotNode[] = [];
  readonly records: RecordShape[] = [];
  /** Each gives an `error`, which silences what follows from it; and may thereby silence itself. */
  readonly mistakes: Mistake[] = [];
  /** Where something begins that holds itself, if anything does. */
  bottomless: Origin | undefined;
  private readonly byName = new Map<string, Head>();
  private queue: Slot[] = [];

  /** A place whose type is to be found out. */
  slot(origin: Origin, wall = false): Slot {
    this.nodes.push({
      origin,
      wall,
      given: HeadSet.none,
      needs: HeadSet.none,
      out: noSlots,
      into: noSlots,
      accesses: undefined,
      indexes: undefined,
      children: undefined,
      arity: 0,
      composite: false,
      parent: undefined,
      depth: 0,
      tested: false,
      printed: false,
      counted: false,
      defaulted: false,
      queued: false,
    });
    return this.nodes.length - 1;
  }

  /** What is inside of a list, a map, a tuple or a handle. */
  child(slot: Slot, key: ChildKey): Slot {
    const node = this.nodes[slot]!;
    if (node.depth >= deepest) {
      this.bottomless ??= node.origin;
      this.give(slot, Head.error, node.origin);
      return slot;
    }
    node.children ??= {};
    let child = node.children[key];
    if (child === undefined) {
      child = this.slot(node.origin, node.wall);
      this.nodes[child]!.parent = slot;
      this.nodes[child]!.depth = node.depth + 1;
      node.children[key] = child;
      if (typeof key === 'number') node.arity = Math.max(node.arity, key + 1);
    }
    return child;
  }

  /** The value of a slot ends in another. */
  flow(from: Slot, to: Slot): void {
    if (from === to) return;
    const [source, target] = [this.nodes[from]!, this.nodes[to]!];
    const known = source.out.length < target.into.length ? source.out.includes(to) : target.into.includes(from);
    if (known) return;
    source.out = added(source.out, to);
    target.into = added(target.into, from);
    this.mark(from);
    this.mark(to);
  }

  give(slot: Slot, head: Head, origin: Origin): void {
    const node = this.nodes[slot]!;
    head = this.same(head);
    if (node.given.has(head)) return;
    node.given = node.given.with(head, origin);
    node.composite ||= isComposite(head);
    if (isRecord(head)) {
      this.records[head - firstRecord]!.holders.push(slot);
      this.nameByOthers(node.given);
    }
    if (node.wall && !isAbsence(head) && !isOpaque(head) && head !== Head.void && !node.needs.has(head)) {
      node.needs = node.needs.with(head, origin);
    }
    this.mark(slot);
  }

  need(slot: Slot, head: Head, origin: Origin): void {
    const node = this.nodes[slot]!;
    head = this.same(head);
    if (node.wall || node.needs.has(head)) return;
    node.needs = node.needs.with(head, origin);
    node.composite ||= isComposite(head);
    this.mark(slot);
  }

  /** Reads (`use` gets the field's value) or writes (the field gets it). */
  access(receiver: Slot, name: string, use: Slot, write: boolean, origin: Origin): void {
    const node = this.nodes[receiver]!;
    node.accesses ??= [];
    node.accesses.push({ name, use, write, origin, linked: noSlots });
    this.mark(receiver);
  }

  index(receiver: Slot, index: Slot, use: Slot, origin: Origin): void {
    const node = this.nodes[receiver]!;
    node.indexes ??= [];
    node.indexes.push({ index, use, origin });
    this.mark(receiver);
  }

  // --- Records

  /** The record of a name. */
  named(name: string, origin: Origin): Head {
    let head = this.byName.get(name);
    if (head === undefined) {
      head = this.anonymous(origin);
      this.records[head - firstRecord]!.name = name;
      this.byName.set(name, head);
    }
    return head;
  }

  anonymous(origin: Origin): Head {
    this.records.push({
      name: undefined,
      fields: new Map(),
      constructions: [],
      written: new Set(),
      origin,
      sameAs: undefined,
      holders: [],
    });
    return firstRecord + this.records.length - 1;
  }

  record(head: Head): RecordShape {
    return this.records[this.same(head) - firstRecord]!;
  }

  field(head: Head, name: string, origin: Origin): Slot {
    const { fields } = this.record(head);
    let slot = fields.get(name);
    if (slot === undefined) {
      slot = this.slot(origin);
      fields.set(name, slot);
    }
    return slot;
  }

  /** What a record has turned out to be. */
  same(head: Head): Head {
    while (isRecord(head)) {
      const next = this.records[head - firstRecord]!.sameAs;
      if (next === undefined) return head;
      head = next;
    }
    return head;
  }

  /** A record that is only known by its fields is the named one that it meets. */
  private nameByOthers(set: HeadSet<Origin>): void {
    const records = set.heads.filter(isRecord);
    if (records.length < 2) return;
    const named = records.filter((head) => this.record(head).name !== undefined);
    if (named.length > 1) return;
    const target = named[0] ?? Math.min(...records);
    for (const head of records) if (head !== target) this.merge(head, target);
  }

  merge(from: Head, to: Head): void {
    [from, to] = [this.same(from), this.same(to)];
    if (from === to) return;
    const [source, target] = [this.records[from - firstRecord]!, this.records[to - firstRecord]!];
    source.sameAs = to;
    for (const [name, slot] of source.fields) {
      const known = target.fields.get(name);
      if (known === undefined) {
        target.fields.set(name, slot);
      } else {
        this.flow(slot, known);
        this.flow(known, slot);
      }
    }
    target.constructions.push(...source.constructions);
    for (const name of source.written) target.written.add(name);
    for (const slot of source.holders) {
      const node = this.nodes[slot]!;
      node.given = node.given.renamed(from, to);
      node.needs = node.needs.renamed(from, to);
      target.holders.push(slot);
      this.mark(slot);
    }
  }

  // --- Propagation

  mark(slot: Slot): void {
    const node = this.nodes[slot]!;
    if (node.queued) return;
    node.queued = true;
    this.queue.push(slot);
  }

  /** Moves what is given forward and what is needed back until nothing moves. */
  propagate(): void {
    while (this.queue.length > 0) {
      const slots = this.queue;
      this.queue = [];
      for (const slot of slots) {
        this.nodes[slot]!.queued = false;
        this.spread(slot);
      }
    }
  }

  private spread(slot: Slot): void {
    const node = this.nodes[slot]!;
    if (node.accesses) this.linkFields(slot, node);
    if (node.indexes) this.linkIndexes(slot, node);
    for (const to of node.out) {
      const target = this.nodes[to]!;
      if (!target.wall) {
        node.given.each((head, origin) => this.give(to, head, origin));
      }
      this.linkChildren(slot, to);
    }
    for (const from of node.into) {
      if (!this.nodes[from]!.wall) {
        node.needs.each((head, origin) => this.need(from, head, origin));
      }
      this.linkChildren(from, slot);
    }
  }

  /** The items of a list that flows somewhere flow into the items there. */
  private linkChildren(from: Slot, to: Slot): void {
    const [source, target] = [this.nodes[from]!, this.nodes[to]!];
    if (!source.composite && !target.composite) return;
    for (const [head, keys] of childrenOf) {
      if (!source.given.has(head) && !target.needs.has(head) && !target.given.has(head)) continue;
      for (const key of keys) this.flow(this.child(from, key), this.child(to, key));
    }
    if (source.given.has(Head.tuple) || target.needs.has(Head.tuple)) {
      const { arity } = source.given.has(Head.tuple) ? source : target;
      for (let i = 0; i < arity; i++) this.flow(this.child(from, i), this.child(to, i));
    }
  }

  private linkFields(slot: Slot, node: SlotNode): void {
    for (const access of node.accesses!) {
      for (const head of node.given.heads) {
        if (access.linked.includes(head)) continue;
        access.linked = added(access.linked, head);
        if (isRecord(head)) {
          const field = this.field(head, access.name, access.origin);
          if (access.write) {
            this.record(head).written.add(access.name);
            this.flow(access.use, field);
          } else {
            this.flow(field, access.use);
          }
        } else if (access.name === 'length' && (head === Head.list || head === Head.string || head === Head.map)) {
          this.give(access.use, Head.int, access.origin);
        } else if (isOpaque(head)) {
          this.give(access.use, head, access.origin);
        } else if (!isAbsence(head)) {
          this.mistakes.push({ origin: access.origin, name: access.name, operands: [{ slot, head }] });
          this.give(access.use, Head.error, access.origin);
        }
      }
    }
  }

  private linkIndexes(slot: Slot, node: SlotNode): void {
    for (const { index, use, origin } of node.indexes!) {
      if (node.given.has(Head.list)) {
        this.need(index, Head.int, origin);
        this.flow(this.child(slot, 'item'), use);
      } else if (node.given.has(Head.map)) {
        this.flow(index, this.child(slot, 'key'));
        this.flow(this.child(slot, 'value'), use);
      } else {
        const other = node.given.heads.find((head) => !isAbsence(head));
        if (other === undefined) continue;
        if (!isOpaque(other)) this.mistakes.push({ origin, name: undefined, operands: [{ slot, head: other }] });
        this.give(use, isOpaque(other) ? other : Head.error, origin);
      }
    }
  }
}

function added(slots: readonly Slot[], slot: Slot): readonly Slot[] {
  if (slots === noSlots) return [slot];
  (slots as Slot[]).push(slot);
  return slots;
}
