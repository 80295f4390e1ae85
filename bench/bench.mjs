/**
 * `npm run bench`: how long the phases of the compiler take, for generated programs of 1,000, 10,000 and 100,000 lines, and
 * how long whole commands take beside a bare node. Times are the best of several rounds; whole commands run in turn, so
 * that their ratios come from one run.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { generateProgram } from './generate.mjs';

const sizes = [1_000, 10_000, 100_000];
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const cli = here('../dist/twfc.cjs');
const folder = mkdtempSync(join(tmpdir(), 'twfc-bench-'));

const small = `# A payment that must not take too long.
workflow Checkout(order: Order) -> CheckoutResult:
    signal Cancel(reason: string)

    activity Reserve(order.id, order.items) -> reservation
    await one:
        activity Charge(order.payment) -> receipt:
            activity Record(order.id, receipt)
        signal Cancel -> reason:
            activity Release(reservation)
            close failed Cancelled{id: order.id, reason}
        timer(30m):
            activity Release(reservation)
            close failed Cancelled{id: order.id, reason: "too slow"}
    close CheckoutResult{id: order.id, receipt}

activity Reserve(id: string, items: []Item) -> string:
    return warehouse.reserve(id, items)

activity Release(reservation: string):
    warehouse.release(reservation)

activity Charge(payment: Payment) -> string:
    return bank.charge(payment.card, payment.amount)

activity Record(id: string, receipt: string):
    ledger.add(id, receipt)

# End of the program.
`;

try {
  const bundle = join(folder, 'measure.mjs');
  await build({
    entryPoints: [here('measure.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  });
  phases(bundle);
  commands();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function phases(bundle) {
  const measured = sizes.map((size) => JSON.parse(run(['--expose-gc', bundle, String(size)])));
  const rows = measured.map(({ lines, bytes, peak, ...times }) => {
    const cells = Object.values(times).map((ms) => `${ms.toFixed(0)} ms, ${Math.round(lines / ms)} klines/s`);
    const ratio = (times.checking / (times.lexing + times.parsing)).toFixed(2);
    return [`${lines} lines, ${(bytes / 1e6).toFixed(2)} MB`, ...cells, ratio, `${peak.toFixed(0)} MB`];
  });
  table(['program', 'lexing', 'parsing', 'checking', 'emitting', 'checking to parsing', 'peak memory'], rows);
  const [small, large] = [measured[0], measured.at(-1)];
  const growth = (phase) => Math.log(large[phase] / small[phase]) / Math.log(large.lines / small.lines);
  const exponents = ['lexing', 'parsing', 'checking', 'emitting'].map(
    (phase) => `${phase} ${growth(phase).toFixed(2)}`,
  );
  console.log(`\nTime grows with the number of lines to the power of: ${exponents.join(', ')}.`);
}

function commands() {
  const files = Object.fromEntries(
    [30, 1_000, 100_000].map((size) => {
      const path = join(folder, `program-${size}.twf`);
      writeFileSync(path, size === 30 ? small : generateProgram(size));
      return [size, path];
    }),
  );
  const measured = {
    'node -e 0': ['-e', '0'],
    'twfc --version': [cli, '--version'],
    'twfc check, 30 lines': [cli, 'check', files[30]],
    'twfc check, 1,000 lines': [cli, 'check', files[1_000]],
    'twfc check, 100,000 lines': [cli, 'check', files[100_000]],
  };
  const times = Object.fromEntries(Object.keys(measured).map((name) => [name, []]));
  for (let round = 0; round < 12; round++) {
    for (const [name, args] of Object.entries(measured)) {
      if (name.includes('100,000') && round >= 4) continue;
      const from = performance.now();
      run(args);
      times[name].push(performance.now() - from);
    }
  }
  const bare = Math.min(...times['node -e 0']);
  const rows = Object.entries(times).map(([name, all]) => {
    const sorted = all.toSorted((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)];
    return [name, `${sorted[0].toFixed(0)} ms`, `${median.toFixed(0)} ms`, `${(sorted[0] / bare).toFixed(2)}x`];
  });
  console.log();
  table(['command', 'best', 'median', 'to bare node'], rows);
}

function run(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0)
    throw new Error(`node ${args.join(' ')} exited with ${status}:\n${stdout.slice(0, 2000)}\n${stderr}`);
  return stdout;
}

function table(head, rows) {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i].length)));
  const line = (row) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  console.log([line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n'));
}
