/** Calls of functions: what activities depend on, built-ins, logging. */
import type { BuiltinName } from '../check/facts.js';
import type { Arg, Expr, FunctionCall, StringExpr } from '../syntax/ast.js';
import type { Type } from '../types/type.js';
import type { Body } from './body.js';
import {
  as,
  awaited,
  binary,
  call,
  callMember,
  type Code,
  create,
  type Entry,
  imported,
  member,
  name,
  nothing,
  object,
  string,
  template,
} from './code.js';
import { inOrder } from './calls.js';
import { pathOf } from './comparisons.js';
import { dependencyCode, expression, membership } from './expressions.js';
import { runtime } from './program.js';
import { typeCode } from './types.js';

export function functionCode(body: Body, expr: FunctionCall): Code {
  const resolved = body.facts.functions.get(expr);
  switch (resolved?.kind) {
    case 'dependency':
      return awaited(call(dependencyCode(body, resolved.path), argumentsOf(body, expr)));
    case 'extern': {
      const { params } = body.facts.externs.functions.get(resolved.definition)!;
      const { receiver, definition } = resolved;
      const own = receiver ? params.slice(1) : params;
      const args = [...(receiver ? [expression(body, receiver)] : []), ...inOrder(body, expr.args, own)];
      return call(imported('./externs.js', body.program.externName(definition)), args);
    }
    case 'builtin': {
      if (resolved.name === 'heartbeat') return call(activity('heartbeat'), argumentsOf(body, expr));
      if (resolved.name === 'get_heartbeat_details') return heartbeatDetails(body, expr);
      const args = [...(resolved.receiver ? [resolved.receiver] : []), ...expr.args.map((arg) => arg.value)];
      return builtins[resolved.name](body, args);
    }
    case 'log':
      return callMember(imported(logModules[body.kind], 'log'), resolved.level, logged(body, expr));
    case undefined:
      return nothing;
  }
}

const activity = (text: string) => imported('@temporalio/activity', text);

const info = (text: string) => member(call(activity('activityInfo')), text);

/** What the attempt before has recorded last; of a record, all of whose fields may be missing, nothing is an empty one. */
function heartbeatDetails(body: Body, expr: FunctionCall): Code {
  const type = body.facts.typeOf.get(expr) ?? { kind: 'unknown' };
  const details = info('heartbeatDetails');
  if (type.kind === 'unknown' || type.kind === 'any') return details;
  return as(type.kind === 'named' ? binary(details, '??', object([])) : details, typeCode(body.program, type));
}

const logModules: Readonly<Record<Body['kind'], string>> = {
  workflow: '@temporalio/workflow',
  handler: '@temporalio/workflow',
  activity: '@temporalio/activity',
  operation: '@temporalio/nexus',
};

/** Named arguments are fields of one object, which comes last. */
function argumentsOf(body: Body, { args }: FunctionCall): Code[] {
  const positional = args.filter((arg) => !arg.name).map((arg) => expression(body, arg.value));
  const named = namedOf(body, args);
  return named.length > 0 ? [...positional, object(named)] : positional;
}

function namedOf(body: Body, args: readonly Arg[]): Entry[] {
  return args.flatMap((arg): Entry[] => (arg.name ? [{ key: arg.name.text, value: expression(body, arg.value) }] : []));
}

/** A message is a text. What is logged in place of one becomes a field, after which the line is called. */
function logged(body: Body, call: FunctionCall): Code[] {
  const [message, ...fields] = call.args;
  const kind = kindOf(body, message!.value);
  if (kind === 'string' || kind === 'enum') return argumentsOf(body, call);
  const path = pathOf(message!.value) ?? 'value';
  const key = path.slice(path.lastIndexOf('.') + 1);
  const own = fields.some((field) => field.name!.text === key)
    ? []
    : [{ key, value: expression(body, message!.value) }];
  return [string(path), object([...own, ...namedOf(body, fields)])];
}

type Builtins = {
  readonly [Name in Exclude<BuiltinName, 'heartbeat' | 'get_heartbeat_details'>]: (
    body: Body,
    args: readonly Expr[],
  ) => Code;
};

const first = (body: Body, [one]: readonly Expr[]): Code => expression(body, one!);

const kindOf = (body: Body, expr: Expr | undefined) => {
  const type = expr && body.facts.typeOf.get(expr);
  return type?.kind === 'optional' ? type.of.kind : type?.kind;
};

const value = (text: string) => imported(runtime.value, text);

const all = (body: Body, args: readonly Expr[]): Code[] => args.map((one) => expression(body, one));

function hasIntKeys(body: Body, map: Expr | undefined): boolean {
  return keyType(body, map)?.kind === 'int';
}

