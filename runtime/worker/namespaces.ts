import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common';
import { hasStatus } from './grpc.js';

const RETENTION = msToTs('1 day');
const USABLE_TIMEOUT = 60_000;
const POLL = 200;

/**
 * Registers the namespaces that a service lacks, with a retention of one day, and waits until each can be used.
 *
 * @returns the names of those that were registered
 * @throws the service's error when it does not allow that, or when a namespace is not usable after 60 s
 */
export async function ensureNamespaces(connection: Connection, names: readonly string[]): Promise<string[]> {
  const registered: string[] = [];
  for (const name of names) {
    if (await register(connection, name)) registered.push(name);
  }
  await Promise.all(names.map((name) => untilUsable(connection, name)));
  return registered;
}

async function register({ workflowService }: Connection, namespace: string): Promise<boolean> {
  try {
    await workflowService.describeNamespace({ namespace });
    return false;
  } catch (error) {
    if (!hasStatus(error, 'NOT_FOUND')) throw error;
  }
  try {
    await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: RETENTION });
    return true;
  } catch (error) {
    if (!hasStatus(error, 'ALREADY_EXISTS')) throw error;
    return false;
  }
}

/** The parts of a service learn of a new namespace after a while: its workflows can be listed once they have. */
async function untilUsable({ workflowService }: Connection, namespace: string): Promise<void> {
  const deadline = Date.now() + USABLE_TIMEOUT;
  for (;;) {
    try {
      await workflowService.listWorkflowExecutions({ namespace, pageSize: 1 });
      return;
    } catch (error) {
      if (!hasStatus(error, 'NOT_FOUND') || Date.now() > deadline) throw error;
    }
    await pause(POLL);
  }
}
