import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { cacheFolder } from '../../../runtime/worker/service/cache.js';
import type { Config } from '../../config/config.js';
import type { Reporter } from '../../diagnostics/diagnostic.js';
import type { Emitted } from '../../emit/emit.js';
import { reasonOf } from '../../host.js';
import { type Context, say } from '../context.js';
import { bundleDependencies, bundleExterns } from './bundle-dependencies.js';
import { findPackages, type Packages } from './packages.js';
import { prepare } from './prepare.js';

/** What workers are made of: files in twfc's cache. */
export interface Artefacts {
  /** Of the generated code, as JavaScript: absolute. */
  readonly folder: string;
  /** The bundled module of dependencies, where the program has one: absolute. */
  readonly dependencies: string | undefined;
}

/** Undefined when something is wrong: it has been reported. */
export async function makeArtefacts(
  cx: Context,
  config: Config,
  files: readonly Emitted[],
  reporter: Reporter,
): Promise<Artefacts | undefined> {
  const packages = findPackages(config.folder);
  if (packages.note !== undefined) say(cx, packages.note);
  const env = cx.terminal.env;
  let folder: string;
  try {
    const externs = files.some(({ path }) => path === 'externs.ts') ? config.externs : undefined;
    const implementation = externs && (await bundledExterns(externs, packages, cx.host.cwd, reporter));
    if (externs !== undefined && !implementation) return undefined;
    folder = await prepare({ env, files: implementation ? [...files, implementation] : files, packages });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    const hint = 'The folder of the cache can be set with `XDG_CACHE_HOME`.';
    return reporter.reportUnplaced(
      'TWF041',
      { path: join(cacheFolder(env), 'run'), reason: reasonOf(error) },
      { hint },
    );
  }
  if (config.dependencies === undefined) return { folder, dependencies: undefined };
  const dependencies = await bundled(config.dependencies, folder, packages, cx.host.cwd, reporter);
  return dependencies === undefined ? undefined : { folder, dependencies };
}

async function bundledExterns(
  module: string,
  packages: Packages,
  cwd: string,
  reporter: Reporter,
): Promise<Emitted | undefined> {
  try {
    return await bundleExterns(module, new Set([...packages.folders.keys(), 'twfc']));
  } catch (error) {
    const path = posix.relative(cwd, module);
    return reporter.reportUnplaced('TWF054', { path, why: (error as Error).message });
  }
}

async function bundled(
  module: string,
  folder: string,
  packages: Packages,
  cwd: string,
  reporter: Reporter,
): Promise<string | undefined> {
  const path = posix.relative(cwd, module);
  if (!existsSync(module)) {
    const hint = 'It is named by `dependencies` in twfc.json.';
    return reporter.reportUnplaced('TWF054', { path, why: 'there is no such file' }, { hint });
  }
  try {
    return await bundleDependencies(module, folder, new Set([...packages.folders.keys(), 'twfc']));
  } catch (error) {
    return reporter.reportUnplaced('TWF054', { path, why: (error as Error).message });
  }
}
