/**
 * The variables of a definition. A name that only one unit uses belongs to it; one that a unit reads without having
 * assigned it, or that a handler assigns and the body reads, is shared by the whole workflow
 * (grammar/README.md, "Variables").
 */
import type { Expr, Handler, NameExpr, StateEntry, Stmt, TypeExpr } from '../syntax/ast.js';
import { walk as walkTree } from '../syntax/visit.js';
import { namesIn, type Use, writesIn, writtenBy } from './blocks.js';
import type { EnumMembers } from './enums.js';
import { handlerOf } from './messages.js';
import { type Name, Names, NameSet } from './name-set.js';
import { written } from './presence.js';
import { UnitWalk } from './unit.js';
import { Declarations } from './declarations.js';
import { firstWrites, initialAssignments, isConstant, leadingAssignments, statementsOf } from './first-assignments.js';
import { paramNames, sharedNames } from './shared-names.js';
import type { Deadlock, Definition, DefinitionVariables, HandlerVariables, VariableSymbol } from './variable.js';

/** What the types that a program declares mean for its variables. */
export interface DeclaredTypes {
  readonly enums: readonly EnumMembers[];
  /** Whether a type, by whatever name, is one of what may be missing. */
  mayBeNull(type: TypeExpr): boolean;
}

/** @param ofName gets the variable behind every name of the definition */
export function variablesOf(
  definition: Definition,
  ofName: Map<NameExpr, VariableSymbol>,
  types: DeclaredTypes,
): DefinitionVariables {
  const handlers = definition.kind === 'Workflow' ? definition.handlers : [];
  const shares = handlers.length > 0 || (definition.kind === 'Workflow' && definition.state.length > 0);
  return shares ? ofUnits(definition, handlers, ofName, types) : ofOneUnit(definition, ofName, types.enums);
}

/** A body without handlers shares nothing. */
function ofOneUnit(
  { kind, params, body = [] }: Definition,
  ofName: Map<NameExpr, VariableSymbol>,
  enums: readonly EnumMembers[],
): DefinitionVariables {
  const names = new Names();
  const outer = paramNames(names, params);
  const inActivity = kind === 'Activity';
  const walk = new UnitWalk({
    names,
    statements: body,
    outer,
    assigned: NameSet.of(outer.values()),
    inActivity,
    enums,
  });
  const declarations = new Declarations(new Set(), ofName);
  const own = declarations.params(params, outer, walk.top);
  declarations.locals(walk);
  return {
    walk,
    params: own,
    all: declarations.all,
    shared: [],
    state: [],
    handlers: noHandlers,
    collected: declarations.collected,
    leading: 0,
    ambiguous: [],
    deadlocks: [],
    incomplete: walk.incomplete,
  };
}

const noHandlers: DefinitionVariables['handlers'] = new Map();

