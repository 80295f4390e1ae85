/** What all files of the output share: the facts, comments, and what generated things are called. */
import type { DeclaredType, Facts, Operation, Service, Variable, Worker } from '../check/facts.js';
import type { ParsedFile } from '../check/program.js';
import type { SourceFile } from '../source.js';
import type { ActivityDef, ExternFunction, Node, OperationDef, WorkflowDef } from '../syntax/ast.js';
import { walk } from '../syntax/visit.js';
import type { NamedType } from '../types/type.js';
import { imported, importedType, reference, type TypeCode } from './code.js';
import { CommentTable } from './comments.js';
import type { Origin } from './origin.js';
import { camelCase, freeName, isReserved, isReservedType, pascalCase } from './reserved.js';

export const runtime = {
  workflow: 'twfc/runtime/workflow',
  value: 'twfc/runtime/value',
  nexus: 'twfc/runtime/nexus',
  main: 'twfc/runtime/main',
} as const;

/** Types that are no more than a name for a plain one. */
export type HelperType = 'DecimalString' | 'Milliseconds';

export class Program {
  /** Prefixes of what each worker has of its own; none where there is one worker. */
  private readonly workerNames = new Map<Worker, string>();
  private readonly entryNames = new Map<Worker, string>();
  private readonly commentTables = new Map<SourceFile, CommentTable>();
  private readonly typeNames = new Map<string, string>();
  private readonly workflowNames = new Map<WorkflowDef, string>();
  private readonly externNames = new Map<ExternFunction, string>();
  private readonly serviceNames = new Map<Service, string>();
  private readonly inputNames = new Map<Operation, string>();
  private readonly handlersNames = new Map<Service, string>();
  private readonly shapesNames = new Map<Service, string>();
  private readonly helperTypes = new Map<HelperType, { readonly name: string; used: boolean }>();

  /** Variables that are declared ahead of what gives them a value. */
  private readonly hoisted: ReadonlySet<Variable>;

  constructor(
    readonly files: readonly ParsedFile[],
    readonly facts: Facts,
  ) {
    this.hoisted = new Set([...facts.hoisted.values()].flat());
    const taken = new Set<string>();
    const paths = new Set<string>();
    for (const worker of this.workers) {
      const short = worker.name.replace(/[-_]?worker$/i, '');
      const name = freeName([pascalCase(short || worker.name), pascalCase(worker.name)], (one) => taken.has(one));
      taken.add(name);
      this.workerNames.set(worker, name);
      // A part of a path: it stays in its folder, also where case makes no difference.
      const path = freeName([worker.name.replace(/[^\w-]+/g, '-')], (one) => paths.has(one.toLowerCase()));
      paths.add(path.toLowerCase());
      this.entryNames.set(worker, `${path}.workflows`);
    }
    const names = new Set<string>();
    for (const name of facts.types.map(nameOfType)) {
      const text = freeName([name], (one) => names.has(one) || isReservedType(one));
      names.add(text);
      this.typeNames.set(name, text);
    }
    const freeExtern = distinctNames();
    for (const one of facts.externs.functions.keys()) this.externNames.set(one, freeExtern(one.name.text));
    this.nameServices();
    this.nameWorkflows();
    for (const kind of ['DecimalString', 'Milliseconds'] as const) {
      this.helperTypes.set(kind, { name: freeName([kind], (one) => names.has(one)), used: false });
    }
  }

  /** Contracts, and the inputs of operations that take several values; what implements the one and checks the other. */
  private nameServices(): void {
    const free = distinctNames();
    for (const service of this.facts.services) {
      const { name, origin } = service;
      const own = origin === 'declared' ? name : `${pascalCase(name)}${/service$/i.test(name) ? '' : 'Service'}`;
      this.serviceNames.set(service, free(own));
    }
    for (const service of this.facts.services) {
      for (const operation of service.operations) {
        if (operation.params.length < 2) continue;
        const own = `${pascalCase(operation.name)}Input`;
        this.inputNames.set(operation, free(own, `${pascalCase(service.name)}${own}`));
      }
    }
    const [freeHandlers, freeShapes] = [distinctNames(), distinctNames()];
    for (const service of this.facts.services) {
      const text = this.serviceName(service);
      const camel = camelCase(text);
      this.handlersNames.set(service, freeHandlers(...(camel === text ? [] : [camel]), `${camel}Handlers`));
      this.shapesNames.set(service, freeShapes(`${camel}Inputs`));
    }
  }

  /**
   * The functions of workflows: their names are the types of the workflows, but where TypeScript reserves the word, and
   * where a variable has the name in a body that speaks of the workflow.
   */
  private nameWorkflows(): void {
    const { workflows, calls } = this.facts;
    const locals = new Map([...workflows.keys()].map((one) => [one, this.localNames(one)]));
    const hidden = new Set<WorkflowDef>();
    for (const [definition, names] of locals) {
      const note = (spoken: WorkflowDef) => names.has(spoken.name.text) && hidden.add(spoken);
      walk(definition, {
        enter: (node) => {
          const called = node.kind === 'WorkflowCall' ? calls.get(node) : undefined;
          if (called?.kind === 'workflow') note(called.workflow);
          if (node.kind === 'ContinueAsNew') note(definition);
        },
      });
    }
    const taken = new Set([...locals.values()].flatMap((names) => [...names]));
    for (const { name } of workflows.keys()) taken.add(name.text);
    for (const workflow of workflows.keys()) {
      const { text } = workflow.name;
      const isFree = !hidden.has(workflow) && !isReserved(text);
      const own = isFree ? text : freeName([`${text}_`], (one) => taken.has(one));
      taken.add(own);
      this.workflowNames.set(workflow, own);
    }
  }

