/** workers.ts: a factory for each worker, the endpoints, and a main that starts one. */
import type { Worker } from '../check/facts.js';
import type { EndpointDef } from '../syntax/ast.js';
import { hasDependencies } from './activities.js';
import {
  array,
  arrow,
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
  string,
  ts,
  word,
} from './code.js';
import { docComment, lineComments } from './documentation.js';
import { ModuleNames } from './module.js';
import { concat, type Doc, hardline } from './print/doc.js';
import { expression } from './print/expressions.js';
import { braces, declaration, expressionStatement, leaving, lines, signatureDoc } from './print/statements.js';
import { type Program, runtime } from './program.js';
import type { Module } from './write.js';

const hostOptions = reference(importedType(runtime.main, 'HostOptions'));
const here: Code = member(member(name('import'), 'meta'), 'url');

export function workersModule(program: Program): Module | undefined {
  const workers = program.workers.filter(isUseful);
  if (workers.length === 0) return undefined;
  const names = new ModuleNames([
    'workers',
    'nexusEndpoints',
    'activities',
    'dependencies',
    'options',
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

function isUseful({ workflows, activities, services }: Worker): boolean {
  return workflows.length > 0 || activities.length > 0 || services.length > 0;
}

function factoryName(program: Program, worker: Worker): string {
  return program.ofWorker(worker, 'create', 'Worker');
}

function factory(program: Program, worker: Worker): Doc {
  const { namespace, taskQueue, workflows, activities, services } = worker;
  const options = name('options');
  const entries: Entry[] = [
    { key: 'namespace', value: string(namespace) },
    {
      spread:
        workflows.length > 0
          ? call(imported(runtime.main, 'withWorkflows'), [string(program.entryModule(worker)), here, options])
          : options,
    },
    { key: 'taskQueue', value: string(taskQueue) },
    ...(activities.length > 0 ? [{ key: 'activities', value: name('activities') }] : []),
    ...(services.length > 0
      ? [
          {
            key: 'nexusServices',
            value: array(services.map((one) => name(imported('./nexus.js', program.handlersName(one))))),
          },
        ]
      : []),
  ];
  const given: Code = { kind: 'object', entries, tall: true };
  const activitiesType = reference(importedType('./activities.js', program.ofWorker(worker, '', 'Activities')));
  const params = [
    ...(activities.length > 0 ? [expression(parameter('activities', activitiesType), 'argument')] : []),
    concat(expression(parameter('options', hostOptions), 'argument'), ' = {}'),
  ];
  const workerType = reference(importedType('@temporalio/worker', 'Worker'));
  const signature = signatureDoc({ params, result: reference('Promise', workerType) });
  const start = callMember(name(imported('@temporalio/worker', 'Worker')), 'create', [given]);
  return braces(ts`export function ${factoryName(program, worker)}${signature}`, leaving('return', start));
}

function endpointsDoc(program: Program): Doc | undefined {
  const entries = program.facts.topology.endpoints.flatMap(({ name: text, target, definition }) => {
    if (!target) return [];
    const worker = object({ namespace: string(target.namespace), taskQueue: string(target.taskQueue) });
    const item = object({ name: string(text), target: object({ worker }) });
    return [{ item, comments: endpointComments(program, definition) }];
  });
  if (entries.length === 0) return undefined;
  const list: Code = {
    kind: 'array',
    items: entries.map(({ item }) => item),
    comments: entries.map(({ comments }) => comments),
  };
  return lines([
    docComment(['The Nexus endpoints that lead to these workers.']),
    concat('export ', declaration('const', name('nexusEndpoints'), list)),
  ]);
}

function endpointComments(program: Program, definition: EndpointDef | undefined): Doc {
  if (!definition) return '';
  const comments = program.comments(program.facts.fileOf.get(definition)!);
  const texts = [...comments.of(definition).leading, ...comments.endOf(definition)];
  return concat(...lineComments(texts).flatMap((one) => [one, hardline]));
}

/** What can be started by name, and how. */
function table(program: Program, workers: readonly Worker[]): Doc {
  const entries = workers.map((worker): Entry => {
    const options = parameter('options', hostOptions);
    const start = name(factoryName(program, worker));
    const needs = hasDependencies(worker);
    const dependencies = reference(importedType('./activities.js', program.dependenciesType(worker)));
    const made = call(
      name(imported('./activities.js', program.ofWorker(worker, 'create', 'Activities'))),
      needs ? [name('dependencies')] : [],
    );
    const args = [...(worker.activities.length > 0 ? [made] : []), name('options')];
    const params = [needs ? parameter('dependencies', dependencies) : parameter('_', reference('unknown')), options];
    return {
      key: worker.name,
      value: {
        kind: 'object',
        tall: true,
        entries: [
          { key: 'namespace', value: string(worker.namespace) },
          { key: 'taskQueue', value: string(worker.taskQueue) },
          { key: 'dependencies', value: needs ? string(program.workerKey(worker)) : word('undefined') },
          { key: 'create', value: arrow(params, call(start, args)) },
        ],
      },
    };
  });
  const all: Code = { kind: 'object', entries, tall: true };
  return lines([
    docComment(['The workers by name, as `node workers.js --worker NAME` starts them.']),
    concat('export ', declaration('const', name('workers'), all)),
  ]);
}
