/**
 * Values that are compared with several constants. After `order.status === 'new'` TypeScript takes the status to be `'new'`
 * and nothing else, and refuses to compare it with another constant: it does not see that a handler, or a call in between,
 * may have changed it.
 */
import type { BinaryExpr, Expr, Node } from '../syntax/ast.js';
import { isNumericLiteral } from '../syntax/literals.js';
import { children } from '../syntax/visit.js';

/** `order.status`; undefined for what is no path. */
export function pathOf(expr: Expr): string | undefined {
  if (expr.kind === 'NameExpr') return expr.text;
  if (expr.kind !== 'Field') return undefined;
  const of = pathOf(expr.of);
  return of && `${of}.${expr.field.text}`;
}

interface Compared {
  count: number;
  /** One comparison is not alone the condition of an `if`, or stands where another has come out true. */
  entangled: boolean;
}

/** The paths whose comparisons with constants stand in each other's way. */
export function entangledPaths(definition: Node): ReadonlySet<string> {
  const found = new Map<string, Compared>();
  visit(definition, new Set(), found);
  return new Set([...found].flatMap(([path, { count, entangled }]) => (count > 1 && entangled ? [path] : [])));
}

/** @param inside paths that a condition around compares */
function visit(node: Node, inside: ReadonlySet<string>, found: Map<string, Compared>): void {
  if (node.kind === 'IfBranch') {
    const { condition, body } = node;
    const path = condition.kind === 'Binary' && condition.operator === '==' ? comparedPath(condition) : undefined;
    if (path === undefined) visit(condition, inside, found);
    else note(path, inside.has(path), found);
    const within = new Set([...inside, ...comparedIn(condition)]);
    for (const statement of body) visit(statement, within, found);
    return;
  }
  if (node.kind === 'Switch') {
    const path = pathOf(node.subject);
    if (path !== undefined) note(path, inside.has(path), found);
    const within = path === undefined ? inside : new Set([...inside, path]);
    for (const child of children(node)) visit(child, within, found);
    return;
  }
  if (node.kind === 'Binary') {
    const path = comparedPath(node);
    if (path !== undefined) note(path, true, found);
  }
  const head = node.kind === 'For' && node.head.kind === 'While' ? comparedIn(node.head.condition) : [];
  const within = head.length > 0 ? new Set([...inside, ...head]) : inside;
  for (const child of children(node)) visit(child, within, found);
}

function note(path: string, entangled: boolean, found: Map<string, Compared>): void {
  const known = found.get(path);
  if (!known) return void found.set(path, { count: 1, entangled });
  known.count++;
  known.entangled ||= entangled;
}

function comparedIn(node: Node): string[] {
  const path = node.kind === 'Binary' ? comparedPath(node) : undefined;
  return [...(path === undefined ? [] : [path]), ...children(node).flatMap(comparedIn)];
}

/** What is compared with a constant. */
export function comparedPath({ operator, left, right }: BinaryExpr): string | undefined {
  if (operator !== '==' && operator !== '!=') return undefined;
  if (isConstant(right)) return pathOf(left);
  return isConstant(left) ? pathOf(right) : undefined;
}

function isConstant(expr: Expr): boolean {
  if (expr.kind === 'String') return expr.parts.every((part) => typeof part === 'string');
  return isNumericLiteral(expr) || expr.kind === 'Duration';
}
