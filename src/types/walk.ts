import type { Type } from './type.js';

/** Visits a type and those that it is made of; the fields of records are not among them. */
export function walkType(type: Type, visit: (type: Type) => void): void {
  visit(type);
  for (const part of partsOf(type)) walkType(part, visit);
}

function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'list':
      return [type.item];
    case 'map':
      return [type.key, type.value];
    case 'tuple':
      return type.items;
    case 'optional':
      return [type.of];
    case 'union':
      return type.members;
    default:
      return [];
  }
}
