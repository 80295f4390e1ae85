import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeExecutable } from '../../../fixtures/executables.js';
import { builtServer, buildServer } from './build.js';
import { narrator } from './progress.js';

let folder: string;
let sources: string;
let env: NodeJS.ProcessEnv;
let said: string[];
const narrate = () => narrator((line) => said.push(line), { write: () => undefined });
const build = () => buildServer(narrate(), { env, sources });
const built = () => builtServer({ env, sources });

/** A Go that notes what it is asked for, and whose programs hold the version that made them. */
function fakeGo(version = 'go1.99', compile = `echo "${version}" >"$out"`) {
  fakeExecutable(
    join(folder, 'bin'),
    'go',
    `case "$1" in
       version) echo 'go version ${version} linux/amd64' ;;
       list) printf 'a\\nb\\nc\\n' ;;
       build)
         echo "$GOWORK" >>'${folder}/builds'
         while [ "$1" != -o ]; do shift; done; out="$2"
         ${compile} ;;
     esac`,
  );
}
const builds = () => readFileSync(join(folder, 'builds'), 'utf8').trim().split('\n').length;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twfc-build-'));
  sources = join(folder, 'sources');
  mkdirSync(join(folder, 'bin'));
  mkdirSync(sources);
  writeFileSync(join(sources, 'main.go'), 'package main');
  env = { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, XDG_CACHE_HOME: join(folder, 'cache') };
  said = [];
  fakeGo();
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a build', () => {
  test('is done once, and says so', async () => {
    expect(await built()).toBeUndefined();
    const path = await build();
    expect(readFileSync(path, 'utf8')).toBe('go1.99\n');
    expect(await built()).toBe(path);
    expect(await build()).toBe(path);
    expect(builds()).toBe(1);
    expect(said).toEqual([
      'Building a Temporal Service from source. This is done once, and takes about 5 minutes',
      'Built a Temporal Service in 0:00',
    ]);
    expect(readdirSync(join(folder, 'cache', 'twfc'))).toHaveLength(1);
  });

  test('ignores a workspace that it happens to stand in', async () => {
    await build();
    expect(readFileSync(join(folder, 'builds'), 'utf8')).toBe('off\n');
  });

  test('belongs to its sources and to the version of Go', async () => {
    const first = await build();
    writeFileSync(join(sources, 'more.go'), 'package main');
    expect(await built()).toBeUndefined();
    const second = await build();
    fakeGo('go2.0');
    expect(await built()).toBeUndefined();
    const third = await build();
    expect(new Set([first, second, third]).size).toBe(3);
  });

  test('is found where there is no Go any more', async () => {
    const path = await build();
    env['PATH'] = '/nonexistent';
    expect(await built()).toBe(path);
    writeFileSync(join(sources, 'main.go'), 'package other');
    expect(await built()).toBeUndefined();
  });

  test('without Go fails', async () => {
    env['PATH'] = '/nonexistent';
    await expect(build()).rejects.toThrow('Go is not on the PATH');
  });

  test('that fails says why, and leaves nothing', async () => {
    fakeGo('go1.99', `echo half >"$out"; echo 'main.go:1: no such package' >&2; exit 2`);
    await expect(build()).rejects.toThrow('go build failed (2): main.go:1: no such package');
    expect(readdirSync(join(folder, 'cache', 'twfc'))).toEqual([]);
  });

  test('can be given up', async () => {
    fakeGo('go1.99', `echo $$ >'${folder}/pid'; sleep 600`);
    const controller = new AbortController();
    const building = buildServer(narrate(), { env, sources, signal: controller.signal });
    await expect
      .poll(() => existsSync(join(folder, 'pid')) && readFileSync(join(folder, 'pid'), 'utf8'))
      .toMatch(/\d\n/);
    controller.abort(new Error('enough'));
    await expect(building).rejects.toThrow('enough');
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(readdirSync(join(folder, 'cache', 'twfc'))).toEqual([]);
  });
});

test('of two processes that want it at once, one builds', async () => {
  fakeGo('go1.99', `while [ ! -e '${folder}/go-on' ]; do sleep 0.1; done; echo built >"$out"`);
  const code = `
    import { buildServer } from ${JSON.stringify(new URL('build.ts', import.meta.url).href)};
    import { narrator } from ${JSON.stringify(new URL('progress.ts', import.meta.url).href)};
    const { env, sources } = JSON.parse(process.argv[1]);
    console.log(await buildServer(narrator(console.log), { env, sources }));
  `;
  const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', code];
  const outputs = ['one', 'two'].map(async () => {
    const input = JSON.stringify({ env, sources });
    const child = spawn(process.execPath, [...args, input], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('waiting for it')) writeFileSync(join(folder, 'go-on'), '');
    });
    expect((await once(child, 'close'))[0]).toBe(0);
    return output.trim().split('\n').at(-1);
  });
  const paths = await Promise.all(outputs);
  const path = await built();
  expect(paths).toEqual([path, path]);
  expect(builds()).toBe(1);
});
