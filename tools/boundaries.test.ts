import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { importsOf, violations } from './boundaries.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const isShipped = (path: string) => path.endsWith('.ts') && !/\.test\.ts$|(^|\/)testing\//.test(path);
const sources = new Map(
  ['src', 'runtime', 'lsp'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .filter(isShipped)
      .map((path) => [path, readFileSync(join(root, path), 'utf8')] as const),
  ),
);

test('every source keeps to the arrows', () => {
  expect(sources.size).toBeGreaterThan(50);
  expect(violations(sources)).toEqual([]);
});

test('the runtime imports what is installed with it', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const packages = [...sources]
    .filter(([path]) => path.startsWith('runtime/'))
    .flatMap(([path, text]) => importsOf(path, text))
    .filter((target) => !/^(node:|runtime\/)/.test(target))
    .map((target) =>
      target
        .split('/')
        .slice(0, target.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  expect(packages).not.toEqual([]);
  expect(packages.filter((name) => !(name in dependencies))).toEqual([]);
});

describe('an arrow in the other direction is found', () => {
  test.each([
    ['runtime/worker/index.ts', "import { nodeHost } from '../../src/host.js';", 'src/host.ts'],
    ['runtime/workflow/race.ts', "import { randomUUID } from 'node:crypto';", 'node:crypto'],
    ['runtime/workflow/race.ts', "import { Client } from '@temporalio/client';", '@temporalio/client'],
    ['runtime/value/time.ts', "export * from '../workflow/index.js';", 'runtime/workflow/index.ts'],
    ['lsp/features/hover.ts', "import { parse } from '../../src/syntax/parse.js';", 'src/syntax/parse.ts'],
    ['src/check/check.ts', "const fs = await import('node:fs');", 'node:fs'],
    ['src/cli/build.ts', "import { writeFileSync } from 'node:fs';", 'node:fs'],
    [
      'src/emit/emit.ts',
      "import type { Reporter } from '../diagnostics/diagnostic.js';",
      'src/diagnostics/diagnostic.ts',
    ],
    ['src/syntax/parse.ts', "import { check } from '../check/check.js';", 'src/check/check.ts'],
    ['src/syntax/parse.ts', "import { emit } from '../emit/emit.js';", 'src/emit/emit.ts'],
    ['src/program.ts', "import { main } from './cli/main.js';", 'src/cli/main.ts'],
    ['src/cli/check.ts', "import { findService } from '../../runtime/worker/index.js';", 'runtime/worker/index.ts'],
  ])('%s: %s', (path, text, target) => {
    expect(violations(new Map([[path, text]]))).toEqual([`${path} imports ${target}`]);
  });

  test.each([
    ['runtime/workflow/race.ts', "import { ApplicationFailure } from '@temporalio/common';"],
    ['runtime/workflow/race.ts', "import { decimal } from '../value/index.js';"],
    ['lsp/main.ts', "import { check } from '../src/index.js'; import 'vscode-languageserver';"],
    ['src/host.ts', "import * as fs from 'node:fs';"],
    ['src/cli/run/run.ts', "import { findService } from '../../../runtime/worker/index.js';"],
    ['src/syntax/parse.ts', "import type { ParsedFile } from '../check/program.js';"],
  ])('and %s: %s is none', (path, text) => {
    expect(violations(new Map([[path, text]]))).toEqual([]);
  });
});
