import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

const DAY = 24 * 60 * 60 * 1000;
const UNUSED = 30 * DAY;

/** The user's cache folder for twfc, by the custom of the platform; it may not exist yet. */
export function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  const home = env['HOME'] || homedir();
  if (env['XDG_CACHE_HOME'] && isAbsolute(env['XDG_CACHE_HOME'])) return join(env['XDG_CACHE_HOME'], 'twfc');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'twfc');
  if (platform === 'win32') return join(env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local'), 'twfc', 'cache');
  return join(home, '.cache', 'twfc');
}

export async function makeCacheFolder(env: NodeJS.ProcessEnv): Promise<string> {
  const folder = cacheFolder(env);
  await mkdir(folder, { recursive: true });
  return folder;
}

/** Whether a copy is in the cache; one that is counts as used now. */
export async function isCached(file: string): Promise<boolean> {
  const now = new Date();
  return await utimes(file, now, now).then(
    () => true,
    () => false,
  );
}

/** The names in a folder that begin with `prefix`; none where there is no folder. */
export async function cachedNames(folder: string, prefix: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.startsWith(prefix));
}

/** Removes the copies whose names begin with `prefix` and that nobody has used for 30 days. */
export async function removeUnused(folder: string, prefix: string): Promise<void> {
  for (const name of await cachedNames(folder, prefix)) {
    const file = join(folder, name);
    const used = await stat(file).catch(() => undefined);
    if (used && Date.now() - used.mtimeMs > UNUSED) await rm(file, { recursive: true, force: true });
  }
}

/** Keeps for a day why something failed, so that it is not tried again before. */
export async function rememberFailure(file: string, reason: string): Promise<void> {
  await writeFile(file, `${JSON.stringify({ at: new Date().toISOString(), reason })}\n`);
}

/** The reason of a failure that is less than a day old. */
export async function rememberedFailure(file: string): Promise<string | undefined> {
  try {
    const { at, reason } = JSON.parse(await readFile(file, 'utf8')) as { at: string; reason: string };
    const age = Date.now() - Date.parse(at);
    return age >= 0 && age < DAY ? reason : undefined;
  } catch {
    return undefined;
  }
}
