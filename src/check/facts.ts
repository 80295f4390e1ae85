/**
 * What the checker has found out about a program that is free of errors. The emitter reads the syntax tree and these
 * tables, and decides nothing: whatever depends on more than one line of the source is settled here.
 */
import type { SourceFile, Span } from '../source.js';
import type { NamedDefinition } from '../symbols/definitions.js';
import type { Package, Packages } from '../symbols/packages.js';
import type { Seen } from '../symbols/presence.js';
import type {
  ActivityDef,
  AliasDef,
  AwaitAllStmt,
  AwaitOneStmt,
  Call,
  ContinueAsNewStmt,
  EndpointDef,
  EnumDef,
  Expr,
  ExprStmt,
  ExternActivity,
  ExternFunction,
  ExternWorkflow,
  ForStmt,
  FunctionCall,
  Handler,
  MessageStmt,
  NameExpr,
  OperationDef,
  RaiseStmt,
  RecordDef,
  RecordExpr,
  SendStmt,
  ServiceDef,
  StartSignal,
  StateEntry,
  Stmt,
  TimerOperand,
  WorkerDef,
  WorkflowCall,
  WorkflowDef,
} from '../syntax/ast.js';
import type { EnumType, NamedType, Type } from '../types/type.js';
import type { HandlerErrorKind } from './error-kinds.js';

/** A table that is computed as it is read. */
export interface Lookup<K, V> {
  get(key: K): V | undefined;
}

export interface Facts {
  readonly packages: Packages;
  readonly topology: Topology;
  /** What types.ts declares, in the order in which the program first names them. */
  readonly types: readonly DeclaredType[];
  /** What the program declares and TypeScript implements, in the order of the source. */
  readonly externs: Externs;
  /** What services.ts declares: declared, implicit and external services that are called or served. */
  readonly services: readonly Service[];

  readonly workflows: ReadonlyMap<WorkflowDef, WorkflowFacts>;
  readonly activities: ReadonlyMap<ActivityDef, ActivityFacts>;
  readonly operations: ReadonlyMap<OperationDef, OperationFacts>;
  readonly handlers: ReadonlyMap<Handler, HandlerFacts>;

  /** The type of every expression. */
  readonly typeOf: Lookup<Expr, Type>;
  /** What happens to the value of an expression where it flows into something of another type. */
  readonly conversions: ReadonlyMap<Expr, Conversion>;
  /** Reads of what may be missing where something is needed, or known to be there. */
  readonly reads: Lookup<Expr, Read>;
  /** Texts that are members of enums. */
  readonly members: ReadonlyMap<Expr, EnumType>;
  /** The variable behind every name that stands for one; a NameExpr without one is a constant dependency. */
  readonly variables: Lookup<NameExpr, Variable>;
  /** Variables that are declared before a statement, since no single assignment can declare them. */
  readonly hoisted: ReadonlyMap<Stmt, readonly Variable[]>;
  /** The same for a whole body (shared names of a workflow): declared at its top, in this order. */
  readonly shared: ReadonlyMap<WorkflowDef, readonly Variable[]>;
  /** What declares a name under `state:`: its variable. */
  readonly state: ReadonlyMap<StateEntry, Variable>;

  readonly calls: ReadonlyMap<Call, ResolvedCall>;
  /** What signals that are sent to children are for. */
  readonly sends: ReadonlyMap<SendStmt, Handler>;
  /** What is sent to workflows that are named by their ids. */
  readonly messages: ReadonlyMap<MessageStmt | StartSignal, Handler>;
  /** What the program calls, and others define. */
  readonly contracts: ReadonlyMap<ExternWorkflow | ExternActivity, Contract>;
  readonly functions: ReadonlyMap<FunctionCall, ResolvedFunction>;
  /** Where `allowed_namespaces` is read, and by which operation. */
  readonly allowedNamespaces: ReadonlyMap<NameExpr, OperationDef>;
  /** Constants that bodies depend on, by the paths that lead to them: see `ResolvedFunction`. */
  readonly constants: ReadonlyMap<Expr, readonly string[]>;
  readonly timers: ReadonlyMap<TimerOperand, ResolvedOptions>;
  readonly raises: ReadonlyMap<RaiseStmt, ResolvedRaise>;
  /** What is read of caught errors. */
  readonly errorFields: ReadonlyMap<Expr, ErrorField>;
  readonly fanOuts: ReadonlyMap<ForStmt, FanOut>;
  readonly alls: ReadonlyMap<AwaitAllStmt, All>;
  /** Races whose losers go on. */
  readonly abandoning: ReadonlySet<AwaitOneStmt>;
  /** Last calls of activities that declare a result and return none: their values are the results. */
  readonly impliedReturns: ReadonlySet<ExprStmt>;
  readonly continues: ReadonlyMap<ContinueAsNewStmt, WorkflowDef>;
  /** Assignments of values that nothing reads, and that take nothing to compute: nothing is printed for them. */
  readonly idle: ReadonlySet<Stmt>;
  /** An anonymous record that is a map: its keys are quoted as given. */
  readonly maps: ReadonlySet<RecordExpr>;
  /** In which file a definition stands: for comments, headers and source maps. */
  readonly fileOf: ReadonlyMap<NamedDefinition, SourceFile>;
}