  isHoisted(variable: Variable): boolean {
    return this.hoisted.has(variable);
  }

  /** What the function of a workflow is called in its own file. */
  workflowName(workflow: WorkflowDef): string {
    return this.workflowNames.get(workflow)!;
  }

  /** What an extern function is called in externs.ts. */
  externName(definition: ExternFunction): string {
    return this.externNames.get(definition)!;
  }

  serviceName(service: Service): string {
    return this.serviceNames.get(service)!;
  }

  /** What a service's handlers are called. */
  handlersName(service: Service): string {
    return this.handlersNames.get(service)!;
  }

  /** What the shapes of a service's inputs are called. */
  shapesName(service: Service): string {
    return this.shapesNames.get(service)!;
  }

  /** The record that holds the values of an operation that takes several. */
  inputName(operation: Operation): string {
    return this.inputNames.get(operation)!;
  }

  get workers(): readonly Worker[] {
    return this.facts.topology.workers;
  }

  /** In the order of the source. */
  activitiesOf({ activities }: Worker): readonly ActivityDef[] {
    const place = (one: ActivityDef) => this.files.findIndex(({ source }) => source === this.facts.fileOf.get(one));
    return [...activities].sort((a, b) => place(a) - place(b) || a.span.start - b.span.start);
  }

  comments(file: SourceFile): CommentTable {
    let table = this.commentTables.get(file);
    if (!table) {
      table = new CommentTable(this.files.find(({ source }) => source === file)!);
      this.commentTables.set(file, table);
    }
    return table;
  }

  /** A name of a worker's own things: `createOrdersWorker`, or `createWorker` where there is only one. */
  ofWorker(worker: Worker, before: string, after: string): string {
    const name = this.workers.length > 1 ? this.workerNames.get(worker)! : '';
    return before === '' && name === '' ? after : `${before}${name}${after}`;
  }

  /** The module that a worker's bundle begins with, without its extension: with one worker, all workflows. */
  entryModule(worker: Worker): string {
    return this.workers.length > 1 ? this.entryNames.get(worker)! : 'workflows';
  }

  /** What the worker is called as a value: `orders`. */
  workerKey(worker: Worker): string {
    return camelCase(this.workerNames.get(worker)!);
  }

  dependenciesType(worker: Worker): string {
    return this.ofWorker(worker, '', this.workers.length > 1 ? 'Dependencies' : 'ActivityDependencies');
  }

  typeName(name: string): string {
    return this.typeNames.get(name) ?? name;
  }

  /** What a type beside the program's own is called; it is declared because it is asked for. */
  helperType(kind: HelperType): string {
    const helper = this.helperTypes.get(kind)!;
    helper.used = true;
    return helper.name;
  }

  usedHelperTypes(): { readonly kind: HelperType; readonly name: string }[] {
    return [...this.helperTypes].flatMap(([kind, { name, used }]) => (used ? [{ kind, name }] : []));
  }

  declaresType(name: string): boolean {
    return this.typeNames.has(name);
  }

  /** Whether a TypeScript file of the author declares it. */
  isImported(type: NamedType): boolean {
    return this.facts.types.some((one) => one.kind === 'record' && one.type === type && one.from !== undefined);
  }

  /** A type of types.ts, imported. */
  typeReference(type: NamedType): TypeCode {
    return reference(importedType('./types.js', this.typeName(type.name)));
  }

  /** Names that the author gave to variables in a body, as they are printed. */
  localNames(definition: WorkflowDef | ActivityDef | OperationDef): Set<string> {
    const names = new Set<string>();
    for (const name of this.authorNames(definition)) names.add(localName(name));
    return names;
  }

  private authorNames(definition: Node): Set<string> {
    const names = new Set<string>();
    walk(definition, {
      enter: (node) => {
        const variable = node.kind === 'NameExpr' ? this.facts.variables.get(node) : undefined;
        if (variable) names.add(variable.name);
        if (node.kind === 'Param') names.add(node.name.text);
      },
    });
    return names;
  }

  originOf(file: SourceFile, node: { readonly span: { readonly start: number } }): Origin {
    return { file, offset: node.span.start };
  }
}

/** What the author calls a type. */
export function nameOfType(type: DeclaredType): string {
  return type.kind === 'alias' ? type.definition.name.text : type.type.name;
}

/** What a variable is called in the output. */
export function localName(name: string): string {
  return isReserved(name) ? `${name}_` : name;
}

export function variableName(variable: Variable): string {
  return localName(variable.name);
}

export function workflowFunction(workflow: WorkflowDef) {
  return imported('./workflows.js', workflow.name.text);
}

/** Names of one file: the first of several that nothing has yet. */
function distinctNames(): (...candidates: readonly string[]) => string {
  const taken = new Set<string>();
  return (...candidates) => {
    const name = freeName(candidates as [string, ...string[]], (one) => taken.has(one) || isReserved(one));
    taken.add(name);
    return name;
  };
}
