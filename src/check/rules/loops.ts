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
  for (const { definition, loops: all, file } of model.surveys) {
    if (definition.kind !== 'Workflow') continue;
    for (const loop of all) {
      if (loop.head.kind === 'Forever' && spins(loop)) model.report(file, 'TWF614', loop.span, {});
    }
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
