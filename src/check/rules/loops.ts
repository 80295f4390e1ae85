/** A loop that waits for nothing, and that no statement leaves. */
import type { ForStmt, Node } from '../../syntax/ast.js';
import { walk } from '../../syntax/visit.js';
import type { Typed } from '../verify/typed.js';

const letsGo: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'CallStmt',
  'Await',
  'AwaitAll',
  'AwaitOne',
  'Break',
  'Return',
  'Close',
  'ContinueAsNew',
  'Raise',
  'Unsupported',
  'Invalid',
]);

export function loops({ model }: Typed): void {
  for (const definition of model.definitions.workflows.values()) {
    const { file } = model.signatures.get(definition)!;
    walk(definition, {
      enter: (node) => {
        if (node.kind === 'For' && node.head.kind === 'Forever' && spins(node))
          model.report(file, 'TWF614', node.span, {});
      },
    });
  }
}

function spins(loop: ForStmt): boolean {
  let leaves = false;
  for (const statement of loop.body) {
    walk(statement, {
      enter: (node) => {
        if (letsGo.has(node.kind)) leaves = true;
      },
    });
  }
  return !leaves;
}