function ofUnits(
  definition: Definition,
  handlers: readonly Handler[],
  ofName: Map<NameExpr, VariableSymbol>,
  { enums, mayBeNull }: DeclaredTypes,
): DefinitionVariables {
  const entries = definition.kind === 'Workflow' ? definition.state : [];
  const statements = statementsOf(definition);
  const initials = initialAssignments(entries).length;
  const leading = initials + leadingAssignments(definition.body ?? []);
  const names = new Names();
  const params = paramNames(names, definition.params);
  const { texts, bySetting } = sharedNames({ definition, statements, handlers, entries, enums });
  const shared = texts.map((text) => names.make(text, 'shared'));
  const outer = new Map([...shared, ...params.values()].map((one) => [one.text, one]));
  const entryOf = new Map(entries.map((entry) => [outer.get(entry.name.text), entry]));

  const known = new Set(params.values());
  const initial = new Map<Name, Expr>();
  for (const [name, entry] of entryOf) {
    const value = name && valueFromStart(entry, mayBeNull);
    if (value) initial.set(name, value);
  }
  const firsts = firstWrites(statements);
  for (const name of shared) {
    const first = firsts.get(name.text);
    if (initial.has(name)) continue;
    if (first && first.index < leading) known.add(name);
    else if (first && isConstant(first.value) && !entryOf.has(name)) initial.set(name, first.value);
  }
  const early = NameSet.of(known).with(initial.keys());

  const byHandlers = handlers.flatMap(({ body }) => writtenBy(body));
  const byAll = written([...byHandlers, ...writtenBy(statements)]);
  const settled = (condition: Name) =>
    NameSet.of((bySetting.get(condition.text) ?? []).flatMap((text) => outer.get(text) ?? []));
  const handlerWalks = new Map<Handler, { walk: UnitWalk; params: Map<string, Name> }>();
  for (const handler of handlers) {
    const own = paramNames(names, handler.params);
    const walk = new UnitWalk({
      names,
      statements: handler.body,
      outer,
      own,
      assigned: early.with(own.values()),
      bySetting: settled,
      meanwhile: byAll,
      enums,
    });
    handlerWalks.set(handler, { walk, params: own });
  }
  const walk = new UnitWalk({
    names,
    statements,
    outer,
    assigned: NameSet.of(params.values()).with(initial.keys()),
    assignedBy: (operand) => handlerWalks.get(handlerOf(operand, handlers)!)?.walk.atEveryEnd ?? NameSet.none,
    bySetting: settled,
    meanwhile: written(byHandlers),
    enums,
  });

  const filledIn = parametersFilledIn(params, statements);
  const held = new Map<Handler, readonly Use[]>();
  for (const [handler, { walk: own }] of handlerWalks) {
    const parts = handler.kind === 'QueryHandler' ? new Set<Expr>() : takenApart(handler);
    const tooEarly = own.uses.filter(
      ({ write, proven, name, node }) =>
        (!write && !proven && name.kind === 'shared') || (filledIn.has(name) && parts.has(node)),
    );
    const asks = tooEarly.some(({ node }) => comparesWithNull(handler.body, node.text));
    held.set(handler, asks ? [] : tooEarly);
  }
  const declarations = new Declarations(new Set([...held.values()].flat()), ofName);
  const paramVariables = declarations.params(definition.params, params, walk.top);
  const sharedVariables = shared.map((name) =>
    declarations.shared(name, walk.top, statements, leading, { initial: initial.get(name), entry: entryOf.get(name) }),
  );
  declarations.locals(walk);
  const handlerVariables = new Map<Handler, HandlerVariables>();
  for (const [handler, { walk: own, params: names }] of handlerWalks) {
    const ownParams = declarations.params(handler.params, names, own.top);
    declarations.locals(own);
    const holdsFor = [...new Set(held.get(handler)!.map(({ node }) => declarations.ofName.get(node)!))];
    handlerVariables.set(handler, { walk: own, params: ownParams, holdsFor });
  }
  const units = [...handlerWalks.values()].map((one) => one.walk);
  return {
    walk,
    params: paramVariables,
    all: declarations.all,
    shared: sharedVariables,
    state: sharedVariables.filter(({ entry }) => entry),
    handlers: handlerVariables,
    collected: declarations.collected,
    leading: leading - initials,
    ambiguous: ambiguousNames(walk, units),
    deadlocks: deadlocksOf(walk, handlers, units, held),
    incomplete: [walk, ...units].some((one) => one.incomplete),
  };
}

/** What a name of the state has before anything runs: a condition is not set, and what may be missing is. */
function valueFromStart(entry: StateEntry, mayBeNull: DeclaredTypes['mayBeNull']): Expr | undefined {
  const { span } = entry.name;
  if (entry.kind === 'Condition') return { kind: 'Bool', span, value: false };
  return !entry.initial && entry.type && mayBeNull(entry.type) ? { kind: 'Null', span } : undefined;
}

/** Parameters that the body fills in where they are missing: until then, there is nothing to read a field of. */
function parametersFilledIn(params: ReadonlyMap<string, Name>, body: readonly Stmt[]): ReadonlySet<Name> {
  const assigned = writesIn(body);
  return new Set([...params.values()].filter(({ text }) => assigned.has(text) && comparesWithNull(body, text)));
}

/** What a handler reads or assigns a field of. */
function takenApart(handler: Handler): ReadonlySet<Expr> {
  const found = new Set<Expr>();
  walkTree(handler, { enter: (node) => void (node.kind === 'Field' && found.add(node.of)) });
  return found;
}

function ambiguousNames(body: UnitWalk, handlers: readonly UnitWalk[]): DefinitionVariables['ambiguous'] {
  return handlers.flatMap((handler) =>
    [...handler.scopes.own.values()].flatMap((name) => {
      const uses = body.scopes.own.get(name.text)?.uses ?? [];
      const inBody = uses.find((use) => use.write);
      const use = name.uses.find(({ write }) => write === 'binding');
      const onlyBound = name.uses.every(({ write }) => write !== 'assignment');
      return inBody && uses.some(({ write }) => !write) && use && onlyBound ? [{ use, inBody }] : [];
    }),
  );
}

function deadlocksOf(
  { arrivalWaits }: UnitWalk,
  handlers: readonly Handler[],
  walks: readonly UnitWalk[],
  held: ReadonlyMap<Handler, readonly Use[]>,
): Deadlock[] {
  const byHandlers = new Set(walks.flatMap(({ uses }) => uses.flatMap(({ name, write }) => (write ? [name] : []))));
  return arrivalWaits.flatMap(({ wait, assigned }) => {
    const handler = handlerOf(wait, handlers);
    const read = handler && held.get(handler)!.find(({ name }) => !assigned.has(name) && !byHandlers.has(name));
    return handler && read ? [{ wait, handler, name: read.node.text }] : [];
  });
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
