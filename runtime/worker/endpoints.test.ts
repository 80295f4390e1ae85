import { describe, expect, test } from 'vitest';
import { useService } from '../../fixtures/service.js';
import { ensureEndpoints, type EndpointSpec, removeEndpoints } from './endpoints.js';
import { ensureNamespaces } from './namespaces.js';

const service = useService();

describe('endpoints', () => {
  const [first, second, third] = ['First', 'Second', 'Third'].map((name) => `${name}-${service.tag}`) as [
    string,
    string,
    string,
  ];
  const onQueue = (name: string, taskQueue: string): EndpointSpec => ({
    name,
    target: { worker: { namespace: 'payments', taskQueue } },
  });
  const at = (name: string, url: string): EndpointSpec => ({ name, target: { external: { url } } });

  test('are created, updated where they differ, and removed by name', async () => {
    const { connection } = service;
    const ensure = async (...specs: EndpointSpec[]) =>
      (await ensureEndpoints(connection, specs)).map(({ action }) => action);
    expect(await ensure(onQueue(first, 'payments'), at(second, 'http://localhost:1'))).toEqual(['created', 'created']);
    expect(await ensure(onQueue(first, 'payments'), at(second, 'http://localhost:1'))).toEqual([
      'unchanged',
      'unchanged',
    ]);
    expect(await ensure(onQueue(first, 'other'), at(second, 'http://localhost:2'))).toEqual(['updated', 'updated']);
    expect(await ensure(onQueue(second, 'other'))).toEqual(['updated']);

    const { endpoints } = await connection.operatorService.listNexusEndpoints({ name: second });
    expect(endpoints[0]!.spec!.target!.worker).toMatchObject({ namespace: 'payments', taskQueue: 'other' });

    expect(await removeEndpoints(connection, [first, third, second])).toEqual([first, second]);
    expect(await removeEndpoints(connection, [first])).toEqual([]);
  });

  test('may be ensured by several at once', async () => {
    const { connection } = service;
    const queues = ['a', 'b', 'c', 'd'];
    const changes = await Promise.all(queues.map((queue) => ensureEndpoints(connection, [onQueue(third, queue)])));
    expect(new Set(changes.flat().map(({ id }) => id)).size).toBe(1);
    expect(changes.flat().filter(({ action }) => action === 'created')).toHaveLength(1);
    await removeEndpoints(connection, [third]);
  });

  test('need a namespace that exists', async () => {
    const spec = { name: first, target: { worker: { namespace: `absent-${service.tag}`, taskQueue: 'q' } } };
    await expect(ensureEndpoints(service.connection, [spec])).rejects.toThrow(/namespace/);
  });
});

test('namespaces are registered once, and usable then', async () => {
  const name = `fresh-${service.tag}`;
  expect(await ensureNamespaces(service.connection, ['orders', name])).toEqual([name]);
  const options = { taskQueue: 'nobody', workflowId: 'one' };
  const handle = await service.client(name).workflow.start('Any', options);
  expect((await handle.describe()).status.name).toBe('RUNNING');
  expect(await ensureNamespaces(service.connection, ['orders', name])).toEqual([]);
});
