import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedNames, isCached, makeCacheFolder, removeUnused } from './cache.js';
import { withLock } from './lock.js';
import { EXECUTABLE_SUFFIX } from './platform.js';
import { runCommand, tail } from './processes.js';
import { minutes, type Narrator } from './progress.js';

const NAME = 'temporal-dev-server';

export interface BuildOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /** The folder of the Go program; the one of this package by default. */
  readonly sources?: string;
}

/** The folder of the Go program: in this package, at whatever depth of it this code runs. */
function ownSources(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'tools', NAME);
    if (existsSync(join(candidate, 'go.mod'))) return candidate;
    if (folder === dirname(folder)) throw new Error(`tools/${NAME} is missing from this package`);
    folder = dirname(folder);
  }
}

/**
 * The copy that was built earlier from the same sources, by the same Go where there is one.
 *
 * @returns undefined where there is none
 */
export async function builtServer(options: BuildOptions): Promise<string | undefined> {
  const folder = await makeCacheFolder(options.env);
  const prefix = await namePrefix(options.sources ?? ownSources());
  const go = await goVersion(options);
  const names = go ? [fileName(prefix, go)] : await cachedNames(folder, prefix);
  for (const name of names) {
    const file = join(folder, name);
    if (!name.endsWith('.partial') && (await isCached(file))) return file;
  }
  return undefined;
}

/**
 * Builds the server into the cache folder, which takes minutes the first time. Of several processes that want it at
 * once, one builds and the others wait for it.
 *
 * @returns the path of the server
 * @throws with the reason when it cannot be built
 */
export async function buildServer(narrator: Narrator, options: BuildOptions): Promise<string> {
  const sources = options.sources ?? ownSources();
  const go = await goVersion(options);
  if (!go) throw new Error('Go is not on the PATH');
  const folder = await makeCacheFolder(options.env);
  const target = join(folder, fileName(await namePrefix(sources), go));
  const onWait = () => narrator.say('Another process is building a Temporal Service: waiting for it');
  return await withLock(
    join(folder, `${NAME}.lock`),
    async () => {
      if (await isCached(target)) return target;
      const partial = `${target}.partial`;
      try {
        await compile(sources, partial, narrator, options);
        await rename(partial, target);
      } finally {
        await rm(partial, { force: true });
      }
      await removeUnused(folder, `${NAME}-`);
      return target;
    },
    { signal: options.signal, onWait },
  );
}

async function compile(cwd: string, output: string, narrator: Narrator, options: BuildOptions): Promise<void> {
  const from = Date.now();
  const env = { ...options.env, GOWORK: 'off' };
  const go = async (args: string[], doing: string, count?: number) => {
    let steps = 0;
    const onStderr = (text: string) => {
      steps += text.split('\n').length - 1;
      const of = count ? ` of ${count}` : '';
      narrator.progress(`${doing}, ${steps}${of} packages, ${minutes(Date.now() - from)}`);
    };
    const { status, stdout, stderr } = await runCommand('go', args, { cwd, env, signal: options.signal, onStderr });
    if (status !== 0) throw new Error(`go ${args[0]} failed (${status}): ${tail(stderr)}`);
    return stdout;
  };
  narrator.say('Building a Temporal Service from source. This is done once, and takes about 5 minutes');
  try {
    const packages = (await go(['list', '-deps', '.'], 'Downloading')).trim().split('\n').length;
    await go(['build', '-v', '-ldflags', '-s -w', '-o', output, '.'], 'Building', packages);
  } finally {
    narrator.endProgress();
  }
  narrator.say(`Built a Temporal Service in ${minutes(Date.now() - from)}`);
}

const fileName = (prefix: string, go: string): string => `${prefix}${hash(go)}${EXECUTABLE_SUFFIX}`;

/** Names the sources by what is in them. */
async function namePrefix(sources: string): Promise<string> {
  const names = (await readdir(sources)).filter((name) => /\.go$|^go\.(mod|sum)$/.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(sources, name), 'utf8')));
  return `${NAME}-${hash(JSON.stringify(names.map((name, i) => [name, texts[i]])))}-`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** The version and platform of the Go on the PATH; undefined where there is none. */
async function goVersion({ env, signal }: BuildOptions): Promise<string | undefined> {
  const { status, stdout } = await runCommand('go', ['version'], { env: { ...env, GOTOOLCHAIN: 'local' }, signal });
  return status === 0 ? stdout.trim() : undefined;
}
