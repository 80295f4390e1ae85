/**
 * The syntax tree: immutable, and free of meaning. Both dialects give the same nodes; how a construct was spelled is
 * remembered only where the formatter needs it. What later phases learn about a node stands in tables keyed by it.
 */
import type {
  Definition,
  FieldDef,
  FileNode,
  Handler,
  ImportClause,
  OperationDef,
  PackageClause,
  Param,
  ResultType,
  StateEntry,
  UseTypes,
  WorkerEntry,
  WorkerPlace,
} from './ast/definitions.js';
import type { Arg, Expr, RecordField } from './ast/expressions.js';
import type { Name } from './ast/node.js';
import type { OptionBlock, OptionEntry, Word, WordList } from './ast/options.js';
import type {
  ArrivalOperand,
  AwaitCase,
  Binding,
  Block,
  Call,
  CatchClause,
  HandleOperand,
  IfBranch,
  StartSignal,
  Stmt,
  SwitchCase,
  TimerOperand,
} from './ast/statements.js';
import type { TypeExpr } from './ast/types.js';

export type * from './ast/definitions.js';
export type * from './ast/expressions.js';
export type { Dialect, Name } from './ast/node.js';
export type * from './ast/options.js';
export type * from './ast/statements.js';
export type * from './ast/types.js';

export type Node =
  | FileNode
  | PackageClause
  | ImportClause
  | UseTypes
  | Definition
  | Handler
  | StateEntry
  | OperationDef
  | WorkerEntry
  | WorkerPlace
  | FieldDef
  | Param
  | ResultType
  | TypeExpr
  | Stmt
  | StartSignal
  | IfBranch
  | SwitchCase
  | CatchClause
  | Block
  | AwaitCase
  | Binding
  | Call
  | TimerOperand
  | ArrivalOperand
  | HandleOperand
  | OptionBlock
  | OptionEntry
  | WordList
  | Word
  | Expr
  | Arg
  | RecordField
  | Name;
