import { describe, expect, test } from 'vitest';
import { camelCase, freeName, isReserved, pascalCase } from './reserved.js';

describe('names of generated things', () => {
  test.each([
    ['CancelOrder', 'cancelOrder', 'CancelOrder'],
    ['HTTPStatus', 'httpStatus', 'HttpStatus'],
    ['ID', 'id', 'Id'],
    ['payments-worker', 'paymentsWorker', 'PaymentsWorker'],
    ['snake_case_name', 'snakeCaseName', 'SnakeCaseName'],
    ['2nd', '_2nd', '_2nd'],
    ['', '_', '_'],
  ])('%s: %s, %s', (name, camel, pascal) => {
    expect(camelCase(name)).toBe(camel);
    expect(pascalCase(name)).toBe(pascal);
  });

  test('the first that is free', () => {
    const taken = new Set(['run', 'workflowRun', 'workflowRun_']);
    expect(freeName(['other', 'run'], (name) => taken.has(name))).toBe('other');
    expect(freeName(['run', 'workflowRun'], (name) => taken.has(name))).toBe('workflowRun__');
  });

  test('words and globals that nothing may be called', () => {
    expect(['delete', 'await', 'Promise', 'Map'].every(isReserved)).toBe(true);
    expect(['order', 'timer', 'type'].some(isReserved)).toBe(false);
  });
});
