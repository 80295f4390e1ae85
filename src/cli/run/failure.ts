import { relative } from 'node:path';
import {
  ActivityFailure,
  ApplicationFailure,
  ChildWorkflowFailure,
  NexusOperationFailure,
  TimeoutFailure,
} from '@temporalio/common';
import type { Places } from './places.js';
import { visible } from '../../diagnostics/visible.js';

/**
 * Why a workflow failed, from what it raised down to what really happened: a line or more for each cause, with the lines
 * of the program where they are known.
 *
 * @param type of the workflow
 * @param cwd the folder that paths are shown from
 */
export function failureLines(error: unknown, type: string, places: Places, cwd: string): string[] {
  const lines: string[] = [];
  let workflow: string | undefined = type;
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 50; cause = cause.cause, depth++) {
    lines.push(visible(`  ${depth === 0 ? '' : 'caused by '}${title(cause)}`));
    const details = cause instanceof ApplicationFailure ? (cause.details ?? []) : [];
    for (const detail of details) lines.push(visible(`    details: ${JSON.stringify(detail)}`));
    const call = workflow === undefined ? undefined : placeOfCall(cause, workflow, places);
    for (const place of call === undefined ? inStack(cause, cwd) : [call]) lines.push(visible(`    at ${place}`));
    if (cause instanceof ChildWorkflowFailure) workflow = cause.workflowType;
    if (cause instanceof NexusOperationFailure) workflow = undefined;
  }
  return lines;
}

/** Where a workflow made the call that failed; the stacks of such failures do not say it. */
function placeOfCall(error: Error, workflow: string, places: Places): string | undefined {
  if (error instanceof ActivityFailure) return places.of(workflow, 'activity', error.activityType);
  if (error instanceof ChildWorkflowFailure) return places.of(workflow, 'workflow', error.workflowType);
  if (error instanceof NexusOperationFailure) return places.of(workflow, 'nexus', error.endpoint, error.operation);
  return undefined;
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
function inStack({ stack = '' }: Error, cwd: string): string[] {
  return [...stack.matchAll(/\(?([^\s()]+\.twf):(\d+)/g)].map(([, file, line]) => `${relative(cwd, file!)}:${line}`);
}
