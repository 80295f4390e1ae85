/** What a workflow and its handlers need around their statements: the epilogue, and guards for handlers that can fail. */
import type { Expr, Node, SignalHandler, WorkflowDef } from '../syntax/ast.js';
import { walk } from '../syntax/visit.js';
import type { SignalFacts, WorkflowFacts } from './facts.js';
import { mayFail } from './idle.js';
import type { Survey } from './survey.js';
import type { Typed } from './verify/typed.js';

const waiting: ReadonlySet<Node['kind']> = new Set<Node['kind']>(['CallStmt', 'Await', 'AwaitAll', 'AwaitOne']);

export function signalFacts(
  typed: Typed,
  { definition, awaitedSignals }: Survey & { readonly definition: WorkflowDef },
  handler: SignalHandler,
): Pick<SignalFacts, 'workflow' | 'awaited' | 'asynchronous' | 'canFail'> {
  const { holdsFor } = typed.model.variables.get(definition)!.handlers.get(handler)!;
  let asynchronous = holdsFor.length > 0;
  let raises = false;
  for (const statement of handler.body) {
    walk(statement, {
      enter: (node) => {
        if (waiting.has(node.kind)) asynchronous = true;
        if (node.kind === 'Raise' || node.kind === 'Index') raises = true;
        if (node.kind === 'Binary' && (node.operator === '/' || node.operator === '%')) raises = true;
        const called = node.kind === 'FunctionCall' ? typed.model.functions.get(node) : undefined;
        if (called?.kind === 'builtin' && mayFail.has(called.name)) raises = true;
        if (typed.checked.has(node as Expr)) raises = true;
      },
    });
  }
  const awaited = awaitedSignals.has(handler.name.text);
  return { workflow: definition, awaited, asynchronous, canFail: asynchronous || raises };
}

export function workflowFacts(
  { calls, ones, starts, continues }: Survey,
  signals: readonly SignalFacts[],
): Pick<WorkflowFacts, 'needsRun' | 'closesExplicitly'> {
  const leavesWork =
    calls.some(({ mode }) => mode !== 'blocking') || starts.length > 0 || ones.some(({ cases }) => cases.length > 1) || continues.length > 0;
  return {
    needsRun: leavesWork || signals.some(({ awaited, canFail }) => awaited || canFail),
    closesExplicitly: signals.some(({ asynchronous }) => asynchronous),
  };
}
