/** The named types that the output declares: those the program names, and those that something it declares is made of. */
import type { NamedType, Type } from '../types/type.js';
import { firstRecord } from '../types/heads.js';
import { externalSignatures } from './collect/signatures.js';
import type { ResolvedDependencies } from './dependencies.js';
import type { Typed } from './verify/typed.js';

export function declaredTypes(typed: Typed, { meanings }: ResolvedDependencies): NamedType[] {
  const { model, decided } = typed;
  const { slots } = model;
  const found = new Set<NamedType>();
  const visit = (type: Type): void => {
    switch (type.kind) {
      case 'named':
        if (found.has(type.type)) return;
        found.add(type.type);
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
  const named = slots.records
    .map((record, index) => ({ record, index }))
    .filter(({ record }) => record.name !== undefined && record.sameAs === undefined)
    .sort((a, b) => byPlace(a.record.origin, b.record.origin));
  for (const { index } of named) visit({ kind: 'named', type: decided.record(firstRecord + index) });
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
  for (const { all } of model.variables.values()) {
    for (const one of all) visit(typed.typeOf(model.variableSlots.get(one)!));
  }
  return [...found];
}

type Place = { readonly file: { readonly path: string }; readonly span: { readonly start: number } };

function byPlace(a: Place, b: Place): number {
  return a.file.path === b.file.path ? a.span.start - b.span.start : a.file.path < b.file.path ? -1 : 1;
}
