import { Client } from '@temporalio/client';
import { defaultPayloadConverter, noopMetricMeter } from '@temporalio/common';
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow/index.js';
import type proto from '@temporalio/proto';
import { DefaultLogger } from '@temporalio/worker';
import { constructNexusOperationContext, NexusHandler } from '@temporalio/worker/lib/nexus/index.js';
import type { ServiceHandler } from 'nexus-rpc';
import { failureText } from './commands.js';

/** What reaches a handler beside its input. */
export interface Call {
  /** The endpoint that it came through; empty for none. */
  readonly endpoint?: string;
  /** The URLs that the server, or somebody in its name, has written. */
  readonly links?: readonly string[];
}

/** What came of a call. */
export interface Answer {
  /** `value …`, `started …`, `failed …`, or `TYPE …` for a handler's error, which says whether it is retried. */
  readonly text: string;
  readonly logged: readonly string[];
  /** What the handler has asked the service for. */
  readonly requests: readonly { readonly method: string; readonly request: any }[];
}

/** The link that the server writes for a call by a workflow of a namespace. */
export const workflowLink = (namespace: string): string =>
  `temporal:///namespaces/${namespace}/workflows/w/r/history?eventID=5&eventType=NexusOperationScheduled`;

/** Calls an operation by way of the SDK's own Nexus handler: no worker, no service. */
export async function callOperation(
  service: ServiceHandler<any>,
  operation: string,
  input: unknown,
  { endpoint = 'Payments', links = [workflowLink('orders')] }: Call = {},
): Promise<Answer> {
  const logged: string[] = [];
  const requests: { method: string; request: unknown }[] = [];
  const logger = new DefaultLogger('WARN', ({ level, message }) => {
    if (message !== 'Nexus handler invocation failed') logged.push(`${level}: ${message}`);
  });
  const request = {
    header: {},
    endpoint,
    startOperation: {
      service: service.definition.name,
      operation,
      requestId: 'request-1',
      callback: 'temporal://system',
      payload: defaultPayloadConverter.toPayload(input),
      links: links.map((url) => ({ url, type: 'temporal.api.common.v1.Link.WorkflowEvent' })),
    },
  };
  const abort = new AbortController();
  const handler = new NexusHandler(
    new Uint8Array([1]),
    'payments',
    'queue',
    constructNexusOperationContext(request, abort.signal, new Date(Date.now() + 10_000)),
    new Client({ connection: fakeConnection(requests) as never, namespace: 'payments' }) as never,
    abort,
    new Map([[service.definition.name, service]]) as never,
    loadDataConverter({}),
    logger,
    noopMetricMeter,
    [],
  );
  const result = await handler.run({ taskToken: new Uint8Array([1]), request } as never);
  return { text: textOf(result), logged, requests };
}

/** A connection that answers every request by starting a workflow. */
function fakeConnection(requests: { method: string; request: unknown }[]) {
  const pass = async (_: unknown, run: () => Promise<unknown>) => await run();
  const workflowService = new Proxy(
    {},
    {
      get: (_, method: string) => async (request: unknown) => {
        requests.push({ method, request });
        return { runId: 'run-1', started: true };
      },
    },
  );
  return {
    workflowService,
    options: {},
    plugins: [],
    ensureConnected: async () => undefined,
    withAbortSignal: pass,
    withDeadline: pass,
    withMetadata: pass,
  };
}

function textOf({ failure, completed }: proto.coresdk.nexus.INexusTaskCompletion): string {
  if (failure) {
    const { type, retryBehavior } = failure.nexusHandlerFailureInfo!;
    const isRetried = retryBehavior === 1 || (!retryBehavior && retriedTypes.has(type!));
    return `${type}${isRetried ? ', retried' : ''}: ${failureText(failure)}`;
  }
  const start = completed!.startOperation!;
  if (start.failure) return `failed: ${failureText(start.failure)}`;
  if (start.asyncSuccess) {
    return `started: ${Buffer.from(start.asyncSuccess.operationToken!, 'base64').toString()}`;
  }
  return `value: ${JSON.stringify(defaultPayloadConverter.fromPayload(start.syncSuccess!.payload!))}`;
}

/** What the server tries again, unless it is told not to. */
const retriedTypes = new Set(['INTERNAL', 'UNAVAILABLE', 'RESOURCE_EXHAUSTED', 'UPSTREAM_TIMEOUT', 'UNKNOWN']);
