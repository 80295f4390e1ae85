import type { NexusServiceClient } from '@temporalio/workflow';
import { HandlerError, type ServiceDefinition } from 'nexus-rpc';
import { callFailure, operationName } from './call-failure.js';
import { nexusClient } from './nexus-client.js';

/** An endpoint of a family, whose name is computed; and the names that there are. */
export interface FamilyClientOptions<S extends ServiceDefinition> {
  readonly endpoint: string;
  readonly members: readonly string[];
  readonly service: S;
}

/**
 * A client of the member that is named. A name that no member has is a failed call, of the kind `NexusNotFoundError`, and
 * no command: the server would fail the workflow task of one to an unknown endpoint, for ever.
 */
export function familyClient<S extends ServiceDefinition>(options: FamilyClientOptions<S>): NexusServiceClient<S> {
  const { endpoint, members, service } = options;
  if (members.includes(endpoint)) return nexusClient({ endpoint, service });
  const refuse = async (operation: unknown): Promise<never> => {
    const target = { endpoint, service };
    const cause = new HandlerError('NOT_FOUND', `no endpoint of the family is named ${endpoint}`);
    throw callFailure(target, operationName(target, operation), cause);
  };
  return { startOperation: refuse, executeOperation: refuse };
}
