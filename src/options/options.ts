/**
 * THE table of option keys: what may stand where, how it is spelled, what the SDK calls it, and what its value is
 * (grammar/README.md, "Options"). Both spellings of every key are accepted everywhere.
 */
import { correction, nearest } from '../diagnostics/suggest.js';
import type { Reporter } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../source.js';
import type { Dialect, OptionEntry } from '../syntax/ast.js';

/** Where options stand: at a call or a statement, in a definition, or in the options of something else. */
export type OptionContext =
  | 'activity'
  | 'activityDefinition'
  | 'inPlace'
  | 'workflow'
  | 'workflowDefinition'
  | 'nexus'
  | 'start'
  | 'retry'
  | 'priority'
  | 'endpoint'
  | 'worker'
  | 'service'
  | 'operation'
  | 'signal'
  | 'query'
  | 'update'
  | 'all'
  | 'one'
  | 'timer';

/** Values that are options themselves: `retry_policy: {maximum_attempts: 3}`. */
export type NestedContext = 'retry' | 'priority';

/** What a value must be; a list names the constants that there are. */
export type ValueShape =
  | 'duration'
  | 'string'
  | 'int'
  | 'float'
  | 'bool'
  | 'strings'
  | 'word'
  | 'words'
  | 'name'
  /** The name of a service or an operation. */
  | 'nexusName'
  | NestedContext
  /** Names of the author's, each with a value. */
  | 'memo'
  /** The same, with texts. */
  | 'headers'
  | readonly string[];

/** What a constant must lie in: durations in milliseconds. */
export interface Range {
  holds(value: number): boolean;
  /** As a message says it: "a positive duration". */
  readonly spoken: string;
}

export interface Advice {
  holds(value: number): boolean;
  /** What happens otherwise, as a message goes on: "the call …". */
  readonly otherwise: string;
}

export interface OptionRow {
  /** In the SDK. */
  readonly sdk: string;
  readonly value: ValueShape;
  readonly aliases?: readonly string[];
  /** Why it does nothing here: a warning. */
  readonly noEffect?: string;
  /** Why it cannot be: an error. */
  readonly refused?: string;
  /** Read, and not compiled yet. */
  readonly unsupported?: true;
  /** Zero and less mean that there is no limit, as if the key were not given. */
  readonly unlimited?: true;
  readonly range?: Range;
  /** What a constant should lie in besides: outside of it, a warning says why. */
  readonly advice?: readonly Advice[];
}

type Rows = Readonly<Record<string, OptionRow>>;

const positive: Range = { holds: (value) => value > 0, spoken: 'a positive duration' };
const atLeastOne: Range = { holds: (value) => value >= 1, spoken: 'a number that is at least 1' };
const atLeastTwo: Range = { holds: (value) => value >= 2, spoken: 'a number that is at least 2' };
const noneOrTwo: Range = { holds: (value) => value === 0 || value >= 2, spoken: '0 (no cache), or at least 2' };
const positiveNumber: Range = { holds: (value) => value > 0, spoken: 'a positive number' };
const fromOneToFive: Range = { holds: (value) => value >= 1 && value <= 5, spoken: 'a whole number from 1 to 5' };
const weight: Range = { holds: (value) => value >= 0.001 && value <= 1000, spoken: 'a number from 0.001 to 1000' };

/** A length of time, which is longer than nothing. */
const time = (sdk: string, ...aliases: readonly string[]): OptionRow => ({
  sdk,
  value: 'duration',
  range: positive,
  ...(aliases.length > 0 && { aliases }),
});

/** What Temporal's server leaves a request at least, and what Temporal Cloud gives an operation at most, in milliseconds. */
const nexusLimits: readonly Advice[] = [
  {
    holds: (value) => value >= 1500,
    otherwise: 'the call fails before it is tried: Temporal sends no request that has less than 1.5 seconds left',
  },
  {
    holds: (value) => value <= 60 * 24 * 3_600_000,
    otherwise: 'the call may end earlier: Temporal Cloud gives an operation 60 days at most',
  },
];

const retryPolicy: OptionRow = { sdk: 'retry', value: 'retry', aliases: ['retry'] };
const summary: OptionRow = { sdk: 'summary', value: 'string' };
const taskQueue: OptionRow = { sdk: 'taskQueue', value: 'string' };
const later = (sdk: string, value: ValueShape = 'string'): OptionRow => ({ sdk, value, unsupported: true });

const priority: OptionRow = { sdk: 'priority', value: 'priority' };

const workflowTimeouts: Rows = {
  workflow_execution_timeout: time('workflowExecutionTimeout', 'timeout', 'execution_timeout'),
  workflow_run_timeout: time('workflowRunTimeout', 'run_timeout'),
  workflow_task_timeout: time('workflowTaskTimeout', 'task_timeout'),
};

