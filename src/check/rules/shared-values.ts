/** Names that a body and its handlers share, and lose sight of: each may have changed when it is looked at again. */
import type { Label } from '../../diagnostics/diagnostic.js';
import type { SourceFile } from '../../source.js';
import { namesIn } from '../../symbols/blocks.js';
import { initialAssignments } from '../../symbols/first-assignments.js';
import { handlerOf, isArrival } from '../../symbols/messages.js';
import { type DefinitionVariables, isCondition, type VariableSymbol } from '../../symbols/variable.js';
import type { AwaitCase, Handler, NameExpr, Stmt, WorkflowDef } from '../../syntax/ast.js';
import { bodiesOf } from '../../syntax/bodies.js';
import { walk } from '../../syntax/visit.js';
import type { Model } from '../model.js';
import type { Typed } from '../verify/typed.js';

export function sharedValues({ model }: Typed): void {
  for (const { definition, file, loops } of model.surveys) {
    if (definition.kind !== 'Workflow') continue;
    const variables = model.variables.get(definition)!;
    overwritten(model, definition, variables, file);
    outlived(model, variables, file);
    for (const loop of loops) stale(model, definition.handlers, loop.body, file);
  }
}

/** Assignments in the body, behind its first lines, that undo what a handler has assigned. */
function overwritten(
  model: Model,
  { state, body }: WorkflowDef,
  { shared, params, leading, walk: main, handlers }: DefinitionVariables,
  file: SourceFile,
): void {
  const first = new Set<Stmt>([...initialAssignments(state), ...body.slice(0, leading)]);
  const ofHandlers = new Set([...handlers.values()].flatMap((one) => one.walk.uses));
  const ofBody = new Set(main.uses);
  for (const symbol of [...shared, ...params]) {
    if (isCondition(symbol)) continue;
    const writes = symbol.uses.filter(({ write }) => write === 'assignment');
    const byHandler = writes.find((use) => ofHandlers.has(use));
    const later = writes.find((use) => {
      const statement = use.block.statements[use.index];
      const isPlain =
        statement?.kind === 'Assign' && namesIn(statement.value).every(({ text }) => text !== symbol.name);
      return isPlain && ofBody.has(use) && !first.has(statement);
    });
    if (!byHandler || !later) continue;
    const labels: Label[] = [{ file, span: byHandler.node.span, text: 'a handler assigns it here' }];
    const hint = 'Assign it in the first lines of the body, or ask for its value before.';
    model.report(file, 'TWF623', later.node.span, { name: symbol.name }, { labels, hint });
  }
}

/** Handlers that the workflow waits for at its end, and that wait for what only its body sets. */
function outlived(model: Model, { walk: main, handlers }: DefinitionVariables, file: SourceFile): void {
  const symbolOf = (name: NameExpr) => model.ofName.get(name);
  const settings = (one: typeof main) => one.settings.map(({ statement }) => symbolOf(statement.condition));
  const byHandlers = new Set([...handlers.values()].flatMap((one) => settings(one.walk)));
  const byBody = new Set(settings(main).filter((one) => !byHandlers.has(one)));
  for (const [handler] of handlers) {
    if (leavesAtClose(handler)) continue;
    for (const wait of waitsIn(handler.body)) {
      const symbol = symbolOf(wait);
      if (!symbol || !isCondition(symbol) || !byBody.has(symbol)) continue;
      const hint = 'Let it race against a timer, or say `unfinished_policy: abandon`.';
      model.report(file, 'TWF624', wait.span, { handler: handler.name.text, name: symbol.name }, { hint });
    }
  }
}

function leavesAtClose({ options }: Handler): boolean {
  return options?.entries.some(({ key }) => /^unfinished_?policy$/i.test(key.text)) ?? false;
}

/** The names that statements wait for, and for nothing else beside. */
function waitsIn(statements: readonly Stmt[]): NameExpr[] {
  return statements.flatMap((one): NameExpr[] => {
    const operand =
      one.kind === 'Await'
        ? one.operand
        : one.kind === 'AwaitOne' && one.cases.length === 1
          ? one.cases[0]!.operand
          : one;
    const own = operand.kind === 'Handle' && operand.handle.kind === 'NameExpr' ? [operand.handle] : [];
    return [...own, ...bodiesOf(one).flatMap(waitsIn)];
  });
}

/** Cases of a loop that read, of a signal, what the handler of the last one that came has assigned. */
function stale(model: Model, handlers: readonly Handler[], statements: readonly Stmt[], file: SourceFile): void {
  for (const statement of statements) {
    if (statement.kind === 'AwaitOne') for (const one of statement.cases) staleIn(model, handlers, one, file);
    if (statement.kind !== 'For') for (const inner of bodiesOf(statement)) stale(model, handlers, inner, file);
  }
}

function staleIn(
  model: Model,
  handlers: readonly Handler[],
  { operand, binding, body }: AwaitCase,
  file: SourceFile,
): void {
  const handler = isArrival(operand) && !binding ? handlerOf(operand, handlers) : undefined;
  if (!handler) return;
  const taken = new Map(handler.body.flatMap((one) => takenFrom(model, handler, one)));
  const reads: NameExpr[] = [];
  for (const statement of body) {
    walk(statement, { enter: (node) => void (node.kind === 'NameExpr' && reads.push(node)) });
  }
  const read = reads.find((node) => taken.has(model.ofName.get(node)!) && !isWritten(model, node));
  if (!read) return;
  const labels: Label[] = [
    { file, span: taken.get(model.ofName.get(read)!)!.span, text: 'its handler assigns it here' },
  ];
  const params = handler.params.map(({ name }) => name.text).join(', ');
  const word = operand.kind === 'Signal' ? 'signal' : 'update';
  const hint = `Take what this one carries: \`${word} ${handler.name.text} -> (${params})\`.`;
  model.report(file, 'TWF625', read.span, { name: read.text, message: handler.name.text }, { labels, hint });
}

/** What a handler assigns of its parameters, to a name that it shares. */
function takenFrom(model: Model, { params }: Handler, statement: Stmt): [VariableSymbol, NameExpr][] {
  if (statement.kind !== 'Assign' || statement.target.kind !== 'NameExpr') return [];
  const symbol = model.ofName.get(statement.target);
  const ofParams = namesIn(statement.value).some(({ text }) => params.some(({ name }) => name.text === text));
  return symbol?.role === 'shared' && ofParams ? [[symbol, statement.target]] : [];
}

function isWritten(model: Model, node: NameExpr): boolean {
  return model.ofName.get(node)!.uses.some((use) => use.node === node && use.write);
}
