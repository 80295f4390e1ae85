/**
 * The variables of a definition. A name that only one unit uses belongs to it; one that a unit reads without having
 * assigned it, or that a handler assigns and the body reads, is shared by the whole workflow
 * (grammar/README.md, "Variables").
 */
import type { Expr, Handler, NameExpr, Param, Stmt } from '../syntax/ast.js';
import { addTo } from '../group.js';
import { namesIn, type Use, writtenBy } from './blocks.js';
import type { EnumMembers } from './enums.js';
import { handlerOf } from './messages.js';
import { type Name, Names, NameSet } from './name-set.js';
import { written } from './presence.js';
import { UnitWalk } from './unit.js';
import { Declarations } from './declarations.js';
import { firstWrites, isConstant, leadingAssignments } from './first-assignments.js';
import type { Deadlock, Definition, DefinitionVariables, HandlerVariables, VariableSymbol } from './variable.js';

/**
 * @param ofName gets the variable behind every name of the definition
 * @param enums all of the program
 */
export function variablesOf(
  definition: Definition,
  ofName: Map<NameExpr, VariableSymbol>,
  enums: readonly EnumMembers[],
): DefinitionVariables {
  const handlers = definition.kind === 'Workflow' ? definition.handlers : [];
  return handlers.length > 0 ? ofUnits(definition, handlers, ofName, enums) : ofOneUnit(definition, ofName, enums);
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
  enums: readonly EnumMembers[],
): DefinitionVariables {
  const statements = definition.body ?? [];
  const leading = leadingAssignments(statements);
  const names = new Names();
  const params = paramNames(names, definition.params);
  const outer = new Map(
    [...params.values(), ...sharedNames(names, statements, handlers, params, enums)].map((one) => [one.text, one]),
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
  const byAll = written([...byHandlers, ...writtenBy(statements)]);
  const handlerWalks = new Map<Handler, { walk: UnitWalk; params: Map<string, Name> }>();
  for (const handler of handlers) {
    const own = paramNames(names, handler.params);
    const walk = new UnitWalk({
      names,
      statements: handler.body,
      outer,
      own,
      assigned: early.with(own.values()),
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
    meanwhile: written(byHandlers),
    enums,
  });

  const held = new Map<Handler, readonly Use[]>();
  for (const [handler, { walk: own }] of handlerWalks) {
    const tooEarly = own.uses.filter((use) => !use.write && !use.proven && use.name.kind === 'shared');
    const asks = tooEarly.some(({ node }) => comparesWithNull(handler.body, node.text));
    held.set(handler, asks ? [] : tooEarly);
  }
  const declarations = new Declarations(new Set([...held.values()].flat()), ofName);
  const paramVariables = declarations.params(definition.params, params, walk.top);
  const sharedVariables = shared.map((name) =>
    declarations.shared(name, walk.top, statements, leading, initial.get(name)),
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
    handlers: handlerVariables,
    collected: declarations.collected,
    leading,
    ambiguous: ambiguousNames(walk, units),
    deadlocks: deadlocksOf(walk, handlers, units, held),
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
  handlers: readonly Handler[],
  params: ReadonlyMap<string, Name>,
  enums: readonly EnumMembers[],
): readonly Name[] {
  const alone = (statements: readonly Stmt[], own: ReadonlyMap<string, Name>) =>
    new UnitWalk({
      names,
      statements,
      outer: params,
      own,
      assigned: NameSet.of(params.values()).with(own.values()),
      enums,
    });
  const main = alone(body, new Map());
  const ofHandlers = handlers.map((handler) => alone(handler.body, paramNames(names, handler.params)));
  const units = [main, ...ofHandlers];
  // What a query assigns is its own: it changes nothing of the workflow.
  const changing = ofHandlers.filter((_, i) => handlers[i]!.kind !== 'QueryHandler');
  const unproven = (unit: UnitWalk, text: string) =>
    unit.scopes.own.get(text)?.uses.some((use) => !use.write && !use.proven) ?? false;
  const assignedBy = (unit: UnitWalk, text: string) =>
    unit.scopes.own.get(text)?.uses.some((use) => use.write === 'assignment') ?? false;
  const using = new Map<string, UnitWalk[]>();
  for (const unit of units) {
    for (const text of unit.scopes.own.keys()) addTo(using, text, unit);
  }
  return [...using]
    .filter(([text, ofText]) => {
      if (ofText.length < 2) return false;
      if (ofText.some((unit) => unproven(unit, text))) return true;
      const bodyReads = main.scopes.own.get(text)?.uses.some((use) => !use.write) ?? false;
      return bodyReads && changing.some((unit) => assignedBy(unit, text));
    })
    .map(([text]) => names.make(text, 'shared'));
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
