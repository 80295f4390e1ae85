import { ApplicationFailure } from '@temporalio/common';
import { HandlerError } from 'nexus-rpc';
import { describe, expect, test } from 'vitest';
import { type Shape, shape } from './index.js';
import { readInput } from './shape.js';

const {
  any,
  bool,
  bytes,
  decimal,
  duration,
  float,
  int,
  intKey,
  lazy,
  list,
  map,
  member,
  oneOf,
  optional,
  record,
  string,
  time,
  tuple,
  unknown,
} = shape;

function refusal<T>(read: Shape<T>, value: unknown): string {
  try {
    return `accepted: ${JSON.stringify(read(value, ''))}`;
  } catch (error) {
    if (!(error instanceof HandlerError)) throw error;
    const { cause } = error as { cause?: unknown };
    expect(error.type).toBe('BAD_REQUEST');
    expect(cause).toBeInstanceOf(ApplicationFailure);
    const [details] = (cause as ApplicationFailure).details as [{ path: string; expected: string }];
    expect(error.message).toBe(`${details.path || 'The input'}: expected ${details.expected}`);
    return error.message;
  }
}

describe('scalars', () => {
  test.each<[string, Shape<unknown>, unknown[], unknown[]]>([
    ['string', string, ['', 'x'], [1, null, undefined, {}, ['x']]],
    ['bool', bool, [true, false], ['true', 0, null]],
    ['float', float, [0, -1.5, 1e300], ['1', null, undefined, JSON.parse('1e999'), NaN]],
    ['int', int, [0, -7, 2 ** 53 - 1], [1.5, 2 ** 53, '1', null, undefined]],
    ['duration', duration, [0, 1500], ['5m', null]],
    [
      'decimal',
      decimal,
      ['0', '-1.50', '12345678901234567890.12'],
      ['', 'x', '1e5', '.5', '1.', '+1', ' 1', null, true, JSON.parse('-1e999')],
    ],
    ['time', time, ['2026-01-02T03:04:05.678912345+02:00'], ['today', '2026-01-02', 0, null]],
    ['bytes', bytes, [new Uint8Array([1])], ['AQ==', [1], null]],
    ['unknown', unknown, [1, 'x', null, undefined, { a: [] }], []],
    ['any', any, [1, 'x', null, undefined, { a: [] }], []],
  ])('%s', (_name, read, fits, misfits) => {
    for (const value of fits) expect(read(value, '')).toBe(value);
    for (const value of misfits) expect(refusal(read, value)).toMatch(/^The input: expected /);
  });

  test('a decimal may come as a number, and goes on as a string without an exponent', () => {
    expect([1.5, 1e21, 1e-7, -0].map((value) => decimal(value, ''))).toEqual([
      '1.5',
      '1000000000000000000000',
      '0.0000001',
      '0',
    ]);
  });
});

interface Item {
  sku: string;
  price: string;
  note?: string | null | undefined;
}

const item = record<Item>({ sku: string, price: decimal, note: optional(string) });

