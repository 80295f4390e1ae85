/**
 * The variables of a definition. A name that only one unit uses belongs to it; one that a unit reads without having
 * assigned it, or that a handler assigns and the body reads, is shared by the whole workflow
 * (grammar/README.md, "Variables").
 */
import type {
  ActivityDef,
  Expr,
  ForStmt,
  NameExpr,
  OperationDef,
  Param,
  SignalHandler,
  SignalOperand,
  Stmt,
  WorkflowDef,
} from '../syntax/ast.js';
import { type Block, namesIn, type Use, writtenBy } from './blocks.js';
import { type Name, Names, NameSet } from './name-set.js';
import { listPlace, type Place, placesOf, singlePlace } from './placement.js';
import { written } from './presence.js';
import { UnitWalk } from './unit.js';

/** A variable: one declaration in the output, one slot for the solver. */
export interface VariableSymbol {
  readonly name: string;
  readonly role: 'parameter' | 'loop' | 'local' | 'shared' | 'collected';
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
  readonly handlers: ReadonlyMap<SignalHandler, HandlerVariables>;
  /** Of each fan-out. */
  readonly collected: readonly { readonly loop: ForStmt; readonly lists: readonly CollectedList[] }[];
  /** How many statements of the body are leading assignments. */
  readonly leading: number;
  /** Bound with `->` in a handler, and both assigned and read by the body: whose is it? */
  readonly ambiguous: readonly { readonly use: Use; readonly inBody: Use }[];
  /** The body waits for a signal whose handler waits for a name that nothing assigns before. */
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
  readonly wait: SignalOperand;
  readonly handler: SignalHandler;
  readonly name: string;
}

export function isNeverAssigned({ role, uses, initial }: VariableSymbol): boolean {
  return (role === 'local' || role === 'shared') && !initial && uses.every((use) => !use.write);
}

export type Definition = WorkflowDef | ActivityDef | OperationDef;

/** @param ofName gets the variable behind every name of the definition */
export function variablesOf(definition: Definition, ofName: Map<NameExpr, VariableSymbol>): DefinitionVariables {
  const handlers = definition.kind === 'Workflow' ? definition.handlers : [];
  return handlers.length > 0 ? ofUnits(definition, handlers, ofName) : ofOneUnit(definition, ofName);
}

/** A body without handlers shares nothing. */
function ofOneUnit({ params, body = [] }: Definition, ofName: Map<NameExpr, VariableSymbol>): DefinitionVariables {
  const names = new Names();
  const outer = paramNames(names, params);
  const walk = new UnitWalk({ names, statements: body, outer, assigned: NameSet.of(outer.values()) });
  const builder = new Builder(new Set(), ofName);
  const own = builder.params(params, outer, walk.top);
  builder.locals(walk);
  return {
    walk,
    params: own,
    all: builder.all,
    shared: [],
    handlers: noHandlers,
    collected: builder.collected,
    leading: 0,
    ambiguous: [],
    deadlocks: [],
    incomplete: walk.incomplete,
  };
}

const noHandlers: DefinitionVariables['handlers'] = new Map();

