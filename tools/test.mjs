/**
 * `npm test`: every check of the project, one after the other, each to its end. Arguments go to vitest. The last line
 * counts the tests, and each other check that failed as a failed test; the exit code is 1 when anything failed.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { count, summary } from './test-counts.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const module = (path, ...args) => [join(root, 'node_modules', path), ...args];

const checks = {
  format: module('prettier/bin/prettier.cjs', '--check', '.'),
  lint: module('oxlint/bin/oxlint', '--deny-warnings'),
  types: module('typescript/bin/tsc', '-p', '.'),
  build: [join(root, 'tools/build.mjs')],
  'example, the shop': [join(root, 'dist/twfc.cjs'), 'build', 'examples/shop', '--quiet'],
  'example, the depot': [join(root, 'dist/twfc.cjs'), 'build', 'examples/depot', '--quiet'],
  'types, with TypeScript 5.9': module('typescript5/bin/tsc', '-p', 'tools/tsconfig.typescript5.json'),
};

const failed = [];
for (const [name, command] of Object.entries(checks)) {
  if ((await run(name, command)) !== 0) failed.push(name);
}

const service = await findTestService();
if (service.reason && process.env.CI) failed.push('Temporal Service');

const folder = await mkdtemp(join(tmpdir(), 'twfc-test-'));
try {
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const vitest = module('vitest/vitest.mjs', 'run', ...reporters, ...process.argv.slice(2));
  const exitCode = await run('tests', vitest, service.env);
  const results = await readFile(report, 'utf8').then(JSON.parse, () => undefined);
  const counts = count(results, exitCode);
  console.log(`\n${summary(counts, failed, service.reason)}`);
  process.exitCode = counts.failed + failed.length > 0 ? 1 : 0;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Runs a Node program, and shows what it says. Resolves to its exit code. */
function run(name, command, env = {}) {
  console.log(`\n> ${name}`);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Looks for a Temporal Service once, which may mean to build one, and lets the tests know of it: each file starts one of
 * its own, unless one runs already.
 */
async function findTestService() {
  console.log('\n> Temporal Service');
  try {
    const { findService } = await import('../dist/runtime/worker/index.js');
    const { version, own, source, address, stop } = await findService({ namespaces: [], log: console.log });
    console.log(`Server ${version}, ${own ? `started (${source})` : `running at ${address}`}`);
    await stop();
    return { env: { TEMPORAL_ADDRESS: own ? '' : address } };
  } catch (error) {
    console.log(error.message);
    const reasons = error.reasons?.map(({ candidate, reason }) => `${candidate}: ${reason}`);
    const reason = reasons?.join('; ') ?? error.message;
    return { reason, env: { TWFC_NO_SERVICE: reason } };
  }
}
