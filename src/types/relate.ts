/** What fits where. Every flow that is accepted here is an assignment that TypeScript accepts in the output. */
import type { Type } from './type.js';

export type Fit =
  | { readonly kind: 'fits' }
  /** Fits, written in another way. */
  | { readonly kind: 'converts'; readonly how: 'decimal-literal' | 'int-to-decimal' }
  /** Fits if it is there. */
  | { readonly kind: 'may-be-missing'; readonly otherwise: Fit }
  | { readonly kind: 'differs' };

const fits: Fit = { kind: 'fits' };
const differs: Fit = { kind: 'differs' };

export interface Flow {
  /** The value is a numeric literal. */
  readonly literal: boolean;
  /** Not inside of a list, map or tuple: it can be converted on its way. */
  readonly direct: boolean;
}

/** Whether a value of one type may go where another is asked for. */
export function relate(from: Type, to: Type, flow: Flow): Fit {
  if (from.kind === 'error' || to.kind === 'error' || from.kind === 'any') return fits;
  if (to.kind === 'any' || to.kind === 'unknown')
    return from.kind === 'void' || from.kind === 'handle' ? differs : fits;
  if (same(from, to)) return fits;
  if (to.kind === 'optional') {
    if (from.kind === 'null') return fits;
    return relate(from.kind === 'optional' ? from.of : from, to.of, flow);
  }
  if (from.kind === 'optional') {
    const otherwise = relate(from.of, to, flow);
    return otherwise.kind === 'differs' || !flow.direct ? differs : { kind: 'may-be-missing', otherwise };
  }
  if (from.kind === 'union') {
    return from.members.every((member) => relate(member, to, { literal: false, direct: false }).kind === 'fits')
      ? fits
      : differs;
  }
  if (to.kind === 'union') {
    return to.members.some((member) => relate(from, member, { literal: false, direct: false }).kind === 'fits')
      ? fits
      : differs;
  }
  return relateKinds(from, to, flow);
}

const inside: Flow = { literal: false, direct: false };

function relateKinds(from: Type, to: Type, { literal, direct }: Flow): Fit {
  if (from.kind === 'int' && to.kind === 'float') return fits;
  if (from.kind === 'enum' && to.kind === 'string') return fits;
  if (to.kind === 'decimal' && (from.kind === 'int' || from.kind === 'float')) {
    if (!direct || (from.kind === 'float' && !literal)) return differs;
    return { kind: 'converts', how: literal ? 'decimal-literal' : 'int-to-decimal' };
  }
  const nested = (a: Type, b: Type) => relate(a, b, inside).kind === 'fits';
  if (from.kind === 'list' && to.kind === 'list') return nested(from.item, to.item) ? fits : differs;
  if (from.kind === 'map' && to.kind === 'map') {
    return nested(from.key, to.key) && nested(from.value, to.value) ? fits : differs;
  }
  if (from.kind === 'tuple' && to.kind === 'tuple') {
    const pairwise = from.items.length === to.items.length && from.items.every((item, i) => nested(item, to.items[i]!));
    return pairwise ? fits : differs;
  }
  // A name may hold one call that gives nothing, and another that gives nobody knows what.
  if (from.kind === 'handle' && to.kind === 'handle')
    return from.result.kind === 'void' || nested(from.result, to.result) ? fits : differs;
  return differs;
}

/** Whether two types are one. */
export function same(a: Type, b: Type): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'named':
      return a.type === (b as typeof a).type;
    case 'enum':
      return a.type === (b as typeof a).type;
    case 'list':
      return same(a.item, (b as typeof a).item);
    case 'map':
      return same(a.key, (b as typeof a).key) && same(a.value, (b as typeof a).value);
    case 'tuple':
      return everyPair(a.items, (b as typeof a).items);
    case 'union':
      return everyPair(a.members, (b as typeof a).members);
    case 'optional':
      return same(a.of, (b as typeof a).of);
    case 'handle':
      return same(a.result, (b as typeof a).result);
    default:
      return true;
  }
}

function everyPair(a: readonly Type[], b: readonly Type[]): boolean {
  return a.length === b.length && a.every((one, i) => same(one, b[i]!));
}
