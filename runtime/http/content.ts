/** Inputs and results as bodies: JSON, bytes, or nothing. */
import { HandlerError } from 'nexus-rpc';

/**
 * The input of a request.
 * @param limit bytes that it may have
 * @throws {HandlerError} BAD_REQUEST if it is too large, or no content that Nexus knows
 */
export async function inputOf(request: Request, limit: number): Promise<unknown> {
  const bytes = await bodyOf(request, limit);
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
  switch (type.trim().toLowerCase()) {
    case 'application/octet-stream':
      return bytes;
    case '':
      if (bytes.length === 0) return undefined;
      break;
    case 'application/json':
      return parsed(bytes);
  }
  throw new HandlerError('BAD_REQUEST', 'The input is neither JSON nor bytes');
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new HandlerError('BAD_REQUEST', 'The input is no JSON');
  }
}

async function bodyOf({ body }: Request, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > limit) throw new HandlerError('BAD_REQUEST', `The input has more than ${limit} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

export interface Content {
  readonly body: string | Uint8Array<ArrayBuffer> | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** A result as a body, and what it is. */
export function contentOf(value: unknown): Content {
  if (value === undefined) return { body: null, headers: {} };
  if (value instanceof Uint8Array) {
    return { body: new Uint8Array(value), headers: { 'content-type': 'application/octet-stream' } };
  }
  return { body: JSON.stringify(value), headers: { 'content-type': 'application/json' } };
}
