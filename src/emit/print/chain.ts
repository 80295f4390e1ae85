/** Calls on the results of calls: `a.b().c().d()`, on one line or one call a line. */
import type { CallCode, Code } from '../code.js';
import { argumentsDoc, isSimpleArgument } from './arguments.js';
import { breakParent, breaks, concat, type Doc, group, hardline, indent, join, oneOf } from './doc.js';
import { expression, indexDoc, isMemberish } from './expressions.js';
import { typeArguments } from './types.js';

interface Link {
  readonly code: Code;
  readonly doc: Doc;
}

const tabWidth = 2;

interface Chain {
  readonly doc: Doc;
  /** Whether it has several calls, so that it can be broken between them. */
  readonly isChain: boolean;
}

const known = new WeakMap<CallCode, Map<boolean, Chain>>();

/** @param isStatement whether the call is a whole statement */
export function memberChain(code: CallCode, isStatement: boolean): Chain {
  let variants = known.get(code);
  if (!variants) {
    variants = new Map();
    known.set(code, variants);
  }
  let chain = variants.get(isStatement);
  if (!chain) {
    chain = chainOf(code, isStatement);
    variants.set(isStatement, chain);
  }
  return chain;
}

function chainOf(code: CallCode, isStatement: boolean): Chain {
  const links = linksOf(code);
  const groups = groupsOf(links);
  const merges = groups.length >= 2 && staysWithFirst(groups, isStatement);
  const docs = groups.map((links) => concat(...links.map(({ doc }) => doc)));
  const oneLine = concat(...docs);
  const kept = merges ? 2 : 1;
  if (groups.length <= kept + 1) return { doc: group(oneLine), isChain: false };

  const expanded = concat(...docs.slice(0, kept), indent(hardline, join(hardline, docs.slice(kept))));
  const calls = links.flatMap((link) => (isCall(link.code) ? [link.code] : []));
  const isLong = calls.length > 2 && calls.some(({ args }) => !args.every((arg) => isSimpleArgument(arg)));
  const lastBreaks =
    isCall(links.at(-1)!.code) &&
    breaks(docs.at(-1)!) &&
    calls.slice(0, -1).some(({ args }) => args.some(({ kind }) => kind === 'arrow'));
  if (isLong || docs.slice(0, -1).some(breaks) || lastBreaks) return { doc: group(expanded), isChain: true };
  return { doc: concat(breaks(oneLine) ? breakParent : '', oneOf(oneLine, expanded)), isChain: true };
}

/** From left to right: what the chain starts with, and then everything that is done with it. */
function linksOf(code: Code): Link[] {
  if (isCall(code) && (isMemberish(code.callee) || isCall(code.callee))) {
    const args = concat(code.typeArgs.length > 0 ? typeArguments(code.typeArgs) : '', argumentsDoc(code.args));
    return [...linksOf(code.callee), { code, doc: args }];
  }
  switch (code.kind) {
    case 'member':
      return [...linksOf(code.of), { code, doc: `.${code.name}` }];
    case 'index':
      return [...linksOf(code.of), { code, doc: indexDoc(code.index) }];
    case 'present':
      return [...linksOf(code.of), { code, doc: '!' }];
    default:
      return [{ code, doc: expression(code, 'subject') }];
  }
}

function groupsOf(links: readonly Link[]): Link[][] {
  const [first, ...rest] = links as [Link, ...Link[]];
  const head = [first];
  let at = 0;
  const isClose = ({ code }: Link) => code.kind === 'present' || isCall(code) || isNumberedIndex(code);
  while (at < rest.length && isClose(rest[at]!)) head.push(rest[at++]!);
  if (!isCall(first.code)) {
    while (at + 1 < rest.length && isMemberish(rest[at]!.code) && isMemberish(rest[at + 1]!.code))
      head.push(rest[at++]!);
  }
  const groups = [head];
  let current: Link[] = [];
  let called = false;
  for (const link of rest.slice(at)) {
    if (called && isMemberish(link.code)) {
      if (isNumberedIndex(link.code)) {
        current.push(link);
        continue;
      }
      groups.push(current);
      current = [];
      called = false;
    }
    if (isCall(link.code)) called = true;
    current.push(link);
  }
  if (current.length > 0) groups.push(current);
  return groups;
}

/** Factories, short names and the like keep their first call beside them. */
function staysWithFirst(groups: readonly Link[][], isStatement: boolean): boolean {
  const indexed = groups[1]![0]!.code.kind === 'index';
  const isFactory = (name: string) => /^[A-Z]|^[$_]+$/.test(name);
  const head = groups[0]!;
  if (head.length === 1) {
    const { code } = head[0]!;
    if (code.kind !== 'name') return false;
    const text = typeof code.name === 'string' ? code.name : code.name.name;
    return isFactory(text) || (isStatement && text.length <= tabWidth) || indexed;
  }
  const last = head.at(-1)!.code;
  return last.kind === 'member' && (isFactory(last.name) || indexed);
}

function isCall(code: Code): code is CallCode {
  return code.kind === 'call' && !code.isNew;
}

function isNumberedIndex(code: Code): boolean {
  return code.kind === 'index' && code.index.kind === 'word' && /^\d/.test(code.index.text);
}
