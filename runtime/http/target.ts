/** Nexus over HTTP, on the side that is called: by a Temporal Service whose endpoint leads here, or by any other client. */
import { randomUUID } from 'node:crypto';
import {
  HandlerError,
  type HandlerStartOperationResult,
  type OperationContext,
  type OperationDefinition,
  OperationError,
  type OperationHandler,
  type ServiceHandler,
  type StartOperationContext,
} from 'nexus-rpc';
import { contentOf, inputOf } from './content.js';
import { failedResponse } from './failure.js';
import { header, linkHeader, linksIn, milliseconds } from './headers.js';

export interface TargetOptions {
  /** The path that the endpoint's URL ends with, if it has one: `/nexus`. */
  readonly basePath?: string;
  /**
   * The origins of the Temporal Services that may be told what has become of an operation
   * (`https://temporal.example.com:7243`), or what says whether a URL leads to one. A call that waits elsewhere is refused,
   * for whoever makes it could let this service send requests anywhere.
   */
  readonly callbackOrigins?: readonly string[] | ((url: URL) => boolean);
  /** How many bytes an input may have; 2 MiB by default, which is what Temporal's server takes. */
  readonly largestInput?: number;
  /** Is told of errors that no operation has meant; by default they are written to stderr, in one line. */
  readonly onFault?: (error: unknown, operation: string) => void;
}

type AnyHandler = OperationHandler<unknown, unknown> & OperationDefinition<unknown, unknown>;

/**
 * Serves operations to Temporal, and to whoever else speaks Nexus over HTTP: starting them, and cancelling them. What an
 * operation is not called with is refused before its handler runs: what cannot be read, and callbacks to somebody else.
 *
 * It authenticates nobody: whoever can reach it can call. Let it be reached by those alone, or look into the request before.
 *
 * @param services made by nexus-rpc's `serviceHandler`, of the contracts in services.ts
 * @returns what answers a request; it never throws
 */
export function nexusTarget(
  services: readonly ServiceHandler<any>[],
  options: TargetOptions = {},
): (request: Request) => Promise<Response> {
  const byName = new Map(services.map((one) => [one.definition.name, one]));
  const { basePath = '', onFault = logFault } = options;
  return async (request) => {
    let place = '';
    try {
      const { service, operation, token } = routeOf(request, basePath);
      place = `${service}.${operation}`;
      const handler = handlerOf(byName, service, operation);
      return token === undefined
        ? await start(handler, request, { service, operation }, options)
        : await cancel(handler, request, { service, operation }, token);
    } catch (error) {
      if (!(error instanceof HandlerError) && !(error instanceof OperationError)) onFault(error, place);
      return failedResponse(error);
    }
  };
}

type Named = Pick<OperationContext, 'service' | 'operation'>;

interface Route extends Named {
  /** Of what is to be cancelled. */
  readonly token: string | undefined;
}

/** `/service/operation`, and with `/cancel` at its end. The parts are told apart before they are decoded: names may hold a slash. */
function routeOf({ method, url, headers }: Request, basePath: string): Route {
  if (method !== 'POST') throw new HandlerError('BAD_REQUEST', `Expected POST, not ${method}`);
  const { pathname, searchParams } = new URL(url);
  const base = basePath.replace(/\/+$/, '');
  if (!pathname.startsWith(`${base}/`)) throw notFound();
  const [service = '', operation = '', ...rest] = pathname
    .slice(base.length + 1)
    .split('/')
    .map(decoded);
  if (service === '' || operation === '') throw notFound();
  if (rest.length === 0) return { service, operation, token: undefined };
  const isCancel = rest.at(-1) === 'cancel' && rest.length <= 2;
  if (!isCancel) throw notFound();
  const own = rest.length === 2 ? rest[0] : undefined;
  const token = headers.get(header.token) ?? searchParams.get('token') ?? own;
  if (!token) throw new HandlerError('BAD_REQUEST', `${header.token} is missing`);
  return { service, operation, token };
}

