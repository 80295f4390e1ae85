import { operationInfo } from '@temporalio/nexus';
import type { StartOperationContext } from 'nexus-rpc';
import type { AllowedCallers } from './service.js';

/** Who calls an operation. What a caller can choose himself, `headers`, says nothing about who he is. */
export interface NexusCallerInfo {
  /** Nothing when the call did not come from a namespace, or came past every endpoint. */
  namespace: string | null;
  /** Nothing when no workflow called. */
  workflow_id: string | null;
  /** Empty when the call came past every endpoint. */
  endpoint: string;
  service: string;
  operation: string;
  /** The same for every attempt of a call. */
  request_id: string;
  headers: Record<string, string>;
}

export function callerInfo(ctx: StartOperationContext): NexusCallerInfo {
  const { endpoint } = operationInfo();
  const caller = callerOf(ctx, endpoint);
  return {
    namespace: caller?.namespace ?? null,
    workflow_id: caller?.workflowId ?? null,
    endpoint,
    service: ctx.service,
    operation: ctx.operation,
    request_id: ctx.requestId,
    headers: { ...ctx.headers },
  };
}

/** The namespaces that may call through the endpoint of this call; none where it has no list. */
export function allowedNamespaces(callers: AllowedCallers): string[] {
  const allowed = callersOf(callers, operationInfo().endpoint);
  return Array.isArray(allowed) ? [...allowed] : [];
}

/** What a table says about an endpoint. */
export function callersOf(callers: AllowedCallers, endpoint: string): AllowedCallers[string] | undefined {
  return Object.hasOwn(callers, endpoint) ? callers[endpoint] : undefined;
}

interface Caller {
  readonly namespace: string;
  readonly workflowId: string | undefined;
}

/** `/namespaces/{namespace}/workflows/{id}/…`, or `…/nexus-operations/…` for an operation that no workflow calls. */
const callerPath = /^\/namespaces\/([^/]+)\/(?:workflows\/([^/]+)|nexus-operations)\//;

/**
 * The caller: taken from the link that the server writes, which a caller's workflow cannot choose. Undefined when the call
 * did not come from a namespace, or came past every endpoint.
 *
 * @param endpoint the name of the endpoint that the call came through; empty when it came through none
 */
export function callerOf(ctx: StartOperationContext, endpoint: string): Caller | undefined {
  const link = ctx.inboundLinks[0]?.url;
  if (!endpoint || link?.protocol !== 'temporal:') return undefined;
  const [, namespace, workflowId] = callerPath.exec(link.pathname) ?? [];
  try {
    return namespace === undefined
      ? undefined
      : { namespace: decodeURIComponent(namespace), workflowId: workflowId && decodeURIComponent(workflowId) };
  } catch {
    return undefined; // not a link that a server has written
  }
}
