import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { visible } from '../../diagnostics/visible.js';
import type { Places } from './places.js';
import { type Execution, type HistoryEvent, Narrator, type Told } from './trace-events.js';
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

/** A workflow that has not ended. */
interface Followed {
  readonly execution: Execution;
  readonly narrator: Narrator;
  readonly pending: Pending;
}

/** Follows a workflow, and whatever it starts, by their histories. */
export class Tracer {
  private readonly followed = new Map<string, Promise<void>>();
  private readonly open = new Map<string, Followed>();
  private readonly narrators = new Map<string, Narrator>();
  private readonly width: number;

  constructor(private readonly options: TracerOptions) {
    this.width = Math.max(...[...options.namespaces].map((name) => name.length));
    if (options.every !== undefined) void this.watch(options.every);
  }

  follow(execution: Execution): void {
    const key = keyOf(execution);
    if (this.followed.has(key) || !this.options.namespaces.has(execution.namespace)) return;
    const callOf = (caller: Execution, event: HistoryEvent['eventId']) =>
      this.narrators.get(keyOf(caller))?.begunBy(event);
    const narrator = new Narrator(execution, this.options.places, callOf);
    this.narrators.set(key, narrator);
    this.open.set(key, { execution, narrator, pending: new Pending(narrator) });
    this.followed.set(key, this.read(execution, key, narrator));
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
    return [...this.open.values()].map(({ execution }) => execution.workflowId);
  }

  private async read(execution: Execution, key: string, narrator: Narrator): Promise<void> {
    const { connection } = this.options;
    const { namespace, workflowId, runId } = execution;
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
          for (const one of told.starts ?? []) this.follow(one);
        }
        nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
      }
    } catch {
      // The connection was closed, or the service has gone: whoever waits for the result says so.
    }
  }

  /** Looks at what is open, one after the other, and tells what keeps it waiting. */
  private async watch(every: number): Promise<void> {
    const { workflowService } = this.options.connection;
    for (;;) {
      await pause(every, undefined, { ref: false });
      for (const [key, { execution, narrator, pending }] of this.open) {
        const { namespace, workflowId, runId } = execution;
        try {
          const asked = { namespace, execution: { workflowId, runId } };
          const description = await workflowService.describeWorkflowExecution(asked);
          // It may have ended meanwhile: that has been told.
          if (this.open.has(key)) for (const told of pending.tell(description)) this.write(execution, narrator, told);
        } catch {
          // As above; if it was for a moment only, the next look says what there is to say.
        }
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
