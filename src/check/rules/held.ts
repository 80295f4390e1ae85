/** Handlers that wait until the body has assigned what they read; and bodies that wait for such a handler first. */
import type { Label } from '../../diagnostics/diagnostic.js';
import { messageWords } from '../../symbols/messages.js';
import { isNeverAssigned } from '../../symbols/variable.js';
import type { Typed } from '../verify/typed.js';

export function heldHandlers({ model }: Typed): void {
  for (const [definition, { handlers, deadlocks }] of model.variables) {
    const { file } = model.signatures.get(definition)!;
    for (const [{ kind, name }, { holdsFor: all, walk }] of handlers) {
      // That nothing assigns a name is said where it is read.
      const holdsFor = all.filter((one) => !isNeverAssigned(one));
      if (holdsFor.length === 0) continue;
      const names = holdsFor.map((one) => `\`${one.name}\``).join(' and ');
      const verb = holdsFor.length === 1 ? 'has a value' : 'have values';
      const reads = walk.uses.filter(({ node, write }) => !write && holdsFor.includes(model.ofName.get(node)!));
      const labels = reads.slice(0, 1).map(({ node }): Label => ({ file, span: node.span, text: 'it is read here' }));
      const message = messageWords[kind];
      if (kind === 'QueryHandler') {
        const hint = 'Assign it in the first lines of the body, before anything that takes time.';
        model.report(file, 'TWF621', name.span, { query: name.text, names, verb }, { labels, hint });
      } else model.report(file, 'TWF616', name.span, { message, handler: name.text, names, verb }, { labels });
    }
    for (const { wait, handler, name } of deadlocks) {
      const labels = [{ file, span: handler.name.span, text: `this handler reads \`${name}\`` }];
      const hint = `Assign \`${name}\` before, or let the handler do without it.`;
      model.report(
        file,
        'TWF615',
        wait.span,
        { message: messageWords[handler.kind], handler: handler.name.text, name },
        { labels, hint },
      );
    }
  }
}
