/**
 * The syntax tree: immutable, and free of meaning. Both dialects give the same nodes; how a construct was spelled is
 * remembered only where the formatter needs it. What later phases learn about a node stands in tables keyed by it.
 */
import type { Span } from '../source.js';

interface NodeBase {
  readonly span: Span;
}

/** An identifier where it is declared or used as a name (not as a value: that is a NameExpr). */
export interface Name extends NodeBase {
  readonly kind: 'Name';
  /** Empty where recovery put it in. */
  readonly text: string;
}

export interface FileNode extends NodeBase {
  readonly kind: 'File';
  readonly uses: readonly UseTypes[];
  readonly definitions: readonly Definition[];
}

/** `use types from "./domain.ts"`. */
export interface UseTypes extends NodeBase {
  readonly kind: 'UseTypes';
  /** As written, without quotes; its span is that of the text between the quotes. */
  readonly path: Name;
}

// --- Definitions

export type Definition =
  | WorkflowDef
  | ActivityDef
  | ServiceDef
  | EndpointDef
  | TypeDefinition
  | ExternFunction
  | UnsupportedNode
  | InvalidNode;

export interface WorkflowDef extends NodeBase {
  readonly kind: 'Workflow';
  readonly name: Name;
  readonly params: readonly Param[];
  readonly result: ResultType | undefined;
  /** The definition's own options: what a call of it starts from. */
  readonly options: OptionBlock | undefined;
  readonly handlers: readonly SignalHandler[];
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

export interface SignalHandler extends NodeBase {
  readonly kind: 'SignalHandler';
  readonly name: Name;
  readonly params: readonly Param[];
  readonly options: OptionBlock | undefined;
  /** Empty where the signal only arrives. */
  readonly body: readonly Stmt[];
}

export interface ServiceDef extends NodeBase {
  readonly kind: 'Service';
  readonly name: Name;
  readonly operations: readonly OperationDef[];
}

export interface OperationDef extends NodeBase {
  readonly kind: 'Operation';
  readonly name: Name;
  readonly params: readonly Param[];
  readonly result: ResultType | undefined;
  readonly options: OptionBlock | undefined;
  /** Undefined for a contract without implementation. */
  readonly body: readonly Stmt[] | undefined;
}

export interface EndpointDef extends NodeBase {
  readonly kind: 'Endpoint';
  readonly name: Name;
  readonly options: OptionBlock;
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
}

/** `-> T`, `-> (T)`; a parenthesised list of several is a tuple. */
export interface ResultType extends NodeBase {
  readonly kind: 'ResultType';
  readonly type: TypeExpr;
}

// --- Types, as written

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

// --- Statements

export type Stmt =
  | CallStmt
  | AssignStmt
  | IfStmt
  | ForStmt
  | ReturnStmt
  | ReturnWorkflowStmt
  | CloseStmt
  | ContinueAsNewStmt
  | RaiseStmt
  | AwaitStmt
  | AwaitAllStmt
  | AwaitOneStmt
  | BreakStmt
  | ContinueStmt
  | ExprStmt
  | UnsupportedNode
  | InvalidNode;

/** How a call is made: wait for it, start it and go on, start it and forget it. */
export type CallMode = 'blocking' | 'spawn' | 'detach';

/** `activity F(x) -> r`, `spawn workflow W(x) -> h`, `r = nexus "e" workflow Op(x)`. */
export interface CallStmt extends NodeBase {
  readonly kind: 'CallStmt';
  readonly mode: CallMode;
  readonly call: Call;
  readonly binding: Binding | undefined;
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

/** `nexus "endpoint" workflow Operation(args)`. */
export interface NexusCall extends NodeBase {
  readonly kind: 'NexusCall';
  /** The endpoint as written, without quotes; its span is that of the text between the quotes. */
  readonly endpoint: Name;
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

/** Statements under an `else:`. The span begins at its keyword. */
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

/** `raise Name("message", details)`; without a name it raises again what was caught. */
export interface RaiseStmt extends NodeBase {
  readonly kind: 'Raise';
  readonly error: Name | undefined;
  readonly args: readonly Arg[];
}

/** `await timer(5m)`, `await signal S -> x`, `await h -> r`. */
export interface AwaitStmt extends NodeBase {
  readonly kind: 'Await';
  readonly operand: TimerOperand | SignalOperand | HandleOperand;
  readonly binding: Binding | undefined;
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
  TimerOperand | SignalOperand | HandleOperand | Call | AwaitAllStmt | UnsupportedNode | InvalidNode;

export interface TimerOperand extends NodeBase {
  readonly kind: 'Timer';
  readonly duration: Expr;
  readonly options: OptionBlock | undefined;
}

export interface SignalOperand extends NodeBase {
  readonly kind: 'Signal';
  readonly name: Name;
}

/** A name, or a path, that holds a started call. */
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

// --- Options

export interface OptionBlock extends NodeBase {
  readonly kind: 'OptionBlock';
  readonly entries: readonly OptionEntry[];
}

export interface OptionEntry extends NodeBase {
  readonly kind: 'OptionEntry';
  readonly key: Name;
  readonly value: OptionValue;
}

/** An expression; a nested block (`retry_policy: {…}`); or bare words (`- orders`, `payments-worker`). */
export type OptionValue = Expr | OptionBlock | WordList | Word;

export interface WordList extends NodeBase {
  readonly kind: 'WordList';
  readonly words: readonly Word[];
}

/** The name of a namespace, task queue or service, which needs no quotes: `payments-worker`. */
export interface Word extends NodeBase {
  readonly kind: 'Word';
  readonly text: string;
}

// --- Expressions

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

export type Node =
  | FileNode
  | UseTypes
  | Definition
  | SignalHandler
  | OperationDef
  | FieldDef
  | Param
  | ResultType
  | TypeExpr
  | Stmt
  | IfBranch
  | Block
  | AwaitCase
  | Binding
  | Call
  | TimerOperand
  | SignalOperand
  | HandleOperand
  | OptionBlock
  | OptionEntry
  | WordList
  | Word
  | Expr
  | Arg
  | RecordField
  | Name;
