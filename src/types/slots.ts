/**
 * The constraints of a program, without its syntax. A slot is every place that holds a value. Types that are known flow
 * forward along `flow`s (`given`), what uses require flows back (`needs`). An annotated slot is a wall: it is what it
 * was declared to be, gives that to whatever it flows into, and asks for it from whatever flows into it.
 */
import { FlowTable } from './flow-table.js';
import { HeadTable } from './head-table.js';
import { IntColumn } from './int-column.js';
import type { Comparison } from './operators.js';
import {
  type Access,
  type ChildKey,
  Details,
  type EnumShape,
  type IndexRead,
  type Mistake,
  type Origin,
  type RecordShape,
  type Slot,
  State,
  Trait,
} from './slot.js';
import {
  firstEnum,
  firstRecord,
  Head,
  isAbsence,
  isComposite,
  isOpaque,
  isRecord,
  isNumericLiteral,
  memberOf,
} from './heads.js';

const childrenOf: ReadonlyMap<Head, readonly ChildKey[]> = new Map<Head, readonly ChildKey[]>([
  [Head.list, ['item']],
  [Head.map, ['key', 'value']],
  [Head.handle, ['result']],
]);

/** A list that holds itself would be deeper than any. */
const deepest = 12;

const nothing = new Details(undefined, 0);

export class Slots {
  /** What flows into a slot. */
  readonly given = new HeadTable<Origin>();
  /** What its uses require. */
  readonly needs = new HeadTable<Origin>();
  readonly flows = new FlowTable();
  /** Slots that are given literals: of numbers, and of texts that may be members. */
  readonly literals: Slot[] = [];
  readonly texts: Slot[] = [];
  readonly records: RecordShape[] = [];
  readonly enums: EnumShape[] = [];
  /** What slots are that nothing else is known about. */
  readonly fallbacks = new Map<Slot, { readonly head: Head; readonly origin: Origin }>();
  /** What maps are read by is compared with their keys: a read adds none. */
  readonly keyReads: Comparison[] = [];
  /** Each gives an `error`, which silences what follows from it; and may thereby silence itself. */
  readonly mistakes: Mistake[] = [];
  /** Where something begins that holds itself, if anything does. */
  bottomless: Origin | undefined;
  private readonly origins: Origin[] = [];
  private readonly bits = new IntColumn();
  private readonly details: (Details | undefined)[] = [];
  private readonly byName = new Map<string, Head>();
  private queue: Slot[] = [];

  /** A place whose type is to be found out. */
  slot(origin: Origin, wall = false): Slot {
    this.given.push();
    this.needs.push();
    this.flows.push();
    this.origins.push(origin);
    this.bits.push(wall ? State.wall : 0);
    this.details.push(undefined);
    return this.origins.length - 1;
  }

  get count(): number {
    return this.origins.length;
  }

  origin(slot: Slot): Origin {
    return this.origins[slot]!;
  }

  isWall(slot: Slot): boolean {
    return this.is(slot, State.wall);
  }

  /** Says how a slot is used. */
  note(slot: Slot, trait: number): void {
    this.bits.set(slot, this.bits.get(slot) | trait);
  }

  is(slot: Slot, trait: number): boolean {
    return (this.bits.get(slot) & trait) !== 0;
  }

  accessesOf(slot: Slot): readonly Access[] {
    return this.details[slot]?.accesses ?? [];
  }

  indexesOf(slot: Slot): readonly IndexRead[] {
    return this.details[slot]?.indexes ?? [];
  }

  // --- What is inside

  /** What is inside of a list, a map, a tuple or a handle. */
  child(slot: Slot, key: ChildKey): Slot {
    const details = this.detailsOf(slot);
    if (details.depth >= deepest) {
      this.bottomless ??= this.origin(slot);
      this.give(slot, Head.error, this.origin(slot));
      return slot;
    }
    const children = (details.children ??= {});
    let child = children[key];
    if (child === undefined) {
      child = this.slot(this.origin(slot), this.isWall(slot));
      this.details[child] = new Details(slot, details.depth + 1);
      children[key] = child;
      if (typeof key === 'number') details.arity = Math.max(details.arity, key + 1);
    }
    return child;
  }

