/** What a workflow and its handlers need around their statements: the epilogue, and guards for handlers that can fail. */
import type { Node, SignalHandler, WorkflowDef } from '../syntax/ast.js';
import { walk } from '../syntax/visit.js';
import type { SignalFacts, WorkflowFacts } from './facts.js';
import type { Typed } from './verify/typed.js';

const waiting: ReadonlySet<Node['kind']> = new Set<Node['kind']>(['CallStmt', 'Await', 'AwaitAll', 'AwaitOne']);

export function signalFacts(
  typed: Typed,
  workflow: WorkflowDef,
  handler: SignalHandler,
): Pick<SignalFacts, 'workflow' | 'awaited' | 'asynchronous' | 'canFail'> {
  let awaited = false;
  walk(workflow, {
    enter: (node) => {
      if (node.kind === 'Signal' && node.name.text === handler.name.text) awaited = true;
    },
  });
  const { holdsFor } = typed.model.variables.get(workflow)!.handlers.get(handler)!;
  let asynchronous = holdsFor.length > 0;
  let raises = false;
  for (const statement of handler.body) {
    walk(statement, {
      enter: (node) => {
        if (waiting.has(node.kind)) asynchronous = true;
        if (node.kind === 'Raise' || node.kind === 'Index') raises = true;
        if (node.kind === 'Binary' && (node.operator === '/' || node.operator === '%')) raises = true;
        if (typed.conversions.get(node as never)?.kind === 'present') raises = true;
      },
    });
  }
  return { workflow, awaited, asynchronous, canFail: asynchronous || raises };
}

export function workflowFacts(
  workflow: WorkflowDef,
  signals: readonly SignalFacts[],
): Pick<WorkflowFacts, 'needsRun' | 'closesExplicitly'> {
  let leavesWork = false;
  walk(workflow, {
    enter: (node) => {
      if (node.kind === 'CallStmt' && node.mode !== 'blocking') leavesWork = true;
      if (node.kind === 'AwaitOne' && node.cases.length > 1) leavesWork = true;
      if (node.kind === 'ContinueAsNew') leavesWork = true;
    },
  });
  return {
    needsRun: leavesWork || signals.some(({ awaited, canFail }) => awaited || canFail),
    closesExplicitly: signals.some(({ asynchronous }) => asynchronous),
  };
}
