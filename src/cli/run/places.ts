import { wireName } from '../../options/wire-name.js';
import type { Facts } from '../../check/facts.js';
import type { SourceFile } from '../../source.js';
import { placeOf } from '../../syntax/place.js';
import { walk } from '../../syntax/visit.js';

/** Where in the sources a workflow does something, if it does so in one place only: `orders.twf:12`. */
export class Places {
  /** Undefined where there are several. */
  private readonly found = new Map<string, string | undefined>();

  constructor({ workflows, fileOf, calls }: Facts) {
    for (const workflow of workflows.keys()) {
      const file = fileOf.get(workflow)!;
      const type = wireName(workflow);
      this.put([type], file, workflow.name.span.start);
      walk(workflow, {
        enter: (node) => {
          switch (node.kind) {
            case 'ActivityCall':
            case 'WorkflowCall': {
              const call = calls.get(node);
              if (call === undefined || call.kind === 'nexus') return;
              const called = wireName(call.kind === 'activity' ? call.activity : call.workflow);
              return this.put([type, call.kind, called], file, placeOf(file, node));
            }
            case 'NexusCall': {
              const call = calls.get(node);
              if (call?.kind !== 'nexus') return;
              return this.put([type, 'nexus', call.endpoint.name, call.operation.wireName], file, placeOf(file, node));
            }
            case 'Timer':
              return this.put([type, 'timer'], file, placeOf(file, node));
          }
        },
      });
    }
  }

  /** @param key the workflow's type, then what it does: `'nexus', endpoint, operation` */
  of(...key: readonly string[]): string | undefined {
    return this.found.get(JSON.stringify(key));
  }

  private put(key: readonly string[], file: SourceFile, offset: number): void {
    const text = JSON.stringify(key);
    this.found.set(text, this.found.has(text) ? undefined : `${file.path}:${file.position(offset).line}`);
  }
}
