/** What the grammar makes of a file: logical lines, nested by indentation. build.ts makes the tree of them. */
import type { Span } from '../source.js';
import type {
  AssignStmt,
  Arg,
  AwaitStmt,
  Binding,
  BreakStmt,
  CallStmt,
  CloseStmt,
  ContinueAsNewStmt,
  ContinueStmt,
  Dialect,
  Expr,
  ForHead,
  Name,
  NameExpr,
  Param,
  RaiseStmt,
  RequestStmt,
  SendStmt,
  PutStmt,
  SetStmt,
  ResultType,
  ReturnStmt,
  ReturnWorkflowStmt,
  StartStmt,
  TypeExpr,
} from './ast.js';
import type { Construct } from './unsupported.js';

export interface Line {
  readonly head: Head;
  /** The whole line, without its line break and its block. */
  readonly span: Span;
  /** Of the `:` that ends it. */
  readonly colon: Span | undefined;
  readonly block: readonly Line[] | undefined;
  /** It could not be read to its end: this has been reported. */
  readonly broken: boolean;
}

/** What a line says. Statements that need nothing of the lines around them are nodes of the tree already. */
export type Head =
  | AssignStmt
  | AwaitStmt
  | BreakStmt
  | CallStmt
  | CloseStmt
  | ContinueAsNewStmt
  | ContinueStmt
  | RaiseStmt
  | RequestStmt
  | SendStmt
  | PutStmt
  | SetStmt
  | ReturnStmt
  | ReturnWorkflowStmt
  | StartStmt
  | DefinitionHead
  | NamedHead
  | ListedHead
  | PackageHead
  | ImportHead
  | UseHead
  | ExternHead
  | TypeHead
  | EnumHead
  | FieldHead
  | MembersHead
  | { readonly kind: 'state' }
  | { readonly kind: 'condition'; readonly name: Name }
  | OperationHead
  | AsyncHead
  | MessageHead
  | TimerHead
  | ConditionHead
  | { readonly kind: 'else' }
  | ForLineHead
  | SwitchHead
  | CaseHead
  | { readonly kind: 'try' }
  | CatchHead
  | { readonly kind: 'finally' }
  | { readonly kind: 'awaitAll' }
  | { readonly kind: 'promiseAll'; readonly binding: Binding; readonly at: Span }
  | { readonly kind: 'awaitOne' }
  | OptionsHead
  | EntryHead
  | { readonly kind: 'item'; readonly value: Expr }
  | ExpressionHead
  | { readonly kind: 'ellipsis' }
  | { readonly kind: 'hint' }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'unsupported'; readonly construct: Construct; readonly at: Span }
  | { readonly kind: 'invalid' };

export type HeadKind = Head['kind'];

/** `workflow W(…) -> R`, `activity A(…) -> R`. Where a line broke off, what was read stands here. */
export interface DefinitionHead {
  readonly kind: 'workflow' | 'activity';
  name: Name | undefined;
  params: readonly Param[];
  result: ResultType | undefined;
}

/** `nexus_service S`, `nexus service S`, `nexus_endpoint E`, `nexus endpoint E`, `worker w`, `namespace n`. */
export interface NamedHead {
  readonly kind: 'service' | 'endpoint' | 'worker' | 'namespace';
  readonly dialect: Dialect;
  name: Name | undefined;
}

/** `workflow W`, `activity A`, in a worker. */
export interface ListedHead {
  readonly kind: 'listed';
  readonly of: 'workflow' | 'activity';
  name: Name | undefined;
}

/** `package p`. */
export interface PackageHead {
  readonly kind: 'package';
  name: Name | undefined;
}

/** `import "path"`, `import p "path"`. */
export interface ImportHead {
  readonly kind: 'import';
  alias: Name | undefined;
  path: Name | undefined;
}

/** `use types from "path"`. */
export interface UseHead {
  readonly kind: 'use';
  path: Name | undefined;
}

/** `extern function f(…) -> R`, `extern function T.f(…) -> R`, `extern workflow W(…) -> R`, `extern activity A(…) -> R`. */
export interface ExternHead {
  readonly kind: 'extern';
  of: 'function' | 'workflow' | 'activity';
  receiver: Name | undefined;
  name: Name | undefined;
  params: readonly Param[];
  result: ResultType | undefined;
}

/** `type T`, whose fields are the block under it; `type T = U`. */
export interface TypeHead {
  readonly kind: 'type';
  name: Name | undefined;
  alias: boolean;
  type: TypeExpr | undefined;
}

/** `enum E: a, b`; without members, they are the block under it. */
export interface EnumHead {
  readonly kind: 'enum';
  name: Name | undefined;
  members: readonly Name[] | undefined;
}

/** `name: T`, in a `type`; in a `state`, also `name: T = value`. */
export interface FieldHead {
  readonly kind: 'field';
  readonly name: Name;
  type: TypeExpr | undefined;
  value: Expr | undefined;
}

/** `a, b`, in an `enum`. */
export interface MembersHead {
  readonly kind: 'members';
  readonly names: readonly Name[];
}

/** `operation Op(a: A) -> R`, `sync Op(a: A) -> (R)`. */
export interface OperationHead {
  readonly kind: 'operation';
  readonly dialect: Dialect;
  name: Name | undefined;
  params: readonly Param[];
  result: ResultType | undefined;
}

/** `async Op workflow W`. */
export interface AsyncHead {
  readonly kind: 'async';
  name: Name | undefined;
  workflow: Name | undefined;
}

/**
 * `signal S(a: A)`, `query Q() -> R`, `update U(a: A) -> R`: handlers; `signal S -> a`, `update U -> a`: cases. `signal S`
 * and `update U` are either.
 */
export interface MessageHead {
  readonly kind: 'signal' | 'query' | 'update';
  name: Name | undefined;
  params: readonly Param[] | undefined;
  result: ResultType | undefined;
  binding: Binding | undefined;
}

/** `timer(5m)`: a case. */
export interface TimerHead {
  readonly kind: 'timer';
  duration: Expr | undefined;
  binding: Binding | undefined;
}

export interface ConditionHead {
  readonly kind: 'if' | 'elif';
  condition: Expr | undefined;
}

export interface ForLineHead {
  readonly kind: 'for';
  head: ForHead | undefined;
}

/** `switch e`, whose cases are the block under it. */
export interface SwitchHead {
  readonly kind: 'switch';
  subject: Expr | undefined;
}

/** `case a, b`. */
export interface CaseHead {
  readonly kind: 'case';
  values: readonly Expr[];
}

/** `catch Name as e`. */
export interface CatchHead {
  readonly kind: 'catch';
  error: Name | undefined;
  name: NameExpr | undefined;
}

/** `options(k: v)`; without arguments `options:`, whose entries are the block under it. */
export interface OptionsHead {
  readonly kind: 'options' | 'defaultOptions';
  readonly args: readonly Arg[] | undefined;
}

/** `key: value`. */
export interface EntryHead {
  readonly kind: 'entry';
  readonly key: Name;
  readonly value: Expr;
}

/** `f(x)`, `handle -> r`, `key`: what it is depends on the block that it stands in. */
export interface ExpressionHead {
  readonly kind: 'expression';
  readonly value: Expr;
  readonly binding: Binding | undefined;
}
