/** workers.ts: a factory for each worker, the endpoints, and a main that starts one. */
import type { EndpointTarget, Place, Service, Worker } from '../check/facts.js';
import type { Package } from '../symbols/packages.js';
import type { EndpointDef, WorkerDef } from '../syntax/ast.js';
import { hasDependencies } from './activities.js';
import { optionEntries } from './calls.js';
import {
  array,
  arrow,
  block,
  call,
  callMember,
  type Code,
  type Entry,
  imported,
  importedType,
  member,
  name,
  object,
  parameter,
  reference,
  spread,
  string,
  ts,
  type TypeCode,
  word,
} from './code.js';
import { closeComments, definitionComments, docComment } from './documentation.js';
import { ModuleNames } from './module.js';
import { concat, type Doc, hardline } from './print/doc.js';
import { expression } from './print/expressions.js';
import { braces, declaration, expressionStatement, leaving, lines, signatureDoc } from './print/statements.js';
import { hasServiceDependencies, nexusServicesName, serviceHandlers } from './nexus.js';
import { type Program, runtime } from './program.js';
import type { Module } from './write.js';

const hostOptions = reference(importedType(runtime.main, 'HostOptions'));
const here: Code = member(member(name('import'), 'meta'), 'url');

export function workersModule(program: Program): Module | undefined {
  const workers = program.allWorkers.filter(isDeployed);
  if (workers.length === 0) return undefined;
  const names = new ModuleNames([
    'workers',
    'nexusEndpoints',
    'activities',
    'dependencies',
    'nexusServices',
    'options',
    'place',
    ...workers.map((one) => factoryName(program, one)),
  ]);
  const endpoints = endpointsDoc(program);
  const body = [
    ...workers.map((one) => factory(program, one)),
    ...(endpoints ? [endpoints] : []),
    table(program, workers),
    expressionStatement({
      kind: 'prefix',
      operator: 'await ',
      of: call(imported(runtime.main, 'main'), [name('workers'), here]),
    }),
  ];
  return { path: 'workers.ts', body, taken: names.all() };
}

function isDeployed({ places, workflows, activities, services }: Worker): boolean {
  return places.length > 0 && workflows.length + activities.length + services.length > 0;
}

function factoryName(program: Program, worker: Worker): string {
  return program.ofWorker(worker, 'create', 'Worker');
}

function factory(program: Program, worker: Worker): Doc {
  const { places, workflows, activities, services } = worker;
  const options = name('options');
  const { tracing } = program.facts.topology;
  const hosted = tracing ? call(imported(runtime.tracing, 'withTracing'), [here, options]) : options;
  const [only, ...others] = places;
  const isOne = others.length === 0;
  const isGiven = hasServiceDependencies(worker);
  const entries: Entry[] = [
    ...(isOne ? placeEntries(only!) : [{ spread: name('place') }]),
    {
      spread:
        workflows.length > 0
          ? call(imported(runtime.main, 'withWorkflows'), [string(program.entryModule(worker)), here, hosted])
          : hosted,
    },
    { key: 'taskQueue', value: isOne ? string(only!.taskQueue) : member(name('place'), 'taskQueue') },
    ...(activities.length > 0 ? [{ key: 'activities', value: name('activities') }] : []),
    ...(services.length > 0
      ? [{ key: 'nexusServices', value: isGiven ? name('nexusServices') : array(services.map(handlersOf(program))) }]
      : []),
  ];
  const given: Code = { kind: 'object', entries, tall: true };
  const activitiesType = joined(
    ownersOf(program, worker).map((owner) =>
      reference(importedType(program.module(owner, 'activities'), program.ofWorker(worker, '', 'Activities'))),
    ),
  );
  const placeType = reference(importedType(runtime.main, 'WorkerPlace'));
  const params = [
    ...(isOne ? [] : [expression(parameter('place', placeType), 'argument')]),
    ...(activities.length > 0 ? [expression(parameter('activities', activitiesType), 'argument')] : []),
    ...(isGiven ? [expression(parameter('nexusServices', serviceHandlers), 'argument')] : []),
    concat(expression(parameter('options', hostOptions), 'argument'), ' = {}'),
  ];
  const workerType = reference(importedType('@temporalio/worker', 'Worker'));
  const signature = signatureDoc({ params, result: reference('Promise', workerType) });
  const start = callMember(name(imported('@temporalio/worker', 'Worker')), 'create', [given]);
  const made = braces(ts`export function ${factoryName(program, worker)}${signature}`, leaving('return', start));
  return concat(workerComments(program, worker.definition), made);
}

function workerComments(program: Program, definition: WorkerDef | undefined): Doc {
  return definition ? definitionComments(program.comments(program.facts.fileOf.get(definition)!).of(definition)) : '';
}

/** What is particular to a place, but for its task queue, which no options of the host replace. */
function placeEntries({ namespace, options }: Place): Entry[] {
  return [{ key: 'namespace', value: string(namespace) }, ...optionEntries(undefined, options)];
}

/** A service that needs nothing from outside. */
function handlersOf(program: Program): (service: Service) => Code {
  return (one) => name(imported(program.module(one.owner, 'nexus'), program.handlersName(one)));
}

/** The packages that have activities of a worker. */
function ownersOf(program: Program, { activities }: Worker): Package[] {
  return [...new Set(activities.map((one) => program.ownerOf(one)))];
}

/** What is all of several types. */
function joined(types: readonly TypeCode[]): TypeCode {
  return types.length === 1 ? types[0]! : { kind: 'allOf', members: types };
}

