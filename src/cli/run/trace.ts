import type { Connection } from '@temporalio/client';
import { visible } from '../../diagnostics/visible.js';
import type { Places } from './places.js';
import { type Execution, Narrator } from './trace-events.js';

export interface TracerOptions {
  readonly connection: Connection;
  readonly places: Places;
  /** Only workflows in these are followed. */
  readonly namespaces: ReadonlySet<string>;
  /** Takes one line for each thing that happens. */
  readonly write: (line: string) => void;
}

/** Follows a workflow, and whatever it starts, by their histories. */
export class Tracer {
  private readonly followed = new Map<string, Promise<void>>();
  private readonly open = new Map<string, string>();
  private readonly width: number;

  constructor(private readonly options: TracerOptions) {
    this.width = Math.max(...[...options.namespaces].map((name) => name.length));
  }

  follow(execution: Execution): void {
    const key = [execution.namespace, execution.workflowId, execution.runId].join('\n');
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
    const { connection, places, write } = this.options;
    const { namespace, workflowId, runId } = execution;
    const narrator = new Narrator(execution, places);
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
          const place = told.place === undefined ? '' : `  (${told.place})`;
          write(visible(`${namespace.padEnd(this.width)}  ${narrator.type} ${workflowId}  ${told.text}${place}`));
          if (told.closes) this.open.delete(key);
          if (told.starts) this.follow(told.starts);
        }
        nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
      }
    } catch {
      // The connection was closed, or the service has gone: whoever waits for the result says so.
    }
  }
}
