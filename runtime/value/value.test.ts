import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import {
  addToTime,
  compareTimes,
  decimal,
  entries,
  entry,
  floor,
  intEntries,
  intKeys,
  intQuotient,
  intRemainder,
  intValues,
  isTime,
  keys,
  maxDecimal,
  maxTime,
  minDecimal,
  minTime,
  present,
  put,
  quotient,
  range,
  remainder,
  round,
  roundDecimal,
  roundFloat,
  subtractTimes,
  toDecimal,
  toFloat,
  toInt,
  values,
} from './index.js';

function failureOf(run: () => unknown): { type: unknown; nonRetryable: unknown; details: unknown } {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ApplicationFailure)) throw error;
    return { type: error.type, nonRetryable: error.nonRetryable, details: error.details };
  }
  throw new Error('nothing was raised');
}

const divisionByZero = { type: 'DivisionByZero', nonRetryable: true, details: [] };

describe('decimals', () => {
  test('sums, differences and products are exact, and print without an exponent', () => {
    expect(decimal('0.1').plus('0.2').toFixed()).toBe('0.3');
    expect(decimal('12345678901234567890.12').times(3).toFixed()).toBe('37037036703703703670.36');
    expect(decimal('1e40').plus('1e-40').toFixed()).toBe(`1${'0'.repeat(40)}.${'0'.repeat(39)}1`);
    expect(decimal('0.0000001').toFixed()).toBe('0.0000001');
    expect(decimal('-0.00').toFixed()).toBe('0');
    expect(decimal(7).times('1.10').toFixed()).toBe('7.7');
  });

  test('a quotient has 34 significant digits, half to even', () => {
    expect(quotient('1', '3').toFixed()).toBe(`0.${'3'.repeat(34)}`);
    expect(quotient('2', '3').toFixed()).toBe(`0.${'6'.repeat(33)}7`);
    expect(quotient('10', '4').toFixed()).toBe('2.5');
    expect(quotient('-7', 2).toFixed()).toBe('-3.5');
    // The 35th digit is a five, and nothing follows: to even, down and up.
    expect(quotient(`1${'0'.repeat(33)}5`, '10').toFixed()).toBe(`1${'0'.repeat(33)}`);
    expect(quotient(`1${'0'.repeat(32)}15`, '10').toFixed()).toBe(`1${'0'.repeat(32)}2`);
  });

  test('a quotient goes on exactly', () => {
    expect(quotient('1', '3').plus('1e20').toFixed()).toBe(`100000000000000000000.${'3'.repeat(34)}`);
  });

  test('a remainder is exact, with the sign of the dividend', () => {
    expect(remainder('5.5', '2').toFixed()).toBe('1.5');
    expect(remainder('-5.5', 2).toFixed()).toBe('-1.5');
    expect(remainder('1e30', '7').toFixed()).toBe('1');
  });

  test('by zero', () => {
    for (const zero of ['0', '0.00', '-0', 0]) {
      expect(failureOf(() => quotient('1', zero))).toEqual(divisionByZero);
      expect(failureOf(() => remainder('1', zero))).toEqual(divisionByZero);
    }
  });

  test('rounding to places goes half to even', () => {
    expect(['0.125', '0.135', '-0.125'].map((one) => decimal(one).toDecimalPlaces(2).toFixed())).toEqual([
      '0.12',
      '0.14',
      '-0.12',
    ]);
  });
});

describe('conversions', () => {
  test('numbers and texts become ints, floats and decimals', () => {
    expect([toInt('42'), toInt(' -7.9 '), toInt(3.99), toInt(-0.5), toInt('1e3')]).toEqual([42, -7, 3, 0, 1000]);
    expect([toFloat('0.1'), toFloat('1e30'), toFloat('-.5')]).toEqual([0.1, 1e30, -0.5]);
    expect(['12345678901234567890.12', '1e30', 0.1].map((one) => toDecimal(one).toFixed())).toEqual([
      '12345678901234567890.12',
      `1${'0'.repeat(30)}`,
      '0.1',
    ]);
  });

  test('what is no number, or none that an int can hold, fails', () => {
    const type = (run: () => unknown) => failureOf(run).type;
    for (const text of ['', 'abc', '1,5', '0x10', 'NaN', 'Infinity', '1e99999', null, undefined, NaN, true, {}]) {
      for (const convert of [toInt, toFloat, toDecimal]) expect(type(() => convert(text))).toBe('NotANumber');
    }
    for (const large of ['9007199254740992', 1e300, '-1e20']) {
      expect(type(() => toInt(large))).toBe('NotANumber');
      expect(type(() => floor(String(large)))).toBe('NotANumber');
      expect(type(() => round(String(large)))).toBe('NotANumber');
    }
    expect(failureOf(() => toInt('x'.repeat(99))).details).toEqual([{ value: `${'x'.repeat(60)}…` }]);
  });
});

