import { describe, expect, test } from 'vitest';
import type { Field, Type } from '../../types/type.js';
import { readInput } from './input.js';
import { sampleOf } from './sample.js';

const scalar = (kind: 'string' | 'int' | 'decimal' | 'duration' | 'bool' | 'unknown' | 'null'): Type => ({ kind });
const field = (name: string, type: Type, optional = false): Field => ({ name, type, optional });
const named = (name: string, ...fields: Field[]): Type => ({
  kind: 'named',
  type: { name, fields, declared: false, named: true },
});

const item = named('Item', field('sku', scalar('string')), field('price', scalar('decimal')));
const order = named(
  'Order',
  field('id', scalar('string')),
  field('items', { kind: 'list', item }),
  field('patience', scalar('duration')),
  field('note', scalar('string'), true),
  field('extra', scalar('unknown')),
);

const fault = (type: Type, text: string) => {
  try {
    return readInput(type, text, 'order');
  } catch (error) {
    return (error as Error).message;
  }
};

describe('what fits', () => {
  test.each<[Type, string, unknown]>([
    [{ kind: 'bool' }, 'true', true],
    [{ kind: 'int' }, '-3', -3],
    [{ kind: 'float' }, '1.5', 1.5],
    [{ kind: 'string' }, '"x"', 'x'],
    [{ kind: 'decimal' }, '"9.990"', '9.990'],
    [{ kind: 'decimal' }, '12345678901234567890.10', '12345678901234567890.10'],
    [{ kind: 'duration' }, '"5m"', 300_000],
    [{ kind: 'duration' }, '"250ms"', 250],
    [{ kind: 'duration' }, '250', 250],
    [{ kind: 'time' }, '"2030-01-01T00:00:00+02:00"', '2030-01-01T00:00:00+02:00'],
    [{ kind: 'bytes' }, '"AQID"', new Uint8Array([1, 2, 3])],
    [{ kind: 'any' }, '{"a": [1, null]}', { a: [1, null] }],
    [{ kind: 'optional', of: { kind: 'int' } }, 'null', null],
    [{ kind: 'optional', of: { kind: 'duration' } }, '"1h"', 3_600_000],
    [{ kind: 'list', item: { kind: 'duration' } }, '["1s", 2]', [1000, 2]],
    [{ kind: 'tuple', items: [{ kind: 'int' }, { kind: 'string' }] }, '[1, "a"]', [1, 'a']],
    [{ kind: 'map', key: { kind: 'int' }, value: { kind: 'duration' } }, '{"1": "1s"}', { 1: 1000 }],
    [{ kind: 'union', members: [scalar('null'), scalar('int')] }, 'null', null],
    [{ kind: 'union', members: [scalar('int'), scalar('duration')] }, '"5m"', 300_000],
    [{ kind: 'named', type: { name: 'Unseen', fields: undefined, declared: false, named: true } }, '[1]', [1]],
  ])('%j: %s', (type, text, value) => {
    expect(readInput(type, text, 'x')).toEqual(value);
  });

  test('a record, whose further fields are passed on', () => {
    const text = '{"id": "1", "items": [{"sku": "a", "price": 2}], "patience": "1m", "note": null, "source": {"x": 1}}';
    expect(readInput(order, text, 'order')).toEqual({
      id: '1',
      items: [{ sku: 'a', price: '2' }],
      patience: 60_000,
      note: null,
      source: { x: 1 },
    });
  });

  test('a key such as `__proto__` stays a key', () => {
    const value = readInput({ kind: 'any' }, '{"__proto__": {"x": 1}}', 'x') as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

describe('what does not', () => {
  test.each<[Type, string, string]>([
    [order, '{', 'order: it is not JSON: a key in double quotes is expected here (at character 2)'],
    [
      order,
      'order-1',
      'order: it is not JSON: a value is expected here, and a text stands in double quotes (at character 1)',
    ],
    [order, '[]', 'order: an `Order` is expected, not []'],
    [order, '{"id": "1", "items": []}', 'order.patience: it is missing, and an `Order` needs it'],
    [order, '{"idd": "1", "items": []}', 'order.idd: `Order` has no such field; did you mean `id`?'],
    [
      order,
      '{"id": "1", "items": [{"sku": "a", "price": 1}, {"sku": "b", "price": "free"}], "patience": 1}',
      'order.items[1].price: a `decimal` (a number, or a text such as "9.99") is expected, not "free"',
    ],
    [
      scalar('duration'),
      '"soon"',
      'order: a `duration` (a text such as "5m", or a number of milliseconds) is expected, not "soon"',
    ],
    [scalar('decimal'), '1e400', 'order: a `decimal` (a number, or a text such as "9.99") is expected, not 1e400'],
    [scalar('int'), '1.5', 'order: an `int` is expected, not 1.5'],
    [scalar('int'), '9007199254740993', 'order: an `int` is expected, not 9007199254740993'],
    [scalar('bool'), '"true"', 'order: a `bool` is expected, not "true"'],
    [{ kind: 'list', item: scalar('int') }, '[1, "2"]', 'order[1]: an `int` is expected, not "2"'],
    [
      { kind: 'map', key: { kind: 'int' }, value: scalar('int') },
      '{"a": 1}',
      'order["a"]: the key is not a whole number',
    ],
    [
      { kind: 'map', key: { kind: 'string' }, value: scalar('int') },
      '{"a b": "1"}',
      'order["a b"]: an `int` is expected, not "1"',
    ],
    [{ kind: 'union', members: [scalar('int'), scalar('bool')] }, '"1"', 'order: an `int | bool` is expected, not "1"'],
    [{ kind: 'tuple', items: [scalar('int')] }, '[1, 2]', 'order: a `(int)` is expected, not [1,2]'],
    [scalar('int'), `"${'x'.repeat(1000)}"`, `order: an \`int\` is expected, not "${'x'.repeat(59)}…`],
  ])('%j: %s', (type, text, message) => {
    expect(fault(type, text)).toBe(message);
  });
});

describe('samples', () => {
  test('fit their types, and say what they stand for', () => {
    expect(sampleOf(order, 'find')).toEqual({
      id: 'sample id',
      items: [{ sku: 'sample sku', price: '1.50' }],
      patience: 1000,
      note: 'sample note',
      extra: 'sample extra',
    });
    expect(sampleOf(scalar('string'), 'receipt')).toBe('sample receipt');
    expect(sampleOf(scalar('unknown'), 'receipt')).toBe('sample receipt');
    expect(sampleOf({ kind: 'map', key: { kind: 'int' }, value: scalar('bool') }, 'x')).toEqual({ 1: true });
    const sample = sampleOf(order, 'find');
    expect(readInput(order, JSON.stringify(sample), 'order')).toEqual(sample);
  });

  test('of a type that holds itself end', () => {
    const fields: Field[] = [];
    const tree: Type = { kind: 'named', type: { name: 'Tree', fields, declared: false, named: true } };
    fields.push(
      field('name', scalar('string')),
      field('children', { kind: 'list', item: tree }),
      field('parent', tree, true),
    );
    expect(sampleOf(tree, 'tree')).toEqual({ name: 'sample name', children: [], parent: null });
  });
});
