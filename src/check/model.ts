/** What the passes of the checker share: the program, its constraints, and what was noted for later passes. */
import { addTo } from '../group.js';
import type { Extra, Reporter } from '../diagnostics/diagnostic.js';
import type { Code, Values } from '../diagnostics/catalog.js';
import type { SourceFile, Span } from '../source.js';
import type { Definitions } from '../symbols/definitions.js';
import type { Seen } from '../symbols/presence.js';
import { messageWords } from '../symbols/messages.js';
import { type DefinitionVariables, isNeverAssigned, type VariableSymbol } from '../symbols/variable.js';
import type {
  ActivityDef,
  AliasDef,
  BinaryExpr,
  Call,
  CatchClause,
  Expr,
  ExprStmt,
  ExternActivity,
  ExternFunction,
  ExternWorkflow,
  FunctionCall,
  Handler,
  MessageStmt,
  Name,
  NameExpr,
  OperationDef,
  RecordExpr,
  RaiseStmt,
  SendStmt,
  StartSignal,
  Stmt,
  SwitchStmt,
  WorkflowDef,
} from '../syntax/ast.js';
import { walk } from '../syntax/visit.js';
import type { Head } from '../types/heads.js';
import type { Comparison, Membership, Operation } from '../types/operators.js';
import type { Origin, Slot } from '../types/slot.js';
import { Slots } from '../types/slots.js';
import type { Callees } from './callees.js';
import type { BrokenLines } from './broken-lines.js';
import type { ImportedField } from '../imports/typescript.js';
import type { ImportedName } from './collect/imports.js';
import type { ErrorField, ResolvedFunction, ResolvedRaise } from './facts.js';
import type { NexusRouting } from './nexus.js';
import type { Survey } from './survey.js';

export type BodyDefinition = WorkflowDef | ActivityDef | OperationDef;
export type Callable = BodyDefinition | Handler | ExternFunction | ExternWorkflow | ExternActivity;

/** What callers of a definition see. */
export interface Signature {
  readonly definition: Callable | undefined;
  readonly name: string;
  readonly params: readonly {
    readonly name: string;
    readonly slot: Slot;
    readonly optional: boolean;
    readonly at: Span;
  }[];
  readonly result: Slot;
  /** Where the result is declared. */
  readonly declaredResult: Span | undefined;
  /** Of somebody else's operation: the call that its contract is taken from. */
  readonly called?: Span;
  /** Its line could not be read: nothing is said about how it is called. */
  readonly broken: boolean;
  readonly file: SourceFile;
}

/** A place that passes a value on. */
export interface Passage {
  readonly file: SourceFile;
  readonly at: Span;
  readonly from: Slot;
  readonly to: Slot;
}

/** A value that goes somewhere: an argument, a result, a field, an assignment. */
export interface ValueFlow extends Passage {
  readonly expr: Expr | undefined;
  /** What asks for it, as a message begins: "`ChargeCard` takes". */
  readonly asks: string;
  /** Where it is asked for. */
  readonly askedAt: { readonly file: SourceFile; readonly span: Span } | undefined;
  /** Whether a started call may go there. */
  readonly handles: boolean;
  /** Whether nothing is as good as a value there. */
  readonly nothing: boolean;
}

/** What a built-in or an index works on. */
export type Sort = 'list' | 'map' | 'string';

