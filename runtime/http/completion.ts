/** How a service says, later, what has become of an operation that it started. */
import { OperationError, type StartOperationContext } from 'nexus-rpc';
import { contentOf } from './content.js';
import { operationFailure } from './failure.js';
import { header } from './headers.js';

/** Where the caller waits for an operation: plain data, to be kept with what the operation works on. */
export interface Completion {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What has become of an operation. A failure with the state `canceled` answers a request to cancel it. */
export type Outcome = { readonly result: unknown } | { readonly failure: OperationError };

export interface CompleteOptions {
  /** How often it is tried, while the caller cannot be reached or asks for patience; 5 by default. */
  readonly attempts?: number;
  /** What is waited before the second attempt, in milliseconds, and twice as long each time after it; 500 by default. */
  readonly interval?: number;
  /** Ends it early. */
  readonly signal?: AbortSignal;
}

/** Where the caller of an operation waits; undefined if it waits nowhere. */
export function completionOf({ callbackUrl, callbackHeaders }: StartOperationContext): Completion | undefined {
  return callbackUrl === undefined ? undefined : { url: callbackUrl, headers: { ...callbackHeaders } };
}

/** The caller has refused what it was told. */
export class CompletionRefused extends Error {
  override readonly name = 'CompletionRefused';

  /** @param status of its answer: it is tried again for 408, 429 and those of servers, and for no other */
  constructor(readonly status: number) {
    super(`The caller of the operation has answered ${status}`);
  }
}

const patient: ReadonlySet<number> = new Set([408, 429]);

/**
 * Tells the caller of an operation what has become of it, once; what has been told already is refused.
 *
 * @param token that the operation was started with
 * @throws {CompletionRefused} if the caller answers with anything else than that it is well
 * @throws the error of `fetch` if it cannot be reached
 */
export async function complete(
  { url, headers }: Completion,
  token: string,
  outcome: Outcome,
  { attempts = 5, interval = 500, signal }: CompleteOptions = {},
): Promise<void> {
  const { body, headers: about } = contentOf('result' in outcome ? outcome.result : operationFailure(outcome.failure));
  const state = 'result' in outcome ? 'succeeded' : outcome.failure.state;
  const closed = new Date().toISOString();
  const own = { ...about, [header.state]: state, [header.token]: token, [header.closeTime]: closed };
  const request = {
    method: 'POST',
    headers: { ...headers, ...own },
    body,
    redirect: 'error',
    signal: signal ?? null,
  } as const;
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(url, request);
    } catch (error) {
      const isFinal = error instanceof CompletionRefused && error.status < 500 && !patient.has(error.status);
      if (isFinal || signal?.aborted || attempt >= attempts) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, interval * 2 ** (attempt - 1)));
    signal?.throwIfAborted();
  }
}

async function send(url: string, request: RequestInit): Promise<void> {
  const response = await fetch(url, request);
  await response.body?.cancel();
  if (!response.ok) throw new CompletionRefused(response.status);
}
