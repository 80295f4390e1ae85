/** Types, as TypeScript: and the file that declares those of the program. */
import type { DeclaredType } from '../check/facts.js';
import type { RecordDef } from '../syntax/ast.js';
import type { NamedType, ScalarKind, Type } from '../types/type.js';
import { as, type Entry, importedType, mark, name, reference, string, ts, type TypeCode } from './code.js';
import { definitionComments, docComment, trailingComment } from './documentation.js';
import { concat, type Doc, group, ifBreak, indent, join, line } from './print/doc.js';
import { propertyKey, stringLiteral } from './print/literals.js';
import { braces, declaration as declarationOf, lines } from './print/statements.js';
import { typeDoc } from './print/types.js';
import { nameOfType, type Program, runtime } from './program.js';
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
    case 'enum':
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
      case 'enum':
        return this.declared(this.program.typeName(type.type.name), this.program.typesModule(type.type.name));
      case 'list':
        return { kind: 'listOf', item: this.code(type.item) };
      case 'map': {
        const value = this.code(type.value);
        return this.program.types.some((one) => nameOfType(one) === 'Record')
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
  private declared(text: string, module = './types.js'): TypeCode {
    const isHere = this.own && module === './types.js';
    return reference(isHere ? text : importedType(module, text));
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
  const { types } = program;
  const declarations = types.map((type) => declaration(program, type));
  const helpers = program.usedHelperTypes();
  const helpersDoc = helpers.map(({ kind, name }) => {
    const { text, of } = helperDocs[kind];
    return lines([docComment([text]), ts`export type ${name} = ${of};`]);
  });
  const taken = new Set([...helpers.map(({ name }) => name), ...types.map((type) => nameIn(program, type))]);
  return { path: 'types.ts', body: [...helpersDoc, ...declarations], taken };
}

function declaration(program: Program, declared: DeclaredType): Doc {
  const doc = declarationDoc(program, declared);
  const { definition } = declared;
  const file = definition && program.facts.fileOf.get(definition);
  if (!file) return doc;
  return concat(
    definitionComments(program.comments(file).of(definition)),
    mark(doc, program.originOf(file, definition)),
  );
}

/** What types.ts calls a type of its package. */
function nameIn(program: Program, declared: DeclaredType): string {
  return program.typeName(declared.kind === 'alias' ? declared.key : declared.type.name);
}

function declarationDoc(program: Program, declared: DeclaredType): Doc {
  const text = nameIn(program, declared);
  const from = declared.kind === 'alias' ? undefined : declared.from;
  if (from) {
    const own = reference(importedType(program.authorModule(from.module), nameOfType(declared)));
    const alias = ts`export type ${text} = ${typeDoc(own)};`;
    return declared.kind === 'enum' ? lines([alias, membersDoc(text, declared.type.members)]) : alias;
  }
  switch (declared.kind) {
    case 'record':
      return recordDoc(program, text, declared.type, declared.definition);
    case 'enum':
      return enumDoc(text, declared.type.members);
    case 'alias':
      return ts`export type ${text} = ${typeDoc(new TypePrinter(program, true).code(declared.type))};`;
  }
}

function recordDoc(program: Program, text: string, { fields }: NamedType, definition: RecordDef | undefined): Doc {
  if (!fields) {
    return lines([docComment(['Nothing in the program says what it holds.']), ts`export type ${text} = unknown;`]);
  }
  const above = definition ? [] : [docComment(['Inferred from use.'])];
  if (fields.length === 0) {
    const type = new TypePrinter(program, true).code({
      kind: 'map',
      key: { kind: 'string' },
      value: { kind: 'unknown' },
    });
    return lines([...above, ts`export type ${text} = ${typeDoc(type)};`]);
  }
  const file = definition && program.facts.fileOf.get(definition);
  const members = fields.map((field) => {
    const doc = fieldDoc(program, field.name, field.type, field.optional, true);
    const node = definition?.fields.find(({ name }) => name.text === field.name);
    if (!file || !node) return doc;
    const comments = program.comments(file).of(node);
    const marked = mark(doc, program.originOf(file, node));
    return concat(definitionComments(comments), marked, trailingComment(comments.trailing));
  });
  return lines([...above, braces(`export interface ${text}`, lines(members))]);
}

/** A type and a value: a member has the type of all, so that TypeScript remembers of no text which one it is. */
function enumDoc(text: string, members: readonly string[]): Doc {
  const union = join(
    concat(line, '| '),
    members.map((one) => stringLiteral(one)),
  );
  return lines([
    group(concat(`export type ${text} =`, indent(line, ifBreak('| '), union), ';')),
    membersDoc(text, members),
  ]);
}

function membersDoc(text: string, members: readonly string[]): Doc {
  const entries = members.map((key): Entry => ({ key, value: as(string(key), reference(text)) }));
  return concat('export ', declarationOf('const', name(text), { kind: 'object', entries, tall: true }));
}
