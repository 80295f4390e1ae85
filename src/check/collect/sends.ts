/** Signals to the child workflows that this one has started. */
import { correction } from '../../diagnostics/suggest.js';
import { isNeverAssigned, type VariableSymbol } from '../../symbols/variable.js';
import type { NameExpr, SendStmt, WorkflowDef } from '../../syntax/ast.js';
import { giveArguments } from './calls.js';
import type { Context } from './context.js';
import { expression } from './expressions.js';

export function send(cx: Context, statement: SendStmt): void {
  const { model, file } = cx;
  const { handle, name, args } = statement;
  const slot = expression(cx, handle);
  const child = childOf(cx, handle);
  if (child) model.demands.push({ kind: 'handle', file, expr: handle, slot });
  const handler = child?.handlers.find((one) => one.kind === 'SignalHandler' && one.name.text === name.text);
  if (child && handler) {
    model.sends.set(statement, handler);
    return giveArguments(cx, model.signatures.get(handler)!, args, name.span);
  }
  for (const { value } of args) expression(cx, value);
  if (!child || name.text === '') return;
  const names = child.handlers.flatMap((one) => (one.kind === 'SignalHandler' ? [one.name.text] : []));
  const hint = `Declare it in the workflow: \`signal ${name.text}(…)\`.`;
  const values = { workflow: child.name.text, name: name.text };
  model.report(file, 'TWF307', name.span, values, correction(name.text, names, file, name.span) ?? { hint });
}

/** The workflow that a handle stands for; undefined where nothing says which, which is reported when its type is known. */
function childOf({ model, file }: Context, handle: NameExpr): WorkflowDef | undefined {
  const variable = model.ofName.get(handle);
  if (!variable || isNeverAssigned(variable)) return undefined;
  const calls = startedBy(variable);
  const [child, ...others] = new Set(calls.map((call) => call && model.callees.of(call)));
  const isOne = calls.length > 0 && calls.every((call) => call !== undefined) && others.length === 0;
  if (isOne && (!child || child.kind === 'Workflow')) return child;
  if (!model.strayHandles.has(variable)) model.strayHandles.set(variable, { file, handle });
  return undefined;
}

/** The calls that give a variable its values; undefined for what is no call of a workflow. */
function startedBy({ uses }: VariableSymbol) {
  return uses
    .filter(({ write }) => write)
    .map(({ block, index }) => {
      const statement = block.statements[index];
      const isStart = statement?.kind === 'CallStmt' && statement.mode === 'spawn';
      return isStart && statement.call.kind === 'WorkflowCall' ? statement.call : undefined;
    });
}
