import type { Connection } from '@temporalio/client';

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

/** Creates the endpoints that a service lacks, and updates those whose target differs. Others are left alone. */
export async function ensureEndpoints(
  connection: Connection,
  specs: readonly EndpointSpec[],
): Promise<EndpointChange[]> {
  throw new Error(`not built yet: ${connection} ${specs}`);
}

/** Removes endpoints by name, and returns the names of those that were there. */
export async function removeEndpoints(connection: Connection, names: readonly string[]): Promise<string[]> {
  throw new Error(`not built yet: ${connection} ${names}`);
}
