/** What the body of an operation starts. */
import type { WorkflowCall } from '../syntax/ast.js';
import type { Body } from './body.js';
import { inOrder, optionEntries } from './calls.js';
import { array, awaited, call, type Code, type Entry, from, imported, member, nothing } from './code.js';
import { workflowTarget } from './program.js';

/** `return workflow W(x):` without a workflow id, the request's own is taken: a retried request starts nothing twice. */
export function startOperationWorkflow(body: Body, node: WorkflowCall): Code {
  const resolved = body.facts.calls.get(node)!;
  if (resolved.kind !== 'workflow') return nothing;
  const { workflow, params, options } = resolved;
  const args = inOrder(body, node.args, params);
  const { target, types } = workflowTarget(body.program, workflow);
  const entries = optionEntries(body, options);
  const hasId = options.some((option) => option.name === 'workflowId');
  const id: Entry[] = hasId ? [] : [{ key: 'workflowId', value: member(body.contextCode(), 'requestId') }];
  const given: Entry[] = args.length > 0 ? [{ key: 'args', value: array(args) }] : [];
  const settings: Code = { kind: 'object', entries: [...id, ...entries, ...given] };
  const start = call(imported('@temporalio/nexus', 'startWorkflow'), [body.contextCode(), target, settings], types);
  return from(awaited(start), body.at(node));
}
