/** Functions that the program declares and TypeScript implements. */
import type { Expr, ExternFunction, FunctionCall } from '../../syntax/ast.js';
import { keyIn } from '../../symbols/packages.js';
import type { Slot } from '../../types/slot.js';
import type { Model } from '../model.js';
import type { ProgramOptions } from '../program.js';
import { giveArguments } from './calls.js';
import { at, type Context, flowExpression } from './context.js';
import { isBuiltInFunction } from './functions.js';
import { define } from './signatures.js';
import { annotate } from './types.js';

export function declareExterns(model: Model, { externs }: ProgramOptions): void {
  const { functions, fileOf } = model.definitions;
  let isImplemented = externs !== undefined;
  for (const definition of functions.values()) {
    const { name, receiver, result } = definition;
    const file = fileOf.get(definition)!;
    if (isBuiltInFunction(name.text)) {
      model.report(file, 'TWF316', name.span, { name: name.text, what: 'a function' });
    } else if (!isImplemented) {
      isImplemented = true; // said once
      const hint = 'Name the module that exports it in twfc.json: `"externs": "./externs.ts"`.';
      model.report(file, 'TWF318', name.span, { name: name.text }, { hint });
    }
    if (receiver) model.receivers.set(definition, annotate(model, receiver, file));
    define(model, definition, result, file);
  }
}

/** The extern function that a call means. */
export function externOf({ model, file }: Context, { callee }: FunctionCall): ExternFunction | undefined {
  const name = callee.kind === 'NameExpr' ? callee.text : callee.kind === 'Field' ? callee.field.text : undefined;
  const found =
    name === undefined ? undefined : model.definitions.functions.get(keyIn(model.definitions.packages.of(file), name));
  const isMethod = found?.receiver !== undefined;
  return isMethod === (callee.kind === 'Field') ? found : undefined;
}

export function externCall(cx: Context, call: FunctionCall, definition: ExternFunction): Slot {
  const { model } = cx;
  const signature = model.signatures.get(definition)!;
  const receiver: Expr | undefined = call.callee.kind === 'Field' ? call.callee.of : undefined;
  if (receiver) {
    flowExpression(cx, receiver, model.receivers.get(definition)!, {
      asks: `\`${definition.name.text}\` is called on`,
      askedAt: { file: signature.file, span: definition.receiver!.span },
    });
  }
  giveArguments(cx, signature, call.args, call.callee.span);
  model.functions.set(call, { kind: 'extern', definition, receiver });
  const result = model.slots.slot(at(cx, call.span));
  model.slots.flow(signature.result, result);
  return result;
}
