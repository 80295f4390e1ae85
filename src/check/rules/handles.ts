/** A started call that nothing waits for, though a name holds it. */
import type { Typed } from '../verify/typed.js';

export function handles(typed: Typed): void {
  const { model } = typed;
  for (const [definition, { all, incomplete }] of model.variables) {
    if (incomplete) continue;
    const { file } = model.signatures.get(definition)!;
    for (const { name, uses, role } of all) {
      const write = uses.find((use) => use.write);
      if (role === 'parameter' || !write || uses.some((use) => !use.write)) continue;
      const variable = model.ofName.get(write.node)!;
      if (typed.typeOf(model.variableSlots.get(variable)!).kind !== 'handle') continue;
      const hint = `Wait for it with \`await ${name}\`. A workflow or a Nexus call that nobody waits for is started with \`detach\`.`;
      model.report(file, 'TWF613', write.node.span, { name }, { hint });
    }
  }
}
