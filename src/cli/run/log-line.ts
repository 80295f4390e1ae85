import type { LogEntry } from '@temporalio/worker';
import { visible } from '../../diagnostics/visible.js';

/** The parts of the SDK that speak for the author's code. */
const authors: ReadonlySet<unknown> = new Set(['workflow', 'activity', 'nexus']);

/** A log entry of a worker in one line; undefined for what is of no use to the author of a program. */
export function logLine({ level, message, meta = {} }: LogEntry): string | undefined {
  const byAuthor = authors.has(meta['sdkComponent']);
  if (!byAuthor && level !== 'ERROR') return undefined;
  const who = [meta['workflowType'], meta['activityType'] ?? meta['operation'], meta['workflowId']]
    .filter(Boolean)
    .join(' ');
  const { error } = meta as { error?: unknown };
  const why = error instanceof Error ? `: ${innermost(error)}` : '';
  const known = new Set(['level', 'timestamp', 'message', 'error']);
  const more = Object.entries(meta).filter(([key]) => !known.has(key) && !sdkKeys.has(key));
  const details = more.length > 0 ? ` ${JSON.stringify(Object.fromEntries(more))}` : '';
  return visible(`${level} ${who && `${who}: `}${message}${details}${why}`);
}

/** What the SDK adds to every entry. */
const sdkKeys: ReadonlySet<string> = new Set([
  'sdkComponent',
  'taskQueue',
  'namespace',
  'workflowId',
  'workflowType',
  'runId',
  'workflowRunId',
  'activityId',
  'activityType',
  'attempt',
  'isLocal',
  'taskToken',
  'service',
  'operation',
  'endpoint',
  'requestId',
  'firstExecutionRunId',
  'durationMs',
]);

function innermost(error: Error): string {
  return error.cause instanceof Error ? innermost(error.cause) : `${error.name}: ${error.message}`;
}
