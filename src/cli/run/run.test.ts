import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Ended, useCli } from '../../../fixtures/cli.js';
import { useService } from '../../../fixtures/service.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const cli = useCli();
const service = useService(['shop']);

const program = `workflow Order(id: string, patience: duration) -> Receipt:
    activity Reserve(id) -> reservation
    if reservation == "none":
        raise OutOfStock("nothing is left of {id}", reservation)
    await timer(patience)
    close Receipt{id: id, reservation: reservation}

activity Reserve(id: string) -> string:
    options(timeout: 30s, retry: {maxAttempts: 1})
    return warehouse.reserve(id)
`;
const config = { namespace: 'shop', taskQueue: 'orders' };

const found = () => ({ ...process.env, TEMPORAL_ADDRESS: service.address });
const own = () => ({ ...process.env, TEMPORAL_ADDRESS: '' });

const dependencies = (code: string) => ({
  'twfc.json': JSON.stringify({ ...config, dependencies: './dependencies.ts' }),
  'dependencies.ts': `export const orders = { warehouse: { async reserve(id: string) { ${code} } } };`,
  'a.twf': program,
});
const reserving = dependencies('return `reserved ${id}`;');
const inputs = (patience: string) => ['--input', '"1"', '--input', JSON.stringify(patience)];

/** One message, without a trace of our own code. */
function expectOneError({ code, out, err }: Ended, message: string) {
  expect(out).toContain(message);
  expect(out.match(/^error\[/gm)).toHaveLength(1);
  expect(`${out}${err}`).not.toMatch(/\n\s+at .*\.[cm]?[jt]s:\d|internal-error/);
  expect(code).toBe(2);
}

describe('on a service that was found', () => {
  test('the result is one line of JSON, the last on stdout', async () => {
    const files = dependencies('console.log("reserving\\u001b[31m"); return `reserved\\n${id}`;');
    const { code, out, err } = await cli.run(files, inputs('10ms'), found()).ended;
    expect([code, out]).toEqual([0, '{"id":"1","reservation":"reserved\\n1"}\n']);
    expect(err).toBe('no errors in 1 file\n| reserving␛[31m\n');
  });

  test('--trace tells what happens, with the lines of the program', async () => {
    const id = `order-${service.tag}`;
    const { code, err } = await cli.run(reserving, [...inputs('10ms'), '--trace', '-q', '--workflow-id', id], found())
      .ended;
    expect(code).toBe(0);
    expect(err.trim().split('\n')).toEqual(
      [
        'started  (a.twf:1)',
        'activity Reserve scheduled  (a.twf:2)',
        'activity Reserve completed  (a.twf:2)',
        'timer of 0.01 s started  (a.twf:5)',
        'timer of 0.01 s fired  (a.twf:5)',
        'completed',
      ].map((text) => `shop  Order ${id}  ${text}`),
    );
  });

  test('a workflow that fails says why, and where', async () => {
    const { code, out, err } = await cli.run(dependencies('return "none";'), [...inputs('10ms'), '-q'], found()).ended;
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^Order \(Order-[0-9a-f]{8}\) in shop: Workflow execution failed\n/m);
    expect(err).toMatch(/\n {2}OutOfStock: nothing is left of 1\n {4}details: "none"\n {4}at a\.twf:4\n$/);
  });

  test('an activity that fails says why, and where it was called', async () => {
    const files = dependencies('throw new Error("closed\\nOrder failed");');
    const { code, err } = await cli.run(files, [...inputs('10ms'), '-q'], found()).ended;
    expect(code).toBe(1);
    expect(err).toMatch(
      /\n {2}activity Reserve: Activity task failed\n {4}at a\.twf:2\n {2}caused by Error: closed␊Order failed\n$/,
    );
  });

  test('what nobody implements is an error', async () => {
    const files = { 'twfc.json': JSON.stringify(config), 'a.twf': program };
    const ended = await cli.run(files, inputs('10ms'), found()).ended;
    expectOneError(ended, 'The worker `orders` needs what nobody implements: warehouse.reserve.');
  });

  test('a namespace that is not there is an error', async () => {
    const files = { ...reserving, 'twfc.json': JSON.stringify({ namespace: 'else where', taskQueue: 'q' }) };
    const ended = await cli.run(files, inputs('10ms'), found()).ended;
    expectOneError(ended, 'has no namespace `else where`.');
    expect(ended.out).toContain("`temporal operator namespace create --namespace 'else where'`");
  });

  test('an id that is taken is an error', async () => {
    const id = `taken-${service.tag}`;
    const first = cli.run(reserving, [...inputs('10m'), '--trace', '--workflow-id', id], found());
    await first.says('timer of 600 s started');
    expectOneError(
      await cli.run(reserving, [...inputs('1s'), '--workflow-id', id], found()).ended,
      `\`${id}\` exists already`,
    );
    await service.client('shop').workflow.getHandle(id).terminate('over');
    const { code, err } = await first.ended;
    expect([code, err]).toEqual([1, expect.stringContaining('TerminatedFailure: over')]);
  });

  test('Ctrl-C leaves the workflow running', async () => {
    const id = `left-${service.tag}`;
    const run = cli.run(reserving, [...inputs('10m'), '--trace', '--workflow-id', id], found());
    await run.says('timer of 600 s started');
    run.child.kill('SIGINT');
    expectOneError(await run.ended, `Interrupted: \`Order\` (${id}) goes on in the namespace \`shop\`.`);
    const handle = service.client('shop').workflow.getHandle(id);
    expect((await handle.describe()).status.name).toBe('RUNNING');
    await handle.terminate('over');
  });

  test('code of the author that ends the process is an error', async () => {
    expectOneError(
      await cli.run(dependencies('process.exit(7); return id;'), inputs('10ms'), found()).ended,
      'The workers cannot go on: they ended with exit code 7.',
    );
  });

  test('a service that goes away is an error', async () => {
    const proxy = await Proxy.to(service.address);
    const run = cli.run(reserving, [...inputs('10m'), '--trace'], { ...process.env, TEMPORAL_ADDRESS: proxy.address });
    await run.says('timer of 600 s started');
    proxy.close();
    expectOneError(await run.ended, 'The Temporal Service ended while `Order` was running: ');
  });
});

