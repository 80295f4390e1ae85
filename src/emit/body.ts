/** One function of the output while it is being put together. */
import type { Endpoint, ResolvedCall, Service, Variable } from '../check/facts.js';
import type { SourceFile } from '../source.js';
import type {
  ActivityDef,
  ArrivalOperand,
  BinaryExpr,
  ExternActivity,
  Expr,
  FieldExpr,
  Handler,
  ListExpr,
  NameExpr,
  Node,
  OperationDef,
  RecordExpr,
  Stmt,
  WorkflowDef,
} from '../syntax/ast.js';
import { bodiesOf } from '../syntax/bodies.js';
import { handlerOf } from '../symbols/messages.js';
import { placeOf } from '../syntax/place.js';
import { walk } from '../syntax/visit.js';
import { same } from '../types/relate.js';
import type { Type } from '../types/type.js';
import { reads } from './carried.js';
import { type Code, name, string } from './code.js';
import type { CommentTable } from './comments.js';
import { comparedPath, entangledPaths, pathOf } from './comparisons.js';
import type { ModuleNames } from './module.js';
import type { Origin } from './origin.js';
import { type Program, variableName } from './program.js';

/** Where the statements of a body stand. */
export type BodyKind = 'workflow' | 'handler' | 'activity' | 'operation';

/** What a body reaches of its module: helpers that are declared at its top. */
export interface WorkflowModule {
  /** An activity with constant options, ready to be called. */
  activity(call: Extract<ResolvedCall, { kind: 'activity' }>): Code;
  /** All activities of the worker that has this one, with other options. */
  proxy(activity: ActivityDef | ExternActivity, options: Code): Code;
  /** The name of the client of an endpoint, for one of its services. */
  client(endpoint: Endpoint, service: Service): string;
  /** The name of what a handler handles, the definition of a signal, a query or an update; undefined if it is elsewhere. */
  message(handler: Handler): string | undefined;
}

export interface BodyOptions {
  readonly program: Program;
  readonly file: SourceFile;
  readonly kind: BodyKind;
  readonly names: ModuleNames;
  readonly module?: WorkflowModule;
  /** What a Nexus operation is handed beside its input. */
  readonly context?: string;
  /** The definition that the body belongs to. */
  readonly definition: WorkflowDef | ActivityDef | OperationDef;
  /** What is known of the definition already, by another of its bodies. */
  readonly found?: Findings;
  /** What the arrivals of handlers are called that something waits for; handlers share them with the body. */
  readonly inboxes?: Map<Handler, string>;
  /** What caught errors are called, by how deep they stand in each other. */
  readonly errorNames?: string[];
  /** The handler whose body it is. */
  readonly ofHandler?: Handler;
}

/** What was found out about a definition by a walk over all of it. */
interface Findings {
  /** The types of lists that grow somewhere. */
  readonly growing: readonly Type[];
  /** Names of several variables, which are declared in different blocks. */
  readonly ambiguousNames: ReadonlySet<string>;
  /** Paths that some condition asks for: TypeScript may take them to be missing where they are read. */
  readonly tested: ReadonlySet<string>;
  /** Paths of which some read is checked: what is put there must not look as if it were nothing for good. */
  readonly checked: ReadonlySet<string>;
  /** Paths of which something inside is read. */
  readonly takenApart: ReadonlySet<string>;
  /** Lists and records of which something inside is read where they are made. */
  readonly readInPlace: ReadonlySet<Expr>;
  /** Paths that are compared with constants so that TypeScript takes them for something else. */
  readonly entangled: ReadonlySet<string>;
}

interface Frame {
  readonly kind: 'loop' | 'switch';
  readonly label: string | undefined;
  /** Of a loop: what goes from one turn to the next, as it is printed. */
  readonly carries?: ReadonlySet<string>;
}

/** Where the statements stand that are being printed. */
interface Emitting {
  caughtError: Code | undefined;
  catches: number;
  isInTry: boolean;
  wrapsResult: boolean;
}

