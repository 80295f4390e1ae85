/** Who may import whom. The rules are the arrows of the architecture: src/README.md draws them. */
import { posix } from 'node:path';
import ts from 'typescript5';

/** A file, a folder (with `/` at its end), a package, or a family of packages (with `/*` at its end). */
type Place = string;

interface Rule {
  readonly files: Place;
  /** Files to which the rule does not apply. */
  readonly except?: readonly Place[];
  /** All that they may import, beside what is in the same folder. */
  readonly only?: readonly Place[];
  /** What they may not import. */
  readonly never?: readonly Place[];
  /** What they may import all the same. */
  readonly unless?: readonly Place[];
}

/** What phases tell each other: types alone. */
const contracts = ['src/check/program.ts', 'src/check/facts.ts'];
const basics = ['src/source.ts', 'src/diagnostics/', 'src/json.ts', 'src/group.ts'];
const pure = ['node:path', 'node:url', 'node:util'];
const io = [
  'node:fs',
  'node:fs/promises',
  'node:child_process',
  'node:net',
  'node:http',
  'node:https',
  'node:readline',
];

export const rules: readonly Rule[] = [
  // The runtime knows nothing of the compiler; what runs inside of the workflow sandbox stays deterministic.
  { files: 'runtime/value/', only: ['decimal.js', '@temporalio/common'] },
  { files: 'runtime/workflow/', only: ['runtime/value/', '@temporalio/workflow', '@temporalio/common', 'nexus-rpc'] },
  { files: 'runtime/activity/', only: ['runtime/value/', '@temporalio/activity', '@temporalio/common'] },
  { files: 'runtime/nexus/', only: ['runtime/value/', '@temporalio/*', 'nexus-rpc'] },
  {
    files: 'runtime/http/',
    only: ['@temporalio/common', 'nexus-rpc', 'node:crypto', 'node:http', 'node:stream', 'node:stream/web'],
  },
  { files: 'runtime/', never: ['src/', 'lsp/', 'tools/', 'fixtures/'] },

  // The phases of the compiler, each of which knows those before it.
  { files: 'src/source.ts', only: [] },
  { files: 'src/json.ts', only: ['src/source.ts'] },
  { files: 'src/group.ts', only: [] },
  { files: 'src/diagnostics/', only: ['src/source.ts', 'picocolors', 'fastest-levenshtein'] },
  { files: 'src/syntax/', only: [...basics, ...contracts, 'chevrotain'] },
  { files: 'src/types/', only: [...basics, 'src/syntax/'] },
  { files: 'src/imports/', only: ['src/source.ts', 'node:module', '@babel/parser'] },
  { files: 'src/options/', only: [...basics, 'src/syntax/', 'src/types/'] },
  { files: 'src/symbols/', only: [...basics, ...contracts, 'src/syntax/', 'src/types/', 'src/options/'] },
  {
    files: 'src/check/',
    only: [...basics, 'node:path', 'src/syntax/', 'src/types/', 'src/options/', 'src/symbols/', 'src/imports/'],
  },
  { files: 'src/format/', only: [...basics, ...contracts, 'src/syntax/', 'src/options/', 'chevrotain'] },
  {
    files: 'src/emit/',
    only: [
      'src/source.ts',
      'src/json.ts',
      'src/syntax/',
      'src/types/',
      'src/options/',
      'src/symbols/',
      'src/check/',
      ...pure,
      '@jridgewell/*',
    ],
  },

  // Contract files: what is read is TWF, what is written is made of facts.
  {
    files: 'src/contracts/',
    only: [
      ...basics,
      ...contracts,
      'src/syntax/ast.ts',
      'src/types/',
      'src/symbols/',
      'src/emit/comments.ts',
      'src/emit/documentation.ts',
      'yaml',
    ],
  },

  // Only the host does input and output. `twfc run` deals with processes and with Temporal besides; `twfc endpoints` with
  // Temporal.
  { files: 'src/', except: ['src/host.ts', 'src/cli/run/'], never: io },
  { files: 'src/', except: ['src/cli/run/', 'src/cli/endpoints/'], never: ['runtime/', '@temporalio/*', 'nexus-rpc'] },
  { files: 'src/', except: ['src/cli/'], never: ['src/cli/'] },
  { files: 'src/', never: ['lsp/', 'tools/', 'fixtures/', 'bench/'] },

  // The language server knows protocols, and nothing of the language.
  { files: 'lsp/', never: ['src/', 'runtime/'], unless: ['src/index.ts'] },
];

/** What a source imports: paths in the project, without the way there, and names of packages. */
export function importsOf(path: string, text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    if (!fileName.startsWith('.')) return fileName;
    return posix.join(posix.dirname(path), fileName).replace(/\.js$/, '.ts');
  });
}

/**
 * The imports that no rule allows, one line each.
 *
 * @param files the text of each source by its path in the project
 */
export function violations(files: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  for (const [path, text] of files) {
    const applying = rules.filter((rule) => isAt(path, rule.files) && !rule.except?.some((place) => isAt(path, place)));
    for (const target of importsOf(path, text)) {
      if (applying.some((rule) => !allows(rule, target))) found.push(`${path} imports ${target}`);
    }
  }
  return found;
}

function allows({ files, only, never, unless }: Rule, target: string): boolean {
  const isAmong = (places: readonly Place[] | undefined) => places?.some((place) => isAt(target, place)) ?? false;
  if (isAmong(unless)) return true;
  return !isAmong(never) && (only === undefined || isAmong([files, ...only]));
}

function isAt(path: string, place: Place): boolean {
  if (/\/\*?$/.test(place)) return path.startsWith(place.replace(/\*$/, ''));
  return path === place || path.startsWith(`${place}/`);
}
