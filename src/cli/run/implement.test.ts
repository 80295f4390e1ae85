import { describe, expect, test } from 'vitest';
import { completed, missingIn } from './implement.js';
import type { Need } from './protocol.js';

const needs: readonly Need[] = [
  { kind: 'function', name: 'alert', sample: null },
  { kind: 'constant', name: 'LIMIT', sample: 1 },
  {
    kind: 'group',
    name: 'bank',
    members: [
      { kind: 'function', name: 'charge', sample: { receipt: 'sample receipt' } },
      { kind: 'function', name: 'refund', sample: 'sample refund' },
    ],
  },
];

class Bank {
  private readonly name = 'bank';
  async charge(amount: string) {
    return `${this.name} charged ${amount}`;
  }
}

test('what is missing has dotted names', () => {
  expect(missingIn(needs, undefined)).toEqual(['alert', 'LIMIT', 'bank.charge', 'bank.refund']);
  expect(missingIn(needs, { alert: 'no function', LIMIT: 0, bank: new Bank() })).toEqual(['alert', 'bank.refund']);
});

describe('samples', () => {
  test('stand in for what is missing, and say so once', async () => {
    const told: unknown[] = [];
    const all = completed(needs, { bank: new Bank() }, (...sample) => told.push(sample)) as {
      LIMIT: number;
      bank: { charge(amount: string): Promise<string>; refund(): Promise<string> };
    };
    expect(all.LIMIT).toBe(1);
    expect(await all.bank.charge('5')).toBe('bank charged 5');
    expect(await all.bank.refund()).toBe('sample refund');
    expect(await all.bank.refund()).toBe('sample refund');
    expect(told).toEqual([
      ['LIMIT', 1],
      ['bank.refund', 'sample refund'],
    ]);
  });

  test('are new every time', async () => {
    const { bank } = completed(needs, {}, () => undefined) as { bank: { charge(): Promise<{ receipt: string }> } };
    (await bank.charge()).receipt = 'changed';
    expect(await bank.charge()).toEqual({ receipt: 'sample receipt' });
  });
});
