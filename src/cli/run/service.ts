import type { Connection } from '@temporalio/client';
import { hasStatus } from '../../../runtime/worker/grpc.js';
import {
  ensureEndpoints,
  ensureNamespaces,
  findService,
  NoServiceError,
  type Service,
} from '../../../runtime/worker/index.js';
import type { Topology } from '../../check/facts.js';
import type { Reporter } from '../../diagnostics/diagnostic.js';

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
  const endpoints = topology.endpoints.flatMap(({ name, target }) =>
    target ? [{ name, target: { worker: { namespace: target.namespace, taskQueue: target.taskQueue } } }] : [],
  );
  if (service.own) {
    await ensureNamespaces(connection, namespaces);
    await ensureEndpoints(connection, endpoints);
    return true;
  }
  const { address } = service;
  const before = reporter.all.length;
  for (const namespace of namespaces) {
    if (await hasNamespace(connection, namespace)) continue;
    const hint = `Create it: \`temporal operator namespace create --namespace ${word(namespace)}\`.`;
    reporter.reportUnplaced('TWF058', { address, namespace }, { hint });
  }
  for (const { name: endpoint, target } of endpoints) {
    const { namespace, taskQueue: queue } = target.worker;
    const found = await targetOf(connection, endpoint);
    if (found?.namespace === namespace && found.taskQueue === queue) continue;
    const what = found ? 'update' : 'create';
    const hint = `Have an operator ${what} it: \`temporal operator nexus endpoint ${what} --name ${endpoint} --target-namespace ${word(namespace)} --target-task-queue ${word(queue)}\`.`;
    reporter.reportUnplaced('TWF059', { address, endpoint, namespace, queue }, { hint });
  }
  return reporter.all.length === before;
}

/** A word of a shell. */
function word(text: string): string {
  return /^[\w.:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
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

async function targetOf({ operatorService }: Connection, name: string) {
  const { endpoints } = await operatorService.listNexusEndpoints({ name });
  return endpoints[0]?.spec?.target?.worker ?? undefined;
}
