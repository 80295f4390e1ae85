/**
 * Finds out what every slot is. Flows are followed to the fixpoint; when nothing moves, the first rule that decides
 * anything is applied to all the slots that it applies to, at once and from a snapshot, so that the result does not
 * depend on the order of files or definitions (grammar/README.md, "Inference").
 */
import {
  Head,
  isAbsence,
  isEnum,
  isNumeric,
  isNumericLiteral,
  isOpaque,
  isRecord,
  isText,
  joinNumbers,
  joinTexts,
  settledNumber,
} from './heads.js';
import {
  type Comparison,
  comparisonOf,
  evaluate,
  type Membership,
  openSide,
  openSides,
  type Operation,
  operandHead,
  type SideDecision,
} from './operators.js';
import { type Origin, type Slot, Trait } from './slot.js';
import type { Slots } from './slots.js';

export interface Constraints {
  readonly slots: Slots;
  readonly operations: readonly Operation[];
  readonly comparisons: readonly Comparison[];
  readonly memberships: readonly Membership[];
  /** What one function gives in several places: records that are only known by their fields are one. */
  readonly results: readonly (readonly Slot[])[];
}

type Decision = readonly [slot: Slot, head: Head, origin: Origin];

export function solve({ slots, operations, comparisons, memberships, results }: Constraints): void {
  const open = new OpenSlots(slots);
  const joined = new Set<unknown>();
  const rules: (() => boolean)[] = [
    () => decideAll(slots, literals(slots)),
    () => decideAll(slots, members(slots)),
    () => decideAll(slots, needed(slots, open.all())),
    () => decideAll(slots, compared(slots, comparisons, memberships)),
    () => decideAll(slots, adopted(slots, open.groups())),
    () => decideAll(slots, indexed(slots, open.all())),
    () => decideAll(slots, recordsByFields(slots, open.groups())),
    () => decideAll(slots, containers(memberships, open.groups(), slots)),
    () =>
      decideSides(
        slots,
        operations.flatMap((one) => openSides(slots, one)),
      ),
    ...[false, true].map(
      (guess) => () =>
        decideSides(
          slots,
          operations.flatMap((one) => openSide(slots, one, guess) ?? []),
        ),
    ),
    () => decideAll(slots, numbers(slots, open.all())),
    () => guessSums(slots, operations),
    () => decideAll(slots, ordered(slots, comparisons)),
    () => decideAll(slots, tested(slots, open.all())),
    () => joinResults(slots, results, joined),
    () => decideAll(slots, fallback(slots, open.all())),
    () => decideAll(slots, unknown(slots, open.all())),
  ];
  do {
    do slots.propagate();
    while (evaluateAll(slots, operations));
    open.look();
  } while (rules.some((rule) => rule()));
}

function decideAll(slots: Slots, decisions: readonly Decision[]): boolean {
  for (const [slot, head, origin] of decisions) slots.give(slot, heldAs(slots, slot, head), origin);
  return decisions.length > 0;
}

/** A number that is held as a text is exact. */
function heldAs(slots: Slots, slot: Slot, head: Head): Head {
  const isNumber = head === Head.int || head === Head.float;
  return isNumber && slots.fallbacks.get(slot)?.head === Head.string ? Head.decimal : head;
}

function evaluateAll(slots: Slots, operations: readonly Operation[]): boolean {
  let moved = false;
  for (const operation of operations) moved = evaluate(slots, operation) || moved;
  return moved;
}

/** Sides that are given several things join them, whichever operator comes first. */
function decideSides(slots: Slots, decisions: readonly SideDecision[]): boolean {
  const operations = decisions.filter(({ side }) => isOpen(slots, side));
  for (const { side, head, origin, defaulted } of operations) {
    if (defaulted) slots.note(side, Trait.defaulted);
    slots.give(side, heldAs(slots, side, head), origin);
  }
  return operations.length > 0;
}