/** An expression that must be of a certain sort, whatever its type. */
export type Demand =
  | { readonly kind: 'condition'; readonly file: SourceFile; readonly expr: Expr; readonly slot: Slot }
  | { readonly kind: 'printable'; readonly file: SourceFile; readonly expr: Expr; readonly slot: Slot }
  /** A number, or a text that is one. */
  | {
      readonly kind: 'readable';
      readonly texts: boolean;
      readonly file: SourceFile;
      readonly expr: Expr;
      readonly slot: Slot;
      readonly asks: string;
    }
  | {
      readonly kind: 'iterable';
      readonly file: SourceFile;
      readonly expr: Expr;
      readonly slot: Slot;
      readonly what: 'list' | 'map';
    }
  | { readonly kind: 'handle'; readonly file: SourceFile; readonly expr: Expr; readonly slot: Slot }
  /** A value that is taken apart: of as many parts as there are names. */
  | {
      readonly kind: 'parts';
      readonly file: SourceFile;
      readonly at: Span;
      readonly slot: Slot;
      readonly count: number;
      /** What gives it, as a message begins: "The started call". */
      readonly what: string;
    }
  | {
      readonly kind: 'sort';
      readonly file: SourceFile;
      readonly expr: Expr;
      readonly slot: Slot;
      /** What asks for it, as a message begins: "`len` takes". */
      readonly asks: string;
      readonly sorts: readonly Sort[];
    }
  /** A literal that is too large for an int. */
  | { readonly kind: 'literal'; readonly file: SourceFile; readonly expr: Expr; readonly slot: Slot }
  /** The index of a list, or a key of a map. */
  | { readonly kind: 'key'; readonly file: SourceFile; readonly expr: Expr; readonly slot: Slot; readonly of: Slot }
  | {
      readonly kind: 'record';
      readonly file: SourceFile;
      readonly expr: Expr;
      readonly slot: Slot;
      readonly field: string;
      readonly at: Span;
      readonly write: boolean;
    };

export type Operator =
  | {
      readonly kind: 'arithmetic';
      readonly file: SourceFile;
      readonly expr: Expr;
      /** Undefined for what is computed before. */
      readonly left: Expr | undefined;
      readonly right: Expr;
      readonly operation: Operation;
    }
  | {
      readonly kind: 'comparison';
      readonly file: SourceFile;
      readonly expr: BinaryExpr;
      readonly left: Slot;
      readonly right: Slot;
      /** Of a value of one of its cases, the statement. */
      readonly ofSwitch?: SwitchStmt;
    }
  | {
      readonly kind: 'membership';
      readonly file: SourceFile;
      readonly expr: Expr;
      /** `in`, `not in` or `contains`. */
      readonly operator: string;
      readonly left: { readonly expr: Expr; readonly slot: Slot };
      readonly right: { readonly expr: Expr; readonly slot: Slot };
    }
  /** `-x`, `abs(x)`: a number or a duration. */
  | {
      readonly kind: 'same-kind';
      readonly file: SourceFile;
      readonly of: Expr;
      readonly operand: Slot;
      /** What asks for it, as a message begins: "`abs` takes". */
      readonly asks: string;
    };

/** What may call and read what the program does not define. */
export type Dependent = ActivityDef | OperationDef;

/** One use of something that a body calls or reads and nobody defines. */
export interface DependencyUse {
  readonly dependent: Dependent;
  readonly file: SourceFile;
  readonly path: readonly string[];
  readonly at: Span;
  /** Undefined for a constant. */
  readonly args: readonly { readonly name: string; readonly slot: Slot }[] | undefined;
  readonly result: Slot;
  /** Whether somebody uses the result. */
  used: boolean;
  readonly node: FunctionCall | Expr;
}

/** A name that is bound to the result of a definition that declares none. */
export interface BoundResult {
  readonly file: SourceFile;
  readonly at: Span;
  readonly signature: Signature;
}

/** A workflow that handles a message. */
export interface Handling {
  readonly of: WorkflowDef;
  readonly handler: Handler;
}