function keyType(body: Body, map: Expr | undefined): Type | undefined {
  const type = map && body.facts.typeOf.get(map);
  const held = type?.kind === 'optional' ? type.of : type;
  return held?.kind === 'map' ? held.key : undefined;
}

function extreme(body: Body, args: readonly Expr[], which: 'min' | 'max'): Code {
  return args.some((one) => kindOf(body, one) === 'time')
    ? call(value(`${which}Time`), all(body, args))
    : callMember(name('Math'), which, all(body, args));
}

/**
 * What a function gives that gives an exact number, as a Decimal; undefined if it is none of those.
 * @param operandOf an argument as a Decimal is computed with it
 */
export function exactCode(
  body: Body,
  expr: FunctionCall,
  operandOf: (body: Body, expr: Expr) => Code,
): Code | undefined {
  const resolved = body.facts.functions.get(expr);
  if (resolved?.kind !== 'builtin') return undefined;
  const args = expr.args.map((arg) => arg.value);
  const operands = () => args.map((one) => operandOf(body, one));
  switch (resolved.name) {
    case 'decimal':
      return decimalCode(body, args);
    case 'min':
    case 'max':
      return call(value(`${resolved.name}Decimal`), operands());
    case 'abs':
      return callMember(call(value('decimal'), operands()), 'abs');
    case 'round':
      return call(value('roundDecimal'), operands());
    default:
      return undefined;
  }
}

function decimalCode(body: Body, args: readonly Expr[]): Code {
  const isExact = ['int', 'decimal'].includes(kindOf(body, args[0]) ?? '');
  const isLiteral = args[0]?.kind === 'Number' || (args[0]?.kind === 'String' && isPlainNumber(args[0]));
  return call(value(isExact || isLiteral ? 'decimal' : 'toDecimal'), [first(body, args)]);
}

function isPlainNumber({ parts }: StringExpr): boolean {
  return parts.every((part) => typeof part === 'string' && /^-?\d+(\.\d+)?$/.test(part)) && parts.length === 1;
}

const callerInfo = (body: Body): Code => call(imported(runtime.nexus, 'callerInfo'), [body.contextCode()]);

const isInWorkflow = ({ kind }: Body) => kind === 'workflow' || kind === 'handler';

const builtins: Builtins = {
  len: (body, args) =>
    member(
      kindOf(body, args[0]) === 'map' ? callMember(name('Object'), 'keys', [first(body, args)]) : first(body, args),
      'length',
    ),
  append: (body, args) => callMember(first(body, args), 'push', [expression(body, args[1]!)]),
  contains: (body, [list, item]) => membership(body, item!, list!),
  get_activity_task_token: () => info('base64TaskToken'),
  do_not_complete: () => create(activity('CompleteAsyncError')),
  patched: (body, args) => call(imported('@temporalio/workflow', 'patched'), [first(body, args)]),
  cancelled: () => member(call(activity('cancellationSignal')), 'aborted'),
  attempt: () => info('attempt'),
  get_nexus_caller_info: (body) => callerInfo(body),
  get_caller_info: (body) => callerInfo(body),
  keys: (body, args) => {
    const keys = call(value(hasIntKeys(body, args[0]) ? 'intKeys' : 'keys'), [first(body, args)]);
    const key = keyType(body, args[0]);
    return key?.kind === 'enum' ? as(keys, { kind: 'listOf', item: typeCode(body.program, key) }) : keys;
  },
  values: (body, args) => call(value(hasIntKeys(body, args[0]) ? 'intValues' : 'values'), [first(body, args)]),
  min: (body, args) => extreme(body, args, 'min'),
  max: (body, args) => extreme(body, args, 'max'),
  abs: (body, args) => callMember(name('Math'), 'abs', [first(body, args)]),
  floor: (body, args) => call(value('floor'), [first(body, args)]),
  round: (body, args) => call(value(args.length > 1 ? 'roundFloat' : 'round'), all(body, args)),
  range: (body, args) => call(value('range'), all(body, args)),
  string: (body, args) => template(['', first(body, args)]),
  int: (body, args) =>
    kindOf(body, args[0]) === 'int' ? first(body, args) : call(value('toInt'), [first(body, args)]),
  float: (body, args) =>
    ['int', 'float'].includes(kindOf(body, args[0]) ?? '')
      ? call(name('Number'), [first(body, args)])
      : call(value('toFloat'), [first(body, args)]),
  decimal: (body, args) => callMember(decimalCode(body, args), 'toFixed'),
  now: () => callMember(create(name('Date')), 'toISOString'),
  uuid: (body) =>
    isInWorkflow(body) ? call(imported('@temporalio/workflow', 'uuid4')) : call(imported('node:crypto', 'randomUUID')),
  random: () => callMember(name('Math'), 'random'),
};
