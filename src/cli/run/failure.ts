import { relative } from 'node:path';
import {
  ActivityFailure,
  ApplicationFailure,
  ChildWorkflowFailure,
  NexusOperationFailure,
  TimeoutFailure,
} from '@temporalio/common';
import { visible } from '../../diagnostics/visible.js';

/** Why a workflow failed, from what it raised down to what really happened: a line or more for each cause. */
export function failureLines(error: unknown, cwd: string): string[] {
  const lines: string[] = [];
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 50; cause = cause.cause, depth++) {
    lines.push(visible(`  ${depth === 0 ? '' : 'caused by '}${title(cause)}`));
    const details = cause instanceof ApplicationFailure ? (cause.details ?? []) : [];
    for (const detail of details) lines.push(visible(`    details: ${JSON.stringify(detail)}`));
    for (const place of places(cause.stack, cwd)) lines.push(visible(`    at ${place}`));
  }
  return lines;
}

function title(error: Error): string {
  const { message } = error;
  if (error instanceof ApplicationFailure) return error.type ? `${error.type}: ${message}` : message;
  if (error instanceof ActivityFailure) return `activity ${error.activityType}: ${message}`;
  if (error instanceof ChildWorkflowFailure)
    return `child workflow ${error.workflowType} (${error.execution.workflowId}): ${message}`;
  if (error instanceof NexusOperationFailure)
    return `Nexus operation ${error.service}.${error.operation} at ${error.endpoint}: ${message}`;
  if (error instanceof TimeoutFailure) return `timeout (${error.timeoutType ?? 'unknown'}): ${message}`;
  return `${error.name}: ${message}`;
}

/** The lines of .twf files in a stack: the others are not the author's. */
function places(stack: string | undefined, cwd: string): string[] {
  return [...(stack ?? '').matchAll(/\(?([^\s()]+\.twf):(\d+)/g)].map(
    ([, file, line]) => `${relative(cwd, file!)}:${line}`,
  );
}
