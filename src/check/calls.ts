/** The decisions about each call: its options, its defaults, and how it is cancelled. */
import type { SourceFile } from '../source.js';
import type { ActivityCall, NexusCall, OptionBlock, WorkflowCall } from '../syntax/ast.js';
import { canonicalKey } from '../options/options.js';
import type { ResolvedOption, ResolvedOptions, ResolvedOptionValue } from './facts.js';
import { resolveOptions } from './resolve-options.js';
import type { CallSite } from './survey.js';
import type { Typed } from './verify/typed.js';
import { computedQueue, queueOf } from './workers.js';

const duration = (name: string, text: string): ResolvedOption => ({ name, value: { kind: 'duration', text } });
const constant = (name: string, text: string): ResolvedOption => ({ name, value: { kind: 'constant', text } });

/** How long an attempt of an activity may take, if nobody says it. */
const activityTimeout = '1m';

export function activityOptions(typed: Typed, call: ActivityCall, file: SourceFile): ResolvedOptions {
  const { model } = typed;
  const { fileOf } = model.definitions;
  const activity = model.callees.of(call)!;
  if (activity.kind !== 'Activity') return externOptions(typed, call, file);
  reportComputedQueue(typed, call, file);
  const own = call.options ? undefined : typed.activityOptions.get(activity);
  if (own) return own;
  const sources = [
    { block: activity.options, file: fileOf.get(activity)!, context: 'activityDefinition' as const },
    { block: call.options, file },
  ];
  const options = resolveOptions(typed, 'activity', sources, (given) => {
    const heartbeat = model.heartbeats.get(activity);
    if (heartbeat && !given.has('heartbeatTimeout') && typed.first(activity, 'heartbeat')) {
      const hint = 'Add `heartbeat_timeout: 30s` to the options of the activity.';
      model.report(fileOf.get(activity)!, 'TWF508', heartbeat, { name: activity.name.text }, { hint });
    }
    if (given.has('startToCloseTimeout') || given.has('scheduleToCloseTimeout')) return [];
    const values = { name: call.name.text, timeout: activityTimeout };
    if (typed.first(activity, 'timeout')) model.report(fileOf.get(activity)!, 'TWF507', activity.name.span, values);
    return [duration('startToCloseTimeout', activityTimeout)];
  });
  if (!call.options) typed.activityOptions.set(activity, options);
  return options;
}

/** What is left of an activity's options where its code runs in an operation. */
const inPlace: ReadonlySet<string> = new Set(['startToCloseTimeout', 'scheduleToCloseTimeout', 'retry']);

export function inPlaceOptions(typed: Typed, call: ActivityCall, file: SourceFile): ResolvedOptions {
  const { model } = typed;
  const activity = model.callees.of(call)!;
  const own = activity.kind === 'Activity' ? activity.options : undefined;
  const ownFile = model.definitions.fileOf.get(activity) ?? file;
  const sources = [
    { block: own, file: ownFile, context: 'activityDefinition' as const },
    { block: call.options, file },
  ];
  return resolveOptions(typed, 'inPlace', sources).filter(({ name }) => inPlace.has(name));
}

/** Of an activity that is defined elsewhere, the call says everything. */
function externOptions(typed: Typed, call: ActivityCall, file: SourceFile): ResolvedOptions {
  reportUnserved(typed, call, file);
  return resolveOptions(typed, 'activity', [{ block: call.options, file }], (given) => {
    if (given.has('startToCloseTimeout') || given.has('scheduleToCloseTimeout')) return [];
    const values = { name: call.name.text, timeout: activityTimeout };
    typed.model.report(file, 'TWF507', call.name.span, values);
    return [duration('startToCloseTimeout', activityTimeout)];
  });
}

/** What is defined elsewhere runs where the call says. */
function reportUnserved({ model }: Typed, call: ActivityCall | WorkflowCall, file: SourceFile): void {
  if (queueOf(call) !== undefined) return;
  const hint = 'Say which worker runs it: `task_queue: "…"` in the options of the call.';
  model.report(file, 'TWF346', call.name.span, { name: call.name.text }, { hint });
}

