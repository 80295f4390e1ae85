import type { ScalarKind, Type } from '../../types/type.js';

/**
 * A value of a type, for what has no implementation yet: the same every time.
 *
 * @param name of what it stands for: texts say it
 */
export function sampleOf(type: Type, name: string): unknown {
  return sample(type, name, new Set());
}

function sample(type: Type, name: string, around: ReadonlySet<object>): unknown {
  switch (type.kind) {
    case 'named': {
      const { fields } = type.type;
      // Something is there, though nothing is known of it.
      if (fields === undefined) return {};
      // A type that holds itself ends here.
      if (around.has(type.type)) return null;
      const inside = new Set(around).add(type.type);
      return Object.fromEntries(fields.map((field) => [field.name, sample(field.type, field.name, inside)]));
    }
    case 'enum':
      return type.type.members[0] ?? null;
    case 'list':
      return isAround(type.item, around) ? [] : [sample(type.item, name, around)];
    case 'tuple':
      return type.items.map((item) => sample(item, name, around));
    case 'map':
      return isAround(type.value, around) ? {} : { [keyOf(type.key, name)]: sample(type.value, name, around) };
    case 'optional':
      return sample(type.of, name, around);
    case 'union':
      return sample(type.members[0]!, name, around);
    case 'handle':
      return null;
    default:
      return type.kind in scalars ? scalars[type.kind as keyof typeof scalars] : `sample ${name}`;
  }
}

function keyOf(type: Type, name: string): string {
  if (type.kind === 'enum') return type.type.members[0] ?? name;
  return type.kind === 'int' ? '1' : name;
}

function isAround(type: Type, around: ReadonlySet<object>): boolean {
  return type.kind === 'named' && around.has(type.type);
}

const scalars: Readonly<Record<Exclude<ScalarKind, 'string' | 'any' | 'unknown'>, unknown>> = {
  bool: true,
  int: 1,
  float: 1.5,
  decimal: '1.50',
  bytes: new Uint8Array([1, 2, 3]),
  duration: 1000,
  time: '2030-01-01T00:00:00.000Z',
  void: undefined,
  null: null,
  error: null,
};