describe('on a service of its own', () => {
  const files = { 'a.twf': program };

  test('samples stand in for what nobody implements, and what is needed is created', async () => {
    const { code, out, err } = await cli.run(files, inputs('10ms'), own()).ended;
    expect([code, out]).toEqual([0, '{"id":"1","reservation":"sample reserve"}\n']);
    expect(err).toContain('warehouse.reserve is not implemented: it answers with a sample, "sample reserve".\n');
  });

  test('what still runs is named, for it ends with the service', async () => {
    const detaching = 'workflow First():\n    detach workflow Second()\n\nworkflow Second():\n    await timer(10m)\n';
    const { code, out, err } = await cli.run({ 'a.twf': detaching }, [], own()).ended;
    expect([code, out]).toEqual([0, 'null\n']);
    expect(err).toMatch(/\nStill running, and ended with the service that twfc started: \S+\.\n$/);
  });

  test.skipIf(process.platform === 'win32')('a service that dies is an error', async () => {
    const run = cli.run(files, [...inputs('10m'), '--trace'], own());
    await run.says('timer of 600 s started');
    const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n');
    const server = processes
      .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)!)
      .find(([, , parent, command]) => Number(parent) === run.child.pid && command!.includes('start-dev'));
    process.kill(Number(server![1]), 'SIGKILL');
    expectOneError(
      await run.ended,
      'The Temporal Service ended while `Order` was running: its process was ended by SIGKILL.',
    );
  });

  test('a module of dependencies that cannot be loaded is an error', async () => {
    const broken = { ...reserving, 'dependencies.ts': 'throw new Error("no database");' };
    expectOneError(
      await cli.run(broken, inputs('10ms'), own()).ended,
      'cannot be loaded from `dependencies.ts`: no database.',
    );
    const missing = { ...reserving, 'dependencies.ts': "import 'not-installed';" };
    expectOneError(
      await cli.run(missing, inputs('10ms'), own()).ended,
      'dependencies.ts:1: Could not resolve "not-installed"',
    );
  });
});

test('where no service can be had, every way that was tried is said', async () => {
  const cache = fs.mkdtempSync(join(tmpdir(), 'twfc-cache-'));
  onTestFinished(() => fs.rmSync(cache, { recursive: true }));
  fs.mkdirSync(join(cache, 'twfc'));
  const sdk = JSON.parse(fs.readFileSync(join(root, 'node_modules/@temporalio/testing/package.json'), 'utf8')) as {
    version: string;
  };
  const failure = JSON.stringify({ at: new Date().toISOString(), reason: 'no network' });
  fs.writeFileSync(join(cache, `twfc/temporal-${sdk.version}.failed.json`), failure);
  const env = { PATH: '', HOME: cache, XDG_CACHE_HOME: cache, TEMPORAL_ADDRESS: '127.0.0.1:1' };
  const ended = await cli.run(reserving, inputs('10ms'), env).ended;
  expectOneError(ended, 'There is nothing to run on: no Temporal Service could be had.');
  for (const text of ['TEMPORAL_ADDRESS:', 'PATH: not found', 'no network', 'Go']) expect(ended.out).toContain(text);
});

/** Lets a service go away without ending it. */
class Proxy {
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async to(address: string): Promise<Proxy> {
    const [host, port] = address.split(':') as [string, string];
    const server = createServer();
    const proxy = new Proxy(server);
    server.on('connection', (near) => {
      const far = connect(Number(port), host);
      near.pipe(far).pipe(near);
      for (const socket of [near, far]) {
        proxy.sockets.add(socket);
        socket.on('error', () => socket.destroy());
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => proxy.close());
    return proxy;
  }

  get address(): string {
    const address = this.server.address();
    return typeof address === 'object' ? `127.0.0.1:${address!.port}` : '';
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}
