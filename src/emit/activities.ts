/** activities.ts: for each worker its activities, what they depend on, and their code. */
import type { Worker } from '../check/facts.js';
import type { ActivityDef } from '../syntax/ast.js';
import type { Type } from '../types/type.js';
import { wireName } from '../options/wire-name.js';
import { Body } from './body.js';
import { awaited, call, type Code, type Entry, mark, name, reference, ts, type TypeCode } from './code.js';
import {
  dependenciesDoc,
  dependenciesParameter,
  dependencyMember,
  dependencyRoots,
  maybePromise,
  workerPhrase,
} from './dependencies.js';
import { definitionComments, docComment } from './documentation.js';
import { fallThrough } from './endings.js';
import { expression } from './expressions.js';
import { ModuleNames } from './module.js';
import { concat, type Doc, group } from './print/doc.js';
import { expression as expressionDoc, parametersDoc } from './print/expressions.js';
import { propertyKey } from './print/literals.js';
import { braces, expressionStatement, leaving, lines, methodDoc, signatureDoc } from './print/statements.js';
import { typeDoc } from './print/types.js';
import { localName, type Program, variableName } from './program.js';
import { statementsDoc } from './statements.js';
import { typeCode } from './types.js';
import type { Module } from './write.js';

export function activitiesModule(program: Program): Module | undefined {
  const workers = program.workers.filter(({ activities }) => activities.length > 0);
  const externs = externDoc(program);
  if (workers.length === 0 && !externs) return undefined;
  const locals = workers.flatMap(({ activities }) => activities.flatMap((one) => [...program.localNames(one)]));
  const names = new ModuleNames([
    ...locals,
    ...(externs ? ['ExternActivities'] : []),
    ...workers.flatMap((worker) => [
      program.ofWorker(worker, '', 'Activities'),
      program.dependenciesType(worker),
      program.ofWorker(worker, 'create', 'Activities'),
    ]),
  ]);
  const body = workers.flatMap((worker) => new WorkerActivities(program, worker, names).docs());
  return { path: 'activities.ts', body: [...body, ...(externs ? [externs] : [])], taken: names.all() };
}

/** Activities that others define, and workers of others run. */
function externDoc(program: Program): Doc | undefined {
  const methods = program.contracts.flatMap((one): Doc[] => {
    if (one.kind !== 'ExternActivity') return [];
    const { params, result } = program.facts.contracts.get(one)!;
    const types = params.map((param) => concat(localName(param.name), ': ', typeDoc(typeCode(program, param.type))));
    const file = program.facts.fileOf.get(one);
    const comments = file && program.comments(file).of(one);
    const method = methodDoc(one.name.text, { params: types, result: reference('Promise', typeCode(program, result)) });
    return [concat(comments ? definitionComments(comments) : '', method)];
  });
  if (methods.length === 0) return undefined;
  return lines([
    docComment(['Activities that are defined elsewhere, and that no worker of this program runs.']),
    braces('export interface ExternActivities', lines(methods)),
  ]);
}

/** What a worker's activities need that the program does not define: what they call, and activities without a body. */
export function hasDependencies({ activities, dependencies }: Worker): boolean {
  return dependencies.length > 0 || activities.some(({ body }) => body === undefined);
}

class WorkerActivities {
  /** What each dependency is called in the code: an activity's own names come first. */
  private readonly roots: ReadonlyMap<string, string>;

  constructor(
    private readonly program: Program,
    private readonly worker: Worker,
    private readonly names: ModuleNames,
  ) {
    const { activities, dependencies } = worker;
    const locals = new Set(activities.flatMap((one) => [...program.localNames(one)]));
    const contracts = activities.filter(({ body }) => body === undefined).map((one) => one.name.text);
    this.roots = dependencyRoots([...dependencies.map((one) => one.name), ...contracts], locals, names);
  }

  docs(): Doc[] {
    const { program, worker } = this;
    const header = ts`export interface ${program.ofWorker(worker, '', 'Activities')}`;
    const methods = program.activitiesOf(worker).map((one) => this.signature(one));
    return [
      braces(header, lines(methods)),
      ...(hasDependencies(worker) ? [this.dependenciesDoc()] : []),
      this.creation(),
    ];
  }

