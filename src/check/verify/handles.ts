/** A name that holds a started call holds nothing else: nobody could say whether it has to be waited for. */
import { Head } from '../../types/heads.js';
import { describeType } from '../../types/print.js';
import type { VariableSymbol } from '../../symbols/variable.js';
import { causeOf, distinct } from './causes.js';
import type { Typed } from './typed.js';

/** Before all other verification: a name of both kinds is an error, which silences what follows from it. */
export function verifyHandles(typed: Typed): void {
  const { slots, variables } = typed.model;
  const mixed = [...variables.values()].flatMap(({ all }) => all.filter((one) => reportMixed(typed, one)));
  if (mixed.length > 0) slots.propagate();
}

function reportMixed(typed: Typed, variable: VariableSymbol): boolean {
  const { model, decided } = typed;
  const slot = model.variableSlots.get(variable)!;
  const started = model.slots.given.originOf(slot, Head.handle);
  const other = started && decided.parts(slot).find(({ type }) => type.kind !== 'handle');
  if (!other || other.type.kind === 'error') return false;
  const causes = [...causeOf(typed, slot, other.head, other.origin), ...causeOf(typed, slot, Head.handle, started)];
  const labels = distinct(started, causes);
  const values = { name: variable.name, other: describeType(other.type) };
  if (typed.first(started, 'mixed'))
    model.report(started.file, 'TWF447', started.span, values, { labels, hint: 'Use two names.' });
  model.slots.give(slot, Head.error, started);
  return true;
}