export class Body implements Emitting {
  readonly program: Program;
  readonly file: SourceFile;
  readonly kind: BodyKind;
  readonly names: ModuleNames;
  readonly module: WorkflowModule | undefined;
  /** Whether the body reads what its operation is handed beside its input. */
  usesContext = false;
  readonly context: string | undefined;
  readonly comments: CommentTable;
  /** In an operation that asks for it: who may call, by endpoint. */
  callers: Code | undefined;
  /** What an activity depends on, by name: what it is called here. */
  dependencies: ReadonlyMap<string, string> = new Map();
  /** What an operation calls the activities whose code it runs. */
  activities: string | undefined;
  /** The `WorkflowRun`, once there is one. */
  run: string | undefined;
  /** Closes say so, since handlers may still be running. */
  closesExplicitly = false;
  readonly definition: WorkflowDef | ActivityDef | OperationDef;
  readonly found: Findings;
  readonly inboxes: Map<Handler, string>;
  readonly errorNames: string[];
  readonly ofHandler: Handler | undefined;
  private readonly renamed = new Map<Variable, string>();
  private readonly held = new Map<Expr, Code>();
  private frames: readonly Frame[] = [];

  constructor({
    program,
    file,
    kind,
    names,
    module,
    context,
    definition,
    found,
    inboxes,
    errorNames,
    ofHandler,
  }: BodyOptions) {
    this.program = program;
    this.file = file;
    this.kind = kind;
    this.names = names;
    this.module = module;
    this.context = context;
    this.definition = definition;
    this.comments = program.comments(file);
    this.found = found ?? survey(program, definition);
    this.inboxes = inboxes ?? new Map();
    this.errorNames = errorNames ?? [];
    this.ofHandler = ofHandler;
  }

  /** A handler of the workflow: it shares its variables and helpers. */
  handler(handler: Handler): Body {
    const body = new Body({ ...this, kind: 'handler', ofHandler: handler } as BodyOptions);
    body.run = this.run;
    return body;
  }

  /** What a Nexus operation is handed beside its input. */
  contextCode(): Code {
    this.usesContext = true;
    return name(this.context!);
  }

  /** What the arrivals of a message are called. */
  inbox(operand: ArrivalOperand): Code {
    return name(this.inboxes.get(this.handlerOf(operand)!)!);
  }

  /** The handler of a message that something waits for. */
  handlerOf(operand: ArrivalOperand): Handler | undefined {
    return handlerOf(operand, this.definition.kind === 'Workflow' ? this.definition.handlers : []);
  }

  /** Names of several variables, which are declared in different blocks. */
  get ambiguousNames(): ReadonlySet<string> {
    return this.found.ambiguousNames;
  }

  /** A message that a workflow handles, as it is named here: by its name on the wire, where its definition is elsewhere. */
  message(handler: Handler): Code {
    if (!this.module) return name(this.program.messageName(handler));
    const text = this.module.message(handler);
    return text === undefined ? string(this.facts.handlers.get(handler)!.wireName) : name(text);
  }

  get facts() {
    return this.program.facts;
  }

  at(node: Parameters<typeof placeOf>[1]): Origin {
    return { file: this.file, offset: placeOf(this.file, node) };
  }

  variable(node: NameExpr): Variable | undefined {
    return this.facts.variables.get(node);
  }

  /** Whether an expression is the name of a condition of the workflow. */
  isCondition(expr: Expr): boolean {
    return expr.kind === 'NameExpr' && (this.variable(expr)?.isCondition ?? false);
  }

  local(variable: Variable): Code {
    return name(this.renamed.get(variable) ?? variableName(variable));
  }

  /** Calls a variable otherwise than the author does, in all of its uses. */
  rename(variable: Variable, text: string): void {
    this.renamed.set(variable, text);
  }

  /** Whether TypeScript may have found out that a value is missing, at a place where the program goes on with it. */
  mayBeNarrowed(expr: Expr): boolean {
    const path = pathOf(expr);
    return path !== undefined && this.found.tested.has(path);
  }

  /** Whether some read of a value is checked. */
  isChecked(expr: Expr): boolean {
    const path = pathOf(expr);
    return path !== undefined && this.found.checked.has(path);
  }

