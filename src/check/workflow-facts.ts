/** What a workflow and its handlers need around their statements: the epilogue, and guards for handlers that can fail. */
import type { Call, Expr, Handler, TryStmt, WorkflowDef } from '../syntax/ast.js';
import { handlerOf } from '../symbols/messages.js';
import { waiting } from '../syntax/bodies.js';
import { walk } from '../syntax/visit.js';
import type { HandlerFacts, ResolvedOptions, WorkflowFacts } from './facts.js';
import { hasDeadline } from './calls.js';
import { mayFail } from './idle.js';
import type { Survey } from './survey.js';
import type { Typed } from './verify/typed.js';

export function handlerFacts(
  typed: Typed,
  { definition, arrivals }: Survey & { readonly definition: WorkflowDef },
  handler: Handler,
): Pick<HandlerFacts, 'workflow' | 'awaited' | 'asynchronous' | 'canFail'> {
  const { holdsFor } = typed.model.variables.get(definition)!.handlers.get(handler)!;
  // A query cannot be held: it fails.
  let asynchronous = holdsFor.length > 0 && handler.kind !== 'QueryHandler';
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
  const awaited = arrivals.some((one) => handlerOf(one, definition.handlers) === handler);
  return { workflow: definition, awaited, asynchronous, canFail: asynchronous || raises };
}

/** What a message is called by who sends it: the name of its handler, unless an option says otherwise. */
export function wireNameOf({ name }: Handler, options: ResolvedOptions): string {
  const value = options.find((one) => one.name === 'name')?.value;
  return value?.kind === 'string' ? value.value : name.text;
}

export function workflowFacts(
  { calls, ones, starts, tries, continues }: Survey,
  handlers: ReadonlyMap<Handler, HandlerFacts>,
  options: ReadonlyMap<Call, ResolvedOptions>,
): Pick<WorkflowFacts, 'needsRun' | 'closesExplicitly'> {
  const leavesWork =
    calls.some(({ call, mode }) => mode !== 'blocking' || hasDeadline(options.get(call))) ||
    starts.length > 0 ||
    tries.some(failsInside) ||
    ones.some(({ cases }) => cases.length > 1) ||
    continues.length > 0;
  const own = [...handlers];
  // Updates are rejected from the close on, whatever they do.
  const needsRun = ([{ kind }, { awaited, canFail }]: (typeof own)[number]) =>
    kind === 'UpdateHandler' || (kind === 'SignalHandler' && (awaited || canFail));
  return {
    needsRun: leavesWork || own.some(needsRun),
    closesExplicitly: own.some(([, { asynchronous }]) => asynchronous),
  };
}

/** Whether a `close fail` stands in a `try`: no `catch` may take it for an error. */
function failsInside(statement: TryStmt): boolean {
  let found = false;
  walk(statement, { enter: (node) => void (found ||= node.kind === 'Close' && node.outcome === 'fail') });
  return found;
}
