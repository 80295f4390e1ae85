import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { memoryHost } from '../../host.js';
import { loadProgram, Reporter } from '../../index.js';
import { compile } from '../../program.js';
import { build } from '../../../tools/build.mjs';
import { findPackages, ownFolder, type Packages } from './packages.js';
import { prepare } from './prepare.js';

const program = `workflow Greet(name: string) -> string:
    activity Ask(name) -> answer
    if answer == "":
        raise Silent("nobody answers")
    close answer

activity Ask(name: string) -> string:
    options(timeout: 5s)
    return people.ask(name)
`;

async function filesOf(text: string) {
  const loaded = (await loadProgram(memoryHost({ 'a.twf': text }, '/home'), [], new Reporter()))!;
  return compile(loaded.sources, { ...loaded.config, sourcePath: ({ path }) => `/home/${path}` }).files;
}

let packages: Packages;
beforeAll(async () => {
  if (!fs.existsSync(join(ownFolder(), 'dist/runtime'))) expect(await build(['runtime'])).toEqual([]);
  packages = findPackages(tmpdir());
});

function cache(): NodeJS.ProcessEnv {
  const folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'twfc-prepare-')));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  return { XDG_CACHE_HOME: folder };
}

test('generated code becomes JavaScript whose maps lead to the program', async () => {
  const env = cache();
  const folder = await prepare({ env, files: await filesOf(program), packages });
  expect(folder.startsWith(join(env['XDG_CACHE_HOME']!, 'twfc/run/'))).toBe(true);

  const js = fs.readFileSync(join(folder, 'workflows.js'), 'utf8');
  const [, map] = /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\n$/.exec(js)!;
  expect(JSON.parse(Buffer.from(map!, 'base64').toString())).toMatchObject({ sources: ['/home/a.twf'] });
  expect(js.match(/sourceMappingURL/g)).toHaveLength(1);

  const { createActivities } = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'activities.js')).href);
  expect(await createActivities({ people: { ask: async (name: string) => `hello ${name}` } }).Ask('you')).toBe(
    'hello you',
  );
});

test('the same code is compiled once, other code elsewhere', async () => {
  const env = cache();
  const [files, changed] = await Promise.all([program, program.replace('5s', '6s')].map(filesOf));
  const [first, second, other] = await Promise.all([
    prepare({ env, files: files!, packages }),
    prepare({ env, files: files!, packages }),
    prepare({ env, files: changed!, packages }),
  ]);
  expect(second).toBe(first);
  expect(other).not.toBe(first);
  expect(fs.readdirSync(join(env['XDG_CACHE_HOME']!, 'twfc/run'))).toHaveLength(2);
  fs.writeFileSync(join(first, 'bundle.0.cjs'), '');
  expect(await prepare({ env, files: files!, packages })).toBe(first);
  expect(fs.existsSync(join(first, 'bundle.0.cjs'))).toBe(true);
});

test('a cache that cannot be written is an error of the file system', async () => {
  const env = cache();
  fs.writeFileSync(join(env['XDG_CACHE_HOME']!, 'twfc'), 'a file');
  await expect(prepare({ env, files: await filesOf(program), packages })).rejects.toMatchObject({ code: 'ENOTDIR' });
});
