import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface ProgramText {
  /** In the repository. */
  readonly path: string;
  readonly text: string;
}

/** Every .twf file of the fixtures and the examples, right or wrong, for tests. */
export function repositoryPrograms(): ProgramText[] {
  return ['fixtures', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.twf'))
      .sort()
      .map((path) => join(folder, path))
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, '') })),
  );
}
