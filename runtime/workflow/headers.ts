import type { NexusOperationHandle, NexusServiceClient } from '@temporalio/workflow';
import { getActivator } from '@temporalio/workflow/lib/global-attributes.js';
import { HandlerError, type ServiceDefinition } from 'nexus-rpc';
import { callFailure, operationName } from './call-failure.js';
import { clientOf, targetOf } from './nexus-client.js';

/** By name, in lower case. */
export type Headers = Readonly<Record<string, string>>;

/** The server fails the workflow task that sends more, for ever. */
const mostBytes = 8192;

/**
 * The client, with headers for each of its calls. They are plain text in the history of the caller.
 *
 * A call whose headers cannot be sent fails, and is no command.
 */
export function withHeaders<S extends ServiceDefinition>(
  headers: Headers,
  client: NexusServiceClient<S>,
): NexusServiceClient<S> {
  const target = targetOf(client);
  if (!target) return client; // one that refuses every call sends nothing
  const startOperation: typeof client.startOperation = async (
    ...[operation, input, options]: Parameters<typeof client.startOperation>
  ): Promise<NexusOperationHandle<any>> => {
    const fault = faultOf(headers);
    if (fault !== undefined) {
      throw callFailure(target, operationName(target, operation), new HandlerError('BAD_REQUEST', fault));
    }
    install();
    const carrying = { ...options, [given]: headers };
    return await client.startOperation(operation, input, carrying);
  };
  return clientOf(startOperation, target);
}

/** Why headers cannot be sent. */
function faultOf(headers: Headers): string | undefined {
  const entries = Object.entries(headers);
  const bad = entries.find(([, value]) => !isSendable(value));
  if (bad) return `the header \`${bad[0]}\` has a value that no header can have`;
  const bytes = entries.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  return bytes > mostBytes ? `the headers have ${bytes} bytes, and no more than ${mostBytes} can be sent` : undefined;
}

/** No line breaks and other control characters, which end a header of HTTP; no half characters, which are no text. */
function isSendable(value: string): boolean {
  return !/[^\P{Cc}\t]|\p{Cs}/u.test(value);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** What the SDK's client passes on to the interceptor, beside its options. */
const given = Symbol('headers');
let installed = false;

/**
 * The SDK's client has no headers: an interceptor of this workflow adds them. It is here, and not among the modules of a
 * worker, so that it comes with the code that depends on it.
 */
function install(): void {
  if (installed) return;
  installed = true;
  getActivator().interceptors.outbound.push({
    startNexusOperation: (input, next) => {
      const { [given]: headers } = input.options as { readonly [given]?: Headers };
      return next(headers ? { ...input, headers: { ...input.headers, ...headers } } : input);
    },
  });
}
