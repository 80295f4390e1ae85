/** Whether every value fits where it goes, and what is done to it on its way (grammar/README.md, "What fits where"). */
import type { Label } from '../../diagnostics/diagnostic.js';
import { Head } from '../../types/heads.js';
import { describeType, printType } from '../../types/print.js';
import { type Fit, relate } from '../../types/relate.js';
import type { Type } from '../../types/type.js';
import type { Expr } from '../../syntax/ast.js';
import type { ValueFlow } from '../model.js';
import { nameOfValue, type Typed, withoutAbsence } from './typed.js';

export function verifyFlows(typed: Typed): void {
  const reported = new Set<string>();
  for (const flow of typed.model.valueFlows) verifyFlow(typed, flow, reported);
}

function verifyFlow(typed: Typed, flow: ValueFlow, reported: Set<string>): void {
  const { model } = typed;
  const [from, to] = [typed.typeOf(flow.from), typed.typeOf(flow.to)];
  if (from.kind === 'error' || to.kind === 'error') return reportSelfContaining(typed, flow);
  if (!flow.handles && holdsHandle(from)) return model.report(flow.file, 'TWF411', flow.at, {});
  if (from.kind === 'void' && to.kind !== 'void') {
    return model.report(flow.file, 'TWF412', flow.at, { asks: flow.asks });
  }
  const literal = flow.expr !== undefined && isNumericLiteral(flow.expr);
  const fit = relate(from, to, { literal, direct: flow.expr !== undefined });
  if (flow.expr && literal && withoutAbsence(to).kind === 'decimal') {
    typed.conversions.set(flow.expr, { kind: 'decimal-literal' });
    return;
  }
  warnOfDivision(typed, flow, from, to);
  apply(typed, flow, fit, from, to, reported);
}

function apply(typed: Typed, flow: ValueFlow, fit: Fit, from: Type, to: Type, reported: Set<string>): void {
  switch (fit.kind) {
    case 'fits':
      return;
    case 'converts':
      typed.conversions.set(flow.expr!, { kind: fit.how });
      return;
    case 'may-be-missing':
      if (fit.otherwise.kind === 'converts') return reportMismatch(typed, flow, from, to, reported);
      return checkedRead(typed, flow.expr!, flow.from, flow, to);
    case 'differs':
      return reportMismatch(typed, flow, from, to, reported);
  }
}

/** A value that may be missing, where one is needed: an error if that was declared, else a read that is checked. */
export function checkedRead(
  typed: Typed,
  expr: Expr,
  slot: ValueFlow['from'],
  { file, asks }: Pick<ValueFlow, 'file' | 'asks'>,
  wanted: Type,
): void {
  const { model } = typed;
  const name = nameOfValue(expr);
  if (typed.isDeclaredOptional(slot)) {
    const hint = `Test it first: \`if ${name} != null:\`.`;
    return model.report(file, 'TWF413', expr.span, { asks, wanted: describeType(wanted) }, { hint });
  }
  typed.conversions.set(expr, { kind: 'present', name });
  if (expr.kind === 'NameExpr' && model.unproven.has(expr)) {
    model.report(file, 'TWF415', expr.span, { name }, { hint: 'Assign it on every path.' });
    return;
  }
  const { given } = model.slots.nodes[slot]!;
  const without = given.originOf(Head.missing);
  const labels: Label[] = without ? [{ ...without, text: 'it is left out here' }] : [];
  model.report(file, 'TWF414', expr.span, { asks, wanted: describeType(wanted), name }, { labels });
}

function reportMismatch(typed: Typed, flow: ValueFlow, from: Type, to: Type, reported: Set<string>): void {
  const { model } = typed;
  const { file, at, asks, askedAt } = flow;
  const pair = `${flow.from}>${flow.to}`;
  if (reported.has(pair)) return;
  reported.add(pair);
  if (from.kind === 'null' || (from.kind === 'optional' && to.kind !== 'optional' && flow.expr === undefined)) {
    return model.report(file, 'TWF413', at, { asks, wanted: describeType(to) });
  }
  const source = model.slots.nodes[flow.from]!.given.origins[0];
  const labels: Label[] = [];
  if (source && (source.file !== file || source.span.start !== at.start)) {
    labels.push({ ...source, text: 'it comes from here' });
  }
  if (askedAt) labels.push({ ...askedAt, text: `\`${printType(to)}\` is asked for here` });
  const names = from.kind === 'named' && to.kind === 'named';
  const values = { asks, wanted: describeType(to), found: describeType(from) };
  model.report(file, names ? 'TWF401' : 'TWF402', at, values, { labels, hint: hintFor(from, to) });
}

function hintFor(from: Type, to: Type): string | undefined {
  if (from.kind === 'named' && to.kind === 'named') {
    return `If \`${from.type.name}\` and \`${to.type.name}\` are the same, use one name for both.`;
  }
  if (from.kind === 'unknown') return 'Declare what it is: a value of unknown type can only be stored and passed on.';
  if (from.kind === 'float' && to.kind === 'decimal')
    return 'Exact and rounded numbers do not mix: write `decimal(…)`.';
  if (to.kind === 'string' && ['int', 'float', 'decimal', 'bool'].includes(from.kind)) return 'Write `string(…)`.';
  if (to.kind === 'duration' && from.kind === 'int') return 'Write a duration: `30s`, `5m`, `24h`.';
  return undefined;
}

function reportSelfContaining({ model }: Typed, { from, file, at }: ValueFlow): void {
  const { depth, given } = model.slots.nodes[from]!;
  if (depth > 10 && given.has(Head.error)) model.report(file, 'TWF417', at, {});
}

function holdsHandle(type: Type): boolean {
  if (type.kind === 'list') return holdsHandle(type.item);
  if (type.kind === 'optional') return holdsHandle(type.of);
  return type.kind === 'handle';
}

function isNumericLiteral(expr: Expr): boolean {
  if (expr.kind === 'Unary') return expr.operator === '-' && isNumericLiteral(expr.operand);
  return expr.kind === 'Number';
}

function warnOfDivision({ model }: Typed, { expr, file }: ValueFlow, from: Type, to: Type): void {
  if (expr?.kind !== 'Binary' || expr.operator !== '/' || from.kind !== 'int') return;
  const wanted = withoutAbsence(to).kind;
  if (wanted !== 'float' && wanted !== 'decimal') return;
  model.report(file, 'TWF420', expr.span, {}, { hint: 'Write `float(…)` or `decimal(…)` around one side.' });
}
