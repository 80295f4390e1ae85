/** Statements, and what they wait for. */
import type { Arg, Expr, FieldExpr, NameExpr } from './expressions.js';
import type { Dialect, Name, NodeBase } from './node.js';
import type { OptionBlock } from './options.js';

export type Stmt =
  | CallStmt
  | AssignStmt
  | PutStmt
  | SetStmt
  | IfStmt
  | SwitchStmt
  | TryStmt
  | ForStmt
  | ReturnStmt
  | ReturnWorkflowStmt
  | CloseStmt
  | ContinueAsNewStmt
  | RaiseStmt
  | StartStmt
  | AwaitStmt
  | SendStmt
  | RequestStmt
  | AwaitAllStmt
  | AwaitOneStmt
  | BreakStmt
  | ContinueStmt
  | ExprStmt
  | UnsupportedNode
  | InvalidNode;

/** How a call is made: wait for it, start it and go on, start it and forget it. */
export type CallMode = 'blocking' | 'spawn' | 'detach';

/** `activity F(x) -> r`, `spawn workflow W(x) -> h`, `promise h <- workflow W(x)`, `r = nexus "e" workflow Op(x)`. */
export interface CallStmt extends NodeBase {
  readonly kind: 'CallStmt';
  readonly mode: CallMode;
  readonly call: Call;
  readonly binding: Binding | undefined;
  /** Of a call that is only started: `promise` is current. */
  readonly dialect?: Dialect;
}

export type Call = ActivityCall | WorkflowCall | NexusCall;

export interface ActivityCall extends NodeBase {
  readonly kind: 'ActivityCall';
  readonly name: Name;
  readonly args: readonly Arg[];
  readonly options: OptionBlock | undefined;
}

export interface WorkflowCall extends NodeBase {
  readonly kind: 'WorkflowCall';
  readonly name: Name;
  readonly args: readonly Arg[];
  readonly options: OptionBlock | undefined;
}

/** `nexus "endpoint" workflow Operation(args)`, `nexus Endpoint Service.Operation(args)`. */
export interface NexusCall extends NodeBase {
  readonly kind: 'NexusCall';
  /** The endpoint as written, without quotes; its span is that of the text between the quotes. */
  readonly endpoint: Name;
  /** The holes in the name of a family of endpoints, `shard-{org}`: they say which member is meant. */
  readonly family: readonly NameExpr[];
  /** Where the call names it: `Service.Operation`. */
  readonly service: Name | undefined;
  readonly name: Name;
  readonly args: readonly Arg[];
  readonly options: OptionBlock | undefined;
}

/** Where the value of a call, an await or a case goes. */
export interface Binding extends NodeBase {
  readonly kind: 'Binding';
  /** One for `-> x` and `-> entry.result`; several names for `-> (a, b)`. */
  readonly targets: readonly Target[];
  /** `-> (a, b)`, or `-> (a)`: the parameters of a signal. */
  readonly parenthesised: boolean;
}

/** What can be assigned: a name, or a field of something. */
export type Target = NameExpr | FieldExpr;

export interface AssignStmt extends NodeBase {
  readonly kind: 'Assign';
  readonly target: Target;
  readonly value: Expr;
}

/** `prices[item] = 12`: puts an entry into a map, in place of the one that the key has. */
export interface PutStmt extends NodeBase {
  readonly kind: 'Put';
  readonly map: Expr;
  readonly key: Expr;
  readonly value: Expr;
}

/** `set paid`, `unset paid`. */
export interface SetStmt extends NodeBase {
  readonly kind: 'Set';
  readonly condition: NameExpr;
  readonly value: boolean;
}

export interface IfStmt extends NodeBase {
  readonly kind: 'If';
  /** `if`, then each `elif`. */
  readonly branches: readonly IfBranch[];
  readonly otherwise: Block | undefined;
}

export interface IfBranch extends NodeBase {
  readonly kind: 'IfBranch';
  readonly condition: Expr;
  readonly body: readonly Stmt[];
}

