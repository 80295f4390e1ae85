import { ApplicationFailure, type ContinueAsNewOptions, workflowInfo } from '@temporalio/workflow';
import type { Inbox } from './inbox.js';

// Signals that have arrived and were not consumed travel from one run to the next in the memo, so that the arguments
// stay what the author wrote.

const key = 'twf.pending';
const mostBytes = 64 * 1024;

/** Marks bytes, which JSON does not have. */
const bytesKey = 'twf.bytes';

/** The arrivals of a signal that the previous run has not consumed. */
export function carriedArrivals<Args extends unknown[]>(signal: string): Args[] {
  const carried = workflowInfo().memo?.[key] as Record<string, unknown[][]> | undefined;
  const arrivals = carried && Object.hasOwn(carried, signal) ? carried[signal]! : [];
  return arrivals.map((args) => args.map(unpack) as Args);
}

/**
 * What the next run is given so that nothing is lost.
 *
 * @throws ApplicationFailure `PendingSignalsTooLarge`
 */
export function carryingOptions(inboxes: readonly Inbox<unknown[]>[]): ContinueAsNewOptions {
  const pending = inboxes.map(({ name, arrivals }) => [name, arrivals.map((args) => args.map(pack))] as const);
  const carried = Object.fromEntries(pending.filter(([, arrivals]) => arrivals.length > 0));
  const { memo = {} } = workflowInfo();
  // The next run inherits the memo as it is, unless it is given one: what was carried here must not be carried twice.
  if (Object.keys(carried).length === 0 && !(key in memo)) return {};
  const bytes = new TextEncoder().encode(JSON.stringify(carried)).length;
  if (bytes > mostBytes) {
    const message = `The signals that have not been consumed take ${bytes} bytes: more than ${mostBytes} cannot be carried into the next run`;
    throw ApplicationFailure.nonRetryable(message, 'PendingSignalsTooLarge', { bytes, mostBytes });
  }
  return { memo: { ...memo, [key]: carried } };
}

function pack(value: unknown): unknown {
  return value instanceof Uint8Array ? { [bytesKey]: [...value] } : value;
}

function unpack(value: unknown): unknown {
  const bytes = (value as { [bytesKey]?: number[] } | null | undefined)?.[bytesKey];
  return Array.isArray(bytes) ? Uint8Array.from(bytes) : value;
}
