/** Types, as TypeScript: and the file that declares those of the program. */
import type { NamedType, ScalarKind, Type } from '../types/type.js';
import { importedType, reference, ts, type TypeCode } from './code.js';
import { docComment } from './documentation.js';
import type { Doc } from './print/doc.js';
import { propertyKey } from './print/literals.js';
import { braces, lines } from './print/statements.js';
import { typeDoc } from './print/types.js';
import { type Program, runtime } from './program.js';
import type { Module } from './write.js';

const scalars: Readonly<Record<Exclude<ScalarKind, 'decimal' | 'duration'>, string>> = {
  bool: 'boolean',
  int: 'number',
  float: 'number',
  string: 'string',
  bytes: 'Uint8Array',
  time: 'string',
  any: 'any',
  unknown: 'unknown',
  void: 'void',
  null: 'null',
  error: 'unknown',
};

export function typeCode(program: Program, type: Type): TypeCode {
  return new TypePrinter(program, false).code(type);
}

/** Whether types.ts declares all records of a type: not those that are nothing but a literal somewhere. */
export function isDeclared(program: Program, type: Type): boolean {
  switch (type.kind) {
    case 'named':
      return program.declaresType(type.type.name);
    case 'list':
      return isDeclared(program, type.item);
    case 'map':
      return isDeclared(program, type.value);
    case 'optional':
      return isDeclared(program, type.of);
    case 'tuple':
      return type.items.every((item) => isDeclared(program, item));
    case 'union':
      return type.members.every((member) => isDeclared(program, member));
    case 'handle':
      return isDeclared(program, type.result);
    default:
      return true;
  }
}

class TypePrinter {
  constructor(
    private readonly program: Program,
    /** Whether it is types.ts itself, which needs no imports of its own names. */
    private readonly own: boolean,
  ) {}

  code(type: Type): TypeCode {
    switch (type.kind) {
      case 'named':
        return this.declared(this.program.typeName(type.type.name));
      case 'list':
        return { kind: 'listOf', item: this.code(type.item) };
      case 'map': {
        const value = this.code(type.value);
        return this.program.declaresType('Record')
          ? { kind: 'mapOf', value }
          : reference('Record', reference('string'), value);
      }
      case 'tuple':
        return { kind: 'tupleOf', items: type.items.map((item) => ({ type: this.code(item) })) };
      case 'optional':
        return isOpen(type.of)
          ? this.code(type.of)
          : reference(importedType(runtime.value, 'Maybe'), this.code(type.of));
      case 'union':
        return { kind: 'unionOf', members: type.members.map((member) => this.code(member)) };
      case 'handle':
        return reference(importedType(runtime.workflow, 'Handle'), this.code(type.result));
      case 'decimal':
        return this.declared(this.program.helperType('DecimalString'));
      case 'duration':
        return this.declared(this.program.helperType('Milliseconds'));
      default:
        return reference(scalars[type.kind]);
    }
  }

  /** A type of types.ts. */
  private declared(text: string): TypeCode {
    return reference(this.own ? text : importedType('./types.js', text));
  }
}

function isOpen({ kind }: Type): boolean {
  return kind === 'unknown' || kind === 'any' || kind === 'null';
}

/** `?` may be left out, and then holds what `T?` holds. */
export function fieldDoc(program: Program, name: string, type: Type, optional: boolean, own = false): Doc {
  const mayLack = optional || type.kind === 'optional';
  const whole: Type = mayLack && type.kind !== 'optional' ? { kind: 'optional', of: type } : type;
  return ts`${propertyKey(name)}${mayLack ? '?' : ''}: ${typeDoc(new TypePrinter(program, own).code(whole))};`;
}

const helperDocs = {
  DecimalString: {
    text: 'An exact decimal number, on the wire and in memory: compute with `decimal(value)`.',
    of: 'string',
  },
  Milliseconds: { text: 'A span of time in milliseconds.', of: 'number' },
} as const;

/** Made last: it declares the helper types that the other files turned out to use. */
export function typesModule(program: Program): Module {
  const { types } = program.facts;
  const declarations = types.map((type) => declaration(program, type));
  const helpers = program.usedHelperTypes().map(({ kind, name }) => {
    const { text, of } = helperDocs[kind];
    return lines([docComment([text]), ts`export type ${name} = ${of};`]);
  });
  const taken = new Set(types.map(({ name }) => program.typeName(name)));
  return { path: 'types.ts', body: [...helpers, ...declarations], taken };
}

function declaration(program: Program, { name, fields }: NamedType): Doc {
  const text = program.typeName(name);
  if (!fields) {
    return lines([docComment(['Nothing in the program says what it holds.']), ts`export type ${text} = unknown;`]);
  }
  const comment = docComment(['Inferred from use.']);
  if (fields.length === 0) {
    const type = new TypePrinter(program, true).code({
      kind: 'map',
      key: { kind: 'string' },
      value: { kind: 'unknown' },
    });
    return lines([comment, ts`export type ${text} = ${typeDoc(type)};`]);
  }
  const members = fields.map((field) => fieldDoc(program, field.name, field.type, field.optional, true));
  return lines([comment, braces(`export interface ${text}`, lines(members))]);
}
