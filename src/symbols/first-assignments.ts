/** What the first statements of a workflow say of its variables. */
import type { AssignStmt, Expr, StateEntry, Stmt } from '../syntax/ast.js';
import type { Definition } from './variable.js';

/** What assigns the first values of a workflow's state. */
export function initialAssignments(state: readonly StateEntry[]): readonly AssignStmt[] {
  return state.flatMap((entry) => (entry.kind === 'StateVariable' && entry.initial ? [entry.initial] : []));
}

/** What a workflow runs: the assignments of its state, then its body. */
export function statementsOf(definition: Definition): readonly Stmt[] {
  const { body = [] } = definition;
  if (definition.kind !== 'Workflow' || definition.state.length === 0) return body;
  return [...initialAssignments(definition.state), ...body];
}

/** The first run of assignments whose right sides are pure. */
export function leadingAssignments(statements: readonly Stmt[]): number {
  const first = statements.findIndex(
    (statement) => statement.kind !== 'Assign' || statement.target.kind !== 'NameExpr' || !isPure(statement.value),
  );
  return first < 0 ? statements.length : first;
}

function isPure(expr: Expr): boolean {
  switch (expr.kind) {
    case 'FunctionCall':
    case 'Index':
    case 'Invalid':
      return false;
    case 'Field':
      return isPure(expr.of);
    case 'Unary':
      return isPure(expr.operand);
    case 'Binary':
      return expr.operator !== '/' && expr.operator !== '%' && isPure(expr.left) && isPure(expr.right);
    case 'List':
      return expr.items.every(isPure);
    case 'Record':
      return expr.fields.every(({ value }) => isPure(value));
    case 'String':
      return expr.parts.every((part) => typeof part === 'string' || isPure(part));
    default:
      return true;
  }
}

/** The first assignment of each name that stands directly in the body. */
export function firstWrites(statements: readonly Stmt[]): ReadonlyMap<string, { index: number; value: Expr }> {
  const firsts = new Map<string, { index: number; value: Expr }>();
  for (const [index, one] of statements.entries()) {
    if (one.kind !== 'Assign' || one.target.kind !== 'NameExpr' || firsts.has(one.target.text)) continue;
    firsts.set(one.target.text, { index, value: one.value });
  }
  return firsts;
}

export function isConstant(expr: Expr): boolean {
  if (expr.kind === 'String') return expr.parts.every((part) => typeof part === 'string');
  return expr.kind === 'Number' || expr.kind === 'Bool' || expr.kind === 'Duration';
}
