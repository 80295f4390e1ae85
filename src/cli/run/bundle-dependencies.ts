import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';
import type { Emitted } from '../../emit/emit.js';
import { externsImport } from './externs-import.js';
import { digest } from './prepare.js';

/**
 * Makes one JavaScript file of the module with the activities' dependencies, and of the files that it imports by their
 * paths. Packages stay imports: the Temporal SDK's and twfc's are those that the generated code uses, the others are the
 * project's own.
 *
 * @param module absolute
 * @param folder of the generated code: absolute
 * @returns the file, in `folder`
 * @throws an error whose message says what is wrong with the module
 */
export async function bundleDependencies(module: string, folder: string, shared: ReadonlySet<string>): Promise<string> {
  const { build } = await import('esbuild');
  const [output] = (
    await build({
      entryPoints: [module],
      bundle: true,
      write: false,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      sourcemap: 'inline',
      logLevel: 'silent',
      plugins: [importsOf(shared), placesOf()],
    }).catch((error: unknown) => {
      throw new Error(problems(error));
    })
  ).outputFiles;
  const file = join(folder, `dependencies.${digest(output!.text)}.js`);
  if (!existsSync(file)) {
    writeFileSync(`${file}.${process.pid}`, output!.text);
    renameSync(`${file}.${process.pid}`, file);
  }
  return file;
}

/**
 * Makes one file of the module with the extern functions, and of all that it imports but for the SDK's packages: it goes
 * into the bundle of the workflows.
 *
 * @param module absolute
 * @returns as a file of the generated code
 * @throws an error whose message says what is wrong with the module
 */
export async function bundleExterns(module: string, shared: ReadonlySet<string>): Promise<Emitted> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [module],
    outfile: externsImport,
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'external',
    logLevel: 'silent',
    external: [...shared, 'node:*'],
  }).catch((error: unknown) => {
    throw new Error(problems(error));
  });
  const [map, code] = ['.map', '.js'].map((end) => outputFiles.find(({ path }) => path.endsWith(end))!.text);
  return { path: externsImport.replace(/^\.\/(.*)\.js$/, '$1.ts'), text: code!, map: map! };
}

/** Packages are found from where they are imported, not from where the bundle lies. */
function importsOf(shared: ReadonlySet<string>): Plugin {
  return {
    name: 'imports',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData, importer }) => {
        if (pluginData === 'resolving' || importer === '' || path.startsWith('node:')) return undefined;
        if (shared.has(packageOf(path))) return { path, external: true };
        const found = await build.resolve(path, { kind, resolveDir, pluginData: 'resolving' });
        if (found.errors.length > 0 || found.external || found.namespace !== 'file') return found;
        return { path: pathToFileURL(found.path).href, external: true };
      });
    },
  };
}

/** `import.meta.url` and its like name the file that they stand in. */
function placesOf(): Plugin {
  return {
    name: 'places',
    setup(build) {
      build.onLoad({ filter: /\.[cm]?[jt]s$/ }, ({ path }) => {
        const places = { url: pathToFileURL(path).href, filename: path, dirname: dirname(path) };
        const contents = readFileSync(path, 'utf8').replace(/\bimport\.meta\.(url|filename|dirname)\b/g, (_, key) =>
          JSON.stringify(places[key as keyof typeof places]),
        );
        return { contents, loader: extname(path).endsWith('ts') ? 'ts' : 'js' };
      });
    },
  };
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function problems(error: unknown): string {
  const { errors = [] } = error as {
    errors?: readonly { text: string; location: { file: string; line: number } | null }[];
  };
  const [first] = errors;
  if (!first) return error instanceof Error ? error.message : String(error);
  const { text, location } = first;
  return location ? `${location.file}:${location.line}: ${text}` : text;
}
