/** Numbers and texts as they are written: a number is exact as long as nothing rounds it. */
import type { BinaryOperator, Expr, NumberExpr } from './ast.js';

/** `1`, `-0.5`. */
export function isNumericLiteral(expr: Expr): boolean {
  if (expr.kind === 'Unary') return expr.operator === '-' && isNumericLiteral(expr.operand);
  return expr.kind === 'Number';
}

/** What a numeric literal is where nothing asks for something else. */
export function numberKind(literal: Expr): 'int' | 'float' {
  const number = literal.kind === 'Unary' ? literal.operand : literal;
  return number.kind === 'Unary' ? numberKind(number) : number.kind === 'Number' && isFloat(number) ? 'float' : 'int';
}

/** Written with a point, or with an exponent. */
export function isFloat({ text }: NumberExpr): boolean {
  return /[.eE]/.test(text);
}

const arithmetic: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>(['+', '-', '*', '/', '%']);

/** `1 - 0.25`, `-(0.1 / 3)`: computed of literals alone, and no integer. */
export function isLiteralArithmetic(expr: Expr): boolean {
  if (expr.kind === 'Unary') return expr.operator === '-' && isLiteralArithmetic(expr.operand);
  if (expr.kind !== 'Binary' || !arithmetic.has(expr.operator)) return false;
  const sides = [expr.left, expr.right];
  return sides.every((side) => isNumericLiteral(side) || isLiteralArithmetic(side)) && sides.some(holdsPoint);
}

function holdsPoint(expr: Expr): boolean {
  if (expr.kind === 'Unary') return holdsPoint(expr.operand);
  if (expr.kind === 'Binary') return holdsPoint(expr.left) || holdsPoint(expr.right);
  return expr.kind === 'Number' && expr.text.includes('.');
}

/** A text without holes; undefined for anything else. */
export function plainText(expr: Expr): string | undefined {
  if (expr.kind !== 'String') return undefined;
  return expr.parts.every((part) => typeof part === 'string') ? expr.parts.join('') : undefined;
}
