/**
 * A mistake gives an `error`, which fits everywhere, so that it is reported once. Where its value ends in itself, as in
 * `total = total.sum`, that would leave nobody to report it.
 */
import { describeType } from '../../types/print.js';
import type { Mistake, Origin } from '../../types/slot.js';
import { causeOf, distinct } from './causes.js';
import type { Typed } from './typed.js';

export function silencedMistakes(typed: Typed): void {
  const { slots, reporter } = typed.model;
  if (reporter.all.some(({ severity }) => severity === 'error')) return;
  const [first] = [...slots.mistakes].sort((a, b) => byPlace(a.origin, b.origin));
  if (first) report(typed, first);
}

function report(typed: Typed, { origin, name, operands }: Mistake): void {
  const { model, decided } = typed;
  const { file, span } = origin;
  const [left, right] = operands.map(({ slot, head }) => describeType(decided.part(slot, head)));
  const labels = distinct(
    origin,
    operands.flatMap(({ slot, head }) => causeOf(typed, slot, head, model.slots.given.originOf(slot, head) ?? origin)),
  );
  if (right !== undefined) model.report(file, 'TWF408', span, { operator: name!, left: left!, right }, { labels });
  else if (name !== undefined) model.report(file, 'TWF406', span, { found: left!, field: name }, { labels });
  else {
    const values = { asks: '`[…]` reads', wanted: 'a list or a map', is: 'is', found: left! };
    model.report(file, 'TWF402', span, values, { labels });
  }
}

function byPlace(a: Origin, b: Origin): number {
  return a.file === b.file ? a.span.start - b.span.start : a.file.path < b.file.path ? -1 : 1;
}
