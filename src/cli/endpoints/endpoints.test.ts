import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { useService } from '../../../fixtures/service.js';
import {
  applyEndpoint,
  EndpointConflictError,
  ensureEndpoints,
  listEndpoints,
  planEndpoint,
} from '../../../runtime/worker/index.js';
import { build } from '../../../tools/build.mjs';
import { memoryHost } from '../../host.js';
import { main } from '../main.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const service = useService();

const endpoint = (name: string, keys: readonly string[]) =>
  [`nexus_endpoint ${name}:`, ...keys.map((key) => `    ${key}`), '    services: [S]', ''].join('\n');
const rest = `
nexus_service S:
    operation Echo(text: string) -> string
`;
const leads = (queue: string) => ['target_namespace: payments', `target_task_queue: ${queue}`];

/** Runs a command on a program. */
async function run(text: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const said = { out: '', err: '' };
  const terminal = {
    env: { TEMPORAL_ADDRESS: service.address, ...env },
    interactive: false,
    out: (one: string) => void (said.out += one),
    err: (one: string) => void (said.err += one),
  };
  const code = await main(['endpoints', ...argv], terminal, memoryHost({ 'a.twf': text }, '/home'));
  return { code, ...said };
}

const own = (name: string) => service.endpointName(name);
const ownLines = (out: string) => out.split('\n').filter((line) => line.includes(`-t${service.tag}`));
const registered = async (name: string) => (await listEndpoints(service.connection)).filter((one) => one.name === name);

describe('a registry', () => {
  test('is compared, written, and compared again', async () => {
    const name = own('Plain');
    const text = endpoint(name, leads('one')) + rest;
    const before = await run(text, ['plan', '--check']);
    expect(before.code).toBe(1);
    const where = 'to the task queue `one` in the namespace `payments`';
    expect(ownLines(before.out)).toEqual([`+ ${name}: to be created; is to lead ${where}`]);
    expect(before.err).toBe(`The registry of ${service.address} is not as the program needs it.\n`);
    expect(await registered(name)).toEqual([]);

    const applied = await run(text, ['apply']);
    expect([applied.code, ownLines(applied.out)]).toEqual([0, [`+ ${name}: created`]]);
    const after = await run(text, ['plan', '--check']);
    expect([after.code, ownLines(after.out)]).toEqual([0, [`= ${name}: as it is; leads ${where}`]]);
    const again = await run(text, ['apply']);
    expect([again.code, ownLines(again.out)]).toEqual([0, [`= ${name}: unchanged`]]);
  });

  test('is updated where a target or a description differs, and keeps what the program does not say', async () => {
    const name = own('Updated');
    const target = { worker: { namespace: 'payments', taskQueue: 'one' } };
    await ensureEndpoints(service.connection, [{ name, description: 'before', target }]);

    expect((await run(endpoint(name, leads('two')) + rest, ['apply'])).code).toBe(0);
    expect(await registered(name)).toMatchObject([
      { description: 'before', target: { worker: { namespace: 'payments', taskQueue: 'two' } } },
    ]);
    const described = endpoint(name, [...leads('two'), 'description: "after"']) + rest;
    const plan = await run(described, ['plan']);
    expect(plan.code).toBe(0);
    expect(plan.out).toContain(`~ ${name}: to be updated\n    description: "before", is to be "after"\n`);
    expect(ownLines((await run(described, ['apply'])).out)).toEqual([`~ ${name}: updated`]);

    const elsewhere = endpoint(name, ['target_url: "http://localhost:9/x?a=b%20c"']) + rest;
    const url =
      'leads to the task queue `two` in the namespace `payments`, is to lead to the URL http://localhost:9/x?a=b%20c';
    expect((await run(elsewhere, ['plan'])).out).toContain(url);
    expect((await run(elsewhere, ['apply'])).code).toBe(0);
    expect(await registered(name)).toMatchObject([
      { description: 'after', target: { external: { url: 'http://localhost:9/x?a=b%20c' } } },
    ]);
  });

  test('keeps hostile names and descriptions as they are, and none of them moves a terminal or forges a line', async () => {
    const name = own('h'.repeat(180));
    const description = '"; rm -rf / $(id) `id` ${x} %{y} <b>\n+ forged: created\r\u001b[2J\u0000 \u202e\\ é 😀 \'';
    const queue = "q'; drop $(id) `id` \u001b[31m";
    const target = { worker: { namespace: 'payments', taskQueue: queue } };
    await ensureEndpoints(service.connection, [{ name, description, target }]);
    expect(await registered(name)).toMatchObject([{ description, target }]);
    const { out } = await run(endpoint(name, [...leads('q'), 'description: "mild"']) + rest, ['plan']);
    const shown = out
      .slice(out.indexOf(`~ ${name}`))
      .split('\n')
      .slice(0, 3);
    expect(shown[0]).toBe(`~ ${name}: to be updated`);
    expect(shown[1]).toContain("leads to the task queue `q'; drop $(id) `id` ␛[31m` in");
    expect(shown[2]).toContain('is to be "mild"');
    expect([...out].filter((one) => '\u001b\u0000\u202e'.includes(one))).toEqual([]);
    expect(out).not.toMatch(/^\+ forged/m);
    const json = await run(endpoint(name, leads('q')) + rest, ['plan', '--format', 'json']);
    const plan = JSON.parse(json.out) as { endpoints: unknown };
    expect(plan.endpoints).toEqual([
      {
        name,
        action: 'update',
        target: { worker: { namespace: 'payments', taskQueue: 'q' } },
        description: null,
        registered: { target, description },
      },
    ]);
  });

  test('loses nothing that the program does not have, and lacks what it only calls', async () => {
    const [kept, missing] = [own('Kept'), own('Missing')];
    const target = { worker: { namespace: 'payments', taskQueue: 'one' } };
    await ensureEndpoints(service.connection, [{ name: kept, target }]);
    const calls = `${rest}
workflow W() -> string:
    options(timeout: 1m)
    nexus "${missing}" workflow Echo("a") -> text
    close text
`;
    const plan = await run(calls, ['plan', '--check']);
    expect(plan.code).toBe(1);
    expect(ownLines(plan.out)).toContain(`! ${missing}: it is called, and neither the registry nor the program has it`);
    expect(ownLines(plan.out).join('\n')).toContain(`  ${kept}: not in the program, left alone;`);
    expect((await run(calls, ['apply'])).code).toBe(0);
    expect(await registered(kept)).toHaveLength(1);
    expect(await registered(missing)).toEqual([]);
  });

  test('that refuses says why, and the other endpoints are written', async () => {
    const [bad, good] = [own('Bad'), own('Good')];
    const text =
      endpoint(bad, ['target_namespace: absent', 'target_task_queue: q']) + endpoint(good, leads('q')) + rest;
    const { code, out } = await run(text, ['apply']);
    expect(code).toBe(2);
    expect(ownLines(out)[0]).toBe(`+ ${good}: created`);
    expect(out).toContain('error[registry-refuses]');
    expect(out).toMatch(/namespace/);
  });
});