/** The slots that nothing is known about: fewer each time they are looked at. */
class OpenSlots {
  private list: readonly Slot[] = [];
  private seen = 0;
  private connected: readonly (readonly Slot[])[] | undefined;

  constructor(private readonly slots: Slots) {}

  /** Looks again: what is given stays the same while rules are tried that decide nothing. */
  look(): void {
    const list = this.list.filter((slot) => isOpen(this.slots, slot));
    for (; this.seen < this.slots.count; this.seen++) if (isOpen(this.slots, this.seen)) list.push(this.seen);
    this.list = list;
    this.connected = undefined;
  }

  all(): readonly Slot[] {
    return this.list;
  }

  /** Open slots that are connected by flows. */
  groups(): readonly (readonly Slot[])[] {
    return (this.connected ??= this.connect());
  }

  private connect(): Slot[][] {
    const groups: Slot[][] = [];
    const visited = new Uint8Array(this.slots.count);
    for (const start of this.list) {
      if (visited[start]) continue;
      visited[start] = 1;
      const group = [start];
      const visit = (next: Slot) => {
        if (visited[next] || !isOpen(this.slots, next)) return;
        visited[next] = 1;
        group.push(next);
      };
      for (const slot of group) {
        this.slots.flows.eachOut(slot, visit);
        this.slots.flows.eachInto(slot, visit);
      }
      groups.push(group);
    }
    return groups;
  }
}

function isOpen(slots: Slots, slot: Slot): boolean {
  return !slots.isWall(slot) && slots.given.every(slot, isAbsence);
}

/**
 * A literal that is used as a decimal or a float is one, and so is what it flows into: of a variable that is given literals
 * alone, all reads are of one kind.
 */
function literals(slots: Slots): Decision[] {
  return slots.literals.flatMap((slot): Decision[] => {
    const given = slots.given.heads(slot).filter((head) => !isAbsence(head));
    if (!given.every(isNumericLiteral)) return [];
    const uses = new Map<Head, Origin>();
    const beside = new Set<Head>();
    slots.needs.each(slot, (head, origin) => uses.set(head, origin));
    slots.flows.eachOut(slot, (to) =>
      slots.given.each(to, (head, origin) => beside.add(head) && uses.set(head, origin)),
    );
    const literal = given.includes(Head.floatLiteral) ? Head.floatLiteral : Head.intLiteral;
    const head = settledNumber(literal, [...uses.keys()]);
    const origin = uses.get(head);
    // As an int alone it may still become a part of something that is none.
    return origin && (head !== Head.int || beside.has(head)) ? [[slot, head, origin]] : [];
  });
}

/** A text that ends beside the members of an enum is one of them. */
function members(slots: Slots): Decision[] {
  return slots.texts.flatMap((slot): Decision[] => {
    if (!slots.given.every(slot, (head) => head === Head.textLiteral || isAbsence(head))) return [];
    const beside = new Map<Head, Origin>();
    slots.flows.eachOut(slot, (to) => {
      if (!slots.given.has(to, Head.string))
        slots.given.each(to, (head, origin) => isEnum(head) && beside.set(head, origin));
    });
    const [only, ...others] = beside;
    return only && others.length === 0 ? [[slot, ...only]] : [];
  });
}

/** It has concrete needs: it is that. Of several numbers, or texts, the one that fits all. */
function needed(slots: Slots, open: readonly Slot[]): Decision[] {
  const decisions: Decision[] = [];
  for (const slot of open) {
    if (slots.needs.isEmpty(slot)) continue;
    const entries = slots.needs.entries(slot);
    const fitsAll = slots.needs.every(slot, isNumeric)
      ? entries.find(({ head }) => head === Head.int)
      : slots.needs.every(slot, isText) && entries.find(({ head }) => isEnum(head));
    const chosen = fitsAll || entries.find(({ head }) => !isOpaque(head));
    if (chosen) decisions.push([slot, chosen.head, chosen.origin]);
  }
  return decisions;
}

