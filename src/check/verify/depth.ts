/** A list that holds itself, by way of whatever: it would have no type. */
import type { Slot } from '../../types/slot.js';
import type { Slots } from '../../types/slots.js';
import type { Typed } from './typed.js';

export function verifyDepth({ model }: Typed): void {
  const { slots, valueFlows, reporter } = model;
  if (!slots.bottomless) return;
  const closing = valueFlows.find(({ from, to }) => outer(slots, to).some((one) => reaches(slots, one, from)));
  const { file, span } = closing ? { file: closing.file, span: closing.at } : slots.bottomless;
  reporter.report(file, 'TWF417', span, {}, { hint: 'Make a list of its own for what is put in.' });
}

/** What a slot is inside of. */
function outer(slots: Slots, slot: Slot): Slot[] {
  const found: Slot[] = [];
  for (let at = slots.parent(slot); at !== undefined; at = slots.parent(at)) found.push(at);
  return found;
}

/** Whether the value of a slot ends in another. */
function reaches(slots: Slots, from: Slot, to: Slot): boolean {
  const seen = new Set([from]);
  for (const slot of seen) {
    if (slot === to) return true;
    slots.flows.eachOut(slot, (next) => seen.add(next));
  }
  return false;
}
