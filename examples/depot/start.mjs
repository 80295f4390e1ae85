/** `node examples/depot/start.mjs`: compiles the orders, starts the depot, and runs one order on a Temporal Service. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const twfc = (...args) =>
  spawn(process.execPath, [path('../../dist/twfc.cjs'), ...args], { stdio: 'inherit', cwd: path('.') });

const [failed] = await once(twfc('build', '.', '--quiet'), 'exit');
if (failed) process.exit(failed);

const depot = spawn(process.execPath, ['--import', 'tsx', path('depot.ts')], { stdio: ['ignore', 'inherit', 'pipe'] });
depot.stderr.pipe(process.stderr);
await Promise.race([once(depot.stderr, 'data'), once(depot, 'exit')]);

const order = ['--input', '"7"', '--input', '[{"sku": "apple", "count": 2}]'];
const run = twfc('run', '.', '--type', 'OrderWorkflow', ...order, '--trace');
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => run.kill(signal));
const [code] = await once(run, 'exit');
depot.kill();
process.exit(code ?? 1);
