/** What built-in functions take and give (grammar/README.md, "Built-in functions"). */
import type { Arg, Expr, FunctionCall, Node } from '../../syntax/ast.js';
import { walk } from '../../syntax/visit.js';
import { Head, isRecord } from '../../types/heads.js';
import { type Slot, Trait } from '../../types/slot.js';
import type { BuiltinName } from '../facts.js';
import type { BodyDefinition, Sort } from '../model.js';
import { providedRecord } from './provided.js';
import { at, type Context, flowExpression, known } from './context.js';
import { demandPrintable, expression, ofSameKind } from './expressions.js';

interface Builtin {
  /** How many there may be. */
  readonly params: number;
  /** How many there must be, if some may be left out. */
  readonly least?: number;
  /** Where alone it may be called, and what it is about. */
  readonly only?: BodyDefinition['kind'];
  /** What named arguments are the fields of. */
  readonly named?: (cx: Context, call: FunctionCall) => Slot;
  /** Also a member of lists, maps and strings: `xs.append(x)`. */
  readonly member?: true;
  type(cx: Context, call: FunctionCall, args: readonly Expr[]): Slot;
}

/** Who calls the operation. */
const caller: Builtin = {
  params: 0,
  only: 'Operation',
  type(cx, call) {
    cx.model.readsCaller.add(cx.definition);
    return fresh(cx, call, providedRecord(cx.model, 'NexusCallerInfo', at(cx, call.span)));
  },
};

const result = (head: number) => (cx: Context, call: FunctionCall) => fresh(cx, call, head);

/** Reads a number from a number or a text. */
const reads =
  (name: BuiltinName, head: number): Builtin['type'] =>
  (cx, call, [of]) => {
    const asks = `\`${name}\` takes`;
    const slot = expression(cx, of!);
    cx.model.slots.note(slot, Trait.printed);
    cx.model.demands.push({ kind: 'readable', file: cx.file, expr: of!, slot, asks, texts: true });
    return fresh(cx, call, head);
  };

/** A number, and nothing else. */
function number(cx: Context, expr: Expr, name: BuiltinName): Slot {
  const slot = expression(cx, expr);
  cx.model.slots.note(slot, Trait.counted);
  const asks = `\`${name}\` takes`;
  cx.model.demands.push({ kind: 'readable', file: cx.file, expr, slot, asks, texts: false });
  return slot;
}

function whole(cx: Context, expr: Expr, name: BuiltinName): void {
  flowExpression(cx, expr, known(cx, Head.int, expr.span), { asks: `\`${name}\` takes`, askedAt: undefined });
}

/** One of several values of a kind that has an order: they are compared one after the other. */
const extreme =
  (operator: 'min' | 'max'): Builtin['type'] =>
  (cx, call, [first, ...others]) => {
    const { model, file } = cx;
    const origin = at(cx, call.span);
    let left = { slot: expression(cx, first!), expr: first };
    model.slots.note(left.slot, Trait.counted);
    for (const expr of others) {
      const right = expression(cx, expr);
      model.slots.note(right, Trait.counted);
      const result = model.slots.slot(origin);
      const operation = { operator, left: left.slot, right, result, origin, done: false, guessed: false };
      model.operations.push(operation);
      model.operators.push({ kind: 'arithmetic', file, expr: call, left: left.expr, right: expr, operation });
      left = { slot: result, expr: undefined };
    }
    return left.slot;
  };

/** What a map holds, as a list. */
const listed =
  (name: BuiltinName, part: 'key' | 'value'): Builtin['type'] =>
  (cx, call, [map]) => {
    const { slots } = cx.model;
    const slot = expression(cx, map!);
    slots.need(slot, Head.map, at(cx, map!.span));
    demandSort(cx, map!, slot, name, ['map']);
    const list = fresh(cx, call, Head.list);
    slots.flow(slots.child(slot, part), slots.child(list, 'item'));
    return list;
  };

