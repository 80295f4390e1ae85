import { nearest } from '../../diagnostics/suggest.js';
import { type JsonNode, parseJson, plainValue } from '../../json.js';
import { describeType } from '../../types/print.js';
import type { Field, ScalarKind, Type } from '../../types/type.js';

/** What is wrong with a value, and where in it: `order.items[0].price`. */
export class InputFault extends Error {
  constructor(
    readonly path: string,
    readonly what: string,
  ) {
    super(`${path}: ${what}`);
  }
}

/**
 * What a workflow is to be given for a value that somebody wrote as JSON: durations may be texts (`"5m"`), decimals
 * numbers.
 *
 * @param path how the value is called in a fault
 * @throws {InputFault} when it is not JSON, or does not fit the type
 */
export function readInput(type: Type, text: string, path: string): unknown {
  const node = parseJson(text);
  if (!('expected' in node)) return convert(type, node, path);
  throw new InputFault(path, `it is not JSON: ${node.expected} (at character ${node.span.start + 1})`);
}

function convert(type: Type, node: JsonNode, path: string): unknown {
  switch (type.kind) {
    case 'named':
      return type.type.fields === undefined ? plainValue(node) : convertRecord(type, type.type.fields, node, path);
    case 'enum':
      if (node.kind !== 'string' || !type.type.members.includes(node.value)) throw misfit(type, node, path);
      return node.value;
    case 'list':
      if (node.kind !== 'list') throw misfit(type, node, path);
      return node.items.map((item, index) => convert(type.item, item, `${path}[${index}]`));
    case 'tuple':
      if (node.kind !== 'list' || node.items.length !== type.items.length) throw misfit(type, node, path);
      return node.items.map((item, index) => convert(type.items[index]!, item, `${path}[${index}]`));
    case 'map':
      if (node.kind !== 'object') throw misfit(type, node, path);
      return Object.fromEntries(
        node.members.map(({ key, value }) => {
          const at = `${path}[${JSON.stringify(key)}]`;
          if (type.key.kind === 'int' && !/^-?\d+$/.test(key))
            throw new InputFault(at, 'the key is not a whole number');
          if (type.key.kind === 'enum' && !type.key.type.members.includes(key))
            throw new InputFault(at, `\`${type.key.type.name}\` has no such member`);
          return [key, convert(type.value, value, at)];
        }),
      );
    case 'optional':
      return node.kind === 'null' ? null : convert(type.of, node, path);
    case 'union':
      return convertUnion(type, node, path);
    case 'handle':
      throw misfit(type, node, path);
    default: {
      const converted = scalars[type.kind](node);
      if (converted === undefined) throw misfit(type, node, path);
      return converted;
    }
  }
}

/** Undefined: it does not fit. */
const scalars: Readonly<Record<ScalarKind, (node: JsonNode) => unknown>> = {
  bool: (node) => (node.kind === 'boolean' ? node.value : undefined),
  int: (node) => (node.kind === 'number' && Number.isSafeInteger(node.value) ? node.value : undefined),
  float: (node) => (node.kind === 'number' ? node.value : undefined),
  decimal: (node) => {
    const text = node.kind === 'number' ? node.text : node.kind === 'string' ? node.value : '';
    return /^-?\d+(\.\d+)?$/.test(text) ? text : undefined;
  },
  string: (node) => (node.kind === 'string' ? node.value : undefined),
  bytes: (node) => {
    const isBase64 = node.kind === 'string' && /^([\w+/]{4})*([\w+/]{2}==|[\w+/]{3}=)?$/.test(node.value);
    return isBase64 ? new Uint8Array(Buffer.from(node.value, 'base64')) : undefined;
  },
  duration: (node) => {
    if (node.kind === 'number') return node.value;
    return node.kind === 'string' ? milliseconds(node.value) : undefined;
  },
  time: (node) => {
    const isTime =
      node.kind === 'string' && /^\d{4}-\d\d-\d\dT/.test(node.value) && !Number.isNaN(Date.parse(node.value));
    return isTime ? node.value : undefined;
  },
  any: plainValue,
  unknown: plainValue,
  error: plainValue,
  void: (node) => (node.kind === 'null' ? null : undefined),
  null: (node) => (node.kind === 'null' ? null : undefined),
};

/** What a kind accepts, where its name alone does not say it. */
const notes: Readonly<Partial<Record<Type['kind'], string>>> = {
  decimal: ' (a number, or a text such as "9.99")',
  bytes: ' (a text in base64)',
  duration: ' (a text such as "5m", or a number of milliseconds)',
  time: ' (a text such as "2030-12-31T23:59:59Z")',
};

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function milliseconds(text: string): number | undefined {
  const [, amount, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * units[unit!]!;
}

function convertRecord(
  type: Type & { kind: 'named' },
  fields: readonly Field[],
  node: JsonNode,
  path: string,
): unknown {
  if (node.kind !== 'object') throw misfit(type, node, path);
  const given = new Map(node.members.map(({ key, value }) => [key, value]));
  const missing = fields.filter(({ name }) => !given.has(name));
  const names = missing.map(({ name }) => name);
  for (const key of given.keys()) {
    const meant = fields.some(({ name }) => name === key) ? undefined : nearest(key, names);
    if (meant === undefined) continue;
    throw new InputFault(`${path}.${key}`, `\`${type.type.name}\` has no such field; did you mean \`${meant}\`?`);
  }
  const needed = missing.find((field) => !field.optional && !['optional', 'unknown'].includes(field.type.kind));
  if (needed) throw new InputFault(`${path}.${needed.name}`, `it is missing, and ${describeType(type)} needs it`);
  return Object.fromEntries(
    [...given].map(([key, value]) => {
      const field = fields.find(({ name }) => name === key);
      if (!field || (field.optional && value.kind === 'null')) return [key, plainValue(value)];
      return [key, convert(field.type, value, `${path}.${key}`)];
    }),
  );
}

function convertUnion(type: Type & { kind: 'union' }, node: JsonNode, path: string): unknown {
  for (const member of type.members) {
    try {
      return convert(member, node, path);
    } catch (error) {
      if (!(error instanceof InputFault)) throw error;
    }
  }
  throw misfit(type, node, path);
}

function misfit(type: Type, node: JsonNode, path: string): InputFault {
  const text = node.kind === 'number' ? node.text : JSON.stringify(plainValue(node));
  const found = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  const note = type.kind === 'enum' ? ` (${type.type.members.join(', ')})` : (notes[type.kind] ?? '');
  return new InputFault(path, `${describeType(type)}${note} is expected, not ${found}`);
}
