/** A loop that waits for nothing, and that no statement leaves or brings to its end. */
import { namesIn } from '../../symbols/blocks.js';
import type { ForHead, ForStmt, Node } from '../../syntax/ast.js';
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
      if (!spins(loop)) continue;
      const { start } = loop.span;
      const hint = 'Wait in it, for a timer or a signal for instance, or leave it with `break`.';
      model.report(file, 'TWF614', { start, end: start + 'for'.length }, {}, { hint });
    }
  }
}

function spins({ head, body }: ForStmt): boolean {
  const deciding = decidedBy(head);
  if (!deciding) return false;
  let changes = false;
  for (const statement of body) {
    walk(statement, {
      enter: (node) => {
        if (letsGo.has(node.kind) || (node.kind === 'NameExpr' && deciding.has(node.text))) changes = true;
      },
    });
  }
  return !changes;
}

/** The names whose values keep a loop going; undefined for a loop that ends by itself. */
function decidedBy(head: ForHead): ReadonlySet<string> | undefined {
  switch (head.kind) {
    case 'Forever':
      return new Set();
    case 'While':
      return new Set(namesIn(head.condition).map(({ text }) => text));
    default:
      return undefined;
  }
}
