import { afterAll, beforeAll, describe, test } from 'vitest';
import { bundle, Lab } from '../testing/lab.js';
import { scenarios } from '../testing/scenarios/index.js';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open(await bundle(new URL('../testing/workflows/index.ts', import.meta.url)));
});
afterAll(() => lab.close());

for (const [subject, cases] of Object.entries(scenarios)) {
  describe(subject, () => {
    for (const [name, scenario] of Object.entries(cases)) test(name, () => scenario(lab));
  });
}
