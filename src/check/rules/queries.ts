/** A query looks at what the workflow holds: it changes nothing of it, and gives the same whenever it is asked. */
import type { SourceFile, Span } from '../../source.js';
import { messageWords } from '../../symbols/messages.js';
import type { VariableSymbol } from '../../symbols/variable.js';
import type { Expr, Node, QueryHandler, Target } from '../../syntax/ast.js';
import { walk } from '../../syntax/visit.js';
import type { BuiltinName } from '../facts.js';
import type { Model } from '../model.js';
import type { Typed } from '../verify/typed.js';

export function queries({ model }: Typed): void {
  for (const [definition, { handlers }] of model.variables) {
    const { file } = model.signatures.get(definition)!;
    for (const [handler, { params }] of handlers) {
      if (handler.kind === 'QueryHandler') query(model, file, handler, new Set(params));
    }
  }
}

/** Functions that give something else each time. */
const unsteady: ReadonlySet<BuiltinName> = new Set<BuiltinName>(['now', 'uuid', 'random', 'patched']);

function query(model: Model, file: SourceFile, handler: QueryHandler, params: ReadonlySet<VariableSymbol>): void {
  const isOwn = (expr: Expr): expr is Extract<Expr, { kind: 'NameExpr' }> => {
    const variable = expr.kind === 'NameExpr' ? model.ofName.get(expr) : undefined;
    return variable !== undefined && (params.has(variable) || variable.role === 'local' || variable.role === 'loop');
  };
  const change = (changed: Expr) => {
    const what = `\`${file.text.slice(changed.span.start, changed.span.end)}\``;
    const hint = 'Change it in the body of the workflow, or in the handler of a signal or an update.';
    const held = heldAt(model, changed);
    const labels = held ? [{ file, span: held, text: 'the workflow holds it' }] : [];
    model.report(file, 'TWF620', changed.span, { what }, { labels, hint });
  };
  /** What a record or a list is reached by may be a name for what the workflow holds. */
  const changeInside = (held: Expr) => {
    if (!isOwn(held) || !isMadeHere(model.ofName.get(held)!)) change(held);
  };
  const assign = (target: Target) => {
    if (target.kind === 'Field') changeInside(target.of);
    else if (!isOwn(target)) change(target);
  };
  const enter = (node: Node) => {
    if (node.kind === 'Assign') assign(node.target);
    if (node.kind === 'Put') changeInside(node.map);
    if (node.kind === 'Set') change(node.condition);
    const called = node.kind === 'FunctionCall' ? model.functions.get(node) : undefined;
    if (node.kind !== 'FunctionCall' || called?.kind !== 'builtin') return;
    if (called.name === 'append') changeInside(called.receiver ?? node.args[0]!.value);
    if (!unsteady.has(called.name)) return;
    const values = { what: `\`${called.name}()\``, place: `a ${messageWords[handler.kind]}`, why };
    model.report(file, 'TWF607', node.span, values);
  };
  for (const statement of handler.body) walk(statement, { enter });
}

/** Where the workflow says that it holds what an expression reaches. */
function heldAt({ ofName }: Pick<Model, 'ofName'>, expr: Expr): Span | undefined {
  if (expr.kind === 'Field') return heldAt({ ofName }, expr.of);
  const variable = expr.kind === 'NameExpr' ? ofName.get(expr) : undefined;
  const outside = variable?.uses.find(({ node, write }) => write && node !== expr)?.node;
  return (variable?.entry ?? variable?.param)?.name.span ?? outside?.span;
}

const why = 'it gives the same whenever it is asked, until the workflow goes on';

/** A record or a list that the query itself has made, and that nothing else holds. */
function isMadeHere({ uses, role }: VariableSymbol): boolean {
  const values = uses.filter(({ write }) => write).map(({ block, index }) => block.statements[index]);
  return (
    role === 'local' &&
    values.every((one) => one?.kind === 'Assign' && (one.value.kind === 'List' || one.value.kind === 'Record'))
  );
}
