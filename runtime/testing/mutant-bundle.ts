import { fileURLToPath } from 'node:url';
import { bundle } from './lab.js';

/** A change of the runtime. */
export interface Change {
  /** In runtime/workflow. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Workflows, by the path of their module in this folder, with a change of the runtime under them. */
export interface Mutated extends Change {
  readonly workflows: string;
}

/** No change at all. */
export const unchanged: Change = { file: '', from: '', to: '' };

/** One bundle of many: a workflow runs in the one whose number, from 0, is its id. */
export async function bundleMutants(mutants: readonly Mutated[]): Promise<string> {
  const loader = fileURLToPath(new URL('mutant-loader.cjs', import.meta.url));
  const use = { loader, options: { mutants } };
  return await bundle(new URL('mutant-entry.ts', import.meta.url), (config) => {
    config.module?.rules?.push(
      { enforce: 'pre', resourceQuery: /mutant/, use },
      { enforce: 'pre', test: /mutant-entry\.ts$/, use },
    );
    return config;
  });
}
