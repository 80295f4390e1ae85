import { createServer, type Server } from 'node:http';
import { ApplicationFailure } from '@temporalio/common';
import {
  HandlerError,
  HandlerStartOperationResult,
  operation,
  OperationError,
  service,
  serviceHandler,
  type StartOperationContext,
} from 'nexus-rpc';
import { afterEach, expect, test } from 'vitest';
import { complete, completionOf, listener, nexusTarget, type TargetOptions } from './index.js';
import { linksIn, milliseconds } from './headers.js';

const seen: StartOperationContext[] = [];
const cancelled: string[] = [];

const dates = {
  fromTransferType: (text: unknown) => new Date(text as string),
  toTransferType: (date: Date) => date.toISOString(),
};
const Shop = service('Ser/vic e', {
  Echo: operation<unknown, unknown>(),
  Start: operation<void, void>(),
  Raise: operation<string, void>(),
  Day: operation<Date, Date>({
    inputType: { transferTypeConverter: dates },
    outputType: { transferTypeConverter: dates },
  }),
});
const errors: Record<string, () => Error> = {
  plain: () => new Error('C:\\secret'),
  unavailable: () => new HandlerError('UNAVAILABLE', 'later'),
  final: () => new HandlerError('UNAVAILABLE', 'never', { retryableOverride: false }),
  unauthorized: () => new HandlerError('UNAUTHORIZED', 'not you'),
  failed: () => new OperationError('failed', 'lost'),
  canceled: () => new OperationError('canceled', 'stopped'),
  application: () =>
    new OperationError('failed', 'x', { cause: ApplicationFailure.nonRetryable('m', 'T', { a: 1 }, undefined) }),
};
const shop = serviceHandler(Shop, {
  async Echo(ctx, input) {
    seen.push(ctx);
    return input;
  },
  Start: {
    async start(ctx) {
      ctx.outboundLinks.push({ url: new URL('https://shop/a,b'), type: 'shop.Order' });
      return HandlerStartOperationResult.async('token-1');
    },
    async cancel(_, token) {
      cancelled.push(token);
    },
  },
  async Raise(_, which) {
    throw errors[which]!();
  },
  async Day(_, date) {
    return new Date(date.getTime() + 1);
  },
});

const faults: unknown[] = [];
const options: TargetOptions = { callbackOrigins: ['https://temporal:7243'], onFault: (error) => faults.push(error) };
const base = 'http://localhost/Ser%2Fvic%20e';

