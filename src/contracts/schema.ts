/** Types as JSON Schema 2020-12, in the form that nexgen reads. */
import type { EnumType, NamedType, ScalarKind, Type } from '../types/type.js';
import type { Contract, ContractEnum, ContractRecord } from './contract.js';

/** A schema, or a part of a contract file: the keys keep their order, and none of them means anything to JavaScript. */
export type Json = string | number | boolean | null | readonly Json[] | ReadonlyMap<string, Json>;

/** Says what a type of TWF is where JSON Schema alone does not tell. */
export const typeKeyword = 'x-twf-type';
/** The name of the one parameter of an operation. */
export const parameterKeyword = 'x-twf-parameter';

type Rows = readonly (readonly [string, Json | undefined])[];

/** Rows that are undefined are left out. */
export function jsonObject(rows: Rows): ReadonlyMap<string, Json> {
  return new Map(rows.filter((row): row is [string, Json] => row[1] !== undefined));
}

const schemas: Readonly<Record<ScalarKind, Rows>> = {
  bool: [['type', 'boolean']],
  int: [['type', 'integer']],
  float: [['type', 'number']],
  decimal: [
    ['type', 'string'],
    ['pattern', '^-?[0-9]+(\\.[0-9]+)?$'],
    [typeKeyword, 'decimal'],
  ],
  string: [['type', 'string']],
  bytes: [
    ['type', 'string'],
    ['contentEncoding', 'base64'],
    [typeKeyword, 'bytes'],
  ],
  duration: [
    ['type', 'number'],
    [typeKeyword, 'duration'],
  ],
  time: [
    ['type', 'string'],
    ['format', 'date-time'],
  ],
  any: [[typeKeyword, 'any']],
  unknown: [],
  void: [['type', 'null']],
  null: [['type', 'null']],
  error: [],
};

/** The schemas of a contract's types. */
export class Schemas {
  private readonly names = new Map<NamedType | EnumType, string>();

  constructor({ records, enums }: Contract) {
    const taken = new Set<string>();
    for (const { type } of [...records, ...enums]) {
      const short = type.name.split('.').at(-1)!;
      let name = short;
      for (let n = 2; taken.has(name); n++) name = `${short}${n}`;
      taken.add(name);
      this.names.set(type, name);
    }
  }

  /** What a type is called in the file. */
  nameOf(type: NamedType | EnumType): string {
    return this.names.get(type)!;
  }

  of(type: Type): ReadonlyMap<string, Json> {
    switch (type.kind) {
      case 'named':
        return type.type.fields ? this.reference(type.type) : jsonObject([]);
      case 'enum':
        return this.reference(type.type);
      case 'list':
        return jsonObject([
          ['type', 'array'],
          ['items', this.of(type.item)],
        ]);
      case 'map':
        return jsonObject([
          ['type', 'object'],
          ['propertyNames', this.key(type.key)],
          ['additionalProperties', this.of(type.value)],
        ]);
      case 'tuple':
        return jsonObject([
          ['type', 'array'],
          ['prefixItems', type.items.map((item) => this.of(item))],
          ['items', false],
          ['minItems', type.items.length],
        ]);
      case 'optional':
        return type.of.kind === 'unknown' || type.of.kind === 'any' ? this.of(type.of) : this.nullable(type.of);
      // Nothing that a program can declare: whoever reads the contract has to look.
      case 'union':
      case 'handle':
        return jsonObject([]);
      default:
        return jsonObject(schemas[type.kind]);
    }
  }

  record({ type, description, fieldDescriptions }: ContractRecord): ReadonlyMap<string, Json> {
    const fields = (type.fields ?? []).map(({ name, type: of, optional }) => ({
      name,
      type: of,
      optional,
      description: fieldDescriptions.get(name),
    }));
    return this.object(fields, description);
  }

  /** An object with these properties. */
  object(
    fields: readonly {
      readonly name: string;
      readonly type: Type;
      readonly optional?: boolean;
      readonly description?: string | undefined;
    }[],
    description?: string,
  ): ReadonlyMap<string, Json> {
    const properties = fields.map(({ name, type, optional, description: described }): [string, Json] => {
      const whole: Type = optional && type.kind !== 'optional' ? { kind: 'optional', of: type } : type;
      return [name, withDescription(this.of(whole), described)];
    });
    const required = fields.filter(({ type, optional }) => !optional && type.kind !== 'optional');
    return jsonObject([
      ['type', 'object'],
      ['description', description],
      ['properties', new Map(properties)],
      ['required', required.length > 0 ? required.map(({ name }) => name) : undefined],
    ]);
  }

  enumeration({ type, description }: ContractEnum): ReadonlyMap<string, Json> {
    return jsonObject([
      ['type', 'string'],
      ['description', description],
      ['enum', type.members],
    ]);
  }

  private reference(type: NamedType | EnumType): ReadonlyMap<string, Json> {
    return jsonObject([['$ref', `#/$defs/${this.nameOf(type)}`]]);
  }

  private nullable(of: Type): ReadonlyMap<string, Json> {
    return jsonObject([['oneOf', [this.of(of), jsonObject(schemas.null)]]]);
  }

  private key(type: Type): Json | undefined {
    if (type.kind === 'enum') return this.reference(type.type);
    if (type.kind !== 'int') return undefined;
    return jsonObject([
      ['pattern', '^-?[0-9]+$'],
      [typeKeyword, 'int'],
    ]);
  }
}

function withDescription(
  schema: ReadonlyMap<string, Json>,
  description: string | undefined,
): ReadonlyMap<string, Json> {
  return description === undefined ? schema : new Map<string, Json>([['description', description], ...schema]);
}
