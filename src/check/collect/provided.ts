/** Records that the runtime makes: who calls an operation, and what is known of a workflow that was found. */
import { keyIn } from '../../symbols/packages.js';
import { Head, type ProvidedType } from '../../types/heads.js';
import { type Origin, Trait } from '../../types/slot.js';
import type { Model } from '../model.js';

const text = [Head.string];
const textOrNothing = [Head.string, Head.null];

const records: Readonly<Record<ProvidedType, Readonly<Record<string, readonly Head[]>>>> = {
  // Nothing of its namespace and its workflow, where the server does not say.
  NexusCallerInfo: {
    namespace: textOrNothing,
    workflow_id: textOrNothing,
    endpoint: text,
    service: text,
    operation: text,
    request_id: text,
    headers: [Head.map],
  },
  WorkflowExecutionInfo: {
    workflow_id: text,
    run_id: text,
    workflow_type: text,
    status: text,
    task_queue: text,
    start_time: [Head.time],
    close_time: [Head.time, Head.null],
  },
};

/** The record of a name, in the package of a file. */
export function providedRecord(model: Model, name: ProvidedType, origin: Origin): Head {
  const { slots, definitions } = model;
  const head = slots.named(keyIn(definitions.packages.of(origin.file), name), origin);
  const record = slots.record(head);
  if (record.closed) return head;
  record.closed = true;
  for (const [field, heads] of Object.entries(records[name])) {
    const slot = slots.slot(origin, true);
    for (const one of heads) slots.give(slot, one, origin);
    if (!heads.includes(Head.null)) slots.note(slot, Trait.present);
    if (heads[0] === Head.map) {
      for (const part of ['key', 'value'] as const) slots.give(slots.child(slot, part), Head.string, origin);
    }
    record.fields.set(field, slot);
    model.declaredFields.add(slot);
  }
  return head;
}