/** `==`, `<`, `in` with a known side. */
function compared(slots: Slots, comparisons: readonly Comparison[], memberships: readonly Membership[]): Decision[] {
  const decisions: Decision[] = [];
  const held = memberships.flatMap((one) => comparisonOf(slots, one) ?? []);
  for (const { left, right, origin } of [...comparisons, ...held, ...slots.keyReads]) {
    for (const [one, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (!isOpen(slots, one)) continue;
      const head = operandHead(slots, other);
      if (head === undefined || isOpaque(head)) continue;
      if (head === Head.intLiteral) slots.note(one, Trait.counted);
      else decisions.push([one, head === Head.floatLiteral ? Head.float : head, origin]);
    }
  }
  return decisions;
}

/** Everything known that a group flows into agrees: it is that. */
function adopted(slots: Slots, groups: readonly (readonly Slot[])[]): Decision[] {
  return groups.flatMap((group): Decision[] => {
    let agreed: Head | undefined;
    let origin: Origin | undefined;
    for (const slot of group) {
      for (const to of slots.flows.out(slot)) {
        for (const one of slots.given.entries(to)) {
          if (isAbsence(one.head)) continue;
          const joined: Head | undefined = agreed === undefined ? one.head : agree(slots, agreed, one.head);
          if (joined === undefined) return [];
          origin = joined === agreed ? origin : one.origin;
          agreed = joined;
        }
      }
    }
    if (agreed === undefined || isOpaque(agreed)) return [];
    const adopting = agreed === Head.void ? group.filter((slot) => isResult(slots, slot)) : group;
    return adopting.map((slot) => [slot, agreed, origin!] as const);
  });
}

/** What a started call gives: that may be nothing. */
function isResult(slots: Slots, slot: Slot): boolean {
  const parent = slots.parent(slot);
  return parent !== undefined && slots.given.has(parent, Head.handle);
}

function agree(slots: Slots, a: Head, b: Head): Head | undefined {
  if (a === b) return a;
  if (isNumeric(a) && isNumeric(b)) return joinNumbers(a, b);
  if (isText(a) && isText(b)) return joinTexts([a, b]);
  if (!isRecord(a) || !isRecord(b)) return undefined;
  const named = [a, b].filter((head) => slots.record(head).name !== undefined);
  return named.length > 1 ? undefined : (named[0] ?? Math.min(a, b));
}

/** Only known to be indexed: by a string it is a map, otherwise a list. */
function indexed(slots: Slots, open: readonly Slot[]): Decision[] {
  return open.flatMap((slot): Decision[] => {
    const [first] = slots.indexesOf(slot);
    if (!first) return [];
    return [[slot, operandHead(slots, first.index) === Head.string ? Head.map : Head.list, first.origin]];
  });
}

/** Known by its fields only: a record of its own, outermost first; with `length` alone a list, or a text where it is printed. */
function recordsByFields(slots: Slots, groups: readonly (readonly Slot[])[]): Decision[] {
  const accessed = groups.filter((group) => group.some((slot) => slots.accessesOf(slot).length > 0));
  const inner = new Set(
    accessed.flatMap((group) => group.flatMap((slot) => slots.accessesOf(slot).map(({ use }) => use))),
  );
  const outermost = accessed.filter((group) => !group.some((slot) => inner.has(slot)));
  return (outermost.length > 0 ? outermost : accessed).flatMap((group) => {
    const accesses = group.flatMap((slot) => slots.accessesOf(slot));
    const { origin } = accesses[0]!;
    const onlyLength = accesses.every(({ name, write }) => name === 'length' && !write);
    const hasText = group.some((slot) => slots.is(slot, Trait.printed));
    const head = !onlyLength ? slots.anonymous(slots.origin(group[0]!)) : hasText ? Head.string : Head.list;
    return group.map((slot) => [slot, head, origin] as const);
  });
}

/** Only known to hold something: a list, or a text where it is printed. */
function containers(
  memberships: readonly Membership[],
  groups: readonly (readonly Slot[])[],
  slots: Slots,
): Decision[] {
  const found = new Map(memberships.map((one) => [one.container, one]));
  return groups.flatMap((group): Decision[] => {
    const own = group.flatMap((slot) => found.get(slot) ?? []);
    if (own.length === 0) return [];
    const isOfTexts = group.some((slot) => slots.is(slot, Trait.printed) || own.some(({ item }) => item === slot));
    const isText = own.every(({ text }) => text) && isOfTexts;
    return group.map((slot) => [slot, isText ? Head.string : Head.list, own[0]!.origin] as const);
  });
}

/** Used as a number, and nothing says as which: an int. */
function numbers(slots: Slots, open: readonly Slot[]): Decision[] {
  const counted = open.filter((slot) => slots.is(slot, Trait.counted));
  for (const slot of counted) slots.note(slot, Trait.defaulted);
  return counted.map((slot) => [slot, Head.int, slots.origin(slot)] as const);
}

/** A `+` of two open sides adds numbers. */
function guessSums(slots: Slots, operations: readonly Operation[]): boolean {
  const waiting = operations.filter(({ done, left, right }) => !done && (isOpen(slots, left) || isOpen(slots, right)));
  for (const operation of waiting) {
    operation.guessed = operation.operator === '+';
    for (const side of [operation.left, operation.right]) {
      if (isOpen(slots, side)) slots.give(side, Head.int, operation.origin);
    }
  }
  return waiting.length > 0;
}

/** Only known to be less than something else that nothing is known about: ints. */
function ordered(slots: Slots, comparisons: readonly Comparison[]): Decision[] {
  return comparisons.flatMap(({ left, right, orders, origin }): Decision[] => {
    if (!orders || !isOpen(slots, left) || !isOpen(slots, right)) return [];
    return [left, right].map((side) => [side, Head.int, origin]);
  });
}

function tested(slots: Slots, open: readonly Slot[]): Decision[] {
  return open
    .filter((slot) => slots.is(slot, Trait.tested) && !slots.fallbacks.has(slot))
    .map((slot) => [slot, Head.bool, slots.origin(slot)] as const);
}

/** What one function gives is of one type, if nothing that is known of it says otherwise. */
function joinResults(slots: Slots, results: readonly (readonly Slot[])[], joined: Set<unknown>): boolean {
  const joining = results.filter((group) => !joined.has(group) && agreeOn(slots, group));
  for (const group of joining) {
    joined.add(group);
    const [first, ...rest] = group as [Slot, ...Slot[]];
    for (const slot of rest) {
      slots.flow(first, slot);
      slots.flow(slot, first);
    }
  }
  return joining.length > 0;
}

/** Records that are only known by their fields are the others, too. */
function agreeOn(slots: Slots, group: readonly Slot[]): boolean {
  let agreed: Head | undefined;
  for (const slot of group) {
    for (const head of slots.given.heads(slot)) {
      if (isAbsence(head)) continue;
      if (isOpaque(head)) return false;
      agreed = agreed === undefined ? head : agree(slots, agreed, head);
      if (agreed === undefined) return false;
    }
  }
  return agreed !== undefined;
}

/** Nothing else says what it is. */
function fallback(slots: Slots, open: readonly Slot[]): Decision[] {
  if (slots.fallbacks.size === 0) return [];
  return open.flatMap((slot): Decision[] => {
    const known = slots.fallbacks.get(slot);
    return known ? [[slot, known.head, known.origin]] : [];
  });
}

function unknown(slots: Slots, open: readonly Slot[]): Decision[] {
  // A slot that is only ever absent is known to be that.
  return open
    .filter((slot) => slots.given.isEmpty(slot))
    .map((slot) => [slot, Head.unknown, slots.origin(slot)] as const);
}