  /** Whether a value is compared with a constant here, and so that TypeScript minds with another elsewhere. */
  isEntangled(comparison: BinaryExpr): boolean {
    const path = comparedPath(comparison);
    return path !== undefined && this.found.entangled.has(path);
  }

  /** The same, of a path that a `switch` compares. */
  isEntangledPath(path: string): boolean {
    return this.found.entangled.has(path);
  }

  /** Whether something inside of it is read somewhere: what TypeScript takes to be nothing has nothing inside. */
  isTakenApart(expr: Expr): boolean {
    const path = pathOf(expr);
    return path !== undefined && this.found.takenApart.has(path);
  }

  /** Whether something inside of a list or a record is read where it is made: nothing says there of what type it is. */
  isReadInPlace(literal: ListExpr | RecordExpr): boolean {
    return this.found.readInPlace.has(literal);
  }

  /** Whether a list may get longer while a loop goes over it: then the loop goes over a copy. */
  mayGrow(list: Expr): boolean {
    const type = this.facts.typeOf.get(list);
    return type !== undefined && this.found.growing.some((one) => same(one, type));
  }

  /** Lists that have no items, where TypeScript must be told what they could hold. */
  readonly looseLists = new Set<Expr>();

  // --- Values that are computed once

  /** What holds the value of an expression already. */
  heldBy(expr: Expr): Code | undefined {
    return this.held.get(expr);
  }

  /** @param code undefined where the expression is computed wherever it stands */
  holding<T>(expr: Expr, code: Code | undefined, emit: () => T): T {
    if (code) this.held.set(expr, code);
    const result = emit();
    this.held.delete(expr);
    return result;
  }

  // --- Errors

  /** What was caught here, if something was. */
  caughtError: Code | undefined;
  /** In how many `catch` blocks it stands. */
  catches = 0;
  /** Stands in a `try`, so that a `catch` or a `finally` sees what is thrown. */
  isInTry = false;
  /** Stands in a function whose result says whether the workflow has closed. */
  wrapsResult = false;

  /** What a `catch` here calls what it has caught: no other one around has it. */
  errorName(): string {
    return (this.errorNames[this.catches] ??= this.names.numbered('error'));
  }

  trying<T>(emit: () => T): T {
    return this.with('isInTry', true, emit);
  }

  /** @param error what the statements may throw again */
  catching<T>(error: Code, emit: () => T): T {
    const inside = () => this.with('caughtError', error, emit);
    return this.with('isInTry', true, () => this.with('catches', this.catches + 1, inside));
  }

  wrapping<T>(emit: () => T): T {
    return this.with('wrapsResult', true, emit);
  }

  private with<K extends keyof Emitting, T>(key: K, value: Emitting[K], emit: () => T): T {
    return withSet<Emitting, K, T>(this, key, value, emit);
  }

  // --- Loops and switches, for `break`

  inside<T>(frame: Frame, emit: () => T): T {
    const before = this.frames;
    this.frames = [...before, frame];
    try {
      return emit();
    } finally {
      this.frames = before;
    }
  }

  /** A function of its own: no `break` leaves it. */
  inFunction<T>(emit: () => T): T {
    const before = this.frames;
    this.frames = [];
    try {
      return emit();
    } finally {
      this.frames = before;
    }
  }

  /** Whether a value is computed of what a loop around carries. */
  isCarried(value: Code): boolean {
    return this.frames.some(({ carries }) => carries !== undefined && reads(value, carries));
  }

  /** A label for a loop that is left from inside a `switch`: no other loop around has it. */
  label(): string {
    const labels = new Set(this.frames.map(({ label }) => label));
    let label = 'loop';
    for (let n = 2; labels.has(label); n++) label = `loop${n}`;
    return label;
  }

  /** What `break` must name to leave the loop. */
  breakLabel(): string | undefined {
    if (this.frames.at(-1)?.kind !== 'switch') return undefined;
    return this.frames.findLast(({ kind }) => kind === 'loop')?.label;
  }
}

