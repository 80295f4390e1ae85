import { afterAll, beforeAll, expect, test } from 'vitest';
import { Lab } from '../testing/lab.js';
import { bundleMutants, unchanged } from '../testing/mutant-bundle.js';
import { mutants } from '../testing/mutants.js';
import { scenarios } from '../testing/scenarios/index.js';

// What the sandbox tests would not notice is not tested. Every event of a scenario is answered at once, so that a mutant
// that waits for ever fails as fast as any other.

let lab: Lab;
beforeAll(async () => {
  const mutated = Object.values(mutants).map((mutant) => ({ ...mutant, workflows: `workflows/${mutant.subject}` }));
  lab = await Lab.open(await bundleMutants([{ ...unchanged, workflows: 'workflows/index' }, ...mutated]));
});
afterAll(() => lab.close());

async function firstFailure(number: number, subject: string): Promise<string | undefined> {
  for (const [name, scenario] of Object.entries(scenarios[subject]!)) {
    try {
      await scenario(lab.withId(`${number}`));
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
