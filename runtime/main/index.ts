import { realpathSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, type Worker, type WorkerOptions } from '@temporalio/worker';

/** Everything about a worker that the program does not settle; a namespace given here replaces the program's. */
export type HostOptions = Omit<WorkerOptions, 'activities' | 'nexusServices' | 'taskQueue'>;

/** Where a worker runs, and what holds for it there. */
export type WorkerPlace = HostOptions & { readonly namespace: string; readonly taskQueue: string };

/** A worker that can be started by its name. */
export interface WorkerEntry {
  /** Of one that runs in several places: its name in the program. */
  readonly worker?: string;
  readonly namespace: string;
  readonly taskQueue: string;
  /** The export of the dependencies' module that the worker takes; undefined if it needs nothing. */
  readonly dependencies: string | undefined;
  create(dependencies: never, options: HostOptions): Promise<Worker>;
}

/**
 * Adds where the workflows are, unless a bundle of them is given.
 *
 * @param name of a module beside the one whose URL is given, without an extension: it has the same
 */
export function withWorkflows(name: string, url: string, options: HostOptions): HostOptions {
  if (options.workflowBundle || options.workflowsPath) return options;
  return { ...options, workflowsPath: fileURLToPath(new URL(name + extname(new URL(url).pathname), url)) };
}

const usage = 'Usage: node workers.js --worker NAME [--namespace NAMESPACE] [--dependencies FILE]';

/**
 * Starts the worker that the command line names, if `url` is the module that was called. How the service is reached
 * stands in Temporal's standard environment variables and profiles: `TEMPORAL_ADDRESS`, `TEMPORAL_API_KEY`, and so on.
 */
export async function main(workers: Readonly<Record<string, WorkerEntry>>, url: string): Promise<void> {
  const called = process.argv[1];
  if (called === undefined || realpathSync(resolve(called)) !== realpathSync(fileURLToPath(url))) return;
  try {
    await start(workers);
  } catch (error) {
    console.error(error instanceof UsageError ? error.message : error);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

class UsageError extends Error {}

async function start(workers: Readonly<Record<string, WorkerEntry>>): Promise<void> {
  const values = readArguments();
  const entry = chooseWorker(workers, values);
  const dependencies = await loadDependencies(entry.dependencies, values.dependencies);
  const { connectionOptions } = loadClientConnectConfig();
  const connection = await NativeConnection.connect(connectionOptions);
  try {
    const options = { connection, namespace: values.namespace ?? entry.namespace };
    await (await entry.create(dependencies as never, options)).run();
  } finally {
    await connection.close();
  }
}

/** By its own name; or, where it runs in several places, by the worker's, and the namespace. */
function chooseWorker(
  workers: Readonly<Record<string, WorkerEntry>>,
  { worker, namespace }: { readonly worker?: string | undefined; readonly namespace?: string | undefined },
): WorkerEntry {
  const known = Object.keys(workers);
  const key = worker ?? (known.length === 1 ? known[0] : undefined);
  if (key !== undefined && Object.hasOwn(workers, key)) return workers[key]!;
  const places = Object.values(workers).filter(
    (one) => one.worker !== undefined && one.worker === worker && one.namespace === namespace,
  );
  const [only, ...others] = places;
  if (only && others.length === 0) return only;
  throw new UsageError(`${usage}\nThe workers are: ${known.join(', ')}`);
}

function readArguments(): {
  worker?: string | undefined;
  namespace?: string | undefined;
  dependencies?: string | undefined;
} {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ options: { worker: text, namespace: text, dependencies: text } }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}

async function loadDependencies(name: string | undefined, file: string | undefined): Promise<unknown> {
  if (name === undefined) return undefined;
  if (file === undefined) {
    throw new UsageError(`The worker has dependencies: name the module that exports \`${name}\`.\n${usage}`);
  }
  const module = (await import(pathToFileURL(resolve(file)).href)) as Readonly<Record<string, unknown>>;
  if (!(name in module)) throw new UsageError(`${file} does not export \`${name}\``);
  return module[name];
}
