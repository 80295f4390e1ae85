/** Names that hold different things at different times: of started calls nobody could say what waiting for them gives. */
import { Head } from '../../types/heads.js';
import { describeType } from '../../types/print.js';
import type { VariableSymbol } from '../../symbols/variable.js';
import type { ValueFlow } from '../model.js';
import { causeOf, distinct } from './causes.js';
import { reportVoid } from './flows.js';
import type { Typed } from './typed.js';

/**
 * Before all other verification: what is found here is an error, which silences what follows from it.
 * @returns whether anything was found
 */
export function verifyHandles(typed: Typed): boolean {
  const { slots, variables, valueFlows } = typed.model;
  const mixed = [...variables.values()].flatMap(({ all }) => all.filter((one) => reportMixed(typed, one)));
  const partly = valueFlows.filter((flow) => reportPartlyNothing(typed, flow));
  const isWrong = mixed.length > 0 || partly.length > 0;
  if (isWrong) slots.propagate();
  reportStrays(typed);
  return isWrong;
}

/** Of a name that holds something else, that is said, and not that it is no child. */
function reportStrays({ model }: Typed): void {
  for (const [variable, { file, handle }] of model.strayHandles) {
    if (model.slots.given.has(model.variableSlots.get(variable)!, Head.error)) continue;
    const hint = `A child is started with \`spawn workflow … -> ${handle.text}\`, always of the same workflow.`;
    model.report(file, 'TWF628', handle.span, { name: handle.text }, { hint });
  }
}

/** The result of one of several calls that a name holds is taken, and another of them gives nothing. */
function reportPartlyNothing(typed: Typed, flow: ValueFlow): boolean {
  const { slots } = typed.model;
  if (slots.given.only(flow.from) !== undefined || !slots.given.has(flow.from, Head.void)) return false;
  reportVoid(typed, flow);
  slots.give(flow.to, Head.error, slots.origin(flow.from));
  return true;
}

/** A name that holds a started call holds nothing else. */

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
