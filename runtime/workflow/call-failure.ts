import { NexusOperationFailure } from '@temporalio/common';
import type { NexusServiceClientOptions } from '@temporalio/workflow';
import type { OperationDefinition, ServiceDefinition } from 'nexus-rpc';

/** Where calls go. */
export type Target = NexusServiceClientOptions<ServiceDefinition>;

/** The name of an operation, which a client is given by its key or by its definition. */
export function operationName({ service }: Target, operation: unknown): string {
  if (typeof operation !== 'string') return (operation as OperationDefinition<unknown, unknown>).name;
  return service.operations[operation]?.name ?? operation;
}

/** A failure of a call, as the service reports one. */
export function callFailure(
  { endpoint, service }: Target,
  operation: string,
  cause: Error,
  token?: string,
): NexusOperationFailure {
  const message = 'nexus operation completed unsuccessfully';
  return new NexusOperationFailure(message, undefined, endpoint, service.name, operation, token, cause);
}