/** `switch e:`, with its cases in their order. */
export interface SwitchStmt extends NodeBase {
  readonly kind: 'Switch';
  readonly subject: Expr;
  readonly cases: readonly SwitchCase[];
  readonly otherwise: Block | undefined;
}

/** `case a, b:`: none goes on with the next one. */
export interface SwitchCase extends NodeBase {
  readonly kind: 'SwitchCase';
  readonly values: readonly Expr[];
  readonly body: readonly Stmt[];
}

/** `try:`, with a `catch`, a `finally`, or both. */
export interface TryStmt extends NodeBase {
  readonly kind: 'Try';
  readonly body: Block;
  readonly catches: readonly CatchClause[];
  /** Under `finally:`. */
  readonly ending: Block | undefined;
}

/** `catch NexusTimeoutError as e:`; without a name it takes every error. */
export interface CatchClause extends NodeBase {
  readonly kind: 'Catch';
  readonly error: Name | undefined;
  readonly name: NameExpr | undefined;
  readonly body: readonly Stmt[];
}

/** Statements under `else:`, `try:` or `finally:`. The span begins at the keyword. */
export interface Block extends NodeBase {
  readonly kind: 'Block';
  readonly body: readonly Stmt[];
}

export interface ForStmt extends NodeBase {
  readonly kind: 'For';
  readonly head: ForHead;
  readonly body: readonly Stmt[];
}

export type ForHead =
  | { readonly kind: 'Forever' }
  | { readonly kind: 'While'; readonly condition: Expr }
  | { readonly kind: 'In'; readonly item: NameExpr; readonly of: Expr }
  | { readonly kind: 'Entries'; readonly key: NameExpr; readonly value: NameExpr; readonly of: Expr };

export interface ReturnStmt extends NodeBase {
  readonly kind: 'Return';
  readonly value: Expr | undefined;
}

/** `return workflow W(x):` with the start options under it: what backs a Nexus operation. */
export interface ReturnWorkflowStmt extends NodeBase {
  readonly kind: 'ReturnWorkflow';
  readonly call: WorkflowCall;
}

export interface CloseStmt extends NodeBase {
  readonly kind: 'Close';
  readonly outcome: 'complete' | 'fail';
  readonly value: Expr | undefined;
}

export interface ContinueAsNewStmt extends NodeBase {
  readonly kind: 'ContinueAsNew';
  readonly args: readonly Arg[];
}

/** `raise Name("message", details)`, `raise Name(…) non_retryable`; without a name it raises again what was caught. */
export interface RaiseStmt extends NodeBase {
  readonly kind: 'Raise';
  readonly error: Name | undefined;
  readonly args: readonly Arg[];
  readonly retryable: boolean;
  /** `… retry in 30s`. */
  readonly retryIn: Expr | undefined;
}

/** `signal h.Approve(x)`: sends a signal to the child workflow that a handle stands for. */
export interface SendStmt extends NodeBase {
  readonly kind: 'Send';
  readonly handle: NameExpr;
  readonly name: Name;
  readonly args: readonly Arg[];
}

/** What is asked of workflows that are named by their ids, or of the service that knows them. */
export type RequestStmt = MessageStmt | CancelWorkflowStmt | StartWorkflowStmt | ListWorkflowsStmt;

/** `signal workflow "id" Approve(x)`, `query workflow "id" Status() -> s`, `update workflow "id" Order.Change(x) -> r`. */
export interface MessageStmt extends NodeBase {
  readonly kind: 'Message';
  readonly message: 'signal' | 'query' | 'update';
  readonly id: Expr;
  /** Of the workflow that handles it, where that is said. */
  readonly workflow: Name | undefined;
  readonly name: Name;
  readonly args: readonly Arg[];
  readonly binding: Binding | undefined;
}