  hasChildren(slot: Slot): boolean {
    return this.details[slot]?.children !== undefined;
  }

  /** The slots inside that are known so far. */
  childrenOf(slot: Slot): readonly Slot[] {
    return Object.values(this.details[slot]?.children ?? {}) as Slot[];
  }

  /** How many parts of a tuple are known. */
  arity(slot: Slot): number {
    return this.details[slot]?.arity ?? 0;
  }

  /** What a slot is inside of. */
  parent(slot: Slot): Slot | undefined {
    return this.details[slot]?.parent;
  }

  private detailsOf(slot: Slot): Details {
    return (this.details[slot] ??= new Details(undefined, 0));
  }

  // --- What is known

  /** The value of a slot ends in another. */
  flow(from: Slot, to: Slot): void {
    if (from === to || !this.flows.add(from, to)) return;
    this.enqueue(from);
    this.enqueue(to);
  }

  give(slot: Slot, head: Head, origin: Origin): void {
    head = this.same(head);
    if (this.given.has(slot, head) || (isAbsence(head) && this.is(slot, Trait.present))) return;
    this.given.add(slot, head, origin);
    if (isComposite(head)) this.note(slot, State.composite);
    if (isNumericLiteral(head)) this.literals.push(slot);
    if (head === Head.textLiteral) this.texts.push(slot);
    if (isRecord(head)) {
      this.records[head - firstRecord]!.holders.push(slot);
      this.nameByOthers(slot);
    }
    const isFixed = this.isWall(slot) && !isAbsence(head) && !isOpaque(head) && head !== Head.void;
    if (isFixed && !this.needs.has(slot, head)) this.needs.add(slot, head, origin);
    this.enqueue(slot);
  }

  need(slot: Slot, head: Head, origin: Origin): void {
    head = this.same(head);
    if (this.isWall(slot) || this.needs.has(slot, head)) return;
    this.needs.add(slot, head, origin);
    if (isComposite(head)) this.note(slot, State.composite);
    this.enqueue(slot);
  }

  /** Reads (`use` gets the field's value) or writes (the field gets it). */
  access(receiver: Slot, name: string, use: Slot, write: boolean, origin: Origin): void {
    (this.detailsOf(receiver).accesses ??= []).push({ name, use, write, origin, linked: [] });
    this.enqueue(receiver);
  }

  index(receiver: Slot, index: Slot, use: Slot, origin: Origin): void {
    (this.detailsOf(receiver).indexes ??= []).push({ index, use, origin, isKey: false });
    this.enqueue(receiver);
  }

  // --- Records

  /** Declares a type whose values are texts. */
  enumeration(shape: EnumShape): void {
    this.enums.push(shape);
    this.byName.set(shape.name, firstEnum + this.enums.length - 1);
  }