const reusePolicy: OptionRow = {
  sdk: 'workflowIdReusePolicy',
  value: ['ALLOW_DUPLICATE', 'ALLOW_DUPLICATE_FAILED_ONLY', 'REJECT_DUPLICATE'],
};

const startedWorkflow: Rows = {
  workflow_id: { sdk: 'workflowId', value: 'string' },
  workflow_id_reuse_policy: reusePolicy,
  task_queue: taskQueue,
  ...workflowTimeouts,
  retry_policy: retryPolicy,
  memo: { sdk: 'memo', value: 'memo' },
  search_attributes: later('searchAttributes'),
  priority,
  summary: { sdk: 'staticSummary', value: 'string' },
  details: { sdk: 'staticDetails', value: 'string' },
};

const childOnly: Rows = {
  parent_close_policy: { sdk: 'parentClosePolicy', value: ['TERMINATE', 'ABANDON', 'REQUEST_CANCEL'] },
  cancellation_type: {
    sdk: 'cancellationType',
    value: ['WAIT_CANCELLATION_COMPLETED', 'WAIT_CANCELLATION_REQUESTED', 'TRY_CANCEL', 'ABANDON'],
  },
};

const conflictPolicy: OptionRow = {
  sdk: 'workflowIdConflictPolicy',
  value: ['FAIL', 'USE_EXISTING', 'TERMINATE_EXISTING'],
};

const startOnly: Rows = {
  workflow_id_conflict_policy: conflictPolicy,
  request_eager_start: { sdk: 'requestEagerStart', value: 'bool' },
};

/** What Temporal calls it. */
const ownName: OptionRow = { sdk: 'name', value: 'name' };

const nexusName: OptionRow = { ...ownName, value: 'nexusName' };

const activity: Rows = {
  start_to_close_timeout: time('startToCloseTimeout', 'timeout'),
  schedule_to_close_timeout: time('scheduleToCloseTimeout'),
  schedule_to_start_timeout: time('scheduleToStartTimeout'),
  heartbeat_timeout: time('heartbeatTimeout', 'heartbeat'),
  retry_policy: retryPolicy,
  task_queue: taskQueue,
  cancellation_type: {
    sdk: 'cancellationType',
    value: ['TRY_CANCEL', 'WAIT_CANCELLATION_COMPLETED', 'ABANDON'],
  },
  request_eager_execution: { sdk: 'allowEagerDispatch', value: 'bool' },
  priority,
  summary,
  local: later('local', 'bool'),
  local_retry_threshold: later('localRetryThreshold', 'duration'),
};

/** Of the call of an activity in an operation. */
const notInPlace = 'it runs in the operation itself';
const inPlace: Rows = {
  ...Object.fromEntries(
    Object.entries(activity).map(([key, { sdk, value, aliases = [] }]) => [
      key,
      { sdk, value, aliases, noEffect: notInPlace },
    ]),
  ),
  start_to_close_timeout: activity['start_to_close_timeout']!,
  schedule_to_close_timeout: activity['schedule_to_close_timeout']!,
  retry_policy: retryPolicy,
  heartbeat_timeout: {
    ...activity['heartbeat_timeout']!,
    refused: 'nobody hears the heartbeats of what runs in an operation',
  },
};

/** What a message is called, and what user interfaces say of it. */
const named: Rows = {
  description: { sdk: 'description', value: 'string' },
  name: { sdk: 'name', value: 'string' },
};

const handler: Rows = {
  unfinished_policy: { sdk: 'unfinished', value: ['WAIT', 'ABANDON', 'WARN_AND_ABANDON'] },
  ...named,
  exclusive: later('exclusive'),
  timeout: {
    sdk: 'timeout',
    value: 'duration',
    refused: 'Temporal has no timeout for a handler; what it waits for can race against a timer, in an `await one:`',
  },
};

const executions = (what: string): OptionRow => ({
  sdk: `maxConcurrent${what}Executions`,
  value: 'int',
  range: atLeastOne,
});

/** How many requests for tasks are open at once. */
const pollers = (what: string, range: Range = atLeastOne): OptionRow => ({
  sdk: `maxConcurrent${what}TaskPolls`,
  value: 'int',
  range,
});

const perSecond = (sdk: string): OptionRow => ({ sdk, value: 'float', range: positiveNumber });

const noSessions = { noEffect: 'the TypeScript SDK has no sessions' };
const notVersioned = { noEffect: 'workers are not versioned yet' };

