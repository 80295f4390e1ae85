/**
 * Which worker runs what, where the program has no topology of its own (grammar/README.md, "Topology"). Each endpoint
 * with a namespace and a task queue is a worker that serves its services, runs the workflows they start, those workflows'
 * children and all their activities. Everything else runs on the default worker of its file's namespace.
 */
import type { ActivityDef, Call, Expr, OptionBlock, OptionValue, WorkflowDef } from '../syntax/ast.js';
import { addTo } from '../group.js';
import type { Model } from './model.js';
import { isHandled, isServed, type RoutedEndpoint, type RoutedService } from './nexus.js';
import type { ProgramOptions } from './program.js';
import { canonicalKey } from '../options/options.js';

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
    if (namespace === undefined || taskQueue === undefined || !services.some(isServed)) return;
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
    const { activities, workflows } = this.model.definitions;
    const open = [{ calls: first.values(), caller: firstCaller }];
    for (let last = open.at(-1); last; last = open.at(-1)) {
      const { done, value: call } = last.calls.next();
      if (done) open.pop();
      if (done || call.kind === 'NexusCall') continue;
      const callee = (call.kind === 'ActivityCall' ? activities : workflows).get(call.name.text);
      if (!callee) continue;
      const queue = queueIn(call.options) ? literalQueue(call.options) : literalQueue(callee.options);
      const worker = queue === undefined ? last.caller : this.worker(last.caller.namespace, queue);
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
    const children = new Set(
      [...this.model.callsIn.values()].flat().flatMap((call) => (call.kind === 'WorkflowCall' ? [call.name.text] : [])),
    );
    const roots = [...workflows.values()].filter(({ name }) => !children.has(name.text));
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
    const there = this.all.filter((one) => one.namespace === namespace);
    return queue === undefined && there.length === 1 ? there[0]! : this.worker(namespace, queue ?? namespace);
  }
}

/** The task queue that options name in so many words. */
function literalQueue(options: OptionBlock | undefined): string | undefined {
  const value = queueIn(options);
  if (value?.kind === 'Word') return value.text;
  if (value?.kind !== 'String' || value.parts.length !== 1) return undefined;
  const [text] = value.parts;
  return typeof text === 'string' ? text : undefined;
}

/** What computes the task queue of a call, if anything does. */
export function computedQueue({ options }: Call): Expr | undefined {
  const value = queueIn(options);
  if (!value || value.kind === 'OptionBlock' || value.kind === 'WordList' || value.kind === 'Word') return undefined;
  const isConstant = ['Number', 'Bool', 'Null', 'Duration', 'List', 'Invalid'].includes(value.kind);
  return isConstant || literalQueue(options) !== undefined ? undefined : value;
}

function queueIn(options: OptionBlock | undefined): OptionValue | undefined {
  return options?.entries.find(({ key }) => canonicalKey('start', key.text) === 'task_queue')?.value;
}
