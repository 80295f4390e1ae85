/** The named types that the output declares: those the program names, and those that something it declares is made of. */
import { bareName, keyIn } from '../symbols/packages.js';
import type { NamedType, Type } from '../types/type.js';
import { firstRecord, isProvidedType } from '../types/heads.js';
import type { Definitions } from '../symbols/definitions.js';
import type { EnumDef, RecordDef } from '../syntax/ast.js';
import type { DeclaredType } from './facts.js';
import { externalSignatures } from './collect/signatures.js';
import type { ResolvedDependencies } from './dependencies.js';
import type { Typed } from './verify/typed.js';

export function declaredTypes(
  typed: Typed,
  { meanings }: ResolvedDependencies,
  importPath: (path: string) => string,
): DeclaredType[] {
  const { model, decided } = typed;
  const { slots, definitions } = model;
  const found = new Set<NamedType>();
  const declared: DeclaredType[] = [];
  const fromOf = (name: string) => {
    if (isProvidedType(bareName(name))) return { module: 'twfc/runtime/nexus' };
    const imported = definitions.types.has(name) ? undefined : model.imported.get(name);
    return imported && { module: importPath(imported.from.path) };
  };
  const origins = new Map(
    slots.records.flatMap(({ name, sameAs, origin }, index) =>
      name === undefined || sameAs !== undefined ? [] : [[decided.record(firstRecord + index), origin] as const],
    ),
  );
  const visit = (type: Type): void => {
    switch (type.kind) {
      case 'named':
        if (found.has(type.type)) return;
        found.add(type.type);
        declared.push({
          kind: 'record',
          type: type.type,
          definition: recordOf(definitions, type.type),
          origin: origins.get(type.type),
          from: type.type.declared ? fromOf(type.type.name) : undefined,
        });
        for (const field of type.type.fields ?? []) visit(field.type);
        return;
      case 'list':
        return visit(type.item);
      case 'map':
        visit(type.key);
        return visit(type.value);
      case 'tuple':
        return type.items.forEach(visit);
      case 'union':
        return type.members.forEach(visit);
      case 'optional':
        return visit(type.of);
      case 'handle':
        return visit(type.result);
    }
  };
  const named = [
    ...[...origins].map(([type, origin]) => ({ origin, declare: () => visit({ kind: 'named', type }) })),
    ...slots.enums.map((type) => {
      const definition = definitions.types.get(type.name) as EnumDef | undefined;
      const from = fromOf(type.name);
      return { origin: type.origin, declare: () => void declared.push({ kind: 'enum', type, definition, from }) };
    }),
    ...[...model.aliases].map(([definition, slot]) => ({
      origin: { file: definitions.fileOf.get(definition)!, span: definition.name.span },
      declare: () => {
        const key = keyIn(definitions.packages.of(definitions.fileOf.get(definition)!), definition.name.text);
        declared.push({ kind: 'alias', key, type: typed.typeOf(slot), definition });
      },
    })),
  ];
  for (const { declare } of named.sort((a, b) => byPlace(a.origin, b.origin))) declare();
  for (const { params, result } of [...model.signatures.values(), ...externalSignatures(model)]) {
    for (const { slot } of params) visit(typed.typeOf(slot));
    visit(typed.typeOf(result));
  }
  for (const { uses } of meanings) {
    for (const { args, result } of uses) {
      for (const { slot } of args ?? []) visit(typed.typeOf(slot));
      visit(typed.typeOf(result));
    }
  }
  for (const slot of model.progress.values()) visit(typed.typeOf(slot));
  for (const { all } of model.variables.values()) {
    for (const one of all) visit(typed.typeOf(model.variableSlots.get(one)!));
  }
  // Of a list that is read where it is made, nothing else says what its items are.
  for (const demand of model.demands) {
    if ('expr' in demand && demand.expr.kind === 'List') visit(typed.typeOf(demand.slot));
  }
  return declared;
}

function recordOf({ types }: Definitions, { name, declared }: NamedType): RecordDef | undefined {
  const definition = declared ? types.get(name) : undefined;
  return definition?.kind === 'RecordDef' ? definition : undefined;
}

type Place = { readonly file: { readonly path: string }; readonly span: { readonly start: number } };

function byPlace(a: Place, b: Place): number {
  return a.file.path === b.file.path ? a.span.start - b.span.start : a.file.path < b.file.path ? -1 : 1;
}