describe('records, lists and maps', () => {
  test('what fits is read, decimals and all; what is not named stays', () => {
    expect(item({ sku: 'a', price: 1, extra: true }, '')).toEqual({ sku: 'a', price: '1', extra: true });
  });

  test('absent stays absent, and null stays null', () => {
    for (const value of [{}, { note: undefined }]) {
      expect('note' in item({ sku: 'a', price: '1', ...value }, '')).toBe(false);
    }
    expect(item({ sku: 'a', price: '1', note: null }, '').note).toBe(null);
    expect([optional(int)(null, ''), optional(int)(undefined, '')]).toEqual([null, undefined]);
  });

  test('the fault is named by its path', () => {
    const order = record<{ items: Item[]; tags: Record<string, number[]> }>({
      items: list(item),
      tags: map(list(int)),
    });
    const items = [{ sku: 'a', price: '1' }];
    expect(refusal(order, { items: [...items, { sku: 'b', price: 'x' }], tags: {} })).toBe(
      'items[1].price: expected a decimal number',
    );
    expect(refusal(order, { items, tags: { a: [], b: [1, 'x'] } })).toMatch(/^tags\.b\[1\]: expected an integer/);
    expect(refusal(order, { items })).toBe('tags: expected a map');
    expect(refusal(order, { items: {}, tags: {} })).toBe('items: expected a list');
    expect(refusal(order, { items: ['a'], tags: {} })).toBe('items[0]: expected a record');
    expect(refusal(order, [])).toBe('The input: expected a record');
    expect(refusal(list(string), [1])).toBe('[0]: expected a string');
  });

  test('the input is left as it was', () => {
    const given = { sku: 'a', price: 1, note: null };
    item(given, '');
    expect(given).toEqual({ sku: 'a', price: 1, note: null });
  });

  test('what every object has is no field', () => {
    const odd = record<{ constructor: unknown; toString: string }>({ constructor: unknown, toString: string });
    expect(refusal(odd, {})).toBe('toString: expected a string');
    const own = JSON.parse('{"__proto__": [1]}') as unknown;
    expect(Object.keys(map(list(int))(own, ''))).toEqual(['__proto__']);
    expect(refusal(map(int), own)).toMatch(/^__proto__: /);
  });

  test('a name that is none in a program is quoted, and cut off', () => {
    const read = map(int);
    expect(refusal(read, { 'a\n[ERROR] "b"\u0000\u2028é': 'x' })).toBe(
      String.raw`["a\n[ERROR] \"b\"\u0000\u2028\u00e9"]: expected an integer of at most 2^53 - 1`,
    );
    expect(refusal(read, { ['k'.repeat(1_000_000)]: 'x' })).toBe(
      `["${'k'.repeat(100)}…"]: expected an integer of at most 2^53 - 1`,
    );
    const nested: Shape<unknown> = list(lazy(() => nested));
    let value: unknown = 'x';
    for (let depth = 0; depth < 500; depth++) value = [value];
    expect(refusal(nested, value)).toBe(`${'[0]'.repeat(66)}[0…0]${'[0]'.repeat(66)}: expected a list`);
  });

  test('what is nested too deeply to be read is refused', () => {
    const nested: Shape<unknown> = list(lazy(() => nested));
    let value: unknown = [];
    for (let depth = 0; depth < 100_000; depth++) value = [value];
    expect(refusal((input) => readInput(nested, input), value)).toBe(
      'The input: expected a value that is nested less deeply',
    );
  });

  test('a record may contain itself', () => {
    interface Tree {
      name: string;
      children: Tree[];
    }
    const tree: Shape<Tree> = record<Tree>({ name: string, children: list(lazy(() => tree)) });
    const leaf = { name: 'leaf', children: [] };
    expect(tree({ name: 'root', children: [leaf] }, '')).toEqual({ name: 'root', children: [leaf] });
    expect(refusal(tree, { name: 'root', children: [{ name: 'leaf', children: [{}] }] })).toBe(
      'children[0].children[0].name: expected a string',
    );
  });
});

test('one of several shapes: the first that fits', () => {
  const read = oneOf<string | number | Item>(int, decimal, item);
  expect([read(1, ''), read('1', ''), read({ sku: 'a', price: '1' }, '')]).toEqual([1, '1', { sku: 'a', price: '1' }]);
  expect(refusal(record<{ x: unknown }>({ x: oneOf<unknown>(bool, time, bool) }), { x: null })).toBe(
    'x: expected true or false or a time like 2026-01-02T03:04:05.678Z',
  );
});

test('members of an enum', () => {
  const read = member('paid', '__proto__');
  expect(['paid', '__proto__'].map((one) => read(one, ''))).toEqual(['paid', '__proto__']);
  for (const wrong of ['Paid', '', 1, null, undefined, ['paid']]) {
    expect(refusal(record<{ status: string }>({ status: read }), { status: wrong })).toBe(
      'status: expected one of "paid", "__proto__"',
    );
  }
});

test('maps whose keys are ints', () => {
  const read = map(string, intKey);
  const right = { 0: 'a', '-7': 'b', 9007199254740991: 'c' };
  expect(read(right, '')).toEqual(right);
  for (const wrong of ['', 'a', '1.5', '07', '-0', '9007199254740992', ' 1']) {
    expect(refusal(read, { [wrong]: 'x' })).toMatch(/: expected an integer as its key$/);
  }
});

test('tuples', () => {
  const read = tuple<[number, string]>(int, string);
  expect(read([1, 'a'], '')).toEqual([1, 'a']);
  expect(refusal(record<{ pair: unknown }>({ pair: read }), { pair: [1, 2] })).toBe('pair[1]: expected a string');
  for (const wrong of [[1], [1, 'a', 2], { 0: 1, 1: 'a' }, null]) {
    expect(refusal(record<{ pair: unknown }>({ pair: read }), { pair: wrong })).toBe(
      'pair: expected a list of 2 values',
    );
  }
});

test('maps whose keys are members of an enum', () => {
  const read = map(int, member('paid', 'lost'));
  expect(read({ paid: 1 }, '')).toEqual({ paid: 1 });
  expect(refusal(read, { late: 1 })).toBe('late: expected one of "paid", "lost"');
});