function ofUnits(
  definition: Definition,
  handlers: readonly SignalHandler[],
  ofName: Map<NameExpr, VariableSymbol>,
): DefinitionVariables {
  const statements = definition.body ?? [];
  const leading = leadingAssignments(statements);
  const names = new Names();
  const params = paramNames(names, definition.params);
  const outer = new Map(
    [...params.values(), ...sharedNames(names, statements, handlers, params)].map((one) => [one.text, one]),
  );
  const shared = [...outer.values()].filter(({ kind }) => kind === 'shared');

  const known = new Set(params.values());
  const initial = new Map<Name, Expr>();
  const firsts = firstWrites(statements);
  for (const name of shared) {
    const first = firsts.get(name.text);
    if (first && first.index < leading) known.add(name);
    else if (first && isConstant(first.value)) initial.set(name, first.value);
  }
  const early = NameSet.of(known).with(initial.keys());

  const byHandlers = handlers.flatMap(({ body }) => writtenBy(body));
  const byAll = written([...byHandlers, ...(handlers.length > 0 ? writtenBy(statements) : [])]);
  const handlerWalks = new Map<SignalHandler, { walk: UnitWalk; params: Map<string, Name> }>();
  const bySignal = new Map<string, NameSet>();
  for (const handler of handlers) {
    const own = paramNames(names, handler.params);
    const walk = new UnitWalk({
      names,
      statements: handler.body,
      outer,
      own,
      assigned: early.with(own.values()),
      meanwhile: byAll,
    });
    handlerWalks.set(handler, { walk, params: own });
    bySignal.set(handler.name.text, walk.atEveryEnd);
  }
  const walk = new UnitWalk({
    names,
    statements,
    outer,
    assigned: NameSet.of(params.values()).with(initial.keys()),
    bySignal,
    meanwhile: written(byHandlers),
  });

  const held = new Map<SignalHandler, readonly Use[]>();
  for (const [handler, { walk: own }] of handlerWalks) {
    const tooEarly = own.uses.filter((use) => !use.write && !use.proven && use.name.kind === 'shared');
    const asks = tooEarly.some(({ node }) => comparesWithNull(handler.body, node.text));
    held.set(handler, asks ? [] : tooEarly);
  }
  const builder = new Builder(new Set([...held.values()].flat()), ofName);
  const paramVariables = builder.params(definition.params, params, walk.top);
  const sharedVariables = shared.map((name) => builder.shared(name, walk.top, statements, leading, initial.get(name)));
  builder.locals(walk);
  const handlerVariables = new Map<SignalHandler, HandlerVariables>();
  for (const [handler, { walk: own, params: names }] of handlerWalks) {
    const ownParams = builder.params(handler.params, names, own.top);
    builder.locals(own);
    const holdsFor = [...new Set(held.get(handler)!.map(({ node }) => builder.ofName.get(node)!))];
    handlerVariables.set(handler, { walk: own, params: ownParams, holdsFor });
  }
  const units = [...handlerWalks.values()].map((one) => one.walk);
  return {
    walk,
    params: paramVariables,
    all: builder.all,
    shared: sharedVariables,
    handlers: handlerVariables,
    collected: builder.collected,
    leading,
    ambiguous: ambiguousNames(walk, units),
    deadlocks: deadlocksOf(walk, units, held),
    incomplete: [walk, ...units].some((one) => one.incomplete),
  };
}

// --- Shared names

function paramNames(names: Names, params: readonly Param[]): Map<string, Name> {
  return new Map(params.map(({ name }) => [name.text, names.make(name.text, 'parameter')]));
}

/** Walks each unit by itself: what it reads and has not assigned comes from elsewhere. */
function sharedNames(
  names: Names,
  body: readonly Stmt[],
  handlers: readonly SignalHandler[],
  params: ReadonlyMap<string, Name>,
): readonly Name[] {
  const alone = (statements: readonly Stmt[], own: ReadonlyMap<string, Name>) =>
    new UnitWalk({
      names,
      statements,
      outer: params,
      own,
      assigned: NameSet.of(params.values()).with(own.values()),
    });
  const main = alone(body, new Map());
  const units = [main, ...handlers.map((handler) => alone(handler.body, paramNames(names, handler.params)))];
  const unproven = (unit: UnitWalk, text: string) =>
    unit.names.get(text)?.uses.some((use) => !use.write && !use.proven) ?? false;
  const assignedBy = (unit: UnitWalk, text: string) =>
    unit.names.get(text)?.uses.some((use) => use.write === 'assignment') ?? false;
  const using = new Map<string, UnitWalk[]>();
  for (const unit of units) {
    for (const text of unit.names.keys()) {
      const others = using.get(text);
      if (others) others.push(unit);
      else using.set(text, [unit]);
    }
  }
  return [...using]
    .filter(([text, ofText]) => {
      if (ofText.length < 2) return false;
      if (ofText.some((unit) => unproven(unit, text))) return true;
      const bodyReads = main.names.get(text)?.uses.some((use) => !use.write) ?? false;
      return bodyReads && ofText.some((unit) => unit !== main && assignedBy(unit, text));
    })
    .map(([text]) => names.make(text, 'shared'));
}

