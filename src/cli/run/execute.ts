import { wireName } from '../../options/wire-name.js';
import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  type WorkflowHandleWithFirstExecutionRunId,
} from '@temporalio/client';
import type { Reporter } from '../../diagnostics/diagnostic.js';
import { escapedJson, visible } from '../../diagnostics/visible.js';
import { type Context, type ExitCode, say } from '../context.js';
import type { Entry } from './entry.js';
import { failureLines } from './failure.js';
import type { Losses } from './losses.js';
import type { Places } from './places.js';
import type { Tracer } from './trace.js';

/**
 * Starts a workflow.
 *
 * @returns undefined when the id is taken: that has been reported
 * @throws {Lost}
 */
export async function start(
  client: Client,
  { workflow, place, args }: Entry,
  workflowId: string,
  losses: Losses,
  reporter: Reporter,
): Promise<WorkflowHandleWithFirstExecutionRunId | undefined> {
  const { taskQueue, namespace } = place;
  try {
    return await losses.guard(client.workflow.start(wireName(workflow), { taskQueue, workflowId, args: [...args] }));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const hint = 'Give another with `--workflow-id`, or leave it out.';
    return reporter.reportUnplaced('TWF061', { id: workflowId, namespace }, { hint });
  }
}

export interface Conclusion {
  readonly handle: WorkflowHandleWithFirstExecutionRunId;
  readonly entry: Entry;
  readonly losses: Losses;
  readonly places: Places;
  readonly tracer: Tracer;
  /** The service ends with us, and with it what still runs on it. */
  readonly own: boolean;
  /** Aborted when the user wants to stop. */
  readonly signal: AbortSignal;
}

/** How long to wait for the trace of what has ended, and for what still runs on a service that ends with us. */
const patience = { trace: 2000, others: 5000 };

/**
 * Waits for a workflow, and then prints what it came to: its result as JSON on stdout, a failure on stderr.
 *
 * @throws {Lost}
 */
export async function conclude(cx: Context, conclusion: Conclusion): Promise<ExitCode> {
  const { handle, losses, tracer, own, signal } = conclusion;
  const print = await losses.guard(handle.result()).then(
    (result) => () => printResult(cx, result),
    (error: unknown) => {
      if (!(error instanceof WorkflowFailedError)) throw error;
      return () => printFailure(cx, conclusion, error);
    },
  );
  await within(patience.trace, tracer.told(handle.workflowId), signal);
  if (own) {
    await within(patience.others, tracer.finished(), signal);
    const running = tracer.running.join(', ');
    if (running !== '') say(cx, `Still running, and ended with the service that twfc started: ${running}.`);
  }
  return print();
}

function printResult(cx: Context, result: unknown): ExitCode {
  const value = result instanceof Uint8Array ? Buffer.from(result).toString('base64') : (result ?? null);
  cx.terminal.out(`${escapedJson(JSON.stringify(value))}\n`);
  return 0;
}

function printFailure(cx: Context, { handle, entry, places }: Conclusion, error: WorkflowFailedError): ExitCode {
  const { text: type } = entry.workflow.name;
  const title = `${type} (${handle.workflowId}) in ${entry.place.namespace}: ${error.message}`;
  cx.terminal.err(`${[visible(title), ...failureLines(error.cause, type, places, cx.host.cwd)].join('\n')}\n`);
  return 1;
}

/** Waits for something that may never come. */
async function within(milliseconds: number, promise: Promise<void>, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([promise, end]);
  clearTimeout(timer);
}
