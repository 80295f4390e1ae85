/** Headers of Nexus over HTTP (nexus-rpc/api, SPEC.md): their names, and what is read from them and written to them. */
import { HandlerError, type Link } from 'nexus-rpc';

export const header = {
  requestId: 'nexus-request-id',
  requestTimeout: 'request-timeout',
  token: 'nexus-operation-token',
  state: 'nexus-operation-state',
  startTime: 'nexus-operation-start-time',
  closeTime: 'nexus-operation-close-time',
  link: 'nexus-link',
  retryable: 'nexus-request-retryable',
  callbackPrefix: 'nexus-callback-',
} as const;

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const part = /(\d+(?:\.\d+)?)(ms|s|m|h)/y;

/**
 * A duration as the specification writes it (`1500ms`), or as Temporal's server does, which is written in Go (`1m2.5s`).
 * @returns milliseconds; undefined if it is none
 */
export function milliseconds(text: string): number | undefined {
  let total = 0;
  let at = 0;
  while (at < text.length) {
    part.lastIndex = at;
    const found = part.exec(text);
    if (!found) return undefined;
    total += Number(found[1]) * units[found[2] as keyof typeof units];
    at = part.lastIndex;
  }
  return text === '' ? undefined : total;
}

const oneLink = /\s*<([^<>]+)>((?:\s*;\s*[\w.-]+\s*=\s*(?:"[^"]*"|[^\s;,"]+))*)\s*(?:,|$)/y;
const typeOf = /;\s*type\s*=\s*(?:"([\w./]+)"|([\w./]+))/i;

/**
 * The links of a request, in their order.
 * @throws {HandlerError} BAD_REQUEST if the header is none of links
 */
export function linksIn(headers: Headers): Link[] {
  const text = headers.get(header.link) ?? '';
  const links: Link[] = [];
  for (let at = 0; at < text.length; at = oneLink.lastIndex) {
    oneLink.lastIndex = at;
    const [, url = '', parameters = ''] = oneLink.exec(text) ?? [];
    const [, quoted, plain] = typeOf.exec(parameters) ?? [];
    const type = quoted ?? plain;
    if (!type || !URL.canParse(url)) throw new HandlerError('BAD_REQUEST', `${header.link} cannot be read`);
    links.push({ url: new URL(url), type });
  }
  return links;
}

/** Links as a header has them. A comma would end one of them. */
export function linkHeader(links: readonly Link[]): string {
  return links.map(({ url, type }) => `<${url.href.replaceAll(',', '%2C')}>; type="${type}"`).join(', ');
}
