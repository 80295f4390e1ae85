import type { StartOperationContext } from 'nexus-rpc';

/** `/namespaces/{namespace}/workflows/…`, and the same for an operation that was called without a workflow. */
const callerPath = /^\/namespaces\/([^/]+)\/(?:workflows|nexus-operations)\//;

/**
 * The namespace of the caller: taken from the link that the server writes, which a caller's workflow cannot choose.
 * Undefined when the call did not come from a namespace, or came past every endpoint.
 *
 * @param endpoint the name of the endpoint that the call came through; empty when it came through none
 */
export function callerNamespace(ctx: StartOperationContext, endpoint: string): string | undefined {
  const link = ctx.inboundLinks[0]?.url;
  if (!endpoint || link?.protocol !== 'temporal:') return undefined;
  const namespace = callerPath.exec(link.pathname)?.[1];
  try {
    return namespace && decodeURIComponent(namespace);
  } catch {
    return undefined; // not a link that a server has written
  }
}