  /** The record, or the enum, of a name. */
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
      closed: false,
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
      // A field that was not declared is reported where it is used.
      if (this.record(head).closed) this.give(slot, Head.error, origin);
      else fields.set(name, slot);
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
  private nameByOthers(slot: Slot): void {
    if (this.given.only(slot) !== undefined) return;
    const records = this.given.heads(slot).filter(isRecord);
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
        if (!target.closed) target.fields.set(name, slot);
      } else {
        this.flow(slot, known);
        this.flow(known, slot);
      }
    }
    target.constructions.push(...source.constructions);
    for (const name of source.written) target.written.add(name);
    for (const slot of source.holders) {
      this.given.rename(slot, from, to);
      this.needs.rename(slot, from, to);
      target.holders.push(slot);
      this.enqueue(slot);
    }
  }

  // --- Propagation

  private enqueue(slot: Slot): void {
    if (this.is(slot, State.queued)) return;
    this.note(slot, State.queued);
    this.queue.push(slot);
  }

  /** Moves what is given forward and what is needed back until nothing moves. */
  propagate(): void {
    while (this.queue.length > 0) {
      const slots = this.queue;
      this.queue = [];
      for (const slot of slots) {
        this.bits.set(slot, this.bits.get(slot) & ~State.queued);
        this.spread(slot);
      }
    }
  }

  private spread(slot: Slot): void {
    const { accesses, indexes } = this.details[slot] ?? nothing;
    if (accesses) this.linkFields(slot, accesses);
    if (indexes) this.linkIndexes(slot, indexes);
    this.flows.eachOut(slot, (to) => {
      if (!this.isWall(to)) this.given.each(slot, (head, origin) => this.give(to, head, origin));
      this.linkChildren(slot, to);
    });
    this.flows.eachInto(slot, (from) => {
      if (!this.isWall(from)) this.needs.each(slot, (head, origin) => this.need(from, head, origin));
      this.linkChildren(from, slot);
    });
  }

  /** The items of a list that flows somewhere flow into the items there. */
  private linkChildren(from: Slot, to: Slot): void {
    if (!this.is(from, State.composite) && !this.is(to, State.composite)) return;
    const { given, needs } = this;
    for (const [head, keys] of childrenOf) {
      if (!given.has(from, head) && !needs.has(to, head) && !given.has(to, head)) continue;
      for (const key of keys) this.flow(this.child(from, key), this.child(to, key));
      // What is put into a list that is known to be there is in it elsewhere, too.
      if (this.is(to, Trait.present) || (this.is(to, Trait.same) && this.is(from, Trait.present)))
        for (const key of keys) this.flow(this.child(to, key), this.child(from, key));
    }
    const isGiven = given.has(from, Head.tuple);
    if (isGiven || needs.has(to, Head.tuple)) {
      // Of one that is only known by where it goes, the parts are there.
      const arity = (isGiven && this.arity(from)) || this.arity(to);
      for (let i = 0; i < arity; i++) this.flow(this.child(from, i), this.child(to, i));
    }
  }

  private linkFields(slot: Slot, accesses: readonly Access[]): void {
    const heads = this.given.heads(slot);
    for (const access of accesses) {
      for (const head of heads) {
        if (access.linked.includes(head)) continue;
        access.linked = access.linked.concat(head);
        if (isRecord(head)) {
          const field = this.field(head, access.name, access.origin);
          if (access.write) {
            this.record(head).written.add(access.name);
            this.flow(access.use, field);
          } else {
            this.flow(field, access.use);
            const fallback = this.fallbacks.get(field);
            if (fallback) this.fallbacks.set(access.use, fallback);
          }
        } else if (memberOf(head, access.name)) {
          for (const member of memberOf(head, access.name)!) this.give(access.use, member, access.origin);
        } else if (isOpaque(head)) {
          this.give(access.use, head, access.origin);
        } else if (!isAbsence(head)) {
          this.mistakes.push({ origin: access.origin, name: access.name, operands: [{ slot, head }] });
          this.give(access.use, Head.error, access.origin);
        }
      }
    }
  }

  private linkIndexes(slot: Slot, indexes: readonly IndexRead[]): void {
    for (const read of indexes) {
      const { index, use, origin } = read;
      if (this.given.has(slot, Head.list)) {
        this.need(index, Head.int, origin);
        this.flow(this.child(slot, 'item'), use);
      } else if (this.given.has(slot, Head.map)) {
        if (!read.isKey) this.keyReads.push({ left: index, right: this.child(slot, 'key'), orders: false, origin });
        read.isKey = true;
        this.flow(this.child(slot, 'value'), use);
      } else {
        const other = this.given.heads(slot).find((head) => !isAbsence(head));
        if (other === undefined) continue;
        if (!isOpaque(other)) this.mistakes.push({ origin, name: undefined, operands: [{ slot, head: other }] });
        this.give(use, isOpaque(other) ? other : Head.error, origin);
      }
    }
  }
}