export const builtins: Readonly<Record<BuiltinName, Builtin>> = {
  now: { params: 0, type: result(Head.time) },
  uuid: { params: 0, type: result(Head.string) },
  random: { params: 0, type: result(Head.float) },
  string: {
    params: 1,
    type(cx, call, [of]) {
      demandPrintable(cx, of!);
      return fresh(cx, call, Head.string);
    },
  },
  int: { params: 1, type: reads('int', Head.int) },
  float: { params: 1, type: reads('float', Head.float) },
  decimal: { params: 1, type: reads('decimal', Head.decimal) },
  heartbeat: {
    params: 1,
    least: 0,
    only: 'Activity',
    named(cx, call) {
      noteHeartbeat(cx, call);
      fieldsOfArguments(cx, call.args, progress(cx, call));
      return fresh(cx, call, Head.void);
    },
    type(cx, call, [details]) {
      noteHeartbeat(cx, call);
      if (details)
        flowExpression(cx, details, progressSlot(cx, call), { asks: '`heartbeat` takes', askedAt: undefined });
      return fresh(cx, call, Head.void);
    },
  },
  get_heartbeat_details: {
    params: 0,
    only: 'Activity',
    type(cx, call) {
      const given = fresh(cx, call, undefined);
      const { slots } = cx.model;
      slots.flow(progressSlot(cx, call), given);
      // Without named details there is nothing to read fields of where nothing has been recorded.
      if (isRecorded(cx)) slots.give(given, Head.missing, at(cx, call.span));
      else progress(cx, call);
      return given;
    },
  },
  get_activity_task_token: { params: 0, only: 'Activity', type: completedElsewhere(Head.string) },
  do_not_complete: { params: 0, only: 'Activity', type: completedElsewhere(Head.void) },
  cancelled: { params: 0, only: 'Activity', type: result(Head.bool) },
  attempt: { params: 0, only: 'Activity', type: result(Head.int) },
  patched: {
    params: 1,
    only: 'Workflow',
    type(cx, call, [id]) {
      flowExpression(cx, id!, known(cx, Head.string, id!.span), { asks: '`patched` takes', askedAt: undefined });
      return fresh(cx, call, Head.bool);
    },
  },
  get_nexus_caller_info: caller,
  get_caller_info: caller,
  min: { params: Infinity, least: 2, type: extreme('min') },
  max: { params: Infinity, least: 2, type: extreme('max') },
  abs: { params: 1, type: (cx, call, [of]) => ofSameKind(cx, call, of!, expression(cx, of!), '`abs` takes') },
  floor: {
    params: 1,
    type(cx, call, [of]) {
      number(cx, of!, 'floor');
      return fresh(cx, call, Head.int);
    },
  },
  round: {
    params: 2,
    least: 1,
    type(cx, call, [of, digits]) {
      const slot = number(cx, of!, 'round');
      if (!digits) return fresh(cx, call, Head.int);
      whole(cx, digits, 'round');
      return ofSameKind(cx, call, of!, slot);
    },
  },
  range: {
    params: 2,
    least: 1,
    type(cx, call, limits) {
      for (const one of limits) whole(cx, one, 'range');
      const { slots } = cx.model;
      const list = fresh(cx, call, Head.list);
      slots.give(slots.child(list, 'item'), Head.int, at(cx, call.span));
      return list;
    },
  },
  keys: { params: 1, member: true, type: listed('keys', 'key') },
  values: { params: 1, member: true, type: listed('values', 'value') },
  len: {
    params: 1,
    member: true,
    type(cx, call, [of]) {
      const slot = expression(cx, of!);
      const length = fresh(cx, call, undefined);
      cx.model.slots.access(slot, 'length', length, false, at(cx, call.span));
      demandSort(cx, of!, slot, 'len', ['list', 'map', 'string']);
      return length;
    },
  },
  append: {
    params: 2,
    member: true,
    type(cx, call, [list, item]) {
      const slot = expression(cx, list!);
      cx.model.slots.need(slot, Head.list, at(cx, list!.span));
      demandSort(cx, list!, slot, 'append', ['list']);
      const into = cx.model.slots.child(slot, 'item');
      flowExpression(cx, item!, into, { asks: 'The list holds', askedAt: undefined, handles: true });
      return fresh(cx, call, Head.void);
    },
  },
  contains: {
    params: 2,
    member: true,
    type(cx, call, [container, item]) {
      const { model, file } = cx;
      const [right, left] = [expression(cx, container!), expression(cx, item!)];
      demandSort(cx, container!, right, 'contains', ['list', 'string']);
      model.memberships.push({ container: right, item: left, text: true, origin: at(cx, call.span) });
      const sides = { left: { expr: item!, slot: left }, right: { expr: container!, slot: right } };
      model.operators.push({ kind: 'membership', file, expr: call, operator: 'contains', ...sides });
      return fresh(cx, call, Head.bool);
    },
  },
};