/** `cancel workflow "id"`. */
export interface CancelWorkflowStmt extends NodeBase {
  readonly kind: 'CancelWorkflow';
  readonly id: Expr;
  readonly binding: Binding | undefined;
}

/** `start workflow W(x) -> id`, `signal_with_start workflow W(x) Approve(y) -> id`. */
export interface StartWorkflowStmt extends NodeBase {
  readonly kind: 'StartWorkflow';
  readonly call: WorkflowCall;
  /** What it is sent, whether it is started or runs already. */
  readonly signal: StartSignal | undefined;
  readonly binding: Binding | undefined;
}

/** `Approve(y)`, behind the workflow that is started. */
export interface StartSignal extends NodeBase {
  readonly kind: 'StartSignal';
  readonly name: Name;
  readonly args: readonly Arg[];
}

/** `list workflows "WorkflowType = 'Order'" -> orders`. */
export interface ListWorkflowsStmt extends NodeBase {
  readonly kind: 'ListWorkflows';
  readonly query: Expr;
  readonly binding: Binding | undefined;
}

/** `await timer(5m)`, `await signal S -> x`, `await update U -> x`, `await h -> r`. */
export interface AwaitStmt extends NodeBase {
  readonly kind: 'Await';
  readonly operand: TimerOperand | ArrivalOperand | HandleOperand;
  readonly binding: Binding | undefined;
}

/**
 * `promise h <- timer(5m)`, `spawn signal S -> h`, `promise h <- await all:`: begins to wait, and goes on. A call that is
 * started is a `CallStmt`.
 */
export interface StartStmt extends NodeBase {
  readonly kind: 'Start';
  readonly operand: AwaitStmt['operand'] | AwaitAllStmt;
  readonly binding: Binding | undefined;
  readonly dialect: Dialect;
}

export interface AwaitAllStmt extends NodeBase {
  readonly kind: 'AwaitAll';
  readonly options: OptionBlock | undefined;
  /** Each statement is a branch. */
  readonly body: readonly Stmt[];
}

export interface AwaitOneStmt extends NodeBase {
  readonly kind: 'AwaitOne';
  readonly options: OptionBlock | undefined;
  readonly cases: readonly AwaitCase[];
}

export interface AwaitCase extends NodeBase {
  readonly kind: 'AwaitCase';
  readonly operand: CaseOperand;
  readonly binding: Binding | undefined;
  readonly body: readonly Stmt[];
}

export type CaseOperand =
  TimerOperand | ArrivalOperand | HandleOperand | Call | AwaitAllStmt | UnsupportedNode | InvalidNode;

export interface TimerOperand extends NodeBase {
  readonly kind: 'Timer';
  readonly duration: Expr;
  readonly options: OptionBlock | undefined;
}

/** What waits for the arrival of a message that the workflow handles. */
export type ArrivalOperand = SignalOperand | UpdateOperand;

export interface SignalOperand extends NodeBase {
  readonly kind: 'Signal';
  readonly name: Name;
}

export interface UpdateOperand extends NodeBase {
  readonly kind: 'Update';
  readonly name: Name;
}

/** A name, or a path, that holds a started call; or the name of a condition. */
export interface HandleOperand extends NodeBase {
  readonly kind: 'Handle';
  readonly handle: Expr;
}

export interface BreakStmt extends NodeBase {
  readonly kind: 'Break';
}

export interface ContinueStmt extends NodeBase {
  readonly kind: 'Continue';
}

/** A call of a function as a statement: `notify(order)`, `log.info("…")`. */
export interface ExprStmt extends NodeBase {
  readonly kind: 'ExprStmt';
  readonly expr: Expr;
}

/** Something the grammar reads and this version does not compile. It has been reported. */
export interface UnsupportedNode extends NodeBase {
  readonly kind: 'Unsupported';
  /** As a user would say it: "`query` handlers". */
  readonly what: string;
}

/** A line that could not be read. It has been reported. */
export interface InvalidNode extends NodeBase {
  readonly kind: 'Invalid';
}
