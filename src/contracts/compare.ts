/** What a changed contract means to those who call: grammar/README.md, "Changes of a contract". */
import type { ContractOperation, Contract, ContractService } from './contract.js';
import type { EndpointTarget } from '../check/facts.js';
import type { Type } from '../types/type.js';
import { breaking, type Change, compatible } from './change.js';
import { compareTypes, type Side } from './compare-types.js';

/** The differences between two contracts, in the order of the old one; what is new comes last. */
export function compareContracts(before: Contract, after: Contract): Change[] {
  return [...compareServices(before.services, after.services), ...compareEndpoints(before, after)];
}

function compareServices(before: readonly ContractService[], after: readonly ContractService[]): Change[] {
  const pairs = paired(before, after, (one, other) => sameNames(one.operations, other.operations));
  const changes = pairs.map(({ old, now, isRenamed }) => {
    if (!now) return [breaking(old!.name, 'the service is gone: no call of it finds anybody')];
    if (!old) return [compatible(now.name, 'the service is new')];
    const renamed = isRenamed
      ? [breaking(old.name, `the service is called \`${now.name}\` now: calls of \`${old.name}\` find nobody`)]
      : [];
    return [...renamed, ...compareOperations(old, now)];
  });
  return changes.flatMap((some, at) =>
    some.map((one) => ({ ...one, service: (pairs[at]!.now ?? pairs[at]!.old)!.name })),
  );
}

function compareOperations(before: ContractService, after: ContractService): Change[] {
  const pairs = paired(before.operations, after.operations, sameTypes);
  const changes = pairs.map(({ old, now, isRenamed }) => {
    const where = `${before.name}.${(old ?? now)!.name}`;
    if (!now) return [breaking(where, 'the operation is gone: calls of it are refused')];
    if (!old) return [compatible(where, 'the operation is new')];
    if (isRenamed)
      return [breaking(where, `the operation is called \`${now.name}\` now: calls of \`${old.name}\` are refused`)];
    return [
      ...compareInput(where, old, now),
      ...compareSide(`${where} result`, resultOf(old), resultOf(now), 'result'),
    ];
  });
  return changes.flatMap((some, at) =>
    some.map((one) => ({ ...one, operation: (pairs[at]!.now ?? pairs[at]!.old)!.name })),
  );
}

function compareInput(where: string, old: ContractOperation, now: ContractOperation): Change[] {
  const [before, after] = [old.params.length, now.params.length];
  const [was, is] = [inputOf(old), inputOf(now)];
  // One value, and the values of several parameters, are written differently, unless the one is a record of the others.
  if (before > 0 && after > 0 && before > 1 !== after > 1 && !(isRecord(was) && isRecord(is))) {
    const spoken = (count: number) => (count === 1 ? 'the value of one parameter' : `an object of ${count} parameters`);
    return [
      breaking(`${where} input`, `it was ${spoken(before)}, and is ${spoken(after)}: whoever sends the one is refused`),
    ];
  }
  return compareSide(`${where} input`, was, is, 'input');
}

function compareSide(where: string, old: Type | undefined, now: Type | undefined, side: Side): Change[] {
  if (!old && !now) return [];
  if (old && now) return compareTypes(where, old, now, side);
  if (side === 'input') {
    if (!now)
      return [breaking(where, 'nothing is taken any more: handlers of other languages refuse the value that is sent')];
    return now.kind === 'optional'
      ? [compatible(where, 'a value may be given now')]
      : [breaking(where, 'a value is needed now: whoever sends none is refused')];
  }
  return now
    ? [compatible(where, 'there is a result now, which callers may ignore')]
    : [breaking(where, 'there is no result any more: callers find nothing where they expect one')];
}

/** What an operation takes, as it stands on the wire; undefined is nothing. */
function inputOf({ params, name }: ContractOperation): Type | undefined {
  const [only, ...others] = params;
  if (!only) return undefined;
  if (others.length === 0) return only.type;
  const fields = params.map((param) => ({ name: param.name, type: param.type, optional: false }));
  return { kind: 'named', type: { name: `${name}Input`, fields, declared: true, named: false } };
}

function resultOf({ result }: ContractOperation): Type | undefined {
  return result.kind === 'void' ? undefined : result;
}

function isRecord(type: Type | undefined): boolean {
  return type?.kind === 'named' && type.type.fields !== undefined;
}

function compareEndpoints(before: Contract, after: Contract): Change[] {
  // A contract file says nothing of endpoints.
  if (before.endpoints.length === 0 || after.endpoints.length === 0) return [];
  const pairs = paired(before.endpoints, after.endpoints, (one, other) => sameTarget(one.target, other.target));
  return pairs.flatMap(({ old, now, isRenamed }) => {
    const where = `endpoint ${(old ?? now)!.name}`;
    if (!now) return [breaking(where, 'the endpoint is gone: a call by way of it hangs')];
    if (!old) return [compatible(where, 'the endpoint is new')];
    if (isRenamed)
      return [breaking(where, `the endpoint is called \`${now.name}\` now: a call by way of \`${old.name}\` hangs`)];
    return sameTarget(old.target, now.target)
      ? []
      : [compatible(where, 'it leads elsewhere: calls follow by themselves')];
  });
}

interface Pair<T> {
  readonly old: T | undefined;
  readonly now: T | undefined;
  readonly isRenamed: boolean;
}

/** By names; what only one side has is renamed where the other has exactly one that is alike under a new name. */
function paired<T extends { readonly name: string }>(
  before: readonly T[],
  after: readonly T[],
  alike: (one: T, other: T) => boolean,
): Pair<T>[] {
  const [old, now] = [byName(before), byName(after)];
  const added = new Set(after.filter(({ name }) => !old.has(name)));
  const pairs = before.map((one): Pair<T> => {
    const same = now.get(one.name);
    if (same) return { old: one, now: same, isRenamed: false };
    const [only, ...others] = [...added].filter((other) => alike(one, other));
    if (!only || others.length > 0) return { old: one, now: undefined, isRenamed: false };
    added.delete(only);
    return { old: one, now: only, isRenamed: true };
  });
  return [...pairs, ...[...added].map((one) => ({ old: undefined, now: one, isRenamed: false }))];
}

function byName<T extends { readonly name: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((one) => [one.name, one]));
}

function sameNames(one: readonly ContractOperation[], other: readonly ContractOperation[]): boolean {
  const names = new Set(other.map(({ name }) => name));
  return one.length > 0 && one.length === other.length && one.every(({ name }) => names.has(name));
}

function sameTypes(one: ContractOperation, other: ContractOperation): boolean {
  const nothing = (old: Type | undefined, now: Type | undefined) => compareSide('', old, now, 'input').length === 0;
  return nothing(inputOf(one), inputOf(other)) && nothing(resultOf(one), resultOf(other));
}

function sameTarget(one: EndpointTarget | undefined, other: EndpointTarget | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
