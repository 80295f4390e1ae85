/** Services, their operations, and what is called by way of Nexus. */
import type { Choices } from './choices.js';
import { definitionName, freeName } from './names.js';
import {
  type Callable,
  type PlannedOperation,
  type PlannedService,
  type PlannedWorkflow,
  withoutDefault,
} from './plan.js';
import { anyType, type HiddenRecord, same } from './types.js';

const identifier = /^[a-zA-Z][a-zA-Z0-9]*$/;

export function planServices(
  choices: Choices,
  records: readonly HiddenRecord[],
  workflows: readonly PlannedWorkflow[],
): PlannedService[] {
  const names = new Set<string>();
  const endpoints = new Set<string>();
  const operations = new Set<string>();
  return choices.list(1, 2, () => {
    const name = freeName(choices, names, definitionName);
    const own = choices.list(1, 4, (): PlannedOperation => {
      const called = freeName(choices, operations, definitionName);
      return planOperation(choices, records, workflows, called);
    });
    const open = choices.list(0, 2, () => {
      const text = freeName(choices, endpoints, definitionName);
      return identifier.test(text) && text.length > 1 ? text : `Endpoint${endpoints.size}`;
    });
    return { name, operations: own, endpoints: [...new Set(open)] };
  });
}

function planOperation(
  choices: Choices,
  records: readonly HiddenRecord[],
  workflows: readonly PlannedWorkflow[],
  name: string,
): PlannedOperation {
  const started = workflows.filter(({ isExtern, result }) => !isExtern && result?.kind !== 'tuple');
  if (started.length > 0 && choices.chance(25)) {
    const workflow = choices.pick(started);
    const { result, resultAnnotated } = workflow;
    const params = workflow.params.map(({ name: own, type, annotated }) => ({ name: own, type, annotated }));
    return { kind: 'nexus', name, params, result, resultAnnotated, does: 'async', behind: [workflow] };
  }
  const some = choices.list(0, 3, (index) => ({
    name: choices.pick(['id', 'order', 'ctx', 'input', 'delete', 'value', 'run'].slice(index, index + 4)),
    type: anyType(choices, records, true),
    annotated: true,
  }));
  const params = some.filter((one, at) => some.findIndex((other) => other.name === one.name) === at);
  const alike = choices.chance(60) && workflows.length > 0 ? choices.pick(workflows) : undefined;
  const result = alike ? (alike.resultAnnotated ? alike.result : undefined) : anyType(choices, records, false);
  const behind = workflows.filter((one) =>
    result ? one.result && one.resultAnnotated && same(one.result, result) : one.result === undefined,
  );
  const does = choices.pick(['give', 'start', 'nothing', 'start', 'give'] as const);
  return { kind: 'nexus', name, params, result, resultAnnotated: result !== undefined, does, behind };
}

/** Everything that can be called by way of Nexus. */
export function nexusCalls(
  choices: Choices,
  records: readonly HiddenRecord[],
  workflows: readonly PlannedWorkflow[],
  services: readonly PlannedService[],
): Callable[] {
  const operations = services.flatMap((one) => one.operations);
  return [
    ...services.flatMap(callsOf),
    ...implicitCalls(choices, workflows, services),
    ...externalCalls(choices, records, [...workflows, ...operations]),
  ];
}

function callsOf({ name: service, operations, endpoints }: PlannedService): Callable[] {
  // A service that is only declared is somebody else's, behind an endpoint that is not declared.
  const isElsewhere = operations.every(({ does }) => does === 'nothing') && endpoints.length === 0;
  const open = isElsewhere ? ['carrier-prod'] : endpoints;
  return open.flatMap((endpoint) => operations.map((one) => ({ ...one, endpoint, service })));
}

/** Workflows that are called by way of an endpoint that nobody declares. */
function implicitCalls(
  choices: Choices,
  workflows: readonly PlannedWorkflow[],
  services: readonly PlannedService[],
): Callable[] {
  const operations = new Set(services.flatMap((one) => one.operations.map(({ name }) => name)));
  const endpoints = ['shipping', 'my-endpoint', 'run-2', 'default-4'];
  return workflows.flatMap(({ name, params, result, resultAnnotated, isExtern }): Callable[] =>
    isExtern || operations.has(name) || result?.kind === 'tuple' || choices.chance(60)
      ? []
      : [
          {
            kind: 'nexus',
            name,
            params: params.map(withoutDefault),
            result,
            resultAnnotated,
            endpoint: choices.pick(endpoints),
          },
        ],
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
