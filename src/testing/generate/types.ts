/** The types that a generated program was written against: most of its records are not declared, so that they are inferred. */
import { isBuiltInType } from '../../types/heads.js';
import type { Choices } from './choices.js';
import { anyName, freeName, typeName } from './names.js';

export type Scalar = 'bool' | 'int' | 'float' | 'decimal' | 'string' | 'duration' | 'time';

export type HiddenType =
  | { readonly kind: Scalar | 'bytes' }
  | { readonly kind: 'list'; readonly item: HiddenType }
  | { readonly kind: 'map'; readonly key: 'string' | 'int'; readonly value: HiddenType }
  /** Declared to be absent at times: it is only tested and passed on. */
  | { readonly kind: 'optional'; readonly of: HiddenType }
  /** Found to be absent at times: where a value is needed, its read is checked. */
  | { readonly kind: 'maybe'; readonly of: HiddenType }
  | { readonly kind: 'record'; readonly record: HiddenRecord }
  | { readonly kind: 'enum'; readonly record: HiddenRecord }
  | { readonly kind: 'tuple'; readonly items: readonly HiddenType[] }
  | HandleType
  /** Waited for, and set. */
  | { readonly kind: 'condition' }
  /** Caught: only its fields are values. */
  | { readonly kind: 'error' }
  /** A record that nobody can make: a workflow that a list filter has found, or who calls an operation. */
  | { readonly kind: 'given'; readonly name: string; readonly fields: readonly HiddenField[] };

export interface HandleType {
  readonly kind: 'handle';
  readonly result: HiddenType | undefined;
  /** What the child workflow can be told that it stands for. */
  readonly child?: { readonly name: string };
  readonly isNexus?: boolean;
}

/** A named type: a record, or an enum. */
export interface HiddenRecord {
  readonly name: string;
  readonly fields: readonly HiddenField[];
  readonly declared: boolean;
  /** A TypeScript file declares it. */
  readonly isImported?: boolean;
  /** What the package is called that it belongs to; undefined for the program's own. */
  readonly origin?: string;
  /** Of an enum. */
  readonly members?: readonly string[];
}

export interface HiddenField {
  readonly name: string;
  readonly type: HiddenType;
}

export const scalar = (kind: Scalar | 'bytes'): HiddenType => ({ kind });
export const int = scalar('int');
export const float = scalar('float');
export const string = scalar('string');
export const decimal = scalar('decimal');
export const duration = scalar('duration');
export const time = scalar('time');
export const listOf = (item: HiddenType): HiddenType => ({ kind: 'list', item });
export const recordOf = (record: HiddenRecord): HiddenType => ({ kind: record.members ? 'enum' : 'record', record });

export function same(a: HiddenType, b: HiddenType): boolean {
  return a === b || writeType(a) === writeType(b);
}

/** As an annotation says it. */
export function writeType(type: HiddenType): string {
  switch (type.kind) {
    case 'list':
      return `[]${writeType(type.item)}`;
    case 'map':
      return `map[${type.key}]${writeType(type.value)}`;
    case 'optional':
      return type.of.kind === 'list' || type.of.kind === 'map' ? `(${writeType(type.of)})?` : `${writeType(type.of)}?`;
    case 'maybe':
      return `maybe ${writeType(type.of)}`;
    case 'record':
    case 'enum':
      return type.record.name;
    case 'given':
      return type.name;
    case 'tuple':
      return `(${type.items.map(writeType).join(', ')})`;
    case 'handle': {
      const result = type.result ? writeType(type.result) : 'nothing';
      return `handle of ${result}${type.child ? ` by ${type.child.name}` : ''}${type.isNexus ? ' by Nexus' : ''}`;
    }
    default:
      return type.kind;
  }
}

const scalars: readonly Scalar[] = ['string', 'int', 'bool', 'decimal', 'float', 'duration', 'time'];

export function anyScalar(choices: Choices): HiddenType {
  return scalar(choices.pick(scalars));
}

/**
 * A type that can be written down and sent.
 * @param maps whether it may be a map: where the type of a place is not written down, nothing says that a literal is one
 */
export function anyType(choices: Choices, records: readonly HiddenRecord[], maps: boolean, depth = 2): HiddenType {
  const weights = { scalar: 50, record: 25, list: depth > 0 ? 14 : 0, map: maps ? 12 : 0, optional: 5 };
  switch (choices.weighted(weights)) {
    case 'scalar':
      return anyScalar(choices);
    case 'record':
      return records.length > 0 ? recordOf(choices.pick(records)) : anyScalar(choices);
    case 'list':
      return listOf(withoutAbsence(anyType(choices, records, false, depth - 1)));
    case 'map': {
      const key = choices.pick(['string', 'int'] as const);
      return { kind: 'map', key, value: withoutAbsence(anyType(choices, records, false, depth - 1)) };
    }
    case 'optional':
      return { kind: 'optional', of: withoutAbsence(anyType(choices, records, false, depth - 1)) };
  }
}

