/** How a workflow ends, and how anything fails (grammar/README.md, "Finishing" and "Errors"). */
import type { HandlerErrorKind } from '../check/error-kinds.js';
import type { ResolvedRaise } from '../check/facts.js';
import { bareName } from '../symbols/packages.js';
import type { Field, Type } from '../types/type.js';
import type { CloseStmt, Expr, RaiseStmt } from '../syntax/ast.js';
import type { Body } from './body.js';
import {
  array,
  call,
  callMember,
  type Code,
  create,
  type Entry,
  imported,
  member,
  name,
  object,
  string,
  word,
} from './code.js';
import { expression } from './expressions.js';
import type { Doc } from './print/doc.js';
import { runtime } from './program.js';
import { declaration, expressionStatement, leaving } from './print/statements.js';

/** What a failure is called that the author gave no type, and what it says without a message. */
const plainFailures = {
  Workflow: { type: 'WorkflowFailed', message: 'The workflow failed' },
  Operation: { type: 'OperationFailed', message: 'The operation failed' },
} as const;

/** The fields that a failure's message is taken from: the first that is there. */
const messageFields = ['message', 'error', 'reason', 'status'];

const failureModules: Readonly<Record<Body['kind'], string>> = {
  workflow: '@temporalio/workflow',
  handler: '@temporalio/workflow',
  activity: '@temporalio/activity',
  operation: '@temporalio/common',
};

function failure(body: Body, method: 'create' | 'nonRetryable', args: readonly Code[]): Code {
  return callMember(imported(failureModules[body.kind], 'ApplicationFailure'), method, args);
}

export function closeStatement(body: Body, outcome: CloseStmt['outcome'], value: Expr | undefined): readonly Doc[] {
  return outcome === 'fail' ? failStatement(body, value) : completeStatement(body, value);
}

function completeStatement(body: Body, value: Expr | undefined): readonly Doc[] {
  const result = value ? expression(body, value) : givesNothing(body) ? undefined : word('null');
  if (answersEither(body)) return [leaving('return', callMember(answer, 'sync', [result ?? word('undefined')]))];
  if (!body.closesExplicitly) return leavingWith(body, result);
  const close = callMember(name(body.run!), 'close', result ? [result] : []);
  return result ? leavingWith(body, close) : [expressionStatement(close), ...leavingWith(body, undefined)];
}

const answer = imported('nexus-rpc', 'HandlerStartOperationResult');

/** Whether a workflow may be behind the operation: then a value says that there is none. */
function answersEither({ definition, facts }: Body): boolean {
  return definition.kind === 'Operation' && facts.operations.get(definition)!.answers === 'either';
}

/** Leaves the workflow, or a function in it that says so to who waits for it. */
export function leavingWith(body: Body, result: Code | undefined): readonly Doc[] {
  if (!body.wrapsResult) return [result ? leaving('return', result) : 'return;'];
  if (!givesNothing(body)) return [leaving('return', object({ result }))];
  return [...(result ? [expressionStatement(result)] : []), 'return true;'];
}

/** What is known of what a body gives. */
function resultOf({ definition, ofHandler, facts }: Body): { readonly result: Type; readonly fallsThrough: boolean } {
  if (ofHandler) return facts.handlers.get(ofHandler)!;
  switch (definition.kind) {
    case 'Workflow':
      return facts.workflows.get(definition)!;
    case 'Activity':
      return facts.activities.get(definition)!;
    case 'Operation':
      return facts.operations.get(definition)!;
  }
}

/** Whether a body gives no value, on no path. */
export function givesNothing(body: Body): boolean {
  return resultOf(body).result.kind === 'void';
}

/** What a body ends with where a path leads to its end: nothing, or null as its result. */
export function fallThrough(body: Body): readonly Doc[] {
  const mustSay = !givesNothing(body) || answersEither(body);
  return resultOf(body).fallsThrough && mustSay ? completeStatement(body, undefined) : [];
}

