import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, isCached, removeUnused } from '../../../runtime/worker/service/cache.js';
import type { Emitted } from '../../emit/emit.js';
import { version } from '../../version.js';
import { installPackages, type Packages, runtimeTexts } from './packages.js';

export interface PrepareOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly files: readonly Emitted[];
  readonly packages: Packages;
}

/**
 * Makes JavaScript of generated code, in a folder of twfc's cache where its imports are found. The same code has the
 * same folder, so that what was made of it before is used again.
 *
 * @returns the folder: absolute
 * @throws the file system's error when it cannot be written
 */
export async function prepare({ env, files, packages }: PrepareOptions): Promise<string> {
  const cache = join(cacheFolder(env), 'run');
  const folder = join(cache, digest(JSON.stringify([version, files, [...packages.folders], runtimeTexts()])));
  if (await isCached(folder)) return folder;

  const building = `${folder}.${randomBytes(4).toString('hex')}`;
  try {
    mkdirSync(building, { recursive: true });
    writeFileSync(join(building, 'package.json'), '{ "type": "module" }\n');
    installPackages(packages, building);
    const { transform } = await import('esbuild');
    for (const { path, text, map } of files) {
      const js = await transform(withMap(text, map), {
        loader: 'ts',
        sourcemap: 'inline',
        sourcefile: path,
        target: 'es2022',
      });
      const file = join(building, path.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, js.code);
    }
    await removeUnused(cache, '');
    try {
      renameSync(building, folder);
    } catch (error) {
      // Another process was faster.
      if (!existsSync(folder)) throw error;
    }
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  return folder;
}

/** A short name for a content. */
export function digest(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 24);
}

/** With its source map inside, so that the one of the JavaScript leads to the source. */
function withMap(text: string, map: string): string {
  const encoded = Buffer.from(map).toString('base64');
  return `${text.replace(/^\/\/# sourceMappingURL=.*\n/m, '')}//# sourceMappingURL=data:application/json;base64,${encoded}\n`;
}
