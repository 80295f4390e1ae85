/**
 * THE table of diagnostics. Numbers go by phase and are never used twice:
 * 0xx host and command line, 1xx characters and layout, 2xx syntax and shape, 3xx names, 4xx types, 5xx options,
 * 6xx workflow rules, 7xx topology, 9xx internal. Each has a page in pages/ and a program in fixtures/errors/.
 */
import { handlers } from './catalog/handlers.js';
import { host } from './catalog/host.js';
import { internal } from './catalog/internal.js';
import { lexical } from './catalog/lexical.js';
import { names } from './catalog/names.js';
import { options } from './catalog/options.js';
import { requests } from './catalog/requests.js';
import { syntax } from './catalog/syntax.js';
import { topology } from './catalog/topology.js';
import { types } from './catalog/types.js';
import { unused } from './catalog/unused.js';
import { workflows } from './catalog/workflows.js';
import type { Definition, Message } from './define.js';

export const catalog = {
  ...host,
  ...lexical,
  ...syntax,
  ...names,
  ...types,
  ...options,
  ...workflows,
  ...handlers,
  ...topology,
  ...requests,
  ...unused,
  ...internal,
};

export type Code = keyof typeof catalog;

/** What the message of a code must be given. */
export type Values<C extends Code> =
  (typeof catalog)[C]['message'] extends Message<infer Hole> ? Readonly<Record<Hole, string | number>> : never;

export function definitionOf(code: Code): Definition {
  return catalog[code] as Definition;
}
