/** Calls of activities, workflows and Nexus operations: arguments to parameters, results to names. */
import { join, type Span } from '../../source.js';
import { addTo } from '../../group.js';
import type { Label } from '../../diagnostics/diagnostic.js';
import { correction } from '../../diagnostics/suggest.js';
import type { Arg, Binding, Call, CallMode, NameExpr, OptionBlock, Target } from '../../syntax/ast.js';
import { Head } from '../../types/heads.js';
import type { Slot } from '../../types/slot.js';
import type { Signature } from '../model.js';
import { at, type Asked, type Context, flowExpression, flowValue, isConditionName, known } from './context.js';
import { isCaughtError } from './errors.js';
import { expression, readField } from './expressions.js';
import { argumentCount, count } from './functions.js';
import { computedOptions, keywords } from '../../options/computed.js';
import type { OptionContext } from '../../options/options.js';
import { reportUndefined } from '../callees.js';
import { operationSignature } from './signatures.js';

/**
 * The arguments and options of a call; gives the slot of its result.
 * @param context where its options stand, if the kind of the call does not say so
 */
export function call(cx: Context, node: Call, context: OptionContext = keywords[node.kind]): Slot {
  const signature = calledBy(cx, node);
  if (node.kind === 'NexusCall') {
    for (const one of node.family) {
      flowExpression(cx, one, known(cx, Head.string, one.span), { asks: 'A family takes', askedAt: undefined });
    }
  }
  optionValues(cx, context, node.options);
  addTo(cx.model.callsIn, cx.definition, node);
  if (!signature) {
    for (const { value } of node.args) expression(cx, value);
    const slot = cx.model.slots.slot(at(cx, node.span));
    cx.model.slots.give(slot, Head.error, at(cx, node.span));
    return slot;
  }
  giveArguments(cx, signature, node.args, node.name.span);
  cx.model.callResults.set(node, signature.result);
  return signature.result;
}

/** What options compute, each as what its key takes. */
export function optionValues(cx: Context, context: OptionContext, block: OptionBlock | undefined): void {
  for (const { expr, head } of computedOptions(context, block)) {
    const slot = expression(cx, expr);
    if (head !== undefined) cx.model.slots.need(slot, head, at(cx, expr.span));
  }
}

function calledBy(cx: Context, node: Call): Signature | undefined {
  const { model, file } = cx;
  if (node.name.text === '') return undefined;
  if (node.kind === 'NexusCall') {
    const routed = model.nexus.calls.get(node);
    return routed && operationSignature(model, routed.operation);
  }
  const callee = model.callees.of(node);
  if (callee) return model.signatures.get(callee);
  reportUndefined(model, node, file);
  return undefined;
}

/**
 * Arguments by position, then by name.
 * @param span of the call's name: where too few are reported
 */
export function giveArguments(cx: Context, signature: Signature, args: readonly Arg[], span: Span): void {
  const { params, name } = signature;
  if (signature.broken) {
    for (const { value } of args) expression(cx, value);
    return;
  }
  const required = params.findLastIndex((param) => !param.optional) + 1;
  if (args.length > params.length || args.length < required) {
    const extra = args.slice(params.length);
    const at = extra.length > 0 ? join(extra[0]!.span, extra.at(-1)!.span) : span;
    const values = { name, takes: count(params.length, required), given: argumentCount(args) };
    cx.model.report(cx.file, 'TWF403', at, values, { labels: declared(signature) });
    for (const { value } of args) expression(cx, value);
    return;
  }
  const given = new Set<number>();
  let unclear = false;
  for (const [i, arg] of args.entries()) {
    const index = arg.name ? params.findIndex((param) => param.name === arg.name!.text) : i;
    const param = params[index];
    if (!param || given.has(index)) {
      unclear = true;
      reportArgument(cx, signature, arg, given.has(index));
      expression(cx, arg.value);
      continue;
    }
    given.add(index);
    const askedAt = signature.definition ? { file: signature.file, span: param.at } : undefined;
    flowExpression(cx, arg.value, param.slot, { asks: `\`${name}\` takes`, askedAt });
  }
  // The argument that has no place is most likely meant for the parameter that is not given.
  if (unclear) return;
  const missing = params.find((param, i) => !given.has(i) && !param.optional);
  if (missing) {
    const labels = declared(signature);
    cx.model.report(cx.file, 'TWF405', span, { name, param: missing.name }, { labels });
  }
}

function reportArgument(cx: Context, signature: Signature, arg: Arg, twice: boolean): void {
  const { model, file } = cx;
  if (!arg.name) return; // it stands after one with a name, which has been reported
  const { text: param, span } = arg.name;
  const names = signature.params.map((one) => one.name);
  const problem = twice ? 'gets two values for its parameter' : 'has no parameter';
  const help = twice ? undefined : correction(param, names, file, span);
  const labels = declared(signature);
  model.report(file, 'TWF404', span, { name: signature.name, problem, param }, { labels, ...help });
}