async function ask(path: string, init: RequestInit = {}, more: TargetOptions = {}) {
  const request = new Request(path.startsWith('http') ? path : `${base}/${path}`, { method: 'POST', ...init });
  const response = await nexusTarget([shop], { ...options, ...more })(request);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const json = (value: unknown, headers: Record<string, string> = {}) => ({
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/json', ...headers },
});

afterEach(() => {
  seen.length = 0;
  faults.length = 0;
  cancelled.length = 0;
});

test.each([
  ['10ms', 10],
  ['10.1ms', 10.1],
  ['1.3s', 1300],
  ['999m', 999 * 60_000],
  ['1m2.5s', 62_500],
  ['2.996518176s', 2996.518176],
])('%s is %d milliseconds', (text, expected) => {
  expect(milliseconds(text)).toBeCloseTo(expected, 6);
});

test.each(['', '10', 'ms', '-1s', '1s ', '1d', '1e3s', 'NaNs'])('%j is no duration', async (text) => {
  expect(milliseconds(text)).toBeUndefined();
});

test.each([
  ['<https://a/b?x=1>; type="t.T"', [['https://a/b?x=1', 't.T']]],
  [
    '<temporal:///n/a>; type=x.Y , <https://b/>;type="z"',
    [
      ['temporal:///n/a', 'x.Y'],
      ['https://b/', 'z'],
    ],
  ],
  ['<https://a/>; rel="r"; type="t"', [['https://a/', 't']]],
])('links: %s', (text, expected) => {
  const found = linksIn(new Headers({ 'nexus-link': text }));
  expect(found.map(({ url, type }) => [url.href, type])).toEqual(expected);
});

test.each(['x', '<https://a/>', '<>; type="t"', '<nowhere>; type="t"', '<https://a/>; type=""', '<a>; type="b" c'])(
  'no links: %s',
  async (link) => {
    expect((await ask('Echo', { headers: { 'nexus-link': link } })).status).toBe(400);
    expect(seen).toEqual([]);
  },
);

test('a value there and back, and what the handler is told', async () => {
  const { status, headers, text } = await ask(
    'Echo?callback=https%3A%2F%2Ftemporal%3A7243%2Fdone',
    json(
      { a: ['ü'] },
      { 'nexus-request-id': 'r', 'nexus-callback-Token': 'secret', 'request-timeout': '5s', 'x-y': 'z' },
    ),
  );
  expect([status, text]).toEqual([200, '{"a":["ü"]}']);
  expect(headers.get('nexus-operation-state')).toBe('succeeded');
  const [ctx] = seen as [StartOperationContext];
  expect([ctx.service, ctx.operation, ctx.requestId]).toEqual(['Ser/vic e', 'Echo', 'r']);
  expect(ctx.headers).toEqual({ 'nexus-request-id': 'r', 'request-timeout': '5s', 'x-y': 'z' });
  expect(ctx.requestDeadline!.getTime()).toBeGreaterThan(Date.now());
  expect(completionOf(ctx)).toEqual({ url: 'https://temporal:7243/done', headers: { token: 'secret' } });
});

test('types with a form of their own on the wire', async () => {
  expect((await ask('Day', json('2026-01-02T03:04:05.678Z'))).text).toBe('"2026-01-02T03:04:05.679Z"');
});

test('nothing, and bytes', async () => {
  expect(await ask('Echo')).toMatchObject({ status: 200, text: '' });
  expect(completionOf(seen[0]!)).toBeUndefined();
  expect(seen[0]!.requestId).not.toBe('');
  const bytes = await ask('Echo', {
    body: new Uint8Array([1, 2]),
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect([bytes.text, bytes.headers.get('content-type')]).toEqual(['\u0001\u0002', 'application/octet-stream']);
});

test('an operation that goes on, and its end', async () => {
  const { status, headers, text } = await ask('Start');
  expect([status, JSON.parse(text)]).toEqual([201, { token: 'token-1', state: 'running' }]);
  expect(headers.get('nexus-link')).toBe('<https://shop/a%2Cb>; type="shop.Order"');
  const token = { 'nexus-operation-token': 'token-1' };
  expect(await ask('Start/cancel', { headers: token })).toMatchObject({ status: 202, text: '' });
  expect((await ask('Start/cancel?token=token-2')).status).toBe(202);
  expect((await ask('Start/token%2F3/cancel')).status).toBe(202);
  expect(cancelled).toEqual(['token-1', 'token-2', 'token/3']);
});

test.each([
  ['no token', 400, 'Start/cancel', {}],
  ['at once', 501, 'Echo/cancel?token=t', {}],
  ['another method', 400, 'Echo', { method: 'GET' }],
  ['no operation', 404, 'http://localhost/Ser%2Fvic%20e', {}],
  ['an unknown service', 404, 'http://localhost/Other/Echo', {}],
  ['an unknown operation', 404, 'Other', {}],
  ['what every object has', 404, 'constructor', {}],
  ['what every object has', 404, '__proto__', {}],
  ['a longer path', 404, 'Echo/1/2/cancel', {}],
  ['another end', 404, 'Echo/result', {}],
  ['a bad escape', 400, 'Ech%E0%A4%A', {}],
  ['a bad timeout', 400, 'Echo', { headers: { 'request-timeout': 'soon' } }],
  ['no JSON', 400, 'Echo', { body: '{', headers: { 'content-type': 'application/json' } }],
  ['no UTF-8', 400, 'Echo', { body: new Uint8Array([34, 255, 34]), headers: { 'content-type': 'application/json' } }],
  ['another type', 400, 'Echo', { body: 'x', headers: { 'content-type': 'text/plain' } }],
  ['a body of no type', 400, 'Echo', { body: new Uint8Array([1]) }],
  ['a callback to somebody else', 400, 'Echo?callback=https://temporal:7243.evil/x', {}],
  ['a callback to the house', 400, 'Echo?callback=file:///etc/passwd', {}],
  ['a callback to nowhere', 400, 'Echo?callback=x', {}],
])('refused: %s (%d)', async (_, status, path, init) => {
  const answer = await ask(path, init);
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.text).metadata.type).toBe('nexus.HandlerError');
  expect(seen).toEqual([]);
});

test('an input that is too large is not read to its end', async () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent++;
      controller.enqueue(new Uint8Array(1000));
    },
  });
  const headers = { 'content-type': 'application/octet-stream' };
  const answer = await ask('Echo', { body, duplex: 'half', headers } as RequestInit, { largestInput: 5000 });
  expect(answer.status).toBe(400);
  expect(sent).toBeLessThan(20);
});

