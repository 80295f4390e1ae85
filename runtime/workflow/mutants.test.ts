import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle, Lab } from '../testing/lab.js';
import { type Mutant, mutants } from '../testing/mutants.js';
import { scenarios } from '../testing/scenarios/index.js';

// What the sandbox tests would not notice is not tested. Every event of a scenario is answered at once, so that a mutant
// that waits for ever fails as fast as any other.

const control: Mutant = { subject: 'index', file: '', from: '', to: '' };
const loader = {
  loader: fileURLToPath(new URL('../testing/mutant-loader.cjs', import.meta.url)),
  options: { mutants: [control, ...Object.values(mutants)] },
};

let lab: Lab;
beforeAll(async () => {
  const code = await bundle(new URL('../testing/mutant-entry.ts', import.meta.url), (config) => {
    config.module?.rules?.push(
      { enforce: 'pre', resourceQuery: /mutant/, use: loader },
      { enforce: 'pre', test: /mutant-entry\.ts$/, use: loader },
    );
    return config;
  });
  lab = await Lab.open(code);
});
afterAll(() => lab.close());

async function firstFailure(number: number, subject: string): Promise<string | undefined> {
  for (const [name, scenario] of Object.entries(scenarios[subject]!)) {
    try {
      await scenario(lab.on(`${number}`));
    } catch {
      return name;
    }
  }
  return undefined;
}

test('what is not mutated fails nowhere', async () => {
  for (const subject of Object.keys(scenarios)) expect(await firstFailure(0, subject)).toBeUndefined();
});

test.each(Object.entries(mutants).map(([name, { subject }], i) => [name, subject, i + 1] as const))(
  '%s: noticed by %s',
  async (_name, subject, number) => {
    expect(await firstFailure(number, subject)).toBeDefined();
  },
);
