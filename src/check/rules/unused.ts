/** What a program says and nothing uses: values that nobody reads, definitions that nobody names. */
import type { VariableSymbol } from '../../symbols/variable.js';
import type { Places } from '../places.js';
import type { Typed } from '../verify/typed.js';

export function unused(typed: Typed, places: Places): void {
  variables(typed);
  definitions(typed, places);
}

/** A handle that nobody reads is somebody else's matter (handles.ts); of unread parameters nothing is said. */
function variables(typed: Typed): void {
  const { model } = typed;
  for (const [definition, { all, collected, incomplete }] of model.variables) {
    if (incomplete) continue;
    const lists = new Map(collected.flatMap((one) => one.lists.map(({ inner, outer }) => [inner, outer] as const)));
    const { file } = model.signatures.get(definition)!;
    for (const variable of all) {
      const [write] = variable.uses;
      if (!write || !isOwn(variable) || isRead(variable, lists) || isHandle(typed, variable)) continue;
      const { name } = variable;
      const [code, hint] =
        write.write === 'binding'
          ? (['TWF750', `Leave out \`${name}\`, or use it.`] as const)
          : (['TWF751', `Remove the assignment, or use \`${name}\`.`] as const);
      model.report(file, code, write.node.span, { name }, { hint });
    }
  }
}

/** The list that a fan-out makes has the name of its items, and is judged by them. */
function isOwn({ name, role }: VariableSymbol): boolean {
  return (role === 'local' || role === 'shared') && !name.startsWith('_');
}

/** @param lists what the values of a fan-out are gathered in */
function isRead(variable: VariableSymbol, lists: ReadonlyMap<VariableSymbol, VariableSymbol>): boolean {
  const list = lists.get(variable);
  return variable.uses.some(({ write }) => !write) || (list !== undefined && isRead(list, lists));
}

function isHandle(typed: Typed, { uses }: VariableSymbol): boolean {
  const variable = typed.model.ofName.get(uses[0]!.node);
  return variable !== undefined && typed.typeOf(typed.model.variableSlots.get(variable)!).kind === 'handle';
}

/** Whoever starts a workflow, or calls a service, may be outside of the program; what the program alone can use is not. */
const usedInside = {
  Activity: 'activity',
  RecordDef: 'type',
  AliasDef: 'type',
  EnumDef: 'type',
  ExternFunction: 'extern function',
} as const;

function definitions({ model }: Typed, { runs }: Places): void {
  const { activities, types, functions, fileOf, workflows } = model.definitions;
  if (workflows.size === 0) return;
  const { used } = model.callees;
  const listed = new Set([...runs.values()].flatMap((one) => [...one.activities]));
  const called = new Set([...model.functions.values()].flatMap((one) => (one.kind === 'extern' ? one.definition : [])));
  const unused = [
    ...without(activities, (_, one) => used.has(one) || listed.has(one)),
    ...without(types, (key) => model.namedTypes.has(key)),
    ...without(functions, (_, one) => called.has(one)),
  ];
  for (const definition of unused) {
    const { name } = definition;
    const what = usedInside[definition.kind];
    model.report(fileOf.get(definition)!, 'TWF752', name.span, { what, name: name.text });
  }
}

function without<T>(all: ReadonlyMap<string, T>, isUsed: (key: string, one: T) => boolean): T[] {
  return [...all].flatMap(([key, one]) => (isUsed(key, one) ? [] : [one]));
}