function endpointsDoc(program: Program): Doc | undefined {
  const endpoints = program.facts.topology.endpoints.filter(
    ({ isServed, target }) => isServed || (target && 'external' in target),
  );
  const entries = endpoints.map(({ name: text, target, description, definition }) => {
    const item = object({
      name: string(text),
      description: description === undefined ? undefined : string(description),
      target: targetCode(target!),
    });
    return { item, comments: endpointComments(program, definition) };
  });
  if (entries.length === 0) return undefined;
  const list: Code = {
    kind: 'array',
    items: entries.map(({ item }) => item),
    comments: entries.map(({ comments }) => comments),
  };
  const leadHere = endpoints.every(({ isServed }) => isServed);
  return lines([
    docComment([`The Nexus endpoints that lead to these workers${leadHere ? '' : ', and to services elsewhere'}.`]),
    concat('export ', declaration('const', name('nexusEndpoints'), list)),
  ]);
}

function targetCode(target: EndpointTarget): Code {
  if ('external' in target) return object({ external: object({ url: string(target.external.url) }) });
  const { namespace, taskQueue } = target.worker;
  return object({ worker: object({ namespace: string(namespace), taskQueue: string(taskQueue) }) });
}

function endpointComments(program: Program, definition: EndpointDef | undefined): Doc {
  if (!definition) return '';
  const comments = program.comments(program.facts.fileOf.get(definition)!);
  const texts = [...comments.of(definition).leading, ...comments.endOf(definition)];
  return concat(...closeComments(texts).flatMap((one) => [one, hardline]));
}

/** What can be started by name, and how. */
function table(program: Program, workers: readonly Worker[]): Doc {
  const entries = workers.flatMap((worker) => worker.places.map((place) => tableEntry(program, worker, place)));
  const all: Code = { kind: 'object', entries, tall: true };
  return lines([
    docComment(['The workers by name, as `node workers.js --worker NAME` starts them.']),
    concat('export ', declaration('const', name('workers'), all)),
  ]);
}

function tableEntry(program: Program, worker: Worker, place: Place): Entry {
  const options = parameter('options', hostOptions);
  const start = name(factoryName(program, worker));
  const isOne = worker.places.length === 1;
  const { activities, needed: forActivities } = givenActivities(program, worker);
  const { services, needed: forServices, areRun } = givenServices(program, worker);
  const needed = [...forActivities, ...forServices];
  const taskQueue = { key: 'taskQueue', value: string(place.taskQueue) };
  const [namespace, ...others] = placeEntries(place);
  const where: Code = { kind: 'object', entries: [namespace!, taskQueue, ...others] };
  const held = name('activities');
  const given = areRun ? [held] : activities;
  const create = call(start, [...(isOne ? [] : [where]), ...given, ...services, name('options')]);
  const created = areRun
    ? block(lines([declaration('const', held, activities[0]!), leaving('return', create)]))
    : create;
  const first = needed.length > 0 ? parameter('dependencies', joined(needed)) : parameter('_', reference('unknown'));
  return {
    key: place.name,
    value: {
      kind: 'object',
      tall: true,
      entries: [
        ...(isOne ? [] : [{ key: 'worker', value: string(worker.name) }]),
        { key: 'namespace', value: string(place.namespace) },
        taskQueue,
        { key: 'dependencies', value: needed.length > 0 ? string(program.workerKey(worker)) : word('undefined') },
        { key: 'create', value: arrow([first, options], created) },
      ],
    },
  };
}

/** The activities of a worker, made of what they need. */
function givenActivities(program: Program, worker: Worker): { activities: Code[]; needed: TypeCode[] } {
  const owners = ownersOf(program, worker);
  const needing = owners.filter((owner) => hasDependencies(program.of(owner).part(worker)));
  const parts = owners.map((owner) => {
    const create = imported(program.module(owner, 'activities'), program.ofWorker(worker, 'create', 'Activities'));
    return call(name(create), needing.includes(owner) ? [name('dependencies')] : []);
  });
  const made = parts.length === 1 ? parts[0]! : object(parts.map((part) => ({ spread: part })));
  const needed = needing.map((owner) =>
    reference(importedType(program.module(owner, 'activities'), program.dependenciesType(worker))),
  );
  return { activities: worker.activities.length > 0 ? [made] : [], needed };
}

/** The services of a worker, where some of them need something. */
function givenServices(
  program: Program,
  worker: Worker,
): { services: Code[]; needed: TypeCode[]; /** Whether they take the worker's activities. */ areRun: boolean } {
  if (!hasServiceDependencies(worker)) return { services: [], needed: [], areRun: false };
  const owners = [...new Set(worker.services.map(({ owner }) => owner))];
  const partOf = (owner: Package) => program.of(owner).part(worker);
  const dependent = owners.filter((owner) => hasServiceDependencies(partOf(owner)));
  const needing = dependent.filter((owner) => partOf(owner).serviceDependencies.length > 0);
  const running = dependent.filter((owner) => partOf(owner).services.some((one) => one.activities.length > 0));
  const parts = owners.map((owner) => {
    const own = worker.services.filter((one) => one.owner === owner);
    if (!dependent.includes(owner)) return own.map(handlersOf(program));
    const create = imported(program.module(owner, 'nexus'), nexusServicesName(program, worker));
    const args = [
      ...(needing.includes(owner) ? [name('dependencies')] : []),
      ...(running.includes(owner) ? [name('activities')] : []),
    ];
    return [call(name(create), args)];
  });
  const needed = needing.map((owner) =>
    reference(importedType(program.module(owner, 'nexus'), program.serviceDependenciesType(worker))),
  );
  const [only, ...more] = parts;
  const isWhole = more.length === 0;
  const all = parts.flatMap((part, at) => (dependent.includes(owners[at]!) ? part.map(spread) : part));
  return { services: [isWhole ? only![0]! : array(all)], needed, areRun: running.length > 0 };
}
