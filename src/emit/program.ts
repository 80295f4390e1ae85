/** What all files of the output share: the facts, comments, and what generated things are called. */
import type { DeclaredType, Facts, Operation, ResolvedCall, Service, Variable, Worker } from '../check/facts.js';
import type { ParsedFile } from '../check/program.js';
import type { SourceFile } from '../source.js';
import type { NamedDefinition } from '../symbols/definitions.js';
import { wireName } from '../options/wire-name.js';
import { bareName, type Package } from '../symbols/packages.js';
import type {
  ActivityDef,
  Call,
  ExternActivity,
  ExternFunction,
  ExternWorkflow,
  Handler,
  Node,
  OperationDef,
  WorkflowDef,
} from '../syntax/ast.js';
import { walk } from '../syntax/visit.js';
import type { NamedType } from '../types/type.js';
import { type Code, imported, importedType, name, reference, string, type TypeCode } from './code.js';
import { CommentTable } from './comments.js';
import type { Origin } from './origin.js';
import type { Imported } from './print/doc.js';
import { camelCase, freeName, isReserved, isReservedType, pascalCase } from './reserved.js';

export const runtime = {
  workflow: 'twfc/runtime/workflow',
  activity: 'twfc/runtime/activity',
  value: 'twfc/runtime/value',
  nexus: 'twfc/runtime/nexus',
  main: 'twfc/runtime/main',
  tracing: 'twfc/runtime/tracing',
} as const;

/** Types that are no more than a name for a plain one. */
export type HelperType = 'DecimalString' | 'Milliseconds';

export class Program {
  /** What is emitted into its folder. */
  readonly owner: Package;
  /** Its files. */
  readonly files: readonly ParsedFile[];
  /** Its part of each worker. */
  readonly workers: readonly Worker[];
  readonly types: readonly DeclaredType[];
  readonly services: readonly Service[];
  readonly workflows: readonly WorkflowDef[];
  readonly externs: readonly ExternFunction[];
  /** What its bodies call. */
  readonly calls: readonly ResolvedCall[];
  readonly contracts: readonly (ExternWorkflow | ExternActivity)[];
  /** Prefixes of what each worker has of its own, by the names of the workers; none where there is one worker. */
  private readonly workerNames = new Map<string, string>();
  private readonly entryNames = new Map<string, string>();
  private readonly contractNames = new Map<ExternWorkflow | ExternActivity, string>();
  private readonly commentTables = new Map<SourceFile, CommentTable>();
  private readonly typeNames = new Map<string, string>();
  private readonly workflowNames = new Map<WorkflowDef, string>();
  private readonly externNames = new Map<ExternFunction, string>();
  private readonly serviceNames = new Map<Service, string>();
  private readonly inputNames = new Map<Operation, string>();
  private readonly handlersNames = new Map<Service, string>();
  private readonly shapesNames = new Map<Service, string>();
  /** What workflows.ts calls the messages of its workflows. */
  readonly messages = new Map<Handler, string>();
  private readonly helperTypes = new Map<HelperType, { readonly name: string; used: boolean }>();

  /** Variables that are declared ahead of what gives them a value. */
  private readonly hoisted: ReadonlySet<Variable>;

