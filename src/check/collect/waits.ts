/** What a workflow waits for, as a statement or as a case of a race. */
import type { ArrivalOperand, Binding, CaseOperand } from '../../syntax/ast.js';
import { correction } from '../../diagnostics/suggest.js';
import { handlerOf, messageWords } from '../../symbols/messages.js';
import { Head } from '../../types/heads.js';
import type { Slot } from '../../types/slot.js';
import { asksOf, bindResult, bindTarget, bindValues, call, optionValues, reportBindings } from './calls.js';
import { at, type Context, flowExpression, known, workflowOf } from './context.js';
import { expression } from './expressions.js';
import { statements } from './statements.js';

/** A wait for an operand, and where its value goes. */
export function waitFor(cx: Context, operand: CaseOperand, binding: Binding | undefined): void {
  const { model, file } = cx;
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
      const handle = expression(cx, operand.handle);
      model.slots.need(handle, Head.handle, at(cx, operand.span));
      model.demands.push({ kind: 'handle', file, expr: operand.handle, slot: handle });
      const result = model.slots.child(handle, 'result');
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

function waitForArrival(cx: Context, operand: ArrivalOperand, binding: Binding | undefined): void {
  const { model, file } = cx;
  const { name } = operand;
  const workflow = workflowOf(cx)!;
  const handler = handlerOf(operand, workflow.handlers);
  const word = operand.kind === 'Signal' ? 'signal' : 'update';
  if (!handler) {
    const others = workflow.handlers.filter(({ kind }) => messageWords[kind] === word);
    const hint = `Declare it in the workflow: \`${word} ${name.text}(…)\`.`;
    const names = others.map((one) => one.name.text);
    const help = correction(name.text, names, file, name.span) ?? { hint };
    const values = { workflow: workflow.name.text, name: name.text };
    if (name.text !== '') model.report(file, word === 'signal' ? 'TWF307' : 'TWF350', name.span, values, help);
    return bindNothingKnown(cx, binding);
  }
  if (!binding) return;
  const params: readonly { slot: Slot }[] = model.signatures.get(handler)!.params;
  if (params.length !== binding.targets.length)
    return reportBindings(cx, binding, params.length, `The ${word} \`${name.text}\``);
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
