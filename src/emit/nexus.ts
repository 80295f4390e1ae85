/** nexus.ts: the handlers of Nexus operations. */
import type { Operation, OperationFacts, Service, Variable, Worker } from '../check/facts.js';
import type { ActivityDef, OperationDef, Param } from '../syntax/ast.js';
import { Body } from './body.js';
import { optionEntries } from './calls.js';
import {
  array,
  arrow,
  as,
  awaited,
  binary,
  block,
  call,
  type Code,
  create,
  type Entry,
  from,
  imported,
  importedType,
  member,
  name,
  object,
  reference,
  string,
  ts,
  type TypeCode,
} from './code.js';
import {
  dependenciesDoc,
  dependenciesParameter,
  dependencyMember,
  dependencyRoots,
  workerPhrase,
} from './dependencies.js';
import { fallThrough } from './endings.js';
import { expression } from './expressions.js';
import { servedServices, takingInput } from './inputs.js';
import { ModuleNames } from './module.js';
import { concat, type Doc, group } from './print/doc.js';
import { braces, declaration, leaving, lines, signatureDoc } from './print/statements.js';
import { typeDoc } from './print/types.js';
import { localName, type Program, runtime, variableName, workflowTarget } from './program.js';
import { camelCase, inherited } from './reserved.js';
import { statementsDoc } from './statements.js';
import type { Module } from './write.js';

export function nexusModule(program: Program): Module | undefined {
  const services = servedServices(program);
  if (services.length === 0) return undefined;
  const definitions = services.flatMap(({ operations }) => operations.flatMap(({ definition }) => definition ?? []));
  const locals = new Set([
    ...definitions.flatMap((one) => [...program.localNames(one)]),
    ...services.flatMap(({ operations }) =>
      operations.flatMap(({ params }) => params.map((one) => localName(one.name))),
    ),
  ]);
  const names = new ModuleNames(locals);
  const independent = services.filter(({ isDependent }) => !isDependent);
  const dependent = program.workers.filter(hasServiceDependencies);
  for (const service of independent) names.add(program.handlersName(service));
  for (const worker of dependent) names.add(nexusServicesName(program, worker));
  const callers = callerTables(program, services, names);
  const around = { names, callers, roots: new Map<string, string>() };
  const body = [
    ...[...callers].map(([service, table]) => callersDoc(program, service, table)),
    ...independent.map((service) => {
      const value = handlers(program, service, around);
      return concat('export ', declaration('const', name(program.handlersName(service)), value));
    }),
    ...dependent.flatMap((worker) => dependentServices(program, worker, around, locals)),
  ];
  return { path: 'nexus.ts', body, taken: names.all() };
}

/** What operations find around them. */
interface Around {
  readonly names: ModuleNames;
  /** What tables of allowed callers are called that some operation reads. */
  readonly callers: ReadonlyMap<Service, Code>;
  /** What their dependencies are called. */
  readonly roots: ReadonlyMap<string, string>;
  /** What the activities are called whose code they run. */
  readonly activities?: string;
}

/** Whether some operation of a worker needs what the program does not define. */
export function hasServiceDependencies({ services }: Worker): boolean {
  return services.some(({ isDependent }) => isDependent);
}

/** What makes the services of a worker of what their operations need. */
export function nexusServicesName(program: Program, worker: Worker): string {
  return program.ofWorker(worker, 'create', 'NexusServices');
}

/** The type of what is registered with a worker. */
export const serviceHandlers: TypeCode = {
  kind: 'listOf',
  item: reference(importedType('nexus-rpc', 'ServiceHandler'), reference('any')),
};

