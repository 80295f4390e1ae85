import type { Connection } from '@temporalio/client';
import { hasStatus } from '../../../runtime/worker/grpc.js';
import {
  ensureEndpoints,
  ensureNamespaces,
  findService,
  hasTarget,
  listEndpoints,
  NoServiceError,
  type Service,
} from '../../../runtime/worker/index.js';
import type { Topology } from '../../check/facts.js';
import type { Reporter } from '../../diagnostics/diagnostic.js';
import { endpointsToMake } from '../endpoints/specs.js';
import { shellWord, spokenTarget, targetOptions } from '../endpoints/words.js';

export interface OpenOptions {
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
  readonly reporter: Reporter;
}

/** Undefined when there is none to be had: that has been reported. */
export async function openService({ workers }: Topology, options: OpenOptions): Promise<Service | undefined> {
  const { log, signal, reporter } = options;
  try {
    return await findService({ namespaces: namespacesOf(workers), log, signal });
  } catch (error) {
    if (!(error instanceof NoServiceError)) throw error;
    return reporter.reportUnplaced('TWF056', { why: error.message });
  }
}

/**
 * Sees to it that a service has the namespaces and endpoints of a program: creates them on one that twfc started, and
 * reports what is missing on another's.
 */
export async function provide(
  service: Service,
  connection: Connection,
  topology: Topology,
  reporter: Reporter,
): Promise<boolean> {
  const namespaces = namespacesOf(topology.workers);
  const endpoints = endpointsToMake(topology);
  if (service.own) {
    await ensureNamespaces(connection, namespaces);
    await ensureEndpoints(connection, endpoints);
    return true;
  }
  const { address } = service;
  const before = reporter.all.length;
  for (const namespace of namespaces) {
    if (await hasNamespace(connection, namespace)) continue;
    const hint = `Create it: \`temporal operator namespace create --namespace ${shellWord(namespace)}\`.`;
    reporter.reportUnplaced('TWF058', { address, namespace }, { hint });
  }
  const registered = endpoints.length > 0 ? await listEndpoints(connection) : [];
  for (const { name: endpoint, target } of endpoints) {
    const found = registered.find((one) => one.name === endpoint);
    if (found && hasTarget(found, target)) continue;
    const what = found ? 'update' : 'create';
    const command = [`temporal operator nexus endpoint ${what} --name ${endpoint}`, ...targetOptions(target)].join(' ');
    const hint = `Have an operator ${what} it, with \`twfc endpoints apply\` or \`${command}\`.`;
    reporter.reportUnplaced('TWF059', { address, endpoint, target: spokenTarget(target) }, { hint });
  }
  return reporter.all.length === before;
}

export function namespacesOf(workers: Topology['workers']): string[] {
  return [...new Set(workers.flatMap(({ places }) => places.map(({ namespace }) => namespace)))];
}

const healthCheck = { every: 1000, deadline: 4000, failures: 3 };

/** Resolves when a service no longer answers: with how that is said. */
export async function silence(connection: Connection, signal: AbortSignal): Promise<string> {
  for (let failures = 0; failures < healthCheck.failures && !signal.aborted;) {
    await new Promise((resolve) => setTimeout(resolve, healthCheck.every).unref());
    const answers = await connection
      .withDeadline(Date.now() + healthCheck.deadline, () => connection.workflowService.getSystemInfo({}))
      .then(
        () => true,
        () => false,
      );
    failures = answers ? 0 : failures + 1;
  }
  return 'it no longer answers.';
}

async function hasNamespace({ workflowService }: Connection, namespace: string): Promise<boolean> {
  try {
    await workflowService.describeNamespace({ namespace });
    return true;
  } catch (error) {
    if (hasStatus(error, 'NOT_FOUND')) return false;
    throw error;
  }
}