function failStatement(body: Body, value: Expr | undefined): readonly Doc[] {
  const plain = plainFailures[body.definition.kind === 'Operation' ? 'Operation' : 'Workflow'];
  if (!value) {
    return [throwing(body, failure(body, 'nonRetryable', [string(plain.message), string(plain.type)]))];
  }
  const type = body.facts.typeOf.get(value);
  if (type?.kind === 'string') {
    return [throwing(body, failure(body, 'nonRetryable', [expression(body, value), string(plain.type)]))];
  }
  const named = type?.kind === 'named' ? type.type : undefined;
  const typeName = named ? bareName(named.name) : plain.type;
  const field = messageFields
    .map((text) => named?.fields?.find((one) => one.name === text && isText(one)))
    .find(
      (one) =>
        one !== undefined && (value.kind !== 'Record' || value.fields.some(({ name }) => name.text === one.name)),
    );
  if (!field)
    return [
      throwing(body, failure(body, 'nonRetryable', [string(typeName), string(typeName), expression(body, value)])),
    ];
  if (value.kind !== 'Record') {
    const details = expression(body, value);
    return [throwing(body, failure(body, 'nonRetryable', [member(details, field.name), string(typeName), details]))];
  }
  const message = value.fields.find(({ name }) => name.text === field.name)!.value;
  if (isPlain(message)) {
    const args = [expression(body, message), string(typeName), expression(body, value)];
    return [throwing(body, failure(body, 'nonRetryable', args))];
  }
  const details = name(body.names.numbered('details'));
  return [
    declaration('const', details, expression(body, value)),
    throwing(body, failure(body, 'nonRetryable', [member(details, field.name), string(typeName), details])),
  ];
}

function isText({ type, optional }: Field): boolean {
  return !optional && type.kind === 'string';
}

/** Short enough to be written twice, and the same both times. */
function isPlain(expr: Expr): boolean {
  switch (expr.kind) {
    case 'String':
      return expr.parts.every((part) => typeof part === 'string');
    case 'NameExpr':
      return true;
    case 'Field':
      return isPlain(expr.of);
    default:
      return false;
  }
}

function throwing(body: Body, error: Code): Doc {
  const isLast = !body.closesExplicitly && !body.isInTry;
  if (isLast) return leaving('throw', error);
  // No `catch` around sees it.
  if (body.kind === 'operation') return leaving('throw', call(imported(runtime.nexus, 'closing'), [error]));
  return leaving('throw', callMember(name(body.run!), 'close', [error]));
}

/** An error of Nexus, or a failure of the operation: that one is final, whatever the statement says of it. */
function raiseInOperation(
  body: Body,
  { retryable }: RaiseStmt,
  { type, handlerError, message, details }: ResolvedRaise,
): readonly Doc[] {
  const given = message ? expression(body, message) : string(type);
  const along = details ? [expression(body, details)] : [];
  if (!handlerError) return [leaving('throw', failure(body, 'nonRetryable', [given, string(type), ...along]))];
  const isTwice = details !== undefined && message !== undefined && !isPlain(message);
  const text = isTwice ? name(body.names.numbered('message')) : given;
  const options: Entry[] = [
    ...(details ? [{ key: 'cause', value: failure(body, 'nonRetryable', [text, string(type), ...along]) }] : []),
    ...(retryable || !retriedKinds.has(handlerError) ? [] : [{ key: 'retryableOverride', value: word('false') }]),
  ];
  const args = [
    string(handlerError),
    text,
    ...(options.length > 0 ? [{ kind: 'object', entries: options } as const] : []),
  ];
  const error = leaving('throw', create(imported('nexus-rpc', 'HandlerError'), args));
  return isTwice ? [declaration('const', text, given), error] : [error];
}

/** What Temporal tries again, unless it is told not to. */
const retriedKinds: ReadonlySet<HandlerErrorKind> = new Set<HandlerErrorKind>([
  'RESOURCE_EXHAUSTED',
  'INTERNAL',
  'UNAVAILABLE',
]);

export function raiseStatement(body: Body, statement: RaiseStmt): readonly Doc[] {
  const raised = body.facts.raises.get(statement);
  if (!raised) return [leaving('throw', body.caughtError)];
  if (body.kind === 'operation') return raiseInOperation(body, statement, raised);
  const { type, message, details, retryIn } = raised;
  const given = {
    message: message ? expression(body, message) : string(type),
    type: string(type),
    nonRetryable: statement.retryable ? undefined : word('true'),
    details: details && array([expression(body, details)]),
    nextRetryDelay: retryIn && (retryIn.kind === 'Duration' ? string(retryIn.text) : expression(body, retryIn)),
  };
  return [leaving('throw', failure(body, 'create', [object(given)]))];
}
