/** The options of everything that has some: checked in one pass, whether or not anything is emitted. */
import type {
  AwaitOneStmt,
  Call,
  Handler,
  Name,
  OptionBlock,
  TimerOperand,
  WorkerDef,
  WorkerPlace,
  WorkflowDef,
  OperationDef,
} from '../syntax/ast.js';
import type { SourceFile } from '../source.js';
import { reportReserved } from '../symbols/definitions.js';
import { reportRepeated } from '../symbols/repeated.js';
import { messageWords } from '../symbols/messages.js';
import { type OptionContext, optionTable } from '../options/options.js';
import { activityOptions, inPlaceOptions, nexusOptions, workflowOptions } from './calls.js';
import type { ResolvedOption, ResolvedOptions } from './facts.js';
import type { Binding } from './places.js';
import { constantWord } from '../options/constant.js';
import { wireName } from '../options/wire-name.js';
import { memberName } from '../syntax/family.js';
import type { PlacedAt } from './workers.js';
import { resolveOptions } from './resolve-options.js';
import type { CallSite, Survey } from './survey.js';
import type { Typed } from './verify/typed.js';
import { wireNameOf } from './workflow-facts.js';

export interface AllOptions {
  /** What every start of a workflow begins with. */
  readonly workflows: ReadonlyMap<WorkflowDef, ResolvedOptions>;
  /** Of calls of something that exists. */
  readonly calls: ReadonlyMap<Call, ResolvedOptions>;
  readonly ones: ReadonlyMap<AwaitOneStmt, ResolvedOptions>;
  readonly timers: ReadonlyMap<TimerOperand, ResolvedOptions>;
  readonly handlers: ReadonlyMap<Handler, ResolvedOptions>;
  readonly operations: ReadonlyMap<OperationDef, ResolvedOptions>;
  /** Of a worker in a place: those of its definition, but for what the place says otherwise. */
  ofPlace(definition: WorkerDef | undefined, place: Pick<PlacedAt, 'entry' | 'binding'>): ResolvedOptions;
}

export function resolveAllOptions(typed: Typed): AllOptions {
  const workflows = new Map<WorkflowDef, ResolvedOptions>();
  const calls = new Map<Call, ResolvedOptions>();
  const ones = new Map<AwaitOneStmt, ResolvedOptions>();
  const timers = new Map<TimerOperand, ResolvedOptions>();
  const handlers = new Map<Handler, ResolvedOptions>();
  const operations = new Map<OperationDef, ResolvedOptions>();
  for (const survey of typed.model.surveys) {
    const { definition, file } = survey;
    const resolve = (context: OptionContext, block: OptionBlock | undefined) =>
      resolveOptions(typed, context, [{ block, file }]);
    if (definition.kind === 'Workflow') {
      resolve('workflowDefinition', definition.options);
      const own = { block: definition.options, file, context: 'workflowDefinition' } as const;
      workflows.set(definition, resolveOptions(typed, 'start', [own]));
      for (const handler of definition.handlers) {
        handlers.set(handler, resolve(messageWords[handler.kind], handler.options));
      }
      wireNames(typed, definition, file, handlers);
    } else if (definition.kind === 'Activity') {
      resolve('activityDefinition', definition.options);
    } else {
      operations.set(definition, resolve('operation', definition.options));
    }
    for (const { options } of survey.alls) resolve('all', options);
    for (const node of survey.ones) ones.set(node, resolve('one', node.options));
    for (const timer of survey.timers) timers.set(timer, resolve('timer', timer.options));
    for (const site of survey.calls) {
      if (typed.model.callResults.has(site.call)) calls.set(site.call, ofCall(typed, site, survey));
    }
  }
  for (const service of typed.model.definitions.services.values()) {
    const file = typed.model.definitions.fileOf.get(service)!;
    resolveOptions(typed, 'service', [{ block: service.options, file }]);
    const names = service.operations.map(nameOnWire);
    const isGiven = names.some((name, at) => name !== service.operations[at]!.name);
    if (isGiven) reportRepeated(file, names, 'operation', `\`${service.name.text}\``, typed.model.reporter);
  }
  return { workflows, calls, ones, timers, handlers, operations, ofPlace: workerOptions(typed) };
}

