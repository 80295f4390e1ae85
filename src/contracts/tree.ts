/** Contract files as trees whose parts know where they stand, and what is wrong with them. */
import type { Code, Values } from '../diagnostics/catalog.js';
import type { Extra } from '../diagnostics/diagnostic.js';
import { nearest } from '../diagnostics/suggest.js';
import type { Span } from '../source.js';

/** What is wrong with a file: the first thing that is found ends its reading. */
export class ContractFault<C extends Code = Code> extends Error {
  constructor(
    readonly code: C,
    readonly span: Span,
    readonly values: Values<C>,
    readonly extra: Extra = {},
  ) {
    super(code);
  }
}

/** A part of a file. */
export type Tree =
  | { readonly kind: 'object'; readonly span: Span; readonly members: ReadonlyMap<string, Member> }
  | { readonly kind: 'list'; readonly span: Span; readonly items: readonly Tree[] }
  | { readonly kind: 'text'; readonly span: Span; readonly text: string }
  | { readonly kind: 'other'; readonly span: Span; readonly value: number | boolean | bigint | null };

export interface Member {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Tree;
}

/** The object that a part of a file is. */
export function members(tree: Tree, what: string): ReadonlyMap<string, Member> {
  if (tree.kind === 'object') return tree.members;
  throw shapeFault(tree, what, 'an object');
}

export function text(tree: Tree, what: string): string {
  if (tree.kind === 'text') return tree.text;
  throw shapeFault(tree, what, 'a text');
}

const found = { object: 'an object', list: 'a list', text: 'a text' } as const;

export function shapeFault(tree: Tree, what: string, expected: string): ContractFault {
  const is = tree.kind === 'other' ? `\`${String(tree.value)}\`` : found[tree.kind];
  return new ContractFault('TWF085', tree.span, { what, expected, found: is });
}

/** Throws when there is a key that a part of a file cannot have; those that begin with `x-` are for other tools. */
export function checkKeys(given: ReadonlyMap<string, Member>, known: readonly string[], what: string): void {
  for (const { key, keySpan } of given.values()) {
    if (known.includes(key) || key.startsWith('x-')) continue;
    const near = nearest(key, known);
    const hint =
      near === undefined ? `It has ${known.map((one) => `\`${one}\``).join(', ')}.` : `Did you mean \`${near}\`?`;
    throw new ContractFault('TWF086', keySpan, { keyword: key, why: `${what} has no such key` }, { hint });
  }
}

export function isName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

/** Throws when a name of the wire cannot be written in TWF. */
export function checkName(name: string, what: string, span: Span): void {
  if (isName(name)) return;
  const why = 'a name has letters, digits and `_`, and does not begin with a digit';
  throw new ContractFault('TWF087', span, { name: name || '""', what, why });
}
