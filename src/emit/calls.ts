/** Calls of activities, child workflows and Nexus operations, with their options. */
import type { DependencyParam, ResolvedCall, ResolvedOptions, ResolvedOptionValue } from '../check/facts.js';
import type { Arg, Call, CallMode, Handler } from '../syntax/ast.js';
import type { Body } from './body.js';
import {
  array,
  arrow,
  awaited,
  call,
  callMember,
  type Code,
  type Entry,
  from,
  imported,
  member,
  name,
  nothing,
  object,
  string,
  word,
} from './code.js';
import { wireName } from '../options/wire-name.js';
import { expression } from './expressions.js';
import { runtime, workflowTarget } from './program.js';

const sdk = (text: string) => imported('@temporalio/workflow', text);

/** The call as it is waited for: a promise of its result, not awaited here. */
export function callCode(body: Body, node: Call): Code {
  return from(execute(body, node, body.facts.calls.get(node)!), body.at(node));
}

function execute(body: Body, node: Call, resolved: ResolvedCall): Code {
  switch (resolved.kind) {
    case 'activity':
      return call(activityCode(body, resolved), inOrder(body, node.args, resolved.params));
    case 'workflow':
      return child(body, 'executeChild', node, resolved);
    case 'nexus':
      return callMember(clientCode(body, node, resolved), 'executeOperation', operationArguments(body, node, resolved));
  }
}

/** The call as it is only started: a promise of the SDK's handle. */
function start(body: Body, node: Call, resolved: ResolvedCall): Code {
  switch (resolved.kind) {
    case 'activity':
      return execute(body, node, resolved);
    case 'workflow':
      return child(body, 'startChild', node, resolved);
    case 'nexus':
      return callMember(clientCode(body, node, resolved), 'startOperation', operationArguments(body, node, resolved));
  }
}

/** The call as it is only started, where somebody else waits for it. */
export function startCode(body: Body, node: Call): Code {
  return from(start(body, node, body.facts.calls.get(node)!), body.at(node));
}

/** A call as a statement makes it: awaited; or a handle; or nothing. */
export function callInMode(body: Body, node: Call, mode: CallMode): Code {
  const resolved = body.facts.calls.get(node)!;
  if (resolved.kind === 'activity' && resolved.inPlace) return from(inPlace(body, node, resolved), body.at(node));
  if (mode === 'blocking') return awaited(callCode(body, node));
  const run = name(body.run!);
  const started = arrow([], startCode(body, node));
  if (resolved.kind === 'activity') return callMember(run, 'spawn', [started]);
  if (mode === 'spawn') return callMember(run, 'start', [started]);
  return callMember(run, 'detach', [string(spokenName(resolved)), started]);
}

function spokenName(resolved: Exclude<ResolvedCall, { kind: 'activity' }>): string {
  return resolved.kind === 'workflow'
    ? wireName(resolved.workflow)
    : `${resolved.endpoint.name}.${resolved.operation.name}`;
}

// --- Activities

function activityCode(body: Body, resolved: Extract<ResolvedCall, { kind: 'activity' }>): Code {
  return isConstant(resolved.options)
    ? body.module!.activity(resolved)
    : member(body.module!.proxy(resolved.activity, optionsCode(body, resolved.options)), wireName(resolved.activity));
}

/** The code of an activity, run in an operation: `await inPlace(ctx, activities).Charge(card)`. */
function inPlace(body: Body, node: Call, resolved: Extract<ResolvedCall, { kind: 'activity' }>): Code {
  const { activity, params, options } = resolved;
  const given = options.length > 0 ? [optionsCode(body, options)] : [];
  const here = call(imported(runtime.nexus, 'inPlace'), [body.contextCode(), name(body.activities!), ...given]);
  return awaited(callMember(here, wireName(activity), inOrder(body, node.args, params)));
}

/** Whether nothing in options is computed: then they can stand at the top of the file. */
export function isConstant(options: ResolvedOptions): boolean {
  return options.every(({ value }) =>
    value.kind === 'nested' ? isConstant(value.options) : value.kind !== 'expression',
  );
}

// --- Child workflows

