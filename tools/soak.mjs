/**
 * `npm run soak [-- COUNT [SEED]]`: the test with programs that nobody wrote (src/emit/invariant.test.ts), round after
 * round with other programs, until COUNT of them (20,000 by default) have been tried. Ends with the first round that fails,
 * of which it prints what the test says.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const perRound = 250;
const [count = 20_000, firstSeed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
const rounds = Math.ceil(count / perRound);
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const cwd = fileURLToPath(new URL('..', import.meta.url));

for (let round = 0; round < rounds; round++) {
  const seed = firstSeed + round;
  const env = { ...process.env, SEED: String(seed), COUNT: String(perRound) };
  const args = [vitest, 'run', '--testTimeout', '900000', 'src/emit/invariant.test.ts'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) {
    console.log(`${stdout}\n${stderr}\nRound ${round + 1} failed: SEED=${seed} COUNT=${perRound}`);
    process.exit(1);
  }
  if (process.stdout.isTTY) process.stdout.write(`\r${(round + 1) * perRound} programs`);
}
console.log(
  `${process.stdout.isTTY ? '\r' : ''}${rounds * perRound} programs, seeds ${firstSeed} to ${firstSeed + rounds - 1}: all as they should be`,
);