function demandSort(cx: Context, expr: Expr, slot: Slot, name: BuiltinName, sorts: readonly Sort[]): void {
  cx.model.demands.push({ kind: 'sort', file: cx.file, expr, slot, asks: `\`${name}\` takes`, sorts });
}

/** Speaks of an activity as Temporal knows it: only by Temporal it can be completed from outside. */
function completedElsewhere(head: Head): Builtin['type'] {
  return (cx, call) => {
    const { completedElsewhere: found } = cx.model;
    if (!found.has(cx.definition)) found.set(cx.definition, call.callee.span);
    return fresh(cx, call, head);
  };
}

function noteHeartbeat({ model, definition }: Context, { span }: FunctionCall): void {
  if (!model.heartbeats.has(definition)) model.heartbeats.set(definition, span);
}

/** What an activity records of its progress, in all of its heartbeats. */
function progressSlot(cx: Context, call: FunctionCall): Slot {
  const { model, definition } = cx;
  let slot = model.progress.get(definition);
  if (slot === undefined) {
    slot = fresh(cx, call, undefined);
    model.progress.set(definition, slot);
  }
  return slot;
}

/** The record of what an activity records by names: before the first heartbeat, nothing is in it. */
function progress(cx: Context, call: FunctionCall): Head {
  const { slots } = cx.model;
  const slot = progressSlot(cx, call);
  const known = slots.given.heads(slot).find(isRecord);
  if (known !== undefined) return known;
  const origin = at(cx, call.span);
  const head = slots.anonymous(origin);
  slots.give(slot, head, origin);
  slots.record(head).constructions.push({ fields: new Map(), origin });
  return head;
}

/** Whether the activity gives a heartbeat a value that is not made of named arguments. */
function isRecorded({ definition }: Context): boolean {
  let found = false;
  const isHeartbeat = (node: Node) =>
    node.kind === 'FunctionCall' && node.callee.kind === 'NameExpr' && node.callee.text === 'heartbeat';
  walk(definition, {
    enter: (node) => {
      if (isHeartbeat(node)) found ||= (node as FunctionCall).args.some((arg) => !arg.name);
    },
  });
  return found;
}

/** Named arguments are the fields of one record. */
export function fieldsOfArguments(cx: Context, args: readonly Arg[], head: Head): void {
  const { slots } = cx.model;
  for (const { name, value } of args) {
    if (!name) continue;
    const field = slots.field(head, name.text, at(cx, name.span));
    flowExpression(cx, value, field, { asks: `\`${name.text}\` is`, askedAt: undefined });
  }
}

/** The slot of what a call gives. */
export function fresh(cx: Context, call: FunctionCall, head: number | undefined): Slot {
  const slot = cx.model.slots.slot(at(cx, call.span));
  if (head !== undefined) cx.model.slots.give(slot, head, at(cx, call.span));
  return slot;
}
