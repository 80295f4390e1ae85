/** What a workflow waits for, as a statement or as a case of a race. */
import type { ArrivalOperand, Binding, CaseOperand, HandleOperand, StartStmt } from '../../syntax/ast.js';
import { correction } from '../../diagnostics/suggest.js';
import { handlerOf, messageWords } from '../../symbols/messages.js';
import { Head } from '../../types/heads.js';
import type { Slot } from '../../types/slot.js';
import type { Signature } from '../model.js';
import { asksOf, bindResult, bindTarget, bindValues, call, optionValues, reportBindings } from './calls.js';
import { at, type Context, flowExpression, isConditionName, known, workflowOf } from './context.js';
import { expression } from './expressions.js';
import { statements } from './statements.js';

/** A wait for an operand, and where its value goes. */
export function waitFor(cx: Context, operand: CaseOperand, binding: Binding | undefined): void {
  const { model } = cx;
  switch (operand.kind) {
    case 'Timer':
      flowExpression(cx, operand.duration, known(cx, Head.duration, operand.duration.span), {
        asks: '`timer` takes',
        askedAt: undefined,
      });
      optionValues(cx, 'timer', operand.options);
      if (binding) reportBindings(cx, binding, 0, 'A timer');
      return;
    case 'Signal':
    case 'Update':
      return waitForArrival(cx, operand, binding);
    case 'Handle': {
      if (isConditionName(cx, operand.handle)) {
        expression(cx, operand.handle);
        if (binding) reportBindings(cx, binding, 0, 'A condition');
        return;
      }
      const result = model.slots.child(handleOf(cx, operand), 'result');
      if (binding) bindValues(cx, binding, result, 'The started call');
      return;
    }
    case 'AwaitAll':
      if (binding) reportBindings(cx, binding, 0, '`await all`');
      return statements(cx, [operand]);
    case 'ActivityCall':
    case 'WorkflowCall':
    case 'NexusCall':
      return bindResult(cx, operand, call(cx, operand), 'blocking', binding);
    case 'Unsupported':
    case 'Invalid':
      return;
  }
}

/** A wait that begins here, and whose outcome a handle holds. */
export function startWait(cx: Context, operand: StartStmt['operand'], binding: Binding | undefined): void {
  const { model, file } = cx;
  const [target, ...more] = binding?.targets ?? [];
  const handle = model.slots.slot(at(cx, operand.span));
  model.slots.give(handle, Head.handle, at(cx, operand.span));
  const result = model.slots.child(handle, 'result');
  if (
    operand.kind === 'Timer' ||
    operand.kind === 'AwaitAll' ||
    (operand.kind === 'Handle' && isConditionName(cx, operand.handle))
  ) {
    waitFor(cx, operand, undefined);
    model.slots.give(result, Head.void, at(cx, operand.span));
  } else if (operand.kind === 'Handle') {
    model.slots.flow(model.slots.child(handleOf(cx, operand), 'result'), result);
  } else {
    giveArrival(cx, operand, result);
  }
  if (target && more.length === 0) {
    return bindTarget(cx, target, handle, { asks: asksOf(target), askedAt: undefined, handles: true });
  }
  if (target) return reportBindings(cx, binding!, 1, 'What is started');
  const { start, end } = operand.span;
  const hint = 'Keep it, to wait for it later: `spawn … -> name`, or `promise name <- …`.';
  model.report(file, 'TWF613', operand.span, { name: file.text.slice(start, end) }, { hint });
}

/** An arrival gives nothing, or its parameter, or all of them. */
function giveArrival(cx: Context, operand: ArrivalOperand, result: Slot): void {
  const { slots } = cx.model;
  const params = arrivalParams(cx, operand);
  const [only, ...more] = params ?? [];
  const origin = at(cx, operand.span);
  if (!params) return slots.give(result, Head.error, origin);
  if (!only) return slots.give(result, Head.void, origin);
  if (more.length === 0) return slots.flow(only.slot, result);
  slots.give(result, Head.tuple, origin);
  for (const [i, { slot }] of params.entries()) slots.flow(slot, slots.child(result, i));
}

function handleOf(cx: Context, { handle: expr, span }: HandleOperand): Slot {
  const { model, file } = cx;
  const handle = expression(cx, expr);
  model.slots.need(handle, Head.handle, at(cx, span));
  model.demands.push({ kind: 'handle', file, expr, slot: handle });
  return handle;
}

/** The parameters of a signal or an update of this workflow; undefined, and reported, if there is none of the name. */
function arrivalParams(cx: Context, operand: ArrivalOperand): Signature['params'] | undefined {
  const { model, file } = cx;
  const { name } = operand;
  const workflow = workflowOf(cx)!;
  const handler = handlerOf(operand, workflow.handlers);
  const word = wordOf(operand);
  if (!handler) {
    const others = workflow.handlers.filter(({ kind }) => messageWords[kind] === word);
    const hint = `Declare it in the workflow: \`${word} ${name.text}(…)\`.`;
    const names = others.map((one) => one.name.text);
    const help = correction(name.text, names, file, name.span) ?? { hint };
    const values = { workflow: workflow.name.text, name: name.text };
    if (name.text !== '') model.report(file, word === 'signal' ? 'TWF307' : 'TWF350', name.span, values, help);
    return undefined;
  }
  return model.signatures.get(handler)!.params;
}

function wordOf({ kind }: ArrivalOperand): 'signal' | 'update' {
  return kind === 'Signal' ? 'signal' : 'update';
}

function waitForArrival(cx: Context, operand: ArrivalOperand, binding: Binding | undefined): void {
  const params = arrivalParams(cx, operand);
  if (!params) return bindNothingKnown(cx, binding);
  if (!binding) return;
  if (params.length !== binding.targets.length) {
    const names = params.map(({ name }) => name).join(', ');
    const hint = params.length > 1 ? `An arrival gives its parameters: \`-> (${names})\`.` : undefined;
    const what = `The ${wordOf(operand)} \`${operand.name.text}\``;
    return reportBindings(cx, binding, params.length, what, hint);
  }
  for (const [i, target] of binding.targets.entries()) {
    bindTarget(cx, target, params[i]!.slot, { asks: asksOf(target), askedAt: undefined });
  }
}

/** What is bound where something else is wrong already. */
export function bindNothingKnown(cx: Context, binding: Binding | undefined): void {
  for (const target of binding?.targets ?? []) {
    bindTarget(cx, target, known(cx, Head.error, target.span), { asks: '', askedAt: undefined });
  }
}