test('what says where callbacks may lead', async () => {
  const callbackOrigins = ({ hostname }: URL) => hostname.endsWith('.example.com');
  expect((await ask('Echo?callback=http://a.example.com/', {}, { callbackOrigins })).status).toBe(200);
  expect((await ask('Echo?callback=https://temporal:7243/', {}, { callbackOrigins })).status).toBe(400);
});

test('a path of its own', async () => {
  const path = 'http://localhost/nexus/Ser%2Fvic%20e/Echo';
  expect((await ask(path, {}, { basePath: '/nexus/' })).status).toBe(200);
  expect((await ask(path, {}, { basePath: '/nex' })).status).toBe(404);
});

test.each([
  ['unavailable', 503, 'true', { message: 'later', details: { type: 'UNAVAILABLE', retryableOverride: true } }],
  ['final', 503, 'false', { message: 'never' }],
  ['unauthorized', 403, 'false', { message: 'not you' }],
  ['failed', 424, null, { message: 'lost', details: { state: 'failed' } }],
  ['canceled', 424, null, { message: 'stopped', details: { state: 'canceled' } }],
])('an error: %s', async (which, status, retryable, failure) => {
  const answer = await ask('Raise', json(which));
  expect([answer.status, answer.headers.get('nexus-request-retryable')]).toEqual([status, retryable]);
  expect(answer.headers.get('nexus-operation-state')).toBe(status === 424 ? which : null);
  expect(JSON.parse(answer.text)).toMatchObject(failure);
  expect(faults).toEqual([]);
});

test('what is behind a failure keeps its type and its details', async () => {
  const { text } = await ask('Raise', json('application'));
  const { message, metadata, details } = JSON.parse(text);
  expect([message, metadata.type]).toEqual(['m', 'temporal.api.failure.v1.Failure']);
  const { type, nonRetryable, details: given } = details.applicationFailureInfo;
  expect([type, nonRetryable]).toEqual(['T', true]);
  const decoded = given.payloads.map(({ metadata: { encoding }, data }: any) => [
    Buffer.from(encoding, 'base64').toString(),
    data && JSON.parse(Buffer.from(data, 'base64').toString()),
  ]);
  expect(decoded).toEqual([
    ['json/plain', { a: 1 }],
    ['binary/null', undefined],
  ]);
});

test('a fault is told to its own side', async () => {
  const answer = await ask('Raise', json('plain'));
  expect([answer.status, answer.headers.get('nexus-request-retryable')]).toEqual([500, 'false']);
  expect(answer.text).not.toContain('secret');
  expect(faults).toEqual([new Error('C:\\secret')]);
});

/** A server that answers with these statuses, one after the other. */
async function answering(statuses: number[], run: (url: string, got: string[]) => Promise<void>): Promise<void> {
  const got: string[] = [];
  const server: Server = createServer((request, response) => {
    const { 'nexus-operation-state': state, 'nexus-operation-token': token, token: secret } = request.headers;
    got.push(`${state} ${token} ${secret}`);
    response.writeHead(statuses.shift()!, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await run(`http://127.0.0.1:${(server.address() as { port: number }).port}/`, got);
  } finally {
    server.close();
  }
}

const soon = { interval: 1 };
const outcome = { result: 1 };

test('the end of an operation is told until the caller takes it', () =>
  answering([503, 429, 200], async (url, got) => {
    await complete({ url, headers: { token: 'secret' } }, 'token-1', outcome, soon);
    expect(got).toEqual(Array.from({ length: 3 }, () => 'succeeded token-1 secret'));
  }));

test.each([
  ['is refused', [404], 1],
  ['is taken by nobody', [500, 500], 2],
  ['is sent elsewhere', [302, 302], 2],
])('the end of an operation that %s', (_, statuses, expected) =>
  answering([...statuses], async (url, got) => {
    await expect(complete({ url, headers: {} }, 't', outcome, { ...soon, attempts: 2 })).rejects.toThrow();
    expect(got).toHaveLength(expected);
  }),
);

test('by way of the server of Node', async () => {
  const server = createServer(listener(nexusTarget([shop], options)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const response = await fetch(`http://127.0.0.1:${port}/Ser%2Fvic%20e/Echo`, {
    method: 'POST',
    ...json('x'.repeat(1e6)),
  });
  expect([response.status, (await response.text()).length]).toEqual([200, 1e6 + 2]);
  server.close();
});
