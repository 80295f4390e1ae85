import type { Connection } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { hasStatus } from './grpc.js';

/** A Nexus endpoint as generated code declares it. */
export interface EndpointSpec {
  readonly name: string;
  readonly target:
    | { readonly worker: { readonly namespace: string; readonly taskQueue: string } }
    | { readonly external: { readonly url: string } };
}

/** What `ensureEndpoints` did with one endpoint. */
export interface EndpointChange {
  readonly name: string;
  readonly id: string;
  readonly action: 'created' | 'updated' | 'unchanged';
}

type Endpoint = temporal.api.nexus.v1.IEndpoint;

const ATTEMPTS = 5;

/**
 * Creates the endpoints that a service lacks, and updates those whose target differs; others are left alone. Several
 * processes may do so at once.
 *
 * @returns one entry for each of `specs`, in their order
 * @throws the service's error when it does not allow that, or knows no such namespace
 */
export async function ensureEndpoints(
  connection: Connection,
  specs: readonly EndpointSpec[],
): Promise<EndpointChange[]> {
  const changes: EndpointChange[] = [];
  for (const spec of specs) changes.push(await ensureEndpoint(connection, spec));
  return changes;
}

async function ensureEndpoint(connection: Connection, spec: EndpointSpec): Promise<EndpointChange> {
  const { name } = spec;
  const { operatorService } = connection;
  for (let attempt = 1; ; attempt++) {
    const existing = await findEndpoint(connection, name);
    try {
      if (!existing) {
        const { endpoint } = await operatorService.createNexusEndpoint({ spec });
        return { name, id: endpoint!.id!, action: 'created' };
      }
      const { id, version } = existing;
      if (hasTarget(existing, spec)) return { name, id: id!, action: 'unchanged' };
      await operatorService.updateNexusEndpoint({ id: id!, version: version!, spec: { ...existing.spec, ...spec } });
      return { name, id: id!, action: 'updated' };
    } catch (error) {
      // Somebody else was faster: look again.
      if (attempt === ATTEMPTS || !hasStatus(error, 'ALREADY_EXISTS', 'NOT_FOUND', 'FAILED_PRECONDITION')) throw error;
    }
  }
}

/**
 * Removes endpoints by name.
 *
 * @returns the names of those that were there
 */
export async function removeEndpoints(connection: Connection, names: readonly string[]): Promise<string[]> {
  const removed: string[] = [];
  for (const name of names) {
    const existing = await findEndpoint(connection, name);
    if (!existing) continue;
    await connection.operatorService.deleteNexusEndpoint({ id: existing.id!, version: existing.version! });
    removed.push(name);
  }
  return removed;
}

async function findEndpoint(connection: Connection, name: string): Promise<Endpoint | undefined> {
  const { endpoints } = await connection.operatorService.listNexusEndpoints({ name });
  return endpoints[0] ?? undefined;
}

function hasTarget({ spec: existing }: Endpoint, { target }: EndpointSpec): boolean {
  const { worker, external } = existing?.target ?? {};
  if ('external' in target) return external?.url === target.external.url;
  return worker?.namespace === target.worker.namespace && worker.taskQueue === target.worker.taskQueue;
}
