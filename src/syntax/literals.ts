/** Numbers and texts as they are written: a number is exact as long as nothing rounds it. */
import type { BinaryExpr, BinaryOperator, Expr, NumberExpr } from './ast.js';

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

/** What a case of a `switch` asks: nobody has written it down. */
export function equality(left: Expr, right: Expr): BinaryExpr {
  return { kind: 'Binary', span: right.span, operator: '==', left, right, parenthesised: false };
}

/** The same text for literals of the same value, `1` and `1.0` among them; undefined for what is no literal. */
export function literalKey(expr: Expr): string | undefined {
  switch (expr.kind) {
    case 'Null':
      return 'null';
    case 'Bool':
      return String(expr.value);
    case 'Duration':
      return `${expr.milliseconds}ms`;
    case 'String': {
      const text = plainText(expr);
      return text === undefined ? undefined : JSON.stringify(text);
    }
    default:
      return isNumericLiteral(expr) ? numberKey(expr) : undefined;
  }
}

function numberKey(literal: Expr): string {
  if (literal.kind === 'Unary') {
    const key = numberKey(literal.operand);
    return key === '0' ? key : key.startsWith('-') ? key.slice(1) : `-${key}`;
  }
  const text = literal.kind === 'Number' ? literal.text : '';
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return trimmed.replace(/^0+(?=\d)/, '');
}
