/** The process that all workers of a run live in: whatever the author's code does to it, twfc goes on. */
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as sdk from '@temporalio/worker';
import { tracingModules } from '../../../runtime/tracing/index.js';
import { completed, missingIn } from './implement.js';
import { logLine } from './log-line.js';
import type { FromWorkers, ToWorkers, WorkersCode, WorkersService } from './protocol.js';

type Sdk = typeof sdk;
/** As workers.ts exports them. */
interface Generated {
  readonly workers: Readonly<Record<string, WorkerEntry>>;
}
interface WorkerEntry {
  /** What the module of dependencies exports for it. */
  readonly dependencies: string | undefined;
  create(dependencies: unknown, options: Partial<sdk.WorkerOptions>): Promise<sdk.Worker>;
}

let loading: Promise<Loaded> | undefined;

// It serves the process that has started it, until that says stop or ends.
process.once('disconnect', () => process.exit());
process.on('message', (message: ToWorkers) => {
  if (message.kind === 'load') {
    loading = loadCode(message.code);
    loading.catch(() => undefined);
  }
  if (message.kind === 'start') void serve(loading!, message.service);
});

async function serve(loaded: Promise<Loaded>, service: WorkersService): Promise<void> {
  try {
    await run(await loaded, service);
  } catch (error) {
    tell({ kind: 'failed', why: messageOf(error) });
  }
  process.disconnect();
}

interface Loaded extends WorkersCode {
  readonly sdk: Sdk;
  readonly entries: Generated['workers'];
}

/** Loads the SDK and the generated code, and bundles the workflows unless an earlier run has. */
async function loadCode(code: WorkersCode): Promise<Loaded> {
  const { folder, workers, tracing } = code;
  const sdk = createRequire(join(folder, 'package.json'))('@temporalio/worker') as Sdk;
  const logger = new sdk.DefaultLogger('INFO', (entry) => {
    const line = logLine(entry);
    if (line !== undefined) process.stderr.write(`${line}\n`);
  });
  const filter = sdk.makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  sdk.Runtime.install({ shutdownSignals: [], logger, telemetryOptions: { logging: { console: {}, filter } } });
  for (const [index, { workflows }] of workers.entries()) {
    const file = bundlePath(folder, index);
    if (workflows === undefined || existsSync(file)) continue;
    const { code } = await sdk.bundleWorkflowCode({
      workflowsPath: join(folder, `${workflows}.js`),
      workflowInterceptorModules: tracing ? tracingModules(join(folder, 'package.json')) : [],
      logger,
    });
    writeFileSync(`${file}.${process.pid}`, code);
    renameSync(`${file}.${process.pid}`, file);
  }
  const { workers: entries } = (await load(join(folder, 'workers.js'))) as unknown as Generated;
  return { ...code, sdk, entries };
}

async function run(loaded: Loaded, { address, stubs }: WorkersService): Promise<void> {
  const { folder, workers: specs, sdk, entries } = loaded;
  const implementations = await implement(loaded, stubs);
  if (!implementations) return;
  const connection = await sdk.NativeConnection.connect({ address });
  const workers = await Promise.all(
    specs.map(({ name, workflows }, index) =>
      entries[name]!.create(implementations.get(name), {
        connection,
        shutdownGraceTime: '1s',
        shutdownForceTime: '2s',
        ...(workflows !== undefined && { workflowBundle: { codePath: bundlePath(folder, index) } }),
      }),
    ),
  );
  process.on('message', (message: ToWorkers) => {
    if (message.kind === 'stop') for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  });
  const running = workers.map((worker) => worker.run());
  tell({ kind: 'ready' });
  await Promise.all(running);
  await connection.close();
}

/** What each worker is given. Undefined when that cannot be had: it has been told. */
async function implement(
  { dependencies, workers, entries }: Loaded,
  stubs: boolean,
): Promise<Map<string, unknown> | undefined> {
  let module: Readonly<Record<string, unknown>> = {};
  try {
    if (dependencies !== undefined) module = await load(dependencies);
  } catch (error) {
    tell({ kind: 'dependencies-fail', why: messageOf(error) });
    return undefined;
  }
  const implemented = new Map<string, unknown>();
  let complete = true;
  for (const { name, needs } of workers) {
    const exported = entries[name]!.dependencies ?? 'default';
    const given = module[exported] ?? module['default'];
    const names = missingIn(needs, given);
    if (names.length > 0 && !stubs) {
      complete = false;
      tell({ kind: 'dependencies-missing', worker: name, export: exported, names });
    }
    implemented.set(name, completed(needs, given, tellSample));
  }
  return complete ? implemented : undefined;
}

function tellSample(name: string, sample: unknown): void {
  const answer = sample === undefined ? 'it does nothing' : `it answers with a sample, ${JSON.stringify(sample)}`;
  tell({ kind: 'note', text: `${name} is not implemented: ${answer}.` });
}

async function load(file: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function bundlePath(folder: string, index: number): string {
  return join(folder, `bundle.${index}.cjs`);
}

function tell(message: FromWorkers): void {
  process.send?.(message);
}