describe('two at once', () => {
  test('a version that somebody else has made since is a conflict, and nothing is overwritten', async () => {
    const name = own('Raced');
    const at = (taskQueue: string) => ({ name, target: { worker: { namespace: 'payments', taskQueue } } });
    const { connection } = service;
    const missing = planEndpoint(at('mine'), undefined);
    await ensureEndpoints(connection, [at('theirs')]);
    await expect(applyEndpoint(connection, missing)).rejects.toThrow(EndpointConflictError);
    const [read] = await registered(name);
    await ensureEndpoints(connection, [at('again')]);
    await expect(applyEndpoint(connection, planEndpoint(at('mine'), read))).rejects.toMatchObject({ how: 'changed' });
    expect(await registered(name)).toMatchObject([at('again')]);
    // The same is no conflict.
    expect(await applyEndpoint(connection, planEndpoint(at('again'), read))).toMatchObject({ action: 'unchanged' });
    expect(await applyEndpoint(connection, planEndpoint(at('again'), undefined))).toMatchObject({
      action: 'unchanged',
    });
  });

  test('50 runs of five processes make one endpoint, and each run succeeds or meets a conflict', async () => {
    const folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'twfc-endpoints-')));
    const dist = fs.mkdtempSync(join(root, 'node_modules/.twfc-test-'));
    onTestFinished(() => {
      for (const one of [folder, dist]) fs.rmSync(one, { recursive: true });
    });
    expect(await build(['cli'], dist)).toEqual([]);
    const name = own('Fifty');
    const programs = ['one', 'two'].map((queue) => {
      const path = join(folder, `${queue}.twf`);
      fs.writeFileSync(path, endpoint(name, [...leads(queue), `description: "of ${queue}"`]) + rest);
      return path;
    });
    const ended = await Promise.all(
      [0, 1, 2, 3, 4].map(async (process) => {
        const results = [];
        for (let turn = 0; turn < 10; turn++) {
          const program = programs[(process + turn) % programs.length]!;
          results.push(await command(join(dist, 'twfc.cjs'), ['endpoints', 'apply', program, '-q']));
        }
        return results;
      }),
    );
    const runs = ended.flat();
    expect(runs).toHaveLength(50);
    for (const { code, out, err } of runs) {
      expect(err).toBe('');
      if (code === 0) expect(ownLines(out)[0]).toMatch(new RegExp(`^[+~=] ${name}: (created|updated|unchanged)$`));
      else expect([code, out]).toEqual([2, expect.stringContaining('error[endpoint-conflict]')]);
    }
    expect(runs.filter(({ out }) => out.includes(`${name}: created`))).toHaveLength(1);
    expect(await registered(name)).toHaveLength(1);
  });
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function command(executable: string, argv: readonly string[]): Promise<Ended> {
  const child: ChildProcess = spawn(process.execPath, [executable, ...argv], {
    env: { ...process.env, TEMPORAL_ADDRESS: service.address },
  });
  const said = { out: '', err: '' };
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })));
}

describe('without a service', () => {
  let address: string;
  const server = createServer((socket) => socket.destroy());
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  afterAll(() => server.close());

  test('one message says so', async () => {
    const { code, out } = await run(endpoint('Any', leads('q')) + rest, ['plan'], { TEMPORAL_ADDRESS: address });
    expect(code).toBe(2);
    expect(out).toContain(`error[no-registry]: The registry of the Temporal Service at ${address} cannot be read: `);
    expect(out.match(/^error\[/gm)).toHaveLength(1);
  }, 30_000);

  test('one message says that a profile cannot be read', async () => {
    const env = { TEMPORAL_CONFIG_FILE: '/absent/temporal.toml', TEMPORAL_PROFILE: 'absent' };
    const { code, out } = await run(endpoint('Any', leads('q')) + rest, ['plan'], env);
    expect([code, out.match(/^error\[no-registry\]/gm)]).toEqual([2, ['error[no-registry]']]);
  });
});
