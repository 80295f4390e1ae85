import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
  bin: Record<string, string>;
  exports: Record<string, string | Record<string, string>>;
};
const runtimeParts = readdirSync(join(root, 'runtime')).filter((name) =>
  existsSync(join(root, 'runtime', name, 'index.ts')),
);

/** Within the project, so that what is built finds the packages that it imports. */
let dist: string;
beforeAll(async () => {
  dist = mkdtempSync(join(root, 'node_modules/.twfc-test-'));
  expect(await build(undefined, dist)).toEqual([]);
});
afterAll(() => rmSync(dist, { recursive: true }));

describe('the build', () => {
  test('writes what package.json promises', () => {
    const promised = [...Object.values(manifest.bin), ...Object.values(manifest.exports).flatMap(Object.values)]
      .filter((path): path is string => typeof path === 'string' && path.startsWith('./dist/'))
      .flatMap((path) => (path.includes('*') ? runtimeParts.map((part) => path.replace('*', part)) : [path]));
    expect(promised.length).toBeGreaterThan(runtimeParts.length);
    expect(promised.filter((path) => !existsSync(join(dist, path.replace('./dist/', ''))))).toEqual([]);
  });

  test.each(runtimeParts)('its runtime/%s can be imported', (part) => {
    const code = `console.log(Object.keys(await import(${JSON.stringify(join(dist, 'runtime', part, 'index.js'))})).length)`;
    const count = execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    expect(Number(count)).toBeGreaterThan(0);
  });

  test('its library can be imported', () => {
    const code = `
      const { version, compile } = await import(${JSON.stringify(join(dist, 'src/index.js'))});
      console.log(version, typeof compile);
    `;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    expect(said).toBe(`${manifest.version} function\n`);
  });

  test('its command says its version', () => {
    expect(execFileSync(join(dist, 'twfc.cjs'), ['--version'], { encoding: 'utf8' })).toBe(`${manifest.version}\n`);
  });

  test('its command comes with bytecode that this Node accepts', () => {
    const code = `process.argv = [process.execPath, 'twfc', '--version'];
      console.error(require(${JSON.stringify(join(dist, 'twfc.cjs'))}).cachedDataRejected);`;
    const { stderr } = spawnSync(process.execPath, ['--input-type=commonjs', '-e', code], { encoding: 'utf8' });
    expect(stderr).toBe('false\n');
  });

  test('contains no tests', () => {
    const names = readdirSync(dist, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => /\.test\.|testing/.test(name))).toEqual([]);
  });

  test('has the pages of the diagnostics and the schema', () => {
    const pages = readdirSync(join(root, 'src/diagnostics/pages'));
    expect(readdirSync(join(dist, 'pages'))).toEqual(pages);
    expect(existsSync(join(dist, 'twfc.schema.json'))).toBe(true);
  });
});

test('a part that does not exist is named', async () => {
  expect(await build(['rumtime'], dist)).toEqual(['rumtime: there is no such part, only runtime, library, cli, data']);
});