const worker: Rows = {
  task_queue: taskQueue,
  worker_identity: { sdk: 'identity', value: 'string', aliases: ['identity'] },
  max_concurrent_workflow_task_executions: { ...executions('WorkflowTask'), range: atLeastTwo },
  max_concurrent_activity_executions: {
    ...executions('ActivityTask'),
    aliases: ['max_concurrent_activity_task_executions'],
  },
  max_concurrent_local_activity_executions: executions('LocalActivity'),
  max_concurrent_nexus_task_executions: { ...executions('NexusTask'), aliases: ['max_concurrent_nexus_executions'] },
  max_concurrent_workflow_task_pollers: pollers('Workflow', atLeastTwo),
  max_concurrent_activity_task_pollers: pollers('Activity'),
  max_concurrent_nexus_task_pollers: pollers('Nexus'),
  worker_activity_rate_limit: perSecond('maxActivitiesPerSecond'),
  task_queue_activity_rate_limit: perSecond('maxTaskQueueActivitiesPerSecond'),
  max_cached_workflows: { sdk: 'maxCachedWorkflows', value: 'int', range: noneOrTwo },
  sticky_schedule_to_start_timeout: time('stickyQueueScheduleToStartTimeout'),
  heartbeat_throttle_interval: time('maxHeartbeatThrottleInterval'),
  worker_shutdown_timeout: { sdk: 'shutdownGraceTime', value: 'duration' },
  worker_local_activity_rate_limit: {
    ...perSecond('workerLocalActivityRateLimit'),
    noEffect: 'the TypeScript SDK does not limit local activities',
  },
  local_activity_only_mode: {
    sdk: 'localActivityOnlyMode',
    value: 'bool',
    noEffect: 'the TypeScript SDK has no such mode; list the activities where they are to run',
  },
  enable_sessions: { sdk: 'enableSessions', value: 'bool', ...noSessions },
  max_concurrent_session_executions: { ...executions('Session'), ...noSessions },
  versioning: { sdk: 'versioning', value: 'string', ...notVersioned },
  deployment: { sdk: 'deployment', value: 'string', ...notVersioned },
};

export const optionTable: Readonly<Record<OptionContext, Rows>> = {
  activity,
  activityDefinition: { ...activity, name: ownName },
  inPlace,
  workflow: {
    ...startedWorkflow,
    ...childOnly,
    workflow_id_conflict_policy: { ...conflictPolicy, noEffect: 'the Temporal SDK has none for child workflows' },
  },
  workflowDefinition: { ...startedWorkflow, ...childOnly, ...startOnly, name: ownName },
  nexus: {
    schedule_to_close_timeout: { ...time('scheduleToCloseTimeout', 'timeout'), advice: nexusLimits },
    schedule_to_start_timeout: time('scheduleToStartTimeout'),
    start_to_close_timeout: time('startToCloseTimeout'),
    cancellation_type: {
      sdk: 'cancellationType',
      value: ['WAIT_CANCELLATION_COMPLETED', 'WAIT_CANCELLATION_REQUESTED'],
    },
    on_timeout: { sdk: 'onTimeout', value: ['CANCEL'] },
    headers: { sdk: 'headers', value: 'headers' },
    summary,
    retry_policy: {
      ...retryPolicy,
      noEffect: 'Temporal retries the call itself; put a retry policy on the activities of the workflow behind it',
    },
    priority: { ...priority, noEffect: 'a Nexus call has no priority' },
  },
  start: { ...startedWorkflow, ...startOnly },
  retry: {
    initial_interval: time('initialInterval'),
    backoff_coefficient: { sdk: 'backoffCoefficient', value: 'float', range: atLeastOne },
    maximum_interval: time('maximumInterval', 'max_interval'),
    maximum_attempts: { sdk: 'maximumAttempts', value: 'int', aliases: ['max_attempts'], unlimited: true },
    non_retryable_error_types: {
      sdk: 'nonRetryableErrorTypes',
      value: 'strings',
      aliases: ['non_retryable_errors', 'non_retryable'],
    },
  },
  priority: {
    priority_key: { sdk: 'priorityKey', value: 'int', range: fromOneToFive },
    fairness_key: { sdk: 'fairnessKey', value: 'string' },
    fairness_weight: { sdk: 'fairnessWeight', value: 'float', range: weight },
  },
  endpoint: {
    target_namespace: { sdk: 'namespace', value: 'word' },
    target_task_queue: { sdk: 'taskQueue', value: 'word', aliases: ['task_queue'] },
    target_url: { sdk: 'url', value: 'word' },
    allowed_caller_namespaces: { sdk: 'allowedCallers', value: 'words' },
    services: { sdk: 'services', value: 'words' },
    description: { sdk: 'description', value: 'string' },
    name: ownName,
  },
  worker,
  service: { name: nexusName },
  operation: {
    name: nexusName,
    http: later('http'),
    metadata: later('metadata'),
    on_cancel: { sdk: 'onCancel', value: ['CANCEL', 'IGNORE'] },
    retry_unknown_errors: { sdk: 'retryUnknownErrors', value: 'bool' },
  },
  signal: handler,
  query: named,
  update: handler,
  all: { on_failure: later('onFailure'), max_concurrent: later('maxConcurrent', 'int') },
  one: { losers: { sdk: 'losers', value: ['CANCEL', 'ABANDON'] } },
  timer: { summary },
};

