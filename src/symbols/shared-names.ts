/** Which names the units of a workflow share, and what its conditions say of them when they are set. */
import type { Handler, Param, StateEntry, Stmt } from '../syntax/ast.js';
import { addTo } from '../group.js';
import type { EnumMembers } from './enums.js';
import { type Name, Names, NameSet } from './name-set.js';
import { UnitWalk } from './unit.js';
import type { Definition } from './variable.js';

export function paramNames(names: Names, params: readonly Param[]): Map<string, Name> {
  return new Map(params.map(({ name }) => [name.text, names.make(name.text, 'parameter')]));
}

interface Units {
  readonly definition: Definition;
  readonly statements: readonly Stmt[];
  readonly handlers: readonly Handler[];
  readonly entries: readonly StateEntry[];
  readonly enums: readonly EnumMembers[];
}

interface SharedNames {
  /** Those of the state come first, in their order. */
  readonly texts: readonly string[];
  /** By the name of a condition: what every unit that sets it has assigned by then. */
  readonly bySetting: ReadonlyMap<string, readonly string[]>;
}

/** Walks each unit by itself: what it reads and has not assigned comes from elsewhere. */
export function sharedNames({ definition, statements, handlers, entries, enums }: Units): SharedNames {
  const names = new Names();
  const params = paramNames(names, definition.params);
  const declared = [...new Set(entries.map(({ name }) => name.text))].filter((text) => !params.has(text));
  const outer = new Map([...params, ...declared.map((text) => [text, names.make(text, 'shared')] as const)]);
  const alone = (body: readonly Stmt[], own: ReadonlyMap<string, Name>) => {
    const assigned = NameSet.of(params.values()).with(own.values());
    return new UnitWalk({ names, statements: body, outer, own, assigned, enums });
  };
  const main = alone(statements, new Map());
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
  const found = [...using].filter(([text, ofText]) => {
    if (ofText.length < 2) return false;
    if (ofText.some((unit) => unproven(unit, text))) return true;
    const bodyReads = main.scopes.own.get(text)?.uses.some((use) => !use.write) ?? false;
    return bodyReads && changing.some((unit) => assignedBy(unit, text));
  });
  return { texts: [...declared, ...found.map(([text]) => text)], bySetting: assignedAtSettings(units) };
}

/** Of each condition, the names that every line which sets it finds assigned. */
function assignedAtSettings(units: readonly UnitWalk[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { settings, scopes } of units) {
    const names = [...scopes.all()];
    for (const { statement, assigned } of settings) {
      const { text } = statement.condition;
      const texts = names.filter((name) => assigned.has(name)).map((name) => name.text);
      found.set(text, found.get(text)?.filter((one) => texts.includes(one)) ?? texts);
    }
  }
  return found;
}