describe('functions of numbers', () => {
  test('halves are rounded to the even neighbour', () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5, '2.5000001', 2.4].map(round)).toEqual([0, 2, 2, 0, -2, 3, 2]);
    expect(Object.is(round(-0.4), 0)).toBe(true);
    expect([roundFloat(2.675, 2), roundFloat(0.125, 2), roundFloat(1234.5, -2), roundFloat(-0.001, 2)]).toEqual([
      2.68, 0.12, 1200, 0,
    ]);
    expect(['1.005', '1.015', '-2.5'].map((one) => roundDecimal(one, 2).toFixed())).toEqual(['1', '1.02', '-2.5']);
    expect([roundDecimal('250', -2), roundDecimal('350', -2)].map((one) => one.toFixed())).toEqual(['200', '400']);
    expect(roundDecimal('1.5', 1e9).toFixed()).toBe('1.5');
  });

  test('the int below', () => {
    expect([1.9, -1.1, '-0.5', '7'].map(floor)).toEqual([1, -2, -1, 7]);
  });

  test('ranges', () => {
    expect([range(3), range(2, 5), range(0), range(5, 2), range(-2)]).toEqual([[0, 1, 2], [2, 3, 4], [], [], []]);
  });

  test('the least and the greatest', () => {
    expect(minDecimal('10', 9, '9.50').toFixed()).toBe('9');
    expect(maxDecimal('1e20', '100000000000000000000.1').toFixed()).toBe('100000000000000000000.1');
    const times = ['2026-01-02T03:00:00+02:00', '2026-01-02T02:00:00Z'] as const;
    expect([minTime(...times), maxTime(...times)]).toEqual(times);
  });
});

describe('integers', () => {
  test('a quotient has no fraction, a remainder the sign of the dividend; neither is -0', () => {
    expect([intQuotient(7, 2), intQuotient(-7, 2), intQuotient(7, -2)]).toEqual([3, -3, -3]);
    expect([intRemainder(7, 2), intRemainder(-7, 2), intRemainder(7, -2)]).toEqual([1, -1, 1]);
    expect(Object.is(intQuotient(-1, 2), 0)).toBe(true);
    expect(Object.is(intRemainder(-4, 2), 0)).toBe(true);
  });

  test('by zero', () => {
    for (const zero of [0, -0]) {
      expect(failureOf(() => intQuotient(1, zero))).toEqual(divisionByZero);
      expect(failureOf(() => intRemainder(1, zero))).toEqual(divisionByZero);
    }
  });
});

describe('checked reads', () => {
  test('what is there is given back', () => {
    for (const value of [0, '', false, [], {}]) expect(present(value, 'x')).toBe(value);
  });

  test('what is missing is named', () => {
    const missing = { type: 'MissingValue', nonRetryable: true, details: [{ name: 'order.note' }] };
    expect(failureOf(() => present(null, 'order.note'))).toEqual(missing);
    expect(failureOf(() => present(undefined, 'order.note'))).toEqual(missing);
    const items: string[] = ['a'];
    expect(present(items[0], 'items[0]')).toBe('a');
    for (const index of [1, -1, 0.5])
      expect(failureOf(() => present(items[index], 'items[i]')).type).toBe('MissingValue');
  });
});