function dependentServices(
  program: Program,
  worker: Worker,
  around: Around,
  locals: ReadonlySet<string>,
): readonly Doc[] {
  const type = program.serviceDependenciesType(worker);
  const needs = worker.serviceDependencies;
  const roots = dependencyRoots(
    needs.map((one) => one.name),
    locals,
    around.names,
  );
  const run = worker.services.flatMap(({ activities }) => activities);
  const activities = around.names.helper('activities', 'workerActivities');
  const inside = { ...around, roots, activities };
  const services = worker.services.map((service) =>
    service.isDependent ? handlers(program, service, inside) : name(program.handlersName(service)),
  );
  const given = dependenciesParameter(roots, type);
  const params = [
    ...(needs.length > 0 ? [run.length > 0 ? group(given) : given] : []),
    ...(run.length > 0 ? [concat(activities, ': ', typeDoc(activitiesType(program, worker, run)))] : []),
  ];
  const comment = `What the operations${workerPhrase(program, worker)} need, and the program does not define.`;
  const signature = signatureDoc({ params, result: serviceHandlers, hug: params.length === 1 });
  const members = needs.map((one) => dependencyMember(program, one));
  return [
    ...(needs.length > 0 ? [dependenciesDoc(type, comment, members)] : []),
    braces(ts`export function ${nexusServicesName(program, worker)}${signature}`, leaving('return', array(services))),
  ];
}

/** The interfaces that declare some activities of a worker. */
function activitiesType(program: Program, worker: Worker, activities: readonly ActivityDef[]): TypeCode {
  const owners = [...new Set(activities.map((one) => program.ownerOf(one)))];
  const text = program.ofWorker(worker, '', 'Activities');
  const types = owners.map((owner) => reference(importedType(program.module(owner, 'activities'), text)));
  return types.length === 1 ? types[0]! : { kind: 'allOf', members: types };
}

function handlers(program: Program, service: Service, around: Around): Code {
  const entries = service.operations.map((operation): Entry => ({
    key: operation.name,
    value: handler(program, service, operation, around),
  }));
  const table: Code = { kind: 'object', entries, tall: true, spaced: true };
  return call(imported(runtime.nexus, 'guardedService'), [
    name(imported('./services.js', program.serviceName(service))),
    policy(program, service, around.callers.get(service)),
    table,
  ]);
}

/** Who may call, where some endpoint says so; and what must be sent. @param callers what the table is called, if it has a name */
function policy(program: Program, service: Service, callers: Code | undefined): Code {
  const inputs =
    takingInput(service).length > 0 ? name(imported('./inputs.js', program.shapesName(service))) : undefined;
  return object({
    allowedCallers: callers ?? allowedCallers(program, service),
    inputs,
    ignoringCancel: operationsThat(program, service, ({ ignoresCancel }) => ignoresCancel),
    retryingFaults: operationsThat(program, service, ({ retriesFaults }) => retriesFaults),
  });
}

/** The names of some operations of a service; undefined where there are none. */
function operationsThat(
  program: Program,
  { operations }: Service,
  are: (facts: OperationFacts) => boolean,
): Code | undefined {
  const named = operations.filter(
    ({ definition, handled }) => definition && handled && are(program.facts.operations.get(definition)!),
  );
  return named.length > 0 ? array(named.map((one) => string(one.name))) : undefined;
}

function allowedCallers(program: Program, service: Service): Code | undefined {
  const endpoints = program.facts.topology.endpoints.filter(
    ({ isServed, services }) => isServed && services.includes(service),
  );
  const entries = endpoints.map(({ name: key, allowedCallers: allowed }): Entry => ({
    key,
    value: allowed ? array(allowed.map(string)) : anyCaller(key),
  }));
  return endpoints.some((one) => one.allowedCallers) ? object(entries) : undefined;
}

/** The names of the tables of allowed callers that operations read. */
function callerTables(program: Program, services: readonly Service[], names: ModuleNames): Map<Service, Code> {
  const readers = new Set(program.facts.allowedNamespaces.values());
  const reading = services.filter(({ operations }) =>
    operations.some(({ definition }) => definition && readers.has(definition)),
  );
  return new Map(reading.map((one) => [one, name(names.helper(`${program.handlersName(one)}Callers`))]));
}

function callersDoc(program: Program, service: Service, table: Code): Doc {
  const type = reference(importedType(runtime.nexus, 'AllowedCallers'));
  return declaration('const', table, allowedCallers(program, service)!, type);
}

/** TypeScript takes a text for any text where objects inherit something of the key's name. */
function anyCaller(key: string): Code {
  const any = string('any');
  return inherited.has(key) ? as(any, { kind: 'reference', name: 'const', args: [] }) : any;
}

