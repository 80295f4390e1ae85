/**
 * Builds dist/: `node tools/build.mjs [PART…]`, all parts by default. A part that fails leaves what it built before.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = join(root, 'node_modules/typescript/bin/tsc');

/** Installed beside twfc, because generated code needs them too, or because few programs do. Everything else is bundled. */
const external = ['@temporalio/*', 'nexus-rpc', 'esbuild', 'decimal.js', '@babel/parser'];
const common = { absWorkingDir: root, platform: 'node', target: 'node20.19', logLevel: 'silent' };

/** What each part needs, and how it writes its files to a folder. */
const parts = {
  /** What generated code imports, file by file. */
  runtime: {
    needs: 'runtime',
    async build(folder) {
      const files = await readdir(join(root, 'runtime'), { recursive: true });
      const isSource = (file) => file.endsWith('.ts') && !/\.test\.ts$|^testing\b/.test(file);
      await allSettled([
        esbuild.build({
          ...common,
          entryPoints: files.filter(isSource).map((file) => join('runtime', file)),
          outbase: '.',
          outdir: folder,
          format: 'esm',
        }),
        declarations('runtime', folder),
      ]);
    },
  },
  /** The compiler as one module. */
  library: {
    needs: 'src/index.ts',
    async build(folder) {
      const bundle = { bundle: true, external, legalComments: 'linked', format: 'esm' };
      await allSettled([
        esbuild.build({ ...common, ...bundle, entryPoints: ['src/index.ts'], outfile: join(folder, 'src/index.js') }),
        declarations('src/index.ts', folder),
      ]);
    },
  },
  /**
   * The command as one file, with its bytecode and what loads both, and the process of the workers. What the command imports
   * when it needs it is not evaluated before.
   */
  cli: {
    needs: 'src/cli/bin.ts',
    async build(folder) {
      const bundle = {
        ...common,
        bundle: true,
        external,
        minify: true,
        legalComments: 'linked',
        format: 'cjs',
        define: { 'import.meta.url': 'moduleUrl' },
        banner: { js: "'use strict'; var moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
        outdir: folder,
        outExtension: { '.js': '.cjs' },
      };
      await allSettled([
        // In code that comes from bytecode, V8 cannot import.
        esbuild.build({
          ...bundle,
          entryPoints: { cli: 'src/cli/bin.ts' },
          supported: { 'dynamic-import': false },
        }),
        esbuild.build({
          ...bundle,
          entryPoints: { workers: 'src/cli/run/workers-process.ts' },
        }),
      ]);
      await cp(join(root, 'tools/launch.cjs'), join(folder, 'twfc.cjs'));
      await chmod(join(folder, 'twfc.cjs'), 0o755);
      await run('tools/bytecode.cjs', folder, join(folder, 'cli.bytecode'), 'examples/shop');
    },
  },
  /** What `twfc explain` prints, and the schema of twfc.json. */
  data: {
    needs: 'src/diagnostics/pages',
    async build(folder) {
      await cp(join(root, 'src/diagnostics/pages'), join(folder, 'pages'), { recursive: true });
      await cp(join(root, 'src/config/twfc.schema.json'), join(folder, 'twfc.schema.json'));
    },
  },
};

/** Unlike `Promise.all`, leaves nothing running when one of them fails. */
async function allSettled(promises) {
  const failed = (await Promise.allSettled(promises)).find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

/** Writes the declarations of a folder or file, and of what it imports; fails when its types are wrong. */
async function declarations(include, folder) {
  const config = join(folder, `tsconfig.${basename(include)}.json`);
  await writeFile(
    config,
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { noEmit: false, declaration: true, emitDeclarationOnly: true, rootDir: root, outDir: folder },
      include: [join(root, include)],
      exclude: [join(root, '**/*.test.ts'), join(root, 'runtime/testing')],
    }),
  );
  await run(tsc, '-p', config);
  await rm(config);
}

/** Runs a script of Node; fails with what it has printed. */
async function run(...args) {
  await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: root });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(output.trim()))));
  });
}

/** Replaces what stands in dist/ under the names that a part has written. */
async function install(from, dist) {
  for (const name of await readdir(from)) {
    await rm(join(dist, name), { recursive: true, force: true });
    await rename(join(from, name), join(dist, name));
  }
}

/**
 * Builds parts into a folder, side by side.
 *
 * @returns {Promise<string[]>} what went wrong, one entry for each part that failed
 */
export async function build(names = Object.keys(parts), dist = join(root, 'dist')) {
  await mkdir(dist, { recursive: true });
  const failures = await Promise.all(
    names.map(async (name) => {
      const part = parts[name];
      if (!part) return `${name}: there is no such part, only ${Object.keys(parts).join(', ')}`;
      if (!existsSync(join(root, part.needs))) return `${name}: ${part.needs} is missing`;
      const folder = await mkdtemp(join(root, 'node_modules/.twfc-build-'));
      try {
        await part.build(folder);
        await install(folder, dist);
      } catch (error) {
        const { errors = [], message } = error;
        const lines = await esbuild.formatMessages(errors, { kind: 'error' });
        return `${name}: ${lines.join('') || message}`;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }),
  );
  return failures.filter((failure) => failure !== undefined);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const from = performance.now();
  const names = process.argv.slice(2);
  const failures = await build(names.length > 0 ? names : undefined);
  for (const failure of failures) console.error(failure);
  if (failures.length === 0) console.log(`Built dist/ in ${((performance.now() - from) / 1000).toFixed(1)} s`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}
