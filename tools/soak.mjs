/**
 * `npm run soak`: the test with programs that nobody wrote (src/emit/invariant.test.ts), round after round with other
 * programs, until COUNT of them (20,000 by default) have been tried. SEED is the seed of the first round. Most rounds leave
 * the older compiler out, which takes most of the time. It goes on after a failure: each kind is printed once, with the smallest program
 * that has it, and at the end with all the rounds that had it. Ends with 1 if anything failed.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const perRound = 250;
/** So many rounds try one with all compilers. */
const roundsPerFull = 10;
const count = numberFrom('COUNT', 20_000);
const firstSeed = numberFrom('SEED', Date.now() % 1_000_000);
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const cwd = fileURLToPath(new URL('..', import.meta.url));

function numberFrom(name, otherwise) {
  const number = Number(process.env[name] ?? otherwise);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`${name} is a whole number from 1.`);
  return number;
}

/** What the test says of one round, without colours; undefined if nothing failed. */
async function failuresOf({ seed, programs, compiler }) {
  const env = {
    ...process.env,
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
    SEED: seed,
    COUNT: programs,
    COMPILER: compiler,
  };
  const args = [vitest, 'run', '--testTimeout', '900000', 'src/emit/invariant.test.ts'];
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(text));
  const status = await new Promise((resolve) => child.on('close', resolve));
  return status === 0 ? undefined : Buffer.concat(said).toString();
}

/** The failures in what a round says, each under what it is about: the test, and the first code in it. */
function parted(said) {
  const parts = said
    .split(/^ FAIL +/m)
    .slice(1)
    .map((part) =>
      part
        .split(/^⎯{5,}/m, 1)[0]
        .split('\n')
        .filter((line) => !noise.test(line))
        .join('\n')
        .trim(),
    );
  if (parts.length === 0) return [{ about: 'the round itself', text: said }];
  return parts.map((text) => ({ about: [text.split('\n')[0], ...(code.exec(text) ?? [])].join(': '), text }));
}

const code = /\bTS\d{4,5}\b|\bTWF\d{3}\b/;
/** Rows of numbers that nobody reads, and where the test stands. */
const noise = /^Counterexample: |^ *❯ |^ +(\d+)?\|/;

const found = new Map();
const show = (text) => process.stdout.isTTY && process.stdout.write(`\r\u001b[K${text}`);
let tried = 0;
for (let round = 0; tried < count; round++) {
  const programs = Math.min(perRound, count - tried);
  const compiler = round % roundsPerFull === roundsPerFull - 1 ? 'all' : 'newest';
  const seed = firstSeed + round;
  show(`${tried} of ${count} programs, seed ${seed}, ${found.size} kinds of failures`);
  const said = await failuresOf({ seed, programs, compiler });
  tried += programs;
  for (const { about, text } of said === undefined ? [] : parted(said)) {
    if (!found.has(about)) {
      found.set(about, []);
      show('');
      console.log(`${text}\n`);
    }
    found.get(about).push(`SEED=${seed} COUNT=${programs} COMPILER=${compiler}`);
  }
}
show('');
for (const [about, rounds] of found) console.log(`${about}\n  ${rounds.join('\n  ')}`);
const end = found.size === 0 ? 'all as they should be' : `${found.size} kinds of failures`;
console.log(`${tried} programs and their mutants, from seed ${firstSeed}: ${end}`);
process.exitCode = found.size === 0 ? 0 : 1;
