import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheFolder, isCached, rememberedFailure, rememberFailure, removeUnused } from './cache.js';

const DAY = 24 * 60 * 60 * 1000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twfc-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('cacheFolder', () => {
  test.each([
    ['linux', { HOME: '/home/ada' }, '/home/ada/.cache/twfc'],
    ['linux', {}, `${homedir()}/.cache/twfc`],
    ['linux', { HOME: '/home/ada', XDG_CACHE_HOME: '/var/ada' }, '/var/ada/twfc'],
    ['linux', { HOME: '/home/ada', XDG_CACHE_HOME: 'relative' }, '/home/ada/.cache/twfc'],
    ['darwin', { HOME: '/Users/ada' }, '/Users/ada/Library/Caches/twfc'],
    ['win32', { LOCALAPPDATA: '/ada/Local' }, '/ada/Local/twfc/cache'],
  ] as const)('%s %o', (platform, env, expected) => {
    expect(cacheFolder(env, platform)).toBe(expected);
  });
});

test('a copy that nobody used for 30 days is removed', async () => {
  for (const [name, days] of [
    ['server-old', 31],
    ['server-used', 31],
    ['server-new', 29],
    ['other-old', 31],
  ] as const) {
    writeFileSync(join(folder, name), '');
    const then = new Date(Date.now() - days * DAY);
    utimesSync(join(folder, name), then, then);
  }
  expect(await isCached(join(folder, 'server-used'))).toBe(true);
  expect(await isCached(join(folder, 'server-absent'))).toBe(false);
  await removeUnused(folder, 'server-');
  const names = ['server-old', 'server-used', 'server-new', 'other-old'];
  expect(names.filter((name) => existsSync(join(folder, name)))).toEqual(['server-used', 'server-new', 'other-old']);
});

describe('a failure', () => {
  test('is remembered', async () => {
    const file = join(folder, 'failed.json');
    expect(await rememberedFailure(file)).toBeUndefined();
    await rememberFailure(file, 'no network');
    expect(await rememberedFailure(file)).toBe('no network');
  });

  test.each([
    ['yesterday', -DAY],
    ['in the future, by a clock that was wrong', DAY],
  ])('%s counts no longer', async (_, offset) => {
    const file = join(folder, 'failed.json');
    writeFileSync(file, JSON.stringify({ at: new Date(Date.now() + offset).toISOString(), reason: 'no network' }));
    expect(await rememberedFailure(file)).toBeUndefined();
  });

  test('that cannot be read is none', async () => {
    const file = join(folder, 'failed.json');
    writeFileSync(file, '{');
    expect(await rememberedFailure(file)).toBeUndefined();
  });
});
