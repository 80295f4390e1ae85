/** `npm start`: compiles the shop and runs one order on a Temporal Service, printing what each namespace does. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const order = readFileSync(path('order.json'), 'utf8');
const args = ['run', relative('', path('.')) || '.', '--type', 'OrderWorkflow', '--input', order, '--trace'];

const twfc = spawn(process.execPath, [path('../../dist/twfc.cjs'), ...args], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => twfc.kill(signal));
twfc.on('exit', (code) => process.exit(code ?? 1));
