import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bundleDependencies } from './bundle-dependencies.js';
import { findPackages, ownFolder } from './packages.js';

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, '');
const own = (name: string) => join(root, 'node_modules', name);

/** A folder with files in it. */
function folder(files: Readonly<Record<string, string>>): string {
  const made = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'twfc-packages-')));
  onTestFinished(() => fs.rmSync(made, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    fs.mkdirSync(dirname(join(made, path)), { recursive: true });
    fs.writeFileSync(join(made, path), text);
  }
  return made;
}

const names = ['activity', 'client', 'common', 'nexus', 'proto', 'worker', 'workflow'].map(
  (name) => `@temporalio/${name}`,
);
const installed = (version: string, prefix = '') =>
  Object.fromEntries(
    names.map((name) => [`${prefix}node_modules/${name}/package.json`, JSON.stringify({ name, version })]),
  );

describe('the Temporal SDK', () => {
  test('is the one that twfc came with where the project has none', () => {
    const { folders, note } = findPackages(folder({}));
    expect(ownFolder()).toBe(root);
    expect(note).toBeUndefined();
    for (const name of [...names, 'nexus-rpc', 'decimal.js']) expect(folders.get(name), name).toBe(own(name));
  });

  test("is the project's own where it is new enough, found from a folder inside", () => {
    const project = folder({ ...installed('99.0.0'), 'deep/a.twf': '' });
    const { folders, note, sdkVersion } = findPackages(join(project, 'deep'));
    expect([note, sdkVersion]).toEqual([undefined, '99.0.0']);
    for (const name of names) expect(folders.get(name)).toBe(join(project, 'node_modules', name));
    expect(folders.get('nexus-rpc')).toBe(own('nexus-rpc'));
  });

  test('is never a mixture: packages that the project does not name are those of its worker', () => {
    const project = folder(installed('99.0.0', 'store/'));
    fs.mkdirSync(join(project, 'node_modules/@temporalio'), { recursive: true });
    fs.symlinkSync(
      join(project, 'store/node_modules/@temporalio/worker'),
      join(project, 'node_modules/@temporalio/worker'),
    );
    const { folders } = findPackages(project);
    for (const name of names) expect(folders.get(name)).toBe(join(project, 'store/node_modules', name));
  });

  test('of an old version is passed over, and that is said', () => {
    const { folders, note } = findPackages(folder(installed('1.9.0')));
    expect(note).toContain('version 1.9.0');
    expect(folders.get('@temporalio/worker')).toBe(own('@temporalio/worker'));
  });
});

describe('the module of dependencies', () => {
  test('takes its own files along, and its packages from where it lies', async () => {
    const project = folder({
      'src/dependencies.ts': `
        import { ApplicationFailure } from '@temporalio/common';
        import type { OrdersDependencies } from './generated/activities.js';
        import { find } from './lib/find.js';
        import plain, { named } from 'plain';
        export const orders = { find, plain, named, failure: ApplicationFailure, here: import.meta.url } as OrdersDependencies;
      `,
      'src/lib/find.ts': 'export const find = (id: string): string => `${id} in ${import.meta.dirname}`;',
      'node_modules/plain/package.json': '{"name": "plain", "main": "index.js"}',
      'node_modules/plain/index.js': 'module.exports = { named: 1 };',
    });
    const target = folder({ 'package.json': '{"type": "module"}' });
    fs.mkdirSync(join(target, 'node_modules/@temporalio'), { recursive: true });
    fs.symlinkSync(own('@temporalio/common'), join(target, 'node_modules/@temporalio/common'));

    const module = join(project, 'src/dependencies.ts');
    const file = await bundleDependencies(module, target, new Set(['@temporalio/common']));
    const { orders } = await import(/* @vite-ignore */ pathToFileURL(file).href);
    expect(dirname(file)).toBe(target);
    expect(orders.find('1')).toBe(`1 in ${join(project, 'src/lib')}`);
    expect([orders.plain, orders.named]).toEqual([{ named: 1 }, 1]);
    expect(orders.here).toBe(pathToFileURL(module).href);
    expect(new orders.failure('x').message).toBe('x');
    expect(await bundleDependencies(module, target, new Set(['@temporalio/common']))).toBe(file);
  });

  test.each([
    ['export const orders = {', /dependencies\.ts:1: Expected identifier but found end of file/],
    ["import 'not-installed';", /dependencies\.ts:1: Could not resolve "not-installed"/],
    ["import './nowhere.js';", /dependencies\.ts:1: Could not resolve "\.\/nowhere\.js"/],
  ])('%s', async (text, message) => {
    const project = folder({ 'dependencies.ts': text });
    await expect(bundleDependencies(join(project, 'dependencies.ts'), folder({}), new Set())).rejects.toThrow(message);
  });
});
