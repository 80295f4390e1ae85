/** What is known of the variables of a definition. */
import type {
  ActivityDef,
  ArrivalOperand,
  Expr,
  ForStmt,
  Handler,
  NameExpr,
  OperationDef,
  Param,
  StateEntry,
  Stmt,
  WorkflowDef,
} from '../syntax/ast.js';
import type { Use } from './blocks.js';
import type { UnitWalk } from './unit.js';

/** A variable: one declaration in the output, one slot for the solver. */
export interface VariableSymbol {
  readonly name: string;
  readonly role: 'parameter' | 'loop' | 'caught' | 'local' | 'shared' | 'collected';
  readonly param: Param | undefined;
  readonly uses: readonly Use[];
  readonly declaredAt: NameExpr | undefined;
  readonly hoistedBefore: Stmt | undefined;
  readonly reassigned: boolean;
  readonly assignedInClosure: boolean;
  /** No read can come before an assignment. */
  readonly proven: boolean;
  /** A constant that it has from the start. */
  readonly initial: Expr | undefined;
  /** What declares it under `state:`. */
  readonly entry: StateEntry | undefined;
}

export interface HandlerVariables {
  readonly walk: UnitWalk;
  readonly params: readonly VariableSymbol[];
  /** Shared names without a value when handlers are registered, which this one reads. */
  readonly holdsFor: readonly VariableSymbol[];
}

export interface DefinitionVariables {
  readonly walk: UnitWalk;
  readonly params: readonly VariableSymbol[];
  readonly all: readonly VariableSymbol[];
  readonly shared: readonly VariableSymbol[];
  readonly handlers: ReadonlyMap<Handler, HandlerVariables>;
  /** Of each fan-out. */
  readonly collected: readonly { readonly loop: ForStmt; readonly lists: readonly CollectedList[] }[];
  /** What is shared by its declaration, in the order of the source. */
  readonly state: readonly VariableSymbol[];
  /** How many statements of the body are leading assignments. */
  readonly leading: number;
  /** Bound with `->` in a handler, and both assigned and read by the body: whose is it? */
  readonly ambiguous: readonly { readonly use: Use; readonly inBody: Use }[];
  /** The body waits for a message whose handler waits for a name that nothing assigns before. */
  readonly deadlocks: readonly Deadlock[];
  /** Some line could not be read: a name without an assignment may have one there. */
  readonly incomplete: boolean;
}

export interface CollectedList {
  readonly inner: VariableSymbol;
  readonly outer: VariableSymbol;
  /** Some items may be missing. */
  readonly partial: boolean;
}

export interface Deadlock {
  readonly wait: ArrivalOperand;
  readonly handler: Handler;
  readonly name: string;
}

/** Whether it is a condition: what is set and unset, and can be waited for. */
export function isCondition({ entry }: VariableSymbol): boolean {
  return entry?.kind === 'Condition';
}

export function isNeverAssigned({ role, uses, initial }: VariableSymbol): boolean {
  return (role === 'local' || role === 'shared') && !initial && uses.every((use) => !use.write);
}

export type Definition = WorkflowDef | ActivityDef | OperationDef;
