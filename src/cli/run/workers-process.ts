/** The process that all workers of a run live in: whatever the author's code does to it, twfc goes on. */
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as sdk from '@temporalio/worker';
import { completed, missingIn } from './implement.js';
import { logLine } from './log-line.js';
import type { FromWorkers, ToWorkers, WorkersConfig } from './protocol.js';

type Sdk = typeof sdk;
type GeneratedModule = Readonly<Record<string, (...args: unknown[]) => unknown>>;

/** Serves the process that started this one, until it says stop or ends. */
export function serveWorkers(): void {
  process.once('disconnect', () => process.exit());
  process.on('message', (message: ToWorkers) => {
    if (message.kind !== 'start') return;
    run(message.config).then(
      () => process.disconnect(),
      (error: unknown) => {
        tell({ kind: 'failed', why: error instanceof Error ? error.message : String(error) });
        process.disconnect();
      },
    );
  });
}

async function run(config: WorkersConfig): Promise<void> {
  const { folder, address, workers: specs } = config;
  const { Runtime, DefaultLogger, NativeConnection, bundleWorkflowCode } = createRequire(join(folder, 'package.json'))(
    '@temporalio/worker',
  ) as Sdk;
  const logger = new DefaultLogger('INFO', (entry) => {
    const line = logLine(entry);
    if (line !== undefined) process.stderr.write(`${line}\n`);
  });
  Runtime.install({ shutdownSignals: [], logger });

  const implementations = await implement(config);
  if (!implementations) return;
  const load = async (file: string) => (await import(pathToFileURL(join(folder, file)).href)) as GeneratedModule;
  const [activities, factories] = await Promise.all([load('activities.js'), load('workers.js')]);
  for (const [index, { workflows }] of specs.entries()) {
    if (workflows !== undefined)
      await bundle(join(folder, workflows), bundlePath(folder, index), bundleWorkflowCode, logger);
  }

  const connection = await NativeConnection.connect({ address });
  const workers = await Promise.all(
    specs.map(({ name, createWorker, createActivities, workflows }, index) => {
      const implementation = implementations.get(name);
      return factories[createWorker]!(
        createActivities === undefined ? {} : activities[createActivities]!(implementation),
        {
          connection,
          shutdownGraceTime: '1s',
          shutdownForceTime: '5s',
          ...(workflows !== undefined && { workflowBundle: { codePath: bundlePath(folder, index) } }),
        },
      ) as Promise<sdk.Worker>;
    }),
  );
  process.on('message', (message: ToWorkers) => {
    if (message.kind === 'stop') for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  });
  const running = workers.map((worker) => worker.run());
  tell({ kind: 'ready' });
  await Promise.all(running);
  await connection.close();
}

/** What each worker's activities are given. Undefined when that cannot be had: it has been told. */
async function implement({ dependencies, stubs, workers }: WorkersConfig): Promise<Map<string, unknown> | undefined> {
  let module: Readonly<Record<string, unknown>> = {};
  try {
    if (dependencies !== undefined) module = await import(pathToFileURL(dependencies).href);
  } catch (error) {
    tell({ kind: 'dependencies-fail', why: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
  const given = new Map(
    workers.map((worker) => [worker.name, module[worker.dependencies] ?? module['default']] as const),
  );
  const lacking = workers
    .map(({ name, dependencies, needs }) => {
      const names = missingIn(needs, given.get(name));
      return { kind: 'dependencies-missing', worker: name, export: dependencies, names } as const;
    })
    .filter(({ names }) => names.length > 0);
  if (!stubs && lacking.length > 0) {
    lacking.forEach(tell);
    return undefined;
  }
  const onSample = (name: string, sample: unknown) =>
    tell({ kind: 'note', text: `${name} is not implemented: it answers with a sample, ${JSON.stringify(sample)}.` });
  return new Map(workers.map(({ name, needs }) => [name, completed(needs, given.get(name), onSample)]));
}

function bundlePath(folder: string, index: number): string {
  return join(folder, `bundle.${index}.cjs`);
}

/** Bundles workflows, unless an earlier run has. */
async function bundle(
  workflowsPath: string,
  file: string,
  bundleWorkflowCode: Sdk['bundleWorkflowCode'],
  logger: sdk.DefaultLogger,
): Promise<void> {
  if (existsSync(file)) return;
  const { code } = await bundleWorkflowCode({ workflowsPath, logger });
  writeFileSync(`${file}.${process.pid}`, code);
  renameSync(`${file}.${process.pid}`, file);
}

function tell(message: FromWorkers): void {
  process.send?.(message);
}