/** What can be read of a value by a name after a dot. */
export function fieldsOf(type: HiddenType): readonly HiddenField[] {
  switch (type.kind) {
    case 'record':
      return type.record.fields;
    case 'handle':
      return type.isNexus ? [done, token] : [done];
    case 'error':
      return errorFields;
    case 'given':
      return type.fields;
    default:
      return [];
  }
}

const done: HiddenField = { name: 'done', type: scalar('bool') };
const token: HiddenField = { name: 'token', type: { kind: 'maybe', of: string } };
const errorFields: readonly HiddenField[] = [
  { name: 'message', type: string },
  { name: 'cancelled', type: scalar('bool') },
  ...['type', 'timeout_type', 'operation_token', 'cause.message', 'cause.cause.type'].map((name): HiddenField => ({
    name,
    type: { kind: 'maybe', of: string },
  })),
];

/** A workflow that a list filter finds. */
export const found: HiddenType = {
  kind: 'given',
  name: 'FoundWorkflow',
  fields: [
    ...['workflow_id', 'run_id', 'workflow_type', 'status', 'task_queue'].map((name) => ({ name, type: string })),
    { name: 'start_time', type: time },
    { name: 'close_time', type: { kind: 'maybe', of: time } },
  ],
};

/** Who calls an operation. */
export const caller: HiddenType = {
  kind: 'given',
  name: 'NexusCallerInfo',
  fields: [
    ...['endpoint', 'service', 'operation', 'request_id'].map((name) => ({ name, type: string })),
    ...['namespace', 'workflow_id'].map((name): HiddenField => ({ name, type: { kind: 'optional', of: string } })),
    { name: 'headers', type: { kind: 'map', key: 'string', value: string } },
  ],
};

export function withoutAbsence(type: HiddenType): HiddenType {
  return type.kind === 'optional' || type.kind === 'maybe' ? type.of : type;
}

/** Names that TypeScript lets no declaration have. */
const reserved: ReadonlySet<string> = new Set(['never', 'object', 'symbol', 'bigint', 'undefined']);

/** Records and enums. No record holds itself but by a list: a field holds what was made before. */
export function anyRecords(choices: Choices, taken: Set<string>, mayBeImported = true): HiddenRecord[] {
  const records: HiddenRecord[] = [];
  for (let count = choices.between(1, 6); count > 0; count--) {
    const name = freeName(choices, taken, typeName);
    const declared = choices.chance(35) && !isBuiltInType(name);
    const isImported = mayBeImported && declared && !reserved.has(name) && choices.chance(30);
    // What TypeScript declares knows nothing of what the program declares.
    const before = isImported ? records.filter((one) => one.isImported) : records;
    const made = declared && choices.chance(40) ? anyEnum(choices, name) : anyRecord(choices, name, declared, before);
    records.push(isImported ? Object.assign(made, { isImported }) : made);
  }
  return records;
}

function anyEnum(choices: Choices, name: string): HiddenRecord {
  const names = new Set<string>();
  const members = choices.list(1, 4, () => freeName(choices, names, anyName));
  return { name, fields: [], declared: true, members };
}

function anyRecord(choices: Choices, name: string, declared: boolean, before: readonly HiddenRecord[]): HiddenRecord {
  const names = new Set<string>();
  const mayLack = (own: HiddenType): HiddenType =>
    declared ? { kind: 'optional', of: withoutAbsence(own) } : maybe(own);
  const fields: HiddenField[] = choices.list(1, 5, () => {
    const own = anyType(choices, before, false);
    return { name: freeName(choices, names, anyName), type: choices.chance(12) ? mayLack(own) : own };
  });
  const record = { name, fields, declared };
  if (choices.chance(10)) fields.push({ name: freeName(choices, names, anyName), type: listOf(recordOf(record)) });
  return record;
}

/** A type as another package calls it. */
export function qualified(type: HiddenType, origin: string, known: Map<HiddenRecord, HiddenRecord>): HiddenType {
  const inner = (one: HiddenType) => qualified(one, origin, known);
  switch (type.kind) {
    case 'list':
      return listOf(inner(type.item));
    case 'map':
      return { ...type, value: inner(type.value) };
    case 'optional':
    case 'maybe':
      return { ...type, of: inner(type.of) };
    case 'tuple':
      return { ...type, items: type.items.map(inner) };
    case 'record':
    case 'enum':
      return { ...type, record: qualifiedRecord(type.record, origin, known) };
    default:
      return type;
  }
}

export function qualifiedRecord(
  record: HiddenRecord,
  origin: string,
  known: Map<HiddenRecord, HiddenRecord>,
): HiddenRecord {
  const before = known.get(record);
  if (before) return before;
  const fields: HiddenField[] = [];
  const made = { ...record, name: `${origin}.${record.name}`, origin, fields };
  known.set(record, made);
  fields.push(...record.fields.map(({ name, type }) => ({ name, type: qualified(type, origin, known) })));
  return made;
}

export function maybe(type: HiddenType): HiddenType {
  return { kind: 'maybe', of: withoutAbsence(type) };
}
