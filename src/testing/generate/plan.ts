/** What a program defines, before its bodies are written: everything that they may call. */
import { isBuiltInType } from '../../types/heads.js';
import type { Choices } from './choices.js';
import { externsOf, functionsOf } from './plan-functions.js';
import { nexusCalls, planServices } from './plan-nexus.js';
import type { HiddenFunction, Variable } from './place.js';
import { anyName, definitionName, freeName, typeName } from './names.js';
import { planTopology, type PlannedTopology } from './topology.js';
import {
  anyRecords,
  anyScalar,
  anyType,
  type HiddenRecord,
  type HiddenType,
  qualified,
  qualifiedRecord,
  scalar,
} from './types.js';

export interface HiddenParam extends Variable {
  /** Its type is written down. */
  readonly annotated: boolean;
  /** What it is where a call leaves it out. */
  readonly default?: string;
}

export interface Callable {
  readonly kind: 'activity' | 'workflow' | 'nexus';
  readonly name: string;
  readonly params: readonly HiddenParam[];
  readonly result: HiddenType | undefined;
  readonly resultAnnotated: boolean;
  /** Of a Nexus call: the name of the endpoint. */
  readonly endpoint?: string;
  /** Of a Nexus call: the service that it may name. */
  readonly service?: string;
  /** It is declared, and defined elsewhere. */
  readonly isExtern?: boolean;
}

/** What a workflow can be told and asked. */
export interface HiddenMessage {
  readonly kind: 'signal' | 'query' | 'update';
  readonly name: string;
  readonly params: readonly HiddenParam[];
  readonly result: HiddenType | undefined;
  readonly resultAnnotated: boolean;
  /** Its handler reads what the body only learns later: the body must not wait for it. */
  readonly held: boolean;
}

export interface PlannedWorkflow extends Callable {
  readonly kind: 'workflow';
  readonly messages: readonly HiddenMessage[];
}

export interface PlannedActivity extends Callable {
  readonly kind: 'activity';
  readonly isContract: boolean;
}

export interface PlannedOperation extends Callable {
  /** What its body does; a contract has none, and the workflow of `async` needs none. */
  readonly does: 'nothing' | 'start' | 'give' | 'async';
  /** Workflows that may stand behind it. */
  readonly behind: readonly PlannedWorkflow[];
}

export interface PlannedService {
  readonly name: string;
  readonly operations: readonly PlannedOperation[];
  /** Those that the program defines. */
  readonly endpoints: readonly string[];
}

/** Another name of a type. */
export interface HiddenAlias {
  readonly name: string;
  readonly type: HiddenType;
}

export interface Plan {
  readonly records: readonly HiddenRecord[];
  readonly activities: readonly PlannedActivity[];
  readonly workflows: readonly PlannedWorkflow[];
  readonly services: readonly PlannedService[];
  /** Everything that can be called by way of Nexus. */
  readonly nexus: readonly Callable[];
  /** What activities and operations call, and nobody defines. */
  readonly functions: readonly HiddenFunction[];
  /** What everything calls, and TypeScript defines. */
  readonly externs: readonly HiddenFunction[];
  readonly aliases: readonly HiddenAlias[];
  /** What other packages define. */
  readonly packages: readonly PlannedPackage[];
  /** What of theirs is called here. */
  readonly imported: readonly (PlannedActivity | PlannedWorkflow)[];
  /** Undefined where the program does not say what workers there are. */
  readonly topology: PlannedTopology | undefined;
}

export interface PlannedPackage {
  /** What the main package calls it. */
  readonly alias: string | undefined;
  readonly name: string;
  readonly plan: Plan;
}

/** Names of what workflows and activities are to Temporal, in all packages. */
interface WireNames {
  readonly activities: Set<string>;
  readonly workflows: Set<string>;
}

/** @param annotations how many of a hundred parameters and results are written down */
export function planProgram(choices: Choices, annotations: number): Plan {
  const names = { activities: new Set<string>(), workflows: new Set<string>() };
  const packages = choices.chance(20) ? [planPackage(choices, names)] : [];
  return planOwn(choices, annotations, names, packages);
}

function planPackage(choices: Choices, names: WireNames): PlannedPackage {
  const name = choices.pick(['billing', 'orders', 'types']);
  const alias = choices.chance(40) ? choices.pick(['pay', 'order', 'delete']) : undefined;
  return { name, alias, plan: planOwn(choices, 80, names, undefined) };
}

/** What of a package can be called by who only knows what is written down there. */
function importedFrom({ alias, name, plan }: PlannedPackage) {
  const origin = alias ?? name;
  const known = new Map<HiddenRecord, HiddenRecord>();
  const param = (one: HiddenParam): HiddenParam => ({ ...one, type: qualified(one.type, origin, known) });
  const called = <C extends PlannedActivity | PlannedWorkflow>(one: C): C => ({
    ...one,
    name: `${origin}.${one.name}`,
    params: one.params.map(param),
    result: one.result && qualified(one.result, origin, known),
  });
  const isWritten = ({ params, result, resultAnnotated }: Callable) =>
    params.every(({ annotated }) => annotated) && (resultAnnotated || !result);
  const workflows = plan.workflows.filter(isWritten).map((one) => {
    const messages = one.messages.map((message) => ({ ...message, params: message.params.map(param) }));
    return { ...called(one), messages };
  });
  return {
    callables: [...plan.activities.filter(isWritten).map(called), ...workflows],
    records: plan.records
      .filter(({ declared, isImported }) => declared && !isImported)
      .map((one) => qualifiedRecord(one, origin, known)),
  };
}

