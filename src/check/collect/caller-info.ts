/** Who calls an operation (grammar/README.md, "Callers"). */
import { keyIn } from '../../symbols/packages.js';
import { callerInfoType, Head } from '../../types/heads.js';
import { type Origin, Trait } from '../../types/slot.js';
import type { Model } from '../model.js';

const text = [Head.string];
const textOrNothing = [Head.string, Head.null];

/** What is known of a caller; nothing of its namespace and its workflow, where the server does not say. */
const fields: ReadonlyMap<string, readonly Head[]> = new Map(
  Object.entries({
    namespace: textOrNothing,
    workflow_id: textOrNothing,
    endpoint: text,
    service: text,
    operation: text,
    request_id: text,
    headers: [Head.map],
  }),
);

/** The record that holds it, in the package of a file. */
export function callerInfo(model: Model, origin: Origin): Head {
  const { slots, definitions } = model;
  const head = slots.named(keyIn(definitions.packages.of(origin.file), callerInfoType), origin);
  const record = slots.record(head);
  if (record.closed) return head;
  record.closed = true;
  for (const [name, heads] of fields) {
    const slot = slots.slot(origin, true);
    for (const one of heads) slots.give(slot, one, origin);
    if (heads !== textOrNothing) slots.note(slot, Trait.present);
    if (heads[0] === Head.map) {
      for (const part of ['key', 'value'] as const) slots.give(slots.child(slot, part), Head.string, origin);
    }
    record.fields.set(name, slot);
    model.declaredFields.add(slot);
  }
  return head;
}