/** A type of types.ts. */
export type DeclaredType =
  /** Without a definition, it is what its uses say. */
  | {
      readonly kind: 'record';
      readonly type: NamedType;
      readonly definition: RecordDef | undefined;
      /** Where the program first names it; undefined if it is only known by its fields. */
      readonly origin: { readonly file: SourceFile; readonly span: Span } | undefined;
      readonly from: ImportedFrom | undefined;
    }
  | {
      readonly kind: 'enum';
      readonly type: EnumType;
      readonly definition: EnumDef | undefined;
      readonly from: ImportedFrom | undefined;
    }
  | { readonly kind: 'alias'; readonly key: string; readonly type: Type; readonly definition: AliasDef };

/** The TypeScript file that exports a type, as generated code imports it. */
export interface ImportedFrom {
  readonly module: string;
}

export interface Externs {
  /** Where it is implemented, as generated code imports it. */
  readonly module: string;
  readonly functions: ReadonlyMap<ExternFunction, ExternFacts>;
}

/** What is called and defined elsewhere. */
export interface Contract {
  readonly params: readonly DependencyParam[];
  readonly result: Type;
  /** The package that declares it, or calls it first. */
  readonly owner: Package;
}

export interface ExternFacts {
  /** Of a method, what it is called on comes first. */
  readonly params: readonly DependencyParam[];
  readonly result: Type;
}

// --- Conversions

export type Conversion =
  /** A numeric literal where a decimal is wanted, or what is computed of literals: `0.015` prints `'0.015'`. */
  | 'decimal-literal'
  /** An int where a decimal is wanted: `String(n)`. */
  | 'int-to-decimal';

export type Read =
  /** Checked while the program runs: the failure has the name. */
  | { readonly kind: 'checked'; readonly name: string }
  /** Known to be there, and `whole` says what it is elsewhere. */
  | { readonly kind: 'known'; readonly whole: Type; readonly seen: Seen };

// --- Variables

export interface Variable {
  /** As the author wrote it. */
  readonly name: string;
  readonly type: Type;
  readonly role: 'parameter' | 'loop' | 'caught' | 'local' | 'shared' | 'collected';
  /** Something reads it. One that nothing reads is not declared, and holds nothing. */
  readonly read: boolean;
  /** The assignment that declares it (`const x = …`); undefined for parameters, loop variables and hoisted ones. */
  readonly declaredAt: NameExpr | undefined;
  /** Assigned more than once: `let`. */
  readonly reassigned: boolean;
  /** Of a hoisted one: proven to be assigned before every read; otherwise it starts as null, and reads are checked. */
  readonly proven: boolean;
  /** Assigned in a handler, a branch or a case that is printed as a closure: TypeScript must not narrow it. */
  readonly assignedInClosure: boolean;
  /** Of a shared one that is not declared by an assignment: the constant that it has from the start. */
  readonly initial: Expr | undefined;
  /** It is set and unset, and can be waited for. */
  readonly isCondition: boolean;
}

// --- Definitions

export interface WorkflowFacts {
  readonly params: readonly Variable[];
  readonly result: Type;
  /** Races, spawns, detaches, awaits signals or has handlers that can fail: the body needs a `WorkflowRun`. */
  readonly needsRun: boolean;
  /** Has handlers that await something: a close says so, and waits for them. */
  readonly closesExplicitly: boolean;
  /** A path leads to the end of the body: a result is null there. */
  readonly fallsThrough: boolean;
  /** The number of leading assignments of the body, which are emitted before the handlers are registered. */
  readonly leading: number;
  /** What every start from outside begins with. */
  readonly options: ResolvedOptions;
}

export interface HandlerFacts {
  readonly workflow: WorkflowDef;
  /** What the message is called by who sends it. */
  readonly wireName: string;
  /** How it is registered: its description, and what becomes of a handler that still runs at the close. */
  readonly options: ResolvedOptions;
  readonly params: readonly Variable[];
  /** Of a signal, nothing. */
  readonly result: Type;
  /** A path leads to the end of the body: a result is null there. */
  readonly fallsThrough: boolean;
  /** Some `await` or case waits for it: its arrivals are kept. */
  readonly awaited: boolean;
  /** Awaits something. */
  readonly asynchronous: boolean;
  /** Awaits something, or may raise: it must not end the workflow by itself. */
  readonly canFail: boolean;
  /** Names that must have a value before the handler may run: it is held until they have one, and a query fails. */
  readonly holdsFor: readonly Variable[];
}

