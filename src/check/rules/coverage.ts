/**
 * Where the program says what its workers are: what none of them runs, and calls that would reach none
 * (grammar/README.md, "Workers and namespaces").
 */
import type { Extra, Label } from '../../diagnostics/diagnostic.js';
import type { SourceFile } from '../../source.js';
import type { ActivityCall, ActivityDef, Name, OperationDef, WorkflowCall, WorkflowDef } from '../../syntax/ast.js';
import type { Model } from '../model.js';
import { isServed, type RoutedService } from '../routed.js';
import type { Place, Places } from '../places.js';
import { literalQueue, queueIn, type Workers } from '../workers.js';

export function coverage(model: Model, places: Places, workers: Workers): void {
  if (!places.isExplicit) return;
  notDeployed(model, places, workers);
  new Routes(model, places).check();
}

function notDeployed(model: Model, places: Places, workers: Workers): void {
  const { definitions, nexus } = model;
  const report = (what: string, definition: WorkflowDef | ActivityDef | NonNullable<RoutedService['definition']>) => {
    const { text, span } = definition.name;
    const hint = `Add it to a worker: \`${what.toLowerCase()} ${text}\`.`;
    model.report(definitions.fileOf.get(definition)!, 'TWF712', span, { what, name: text }, { hint });
  };
  for (const one of definitions.workflows.values()) if (workers.running(one).length === 0) report('workflow', one);
  for (const one of definitions.activities.values()) if (!workers.isPlaced(one)) report('activity', one);
  for (const one of nexus.services) {
    if (one.definition && isServed(one) && !workers.isPlaced(one)) report('Nexus service', one.definition);
  }
  for (const worker of definitions.workers.values()) {
    if (places.of(worker).length > 0 || isMentioned(model, worker.name.text)) continue;
    const { text, span } = worker.name;
    const hint = `Put it into a \`namespace\`: \`worker ${text}\`, with its task queue.`;
    model.report(definitions.fileOf.get(worker)!, 'TWF713', span, { name: text }, { hint });
  }
}

/** Whether a namespace names a worker, though it may lack a task queue; or one that does not exist, and may be this. */
function isMentioned({ definitions: { namespaces, workers } }: Model, worker: string): boolean {
  if (namespaces.size === 0) return true;
  return [...namespaces.values()].some(({ entries }) =>
    entries.some(({ kind, name }) => kind === 'WorkerPlace' && (name.text === worker || !workers.has(name.text))),
  );
}

type Callee = WorkflowDef | ActivityDef;

/** What calls something from a worker: a workflow, or an operation of a service. */
interface Caller {
  readonly name: Name;
  readonly file: SourceFile;
}

class Routes {
  constructor(
    private readonly model: Model,
    private readonly places: Places,
  ) {}

  check(): void {
    const { callsIn, definitions, nexus } = this.model;
    for (const workflow of definitions.workflows.values()) {
      const caller = { name: workflow.name, file: definitions.fileOf.get(workflow)! };
      const places = this.places.all.filter(({ worker }) => this.places.runs.get(worker)!.workflows.has(workflow));
      for (const call of callsIn.get(workflow) ?? []) {
        if (call.kind !== 'NexusCall') this.checkCall(call, caller, places);
      }
    }
    for (const { definition: service, operations } of nexus.services) {
      if (!service) continue;
      const places = this.places.all.filter(({ worker }) => this.places.runs.get(worker)!.services.has(service));
      for (const { definition, workflow } of operations.values()) {
        const caller = { name: definition!.name, file: definitions.fileOf.get(service)! };
        // What activities an operation calls run in itself.
        for (const call of callsIn.get(definition!) ?? []) {
          if (call.kind === 'WorkflowCall') this.checkCall(call, caller, places);
        }
        if (workflow) this.checkBehind(workflow, definition!, caller, places);
      }
    }
  }

  private checkCall(call: ActivityCall | WorkflowCall, caller: Caller, places: readonly Place[]): void {
    const callee = this.model.callees.of(call);
    if (callee?.kind !== 'Activity' && callee?.kind !== 'Workflow') return;
    const own = queueIn(call.options);
    const queue = own ? literalQueue(call.options) : literalQueue(callee.options);
    const isComputed = queue === undefined && (own ?? queueIn(callee.options)) !== undefined;
    if (!isComputed) this.find(callee, queue, call.name, caller, places);
  }

  private checkBehind(
    workflow: WorkflowDef,
    { workflow: name }: OperationDef,
    caller: Caller,
    places: readonly Place[],
  ) {
    this.find(workflow, literalQueue(workflow.options), name!, caller, places);
  }

  /** Reports the first place of the caller from which nobody would be reached. */
  private find(
    callee: Callee,
    queue: string | undefined,
    at: Name,
    { name: caller, file }: Caller,
    places: readonly Place[],
  ): void {
    const { text: name } = callee.name;
    for (const { worker, namespace, taskQueue } of places) {
      const there = this.places.at(namespace, queue ?? taskQueue);
      if (there.some((one) => this.runs(one, callee))) continue;
      const help = this.help(callee, namespace, worker.name.text, queue !== undefined);
      if (queue !== undefined) {
        const code = this.places.all.some((one) => one.taskQueue === queue) ? 'TWF716' : 'TWF728';
        this.model.report(file, code, at.span, { name, taskQueue: queue, namespace }, help);
      } else {
        const values = { name, worker: worker.name.text, caller: caller.text };
        this.model.report(file, 'TWF717', at.span, values, help);
      }
      return;
    }
  }

  /** Where it is to be had in the namespace; if nowhere, how to make it so. */
  private help(callee: Callee, namespace: string, worker: string, isNamed: boolean): Extra {
    const what = callee.kind === 'Activity' ? 'activity' : 'workflow';
    const having = this.places.all.filter((one) => one.namespace === namespace && this.runs(one, callee));
    const labels: Label[] = having.map((one) => this.places.labelOf(one, `runs it on \`${one.taskQueue}\``));
    const [first] = having;
    const add = `Add it to \`worker ${worker}\`: \`${what} ${callee.name.text}\`.`;
    if (!first)
      return { hint: isNamed ? `Add it to a worker on that task queue: \`${what} ${callee.name.text}\`.` : add };
    const option = `\`task_queue: "${first.taskQueue}"\``;
    return { labels, hint: isNamed ? `It runs on another: ${option}.` : `Say where it runs: ${option}.` };
  }

  private runs({ worker }: Place, callee: Callee): boolean {
    const { workflows, activities } = this.places.runs.get(worker)!;
    return callee.kind === 'Activity' ? activities.has(callee) : workflows.has(callee);
  }
}
