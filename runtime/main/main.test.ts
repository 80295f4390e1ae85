import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { main, withWorkflows, type WorkerEntry } from './index.js';

const entry = (dependencies: string | undefined): WorkerEntry => ({
  namespace: 'orders',
  taskQueue: 'orders',
  dependencies,
  create: () => Promise.reject(new Error('not to be created')),
});

describe('withWorkflows', () => {
  test('names the module beside the one that asks, which is of the same sort', () => {
    const path = (url: string) => withWorkflows('orders.workflows', url, {}).workflowsPath;
    expect(path('file:///out/workers.ts')).toBe('/out/orders.workflows.ts');
    expect(path('file:///out/workers.js')).toBe('/out/orders.workflows.js');
  });

  test('leaves a bundle alone', () => {
    const options = { workflowBundle: { code: '' } };
    expect(withWorkflows('orders.workflows', 'file:///out/workers.js', options)).toBe(options);
  });
});

describe('main', () => {
  const [node = '', script = ''] = process.argv;
  const url = import.meta.url;
  let said = '';

  const call = async (...args: string[]) => {
    process.argv = [node, fileURLToPath(url), ...args];
    await main({ orders: entry('orders'), payments: entry(undefined) }, url);
    return process.exitCode;
  };

  beforeEach(() => {
    said = '';
    vi.spyOn(console, 'error').mockImplementation((text: string) => void (said += text));
  });

  afterEach(() => {
    vi.restoreAllMocks();
    process.argv = [node, script];
    process.exitCode = undefined;
  });

  test('does nothing where the module is only imported', async () => {
    process.argv = [node, script];
    await main({ orders: entry('orders') }, url);
    expect([said, process.exitCode]).toEqual(['', undefined]);
  });

  test('a worker in several places is found by its namespace', async () => {
    const made: string[] = [];
    const at = (namespace: string, taskQueue: string): WorkerEntry => ({
      worker: 'payments',
      namespace,
      taskQueue,
      dependencies: `${namespace}-${taskQueue}`,
      create: () => Promise.reject(new Error('not to be created')),
    });
    const places = {
      'payments-eu': at('eu', 'pay'),
      'payments-us-pay': at('us', 'pay'),
      'payments-us-fast': at('us', 'fast'),
    };
    const ask = async (...args: string[]) => {
      said = '';
      process.argv = [node, fileURLToPath(url), ...args];
      await main(places, url);
      made.push(/exports `(.*?)`|workers are: (.*)/.exec(said)?.slice(1).join('') ?? said);
    };
    await ask('--worker', 'payments', '--namespace', 'eu');
    await ask('--worker', 'payments-us-fast');
    await ask('--worker', 'payments', '--namespace', 'us');
    await ask('--worker', 'payments');
    const all = 'payments-eu, payments-us-pay, payments-us-fast';
    expect(made).toEqual(['eu-pay', 'us-fast', all, all]);
  });

  test.each([
    [[], 'The workers are: orders, payments'],
    [['--worker', 'constructor'], 'The workers are: orders, payments'],
    [['--nothing'], "Unknown option '--nothing'"],
    [['--worker', 'orders'], 'name the module that exports `orders`'],
    [['--worker', 'orders', '--dependencies', fileURLToPath(url)], 'does not export `orders`'],
  ])('%j is answered with how to call it', async (args, answer) => {
    expect(await call(...args)).toBe(2);
    expect(said).toContain(answer);
  });
});
