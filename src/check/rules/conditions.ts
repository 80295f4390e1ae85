/** A condition that nothing sets, or that nothing waits for. */
import { isCondition } from '../../symbols/variable.js';
import type { Typed } from '../verify/typed.js';

export function conditions({ model }: Typed): void {
  for (const [definition, { state, incomplete, walk, handlers }] of model.variables) {
    const settings = [walk, ...[...handlers.values()].map((one) => one.walk)].flatMap((unit) => unit.settings);
    // What is set by a wrong name may have been meant for any of them.
    const isUnclear = settings.some(({ statement }) => !isCondition(model.ofName.get(statement.condition)!));
    if (incomplete || isUnclear) continue;
    const { file } = model.signatures.get(definition)!;
    for (const symbol of state.filter(isCondition)) {
      const { name, uses, entry } = symbol;
      const isRead = uses.some(({ write }) => !write);
      if (isRead && uses.some(({ write }) => write)) continue;
      const what = isRead ? 'sets' : 'waits for, or asks for,';
      const hint = isRead
        ? `Whoever waits for it waits for ever: write \`set ${name}\` where it holds.`
        : `Wait for it, with \`await ${name}\`, or remove it.`;
      model.report(file, 'TWF630', entry!.name.span, { what, name }, { hint });
    }
  }
}