export class Model {
  readonly slots = new Slots();
  readonly operations: Operation[] = [];
  readonly comparisons: Comparison[] = [];
  readonly memberships: Membership[] = [];
  readonly slotOf = new Map<Expr, Slot>();
  readonly variableSlots = new Map<VariableSymbol, Slot>();
  readonly signatures = new Map<Callable, Signature>();
  /** What methods of extern functions are called on. */
  readonly receivers = new Map<ExternFunction, Slot>();
  readonly valueFlows: ValueFlow[] = [];
  /** What loops give to their variables. */
  readonly turns: Passage[] = [];
  readonly demands: Demand[] = [];
  readonly operators: Operator[] = [];
  readonly dependencyUses: DependencyUse[] = [];
  readonly boundResults: BoundResult[] = [];
  readonly variables = new Map<BodyDefinition, DefinitionVariables>();
  readonly ofName = new Map<NameExpr, VariableSymbol>();
  /** What other names of types stand for. */
  readonly aliases = new Map<AliasDef, Slot>();
  /** Keys of the types that something names. */
  readonly namedTypes = new Set<string>();
  /** Types that TypeScript files export, by the names that the program has for them. */
  readonly imported = new Map<string, ImportedName>();
  readonly importedFields = new Map<Slot, { readonly field: ImportedField; readonly of: ImportedName }>();
  /** Those that cannot be taken: this has been reported. */
  readonly refusedImports = new Set<string>();
  /** Fields of declared records. */
  readonly declaredFields = new Set<Slot>();
  /** What is assigned to fields. */
  readonly writes = new Set<Slot>();
  /** Names that stand for themselves: they have been reported. */
  readonly circular = new Set<string>();
  /** Reads that an assignment may not have reached. */
  readonly unproven = new Set<NameExpr>();
  /** Reads that no assignment reaches: they have been reported. */
  readonly tooEarly = new Set<NameExpr>();
  /** Reads that no path leads to. */
  readonly unreachable = new Set<NameExpr>();
  /** Reads of what is known to be there. */
  readonly known = new Map<Expr, Seen>();
  /** Of these, those that are there if what their names were bound to is: the places that bind them. */
  readonly boundBy = new Map<Expr, readonly NameExpr[]>();
  /** Reads of what was known to be there, until a statement waited. */
  readonly lostBy = new Map<Expr, Stmt>();
  /** Names that are sent signals though nothing says for which child they stand: where that is said first. */
  readonly strayHandles = new Map<VariableSymbol, { readonly file: SourceFile; readonly handle: NameExpr }>();
  /** What names are bound to. */
  readonly boundValues = new Map<NameExpr, Slot>();
  /** Of those, what they would be without that knowledge. */
  readonly wholeSlots = new Map<Expr, Slot>();
  readonly functions = new Map<FunctionCall, ResolvedFunction>();
  readonly raises = new Map<RaiseStmt, ResolvedRaise>();
  /** Names of caught errors, with what catches them. */
  readonly caught = new Map<VariableSymbol, CatchClause>();
  readonly errorFields = new Map<Expr, ErrorField>();
  /** The handlers of what is sent to started workflows. */
  readonly sends = new Map<SendStmt, Handler>();
  /** Who handles what is sent to workflows that are named by their ids. */
  readonly messages = new Map<MessageStmt | StartSignal, Handling>();
  readonly callResults = new Map<Call, Slot>();
  /** What activities record in their heartbeats. */
  readonly progress = new Map<BodyDefinition, Slot>();
  /** Where activities that are completed from outside say so first. */
  readonly completedElsewhere = new Map<BodyDefinition, Span>();
  /** The first heartbeat of each activity. */
  readonly heartbeats = new Map<BodyDefinition, Span>();
  /** The records of named arguments, by the dotted name of the dependency that they are given. */
  readonly namedArguments = new Map<string, Head>();
  /** Operations that ask who calls them. */
  readonly readsCaller = new Set<BodyDefinition>();
  /** Where operations read which namespaces may call. */
  readonly allowedNamespaces = new Map<NameExpr, { readonly operation: OperationDef; readonly file: SourceFile }>();
  /** Last calls of activities, whose values are the results. */
  readonly impliedReturns = new Set<ExprStmt>();
  readonly maps = new Set<RecordExpr>();
  readonly callsIn = new Map<BodyDefinition, Call[]>();
  /** Of definitions that declare no result: where a path ends without giving one. */
  readonly endsWithoutResult = new Map<Signature, Origin>();

