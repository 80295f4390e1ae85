import { describe, expect, test } from 'vitest';
import { count, summary } from './test-counts.mjs';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((text) => {
    const [outcome, kind] = text.split(' ') as [string, string?];
    return { status: outcome, meta: { service: kind === 'service' } };
  }),
});

describe('count', () => {
  test('tests by outcome, those that need a service apart', () => {
    const testResults = [
      file('passed', 'passed', 'passed service', 'skipped service', 'todo'),
      file('failed', 'failed service'),
    ];
    expect(count({ testResults }, 1)).toEqual({ passed: 2, failed: 1, skipped: 2, service: { ran: 2, skipped: 1 } });
  });

  test('a file that could not be loaded is a failure', () => {
    expect(count({ testResults: [file('passed', 'passed'), file('failed')] }, 1)).toMatchObject({
      passed: 1,
      failed: 1,
    });
  });

  test('a hook that failed is a failure, whatever became of the tests', () => {
    expect(count({ testResults: [file('failed', 'skipped')] }, 1)).toMatchObject({ failed: 1, skipped: 1 });
  });

  test('an exit code that nothing explains is a failure', () => {
    expect(count({ testResults: [file('passed', 'passed')] }, 1)).toMatchObject({ passed: 1, failed: 1 });
    expect(count(undefined, 1)).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe('summary', () => {
  const counts = { passed: 5, failed: 1, skipped: 2, service: { ran: 0, skipped: 2 } };

  test('the last line adds the checks that failed', () => {
    expect(summary(counts, ['lint', 'types']).split('\n')).toEqual([
      'failed: lint',
      'failed: types',
      'Service tests: 0 ran, 2 skipped',
      '5 passed, 3 failed, 2 skipped',
    ]);
  });

  test('says why no service test ran', () => {
    expect(summary(counts, [], 'none')).toContain('Service tests: 0 ran, 2 skipped (none)\n');
  });
});
