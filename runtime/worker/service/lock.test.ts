import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withLock } from './lock.js';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twfc-lock-'));
  lock = join(folder, 'it.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Another process that runs `body` under the lock. */
function otherProcess(body: string) {
  const code = `
    import { readFileSync, writeFileSync } from 'node:fs';
    import { setTimeout as pause } from 'node:timers/promises';
    import { withLock } from ${JSON.stringify(new URL('lock.ts', import.meta.url).href)};
    ${body}
  `;
  const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', code, folder, lock];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

describe('several processes', () => {
  test('are never in it at once', async () => {
    const counter = join(folder, 'counter');
    writeFileSync(counter, '0');
    const others = ['one', 'two'].map(() =>
      otherProcess(`
        const [folder, lock] = process.argv.slice(1);
        const counter = folder + '/counter';
        for (let i = 0; i < 5; i++) {
          await withLock(lock, async () => {
            const before = Number(readFileSync(counter, 'utf8'));
            await pause(20);
            writeFileSync(counter, String(before + 1));
          });
        }
      `),
    );
    const exits = await Promise.all(others.map((child) => once(child, 'exit')));
    expect(exits.map(([code]) => code)).toEqual([0, 0]);
    expect(readFileSync(counter, 'utf8')).toBe('10');
  });

  test('take it over from one that was killed', async () => {
    const other = otherProcess(`
      await withLock(process.argv[2], async () => {
        console.log('held');
        await pause(600_000);
      });
    `);
    await once(other.stdout, 'data');
    let waited = 0;
    const mine = withLock(lock, async () => 'mine', { onWait: () => waited++ });
    await expect.poll(() => waited).toBe(1);
    other.kill('SIGKILL');
    expect(await mine).toBe('mine');
    expect(waited).toBe(1);
  });
});

describe('the lock of a holder whose process cannot be seen', () => {
  const elsewhere = JSON.stringify({ host: `not-${hostname()}`, pid: process.pid, token: 'elsewhere' });

  test('is taken over when it shows no sign of life', async () => {
    writeFileSync(lock, elsewhere);
    const then = new Date(Date.now() - 60_000);
    utimesSync(lock, then, then);
    expect(await withLock(lock, async () => 'mine')).toBe('mine');
  });

  test('is waited for otherwise', async () => {
    writeFileSync(lock, elsewhere);
    const signal = AbortSignal.timeout(500);
    await expect(withLock(lock, async () => 'mine', { signal })).rejects.toThrow(/abort/i);
    expect(readFileSync(lock, 'utf8')).toBe(elsewhere);
  });
});

test('an error sets it free', async () => {
  const failing = withLock(lock, async () => {
    throw new Error('inside');
  });
  await expect(failing).rejects.toThrow('inside');
  expect(await withLock(lock, async () => 'free')).toBe('free');
});
