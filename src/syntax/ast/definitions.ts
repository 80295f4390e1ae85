/** A file, and what it defines. */
import type { Expr } from './expressions.js';
import type { Dialect, Name, NodeBase } from './node.js';
import type { OptionBlock } from './options.js';
import type { AssignStmt, InvalidNode, Stmt, UnsupportedNode } from './statements.js';
import type { NamedTypeExpr, TypeExpr } from './types.js';

export interface FileNode extends NodeBase {
  readonly kind: 'File';
  /** Undefined in the default package. */
  readonly package: PackageClause | undefined;
  readonly imports: readonly ImportClause[];
  readonly uses: readonly UseTypes[];
  readonly definitions: readonly Definition[];
}

/** `package orders`. */
export interface PackageClause extends NodeBase {
  readonly kind: 'PackageClause';
  readonly name: Name;
}

/** `import "acme/payments"`, `import pay "acme/payments"`. */
export interface ImportClause extends NodeBase {
  readonly kind: 'ImportClause';
  /** What the file calls the package; otherwise it is called as the path says. */
  readonly alias: Name | undefined;
  /** As written, without quotes; its span is that of the text between the quotes. */
  readonly path: Name;
}

/** `use types from "./domain.ts"`. */
export interface UseTypes extends NodeBase {
  readonly kind: 'UseTypes';
  /** As written, without quotes; its span is that of the text between the quotes. */
  readonly path: Name;
}

export type Definition =
  | WorkflowDef
  | ActivityDef
  | ServiceDef
  | EndpointDef
  | WorkerDef
  | NamespaceDef
  | TypeDefinition
  | ExternFunction
  | ExternWorkflow
  | ExternActivity
  | UnsupportedNode
  | InvalidNode;

export interface WorkflowDef extends NodeBase {
  readonly kind: 'Workflow';
  readonly name: Name;
  readonly params: readonly Param[];
  readonly result: ResultType | undefined;
  /** The definition's own options: what a call of it starts from. */
  readonly options: OptionBlock | undefined;
  /** What stands under `state:`, of several one after the other. */
  readonly state: readonly StateEntry[];
  readonly handlers: readonly Handler[];
  readonly body: readonly Stmt[];
}

export interface ActivityDef extends NodeBase {
  readonly kind: 'Activity';
  readonly name: Name;
  readonly params: readonly Param[];
  readonly result: ResultType | undefined;
  readonly options: OptionBlock | undefined;
  /** Undefined for a contract: no body, a body of comments, `...` or `pass`. */
  readonly body: readonly Stmt[] | undefined;
  /** The lines of a body that is none, but says in words what the activity does. */
  readonly prose: readonly string[];
}

/** What the whole of a workflow shares, by its declaration. */
export type StateEntry = StateVariable | ConditionDef;

/** `count = 0`, `count: int = 0`, `order: Order`. */
export interface StateVariable extends NodeBase {
  readonly kind: 'StateVariable';
  readonly name: Name;
  readonly type: TypeExpr | undefined;
  /** What assigns its first value. */
  readonly initial: AssignStmt | undefined;
}

/** `condition paid`: a flag that can be waited for. */
export interface ConditionDef extends NodeBase {
  readonly kind: 'Condition';
  readonly name: Name;
}

/** What a workflow does with a message that reaches it while it runs. */
export type Handler = SignalHandler | QueryHandler | UpdateHandler;

interface HandlerBase extends NodeBase {
  readonly name: Name;
  readonly params: readonly Param[];
  readonly options: OptionBlock | undefined;
  /** Empty where the message only arrives. */
  readonly body: readonly Stmt[];
}

export interface SignalHandler extends HandlerBase {
  readonly kind: 'SignalHandler';
}

export interface QueryHandler extends HandlerBase {
  readonly kind: 'QueryHandler';
  readonly result: ResultType | undefined;
}

export interface UpdateHandler extends HandlerBase {
  readonly kind: 'UpdateHandler';
  readonly result: ResultType | undefined;
}

/** `nexus_service S:`, `nexus service S:`. */
export interface ServiceDef extends NodeBase {
  readonly kind: 'Service';
  readonly dialect: Dialect;
  readonly name: Name;
  readonly options: OptionBlock | undefined;
  readonly operations: readonly OperationDef[];
}

