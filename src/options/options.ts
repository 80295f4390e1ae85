/**
 * THE table of option keys: what may stand where, how it is spelled, what the SDK calls it, and what its value is
 * (grammar/README.md, "Options"). Both spellings of every key are accepted everywhere.
 */
import { correction, nearest } from '../diagnostics/suggest.js';
import type { Reporter } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../source.js';
import type { OptionEntry } from '../syntax/ast.js';

/** Where options stand. */
export type OptionContext =
  'activity' | 'workflow' | 'nexus' | 'start' | 'retry' | 'endpoint' | 'operation' | 'signal' | 'all' | 'one' | 'timer';

export type ValueShape =
  'duration' | 'string' | 'int' | 'float' | 'strings' | 'word' | 'words' | 'retry' | readonly string[];

export interface OptionRow {
  /** In the SDK. */
  readonly sdk: string;
  readonly value: ValueShape;
  readonly aliases?: readonly string[];
  /** Why it does nothing here: a warning. */
  readonly noEffect?: string;
  /** Read, and not compiled yet. */
  readonly unsupported?: true;
  /** Zero and less mean that there is no limit, as if the key were not given. */
  readonly unlimited?: true;
}

type Rows = Readonly<Record<string, OptionRow>>;

const retryPolicy: OptionRow = { sdk: 'retry', value: 'retry', aliases: ['retry'] };
const summary: OptionRow = { sdk: 'summary', value: 'string' };
const taskQueue: OptionRow = { sdk: 'taskQueue', value: 'string' };
const later = (sdk: string, value: ValueShape = 'string'): OptionRow => ({ sdk, value, unsupported: true });

const workflowTimeouts: Rows = {
  workflow_execution_timeout: {
    sdk: 'workflowExecutionTimeout',
    value: 'duration',
    aliases: ['timeout', 'execution_timeout'],
  },
  workflow_run_timeout: { sdk: 'workflowRunTimeout', value: 'duration', aliases: ['run_timeout'] },
  workflow_task_timeout: { sdk: 'workflowTaskTimeout', value: 'duration', aliases: ['task_timeout'] },
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
  memo: later('memo'),
  search_attributes: later('searchAttributes'),
  summary: later('staticSummary'),
  details: later('staticDetails'),
};