  /**
   * @param allFiles of all packages
   * @param siblings the programs of all packages, which are put there
   */
  constructor(
    private readonly allFiles: readonly ParsedFile[],
    readonly facts: Facts,
    owner?: Package,
    private readonly siblings = new Map<Package, Program>(),
  ) {
    const { packages, fileOf } = facts;
    this.owner = owner ?? packages.all[0]!;
    this.siblings.set(this.owner, this);
    const isOwn = (definition: NamedDefinition) => packages.of(fileOf.get(definition)!) === this.owner;
    this.files = allFiles.filter(({ source }) => packages.of(source) === this.owner);
    this.types = facts.types.filter((one) => packages.ofKey(keyOfType(one)) === this.owner);
    this.services = facts.services.filter((one) => one.owner === this.owner);
    this.workflows = [...facts.workflows.keys()].filter(isOwn);
    this.externs = [...facts.externs.functions.keys()].filter(isOwn);
    this.contracts = [...facts.contracts].filter(([, one]) => one.owner === this.owner).map(([one]) => one);
    this.calls = this.isAlone ? [...facts.calls.values()] : this.callsInFiles();
    this.workers = this.isAlone
      ? this.allWorkers
      : this.allWorkers.map((worker) => ({
          ...worker,
          workflows: worker.workflows.filter(isOwn),
          activities: worker.activities.filter(isOwn),
          services: worker.services.filter((one) => one.owner === this.owner),
          ...worker.dependenciesIn(this.owner),
        }));
    this.hoisted = new Set([...facts.hoisted.values()].flat());
    const taken = new Set<string>();
    const paths = new Set<string>();
    for (const worker of this.allWorkers) {
      const short = worker.name.replace(/[-_]?worker$/i, '');
      const name = freeName([pascalCase(short || worker.name), pascalCase(worker.name)], (one) => taken.has(one));
      taken.add(name);
      this.workerNames.set(worker.name, name);
      // A part of a path: it stays in its folder, also where case makes no difference.
      const path = freeName([worker.name.replace(/[^\w-]+/g, '-')], (one) => paths.has(one.toLowerCase()));
      paths.add(path.toLowerCase());
      this.entryNames.set(worker.name, `${path}.workflows`);
    }
    const names = new Set<string>();
    for (const type of this.types) {
      const text = freeName([nameOfType(type)], (one) => names.has(one) || isReservedType(one));
      names.add(text);
      this.typeNames.set(keyOfType(type), text);
    }
    const freeExtern = distinctNames();
    for (const one of this.externs) this.externNames.set(one, freeExtern(one.name.text));
    this.nameServices();
    this.nameWorkflows();
    for (const kind of ['DecimalString', 'Milliseconds'] as const) {
      this.helperTypes.set(kind, { name: freeName([kind], (one) => names.has(one)), used: false });
    }
  }

