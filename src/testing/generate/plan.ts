/** What a program defines, before its bodies are written: everything that they may call. */
import type { Choices } from './choices.js';
import type { HiddenFunction, Variable } from './place.js';
import { anyName, definitionName, freeName } from './names.js';
import { anyRecords, anyScalar, anyType, type HiddenRecord, type HiddenType, same, scalar } from './types.js';

export interface HiddenParam extends Variable {
  /** Its type is written down. */
  readonly annotated: boolean;
}

export interface Callable {
  readonly kind: 'activity' | 'workflow' | 'nexus';
  readonly name: string;
  readonly params: readonly HiddenParam[];
  readonly result: HiddenType | undefined;
  readonly resultAnnotated: boolean;
  /** Of a Nexus call: what stands between its quotes. */
  readonly endpoint?: string;
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

export interface PlannedService {
  readonly name: string;
  readonly operations: readonly Callable[];
  readonly endpoints: readonly string[];
}

export interface Plan {
  readonly records: readonly HiddenRecord[];
  readonly activities: readonly PlannedActivity[];
  readonly workflows: readonly PlannedWorkflow[];
  readonly services: readonly PlannedService[];
  /** Everything that can be called by way of Nexus. */
  readonly nexus: readonly Callable[];
  readonly functions: readonly HiddenFunction[];
}

/** @param annotations how many of a hundred parameters and results are written down */
export function planProgram(choices: Choices, annotations: number): Plan {
  const records = anyRecords(choices, new Set());
  const annotated = () => choices.below(100) < annotations;
  const params = (most: number): HiddenParam[] => {
    const names = new Set<string>();
    return choices.list(0, most, () => {
      const written = annotated();
      const type = anyType(choices, records, written);
      return { name: freeName(choices, names), type, annotated: written || type.kind === 'optional' };
    });
  };
  const result = (): Pick<Callable, 'result' | 'resultAnnotated'> => {
    if (choices.chance(30)) return { result: undefined, resultAnnotated: false };
    const written = annotated();
    return { result: anyType(choices, records, written), resultAnnotated: written };
  };

  const activityNames = new Set<string>();
  const activities = choices.list(1, 5, (): PlannedActivity => {
    const name = freeName(choices, activityNames, definitionName);
    const isContract = choices.chance(25);
    if (choices.chance(8)) return bytesActivity(name, isContract);
    if (choices.chance(8)) return tupleActivity(choices, records, name);
    const own = result();
    const resultAnnotated = own.resultAnnotated || (isContract && own.result !== undefined);
    return { kind: 'activity', name, params: params(3), result: own.result, resultAnnotated, isContract };
  });
  const workflowNames = new Set<string>();
  const workflows = choices.list(1, 4, (): PlannedWorkflow => {
    const name = freeName(choices, workflowNames, definitionName);
    const messages = choices.chance(60) ? messagesOf(choices, records) : [];
    return { kind: 'workflow', name, params: params(3), ...result(), messages };
  });
  const services = choices.chance(40) ? planServices(choices, records, workflows) : [];
  const nexus = [
    ...services.flatMap(callsOf),
    ...implicitCalls(choices, workflows, services),
    ...externalCalls(choices, records, [...workflows, ...services.flatMap(({ operations }) => operations)]),
  ];
  const contracts = activities.flatMap(({ isContract, result, name }) =>
    isContract || result?.kind === 'tuple' ? [name] : [],
  );
  return { records, activities, workflows, services, nexus, functions: functionsOf(choices, records, contracts) };
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

// --- Nexus

const identifier = /^[a-zA-Z][a-zA-Z0-9]*$/;

function planServices(
  choices: Choices,
  records: readonly HiddenRecord[],
  workflows: readonly PlannedWorkflow[],
): PlannedService[] {
  const names = new Set<string>();
  const endpoints = new Set<string>();
  const operations = new Set<string>();
  return choices.list(1, 2, () => {
    const name = freeName(choices, names, definitionName);
    const own = choices.list(1, 3, (): Callable => {
      const params = choices.list(0, 3, (index) => ({
        name: choices.pick(['id', 'order', 'ctx', 'input', 'delete', 'value', 'run'].slice(index, index + 4)),
        type: anyType(choices, records, true),
        annotated: true,
      }));
      const distinct = params.filter((one, at) => params.findIndex((other) => other.name === one.name) === at);
      const alike = choices.chance(70) && workflows.length > 0 ? choices.pick(workflows) : undefined;
      const result = alike ? (alike.resultAnnotated ? alike.result : undefined) : anyScalar(choices);
      return {
        kind: 'nexus',
        name: freeName(choices, operations, definitionName),
        params: distinct,
        result,
        resultAnnotated: result !== undefined,
      };
    });
    const open = choices.list(0, 2, () => {
      const text = freeName(choices, endpoints, definitionName);
      return identifier.test(text) && text.length > 1 ? text : `Endpoint${endpoints.size}`;
    });
    return { name, operations: own, endpoints: [...new Set(open)] };
  });
}

function callsOf({ operations, endpoints }: PlannedService): Callable[] {
  return endpoints.flatMap((endpoint) => operations.map((one) => ({ ...one, endpoint })));
}

/** Workflows that are called by way of an endpoint that nobody declares. */
function implicitCalls(
  choices: Choices,
  workflows: readonly PlannedWorkflow[],
  services: readonly PlannedService[],
): Callable[] {
  const operations = new Set(services.flatMap((one) => one.operations.map(({ name }) => name)));
  const endpoints = ['shipping', 'my-endpoint', 'run-2', 'default-4'];
  return workflows.flatMap(({ name, params, result, resultAnnotated }): Callable[] =>
    operations.has(name) || result?.kind === 'tuple' || choices.chance(60)
      ? []
      : [{ kind: 'nexus', name, params, result, resultAnnotated, endpoint: choices.pick(endpoints) }],
  );
}

/** Operations of somebody else, whose contract is taken from how they are called. */
function externalCalls(choices: Choices, records: readonly HiddenRecord[], others: readonly Callable[]): Callable[] {
  const taken = new Set(others.map(({ name }) => name));
  return choices.list(0, 2, () => ({
    kind: 'nexus',
    name: freeName(choices, taken, definitionName),
    endpoint: choices.pick(['railway', 'bank', 'main']),
    params: choices.list(0, 2, (index) => ({
      name: `p${index}`,
      type: anyType(choices, records, false),
      annotated: false,
    })),
    result: choices.chance(40) ? undefined : anyType(choices, records, false),
    resultAnnotated: false,
  }));
}

// --- What activities depend on

const roots = ['load', 'store', 'delete', 'run', 'new', 'bank', 'log2', 'constructor', 'order', 'item', 'main'];

function functionsOf(
  choices: Choices,
  records: readonly HiddenRecord[],
  contracts: readonly string[],
): HiddenFunction[] {
  const names = choices
    .shuffled([...roots, 'bank.charge', 'db.load', 'db.items.list', 'db.delete'])
    .slice(0, choices.between(2, 5));
  const clean = names.filter(
    (name) => !names.some((other) => other.startsWith(`${name}.`)) && !contracts.includes(name.split('.')[0]!),
  );
  return clean.map((name) => ({
    name,
    params: choices.list(0, 2, () => anyType(choices, records, false)).map((type) => withoutOptional(type)),
    result: choices.chance(30) ? undefined : withoutOptional(anyType(choices, records, false)),
  }));
}

function withoutOptional(type: HiddenType): HiddenType {
  return type.kind === 'optional' ? type.of : type;
}

/** Workflows that can stand behind an operation. */
export function behind({ workflows }: Plan, operation: Callable): PlannedWorkflow[] {
  return workflows.filter(({ result, resultAnnotated }) =>
    operation.result ? result && resultAnnotated && same(result, operation.result) : result === undefined,
  );
}
