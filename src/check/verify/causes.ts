/** Why a value is what it is: the places that a message about it names. */
import type { Label } from '../../diagnostics/diagnostic.js';
import type { Span } from '../../source.js';
import { Head, isAbsence, isRecord } from '../../types/heads.js';
import { describeType } from '../../types/print.js';
import type { Origin, Slot } from '../../types/slot.js';
import type { Model, Passage } from '../model.js';
import type { Typed } from './typed.js';

/** As many as a message can have without hiding what it says. */
const mostParts = 2;
const mostLabels = 4;
/** How many operators are looked into. */
const deepest = 2;
/** Further than this nobody looks. */
const furthest = 500;

/**
 * Where the value of a slot comes from, and how it has come to where a message is about it.
 * @param at what the message marks: nothing more is said about that
 */
export function causesOf(typed: Typed, slot: Slot, at: Origin): Label[] {
  const { given } = typed.model.slots;
  const all = given.entries(slot);
  const parts = all.filter(({ head }) => !isAbsence(head));
  const kinds = new Map((parts.length > 0 ? parts : all).map((one) => [spoken(typed, slot, one.head), one]));
  const shown = [...kinds.values()].slice(0, mostParts);
  const missing = parts.length > 0 ? given.originOf(slot, Head.missing) : undefined;
  return allOf(
    at,
    ...shown.map(({ head, origin }) => causeOf(typed, slot, head, origin)),
    missing ? [{ ...missing, text: 'this is why it may be missing' }] : [],
  );
}

/** Labels of several causes, the first of each first. */
export function allOf(at: Origin, ...causes: readonly Label[][]): Label[] {
  const longest = Math.max(0, ...causes.map(({ length }) => length));
  const inTurn = Array.from({ length: longest }, (_, i) => causes.flatMap((one) => one[i] ?? []));
  return distinct(at, inTurn.flat());
}

function spoken(typed: Typed, slot: Slot, head: Head): string {
  return isAbsence(head) ? '`null`' : describeType(typed.decided.part(slot, head));
}

/** The same for one of the things that a slot is given. */
export function causeOf(typed: Typed, slot: Slot, head: Head, origin: Origin, depth = deepest): Label[] {
  const { passages, end } = wayTo(typed.model, slot, head);
  // Where it has come from says more than where it has gone last.
  const ends = [...new Set([...passages.slice(-2).toReversed(), ...passages.slice(0, 1)])];
  const labels: Label[] = [
    { ...origin, text: `${spoken(typed, slot, head)} comes from here` },
    ...ends.map(({ file, at }) => ({ file, span: at, text: 'it is passed on here' })),
  ];
  const shape = isRecord(head) ? typed.model.slots.record(head) : undefined;
  if (shape && shape.name === undefined) {
    for (const [field, of] of shape.fields) {
      labels.push({ ...typed.model.slots.origin(of), text: `it has a field \`${field}\` by this` });
    }
  }
  const operation = depth > 0 ? typed.model.operationOf(end) : undefined;
  if (!operation) return labels;
  // What is computed is what its operands make it.
  const operands = [operation.left, operation.right].flatMap((side) =>
    typed.model.slots.given.entries(side).map((one) => ({ side, ...one })),
  );
  return [...labels, ...operands.flatMap((one) => causeOf(typed, one.side, one.head, one.origin, depth - 1))];
}

/** Labels without those that say nothing new. */
export function distinct(at: Origin, labels: readonly Label[]): Label[] {
  const known = [at];
  return labels.filter(({ file, span }) => {
    if (known.some((one) => one.file === file && holds(one.span, span))) return false;
    return known.push({ file, span }) <= mostLabels + 1;
  });
}

const holds = (outer: Span, inner: Span) => outer.start <= inner.start && inner.end <= outer.end;

interface Way {
  readonly passages: readonly Passage[];
  readonly end: Slot;
}

/** What hands a value on, from where it is used to where it comes from; or to what asks for it, if that alone says what it is. */
function wayTo(model: Model, slot: Slot, head: Head): Way {
  const { slots } = model;
  const back = search(slot, (one, visit) => {
    if (slots.isWall(one)) return true;
    slots.flows.eachInto(one, (from) => slots.given.has(from, head) && visit(from));
    return false;
  });
  const passages = flowsAlong(back, (near, far) => model.passage(far, near));
  const end = back.at(-1)!;
  if (slots.isWall(end) || !slots.needs.has(end, head)) return { passages, end };
  const forth = search(end, (one, visit) => {
    if (slots.isWall(one)) return true;
    slots.flows.eachOut(one, (to) => slots.needs.has(to, head) && visit(to));
    return false;
  });
  return { passages: [...passages, ...flowsAlong(forth, (near, far) => model.passage(near, far))], end };
}

/** The shortest way from a slot to one that `visit` says is the end of it, or to the last one that there is. */
function search(start: Slot, look: (slot: Slot, visit: (next: Slot) => void) => boolean): Slot[] {
  const before = new Map<Slot, Slot | undefined>([[start, undefined]]);
  let end = start;
  for (const one of before.keys()) {
    end = one;
    const isEnd = look(one, (next) => before.has(next) || before.set(next, one));
    if (isEnd || before.size > furthest) break;
  }
  const way: Slot[] = [];
  for (let at: Slot | undefined = end; at !== undefined; at = before.get(at)) way.unshift(at);
  return way;
}

function flowsAlong(way: readonly Slot[], flowOf: (near: Slot, far: Slot) => Passage | undefined): Passage[] {
  return way.slice(1).flatMap((far, at) => flowOf(way[at]!, far) ?? []);
}