/** `operation Op(a: A) -> R:`, `sync Op(a: A) -> (R):`, `async Op workflow W`. */
export interface OperationDef extends NodeBase {
  readonly kind: 'Operation';
  readonly dialect: Dialect;
  readonly name: Name;
  readonly params: readonly Param[];
  readonly result: ResultType | undefined;
  readonly options: OptionBlock | undefined;
  /** The workflow behind it, where its definition names no more: what it takes and gives is the workflow's. */
  readonly workflow: Name | undefined;
  /** Undefined for a contract without implementation. */
  readonly body: readonly Stmt[] | undefined;
}

/** `nexus_endpoint E:`, `nexus endpoint E`. */
export interface EndpointDef extends NodeBase {
  readonly kind: 'Endpoint';
  readonly dialect: Dialect;
  readonly name: Name;
  readonly options: OptionBlock;
}

/** `worker w:` with what it runs. */
export interface WorkerDef extends NodeBase {
  readonly kind: 'Worker';
  readonly name: Name;
  readonly options: OptionBlock | undefined;
  readonly entries: readonly WorkerEntry[];
}

/** `workflow W`, `activity A`, `nexus service S` in a worker. */
export interface WorkerEntry extends NodeBase {
  readonly kind: 'WorkerEntry';
  readonly of: 'workflow' | 'activity' | 'service';
  readonly name: Name;
}

/** `namespace n:` with the workers that run in it, and the endpoints that lead to them. */
export interface NamespaceDef extends NodeBase {
  readonly kind: 'Namespace';
  readonly name: Name;
  readonly entries: readonly (WorkerPlace | EndpointDef)[];
}

/** `worker w` in a namespace. */
export interface WorkerPlace extends NodeBase {
  readonly kind: 'WorkerPlace';
  readonly name: Name;
  readonly options: OptionBlock | undefined;
}

/** `extern function f(a: A) -> R`, `extern function T.f(a: A) -> R`: a function that TypeScript implements. */
export interface ExternFunction extends NodeBase {
  readonly kind: 'ExternFunction';
  /** Of a method: the type of what it is called on. */
  readonly receiver: NamedTypeExpr | undefined;
  readonly name: Name;
  readonly params: readonly Param[];
  readonly result: ResultType | undefined;
}

/** `extern workflow W(a: A) -> R`: a workflow that is defined elsewhere, in another program or another language. */
export interface ExternWorkflow extends NodeBase {
  readonly kind: 'ExternWorkflow';
  readonly name: Name;
  readonly params: readonly Param[];
  readonly result: ResultType | undefined;
}

/** `extern activity A(a: A) -> R`: an activity that is defined elsewhere. */
export interface ExternActivity extends NodeBase {
  readonly kind: 'ExternActivity';
  readonly name: Name;
  readonly params: readonly Param[];
  readonly result: ResultType | undefined;
}

/** What declares a named type. */
export type TypeDefinition = RecordDef | AliasDef | EnumDef;

/** `type Payment:` with the fields under it. */
export interface RecordDef extends NodeBase {
  readonly kind: 'RecordDef';
  readonly name: Name;
  readonly fields: readonly FieldDef[];
}

export interface FieldDef extends NodeBase {
  readonly kind: 'FieldDef';
  readonly name: Name;
  /** Undefined where it could not be read. */
  readonly type: TypeExpr | undefined;
}

/** `type Ids = []string`: another name of a type. */
export interface AliasDef extends NodeBase {
  readonly kind: 'AliasDef';
  readonly name: Name;
  /** Undefined where it could not be read. */
  readonly type: TypeExpr | undefined;
}

/** `enum Status: pending, paid`, or its members on lines under it. */
export interface EnumDef extends NodeBase {
  readonly kind: 'EnumDef';
  readonly name: Name;
  readonly members: readonly Name[];
}

export interface Param extends NodeBase {
  readonly kind: 'Param';
  readonly name: Name;
  readonly type: TypeExpr | undefined;
  /** Its value where a call leaves it out. */
  readonly default: Expr | undefined;
}

/** `-> T`, `-> (T)`; a parenthesised list of several is a tuple. */
export interface ResultType extends NodeBase {
  readonly kind: 'ResultType';
  readonly type: TypeExpr;
}
