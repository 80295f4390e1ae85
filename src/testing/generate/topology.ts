/** Which workers a program says there are, and where they run. */
import type { Choices } from './choices.js';
import { line, type Line, type Lines } from './lines.js';
import { definitionName, freeName } from './names.js';
import { entriesOf, entryLine } from './options.js';
import type { Plan, PlannedService } from './plan.js';

export interface PlannedPlace {
  readonly worker: string;
  readonly taskQueue: string;
}

export interface PlannedNamespace {
  readonly name: string;
  readonly places: readonly PlannedPlace[];
  readonly endpoints: readonly { readonly name: string; readonly service: string; readonly taskQueue: string }[];
}

export interface PlannedTopology {
  readonly workers: readonly string[];
  readonly namespaces: readonly PlannedNamespace[];
}

/** The families of names that the programs have, with their members. */
export const families = { org: ['acme', 'globex'], tier: ['gold'] };

/** Workers that all run everything, in namespaces some of which are families; the endpoints of the services lead to them. */
export function planTopology(
  choices: Choices,
  services: readonly PlannedService[],
): { readonly topology: PlannedTopology; readonly services: readonly PlannedService[] } {
  const names = new Set<string>();
  const workers = choices.list(1, 2, () => freeName(choices, names, definitionName));
  const queues = new Set<string>();
  const ends = choices.shuffled(['', '', '-{org}', '-{org}-{tier}']);
  const spaces = choices.list(1, 2, (at) => {
    const family = ends[at]!;
    const places = choices.list(1, 2, () => ({
      worker: choices.pick(workers),
      taskQueue: freeName(choices, queues, (one) => `${one.pick(['main', 'orders', 'gpus'])}${family}`),
    }));
    return { name: `${['shop', 'back-office'][at]!}${family}`, family, places };
  });
  const moved = services.map((service) => {
    const endpoints = (isServed(service) ? service.endpoints : []).map((name) => {
      const space = choices.pick(spaces);
      return { name: `${name}${space.family}`, space, taskQueue: choices.pick(space.places).taskQueue };
    });
    return { ...service, endpoints: endpoints.map(({ name }) => name), placed: endpoints };
  });
  const namespaces = spaces.map((space) => {
    const endpoints = moved.flatMap(({ name: service, placed }) =>
      placed.flatMap(({ name, space: own, taskQueue }) => (own === space ? [{ name, service, taskQueue }] : [])),
    );
    return { name: space.name, places: space.places, endpoints };
  });
  return { topology: { workers, namespaces }, services: moved };
}

/** Whether a worker has anything to serve. */
function isServed({ operations }: PlannedService): boolean {
  return operations.some(({ does }) => does === 'give' || does === 'async');
}

export function topologyOf(choices: Choices, plan: Plan): (() => Lines)[] {
  if (!plan.topology) return [];
  const { workers, namespaces } = plan.topology;
  return [
    ...workers.map((name) => () => [worker(choices, plan, name)]),
    ...namespaces.map((one) => () => [namespace(choices, one)]),
  ];
}

function worker(choices: Choices, { activities, packages, services, workflows }: Plan, name: string): Line {
  const own = (list: readonly { readonly name: string; readonly isExtern?: boolean | undefined }[]) =>
    list.filter(({ isExtern }) => !isExtern).map((one) => one.name);
  const entries = [
    ...own(workflows).map((one) => `workflow ${one}`),
    ...own(activities).map((one) => `activity ${one}`),
    ...packages.flatMap(({ alias, name: origin, plan }) => [
      ...own(plan.workflows).map((one) => `workflow ${alias ?? origin}.${one}`),
      ...own(plan.activities).map((one) => `activity ${alias ?? origin}.${one}`),
    ]),
    ...services.filter(isServed).map((one) => `nexus service ${one.name}`),
  ];
  const options = choices.chance(40) ? [optionsOf(choices, [])] : [];
  return line(`worker ${name}:`, [...options, ...choices.shuffled(entries).map((text) => line(text))]);
}

function optionsOf(choices: Choices, first: readonly string[]): Line {
  const others = first.length === 0 || choices.chance(30) ? entriesOf({ choices }, 'worker', ['task_queue']) : [];
  return line('options:', [...first.map((text) => line(text)), ...others.map(entryLine)]);
}

function namespace(choices: Choices, { name, places, endpoints }: PlannedNamespace): Line {
  const key = () => choices.pick(['task_queue', 'taskQueue']);
  return line(`namespace ${name}:`, [
    ...places.map(({ worker: one, taskQueue }) =>
      line(`worker ${one}`, [optionsOf(choices, [`${key()}: "${taskQueue}"`])]),
    ),
    ...endpoints.map(({ name: text, service, taskQueue }) => {
      const callers = choices.chance(50) ? [line('allowed_caller_namespaces: [shop, "back-office"]')] : [];
      const keys = [line(`${key()}: "${taskQueue}"`), line(`services: ${service}`), ...callers];
      return line(`nexus endpoint ${text}`, [line('options:', choices.shuffled(keys))]);
    }),
  ]);
}
