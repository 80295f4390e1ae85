import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { visible } from '../../diagnostics/visible.js';
import type { Places } from './places.js';
import { type Execution, Narrator, type Told } from './trace-events.js';
import { Pending } from './trace-pending.js';

export interface TracerOptions {
  readonly connection: Connection;
  readonly places: Places;
  /** Only workflows in these are followed. */
  readonly namespaces: ReadonlySet<string>;
  /** Takes one line for each thing that happens. */
  readonly write: (line: string) => void;
  /** How often, in milliseconds, to look at what is tried again without an event; never, if it is not given. */
  readonly every?: number | undefined;
}

/** Follows a workflow, and whatever it starts, by their histories. */
export class Tracer {
  private readonly followed = new Map<string, Promise<void>>();
  private readonly open = new Map<string, string>();
  private readonly narrators = new Map<string, Narrator>();
  private readonly width: number;

  constructor(private readonly options: TracerOptions) {
    this.width = Math.max(...[...options.namespaces].map((name) => name.length));
  }

  follow(execution: Execution): void {
    const key = keyOf(execution);
    if (this.followed.has(key) || !this.options.namespaces.has(execution.namespace)) return;
    this.open.set(key, execution.workflowId);
    this.followed.set(key, this.read(execution, key));
  }

  /** Resolves when everything that was followed has ended, and has been told. */
  async finished(): Promise<void> {
    for (let known = -1; known < this.followed.size;) {
      known = this.followed.size;
      await Promise.all(this.followed.values());
    }
  }

  /** Resolves when everything that was followed of a workflow has been told. */
  async told(workflowId: string): Promise<void> {
    const own = [...this.followed].filter(([key]) => key.split('\n')[1] === workflowId);
    await Promise.all(own.map(([, reading]) => reading));
  }

  /** The ids of workflows that are still open. */
  get running(): readonly string[] {
    return [...this.open.values()];
  }

  private async read(execution: Execution, key: string): Promise<void> {
    const { connection, places } = this.options;
    const { namespace, workflowId, runId } = execution;
    const narrator = new Narrator(execution, places, (caller, event) =>
      this.narrators.get(keyOf(caller))?.begunBy(event),
    );
    this.narrators.set(key, narrator);
    void this.watch(execution, key, narrator);
    let nextPageToken: Uint8Array | undefined;
    try {
      while (this.open.has(key)) {
        const page = await connection.workflowService.getWorkflowExecutionHistory({
          namespace,
          execution: { workflowId, runId },
          waitNewEvent: true,
          ...(nextPageToken && { nextPageToken }),
        });
        for (const event of page.history?.events ?? []) {
          const told = narrator.tell(event);
          if (!told) continue;
          this.write(execution, narrator, told);
          if (told.closes) this.open.delete(key);
          if (told.starts) this.follow(told.starts);
        }
        nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
      }
    } catch {
      // The connection was closed, or the service has gone: whoever waits for the result says so.
    }
  }

  /** Tells what keeps a workflow waiting, as long as it is open. */
  private async watch(execution: Execution, key: string, narrator: Narrator): Promise<void> {
    const { connection, every } = this.options;
    const { namespace, workflowId, runId } = execution;
    if (every === undefined) return;
    const pending = new Pending(narrator);
    for (;;) {
      await pause(every, undefined, { ref: false });
      if (!this.open.has(key)) return;
      try {
        const execution = { workflowId, runId };
        const description = await connection.workflowService.describeWorkflowExecution({ namespace, execution });
        if (!this.open.has(key)) return;
        for (const told of pending.tell(description)) this.write({ namespace, workflowId, runId }, narrator, told);
      } catch {
        // As above; if it was for a moment only, the next look says what there is to say.
      }
    }
  }

  private write({ namespace, workflowId }: Execution, { type }: Narrator, { text, place }: Told): void {
    const where = place === undefined ? '' : `  (${place})`;
    this.options.write(visible(`${namespace.padEnd(this.width)}  ${type} ${workflowId}  ${text}${where}`));
  }
}

function keyOf({ namespace, workflowId, runId }: Execution): string {
  return [namespace, workflowId, runId].join('\n');
}
