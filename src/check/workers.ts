/**
 * Which worker runs what (grammar/README.md, "Topology"): what the program says, if it says anything. Otherwise each
 * endpoint with a namespace and a task queue is a worker that serves its services, runs the workflows they start, those
 * workflows' children and all their activities, and everything else runs on the default worker of its file's namespace.
 */
import type {
  ActivityDef,
  Call,
  Expr,
  OperationDef,
  OptionBlock,
  OptionValue,
  WorkerDef,
  WorkerPlace,
  WorkflowDef,
} from '../syntax/ast.js';
import { addTo } from '../group.js';
import type { Model } from './model.js';
import { isHandled, isServed, type RoutedEndpoint, type RoutedService } from './routed.js';
import type { Binding, Places } from './places.js';
import { memberName } from '../syntax/family.js';
import type { ProgramOptions } from './program.js';
import { canonicalKey } from '../options/options.js';

export interface PlacedWorker {
  readonly name: string;
  readonly definition: WorkerDef | undefined;
  /** None: it is not deployed. */
  readonly places: readonly PlacedAt[];
  readonly workflows: Set<WorkflowDef>;
  readonly activities: Set<ActivityDef>;
  readonly services: Set<RoutedService>;
}

export interface PlacedAt {
  readonly namespace: string;
  readonly taskQueue: string;
  /** Where it is said in the program. */
  readonly entry?: WorkerPlace | undefined;
  /** What the holes of a family stand for here. */
  readonly binding?: Binding | undefined;
}

export class Workers {
  readonly all: PlacedWorker[] = [];
  private readonly byPlace = new Map<string, PlacedWorker>();
  private readonly names = new Set<string>();
  private readonly runners = new Map<WorkflowDef, PlacedWorker[]>();
  private readonly placed = new Set<ActivityDef | RoutedService>();
  private readonly targets = new Map<RoutedEndpoint, PlacedAt>();

  constructor(
    private readonly model: Model,
    private readonly places: Places,
    private readonly options: ProgramOptions,
  ) {
    if (places.isExplicit) this.placeListed();
    for (const endpoint of model.nexus.endpoints) this.serve(endpoint);
    if (places.isExplicit) this.keepOthers();
    else this.placeRest();
  }

  /** Where an endpoint leads, if workers of the program are there. */
  targetOf(endpoint: RoutedEndpoint): PlacedAt | undefined {
    return this.targets.get(endpoint);
  }

  /** The workers that run a workflow. */
  running(workflow: WorkflowDef): PlacedWorker[] {
    return this.runners.get(workflow) ?? [];
  }

  /** The workers that serve the service of an operation. */
  serving(operation: OperationDef): PlacedWorker[] {
    return this.all.filter(({ services }) =>
      [...services].some(({ definition }) => definition?.operations.includes(operation)),
    );
  }

  /** Whether some worker runs an activity, or serves a service. */
  isPlaced(definition: ActivityDef | RoutedService): boolean {
    return this.placed.has(definition);
  }

  /** What the program lists, and nothing else. */
  private placeListed(): void {
    const { nexus } = this.model;
    for (const [definition, { workflows, activities, services }] of this.places.runs) {
      const worker = this.make(definition.name.text, this.membersOf(definition), definition);
      for (const workflow of workflows) this.addWorkflow(workflow, worker);
      for (const activity of activities) this.placeActivity(activity, worker);
      for (const service of nexus.services) {
        if (!service.definition || !services.has(service.definition)) continue;
        worker.services.add(service);
        this.placed.add(service);
      }
    }
  }

  private membersOf(definition: WorkerDef): PlacedAt[] {
    return this.places.of(definition).flatMap((place) =>
      this.places.bindingsOf(place).map((binding) => ({
        namespace: memberName(place.namespace, binding),
        taskQueue: memberName(place.taskQueue, binding),
        entry: place.entry,
        binding,
      })),
    );
  }

