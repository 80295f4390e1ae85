import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeExecutable, fakeTemporal } from '../../../fixtures/executables.js';
import { freePorts, type Ports, startServer } from './start.js';

let folder: string;
let taken: Server;
let takenPort: number;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twfc-start-'));
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  takenPort = (taken.address() as { port: number }).port;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  taken.close();
});

function start(script: string, ports: () => Promise<Ports> = freePorts, signal?: AbortSignal) {
  const path = fakeExecutable(folder, 'temporal', script);
  const options = { namespaces: ['orders', 'payments'], env: process.env, ports, signal };
  return startServer({ path, kind: 'cli', source: 'cli' }, options);
}

function expectGone() {
  const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
}

/** The ports of each attempt: first, some times, the one that is taken. */
function attempts(taken: number) {
  const tried: number[] = [];
  const ports = async () => {
    const { grpc, http } = await freePorts();
    const chosen = tried.length < taken ? takenPort : grpc;
    tried.push(chosen);
    return { grpc: chosen, http };
  };
  return { ports, tried };
}

test('a server is told its ports, its namespaces, and to allow callbacks', async () => {
  const service = await start(`echo "$@" >'${folder}/arguments'; ${fakeTemporal('1.31.0')}`);
  const { address, httpAddress, version, own, source, pid } = service;
  expect({ version, own, source }).toEqual({ version: '1.31.0', own: true, source: 'cli' });
  expect(address).not.toBe(httpAddress);
  expect(() => process.kill(pid!, 0)).not.toThrow();
  const [grpc, http] = [address, httpAddress!].map((each) => each.split(':')[1]);
  const given = readFileSync(join(folder, 'arguments'), 'utf8');
  expect(given).toContain('server start-dev --headless --ip 127.0.0.1');
  expect(given).toContain(`--port ${grpc} --http-port ${http}`);
  expect(given).toContain('--namespace orders --namespace payments');
  expect(given).toContain(
    `callback.endpoint.template="http://127.0.0.1:${http}/namespaces/{{.NamespaceName}}/nexus/callback"`,
  );
  await service.stop();
  expect(await service.exited).toMatchObject({ signal: 'SIGKILL', expected: true });
});

describe('a port that somebody else has taken in the meantime', () => {
  test('is given up for another', async () => {
    const { ports, tried } = attempts(2);
    const service = await start(fakeTemporal('1.31.0'), ports);
    expect(service.address).toBe(`127.0.0.1:${tried[2]}`);
    await service.stop();
  });

  test('is not tried for ever', async () => {
    const { ports, tried } = attempts(100);
    await expect(start(fakeTemporal('1.31.0'), ports)).rejects.toThrow('address already in use');
    expect(tried).toHaveLength(5);
  });

  test('is not mistaken for ours, even if a Temporal Service answers there', async () => {
    const other = await start(fakeTemporal('1.99.0'));
    const grpc = Number(other.address.split(':')[1]);
    let first = true;
    const ports = async () => {
      const free = await freePorts();
      const chosen = first ? { ...free, grpc } : free;
      first = false;
      return chosen;
    };
    const mine = await start(fakeTemporal('1.31.0'), ports);
    expect(mine.version).toBe('1.31.0');
    expect(mine.address).not.toBe(other.address);
    await Promise.all([other.stop(), mine.stop()]);
  });
});

describe('a server that does not come up', () => {
  test('says what it wrote', async () => {
    await expect(start(`echo 'no such flag: --headless' >&2; exit 3`)).rejects.toThrow(
      'exited with code 3: no such flag: --headless',
    );
  });

  test('because its executable is none', async () => {
    const options = { namespaces: [], env: process.env };
    const executable = { path: join(folder, 'absent'), kind: 'cli', source: 'cli' } as const;
    await expect(startServer(executable, options)).rejects.toThrow(/could not be started: spawn .*absent ENOENT/);
  });

  test('because it is too old is ended', async () => {
    await expect(start(`echo $$ >'${folder}/pid'; ${fakeTemporal('1.30.4')}`)).rejects.toThrow(
      'server 1.30.4 is older than 1.31',
    );
    expectGone();
  });

  test('because nobody wants it any more is ended', async () => {
    const starting = start(`echo $$ >'${folder}/pid'; ${fakeTemporal('silent')}`, freePorts, AbortSignal.timeout(1000));
    await expect(starting).rejects.toThrow(/abort/i);
    expectGone();
  });
});

test('a server that is killed while it is used is noticed', async () => {
  const service = await start(fakeTemporal('1.31.0'));
  process.kill(service.pid!, 'SIGTERM');
  expect(await service.exited).toEqual({ code: null, signal: 'SIGTERM', output: '', expected: false });
});

test('free ports are different', async () => {
  const { grpc, http } = await freePorts();
  expect(grpc).not.toBe(http);
});
