/** Loops whose calls wait for each other without need; and functions that are called like an activity. */
import type { ForStmt, Node, Stmt } from '../../syntax/ast.js';
import { walk } from '../../syntax/visit.js';
import { operationsOf } from '../../symbols/definitions.js';
import type { Typed } from '../verify/typed.js';

/** `for x in xs:` with nothing but calls in it, of which none needs what a turn before has given. */
export function sequentialCalls({ model }: Typed): void {
  for (const { definition, turning, file } of model.surveys) {
    if (definition.kind !== 'Workflow') continue;
    for (const loop of turning) {
      if (!isIndependent(loop)) continue;
      const { start } = loop.span;
      const hint = 'If their order means nothing, put the loop under `await all:`, and they run at once.';
      model.report(file, 'TWF754', { start, end: start + 'for'.length }, {}, { hint });
    }
  }
}

function isIndependent({ head, body }: ForStmt): boolean {
  if (head.kind !== 'In' && head.kind !== 'Entries') return false;
  const isCalls = body.every((one) => one.kind === 'CallStmt' && one.mode === 'blocking');
  return isCalls && body.every((one, at) => !body.slice(at).some((later) => needs(one, namesGiven(later))));
}

function namesGiven(statement: Stmt): ReadonlySet<string> {
  const targets = statement.kind === 'CallStmt' ? (statement.binding?.targets ?? []) : [];
  return new Set(targets.flatMap((target) => (target.kind === 'NameExpr' ? [target.text] : [])));
}

/** Whether a call reads one of some names. */
function needs(statement: Stmt, names: ReadonlySet<string>): boolean {
  let found = false;
  walk(statement, {
    enter(node) {
      if (node.kind === 'Binding') return false;
      found ||= node.kind === 'NameExpr' && names.has(node.text);
      return true;
    },
  });
  return found;
}

/** In the body of an activity or an operation, `Charge(card)` is a dependency, though an activity is called so. */
export function functionsLikeActivities({ model }: Typed): void {
  const { activities, workflows, services, packages } = model.definitions;
  for (const definition of [...activities.values(), ...operationsOf(services.values())]) {
    const { file } = model.signatures.get(definition)!;
    const report = (node: Node) => {
      if (node.kind !== 'FunctionCall' || node.callee.kind !== 'NameExpr') return;
      const { text, span } = node.callee;
      const key = packages.key(file, text);
      if (key === undefined) return;
      const what = activities.has(key) ? 'activity' : workflows.has(key) ? 'workflow' : undefined;
      if (!what) return;
      const hint =
        definition.kind === 'Activity'
          ? 'Only a workflow runs activities: call it there, or give the function another name.'
          : `Write \`${what === 'activity' ? what : `return ${what}`} ${text}(…)\`, or give the function another name.`;
      model.report(file, 'TWF753', span, { name: text, what }, { hint });
    };
    for (const statement of definition.body ?? []) walk(statement, { enter: report });
  }
}