/** @param packages undefined in a package of which others are told */
function planOwn(
  choices: Choices,
  annotations: number,
  { activities: activityNames, workflows: workflowNames }: WireNames,
  packages: readonly PlannedPackage[] | undefined,
): Plan {
  const typeNames = new Set<string>();
  const imported = (packages ?? []).map(importedFrom);
  const records = [
    ...anyRecords(choices, typeNames, packages !== undefined),
    ...imported.flatMap((one) => one.records),
  ];
  const annotated = () => choices.below(100) < annotations;
  const params = (most: number, always = false): HiddenParam[] => {
    const names = new Set<string>();
    const list = choices.list(0, most, () => {
      const written = always || annotated();
      const type = anyType(choices, records, written);
      return { name: freeName(choices, names), type, annotated: written || type.kind === 'optional' };
    });
    return withDefaults(choices, list);
  };
  const result = (always = false): Pick<Callable, 'result' | 'resultAnnotated'> => {
    if (choices.chance(30)) return { result: undefined, resultAnnotated: false };
    const written = always || annotated();
    return { result: anyType(choices, records, written), resultAnnotated: written };
  };

  const activities = choices.list(1, 5, (): PlannedActivity => {
    const name = freeName(choices, activityNames, definitionName);
    const isContract = choices.chance(25);
    if (choices.chance(8)) return bytesActivity(name, isContract);
    if (choices.chance(8)) return tupleActivity(choices, records, name);
    const isExtern = choices.chance(8);
    const own = result(isExtern);
    const resultAnnotated = own.resultAnnotated || (isContract && own.result !== undefined);
    const given = isExtern ? params(3, true).map(withoutDefault) : params(3);
    return { kind: 'activity', name, params: given, result: own.result, resultAnnotated, isContract, isExtern };
  });
  const workflows = choices.list(1, 4, (at): PlannedWorkflow => {
    const name = freeName(choices, workflowNames, definitionName);
    if (at > 0 && choices.chance(10)) {
      const given = params(3, true).map(withoutDefault);
      return { kind: 'workflow', name, params: given, ...result(true), messages: [], isExtern: true };
    }
    const messages = choices.chance(60) ? messagesOf(choices, records) : [];
    return { kind: 'workflow', name, params: params(3), ...result(), messages };
  });
  const offered = packages && choices.chance(60) ? planServices(choices, records, workflows) : [];
  const placed = packages && choices.chance(50) ? planTopology(choices, offered) : undefined;
  const services = placed?.services ?? offered;
  const contracts = activities.flatMap(({ isContract, isExtern, result: given, name }) =>
    isContract || isExtern || given?.kind === 'tuple' ? [name] : [],
  );
  return {
    records,
    activities,
    workflows,
    services,
    nexus: packages ? nexusCalls(choices, records, workflows, services) : [],
    functions: functionsOf(choices, records, contracts),
    externs: packages && choices.chance(30) ? externsOf(choices, records) : [],
    aliases: choices.chance(30) ? aliasesOf(choices, records, typeNames) : [],
    packages: packages ?? [],
    imported: imported.flatMap((one) => one.callables),
    topology: placed?.topology,
  };
}

const constants: Readonly<Record<string, readonly string[]>> = {
  bool: ['false', 'true'],
  int: ['0', '-3'],
  float: ['0.5', '2'],
  decimal: ['0.10', '12'],
  string: ['"new"', '""'],
  duration: ['5m', '0s'],
};

/** Parameters the last of which may be left out by calls. */
function withDefaults(choices: Choices, params: readonly HiddenParam[]): HiddenParam[] {
  const [last] = params.slice(-1);
  if (!last?.annotated || !choices.chance(20)) return [...params];
  const { type } = last;
  const ways =
    type.kind === 'enum'
      ? type.record.members!.map((one) => `"${one}"`)
      : type.kind === 'optional'
        ? ['null']
        : constants[type.kind];
  return ways ? [...params.slice(0, -1), { ...last, default: choices.pick(ways) }] : [...params];
}

export function withoutDefault({ name, type, annotated }: HiddenParam): HiddenParam {
  return { name, type, annotated };
}

function aliasesOf(choices: Choices, records: readonly HiddenRecord[], taken: Set<string>): HiddenAlias[] {
  return choices.list(1, 2, () => {
    const name = freeName(choices, taken, typeName);
    const free = isBuiltInType(name) ? freeName(choices, taken, () => `${name}s`) : name;
    return { name: free, type: anyType(choices, records, true) };
  });
}

function bytesActivity(name: string, isContract: boolean): PlannedActivity {
  const data = { name: 'data', type: scalar('bytes'), annotated: true };
  return { kind: 'activity', name, params: [data], result: scalar('bytes'), resultAnnotated: true, isContract };
}

function tupleActivity(choices: Choices, records: readonly HiddenRecord[], name: string): PlannedActivity {
  const items = [anyScalar(choices), anyType(choices, records, true)];
  return {
    kind: 'activity',
    name,
    params: [],
    result: { kind: 'tuple', items },
    resultAnnotated: true,
    isContract: true,
  };
}

function messagesOf(choices: Choices, records: readonly HiddenRecord[]): HiddenMessage[] {
  const names = { signal: new Set<string>(), query: new Set<string>(), update: new Set<string>() };
  return choices.list(1, 4, () => {
    const kind = choices.pick(['signal', 'update', 'query', 'signal'] as const);
    const own = new Set<string>();
    const name = freeName(choices, names[kind], choices.chance(50) ? anyName : definitionName);
    const params = choices.list(0, 2, () => ({
      name: freeName(choices, own),
      type: anyType(choices, records, true),
      annotated: true,
    }));
    const gives = kind === 'query' || (kind === 'update' && choices.chance(70));
    const result = gives ? anyType(choices, records, false) : undefined;
    return { kind, name, params, result, resultAnnotated: gives, held: choices.chance(25) };
  });
}
