import type { Connection } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { hasStatus } from './grpc.js';

/** A Nexus endpoint as a program declares it. */
export interface EndpointSpec {
  readonly name: string;
  /** Markdown for whoever looks at the registry; without one, what stands there stays. */
  readonly description?: string;
  readonly target: EndpointTarget;
}

export type EndpointTarget =
  | { readonly worker: { readonly namespace: string; readonly taskQueue: string } }
  | { readonly external: { readonly url: string } };

/** A Nexus endpoint as it stands in the registry of a service. */
export interface RegisteredEndpoint {
  readonly id: string;
  readonly name: string;
  /** Undefined where there is none, and where it is no text. */
  readonly description: string | undefined;
  /** Undefined where it is of a kind that is not known here. */
  readonly target: EndpointTarget | undefined;
  readonly registered: temporal.api.nexus.v1.IEndpoint;
}

/** What has to be done so that the registry has an endpoint as the program declares it. */
export interface EndpointPlan {
  readonly spec: EndpointSpec;
  readonly action: 'create' | 'update' | 'none';
  /** What stands in the registry; undefined when the endpoint is to be created. */
  readonly existing: RegisteredEndpoint | undefined;
}

/** What was done with one endpoint. */
export interface EndpointChange {
  readonly name: string;
  readonly id: string;
  readonly action: 'created' | 'updated' | 'unchanged';
}

/** Somebody else changed an endpoint after the plan was made. */
export class EndpointConflictError extends Error {
  override readonly name = 'EndpointConflictError';
  constructor(
    readonly endpoint: string,
    readonly how: 'created' | 'changed' | 'deleted',
  ) {
    super(`the Nexus endpoint \`${endpoint}\` was ${how} by somebody else in the meantime`);
  }
}

const ATTEMPTS = 5;

/**
 * Creates the endpoints that a service lacks, and updates those that differ; others are left alone. Several processes
 * may do so at once.
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
  for (let attempt = 1; ; attempt++) {
    try {
      return await applyEndpoint(connection, planEndpoint(spec, await findEndpoint(connection, spec.name)));
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof EndpointConflictError)) throw error;
    }
  }
}

/** Compares an endpoint with what the registry has under its name. */
export function planEndpoint(spec: EndpointSpec, existing: RegisteredEndpoint | undefined): EndpointPlan {
  const action = !existing ? 'create' : isAsDeclared(existing, spec) ? 'none' : 'update';
  return { spec, action, existing };
}

/**
 * Does what a plan says, if the registry still is as it was when the plan was made. That somebody else has just done the
 * same is no conflict.
 *
 * @throws {EndpointConflictError} when somebody else did something else: nothing has been changed
 * @throws the service's error when it does not allow it, or knows no such namespace
 */
export async function applyEndpoint(
  connection: Connection,
  { spec, action, existing }: EndpointPlan,
): Promise<EndpointChange> {
  const { name } = spec;
  if (action === 'none') return { name, id: existing!.id, action: 'unchanged' };
  const { operatorService } = connection;
  try {
    if (!existing) {
      const { endpoint } = await operatorService.createNexusEndpoint({ spec: registrySpec(spec) });
      return { name, id: endpoint!.id!, action: 'created' };
    }
    const { id, registered } = existing;
    const updated = { ...registered.spec, ...registrySpec(spec) };
    await operatorService.updateNexusEndpoint({ id, version: registered.version!, spec: updated });
    return { name, id, action: 'updated' };
  } catch (error) {
    if (!hasStatus(error, 'ALREADY_EXISTS', 'NOT_FOUND', 'FAILED_PRECONDITION')) throw error;
    const now = await findEndpoint(connection, name);
    if (now && isAsDeclared(now, spec)) return { name, id: now.id, action: 'unchanged' };
    if (isSameVersion(existing, now)) throw error;
    throw new EndpointConflictError(name, !now ? 'deleted' : existing?.id === now.id ? 'changed' : 'created');
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
    await connection.operatorService.deleteNexusEndpoint({ id: existing.id, version: existing.registered.version! });
    removed.push(name);
  }
  return removed;
}

/**
 * All endpoints of the registry.
 *
 * @throws the service's error when it does not allow that
 */
export async function listEndpoints({ operatorService }: Connection): Promise<RegisteredEndpoint[]> {
  const found: RegisteredEndpoint[] = [];
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await operatorService.listNexusEndpoints(nextPageToken ? { nextPageToken } : {});
    found.push(...page.endpoints.map(readEndpoint));
    nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
  } while (nextPageToken);
  return found;
}

async function findEndpoint(connection: Connection, name: string): Promise<RegisteredEndpoint | undefined> {
  const { endpoints } = await connection.operatorService.listNexusEndpoints({ name });
  return endpoints[0] && readEndpoint(endpoints[0]);
}

function readEndpoint(registered: temporal.api.nexus.v1.IEndpoint): RegisteredEndpoint {
  const { name, description, target } = registered.spec ?? {};
  return {
    id: registered.id ?? '',
    name: name ?? '',
    description: description ? textOf(description) : undefined,
    target: targetOf(target),
    registered,
  };
}

function targetOf(target: temporal.api.nexus.v1.IEndpointTarget | null | undefined): EndpointTarget | undefined {
  const { worker, external } = target ?? {};
  if (external) return { external: { url: external.url ?? '' } };
  return worker ? { worker: { namespace: worker.namespace ?? '', taskQueue: worker.taskQueue ?? '' } } : undefined;
}

function textOf(payload: temporal.api.common.v1.IPayload): string | undefined {
  try {
    const text: unknown = defaultPayloadConverter.fromPayload(payload);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

function registrySpec({ name, description, target }: EndpointSpec): temporal.api.nexus.v1.IEndpointSpec {
  return {
    name,
    target,
    ...(description !== undefined && { description: defaultPayloadConverter.toPayload(description) }),
  };
}

function isAsDeclared(existing: RegisteredEndpoint, { description, target }: EndpointSpec): boolean {
  return hasTarget(existing, target) && (description === undefined || description === existing.description);
}

/** Whether an endpoint leads where a program wants it to lead. */
export function hasTarget({ target: existing }: RegisteredEndpoint, target: EndpointTarget): boolean {
  if (!existing) return false;
  if ('external' in target) return 'external' in existing && existing.external.url === target.external.url;
  if (!('worker' in existing)) return false;
  const { namespace, taskQueue } = existing.worker;
  return namespace === target.worker.namespace && taskQueue === target.worker.taskQueue;
}

function isSameVersion(before: RegisteredEndpoint | undefined, now: RegisteredEndpoint | undefined): boolean {
  return before?.id === now?.id && String(before?.registered.version) === String(now?.registered.version);
}