describe('maps', () => {
  test('a map has its own keys only', () => {
    const map = JSON.parse('{"a": 1, "__proto__": 2}') as Record<string, number>;
    expect([entry(map, 'a'), entry(map, '__proto__'), entry(map, 'toString'), entry(map, 'b')]).toEqual([
      1,
      2,
      undefined,
      undefined,
    ]);
    expect(entry({ 1: 'one' }, 1)).toBe('one');
  });

  test('whatever a key is called, an entry is put under it, in place of the one before', () => {
    const map: Record<string, number> = { a: 1 };
    for (const [at, key] of ['a', '__proto__', '__proto__', 'constructor', 7].entries()) put(map, key, at);
    expect(Object.getPrototypeOf(map)).toBe(Object.prototype);
    expect(entries(map)).toEqual([
      ['7', 4],
      ['__proto__', 2],
      ['a', 0],
      ['constructor', 3],
    ]);
    expect(JSON.stringify(map)).toBe('{"7":4,"a":0,"__proto__":2,"constructor":3}');
  });

  test('keys come in ascending order, in a snapshot', () => {
    const map: Record<string, number> = { b: 1, 10: 2, 9: 3, a: 4 };
    const seen: string[] = [];
    for (const [key] of entries(map)) {
      seen.push(key);
      delete map['b'];
    }
    expect(seen).toEqual(['10', '9', 'a', 'b']);
    expect(intEntries({ 10: 'x', 9: 'y', '-1': 'z' })).toEqual([
      [-1, 'z'],
      [9, 'y'],
      [10, 'x'],
    ]);
  });
});

describe('keys and values', () => {
  test('are in the order of the keys', () => {
    const map = { b: 1, 10: 2, 9: 3 };
    expect([keys(map), values(map)]).toEqual([
      ['10', '9', 'b'],
      [2, 3, 1],
    ]);
    expect([intKeys({ 10: 'x', 9: 'y' }), intValues({ 10: 'x', 9: 'y' })]).toEqual([
      [9, 10],
      ['y', 'x'],
    ]);
  });
});

describe('times', () => {
  test.each([
    '2026-01-02T03:04:05Z',
    '2026-01-02T03:04:05.6Z',
    '2026-01-02T03:04:05.678912345+00:00',
    '2026-01-02t03:04:05.678z',
    '2024-02-29T23:59:59-11:30',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999999999Z',
  ])('%s is a time', (text) => expect(isTime(text)).toBe(true));

  test.each([
    '',
    '2026-01-02',
    '2026-01-02T03:04Z',
    '2026-01-02T03:04:05',
    '2026-01-02 03:04:05Z',
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-02T24:00:00Z',
    '2026-01-02T03:60:05Z',
    '2026-01-02T03:04:60Z',
    '2026-01-02T03:04:05.1234567890Z',
    '2026-01-02T03:04:05.Z',
    '2026-01-02T03:04:05+24:00',
    '2026-01-02T03:04:05+01:60',
    ' 2026-01-02T03:04:05Z',
    '2026-01-02T03:04:05Z\n',
    '1767322800000',
  ])('%j is none', (text) => expect(isTime(text)).toBe(false));

  test('what is computed is in UTC, with milliseconds', () => {
    expect(addToTime('2026-01-02T03:04:05.678912345+02:00', 0)).toBe('2026-01-02T01:04:05.678Z');
    expect(addToTime('2026-01-02T00:00:00Z', -1)).toBe('2026-01-01T23:59:59.999Z');
    expect(addToTime('2026-01-02T00:00:00-05:30', 86_400_000)).toBe('2026-01-03T05:30:00.000Z');
    expect(addToTime('0050-06-01T00:00:00Z', 1)).toBe('0050-06-01T00:00:00.001Z');
  });

  test('times compare by what they mean, to the nanosecond', () => {
    expect(compareTimes('2026-01-02T03:00:00Z', '2026-01-02T05:00:00.000000+02:00')).toBe(0);
    expect(compareTimes('2026-01-02T03:00:00.000000001Z', '2026-01-02T03:00:00Z')).toBeGreaterThan(0);
    expect(compareTimes('2026-01-02T03:00:00.1Z', '2026-01-02T03:00:00.100000001Z')).toBeLessThan(0);
    expect(compareTimes('2026-01-02T23:00:00-05:00', '2026-01-03T03:00:00Z')).toBeGreaterThan(0);
  });

  test('a difference is in milliseconds', () => {
    expect(subtractTimes('2026-01-02T03:00:01.5Z', '2026-01-02T04:00:00+01:00')).toBe(1500);
    expect(subtractTimes('2026-01-02T03:00:00Z', '2026-01-02T03:00:00.0019Z')).toBe(-1);
  });

  test('what cannot be read is a fault', () => {
    expect(() => addToTime('tomorrow', 1)).toThrow('"tomorrow" is not a time like 2026-01-02T03:04:05.678Z');
    expect(() => compareTimes('2026-01-02T03:00:00Z', '')).toThrow(RangeError);
  });
});
