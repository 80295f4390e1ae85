import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeExecutable, fakeTemporal } from '../../fixtures/executables.js';
import { findService, NoServiceError } from './service.js';

const sdk = createRequire(import.meta.url)('@temporalio/testing/package.json') as { version: string };

let folder: string;
let bin: string;
let env: NodeJS.ProcessEnv;
let said: string[];
const find = () => findService({ namespaces: ['orders'], env, log: (line) => said.push(line) });

/** Where nothing is to be found: each test adds what it looks for. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twfc-service-'));
  bin = join(folder, 'bin');
  mkdirSync(bin);
  mkdirSync(join(folder, 'twfc'));
  env = { PATH: bin, XDG_CACHE_HOME: folder };
  said = [];
  const failed = { at: new Date().toISOString(), reason: 'no network' };
  writeFileSync(join(folder, 'twfc', `temporal-${sdk.version}.failed.json`), JSON.stringify(failed));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A Go that builds a server of a version. */
function fakeGo(version: string) {
  const server = fakeExecutable(folder, 'server', fakeTemporal(version));
  fakeExecutable(
    bin,
    'go',
    `if [ "$1" = build ]; then
       while [ "$1" != -o ]; do shift; done
       /bin/cp '${server}' "$2"
     else echo "$1"
     fi`,
  );
}

async function reasons(): Promise<Record<string, string>> {
  const error = await find().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NoServiceError);
  return Object.fromEntries((error as NoServiceError).reasons.map(({ candidate, reason }) => [candidate, reason]));
}

describe('the first candidate that works is taken', () => {
  test('a service that runs already: it is not touched', async () => {
    env['TEMPORAL_CLI'] = fakeExecutable(bin, 'cli', fakeTemporal('1.32.0'));
    const running = await find();
    env['TEMPORAL_ADDRESS'] = running.address;
    env['TEMPORAL_HTTP_ADDRESS'] = 'localhost:7243';
    const found = await find();
    expect(found).toMatchObject({ address: running.address, httpAddress: 'localhost:7243', version: '1.32.0' });
    expect(found).toMatchObject({ own: false, source: 'environment' });
    expect(found.pid).toBeUndefined();
    await found.stop();
    expect(() => process.kill(running.pid!, 0)).not.toThrow();
    await running.stop();
  });

  test('TEMPORAL_CLI before the PATH', async () => {
    env['TEMPORAL_CLI'] = fakeExecutable(folder, 'mine', fakeTemporal('1.40.0'));
    fakeExecutable(bin, 'temporal', fakeTemporal('1.31.0'));
    const service = await find();
    expect(service).toMatchObject({ version: '1.40.0', source: 'cli', own: true });
    await service.stop();
    expect(said).toEqual([]);
  });

  test('the PATH before a build', async () => {
    fakeExecutable(bin, 'temporal', fakeTemporal('1.31.0'));
    fakeGo('1.50.0');
    const service = await find();
    expect(service).toMatchObject({ version: '1.31.0', source: 'cli' });
    await service.stop();
  });

  test('a download before a build', async () => {
    fakeExecutable(join(folder, 'twfc'), `temporal-${sdk.version}`, fakeTemporal('1.45.0'));
    fakeGo('1.50.0');
    const service = await find();
    expect(service).toMatchObject({ version: '1.45.0', source: 'download' });
    await service.stop();
  });

  test('a build, which the next search finds', async () => {
    fakeGo('1.50.0');
    const built = await find();
    expect(built).toMatchObject({ version: '1.50.0', source: 'build' });
    await built.stop();
    const cached = await find();
    expect(cached).toMatchObject({ version: '1.50.0', source: 'cache' });
    await cached.stop();
  });
});

describe('the next is tried', () => {
  test('after a service that does not answer, and a CLI that is too old; both are named', async () => {
    env['TEMPORAL_ADDRESS'] = '127.0.0.1:1';
    env['TEMPORAL_CLI'] = fakeExecutable(bin, 'old', fakeTemporal('1.25.0'));
    fakeExecutable(bin, 'temporal', fakeTemporal('1.31.0'));
    const service = await find();
    expect(service).toMatchObject({ version: '1.31.0', source: 'cli' });
    await service.stop();
    expect(said).toEqual([
      'TEMPORAL_ADDRESS cannot be used: connect ECONNREFUSED 127.0.0.1:1',
      'TEMPORAL_CLI cannot be used: server 1.25.0 is older than 1.31',
    ]);
  });

  test('after a build that does not start, which is not built again', async () => {
    fakeGo('1.25.0');
    expect(await reasons()).toMatchObject({ 'a build from source': 'server 1.25.0 is older than 1.31' });
    expect(await reasons()).toMatchObject({
      'a copy built earlier': 'server 1.25.0 is older than 1.31',
      'a build from source': expect.stringMatching(/temporal-dev-server-\w+-\w+ is built already$/),
    });
  });
});

describe('when nothing works', () => {
  test('each candidate is listed with its reason, and what to do', async () => {
    env['TEMPORAL_CLI'] = fakeExecutable(bin, 'broken', `echo 'cannot execute' >&2; exit 126`);
    const error = (await find().catch((thrown: unknown) => thrown)) as NoServiceError;
    expect(error.message.replaceAll(folder, 'FOLDER').replaceAll(sdk.version, 'SDK').split('\n')).toEqual([
      'no Temporal Service could be had. Tried, in this order:',
      '  TEMPORAL_ADDRESS: not set',
      '  TEMPORAL_CLI: exited with code 126: cannot execute',
      '  `temporal` on the PATH: not found',
      '  a copy built earlier: none in FOLDER/twfc',
      '  the download of the Temporal SDK: no network (tried earlier today; remove FOLDER/twfc/temporal-SDK.failed.json to try again)',
      '  a build from source: Go is not on the PATH',
      'Set TEMPORAL_ADDRESS to one that runs, or install the Temporal CLI: https://docs.temporal.io/cli',
    ]);
  });

  test('a cache folder that cannot be made is a reason, too', async () => {
    writeFileSync(join(folder, 'file'), '');
    env['XDG_CACHE_HOME'] = join(folder, 'file');
    expect(await reasons()).toMatchObject({ 'a copy built earlier': expect.stringContaining('ENOTDIR') });
  });
});

test('a search can be given up', async () => {
  fakeExecutable(bin, 'temporal', `echo $$ >'${folder}/pid'; ${fakeTemporal('silent')}`);
  const signal = AbortSignal.timeout(1000);
  await expect(findService({ namespaces: [], env, signal })).rejects.toThrow(/abort/i);
  expect(() => process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0)).toThrow('ESRCH');
});