function notFound(): HandlerError {
  return new HandlerError('NOT_FOUND', 'There is no such operation');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new HandlerError('BAD_REQUEST', 'The path cannot be read');
  }
}

function handlerOf(services: ReadonlyMap<string, ServiceHandler<any>>, service: string, operation: string): AnyHandler {
  const found = services.get(service);
  if (!found) throw notFound();
  return found.getOperationHandler(operation) as AnyHandler;
}

async function start(
  handler: AnyHandler,
  request: Request,
  named: Named,
  { callbackOrigins = [], largestInput = 2 * 1024 * 1024 }: TargetOptions,
): Promise<Response> {
  const callbackUrl = callbackOf(request, callbackOrigins);
  const ctx: StartOperationContext = {
    ...contextOf(request, named),
    requestId: request.headers.get(header.requestId) || randomUUID(),
    inboundLinks: linksIn(request.headers),
    outboundLinks: [],
    ...(callbackUrl !== undefined && { callbackUrl, callbackHeaders: callbackHeaders(request.headers) }),
  };
  const { inputType, outputType } = handler;
  const sent = await inputOf(request, largestInput);
  const input = inputType?.transferTypeConverter ? inputType.transferTypeConverter.fromTransferType(sent) : sent;
  const response = answer(await handler.start(ctx, input), (value) =>
    outputType?.transferTypeConverter ? outputType.transferTypeConverter.toTransferType(value) : value,
  );
  if (ctx.outboundLinks.length > 0) response.headers.set(header.link, linkHeader(ctx.outboundLinks));
  return response;
}

function answer(result: HandlerStartOperationResult, toWire: (value: unknown) => unknown): Response {
  if (!result.isAsync) {
    const { body, headers } = contentOf(toWire(result.value));
    return new Response(body, { headers: { ...headers, [header.state]: 'succeeded' } });
  }
  if (result.token === '') throw new Error('An operation that goes on needs a token');
  return Response.json({ token: result.token, state: 'running' }, { status: 201 });
}

async function cancel(handler: AnyHandler, request: Request, named: Named, token: string): Promise<Response> {
  await handler.cancel(contextOf(request, named), token);
  return new Response(null, { status: 202 });
}

/** The signal is aborted when the caller goes away, or has waited long enough. */
function contextOf(request: Request, named: Named): OperationContext {
  const timeout = request.headers.get(header.requestTimeout);
  const patience = timeout === null ? undefined : milliseconds(timeout);
  if (timeout !== null && patience === undefined) {
    throw new HandlerError('BAD_REQUEST', `${header.requestTimeout} is no duration`);
  }
  const headers = [...request.headers].filter(
    ([name]) => !name.startsWith('content-') && !name.startsWith(header.callbackPrefix) && name !== header.token,
  );
  return {
    ...named,
    headers: Object.fromEntries(headers),
    abortSignal:
      patience === undefined
        ? request.signal
        : AbortSignal.any([request.signal, AbortSignal.timeout(Math.ceil(patience))]),
    ...(patience !== undefined && { requestDeadline: new Date(Date.now() + patience) }),
  };
}

function callbackOf({ url }: Request, origins: NonNullable<TargetOptions['callbackOrigins']>): string | undefined {
  const callback = new URL(url).searchParams.get('callback');
  if (!callback) return undefined;
  const isOurs = typeof origins === 'function' ? origins : ({ origin }: URL) => origins.includes(origin);
  if (!URL.canParse(callback) || !isOurs(new URL(callback))) {
    throw new HandlerError('BAD_REQUEST', 'The callback leads to somewhere that this service sends nothing to');
  }
  return callback;
}

function callbackHeaders(headers: Headers): Record<string, string> {
  const { callbackPrefix } = header;
  return Object.fromEntries(
    [...headers].flatMap(([name, value]) =>
      name.startsWith(callbackPrefix) ? [[name.slice(callbackPrefix.length), value]] : [],
    ),
  );
}

function logFault(error: unknown, operation: string): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `${JSON.stringify({ level: 'error', message: 'A Nexus handler failed', operation, error: text })}\n`,
  );
}