export const optionTable: Readonly<Record<OptionContext, Rows>> = {
  activity: {
    start_to_close_timeout: { sdk: 'startToCloseTimeout', value: 'duration', aliases: ['timeout'] },
    schedule_to_close_timeout: { sdk: 'scheduleToCloseTimeout', value: 'duration' },
    schedule_to_start_timeout: { sdk: 'scheduleToStartTimeout', value: 'duration' },
    heartbeat_timeout: { sdk: 'heartbeatTimeout', value: 'duration', aliases: ['heartbeat'] },
    retry_policy: retryPolicy,
    task_queue: taskQueue,
    cancellation_type: {
      sdk: 'cancellationType',
      value: ['TRY_CANCEL', 'WAIT_CANCELLATION_COMPLETED', 'ABANDON'],
    },
    request_eager_execution: { sdk: 'allowEagerDispatch', value: ['true', 'false'], unsupported: true },
    priority: later('priority'),
    summary,
    local: later('local'),
    local_retry_threshold: later('localRetryThreshold', 'duration'),
  },
  workflow: {
    ...startedWorkflow,
    parent_close_policy: { sdk: 'parentClosePolicy', value: ['TERMINATE', 'ABANDON', 'REQUEST_CANCEL'] },
    cancellation_type: {
      sdk: 'cancellationType',
      value: ['WAIT_CANCELLATION_COMPLETED', 'WAIT_CANCELLATION_REQUESTED', 'TRY_CANCEL', 'ABANDON'],
    },
    priority: later('priority'),
  },
  nexus: {
    schedule_to_close_timeout: { sdk: 'scheduleToCloseTimeout', value: 'duration', aliases: ['timeout'] },
    schedule_to_start_timeout: { sdk: 'scheduleToStartTimeout', value: 'duration' },
    start_to_close_timeout: { sdk: 'startToCloseTimeout', value: 'duration' },
    cancellation_type: {
      sdk: 'cancellationType',
      value: ['WAIT_CANCELLATION_COMPLETED', 'WAIT_CANCELLATION_REQUESTED'],
    },
    on_timeout: later('onTimeout'),
    summary,
    retry_policy: {
      sdk: 'retry',
      value: 'retry',
      aliases: ['retry'],
      noEffect: 'Temporal retries the call itself; put a retry policy on the activities of the workflow behind it',
    },
    priority: { sdk: 'priority', value: 'string', noEffect: 'a Nexus call has no priority' },
  },
  start: {
    ...startedWorkflow,
    workflow_id_conflict_policy: {
      sdk: 'workflowIdConflictPolicy',
      value: ['FAIL', 'USE_EXISTING', 'TERMINATE_EXISTING'],
    },
    request_eager_start: later('requestEagerStart'),
  },
  retry: {
    initial_interval: { sdk: 'initialInterval', value: 'duration' },
    backoff_coefficient: { sdk: 'backoffCoefficient', value: 'float' },
    maximum_interval: { sdk: 'maximumInterval', value: 'duration', aliases: ['max_interval'] },
    maximum_attempts: { sdk: 'maximumAttempts', value: 'int', aliases: ['max_attempts'], unlimited: true },
    non_retryable_error_types: {
      sdk: 'nonRetryableErrorTypes',
      value: 'strings',
      aliases: ['non_retryable_errors', 'non_retryable'],
    },
  },
  endpoint: {
    target_namespace: { sdk: 'namespace', value: 'word' },
    target_task_queue: { sdk: 'taskQueue', value: 'word', aliases: ['task_queue'] },
    allowed_caller_namespaces: { sdk: 'allowedCallers', value: 'words' },
    services: { sdk: 'services', value: 'words' },
    target_url: later('url'),
    description: later('description'),
    name: later('name'),
  },
  operation: {
    name: later('name'),
    http: later('http'),
    metadata: later('metadata'),
    on_cancel: later('onCancel'),
    retry_unknown_errors: later('retryUnknownErrors'),
  },
  signal: {
    unfinished_policy: { sdk: 'unfinished', value: ['WAIT', 'ABANDON', 'WARN_AND_ABANDON'], unsupported: true },
    description: later('description'),
    name: later('name'),
    exclusive: later('exclusive'),
  },
  all: { on_failure: later('onFailure'), max_concurrent: later('maxConcurrent', 'int') },
  one: { losers: later('losers') },
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

const places: Readonly<Record<OptionContext, string>> = {
  activity: 'an activity call',
  workflow: 'a child workflow',
  nexus: 'a Nexus call',
  start: 'the start of a workflow',
  retry: 'a retry policy',
  endpoint: 'a Nexus endpoint',
  operation: 'an operation',
  signal: 'a signal',
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
  const rows = Object.entries(optionTable[context]).filter(([, row]) => !row.unsupported);
  const isCamel = /[A-Z]/.test(text);
  const candidates = rows.flatMap(([key, { aliases = [] }]) => [key, ...aliases]);
  const spelledAlike = candidates.map((one) => (isCamel ? camelCase(one) : one));
  const hint = `It has ${rows.map(([key]) => `\`${key}\``).join(', ')}.`;
  const help = correction(text, spelledAlike, file, span) ?? { hint };
  reporter.report(file, 'TWF501', span, { key: text, place: places[context] }, help);
  const meant = nearest(text, spelledAlike);
  return meant === undefined ? undefined : canonicalKey(context, meant);
}

export function reportRepeatedOption(
  { key: { text, span } }: OptionEntry,
  first: OptionEntry,
  file: SourceFile,
  reporter: Reporter,
): void {
  const labels = [{ file, span: first.key.span, text: 'the first time' }];
  reporter.report(file, 'TWF503', span, { key: text }, { labels });
}

export function placeOf(context: OptionContext): string {
  return places[context];
}