const spelled = new Map(
  Object.entries(optionTable).map(([context, rows]) => [
    context,
    new Map(
      Object.entries(rows).flatMap(([key, { aliases = [], sdk }]) =>
        [key, ...aliases, snakeCase(sdk)].map((one) => [one, key] as const),
      ),
    ),
  ]),
);

function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The key of the table that a spelling means: `scheduleToCloseTimeout` and `timeout` are `schedule_to_close_timeout`. */
export function canonicalKey(context: OptionContext, written: string): string | undefined {
  return spelled.get(context)?.get(snakeCase(written));
}

/** Whether some context has a key that is spelled so. */
export function isOptionKey(written: string): boolean {
  return [...spelled.values()].some((keys) => keys.has(snakeCase(written)));
}

/** A key as a dialect spells it. */
export function spelledIn(dialect: Dialect, key: string): string {
  return dialect === 'current' ? snakeCase(key) : camelCase(key);
}

const places: Readonly<Record<OptionContext, string>> = {
  activity: 'an activity call',
  activityDefinition: 'an activity',
  inPlace: 'an activity in an operation',
  workflow: 'a child workflow',
  workflowDefinition: 'a workflow',
  nexus: 'a Nexus call',
  start: 'the start of a workflow',
  retry: 'a retry policy',
  priority: 'a priority',
  endpoint: 'a Nexus endpoint',
  worker: 'a worker',
  service: 'a Nexus service',
  operation: 'an operation',
  signal: 'a signal',
  query: 'a query',
  update: 'an update',
  all: '`await all`',
  one: '`await one`',
  timer: 'a timer',
};

/**
 * Reports a key that does not exist.
 * @returns the key of the table that is most likely meant
 */
export function reportUnknownOption(
  context: OptionContext,
  { key: { text, span } }: OptionEntry,
  file: SourceFile,
  reporter: Reporter,
): string | undefined {
  const rows = Object.entries(optionTable[context]).filter(([, row]) => !row.unsupported && !row.refused);
  const isCamel = /[A-Z]/.test(text);
  const candidates = rows.flatMap(([key, { aliases = [] }]) => [key, ...aliases]);
  const spelledAlike = candidates.map((one) => (isCamel ? camelCase(one) : one));
  const hint = `It has ${rows.map(([key]) => `\`${key}\``).join(', ')}.`;
  const help = correction(text, spelledAlike, file, span) ?? { hint: belongsTo(text) ?? hint };
  reporter.report(file, 'TWF501', span, { key: text, place: places[context] }, help);
  const meant = nearest(text, spelledAlike);
  return meant === undefined ? undefined : canonicalKey(context, meant);
}

/** What is said of a key that few other places have. */
function belongsTo(text: string): string | undefined {
  const contexts = (Object.keys(places) as OptionContext[]).filter((context) => {
    const key = canonicalKey(context, text);
    return key !== undefined && !optionTable[context][key]!.unsupported && !optionTable[context][key]!.refused;
  });
  if (contexts.length === 0 || contexts.length > 3) return undefined;
  const owners = `It is an option of ${contexts.map((context) => places[context]).join(' and of ')}`;
  return contexts.some((context) => blocks.has(context))
    ? `${owners}, under a line \`options:\` there: \`options(…)\` before a call are the options of the call.`
    : `${owners}.`;
}

/** Where options stand first in a block. */
const blocks: ReadonlySet<OptionContext> = new Set<OptionContext>(['signal', 'query', 'update', 'one', 'all']);

export function reportRepeatedOption(
  { key: { text, span } }: OptionEntry,
  first: OptionEntry,
  file: SourceFile,
  reporter: Reporter,
): void {
  const labels = [{ file, span: first.key.span, text: 'the first time' }];
  reporter.report(file, 'TWF503', span, { key: text }, { labels });
}

/** Whether a value is a block of options. */
export function isNested(shape: ValueShape | undefined): shape is NestedContext {
  return shape === 'retry' || shape === 'priority';
}

export function placeOf(context: OptionContext): string {
  return places[context];
}
