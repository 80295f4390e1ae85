import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

const POLL = 200;
const HEARTBEAT = 2_000;
const STALE = 30_000;

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once if the lock is held by somebody else. */
  readonly onWait?: () => void;
}

/**
 * Runs `body` while no other process holds the same lock file. The lock of a holder that crashed is taken over: at once
 * where its process can be seen to be gone, otherwise when it has not shown a sign of life for 30 s.
 *
 * @throws what `body` throws, and the reason of `signal` when it is aborted while waiting
 */
export async function withLock<T>(file: string, body: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  const token = randomUUID();
  let waiting = false;
  while (!(await take(file, token))) {
    if (!waiting) options.onWait?.();
    waiting = true;
    await removeIfStale(file);
    await pause(POLL, undefined, options.signal && { signal: options.signal });
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, HEARTBEAT);
  heartbeat.unref();
  try {
    return await body();
  } finally {
    clearInterval(heartbeat);
    if ((await holder(file))?.token === token) await rm(file, { force: true });
  }
}

interface Holder {
  readonly host: string;
  readonly pid: number;
  readonly token: string;
}

async function take(file: string, token: string): Promise<boolean> {
  const mine: Holder = { host: hostname(), pid: process.pid, token };
  return await created(writeFile(file, JSON.stringify(mine), { flag: 'wx' }));
}

/** Undefined while the holder has not yet written who it is. */
async function holder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

async function isStale(file: string): Promise<boolean> {
  const who = await holder(file);
  if (who?.host === hostname() && !isAlive(who.pid)) return true;
  return (await age(file)) > STALE;
}

/** Several who wait may see the same dead holder: one of them removes its file, after a second look. */
async function removeIfStale(file: string): Promise<void> {
  if (!(await isStale(file))) return;
  const remover = `${file}.removing`;
  if (!(await created(mkdir(remover)))) {
    if ((await age(remover)) > STALE) await rmdir(remover).catch(() => undefined);
    return;
  }
  try {
    if (await isStale(file)) await rm(file, { force: true });
  } finally {
    await rmdir(remover).catch(() => undefined);
  }
}

/** In milliseconds since the last sign of life; 0 for a file that is gone. */
async function age(path: string): Promise<number> {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function created(creation: Promise<unknown>): Promise<boolean> {
  try {
    await creation;
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
