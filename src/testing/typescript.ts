/** What TypeScript and the SDK's bundler make of generated code. */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BundleOptions } from '@temporalio/worker';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The compilers that must accept what is generated, by what they are called. */
export const compilers = [
  ['TypeScript 7', 'typescript/bin/tsc'],
  ['TypeScript 5.9', 'typescript5/bin/tsc'],
] as const;

/** Writes files under a folder. */
export async function writeFiles(folder: string, files: readonly { path: string; text: string }[]): Promise<void> {
  for (const { path, text } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/**
 * What a compiler says about everything in a folder; nothing, if all of it is right.
 *
 * @param folder one inside of the repository, so that packages are found
 */
export async function typeErrors(folder: string, compiler: string): Promise<string> {
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  const tsc = join(root, 'node_modules', compiler);
  const options = { cwd: folder, maxBuffer: 1 << 26 };
  return await promisify(execFile)(process.execPath, [tsc, '-p', folder], options).then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
}

const tsconfig = {
  compilerOptions: {
    target: 'ES2023',
    lib: ['ES2023'],
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noImplicitReturns: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    skipLibCheck: true,
    types: ['node'],
    noEmit: true,
    paths: { 'twfc/runtime/*': [join(root, 'runtime/*/index.ts')] },
  },
  include: ['**/*.ts'],
};

/** Has the bundler take the runtime from its sources, so that nothing has to be built first. */
export const withRuntime: NonNullable<BundleOptions['webpackConfigHook']> = (config) => ({
  ...config,
  resolve: { ...config.resolve, alias: { ...config.resolve?.alias, ...runtime } },
});

const runtime = Object.fromEntries(
  ['value', 'workflow'].map((part) => [`twfc/runtime/${part}$`, join(root, 'runtime', part, 'index.ts')]),
);