  /** Contracts, and the inputs of operations that take several values; what implements the one and checks the other. */
  private nameServices(): void {
    const free = distinctNames();
    for (const service of this.services) {
      const { name, origin } = service;
      const own = origin === 'declared' ? name : `${pascalCase(name)}${/service$/i.test(name) ? '' : 'Service'}`;
      this.serviceNames.set(service, free(own));
    }
    for (const service of this.services) {
      for (const operation of service.operations) {
        if (operation.params.length < 2) continue;
        const own = `${pascalCase(operation.name)}Input`;
        this.inputNames.set(operation, free(own, `${pascalCase(service.name)}${own}`));
      }
    }
    const [freeHandlers, freeShapes] = [distinctNames(), distinctNames()];
    for (const service of this.services) {
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
    const { calls } = this.facts;
    const locals = new Map(this.workflows.map((one) => [one, this.localNames(one)]));
    const hidden = new Set<WorkflowDef>();
    for (const [definition, names] of locals) {
      const note = (spoken: WorkflowDef | ExternWorkflow) => {
        if (spoken.kind === 'Workflow' && names.has(spoken.name.text)) hidden.add(spoken);
      };
      walk(definition, {
        enter: (node) => {
          const called = node.kind === 'WorkflowCall' ? calls.get(node) : undefined;
          if (called?.kind === 'workflow') note(called.workflow);
          if (node.kind === 'ContinueAsNew') note(definition);
        },
      });
    }
    const taken = new Set([...locals.values()].flatMap((names) => [...names]));
    for (const { name } of this.workflows) taken.add(name.text);
    for (const workflow of this.workflows) {
      const { text } = workflow.name;
      const isFree = !hidden.has(workflow) && !isReserved(text);
      const own = isFree ? text : freeName([`${text}_`], (one) => taken.has(one));
      taken.add(own);
      this.workflowNames.set(workflow, own);
    }
    const isTaken = (one: string) => taken.has(one) || isReserved(one) || isReservedType(one);
    for (const contract of this.contracts) {
      const { text } = contract.name;
      const own = contract.kind === 'ExternWorkflow' ? freeName([text, `Extern${text}`], isTaken) : text;
      taken.add(own);
      this.contractNames.set(contract, own);
    }
  }

  private callsInFiles(): ResolvedCall[] {
    const found: ResolvedCall[] = [];
    for (const { ast } of this.files) {
      walk(ast, {
        enter: (node) => {
          const call = this.facts.calls.get(node as Call);
          if (call) found.push(call);
        },
      });
    }
    return found;
  }

  /** Whether there is only the default package: then the output has one folder. */
  private get isAlone(): boolean {
    return this.facts.packages.all.length === 1;
  }

  get allWorkers(): readonly Worker[] {
    return this.facts.topology.workers;
  }

  /** Whether each worker has a bundle of its own: it does not hold just all of one package. */
  private get hasEntries(): boolean {
    const isSplit = this.facts.packages.all.some(({ id, external }) => id !== '' && !external);
    const isRenamed = [...this.facts.workflows.keys()].some((one) => wireName(one) !== one.name.text);
    return this.allWorkers.length > 1 || isSplit || isRenamed;
  }

  /** The program of another package, or this one. */
  of(owner: Package): Program {
    return this.siblings.get(owner)!;
  }

  ownerOf(definition: NamedDefinition): Package {
    return this.facts.packages.of(this.facts.fileOf.get(definition)!);
  }

  /** How this package's files import one of a package's. @param file without its extension: `types` */
  module(owner: Package, file: string): string {
    if (owner === this.owner) return `./${file}.js`;
    const up = this.owner.folder === '' ? './' : '../';
    return `${up}${owner.folder === '' ? '' : `${owner.folder}/`}${file}.js`;
  }

  /** How this package's files import a file of the author, which the output folder imports by a path. */
  authorModule(path: string): string {
    return this.owner.folder === '' || !path.startsWith('.') ? path : `../${path.replace(/^\.\//, '')}`;
  }

  isHoisted(variable: Variable): boolean {
    return this.hoisted.has(variable);
  }

  /** This package's part of a worker. */
  part({ name: text }: Worker): Worker {
    return this.workers.find((one) => one.name === text)!;
  }

  /** What the type of a workflow that is defined elsewhere is called. */
  contractName(contract: ExternWorkflow | ExternActivity): string {
    return this.contractNames.get(contract)!;
  }

  /** A message that a workflow handles, as code outside of workflows names it. */
  messageName(handler: Handler): Imported {
    const owner = this.ownerOf(this.facts.handlers.get(handler)!.workflow);
    return imported(this.module(owner, 'workflows'), this.of(owner).messages.get(handler)!);
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
    return this.of(service.owner).serviceNames.get(service)!;
  }

  /** What a service's handlers are called. */
  handlersName(service: Service): string {
    return this.of(service.owner).handlersNames.get(service)!;
  }

  /** What the shapes of a service's inputs are called. */
  shapesName(service: Service): string {
    return this.shapesNames.get(service)!;
  }

  /** The record that holds the values of an operation that takes several. */
  inputName(operation: Operation): string {
    return this.inputNames.get(operation)!;
  }

  /** In the order of the source. */
  activitiesOf({ activities }: Worker): readonly ActivityDef[] {
    const place = (one: ActivityDef) => this.allFiles.findIndex(({ source }) => source === this.facts.fileOf.get(one));
    return [...activities].sort((a, b) => place(a) - place(b) || a.span.start - b.span.start);
  }

  comments(file: SourceFile): CommentTable {
    let table = this.commentTables.get(file);
    if (!table) {
      table = new CommentTable(this.allFiles.find(({ source }) => source === file)!);
      this.commentTables.set(file, table);
    }
    return table;
  }

  /** A name of a worker's own things: `createOrdersWorker`, or `createWorker` where there is only one. */
  ofWorker(worker: Worker, before: string, after: string): string {
    const name = this.allWorkers.length > 1 ? this.workerNames.get(worker.name)! : '';
    return before === '' && name === '' ? after : `${before}${name}${after}`;
  }

  /** The module that a worker's bundle begins with, without its extension: with one worker, all workflows. */
  entryModule(worker: Worker): string {
    return this.hasEntries ? this.entryNames.get(worker.name)! : 'workflows';
  }

  /** What the worker is called as a value: `orders`. */
  workerKey(worker: Worker): string {
    return camelCase(this.workerNames.get(worker.name)!);
  }

  dependenciesType(worker: Worker): string {
    return this.ofWorker(worker, '', this.allWorkers.length > 1 ? 'Dependencies' : 'ActivityDependencies');
  }

  serviceDependenciesType(worker: Worker): string {
    return this.ofWorker(worker, '', 'ServiceDependencies');
  }

  /** What types.ts calls the type of a key. */
  typeName(key: string): string {
    return this.of(this.facts.packages.ofKey(key)).typeNames.get(key) ?? key;
  }

  /** The types.ts that declares the type of a key. */
  typesModule(key: string): string {
    return this.module(this.facts.packages.ofKey(key), 'types');
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

  /** Whether some types.ts declares the type of a key. */
  declaresType(key: string): boolean {
    return this.of(this.facts.packages.ofKey(key)).typeNames.has(key);
  }

  /** Whether a TypeScript file of the author declares it. */
  isImported(type: NamedType): boolean {
    return this.facts.types.some((one) => one.kind === 'record' && one.type === type && one.from !== undefined);
  }

  /** A type of types.ts, imported. */
  typeReference(type: NamedType): TypeCode {
    return reference(importedType(this.typesModule(type.name), this.typeName(type.name)));
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
    const { start } = node.span;
    const { origin } = file;
    return origin ? { file: origin.file, offset: origin.spanAt(start).start } : { file, offset: start };
  }
}

/** What the author calls a type, in its package. */
export function nameOfType(type: DeclaredType): string {
  return bareName(keyOfType(type));
}

function keyOfType(type: DeclaredType): string {
  return type.kind === 'alias' ? type.key : type.type.name;
}

/** What a variable is called in the output. */
export function localName(name: string): string {
  return isReserved(name) ? `${name}_` : name;
}

export function variableName(variable: Variable): string {
  return localName(variable.name);
}

/** How a call names a workflow. */
export interface WorkflowTarget {
  readonly target: Code;
  /** Where it is named by its text, its type says what it takes and gives. */
  readonly types: readonly TypeCode[];
}

/**
 * By its function, where that is called as the workflow is; else by its name.
 * @param inside whether the call stands in workflows.ts of this package
 */
export function workflowTarget(
  program: Program,
  workflow: WorkflowDef | ExternWorkflow,
  inside = false,
): WorkflowTarget {
  const isOwn = workflow.kind === 'Workflow';
  const owner = isOwn ? program.ownerOf(workflow) : program.facts.contracts.get(workflow)!.owner;
  const home = program.of(owner);
  const isHere = inside && owner === program.owner;
  const module = program.module(owner, 'workflows');
  const { text } = workflow.name;
  const called = wireName(workflow);
  if (!isOwn) {
    const type = home.contractName(workflow);
    return { target: string(called), types: [reference(isHere ? type : importedType(module, type))] };
  }
  const local = home.workflowName(workflow);
  if (local === called) return { target: name(isHere ? local : imported(module, text)), types: [] };
  return { target: string(called), types: [{ kind: 'typeof', name: isHere ? local : importedType(module, text) }] };
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