export function workflowOptions(typed: Typed, call: WorkflowCall, site: CallSite, file: SourceFile): ResolvedOptions {
  const { model } = typed;
  const workflow = model.callees.of(call)!;
  if (workflow.kind === 'Workflow') reportComputedQueue(typed, call, file);
  else reportUnserved(typed, call, file);
  const own = workflow.kind === 'Workflow' ? workflow.options : undefined;
  const sources = [
    { block: own, file: own ? model.definitions.fileOf.get(workflow)! : file, context: 'workflowDefinition' as const },
    { block: call.options, file },
  ];
  if (site.mode === 'apart') return resolveOptions(typed, 'start', sources);
  if (site.mode === 'start') {
    return resolveOptions(typed, 'start', sources, (given) =>
      given.has('workflowId') ? [constant('workflowIdConflictPolicy', 'USE_EXISTING')] : [],
    );
  }
  return resolveOptions(typed, 'workflow', sources, () => [
    ...(site.mode === 'detach' ? [constant('parentClosePolicy', 'ABANDON')] : []),
    ...(site.races ? [constant('cancellationType', 'WAIT_CANCELLATION_REQUESTED')] : []),
  ]);
}

function reportComputedQueue({ model }: Typed, call: ActivityCall | WorkflowCall, file: SourceFile): void {
  const queue = computedQueue(call);
  const hint = 'Run a worker for each of its task queues.';
  if (queue) model.report(file, 'TWF707', queue.span, { name: call.name.text }, { hint });
}

/** Defaults for a call without any timeout: long enough for a service that is down for an hour. */
const nexusDefaults = {
  attached: { start: '24h', close: '60d' },
  detached: { start: '24h', close: '24h' },
};

export function nexusOptions(typed: Typed, call: NexusCall, site: CallSite, file: SourceFile): ResolvedOptions {
  return resolveOptions(typed, 'nexus', [{ block: withoutForbidden(typed, call.options, file), file }], (given) => {
    const options = site.races ? [constant('cancellationType', 'WAIT_CANCELLATION_REQUESTED')] : [];
    if (given.has('onTimeout')) {
      reportDeadline(typed, call, site, given, file);
      return options;
    }
    if ([...given].some((name) => name.endsWith('Timeout'))) return options;
    const { start, close } = site.mode === 'detach' ? nexusDefaults.detached : nexusDefaults.attached;
    if (!site.racesTimer) {
      const hint = 'Give it one: `options(timeout: 5m)` on the line before.';
      typed.model.report(file, 'TWF506', call.name.span, { start, close }, { hint });
    }
    return [...options, duration('scheduleToCloseTimeout', close), duration('scheduleToStartTimeout', start)];
  });
}

/** Of a call that is cancelled when its time is over: a time that the workflow looks at, as long as it waits. */
function reportDeadline(
  { model }: Typed,
  { options, name }: NexusCall,
  { mode }: CallSite,
  given: ReadonlySet<string>,
  file: SourceFile,
): void {
  const { key } = options!.entries.find((one) => canonicalKey('nexus', one.key.text) === 'on_timeout')!;
  if (mode === 'detach') {
    const hint = `Start it with \`spawn\`, or leave \`${key.text}\` out.`;
    model.report(file, 'TWF821', key.span, { key: key.text, name: name.text }, { hint });
  } else if (!given.has('scheduleToCloseTimeout')) {
    const hint = 'Say how long the call may take: `timeout: 5m`.';
    model.report(file, 'TWF820', key.span, { key: key.text }, { hint });
  }
}

/** The options of a Nexus call: those that the SDK has, how long it may take before the workflow itself cancels it, and its headers. */
export function partsOf(options: ResolvedOptions): {
  readonly options: ResolvedOptions;
  readonly within: ResolvedOptionValue | undefined;
  readonly headers: ResolvedOptions;
} {
  const valueOf = (wanted: string) => options.find(({ name }) => name === wanted)?.value;
  const headers = valueOf('headers');
  const isOwn = hasDeadline(options);
  const own = new Set(['headers', ...(isOwn ? ['onTimeout', 'scheduleToCloseTimeout'] : [])]);
  return {
    options: options.filter(({ name }) => !own.has(name)),
    within: isOwn ? valueOf('scheduleToCloseTimeout') : undefined,
    headers: headers?.kind === 'nested' ? headers.options : [],
  };
}

/** Whether a call is cancelled when its time is over. */
export function hasDeadline(options: ResolvedOptions | undefined): boolean {
  return options?.some(({ name }) => name === 'onTimeout') ?? false;
}

function withoutForbidden(typed: Typed, block: OptionBlock | undefined, file: SourceFile): OptionBlock | undefined {
  if (!block) return undefined;
  const entries = block.entries.filter(({ key, value }) => {
    const isType = /^cancellation_?type$/i.test(key.text);
    const name = value.kind === 'Word' || value.kind === 'NameExpr' ? value.text : undefined;
    if (!isType || name === undefined || !/^(abandon|try_cancel)$/i.test(name)) return true;
    const hint = 'Start a call that nobody waits for with `detach`.';
    typed.model.report(file, 'TWF504', value.span, { type: name }, { hint });
    return false;
  });
  return { ...block, entries };
}
