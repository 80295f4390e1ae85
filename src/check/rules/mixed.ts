/** Fields and variables that hold values of several types, and are used as none of them: worth to know, and no mistake. */
import type { Label } from '../../diagnostics/diagnostic.js';
import { describeType, printType } from '../../types/print.js';
import type { Slot } from '../../types/slot.js';
import { withoutAbsence } from '../../types/type.js';
import type { Typed } from '../verify/typed.js';

const mostLabels = 3;

export function mixedValues(typed: Typed): void {
  const { slots, variables, variableSlots } = typed.model;
  for (const record of slots.records) {
    if (record.sameAs !== undefined) continue;
    for (const [field, slot] of record.fields) hint(typed, slot, `${record.name ?? '…'}.${field}`);
  }
  for (const { all } of variables.values()) {
    for (const variable of all) hint(typed, variableSlots.get(variable)!, variable.name);
  }
}

function hint(typed: Typed, slot: Slot, name: string): void {
  const type = withoutAbsence(typed.typeOf(slot));
  const { slots } = typed.model;
  if (type.kind !== 'union' || !slots.needs.isEmpty(slot)) return;
  const origin = slots.origin(slot);
  const types = type.members.map((member) => `\`${printType(member)}\``).join(', ');
  const parts = typed.decided.parts(slot).slice(0, mostLabels);
  const labels = parts.map((one): Label => ({ ...one.origin, text: describeType(one.type) }));
  typed.model.report(origin.file, 'TWF423', origin.span, { name, types }, { labels });
}