function declared({ definition, name, file, called }: Signature): Label[] {
  if (called) return [{ file, span: called, text: `this call says what \`${name}\` takes` }];
  if (!definition) return [];
  const span = join(definition.name.span, (definition.params.at(-1) ?? definition.name).span);
  return [{ file, span, text: `\`${name}\` is defined here` }];
}

// --- Bindings

/** The result of a call goes to the names behind its arrow. */
export function bindResult(cx: Context, node: Call, result: Slot, mode: CallMode, binding: Binding | undefined): void {
  const { model, file } = cx;
  if (!binding) {
    if (mode === 'spawn') reportForgotten(cx, node);
    return;
  }
  if (mode === 'detach') {
    model.report(file, 'TWF609', binding.span, {}, { hint: 'Use `spawn` to wait for the result later.' });
    return;
  }
  if (mode === 'spawn') {
    const [target] = binding.targets;
    if (!target || binding.targets.length > 1) return reportBindings(cx, binding, 1, 'A started call');
    const handle = model.slots.slot(at(cx, node.span));
    model.slots.give(handle, Head.handle, at(cx, node.span));
    model.slots.flow(result, model.slots.child(handle, 'result'));
    bindTarget(cx, target, handle, { asks: asksOf(target), askedAt: undefined, handles: true });
    return;
  }
  const definition = model.callResults.has(node) ? signatureOf(cx, node) : undefined;
  if (definition && !definition.declaredResult)
    model.boundResults.push({ file, at: binding.span, signature: definition });
  bindValues(cx, binding, result, `\`${node.name.text}\``);
}

/** A started call that no name holds. */
function reportForgotten({ model, file }: Context, node: Call): void {
  const hint =
    'Keep it, to wait for it later: `spawn … -> name`. A workflow or a Nexus call that nobody waits for is started with `detach`.';
  model.report(file, 'TWF613', node.name.span, { name: node.name.text }, { hint });
}

function signatureOf(cx: Context, node: Call): Signature | undefined {
  const { model } = cx;
  if (node.kind === 'NexusCall') return operationSignature(model, model.nexus.calls.get(node)!.operation);
  return model.signatures.get(model.callees.of(node)!);
}

/** One value to one name, or a tuple to several. */
export function bindValues(cx: Context, binding: Binding, value: Slot, what: string): void {
  const { slots } = cx.model;
  const [only, ...more] = binding.targets;
  if (only && more.length === 0) return bindTarget(cx, only, value, { asks: asksOf(only), askedAt: undefined });
  const { file } = cx;
  cx.model.demands.push({ kind: 'parts', file, at: binding.span, slot: value, count: binding.targets.length, what });
  const parts = slots.slot(at(cx, binding.span));
  slots.need(parts, Head.tuple, at(cx, binding.span));
  slots.flow(value, parts);
  for (const [i, target] of binding.targets.entries()) {
    bindTarget(cx, target, slots.child(parts, i), { asks: asksOf(target), askedAt: undefined });
  }
}

export function reportBindings(
  cx: Context,
  { span, targets }: Binding,
  values: number,
  what: string,
  hint?: string,
): void {
  cx.model.report(cx.file, 'TWF431', span, bindingCount(what, values, targets.length), { hint });
}

/** How a message says that names and values are not equally many. */
export function bindingCount(what: string, values: number, targets: number) {
  const given = values === 0 ? 'no value' : values === 1 ? '1 value' : `${values} values`;
  const names = targets === 1 ? '1 name stands' : `${targets} names stand`;
  return { what, given, names };
}

export function bindTarget(cx: Context, target: Target, value: Slot, asked: Asked): void {
  if (target.kind === 'NameExpr') cx.model.boundValues.set(target, value);
  flowValue(cx, value, targetSlot(cx, target), target.span, asked);
}

export function targetSlot(cx: Context, target: Target): Slot {
  if (target.kind === 'Field') return readField(cx, target, true);
  isCaughtError(cx, target);
  if (isConditionName(cx, target)) return reportConditionAssigned(cx, target);
  const variable = cx.model.ofName.get(target)!;
  const slot = cx.model.variableSlots.get(variable)!;
  cx.model.slotOf.set(target, slot);
  return slot;
}

function reportConditionAssigned(cx: Context, { text, span }: NameExpr): Slot {
  const hint = `Write \`set ${text}\` or \`unset ${text}\`.`;
  cx.model.report(cx.file, 'TWF627', span, { name: text }, { hint });
  return known(cx, Head.error, span);
}

export function asksOf(target: Target): string {
  return target.kind === 'Field' ? `\`${target.field.text}\` is` : `\`${target.text}\` is`;
}