export interface ActivityFacts {
  readonly params: readonly Variable[];
  readonly result: Type;
  /** A path leads to the end of the body: a result is null there. */
  readonly fallsThrough: boolean;
}

export interface OperationFacts {
  readonly params: readonly Variable[];
  readonly result: Type;
  /** A path leads to the end of the body: a result is null there. */
  readonly fallsThrough: boolean;
  /** What its body answers with: the start of a workflow, a value, or the one on some paths and the other on others. */
  readonly answers: 'workflow' | 'value' | 'either';
  /** A caller that cancels it is not heard. */
  readonly ignoresCancel: boolean;
  /** Faults of its code are tried again. */
  readonly retriesFaults: boolean;
}

// --- Services, endpoints, workers

export interface Topology {
  /** In source order; the default one last. */
  readonly workers: readonly Worker[];
  /** Of a family, its members. */
  readonly endpoints: readonly Endpoint[];
  /** The workers trace what they do. */
  readonly tracing: boolean;
}

export interface Worker {
  /** Unique; an identifier or a task queue's name: `orders`, `payments-worker`. */
  readonly name: string;
  /** Undefined where it follows from the rest of the program. */
  readonly definition: WorkerDef | undefined;
  /** Where it runs; nowhere, if it is not deployed. */
  readonly places: readonly Place[];
  readonly workflows: readonly WorkflowDef[];
  readonly activities: readonly ActivityDef[];
  /** Services with handlers here. */
  readonly services: readonly Service[];
  /** What its activities depend on. */
  readonly dependencies: readonly Dependency[];
  /** What the operations of its services depend on. */
  readonly serviceDependencies: readonly Dependency[];
  /** The same, of one package. */
  dependenciesIn(owner: Package): Pick<Worker, 'dependencies' | 'serviceDependencies'>;
}

/** A worker in a namespace, on a task queue. */
export interface Place {
  /** Unique: what starts it. The worker's own, where it runs in one place. */
  readonly name: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly options: ResolvedOptions;
}

/** What bodies of activities and operations call and the program does not define; nested as its dotted names are. */
export type Dependency =
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly params: readonly DependencyParam[];
      readonly result: Type;
    }
  | { readonly kind: 'group'; readonly name: string; readonly members: readonly Dependency[] }
  | { readonly kind: 'constant'; readonly name: string; readonly type: Type };

export interface DependencyParam {
  readonly name: string;
  readonly type: Type;
  /** Has a default value: calls may leave it out. */
  readonly mayLack?: boolean;
  /** What a call gives that leaves it out: nobody else knows of it. */
  readonly fallback?: Expr;
}

export interface Endpoint {
  /** On the wire, and in `nexus "…"`. */
  readonly name: string;
  readonly definition: EndpointDef | undefined;
  /** Undefined for an endpoint that the program only calls. */
  readonly target: EndpointTarget | undefined;
  /** Whether workers of the program are behind it. */
  readonly isServed: boolean;
  /** For whoever looks at the registry. */
  readonly description: string | undefined;
  readonly services: readonly Service[];
  /** Namespaces that may call; undefined lets everybody. */
  readonly allowedCallers: readonly string[] | undefined;
  /** Of a family, as calls name it; undefined for a single endpoint. */
  readonly family: EndpointFamily | undefined;
}

/** Where the calls of an endpoint go: to workers, or to a service that is not Temporal. */
export type EndpointTarget =
  { readonly worker: Pick<Place, 'namespace' | 'taskQueue'> } | { readonly external: { readonly url: string } };

/** Endpoints that calls tell apart by variables: `shard-{org}`. */
export interface EndpointFamily {
  /** The words of the holes, in the order of the name; one may stand in several. */
  readonly holes: readonly string[];
  /** The names of the members. */
  readonly members: readonly string[];
}

export interface Service {
  readonly name: string;
  /** What Temporal calls it. */
  readonly wireName: string;
  /** The package that defines it, or calls it first. */
  readonly owner: Package;
  /** `implicit`: workflows called through an endpoint that nobody declares. `external`: inferred from its calls. */
  readonly origin: 'declared' | 'implicit' | 'external';
  readonly definition: ServiceDef | undefined;
  readonly operations: readonly Operation[];
  /** Activities whose code runs in its operations. */
  readonly activities: readonly ActivityDef[];
  /** Some operation depends on what the program does not define, or on activities. */
  readonly isDependent: boolean;
}

