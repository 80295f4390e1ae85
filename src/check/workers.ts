/**
 * Which worker runs what, where the program has no topology of its own (grammar/README.md, "Topology"). Each endpoint
 * with a namespace and a task queue is a worker that serves its services, runs the workflows they start, those workflows'
 * children and all their activities. Everything else runs on the default worker of its file's namespace.
 */
import type { ActivityDef, Call, WorkflowDef } from '../syntax/ast.js';
import type { Model } from './model.js';
import type { RoutedEndpoint, RoutedService } from './nexus.js';
import type { ProgramOptions } from './program.js';
import { canonicalKey } from './options.js';

export interface PlacedWorker {
  readonly name: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly workflows: Set<WorkflowDef>;
  readonly activities: Set<ActivityDef>;
  readonly services: Set<RoutedService>;
}

export class Workers {
  readonly all: PlacedWorker[] = [];
  private readonly byPlace = new Map<string, PlacedWorker>();
  private readonly names = new Set<string>();
  private readonly runners = new Map<WorkflowDef, PlacedWorker[]>();
  private readonly placed = new Set<ActivityDef | RoutedService>();
  readonly ofEndpoint = new Map<RoutedEndpoint, PlacedWorker>();

  constructor(
    private readonly model: Model,
    private readonly options: ProgramOptions,
  ) {
    for (const endpoint of model.nexus.endpoints) this.serve(endpoint);
    this.placeRest();
  }

  /** The workers that run a workflow. */
  running(workflow: WorkflowDef): PlacedWorker[] {
    return this.runners.get(workflow) ?? [];
  }

  private worker(namespace: string, taskQueue: string): PlacedWorker {
    const place = JSON.stringify([namespace, taskQueue]);
    let worker = this.byPlace.get(place);
    if (!worker) {
      const name = this.nameFor(namespace, taskQueue);
      this.names.add(name);
      worker = { name, namespace, taskQueue, workflows: new Set(), activities: new Set(), services: new Set() };
      this.all.push(worker);
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
    if (namespace === undefined || taskQueue === undefined) return;
    const worker = this.worker(namespace, taskQueue);
    this.ofEndpoint.set(endpoint, worker);
    for (const service of services) this.placeService(service, worker);
  }

  private placeService(service: RoutedService, worker: PlacedWorker): void {
    const handled = [...service.operations.values()].filter(isHandled);
    if (handled.length === 0) return;
    worker.services.add(service);
    this.placed.add(service);
    for (const { definition, workflow } of handled) {
      if (workflow) this.placeWorkflow(workflow, worker);
      if (definition) this.placeCalls(this.model.callsIn.get(definition) ?? [], worker);
    }
  }

  private placeWorkflow(workflow: WorkflowDef, worker: PlacedWorker): void {
    if (worker.workflows.has(workflow)) return;
    worker.workflows.add(workflow);
    this.runners.set(workflow, [...this.running(workflow), worker]);
    this.placeCalls(this.model.callsIn.get(workflow) ?? [], worker);
  }

  /** A call with a task queue of its own is served there. */
  private placeCalls(calls: readonly Call[], caller: PlacedWorker): void {
    const { activities, workflows } = this.model.definitions;
    for (const call of calls) {
      if (call.kind === 'NexusCall') continue;
      const queue = literalQueue(call);
      const worker = queue === undefined ? caller : this.worker(caller.namespace, queue);
      if (call.kind === 'ActivityCall') {
        const activity = activities.get(call.name.text);
        if (activity) this.placeActivity(activity, worker);
      } else {
        const workflow = workflows.get(call.name.text);
        if (workflow) this.placeWorkflow(workflow, worker);
      }
    }
  }

  private placeActivity(activity: ActivityDef, worker: PlacedWorker): void {
    worker.activities.add(activity);
    this.placed.add(activity);
  }

  private placeRest(): void {
    const { workflows, activities, fileOf } = this.model.definitions;
    for (const workflow of workflows.values()) {
      if (this.running(workflow).length === 0)
        this.placeWorkflow(workflow, this.defaultFor(fileOf.get(workflow)!.path));
    }
    for (const activity of activities.values()) {
      if (!this.placed.has(activity)) this.placeActivity(activity, this.defaultFor(fileOf.get(activity)!.path));
    }
    for (const service of this.model.nexus.services) {
      if (!service.definition || this.placed.has(service)) continue;
      const handled = [...service.operations.values()].some(isHandled);
      if (handled) this.placeService(service, this.defaultFor(fileOf.get(service.definition)!.path));
    }
  }

  /** In a namespace that an endpoint leads to, its only worker; elsewhere one on a task queue of the namespace's name. */
  private defaultFor(path: string): PlacedWorker {
    const namespace = this.options.namespaceOf(path);
    if (namespace === undefined) return this.worker(this.options.namespace, this.options.taskQueue);
    const there = this.all.filter((one) => one.namespace === namespace);
    return there.length === 1 ? there[0]! : this.worker(namespace, namespace);
  }
}

function isHandled({ definition, workflow }: { definition: unknown; workflow: unknown }): boolean {
  return workflow !== undefined || (definition as { body?: unknown } | undefined)?.body !== undefined;
}

/** The task queue that a call names in so many words. */
export function literalQueue(call: Call): string | undefined {
  const context = call.kind === 'ActivityCall' ? 'activity' : 'start';
  const entry = call.options?.entries.find(({ key }) => canonicalKey(context, key.text) === 'task_queue');
  if (!entry) return undefined;
  const { value } = entry;
  if (value.kind === 'Word') return value.text;
  if (value.kind !== 'String' || value.parts.length !== 1) return undefined;
  const [text] = value.parts;
  return typeof text === 'string' ? text : undefined;
}

/** Whether a call computes its task queue. */
export function computesQueue(call: Call): boolean {
  const context = call.kind === 'ActivityCall' ? 'activity' : 'start';
  const has = call.options?.entries.some(({ key }) => canonicalKey(context, key.text) === 'task_queue') ?? false;
  return has && literalQueue(call) === undefined;
}
