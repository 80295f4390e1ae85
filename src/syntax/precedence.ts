/** Operands and operators in a row to a tree: precedence climbing. */
import type { IToken } from 'chevrotain';
import { join } from '../source.js';
import type { BinaryOperator, Expr } from './ast.js';
import { spanOf } from './lexer.js';
import type { Problems } from './problems.js';

/** An operand, an operator between two, or a sign before one: `-`, `!`, `not`. */
export type Item = Expr | IToken;

interface Operator {
  readonly operator: BinaryOperator;
  /** What binds more tightly has a higher level. */
  readonly level: number;
}

const NOT_LEVEL = 3;
const COMPARISON = 4;
const comparison = (operator: BinaryOperator): Operator => ({ operator, level: COMPARISON });

/** By the text of the operator. */
const operators: Readonly<Record<string, Operator>> = {
  or: { operator: 'or', level: 1 },
  '||': { operator: 'or', level: 1 },
  and: { operator: 'and', level: 2 },
  '&&': { operator: 'and', level: 2 },
  in: comparison('in'),
  not: comparison('not in'),
  '==': comparison('=='),
  '!=': comparison('!='),
  '<': comparison('<'),
  '<=': comparison('<='),
  '>': comparison('>'),
  '>=': comparison('>='),
  '+': { operator: '+', level: 5 },
  '-': { operator: '-', level: 5 },
  '*': { operator: '*', level: 6 },
  '/': { operator: '/', level: 6 },
  '%': { operator: '%', level: 6 },
};

/** @param items as the grammar reads them: `prefix* operand (operator prefix* operand)*` */
export function climb(items: readonly Item[], problems: Problems): Expr {
  let at = 0;
  return binary(prefixed(), 0);

  /** What follows an operand, as far as it binds at least as tightly as a level. */
  function binary(first: Expr, minimum: number): Expr {
    let left = first;
    for (;;) {
      const token = items[at] as IToken | undefined;
      const found = token && operators[token.image];
      if (found === undefined || found.level < minimum) return left;
      at += found.operator === 'not in' ? 2 : 1;
      const right = binary(prefixed(), found.level + 1);
      const span = join(left.span, right.span);
      if (found.level === COMPARISON && isComparison(left)) {
        problems.report('TWF218', spanOf(token!), {}, { hint: 'Compare two at a time: `a < b and b < c`.' });
        left = { kind: 'Invalid', span };
      } else left = { kind: 'Binary', span, operator: found.operator, left, right, parenthesised: false };
    }
  }

  /** `-` and `!` bind tightly; `not` reaches over comparisons: `not a == b` is `not (a == b)`. */
  function prefixed(): Expr {
    const first = at;
    while ('image' in items[at]!) at++;
    let last = at;
    let value = items[at++] as Expr;
    while (last > first && (items[last - 1] as IToken).image !== 'not') value = unary(value, items[--last] as IToken);
    if (last > first) value = binary(value, NOT_LEVEL);
    while (last > first) value = unary(value, items[--last] as IToken);
    return value;
  }
}

/** The operand with a sign before it: `-`, `!` or `not`. */
function unary(operand: Expr, sign: IToken): Expr {
  const operator = sign.image === '-' ? '-' : 'not';
  return { kind: 'Unary', span: join(spanOf(sign), operand.span), operator, operand };
}

function isComparison(value: Expr): boolean {
  return (
    value.kind === 'Binary' && !value.parenthesised && operators[value.operator.split(' ')[0]!]!.level === COMPARISON
  );
}