  private signature(activity: ActivityDef): Doc {
    const { params, result } = this.program.facts.activities.get(activity)!;
    const comments = this.comments(activity);
    const inside = activity.body === undefined ? [...activity.prose, ...comments.endOf(activity)] : [];
    const types = params.map((param, i) => {
      const mayLack = activity.params[i]!.default ? '?' : '';
      return concat(variableName(param), mayLack, ': ', typeDoc(this.type(param.type)));
    });
    const method = methodDoc(propertyKey(wireName(activity)), {
      params: types,
      result: reference('Promise', this.type(result)),
    });
    return concat(definitionComments(comments.of(activity), inside), mark(method, this.origin(activity)));
  }

  // --- Dependencies

  private dependenciesDoc(): Doc {
    const { program, worker } = this;
    const contracts = worker.activities.filter(({ body }) => body === undefined);
    const comment = `What the activities${workerPhrase(program, worker)} need, and the program does not define.`;
    return dependenciesDoc(program.dependenciesType(worker), comment, [
      ...worker.dependencies.map((one) => dependencyMember(program, one)),
      ...contracts.map((one) => ({ name: one.name.text, doc: this.contract(one) })),
    ]);
  }

  private contract(activity: ActivityDef): Doc {
    const { params, result } = this.program.facts.activities.get(activity)!;
    const types = params.map((param) => concat(variableName(param), ': ', typeDoc(this.type(param.type))));
    return methodDoc(activity.name.text, { params: types, result: maybePromise(this.program, result) });
  }

  // --- Code

  private creation(): Doc {
    const { program, worker } = this;
    const param = dependenciesParameter(this.roots, program.dependenciesType(worker));
    const result = reference(program.ofWorker(worker, '', 'Activities'));
    const params = hasDependencies(worker) ? [param] : [];
    const signature = signatureDoc({ params, result, hug: true });
    const entries = program.activitiesOf(worker).map((one): Entry => ({ method: this.method(one) }));
    const object: Code = { kind: 'object', entries, tall: true, spaced: true };
    const head = ts`export function ${program.ofWorker(worker, 'create', 'Activities')}${signature}`;
    return braces(head, leaving('return', object));
  }

  private method(activity: ActivityDef): Doc {
    const { params } = this.program.facts.activities.get(activity)!;
    const list = group(parametersDoc(params.map((param, i) => this.parameter(activity, i, variableName(param)))));
    return mark(
      braces(ts`async ${propertyKey(wireName(activity))}${list}`, this.body(activity)),
      this.origin(activity),
    );
  }

  /** A parameter, with what it is where a call leaves it out. */
  private parameter(activity: ActivityDef, at: number, text: string): Doc {
    const value = activity.params[at]!.default;
    if (!value) return expressionDoc(name(text), 'argument');
    const { program, names } = this;
    const file = program.facts.fileOf.get(activity)!;
    const body = new Body({ program, file, kind: 'activity', names, definition: activity });
    return concat(text, ' = ', expressionDoc(expression(body, value), 'argument'));
  }

  private body(activity: ActivityDef): Doc | undefined {
    const { params, result } = this.program.facts.activities.get(activity)!;
    if (!activity.body) {
      const args = params.map((param) => name(variableName(param)));
      const value = awaited(call(name(this.roots.get(activity.name.text)!), args));
      return result.kind === 'void' ? expressionStatement(value) : leaving('return', value);
    }
    const file = this.program.facts.fileOf.get(activity)!;
    const statements = activity.body;
    return this.names.within((names) => {
      const body = new Body({ program: this.program, file, kind: 'activity', names, definition: activity });
      body.dependencies = this.roots;
      const doc = statementsDoc(body, statements, body.comments.endOf(activity));
      const parts = [...(doc === undefined ? [] : [doc]), ...fallThrough(body)];
      return parts.length > 0 ? lines(parts) : undefined;
    });
  }

  private type(type: Type): TypeCode {
    return typeCode(this.program, type);
  }

  private comments(activity: ActivityDef) {
    return this.program.comments(this.program.facts.fileOf.get(activity)!);
  }

  private origin(activity: ActivityDef) {
    return { file: this.program.facts.fileOf.get(activity)!, offset: activity.span.start };
  }
}
