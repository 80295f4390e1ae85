import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { downloadedCli } from './download.js';

const { version } = createRequire(import.meta.url)('@temporalio/testing/package.json') as { version: string };

let folder: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twfc-download-'));
  // With this proxy there is no network.
  env = { XDG_CACHE_HOME: folder, HTTPS_PROXY: 'http://127.0.0.1:1' };
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a failure is remembered, and not repeated on the same day', async () => {
  await expect(downloadedCli({ env })).rejects.toThrow('temporal.download');
  const files = readdirSync(join(folder, 'twfc'));
  expect(files).toEqual([`temporal-${version}.failed.json`]);
  await expect(downloadedCli({ env })).rejects.toThrow('(tried earlier today; remove ');
});

test('what has been downloaded is used', async () => {
  await expect(downloadedCli({ env })).rejects.toThrow();
  const file = join(folder, 'twfc', `temporal-${version}`);
  writeFileSync(file, '');
  expect(await downloadedCli({ env })).toBe(file);
});