function withSet<O, K extends keyof O, T>(of: O, key: K, value: O[K], emit: () => T): T {
  const before = of[key];
  of[key] = value;
  try {
    return emit();
  } finally {
    of[key] = before;
  }
}

function survey(program: Program, definition: BodyOptions['definition']): Findings {
  const variables = new Map<string, Variable>();
  const ambiguousNames = new Set<string>();
  const growing: Type[] = [];
  const tested = new Set<string>();
  const checked = new Set<string>();
  const takenApart = new Set<string>();
  const readInPlace = new Set<Expr>();
  const note = (paths: Set<string>, exprs: readonly Expr[]) => {
    for (const path of exprs.map(pathOf)) if (path !== undefined) paths.add(path);
  };
  walk(definition, {
    enter: (node) => {
      note(tested, testedBy(node));
      if (isCheckedRead(program, node)) note(checked, [node]);
      const taken = takenApartBy(node);
      note(takenApart, taken);
      if (node.kind !== 'FunctionCall' && node.kind !== 'Assign') for (const expr of taken) readInPlace.add(expr);
      if (node.kind === 'FunctionCall') {
        const resolved = program.facts.functions.get(node);
        const container = resolved?.kind === 'builtin' ? (resolved.receiver ?? node.args[0]?.value) : undefined;
        const type = container && program.facts.typeOf.get(container);
        if (type && resolved?.kind === 'builtin' && resolved.name === 'append') growing.push(type);
        if (container) readInPlace.add(container);
      }
      const variable = node.kind === 'NameExpr' ? program.facts.variables.get(node) : undefined;
      if (!variable) return;
      const known = variables.get(variable.name) ?? variable;
      variables.set(variable.name, known);
      if (known !== variable) ambiguousNames.add(variable.name);
    },
  });
  return { growing, ambiguousNames, tested, checked, takenApart, readInPlace, entangled: entangledPaths(definition) };
}

function isCheckedRead({ facts }: Program, node: Node): node is NameExpr | FieldExpr {
  return (node.kind === 'NameExpr' || node.kind === 'Field') && facts.reads.get(node)?.kind === 'checked';
}

/** What a node asks for whether it is there. */
function testedBy(node: Node): readonly Expr[] {
  switch (node.kind) {
    case 'IfBranch':
      return [node.condition];
    case 'For':
      return node.head.kind === 'While' ? [node.head.condition] : [];
    case 'Switch':
      return [node.subject];
    case 'Unary':
      return [node.operand];
    case 'Binary':
      return isLogical(node) || holdsNull(node) ? [node.left, node.right] : [];
    default:
      return [];
  }
}

const isLogical = ({ operator }: BinaryExpr) => operator === 'and' || operator === 'or';
const holdsNull = ({ left, right }: BinaryExpr) => left.kind === 'Null' || right.kind === 'Null';

/** What a node reads something inside of. */
function takenApartBy(node: Node): readonly Expr[] {
  switch (node.kind) {
    case 'Field':
    case 'Index':
      return [node.of];
    case 'For':
      return node.head.kind === 'In' || node.head.kind === 'Entries' ? [node.head.of] : [];
    case 'FunctionCall':
      return node.args.map(({ value }) => value);
    case 'Binary':
      return node.operator === 'in' || node.operator === 'not in' ? [node.right] : [];
    case 'Handle':
      return [node.handle];
    // Of another name for it, too.
    case 'Assign':
      return [node.value];
    default:
      return [];
  }
}

/**
 * Whether a `break` in these statements that is meant for the loop around them stands inside a `switch` of the output.
 *
 * @param opens whether a statement is printed as one
 */
export function breaksFromSwitch(
  statements: readonly Stmt[],
  opens: (statement: Stmt) => boolean,
  inSwitch = false,
): boolean {
  return statements.some((statement) => {
    if (statement.kind === 'Break') return inSwitch;
    if (statement.kind === 'For') return false;
    const inside = inSwitch || opens(statement);
    return bodiesOf(statement).some((body) => breaksFromSwitch(body, opens, inside));
  });
}