  /** What no worker runs is compiled all the same, for a worker that is nowhere. */
  private keepOthers(): void {
    const { workflows, activities } = this.model.definitions;
    const rest = {
      workflows: [...workflows.values()].filter((one) => this.running(one).length === 0),
      activities: [...activities.values()].filter((one) => !this.placed.has(one)),
    };
    if (rest.workflows.length + rest.activities.length === 0) return;
    const worker = this.make(this.nameFor('', 'undeployed'), [], undefined);
    for (const workflow of rest.workflows) worker.workflows.add(workflow);
    for (const activity of rest.activities) worker.activities.add(activity);
  }

  private make(name: string, places: readonly PlacedAt[], definition: WorkerDef | undefined): PlacedWorker {
    const worker = {
      name,
      definition,
      places,
      workflows: new Set(),
      activities: new Set(),
      services: new Set(),
    } as PlacedWorker;
    this.names.add(name);
    this.all.push(worker);
    return worker;
  }

  private worker(namespace: string, taskQueue: string): PlacedWorker {
    const place = JSON.stringify([namespace, taskQueue]);
    let worker = this.byPlace.get(place);
    if (!worker) {
      worker = this.make(this.nameFor(namespace, taskQueue), [{ namespace, taskQueue }], undefined);
      this.byPlace.set(place, worker);
    }
    return worker;
  }

  /** After its task queue, without what only says that it is one. */
  private nameFor(namespace: string, taskQueue: string): string {
    const short = taskQueue.replace(/[-_](workers?|task[-_]?queue|queue|tasks?)$/i, '');
    if (!this.names.has(short)) return short;
    let name = `${namespace}-${short}`;
    for (let n = 2; this.names.has(name); n++) name = `${namespace}-${short}-${n}`;
    return name;
  }

  private serve(endpoint: RoutedEndpoint): void {
    const { namespace, taskQueue, services } = endpoint;
    if (namespace === undefined || taskQueue === undefined || !services.some(isServed)) return;
    if (this.places.isExplicit && endpoint.definition) {
      const [place] = this.places.at(namespace, taskQueue);
      if (place) this.targets.set(endpoint, place);
      return;
    }
    const worker = this.worker(namespace, taskQueue);
    this.targets.set(endpoint, worker.places[0]!);
    for (const service of services) this.placeService(service, worker);
  }

  private placeService(service: RoutedService, worker: PlacedWorker): void {
    const handled = [...service.operations.values()].filter(isHandled);
    if (handled.length === 0) return;
    worker.services.add(service);
    this.placed.add(service);
    for (const { definition, workflow } of handled) {
      if (workflow) this.placeWorkflow(workflow, worker);
      if (definition) this.placeOperation(this.model.callsIn.get(definition) ?? [], worker);
    }
  }

  /** The code of activities runs in the operation, wherever they run otherwise. */
  private placeOperation(calls: readonly Call[], worker: PlacedWorker): void {
    for (const call of calls) {
      const callee = this.model.callees.of(call);
      if (callee?.kind === 'Activity') this.placeActivity(callee, worker);
    }
    this.placeCalls(
      calls.filter(({ kind }) => kind !== 'ActivityCall'),
      worker,
    );
  }

  private placeWorkflow(workflow: WorkflowDef, worker: PlacedWorker): void {
    if (this.addWorkflow(workflow, worker)) this.placeCalls(this.model.callsIn.get(workflow) ?? [], worker);
  }

  /** @returns whether the worker did not have it yet */
  private addWorkflow(workflow: WorkflowDef, worker: PlacedWorker): boolean {
    if (worker.workflows.has(workflow)) return false;
    worker.workflows.add(workflow);
    addTo(this.runners, workflow, worker);
    return true;
  }

  /** What is called on a task queue of its own is served there; and so is, in turn, what a called workflow calls. */
  private placeCalls(first: readonly Call[], firstCaller: PlacedWorker): void {
    const open = [{ calls: first.values(), caller: firstCaller }];
    for (let last = open.at(-1); last; last = open.at(-1)) {
      const { done, value: call } = last.calls.next();
      if (done) open.pop();
      if (done || call.kind === 'NexusCall') continue;
      const callee = this.model.callees.of(call);
      if (callee?.kind !== 'Activity' && callee?.kind !== 'Workflow') continue;
      const queue = queueIn(call.options) ? literalQueue(call.options) : literalQueue(callee.options);
      const worker = queue === undefined ? last.caller : this.worker(last.caller.places[0]!.namespace, queue);
      if (callee.kind === 'Activity') this.placeActivity(callee, worker);
      else if (this.addWorkflow(callee, worker)) {
        open.push({ calls: (this.model.callsIn.get(callee) ?? []).values(), caller: worker });
      }
    }
  }

