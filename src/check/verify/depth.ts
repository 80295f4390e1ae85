/** A list that holds itself, by way of whatever: it would have no type. */
import type { Slot } from '../../types/slot.js';
import type { Slots } from '../../types/slots.js';
import type { ValueFlow } from '../model.js';
import type { Typed } from './typed.js';

export function verifyDepth({ model }: Typed): void {
  const { slots, valueFlows, reporter } = model;
  if (!slots.bottomless) return;
  const closing = valueFlows.find((one) => holdsItself(slots, one));
  const { file, span } = closing ? { file: closing.file, span: closing.at } : slots.bottomless;
  const others = closing ? valueFlows.filter((one) => one !== closing && holdsItself(slots, one)) : [];
  const labels = others.slice(0, 2).map((one) => ({ file: one.file, span: one.at, text: 'by way of this' }));
  reporter.report(file, 'TWF417', span, {}, { labels, hint: 'Make a list of its own for what is put in.' });
}

function holdsItself(slots: Slots, { from, to }: ValueFlow): boolean {
  return outer(slots, to).some((one) => reaches(slots, [one], from) || reaches(slots, slots.childrenOf(from), one));
}

/** What a slot is inside of. */
function outer(slots: Slots, slot: Slot): Slot[] {
  const found: Slot[] = [];
  for (let at = slots.parent(slot); at !== undefined; at = slots.parent(at)) found.push(at);
  return found;
}

/** Whether the values of slots, or what is inside of them, end in another. */
function reaches(slots: Slots, from: readonly Slot[], to: Slot): boolean {
  const seen = new Set(from);
  for (const slot of seen) {
    if (slot === to) return true;
    slots.flows.eachOut(slot, (next) => seen.add(next));
    for (const part of slots.childrenOf(slot)) seen.add(part);
  }
  return false;
}
