/** inputs.ts: the shapes that the inputs of operations must have. */
import type { NamedType, Type } from '../types/type.js';
import type { Operation, Service } from '../check/facts.js';
import {
  arrow,
  as,
  call,
  type Code,
  type Entry,
  imported,
  importedType,
  name,
  object,
  reference,
  string,
  type TypeCode,
} from './code.js';
import { ModuleNames } from './module.js';
import { concat, type Doc } from './print/doc.js';
import { declaration, lines } from './print/statements.js';
import { bareName } from '../symbols/packages.js';
import { type Program, runtime } from './program.js';
import { camelCase } from './reserved.js';
import { inputType } from './services.js';
import { typeCode } from './types.js';
import type { Module } from './write.js';

/**
 * The operations of a service that take something, and have a handler that must be given it in good shape. One that is
 * called like something that every object has is there in any case.
 */
export function takingInput({ operations }: Service): Operation[] {
  return operations.filter(({ handled, name: text, params }) => (handled && params.length > 0) || text in {});
}

export function inputsModule(program: Program): Module | undefined {
  const services = servedServices(program).filter((service) => takingInput(service).length > 0);
  if (services.length === 0) return undefined;
  const shapes = new Shapes(program, services);
  const tables = services.map((service) => {
    const entries = takingInput(service).map((one): Entry => ({ key: one.name, value: shapes.ofInput(one) }));
    const table: Code = { kind: 'object', entries, tall: true };
    return concat('export ', declaration('const', name(program.shapesName(service)), table));
  });
  const declared = shapes.declarations();
  const body = [shapes.functions(), ...(declared.length > 0 ? [lines(declared)] : []), ...tables];
  return { path: 'inputs.ts', body, taken: shapes.names.all() };
}

/** Services that some worker serves, each once. */
export function servedServices({ workers }: Program): Service[] {
  return [...new Set(workers.flatMap(({ services }) => services))];
}

class Shapes {
  readonly names: ModuleNames;
  private readonly used = new Set<string>();
  private readonly made = new Map<NamedType, { text: string; recursive: boolean; done: boolean }>();
  private readonly records: { readonly type: NamedType; readonly text: string; readonly value: Code }[] = [];

  constructor(
    private readonly program: Program,
    services: readonly Service[],
  ) {
    this.names = new ModuleNames([...shapeNames, ...services.map((service) => program.shapesName(service))]);
  }

  /** `const { record, string } = shape;` */
  functions(): Doc {
    const entries = [...this.used].sort().map((text) => ({ key: text, value: name(text) }));
    return declaration('const', object(entries), name(imported(runtime.nexus, 'shape')));
  }

  declarations(): Doc[] {
    return this.records.map(({ type, text, value }) => {
      const isRecursive = this.made.get(type)!.recursive;
      const shapeType = this.shapeType(this.program.typeReference(type));
      return declaration('const', name(text), value, isRecursive ? shapeType : undefined);
    });
  }

  ofInput(operation: Operation): Code {
    const [only, ...more] = operation.params;
    if (!only) return this.shape('any');
    if (more.length === 0) return this.of(only.type);
    const fields = operation.params.map(({ name: key, type }): Entry => ({ key, value: this.of(type) }));
    return call(this.shape('record'), [object(fields)], [inputType(this.program, operation)]);
  }

  private of(type: Type): Code {
    switch (type.kind) {
      case 'named':
        return this.named(type.type);
      case 'enum':
        return call(this.shape('member'), type.type.members.map(string));
      case 'list':
        return call(this.shape('list'), [this.of(type.item)]);
      case 'map':
        return call(this.shape('map'), [this.of(type.value), ...this.keyOf(type.key)]);
      case 'optional':
        return call(this.shape('optional'), [this.of(type.of)]);
      case 'union':
        return call(
          this.shape('oneOf'),
          type.members.map((member) => this.of(member)),
          [typeCode(this.program, type)],
        );
      case 'tuple':
        return call(
          this.shape('tuple'),
          type.items.map((item) => this.of(item)),
          [typeCode(this.program, type)],
        );
      case 'handle':
        return this.shape('any');
      default:
        return this.shape(shapeNames.includes(type.kind) ? type.kind : 'any');
    }
  }

  /** What keys of a map must be, if not every text will do. */
  private keyOf(key: Type): Code[] {
    if (key.kind === 'int') return [this.shape('intKey')];
    return key.kind === 'enum' ? [this.of(key)] : [];
  }

  private named(type: NamedType): Code {
    const { fields } = type;
    if (!fields) return this.shape('unknown');
    if (fields.length === 0) return call(this.shape('map'), [this.shape('unknown')]);
    const known = this.made.get(type);
    if (known) {
      if (known.done) return name(known.text);
      known.recursive = true;
      return call(this.shape('lazy'), [arrow([], name(known.text))]);
    }
    const made = {
      text: this.names.helper(camelCase(bareName(type.name)), `${camelCase(bareName(type.name))}Shape`),
      recursive: false,
      done: false,
    };
    this.made.set(type, made);
    const isImported = this.program.isImported(type);
    const entries = fields.map((field): Entry => {
      const value = this.of(field.type);
      const mayLack = field.optional || field.type.kind === 'optional';
      const whole = mayLack && field.type.kind !== 'optional' ? call(this.shape('optional'), [value]) : value;
      // The author's own type may tell what is left out from what is `null`.
      const isOfAuthor = isImported && mayLack;
      return { key: field.name, value: isOfAuthor ? as(whole, this.shapeType(reference('any'))) : whole };
    });
    made.done = true;
    const argument: TypeCode = this.program.typeReference(type);
    this.records.push({ type, text: made.text, value: call(this.shape('record'), [object(entries)], [argument]) });
    return name(made.text);
  }

  private shapeType(of: TypeCode): TypeCode {
    return reference(importedType(runtime.nexus, 'Shape'), of);
  }

  private shape(text: string): Code {
    this.used.add(text);
    return name(text);
  }
}

/** What the runtime's `shape` has. */
const shapeNames = [
  'any',
  'bool',
  'bytes',
  'decimal',
  'duration',
  'float',
  'int',
  'intKey',
  'lazy',
  'list',
  'map',
  'member',
  'oneOf',
  'optional',
  'record',
  'string',
  'time',
  'tuple',
  'unknown',
];
