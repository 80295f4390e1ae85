/** What is asked of workflows by their ids. */
import type { Expr, MessageStmt, RequestStmt, StartWorkflowStmt } from '../syntax/ast.js';
import type { Body } from './body.js';
import { inOrder, messageArguments, optionEntries } from './calls.js';
import {
  array,
  awaited,
  call,
  callMember,
  type Code,
  type Entry,
  from,
  imported,
  member,
  object,
  template,
} from './code.js';
import { expression, textParts } from './expressions.js';
import type { Doc } from './print/doc.js';
import { runtime, workflowTarget } from './program.js';
import { bind } from './statements.js';

export function requestStatement(body: Body, statement: RequestStmt): readonly Doc[] {
  return bind(body, statement.binding, from(requestCode(body, statement), body.at(statement)));
}

function requestCode(body: Body, statement: RequestStmt): Code {
  switch (statement.kind) {
    case 'Message':
      return awaited(messageCode(body, statement));
    case 'CancelWorkflow':
      return awaited(callMember(handleCode(body, statement.id), 'cancel', []));
    case 'StartWorkflow':
      return awaited(startCode(body, statement));
    case 'ListWorkflows':
      return awaited(call(imported(runtime.nexus, 'listWorkflows'), [queryCode(body, statement.query)]));
  }
}

/** What is put into a query cannot end the text that it stands in. */
function queryCode(body: Body, query: Expr): Code {
  if (query.kind !== 'String') return expression(body, query);
  const quoted = (part: Code) => call(imported(runtime.nexus, 'inQuery'), [part]);
  return template(textParts(body, query).map((part) => (typeof part === 'string' ? part : quoted(part))));
}

/** The handle of a workflow, by its id. */
function handleCode(body: Body, id: Expr): Code {
  const target = expression(body, id);
  if (body.kind !== 'operation') return call(imported(runtime.workflow, 'externalWorkflow'), [target]);
  const client = call(imported('@temporalio/nexus', 'getClient'));
  return callMember(member(client, 'workflow'), 'getHandle', [target]);
}

function messageCode(body: Body, statement: MessageStmt): Code {
  const handler = body.facts.messages.get(statement)!;
  const args = messageArguments(body, handler, statement.args);
  const handle = handleCode(body, statement.id);
  const message = body.message(handler);
  if (statement.message !== 'update') return callMember(handle, statement.message, [message, ...args]);
  // The same for each attempt of the operation: what is tried again is not done again.
  const entries: Entry[] = [
    ...(args.length > 0 ? [{ key: 'args', value: array(args) }] : []),
    { key: 'updateId', value: keyOfRequest(body) },
  ];
  return callMember(handle, 'executeUpdate', [message, object(entries)]);
}

function keyOfRequest(body: Body): Code {
  return call(imported(runtime.nexus, 'requestKey'), [body.contextCode()]);
}

function startCode(body: Body, { call: node, signal }: StartWorkflowStmt): Code {
  const resolved = body.facts.calls.get(node)!;
  if (resolved.kind !== 'workflow') throw new TypeError(`a call of kind ${resolved.kind}`);
  const { workflow, params, options } = resolved;
  const { target, types } = workflowTarget(body.program, workflow);
  const hasId = options.some((option) => option.name === 'workflowId');
  const id: Entry[] = hasId ? [] : [{ key: 'workflowId', value: keyOfRequest(body) }];
  const args = inOrder(body, node.args, params);
  const given: Entry[] = args.length > 0 ? [{ key: 'args', value: array(args) }] : [];
  // With a signal, Temporal starts nothing eagerly.
  const allowed = options.filter((option) => !signal || option.name !== 'requestEagerStart');
  const settings = object([...id, ...optionEntries(body, allowed), ...given]);
  const start = [body.contextCode(), target, settings];
  if (!signal) return call(imported(runtime.nexus, 'startApart'), start, types);
  const handler = body.facts.messages.get(signal)!;
  const sent = messageArguments(body, handler, signal.args);
  return call(imported(runtime.nexus, 'signalWithStart'), [...start, body.message(handler), ...sent], types);
}