function ambiguousNames(body: UnitWalk, handlers: readonly UnitWalk[]): DefinitionVariables['ambiguous'] {
  return handlers.flatMap((handler) =>
    [...handler.names.values()].flatMap((name) => {
      const uses = body.names.get(name.text)?.uses ?? [];
      const inBody = uses.find((use) => use.write);
      const use = name.uses.find(({ write }) => write === 'binding');
      const onlyBound = name.uses.every(({ write }) => write !== 'assignment');
      return inBody && uses.some(({ write }) => !write) && use && onlyBound ? [{ use, inBody }] : [];
    }),
  );
}

function deadlocksOf(
  { signalWaits }: UnitWalk,
  handlers: readonly UnitWalk[],
  held: ReadonlyMap<SignalHandler, readonly Use[]>,
): Deadlock[] {
  const byHandlers = new Set(handlers.flatMap(({ uses }) => uses.flatMap(({ name, write }) => (write ? [name] : []))));
  return signalWaits.flatMap(({ wait, assigned }) => {
    const [handler, reads] = [...held].find(([{ name }]) => name.text === wait.name.text) ?? [];
    const read = reads?.find(({ name }) => !assigned.has(name) && !byHandlers.has(name));
    return handler && read ? [{ wait, handler, name: read.node.text }] : [];
  });
}

/** The first run of assignments whose right sides are pure. */
function leadingAssignments(statements: readonly Stmt[]): number {
  const first = statements.findIndex(
    (statement) => statement.kind !== 'Assign' || statement.target.kind !== 'NameExpr' || !isPure(statement.value),
  );
  return first < 0 ? statements.length : first;
}

function isPure(expr: Expr): boolean {
  switch (expr.kind) {
    case 'FunctionCall':
    case 'Index':
    case 'Invalid':
      return false;
    case 'Field':
      return isPure(expr.of);
    case 'Unary':
      return isPure(expr.operand);
    case 'Binary':
      return expr.operator !== '/' && expr.operator !== '%' && isPure(expr.left) && isPure(expr.right);
    case 'List':
      return expr.items.every(isPure);
    case 'Record':
      return expr.fields.every(({ value }) => isPure(value));
    case 'String':
      return expr.parts.every((part) => typeof part === 'string' || isPure(part));
    default:
      return true;
  }
}

/** The first assignment of each name that stands directly in the body. */
function firstWrites(statements: readonly Stmt[]): ReadonlyMap<string, { index: number; value: Expr }> {
  const firsts = new Map<string, { index: number; value: Expr }>();
  for (const [index, one] of statements.entries()) {
    if (one.kind !== 'Assign' || one.target.kind !== 'NameExpr' || firsts.has(one.target.text)) continue;
    firsts.set(one.target.text, { index, value: one.value });
  }
  return firsts;
}

function isConstant(expr: Expr): boolean {
  if (expr.kind === 'String') return expr.parts.every((part) => typeof part === 'string');
  return expr.kind === 'Number' || expr.kind === 'Bool' || expr.kind === 'Duration';
}

function comparesWithNull(statements: readonly Stmt[], text: string): boolean {
  const inExpr = (expr: Expr): boolean =>
    expr.kind === 'Binary' &&
    (((expr.left.kind === 'Null' || expr.right.kind === 'Null') && namesIn(expr).some((name) => name.text === text)) ||
      inExpr(expr.left) ||
      inExpr(expr.right));
  return statements.some(
    (one) =>
      one.kind === 'If' &&
      one.branches.some(({ condition, body }) => inExpr(condition) || comparesWithNull(body, text)),
  );
}

// --- Declarations

const nothing: ReadonlySet<Name> = new Set();

/** The lists of fan-outs that something reads, or that a fan-out around them makes lists of. */
function listsThatAreRead({ fanOuts }: UnitWalk): ReadonlySet<Name> {
  if (fanOuts.length === 0) return nothing;
  const read = new Set<Name>();
  for (const { collected } of [...fanOuts].reverse()) {
    for (const { inner, outer } of collected) {
      if (outer.uses.length > 0) read.add(outer);
      if (read.has(outer) && inner.kind === 'collected') read.add(inner);
    }
  }
  return read;
}