function child(
  body: Body,
  how: 'executeChild' | 'startChild',
  node: Call,
  { workflow, params, options }: Extract<ResolvedCall, { kind: 'workflow' }>,
): Code {
  const args = inOrder(body, node.args, params);
  const { target, types } = workflowTarget(body.program, workflow, true);
  const entries = [...optionEntries(body, options), ...(args.length > 0 ? [{ key: 'args', value: array(args) }] : [])];
  return call(sdk(how), [target, ...(entries.length > 0 ? [object(entries)] : [])], types);
}

// --- Nexus operations

/** The client of the endpoint; with the headers of the call, and with the time after which it is cancelled. */
function clientCode(body: Body, node: Call, resolved: Extract<ResolvedCall, { kind: 'nexus' }>): Code {
  const { within, headers } = resolved;
  const plain = endpointCode(body, node, resolved);
  const client =
    headers.length > 0 ? call(imported(runtime.workflow, 'withHeaders'), [optionsCode(body, headers), plain]) : plain;
  return within ? callMember(name(body.run!), 'within', [optionValue(body, within), client]) : client;
}

/** Of a family, it is the client of the member that is meant. */
function endpointCode(body: Body, node: Call, { endpoint, service }: Extract<ResolvedCall, { kind: 'nexus' }>): Code {
  const client = name(body.module!.client(endpoint, service));
  if (!endpoint.family || node.kind !== 'NexusCall') return client;
  const holes = new Map(node.family.map((one) => [one.text, one]));
  return call(
    client,
    [...holes.values()].map((one) => expression(body, one)),
  );
}

function operationArguments(
  body: Body,
  node: Call,
  { operation, options }: Extract<ResolvedCall, { kind: 'nexus' }>,
): Code[] {
  const entries = optionEntries(body, options);
  return [
    string(operation.name),
    inputCode(body, node.args, operation.params),
    ...(entries.length > 0 ? [object(entries)] : []),
  ];
}

/** No parameter: nothing. One: its value. Several: an object keyed by their names. */
function inputCode(body: Body, args: readonly Arg[], params: readonly DependencyParam[]): Code {
  const values = inOrder(body, args, params);
  if (params.length <= 1) return values[0] ?? nothing;
  return object(
    params.flatMap(({ name: key, mayLack }, at): Entry[] => {
      const value = values[at];
      return value && !(mayLack && value === nothing) ? [{ key, value }] : [];
    }),
  );
}

/** A constant that stands in another place, of another file perhaps. */
function unplaced(code: Code): Code {
  const { at: _, ...rest } = code;
  return rest.kind === 'prefix' ? { ...rest, of: unplaced(rest.of) } : rest;
}

/** Arguments by position; one that is left out before another that is given is undefined. */
export function inOrder(
  body: Body,
  args: readonly Arg[],
  params: readonly Pick<DependencyParam, 'name' | 'mayLack' | 'fallback'>[],
): Code[] {
  const values: (Code | undefined)[] = params.map(() => undefined);
  let next = 0;
  for (const arg of args) {
    const at = arg.name ? params.findIndex(({ name }) => name === arg.name!.text) : next++;
    if (at >= 0) values[at] = expression(body, arg.value);
  }
  for (const [at, { fallback }] of params.entries()) values[at] ??= fallback && unplaced(expression(body, fallback));
  const last = values.findLastIndex((value, at) => value !== undefined || !params[at]!.mayLack);
  return values.slice(0, last + 1).map((value) => value ?? nothing);
}

/** What a message carries. */
export function messageArguments(body: Body, handler: Handler, args: readonly Arg[]): Code[] {
  const { params } = body.facts.handlers.get(handler)!;
  const taken = params.map(({ name: text }, at) => ({
    name: text,
    mayLack: handler.params[at]!.default !== undefined,
  }));
  return inOrder(body, args, taken);
}

// --- Options

export function optionsCode(body: Body | undefined, options: ResolvedOptions): Code {
  return object(optionEntries(body, options));
}

export function optionEntries(body: Body | undefined, options: ResolvedOptions): Entry[] {
  return options.map(({ name: key, value }) => ({ key, value: optionValue(body, value) }));
}

function optionValue(body: Body | undefined, value: ResolvedOptionValue): Code {
  switch (value.kind) {
    case 'duration':
    case 'constant':
      return string(value.text);
    case 'string':
      return string(value.value);
    case 'number':
    case 'bool':
      return word(value.value);
    case 'strings':
      return array(value.values.map(string));
    case 'nested':
      return optionsCode(body, value.options);
    case 'expression':
      return expression(body!, value.expr);
  }
}
