import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isCached, makeCacheFolder, rememberedFailure, rememberFailure } from './cache.js';
import { EXECUTABLE_SUFFIX } from './platform.js';
import { runCommand, tail } from './processes.js';

const TIMEOUT = 20_000;

/** Runs in a process of its own: a download of the SDK cannot be given up. Starting the server is how it is asked for one. */
const DOWNLOAD = `
  const [testing, downloadDir] = process.argv.slice(1);
  const { TestWorkflowEnvironment } = require(testing);
  TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'cached-download', downloadDir } } })
    .then((environment) => environment.teardown())
    .catch((error) => {
      process.stderr.write(error.message);
      process.exitCode = 1;
    });
`;

export interface DownloadOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The Temporal CLI as the Temporal SDK downloads it, kept in the cache folder. A download gets 20 s; one that fails is
 * not tried again for a day.
 *
 * @returns the path of the CLI
 * @throws with the reason when it cannot be downloaded
 */
export async function downloadedCli({ env, signal }: DownloadOptions): Promise<string> {
  const require = createRequire(import.meta.url);
  const { version } = require('@temporalio/testing/package.json') as { version: string };
  const folder = await makeCacheFolder(env);
  const target = join(folder, `temporal-${version}${EXECUTABLE_SUFFIX}`);
  if (await isCached(target)) return target;

  const memory = join(folder, `temporal-${version}.failed.json`);
  const earlier = await rememberedFailure(memory);
  if (earlier) throw new Error(`${earlier} (tried earlier today; remove ${memory} to try again)`);

  const partial = await mkdtemp(`${target}.partial-`);
  try {
    const args = ['-e', DOWNLOAD, require.resolve('@temporalio/testing'), partial];
    const { status, stderr } = await runCommand(process.execPath, args, { env, signal, timeout: TIMEOUT });
    const [name] = (await readdir(partial)).filter((entry) => !entry.endsWith('.downloading'));
    if (!name) throw new Error(status === 1 ? tail(withoutRepetitions(stderr)) : `${status}`);
    await rename(join(partial, name), target);
    return target;
  } catch (error) {
    signal?.throwIfAborted();
    await rememberFailure(memory, (error as Error).message);
    throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** The SDK's errors say what went wrong at each level, often in the same words. */
function withoutRepetitions(message: string): string {
  return [...new Set(message.split(': '))].join(': ');
}