function handler(program: Program, service: Service, operation: Operation, around: Around): Code {
  const { definition, workflow } = operation;
  return around.names.within((inner) => {
    if (workflow) return runsWorkflow(startsWorkflow(program, operation, inner.helper('ctx', 'context')));
    return definition?.body
      ? runsBody(program, service, operation, definition, { ...around, names: inner })
      : notImplemented(operation);
  });
}

function runsWorkflow(start: Code): Code {
  return create(imported('@temporalio/nexus', 'WorkflowRunOperationHandler'), [start]);
}

function notImplemented({ name: text }: Operation): Code {
  const error = create(imported('nexus-rpc', 'HandlerError'), [
    string('NOT_IMPLEMENTED'),
    string(`${text} has no implementation`),
  ]);
  return arrow([], block(leaving('throw', error)), { async: true });
}

function parameters(operation: Operation, context: string): Code[] {
  const entries = operation.params.map(({ name: key }) => ({ key, value: name(localName(key)) }));
  const [only, ...more] = entries;
  if (!only) return [name(context)];
  return [name(context), more.length === 0 ? only.value : object(entries)];
}

function runsBody(
  program: Program,
  service: Service,
  operation: Operation,
  definition: OperationDef,
  { names, roots, callers, activities }: Around,
): Code {
  const file = program.facts.fileOf.get(service.definition!)!;
  const { params, answers } = program.facts.operations.get(definition)!;
  const context = names.helper('ctx', 'context');
  const body = new Body({ program, file, kind: 'operation', names, context, definition });
  body.dependencies = roots;
  body.callers = callers.get(service);
  body.activities = activities;
  const given = params.map((param, at) => givenInput(body, param, definition.params[at]!));
  const inner = statementsDoc(body, definition.body!, body.comments.endOf(definition));
  const filled = given.flatMap(({ filled: doc }) => doc ?? []);
  const parts = [...filled, ...(inner === undefined ? [] : [inner]), ...fallThrough(body)];
  const entries = operation.params.map(({ name: key }, at) => ({ key, value: given[at]!.code }));
  const input = entries.length > 1 ? [object(entries)] : entries.map(({ value }) => value);
  const first = body.usesContext ? context : input.length > 0 ? names.helper(`_${context}`) : undefined;
  const list = [...(first === undefined ? [] : [name(first)]), ...input];
  const code = arrow(list, block(parts.length > 0 ? lines(parts) : undefined), { async: true });
  const placed = from(code, program.originOf(file, definition));
  if (answers === 'value') return placed;
  return answers === 'workflow'
    ? runsWorkflow(placed)
    : create(imported(runtime.nexus, 'MixedOperationHandler'), [placed]);
}

/** What a parameter is called where it arrives, and what fills it in where it is left out. */
function givenInput(body: Body, variable: Variable, param: Param): { readonly code: Code; readonly filled?: Doc } {
  const own = name(variableName(variable));
  if (!param.default || !variable.read) return { code: own };
  const code = name(body.names.numbered(camelCase(`given_${variable.name}`)));
  const value = binary(code, '??', expression(body, param.default));
  return { code, filled: declaration(variable.reassigned ? 'let' : 'const', own, value) };
}

/** An operation that is a workflow, and no more. */
function startsWorkflow(program: Program, operation: Operation, context: string): Code {
  const workflow = operation.workflow!;
  const { options } = program.facts.workflows.get(workflow)!;
  const args = operation.params.map(({ name: text }) => name(localName(text)));
  const has = (text: string) => options.some((option) => option.name === text);
  const hasId = has('workflowId');
  const attaches = hasId && !has('workflowIdConflictPolicy');
  const settings: Code = {
    kind: 'object',
    entries: [
      ...(hasId ? [] : [{ key: 'workflowId', value: member(name(context), 'requestId') }]),
      ...optionEntries(undefined, options),
      ...(attaches ? [{ key: 'workflowIdConflictPolicy', value: string('USE_EXISTING') }] : []),
      ...(args.length > 0 ? [{ key: 'args', value: array(args) }] : []),
    ],
  };
  const { target, types } = workflowTarget(program, workflow);
  const start = awaited(call(imported('@temporalio/nexus', 'startWorkflow'), [name(context), target, settings], types));
  return arrow(parameters(operation, context), block(leaving('return', start)), { async: true });
}
