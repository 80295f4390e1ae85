/** Expressions. */
import type { Name, NodeBase } from './node.js';
import type { InvalidNode } from './statements.js';

export type Expr =
  | NumberExpr
  | StringExpr
  | BoolExpr
  | NullExpr
  | DurationExpr
  | NameExpr
  | FieldExpr
  | IndexExpr
  | FunctionCall
  | UnaryExpr
  | BinaryExpr
  | ListExpr
  | RecordExpr
  | InvalidNode;

export interface NumberExpr extends NodeBase {
  readonly kind: 'Number';
  /** As written; a float if it has a point. */
  readonly text: string;
}

export interface StringExpr extends NodeBase {
  readonly kind: 'String';
  /** Text with escapes resolved, and the expressions of `{…}` holes, in order. */
  readonly parts: readonly (string | Expr)[];
}

export interface BoolExpr extends NodeBase {
  readonly kind: 'Bool';
  readonly value: boolean;
}

export interface NullExpr extends NodeBase {
  readonly kind: 'Null';
}

export interface DurationExpr extends NodeBase {
  readonly kind: 'Duration';
  /** As written: `250ms`, `5m`. */
  readonly text: string;
  readonly milliseconds: number;
}

export interface NameExpr extends NodeBase {
  readonly kind: 'NameExpr';
  readonly text: string;
}

export interface FieldExpr extends NodeBase {
  readonly kind: 'Field';
  readonly of: Expr;
  readonly field: Name;
}

export interface IndexExpr extends NodeBase {
  readonly kind: 'Index';
  readonly of: Expr;
  readonly index: Expr;
}

/** A call of a function or a method: its callee is a NameExpr or a FieldExpr. */
export interface FunctionCall extends NodeBase {
  readonly kind: 'FunctionCall';
  readonly callee: Expr;
  readonly args: readonly Arg[];
}

export interface Arg extends NodeBase {
  readonly kind: 'Arg';
  readonly name: Name | undefined;
  readonly value: Expr;
}

export type UnaryOperator = 'not' | '-';

export interface UnaryExpr extends NodeBase {
  readonly kind: 'Unary';
  readonly operator: UnaryOperator;
  readonly operand: Expr;
}

export type BinaryOperator =
  'or' | 'and' | 'in' | 'not in' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

/** `&&`, `||` and `!` are read as `and`, `or` and `not`. */
export interface BinaryExpr extends NodeBase {
  readonly kind: 'Binary';
  readonly operator: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
  /** Whether the author put it in parentheses. */
  readonly parenthesised: boolean;
}

export interface ListExpr extends NodeBase {
  readonly kind: 'List';
  readonly items: readonly Expr[];
}

/** `Order{id: x, total}`; without a name, `{id: x}`: an anonymous record or a map. */
export interface RecordExpr extends NodeBase {
  readonly kind: 'Record';
  readonly name: Name | undefined;
  readonly fields: readonly RecordField[];
}

export interface RecordField extends NodeBase {
  readonly kind: 'RecordField';
  /** Of a shorthand, the last name of its path. */
  readonly name: Name;
  readonly value: Expr;
  readonly shorthand: boolean;
}
