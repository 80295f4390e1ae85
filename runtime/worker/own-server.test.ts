import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterEach, beforeEach, describe, expect, test, type TestContext } from 'vitest';
import { useService } from '../../fixtures/service.js';
import { findService, NoServiceError, type FindServiceOptions, type Service } from './service.js';

useService();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twfc-server-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A server of our own, even where a service runs already. */
async function start(context: TestContext, options: FindServiceOptions = { namespaces: [] }): Promise<Service> {
  try {
    return await findService({ ...options, env: { ...process.env, TEMPORAL_ADDRESS: '' } });
  } catch (error) {
    if (!(error instanceof NoServiceError)) throw error;
    return context.skip(error.message);
  }
}

async function withClient<T>({ address }: Service, namespace: string, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await use(new Client({ connection, namespace }));
  } finally {
    await connection.close();
  }
}

const begin = (client: Client) => client.workflow.start('Any', { taskQueue: 'nobody', workflowId: 'one' });
const status = async (client: Client) => (await client.workflow.getHandle('one').describe()).status.name;

describe('a server of our own', () => {
  test('has its namespaces from the start', async (context) => {
    const service = await start(context, { namespaces: ['orders', 'payments'] });
    for (const namespace of ['orders', 'payments', 'default']) {
      await withClient(service, namespace, async (client) => {
        await begin(client);
        expect(await status(client)).toBe('RUNNING');
      });
    }
    await service.stop();
  });

  test('that is killed is noticed; in a file it keeps its state, and gets the namespaces that it lacks', async (context) => {
    const databaseFile = join(folder, 'new', 'temporal.db');
    const first = await start(context, { namespaces: ['orders'], databaseFile });
    await withClient(first, 'orders', begin);
    process.kill(first.pid!, 'SIGKILL');
    expect(await first.exited).toMatchObject({ signal: 'SIGKILL', expected: false });

    const second = await start(context, { namespaces: ['orders', 'payments'], databaseFile });
    expect(await withClient(second, 'orders', status)).toBe('RUNNING');
    await withClient(second, 'payments', begin);
    await second.stop();
  });
});

describe('a server ends with the process that started it', () => {
  const goOn = 'setInterval(() => {}, 1000);';

  test.each([
    ['its program ends', '', 0],
    ['it throws', "setTimeout(() => { throw new Error('on purpose'); });", 1],
  ])('when %s', async (_, code, exitCode) => {
    const parent = await startParent(code);
    expect(await parent.exit).toEqual([exitCode, null]);
    await expectGone(parent.server);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('by %s', async (signal) => {
    const parent = await startParent(goOn);
    parent.child.kill(signal);
    expect(await parent.exit).toEqual([null, signal]);
    await expectGone(parent.server);
  });

  test('by SIGKILL, when it is not the Temporal CLI', async (context) => {
    const parent = await startParent(goOn);
    parent.child.kill('SIGKILL');
    await parent.exit;
    if (parent.source === 'cli' || parent.source === 'download') {
      process.kill(parent.server, 'SIGKILL');
      context.skip('the Temporal CLI does not notice that its parent is gone');
    }
    await expectGone(parent.server);
  });

  test('but not before it has finished its work, after Ctrl-C in a terminal', async () => {
    const parent = await startParent(`
      process.on('SIGINT', async () => {
        await Connection.connect({ address: service.address });
        process.exit(4);
      });
      ${goOn}
    `);
    // A terminal sends it to the whole process group.
    process.kill(-parent.child.pid!, 'SIGINT');
    expect(await parent.exit).toEqual([4, null]);
    await expectGone(parent.server);
  });
});

interface Parent {
  readonly child: ChildProcess;
  readonly exit: Promise<unknown[]>;
  /** The process id of the server that it has started. */
  readonly server: number;
  readonly source: string;
}

/** A process that starts a server, and then runs `code`. */
async function startParent(code: string): Promise<Parent> {
  const program = `
    import { Connection } from '@temporalio/client';
    import { findService } from ${JSON.stringify(new URL('service.ts', import.meta.url).href)};
    const service = await findService({ namespaces: [], env: { ...process.env, TEMPORAL_ADDRESS: '' } });
    await new Promise((resolve) => process.stdout.write(JSON.stringify(service), resolve));
    ${code}
  `;
  const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', program];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  const exit = once(child, 'exit');
  const [text] = (await Promise.race([once(child.stdout, 'data'), exit])) as [unknown];
  if (!Buffer.isBuffer(text)) throw new Error('no server could be started');
  const { pid, source } = JSON.parse(text.toString()) as { pid: number; source: string };
  return { child, exit, server: pid, source };
}

async function expectGone(pid: number): Promise<void> {
  await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