function nameOnWire({ name, options }: OperationDef): Name {
  const entry = options?.entries.find(({ key }) => key.text === 'name');
  return entry ? { kind: 'Name', span: entry.value.span, text: wireName({ name, options }) } : name;
}

/** Two messages of one kind with one name on the wire would be one message. */
function wireNames(
  { model: { reporter } }: Typed,
  { name, handlers }: WorkflowDef,
  file: SourceFile,
  options: ReadonlyMap<Handler, ResolvedOptions>,
): void {
  for (const [kind, what] of Object.entries(messageWords)) {
    const own = handlers.filter((one) => one.kind === kind);
    const given = own.map((handler) => givenName(handler, options.get(handler)!));
    if (given.every((one) => one === undefined)) continue;
    for (const one of given) if (one) reportReserved(file, one, reporter);
    const names = own.map((handler, at) => given[at] ?? handler.name);
    reportRepeated(file, names, what, `\`${name.text}\``, reporter);
  }
}

/** The name on the wire, where an option gives one. */
function givenName(handler: Handler, resolved: ResolvedOptions): Name | undefined {
  const entry = handler.options?.entries.find(({ key }) => key.text === 'name');
  const isGiven = entry && resolved.some(({ name }) => name === 'name');
  return isGiven ? { kind: 'Name', span: entry.value.span, text: wireNameOf(handler, resolved) } : undefined;
}

function ofCall(typed: Typed, site: CallSite, { definition, file }: Survey): ResolvedOptions {
  const { call } = site;
  switch (call.kind) {
    case 'ActivityCall':
      return definition.kind === 'Operation' ? inPlaceOptions(typed, call, file) : activityOptions(typed, call, file);
    case 'WorkflowCall':
      return workflowOptions(typed, call, site, file);
    case 'NexusCall':
      return nexusOptions(typed, call, site, file);
  }
}

/** Task queues are no option of what is made of a place. */
function workerOptions(typed: Typed): AllOptions['ofPlace'] {
  const { workers, namespaces, fileOf } = typed.model.definitions;
  const resolved = new Map<WorkerDef | WorkerPlace, ResolvedOptions>();
  const order = Object.values(optionTable.worker).map(({ sdk }) => sdk);
  const resolve = (node: WorkerDef | WorkerPlace, file: SourceFile) => {
    const options = resolveOptions(typed, 'worker', [{ block: withTemplates(node.options), file }]);
    resolved.set(
      node,
      options.filter(({ name }) => name !== 'taskQueue'),
    );
  };
  for (const worker of workers.values()) resolve(worker, fileOf.get(worker)!);
  for (const namespace of namespaces.values()) {
    for (const entry of namespace.entries) if (entry.kind === 'WorkerPlace') resolve(entry, fileOf.get(namespace)!);
  }
  return (definition, { entry, binding }) => {
    const own = (entry && resolved.get(entry)) ?? [];
    const given = new Set(own.map(({ name }) => name));
    const defaults = (definition && resolved.get(definition)) ?? [];
    const all = [...defaults.filter(({ name }) => !given.has(name)), ...own];
    return all.map((one) => bound(one, binding)).sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  };
}

/** Texts with holes of a family are constant: what fills them is put in for each member. */
function withTemplates(block: OptionBlock | undefined): OptionBlock | undefined {
  const entries = block?.entries.map((entry) => {
    const isText = entry.value.kind === 'String' && entry.value.parts.length !== 1;
    return { ...entry, value: (isText ? constantWord(entry.value) : undefined) ?? entry.value };
  });
  return block && { ...block, entries: entries! };
}

function bound(option: ResolvedOption, binding: Binding | undefined): ResolvedOption {
  const { value } = option;
  if (!binding || value.kind !== 'string') return option;
  return { ...option, value: { kind: 'string', value: memberName(value.value, binding) } };
}