interface Details {
  readonly param?: Param;
  readonly initial?: Expr | undefined;
  /** Read at the end of a fan-out's body, though some path may not have given it a value. */
  readonly partial?: boolean;
  readonly assignedInClosure?: boolean;
}

class Builder {
  /** @param held reads of handlers that wait until there is a value */
  constructor(
    private readonly held: ReadonlySet<Use>,
    readonly ofName: Map<NameExpr, VariableSymbol>,
  ) {}

  readonly all: VariableSymbol[] = [];
  readonly collected: DefinitionVariables['collected'][number][] = [];

  params(params: readonly Param[], names: ReadonlyMap<string, Name>, top: Block): VariableSymbol[] {
    return params.map((param) => {
      const { uses } = names.get(param.name.text)!;
      return this.add(
        'parameter',
        param.name.text,
        { uses, declaredAt: undefined, hoistedBefore: undefined, closure: top },
        { param },
      );
    });
  }

  shared(name: Name, top: Block, body: readonly Stmt[], leading: number, initial: Expr | undefined): VariableSymbol {
    const first = name.uses.find((use) => use.block === top && use.write === 'assignment' && use.index < leading);
    const statement = first && body[first.index];
    const declaredAt = statement?.kind === 'Assign' && statement.target === first?.node ? first.node : undefined;
    return this.add(
      'shared',
      name.text,
      { uses: name.uses, declaredAt, hoistedBefore: undefined, closure: top },
      { initial },
    );
  }

  locals(walk: UnitWalk): void {
    const names = new Set(walk.uses.map((use) => use.name).filter(({ kind }) => kind === 'local' || kind === 'loop'));
    const byName = new Map<Name, VariableSymbol[]>();
    const read = listsThatAreRead(walk);
    const listedIn = new Map(
      walk.fanOuts.flatMap(({ body, collected }) =>
        collected.filter(({ outer }) => read.has(outer)).map(({ inner }) => [inner, body]),
      ),
    );
    const partial = new Set(
      walk.fanOuts.flatMap(({ collected }) =>
        collected.filter(({ outer, certain }) => !certain && read.has(outer)).map(({ inner }) => inner),
      ),
    );
    for (const name of names) {
      const body = listedIn.get(name);
      const places: Place[] =
        name.kind === 'loop'
          ? [{ uses: name.uses, declaredAt: undefined, hoistedBefore: undefined, closure: name.uses[0]!.block.closure }]
          : body
            ? [singlePlace(name, body)]
            : placesOf(name, walk.top);
      byName.set(
        name,
        places.map((place) => this.add(name.kind, name.text, place, { partial: partial.has(name) })),
      );
    }
    for (const { loop, collected, within } of walk.fanOuts) {
      const lists = collected
        .filter(({ outer }) => read.has(outer))
        .map(({ inner, outer, certain }): CollectedList => {
          const place = listPlace(outer.uses, within, listedIn.get(outer));
          const list = this.add('collected', outer.text, place, {
            assignedInClosure: place.closure !== within.closure,
            partial: partial.has(outer),
          });
          byName.set(outer, [list]);
          return { inner: byName.get(inner)![0]!, outer: list, partial: !certain };
        });
      this.collected.push({ loop, lists });
    }
  }

  private add(
    role: VariableSymbol['role'],
    name: string,
    { uses, declaredAt, hoistedBefore, closure }: Place,
    { param, initial, partial = false, assignedInClosure = false }: Details = {},
  ): VariableSymbol {
    const writes = uses.filter((use) => use.write);
    const own = role === 'parameter' || role === 'collected' || initial ? 0 : 1;
    const symbol: VariableSymbol = {
      name,
      role,
      param,
      uses,
      declaredAt,
      hoistedBefore,
      reassigned: writes.length > own,
      assignedInClosure: assignedInClosure || writes.some((use) => use.block.closure !== closure),
      proven: !partial && uses.every((use) => use.write !== undefined || use.proven || this.held.has(use)),
      initial,
    };
    this.all.push(symbol);
    for (const use of uses) this.ofName.set(use.node, symbol);
    return symbol;
  }
}