  private readonly assigned = new Map<BodyDefinition, ReadonlySet<string>>();

  private records: ReadonlySet<string> | undefined;

  /** The records that the program makes or declares. */
  get recordNames(): ReadonlySet<string> {
    return (this.records ??= namesOfRecords(this.definitions));
  }

  private ofVariables: ReadonlySet<Slot> | undefined;

  /** When all of them are known. */
  get slotsOfVariables(): ReadonlySet<Slot> {
    return (this.ofVariables ??= new Set(this.variableSlots.values()));
  }

  constructor(
    readonly definitions: Definitions,
    readonly surveys: readonly Survey[],
    readonly nexus: NexusRouting,
    readonly callees: Callees,
    readonly broken: BrokenLines,
    readonly reporter: Reporter,
  ) {}

  private byMessage: Map<string, Handling[]> | undefined;

  /** The workflows that handle a message of a name. */
  handling(message: MessageStmt['message'], name: string): readonly Handling[] {
    return this.allHandling.get(`${message} ${name}`) ?? [];
  }

  /** The names of all signals, all queries, or all updates. */
  handled(message: MessageStmt['message']): string[] {
    return [...this.allHandling.values()].flatMap(([one]) =>
      one && messageWords[one.handler.kind] === message ? [one.handler.name.text] : [],
    );
  }

  private get allHandling(): ReadonlyMap<string, readonly Handling[]> {
    if (!this.byMessage) {
      this.byMessage = new Map();
      for (const of of this.definitions.workflows.values()) {
        for (const handler of of.handlers) {
          addTo(this.byMessage, `${messageWords[handler.kind]} ${handler.name.text}`, { of, handler });
        }
      }
    }
    return this.byMessage;
  }

  private byTarget: Map<Slot, Passage[]> | undefined;

  /** Where the program passes the value of one slot on to another; to be asked for when all of it is known. */
  passage(from: Slot, to: Slot): Passage | undefined {
    if (!this.byTarget) {
      this.byTarget = new Map();
      for (const one of [...this.valueFlows, ...this.turns]) addTo(this.byTarget, one.to, one);
    }
    return this.byTarget.get(to)?.find((one) => one.from === from);
  }

  private byResult: Map<Slot, Operation> | undefined;

  /** What computes the value of a slot; to be asked for when all of it is known. */
  operationOf(slot: Slot): Operation | undefined {
    this.byResult ??= new Map(this.operations.map((one) => [one.result, one]));
    return this.byResult.get(slot);
  }

  /** The names that something in a definition gives a value. */
  assignedNames(definition: BodyDefinition): ReadonlySet<string> {
    let names = this.assigned.get(definition);
    if (!names) {
      const { all } = this.variables.get(definition)!;
      names = new Set(all.filter((one) => !isNeverAssigned(one)).map(({ name }) => name));
      this.assigned.set(definition, names);
    }
    return names;
  }

  /**
   * The key of what a name in a file means; undefined if its package is not imported, which is reported.
   */
  keyOf(file: SourceFile, name: Pick<Name, 'text' | 'span'>): string | undefined {
    const { packages } = this.definitions;
    const key = packages.key(file, name.text);
    if (key === undefined) packages.reportUnknown(file, name);
    return key;
  }

  report<C extends Code>(file: SourceFile, code: C, at: Span, values: Values<C>, extra?: Extra): void {
    this.reporter.report(file, code, at, values, extra);
  }
}

function namesOfRecords({ types, workflows, activities, services }: Definitions): ReadonlySet<string> {
  const names = new Set([...types.values()].flatMap((one) => (one.kind === 'RecordDef' ? [one.name.text] : [])));
  for (const definition of [...workflows.values(), ...activities.values(), ...services.values()]) {
    walk(definition, { enter: (node) => void (node.kind === 'Record' && node.name && names.add(node.name.text)) });
  }
  return names;
}
