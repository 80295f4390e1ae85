/** Signals to the child workflows that this one has started. */
import { correction } from '../../diagnostics/suggest.js';
import { isNeverAssigned, type VariableSymbol } from '../../symbols/variable.js';
import type { Expr, NameExpr, SendStmt, Stmt, WorkflowCall, WorkflowDef } from '../../syntax/ast.js';
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
  const calls = new StartedCalls(model.ofName).of(variable);
  const [child, ...others] = new Set(calls.map((call) => call && model.callees.of(call)));
  const isOne = calls.length > 0 && calls.every((call) => call !== undefined) && others.length === 0;
  if (isOne && (!child || child.kind === 'Workflow')) return child;
  if (!model.strayHandles.has(variable)) model.strayHandles.set(variable, { file, handle });
  return undefined;
}

type Started = WorkflowCall | undefined;

/** Follows what names hold to the calls that have started it; undefined for what is no call of a workflow. */
class StartedCalls {
  private readonly seen = new Set<VariableSymbol>();

  constructor(private readonly ofName: ReadonlyMap<NameExpr, VariableSymbol>) {}

  of(variable: VariableSymbol): Started[] {
    if (this.seen.has(variable)) return [];
    this.seen.add(variable);
    if (variable.role === 'loop') return this.itemsOf(listOf(variable));
    return writes(variable).flatMap(({ block, index }) => this.givenBy(block.statements[index]));
  }

  private givenBy(statement: Stmt | undefined): Started[] {
    switch (statement?.kind) {
      case 'CallStmt':
        return [statement.mode === 'spawn' && statement.call.kind === 'WorkflowCall' ? statement.call : undefined];
      case 'Start':
        return this.in(statement.operand.kind === 'Handle' ? statement.operand.handle : undefined);
      case 'Assign':
        return this.in(statement.value);
      default:
        return [undefined];
    }
  }

  private in(value: Expr | undefined): Started[] {
    if (value?.kind === 'Index') return this.itemsOf(value.of);
    const variable = value?.kind === 'NameExpr' ? this.ofName.get(value) : undefined;
    return variable ? this.of(variable) : [undefined];
  }

  private itemsOf(list: Expr | undefined): Started[] {
    if (list?.kind === 'List') return list.items.flatMap((item) => this.in(item));
    const variable = list?.kind === 'NameExpr' ? this.ofName.get(list) : undefined;
    if (!variable || variable.role === 'parameter') return [undefined];
    if (this.seen.has(variable)) return [];
    this.seen.add(variable);
    const initial = variable.entry?.kind === 'StateVariable' ? variable.entry.initial : undefined;
    const assigned = writes(variable).flatMap(({ block, index }) => {
      const statement = block.statements[index] ?? initial;
      return this.itemsOf(statement?.kind === 'Assign' ? statement.value : undefined);
    });
    const appended = variable.uses.flatMap(({ node, block, index }) => {
      const item = appendedTo(node, block.statements[index]);
      return item ? this.in(item) : [];
    });
    return [...assigned, ...appended];
  }
}

function writes({ uses }: VariableSymbol) {
  return uses.filter(({ write }) => write);
}

/** What a loop goes over whose items a name stands for: the loop gives it its value before the first line of its body. */
function listOf({ uses }: VariableSymbol): Expr | undefined {
  const given = uses.find(({ write, index }) => write && index === -1);
  const loop = given?.block.parent?.statements[given.block.indexInParent];
  const goesOver = loop?.kind === 'For' && loop.head.kind === 'In' && loop.head.item === given!.node;
  return goesOver ? loop.head.of : undefined;
}

/** `x` in `list.append(x)` and `append(list, x)`. */
function appendedTo(list: NameExpr, statement: Stmt | undefined): Expr | undefined {
  const call = statement?.kind === 'ExprStmt' && statement.expr.kind === 'FunctionCall' ? statement.expr : undefined;
  if (!call) return undefined;
  const { callee, args } = call;
  if (callee.kind === 'Field') return callee.of === list && callee.field.text === 'append' ? args[0]?.value : undefined;
  const isAppend = callee.kind === 'NameExpr' && callee.text === 'append' && args[0]?.value === list;
  return isAppend ? args[1]?.value : undefined;
}
