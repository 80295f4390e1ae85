/** A started call that nothing waits for, though a name holds it; a run that continues as new with it fails. */
import type { Typed } from '../verify/typed.js';

export function handles(typed: Typed): void {
  const { model } = typed;
  for (const [definition, { all, incomplete, walk }] of model.variables) {
    if (incomplete) continue;
    const { file } = model.signatures.get(definition)!;
    for (const { name, uses, role } of all) {
      const write = uses.find((use) => use.write);
      if (role === 'parameter' || !write || uses.some((use) => !use.write)) continue;
      const variable = model.ofName.get(write.node)!;
      if (typed.typeOf(model.variableSlots.get(variable)!).kind !== 'handle') continue;
      const lost = walk.continuations.find(({ assigned }) => assigned.has(write.name))?.statement;
      if (lost) {
        const labels = [{ file, span: write.node.span, text: 'it is started here' }];
        model.report(file, 'TWF242', lost.span, { name }, { labels, hint: `Wait for it before: \`await ${name}\`.` });
        continue;
      }
      const hint = `Wait for it with \`await ${name}\`. A workflow or a Nexus call that nobody waits for is started with \`detach\`.`;
      model.report(file, 'TWF613', write.node.span, { name }, { hint });
    }
  }
}
