/** Types, as written. */
import type { NodeBase } from './node.js';

export type TypeExpr = NamedTypeExpr | ListTypeExpr | MapTypeExpr | OptionalTypeExpr | TupleTypeExpr;

export interface NamedTypeExpr extends NodeBase {
  readonly kind: 'NamedType';
  readonly name: string;
}

export interface ListTypeExpr extends NodeBase {
  readonly kind: 'ListType';
  readonly item: TypeExpr;
}

export interface MapTypeExpr extends NodeBase {
  readonly kind: 'MapType';
  readonly key: TypeExpr;
  readonly value: TypeExpr;
}

export interface OptionalTypeExpr extends NodeBase {
  readonly kind: 'OptionalType';
  readonly of: TypeExpr;
}

export interface TupleTypeExpr extends NodeBase {
  readonly kind: 'TupleType';
  readonly items: readonly TypeExpr[];
}