  private placeActivity(activity: ActivityDef, worker: PlacedWorker): void {
    worker.activities.add(activity);
    this.placed.add(activity);
  }

  private placeRest(): void {
    const { workflows, activities, fileOf } = this.model.definitions;
    const children = new Set([...this.model.callsIn.values()].flat().map((call) => this.model.callees.of(call)));
    const roots = [...workflows.values()].filter((one) => !children.has(one));
    for (const workflow of [...roots, ...workflows.values()]) {
      if (this.running(workflow).length > 0) continue;
      this.placeWorkflow(workflow, this.defaultFor(fileOf.get(workflow)!.path, literalQueue(workflow.options)));
    }
    for (const activity of activities.values()) {
      if (this.placed.has(activity)) continue;
      this.placeActivity(activity, this.defaultFor(fileOf.get(activity)!.path, literalQueue(activity.options)));
    }
    for (const service of this.model.nexus.services) {
      if (!service.definition || this.placed.has(service) || !isServed(service)) continue;
      this.placeService(service, this.defaultFor(fileOf.get(service.definition)!.path, undefined));
    }
  }

  /**
   * In a namespace that an endpoint leads to, its only worker; elsewhere one on a task queue of the namespace's name.
   * @param queue that the definition names itself
   */
  private defaultFor(path: string, queue: string | undefined): PlacedWorker {
    const namespace = this.options.namespaceOf(path);
    if (namespace === undefined) return this.worker(this.options.namespace, queue ?? this.options.taskQueue);
    const there = this.all.filter(({ places }) => places[0]?.namespace === namespace);
    return queue === undefined && there.length === 1 ? there[0]! : this.worker(namespace, queue ?? namespace);
  }
}

/** The task queue that options name in so many words. */
export function literalQueue(options: OptionBlock | undefined): string | undefined {
  const value = queueIn(options);
  if (value?.kind === 'Word') return value.text;
  if (value?.kind !== 'String' || value.parts.length !== 1) return undefined;
  const [text] = value.parts;
  return typeof text === 'string' ? text : undefined;
}

/** What a call says about its task queue. */
export function queueOf({ options }: Call): OptionValue | undefined {
  return queueIn(options);
}

/** What computes the task queue of a call, if anything does. */
export function computedQueue({ options }: Call): Expr | undefined {
  const value = queueIn(options);
  if (!value || value.kind === 'OptionBlock' || value.kind === 'WordList' || value.kind === 'Word') return undefined;
  const isConstant = ['Number', 'Bool', 'Null', 'Duration', 'List', 'Invalid'].includes(value.kind);
  return isConstant || literalQueue(options) !== undefined ? undefined : value;
}

export function queueIn(options: OptionBlock | undefined): OptionValue | undefined {
  return options?.entries.find(({ key }) => canonicalKey('start', key.text) === 'task_queue')?.value;
}

/** What each place of each worker is called: as its worker, if that has one; otherwise by what tells it from the others. */
export function placeNames(workers: readonly PlacedWorker[]): Map<PlacedAt, string> {
  const names = new Map<PlacedAt, string>();
  const taken = new Set(workers.map(({ name }) => name));
  for (const { name, places } of workers) {
    const namespaces = new Set(places.map(({ namespace }) => namespace));
    for (const place of places) {
      const { namespace, taskQueue } = place;
      const what = namespaces.size === places.length ? namespace : `${namespace}-${taskQueue}`;
      const apart = what.replace(/[^\w.-]+/g, '-');
      let own = places.length === 1 ? name : `${name}-${apart}`;
      for (let n = 2; places.length > 1 && taken.has(own); n++) own = `${name}-${apart}-${n}`;
      taken.add(own);
      names.set(place, own);
    }
  }
  return names;
}