export interface Operation {
  readonly name: string;
  /** What Temporal calls it. */
  readonly wireName: string;
  readonly definition: OperationDef | undefined;
  /** The workflow that it is, and nothing more: of an implicit service, or by its definition. */
  readonly workflow: WorkflowDef | undefined;
  /** None: no input. One: its value is the input. Several: one object keyed by their names. */
  readonly params: readonly DependencyParam[];
  readonly result: Type;
  /** Whether the program has a handler for it. */
  readonly handled: boolean;
}

// --- Calls

export type ResolvedCall =
  | {
      readonly kind: 'activity';
      /** Its code runs in an operation. */
      readonly inPlace: boolean;
      readonly activity: ActivityDef | ExternActivity;
      readonly params: readonly DependencyParam[];
      readonly options: ResolvedOptions;
      readonly result: Type;
    }
  | {
      readonly kind: 'workflow';
      readonly workflow: WorkflowDef | ExternWorkflow;
      readonly params: readonly DependencyParam[];
      readonly options: ResolvedOptions;
      readonly result: Type;
    }
  | {
      readonly kind: 'nexus';
      readonly endpoint: Endpoint;
      readonly service: Service;
      readonly operation: Operation;
      readonly options: ResolvedOptions;
      /** How long it may take before the workflow itself cancels it; undefined where the service alone looks at the time. */
      readonly within: ResolvedOptionValue | undefined;
      /** By their names. */
      readonly headers: ResolvedOptions;
      readonly result: Type;
    };

/** Merged from definition, call site and defaults, in the order of the option table. */
export type ResolvedOptions = readonly ResolvedOption[];

export interface ResolvedOption {
  /** The SDK's name of it: `scheduleToCloseTimeout`. */
  readonly name: string;
  readonly value: ResolvedOptionValue;
}

export type ResolvedOptionValue =
  /** A constant duration, as the SDK reads it: `5m`. */
  | { readonly kind: 'duration'; readonly text: string }
  | { readonly kind: 'expression'; readonly expr: Expr }
  /** A name that the SDK fixes: `WAIT_CANCELLATION_REQUESTED`. */
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'strings'; readonly values: readonly string[] }
  | { readonly kind: 'nested'; readonly options: ResolvedOptions };

export type ResolvedFunction =
  /** Of a method, `receiver` is its first argument. */
  | { readonly kind: 'extern'; readonly definition: ExternFunction; readonly receiver: Expr | undefined }
  /** Reached from the dependencies of the body's worker by this path: `['warehouse', 'reserve']`. */
  | { readonly kind: 'dependency'; readonly path: readonly string[]; readonly result: Type }
  | { readonly kind: 'builtin'; readonly name: BuiltinName; readonly receiver: Expr | undefined }
  /** `log.info("…", key: value)`. */
  | { readonly kind: 'log'; readonly level: 'debug' | 'info' | 'warn' | 'error' };

/** Functions that every body may call, and lists, maps and strings have as members; and those of activities. */
export type BuiltinName =
  | ActivityBuiltin
  | OperationBuiltin
  | WorkflowBuiltin
  | 'len'
  | 'append'
  | 'contains'
  | 'keys'
  | 'values'
  | 'min'
  | 'max'
  | 'abs'
  | 'floor'
  | 'round'
  | 'range'
  | 'string'
  | 'int'
  | 'float'
  | 'decimal'
  | 'now'
  | 'uuid'
  | 'random';

/** Functions that only workflows may call. */
export type WorkflowBuiltin = 'patched';

/** Functions that only operations may call. */
export type OperationBuiltin = 'get_nexus_caller_info' | 'get_caller_info';

/** Functions that only activities may call. */
export type ActivityBuiltin =
  'heartbeat' | 'get_heartbeat_details' | 'get_activity_task_token' | 'do_not_complete' | 'cancelled' | 'attempt';

/** A field of a caught error. */
export interface ErrorField {
  /** What the runtime calls it. */
  readonly name: string;
  /** It is of a type of the program. */
  readonly typed: boolean;
}

export interface ResolvedRaise {
  readonly type: string;
  /** In an operation: what Nexus calls it, if that has a name for it. */
  readonly handlerError: HandlerErrorKind | undefined;
  readonly message: Expr | undefined;
  readonly details: Expr | undefined;
  /** When it is tried again, whatever the retry policy says. */
  readonly retryIn: Expr | undefined;
}

/** A `for … in` directly inside an `await all`: one branch for each item. */
export interface FanOut {
  /** Names bound inside and read after the block: there they are the list of all values. */
  readonly collected: readonly { readonly inner: Variable; readonly outer: Variable }[];
  /** How many branches run at once; undefined sets no limit. */
  readonly maxConcurrent: number | undefined;
}

export interface All {
  readonly maxConcurrent: number | undefined;
  readonly onFailure: 'cancel' | 'wait' | 'collect';
}

/** A child workflow call that starts an operation's workflow: its start options. */
export type OperationStart = { readonly call: WorkflowCall; readonly options: ResolvedOptions };
