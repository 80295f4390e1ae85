/** What activity bodies call or read, and the program does not define (grammar/README.md, "Activities"). */
import type { Expr, FunctionCall, NameExpr } from '../../syntax/ast.js';
import type { Slot } from '../../types/slots.js';
import { at, type Context } from './context.js';
import { expression, isNeverAssigned } from './expressions.js';
import { argumentNames } from './signatures.js';

/** The dotted name of something outside the activity: `warehouse.reserve`. Undefined for fields of values. */
export function dependencyPath(cx: Context, expr: Expr): string[] | undefined {
  if (cx.definition.kind !== 'Activity') return undefined;
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
  const { model, file } = cx;
  if (cx.definition.kind !== 'Activity') throw new Error('constants belong to activities');
  const result = model.slots.slot(at(cx, expr.span));
  model.report(file, 'TWF310', expr.span, { name: path.join('.') });
  model.dependencyUses.push({
    activity: cx.definition,
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
  const { model, file } = cx;
  if (cx.definition.kind !== 'Activity') throw new Error('dependencies belong to activities');
  const names = argumentNames(expr.args);
  const args = expr.args.map(({ value }, i) => {
    const from = expression(cx, value);
    const slot = model.slots.slot(at(cx, value.span));
    model.slots.flow(from, slot);
    const asks = `\`${path.join('.')}\` takes`;
    model.valueFlows.push({
      file,
      expr: value,
      at: value.span,
      from,
      to: slot,
      asks,
      askedAt: undefined,
      handles: false,
    });
    return { name: names[i]!, slot };
  });
  const result = model.slots.slot(at(cx, expr.span));
  const { definition: activity } = cx;
  model.dependencyUses.push({ activity, file, path, at: expr.callee.span, args, result, used: true, node: expr });
  model.functions.set(expr, { kind: 'dependency', path, result: { kind: 'unknown' } });
  return result;
}
