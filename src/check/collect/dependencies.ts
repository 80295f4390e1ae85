/** What the bodies of activities and operations call or read, and the program does not define (grammar/README.md, "Activities"). */
import type { Expr, FunctionCall, NameExpr } from '../../syntax/ast.js';
import type { Slot } from '../../types/slot.js';
import { fieldsOfArguments } from './builtins.js';
import { at, type Context, flowExpression } from './context.js';
import { isNeverAssigned } from '../../symbols/variable.js';
import { argumentNames } from '../argument-names.js';

/** The dotted name of something outside the body: `warehouse.reserve`. Undefined for fields of values. */
export function dependencyPath(cx: Context, expr: Expr): string[] | undefined {
  if (cx.definition.kind === 'Workflow') return undefined;
  const path: string[] = [];
  let from = expr;
  while (from.kind === 'Field') {
    path.unshift(from.field.text);
    from = from.of;
  }
  if (from.kind !== 'NameExpr' || isVariable(cx, from)) return undefined;
  return [from.text, ...path];
}

function isVariable(cx: Context, expr: NameExpr): boolean {
  const variable = cx.model.ofName.get(expr);
  return variable !== undefined && !isNeverAssigned(variable);
}

export function constantDependency(cx: Context, expr: Expr, path: readonly string[]): Slot {
  const { model, file, definition } = cx;
  if (definition.kind === 'Workflow') throw new Error('constants belong to activities and operations');
  const result = model.slots.slot(at(cx, expr.span));
  if (!model.variables.get(definition)!.incomplete) {
    const hint = 'If it is a text, put it in quotes; if a variable, assign it first.';
    model.report(file, 'TWF310', expr.span, { name: path.join('.') }, { hint });
  }
  model.dependencyUses.push({
    dependent: definition,
    file,
    path,
    at: expr.span,
    args: undefined,
    result,
    used: true,
    node: expr,
  });
  return result;
}

/** A call of a function that nobody defines: its parameters are what it is given, its result what is made of it. */
export function dependencyCall(cx: Context, expr: FunctionCall, path: readonly string[]): Slot {
  const { model, file, definition } = cx;
  if (definition.kind === 'Workflow') throw new Error('dependencies belong to activities and operations');
  const positional = expr.args.filter((arg) => !arg.name);
  const names = argumentNames(positional);
  const asks = `\`${path.join('.')}\` takes`;
  const args = positional.map(({ value }, i) => {
    const slot = model.slots.slot(at(cx, value.span));
    flowExpression(cx, value, slot, { asks, askedAt: undefined });
    return { name: names[i]!, slot };
  });
  if (positional.length < expr.args.length) {
    const name = names.includes('options') ? 'more' : 'options';
    args.push({ name, slot: namedArguments(cx, expr, path.join('.')) });
  }
  const result = model.slots.slot(at(cx, expr.span));
  const use = { dependent: definition, file, path, at: expr.callee.span, args, result, used: true, node: expr };
  model.dependencyUses.push(use);
  model.functions.set(expr, { kind: 'dependency', path, result: { kind: 'unknown' } });
  return result;
}

/** The record that the named arguments of all calls of a function make: the last thing that it takes. */
function namedArguments(cx: Context, { args, span }: FunctionCall, name: string): Slot {
  const { slots, namedArguments: known } = cx.model;
  const origin = at(cx, span);
  const head = known.get(name) ?? slots.anonymous(origin);
  known.set(name, head);
  const slot = slots.slot(origin);
  slots.give(slot, head, origin);
  fieldsOfArguments(cx, args, head);
  const fields = new Map(args.flatMap(({ name: own }) => (own ? [[own.text, own.span] as const] : [])));
  slots.record(head).constructions.push({ fields, origin });
  return slot;
}
