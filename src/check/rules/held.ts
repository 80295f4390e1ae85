/** Handlers that wait until the body has assigned what they read; and bodies that wait for such a handler first. */
import type { Label } from '../../diagnostics/diagnostic.js';
import type { Typed } from '../verify/typed.js';

export function heldHandlers({ model }: Typed): void {
  for (const [definition, { handlers, deadlocks }] of model.variables) {
    const { file } = model.signatures.get(definition)!;
    for (const [{ name }, { holdsFor, walk }] of handlers) {
      if (holdsFor.length === 0) continue;
      const names = holdsFor.map((one) => `\`${one.name}\``).join(' and ');
      const verb = holdsFor.length === 1 ? 'has a value' : 'have values';
      const reads = walk.uses.filter(({ node, write }) => !write && holdsFor.includes(model.ofName.get(node)!));
      const labels = reads.slice(0, 1).map(({ node }): Label => ({ file, span: node.span, text: 'it is read here' }));
      model.report(file, 'TWF616', name.span, { signal: name.text, names, verb }, { labels });
    }
    for (const { wait, handler, name } of deadlocks) {
      const labels = [{ file, span: handler.name.span, text: `this handler reads \`${name}\`` }];
      const hint = `Assign \`${name}\` before, or let the handler do without it.`;
      model.report(file, 'TWF615', wait.span, { signal: handler.name.text, name }, { labels, hint });
    }
  }
}
