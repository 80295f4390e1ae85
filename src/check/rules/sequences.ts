/** A loop that waits for child workflows one after the other, each of which waits for somebody, or for hours. */
import { isArrival } from '../../symbols/messages.js';
import type { ForStmt, Stmt, WorkflowCall, WorkflowDef } from '../../syntax/ast.js';
import { leaves } from '../../syntax/bodies.js';
import { walk } from '../../syntax/visit.js';
import type { Model } from '../model.js';
import type { Typed } from '../verify/typed.js';

/** How long a timer of a workflow that takes long is at least. */
const long = 60 * 60 * 1000;

export function sequences({ model }: Typed): void {
  for (const { definition, turning, file } of model.surveys) {
    if (definition.kind !== 'Workflow') continue;
    for (const loop of turning) {
      if (!goesOverAll(loop)) continue;
      const call = soleChild(loop.body);
      const child = call && model.callees.of(call);
      const why = child?.kind === 'Workflow' ? takesLong(model, child, new Set()) : undefined;
      if (!call || why === undefined) continue;
      const hint = 'To run them at the same time, put the loop directly under `await all:`.';
      model.report(file, 'TWF656', call.name.span, { name: call.name.text, why }, { hint });
    }
  }
}

/** A loop over a list or a map that nothing leaves: so no turn decides about the next one. */
function goesOverAll({ head, body }: ForStmt): boolean {
  return (head.kind === 'In' || head.kind === 'Entries') && !body.some(leaves);
}

/** The only thing that a turn waits for, if that is a child workflow whose result nothing is done with. */
function soleChild(body: readonly Stmt[]): WorkflowCall | undefined {
  const [only, ...more] = body.filter(({ kind }) => kind !== 'ExprStmt' && kind !== 'Assign');
  if (more.length > 0 || only?.kind !== 'CallStmt' || only.mode !== 'blocking' || only.binding) return undefined;
  return only.call.kind === 'WorkflowCall' ? only.call : undefined;
}

/** What a workflow waits for that may take long, as a message says it. */
function takesLong(model: Model, workflow: WorkflowDef, seen: Set<WorkflowDef>): string | undefined {
  if (seen.has(workflow)) return undefined;
  seen.add(workflow);
  let found: string | undefined;
  for (const statement of workflow.body) {
    walk(statement, {
      enter: (node) => {
        if (node.kind === 'Timer' && node.duration.kind === 'Duration' && node.duration.milliseconds >= long) {
          found ??= `waits for ${node.duration.text}`;
        }
        if (isArrival(node)) found ??= `waits for the ${node.kind.toLowerCase()} \`${node.name.text}\``;
        const child = node.kind === 'WorkflowCall' ? model.callees.of(node) : undefined;
        if (child?.kind === 'Workflow') found ??= takesLong(model, child, seen);
      },
    });
  }
  return found;
}
