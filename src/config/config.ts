import { posix } from 'node:path';
import picomatch from 'picomatch';
import type { ProgramOptions } from '../check/program.js';
import type { Reporter } from '../diagnostics/diagnostic.js';
import { foldersAround, type Host, reasonOf } from '../host.js';
import type { SourceFile } from '../source.js';
import { readSource } from '../sources.js';
import { type LintLevel, readSettings, type Settings } from './read.js';

/** What holds for one run of the compiler: twfc.json, with everything that it leaves out filled in. */
export interface Config extends ProgramOptions {
  /** The folder that settings are relative to: absolute. That of twfc.json, or the current one. */
  readonly folder: string;
  /** Where generated files go: absolute. */
  readonly out: string;
  /** The module with the activities' dependencies: absolute. */
  readonly dependencies: string | undefined;
  /** The module with the extern functions: absolute. */
  readonly externs: string | undefined;
  /** The contract files of services that others have: absolute. */
  readonly contracts: readonly string[];
  /** Those of the program's own services, as they have been promised: absolute. */
  readonly baselines: readonly string[];
  readonly lints: ReadonlyMap<string, LintLevel>;
  /** Every namespace that twfc.json puts a file in: more than one is a mistake. */
  namespacesOf(path: string): readonly string[];
  /** Whether a file that was found in a searched folder is one of the program's. */
  belongs(path: string): boolean;
}

export const configName = 'twfc.json';

/**
 * Finds the twfc.json that is nearest to the first path, in its folder or one around it, and reads it.
 *
 * @returns undefined when it has mistakes: they have been reported
 */
export function loadConfig(host: Host, paths: readonly string[], reporter: Reporter): Config | undefined {
  const first = posix.resolve(host.cwd, paths[0] ?? '.');
  try {
    const isFolder = host.kind(first) === 'folder';
    const folders = [...foldersAround(first), ...(isFolder ? [first] : [])].reverse();
    const folder = folders.find((one) => host.kind(posix.join(one, configName)) === 'file');
    if (folder === undefined) {
      const program = isFolder || paths.length > 1 ? posix.basename(folders[0]!) : posix.basename(first, '.twf');
      return configure(host, {}, { folder: host.cwd, program });
    }
    const file = readSource(host, posix.relative(host.cwd, posix.join(folder, configName)), reporter);
    const settings = file && readSettings(file, reporter);
    return settings && configure(host, settings, { folder, program: posix.basename(folder) });
  } catch (error) {
    return reporter.reportUnplaced('TWF002', { path: paths[0] ?? '.', reason: reasonOf(error) });
  }
}

/** Reports files that the configuration puts in several namespaces. */
export function checkNamespaces(config: Config, sources: readonly SourceFile[], reporter: Reporter): void {
  for (const { path } of sources) {
    const [first, second] = config.namespacesOf(path);
    if (first !== undefined && second !== undefined) {
      reporter.reportUnplaced('TWF026', { path, first, second }, { hint: 'Narrow the globs in twfc.json.' });
    }
  }
}

function configure(host: Host, settings: Settings, { folder, program }: { folder: string; program: string }): Config {
  const within = (path: string) => posix.resolve(folder, path);
  const relative = (path: string) => posix.relative(folder, posix.resolve(host.cwd, path));
  const belongs = settings.files ? matcher(settings.files) : () => true;
  const namespaces = Object.entries(settings.namespaces ?? {}).map(
    ([name, { files = [] }]) => ({ name, holds: matcher(files) }) as const,
  );
  const namespacesOf = (path: string) =>
    namespaces.filter(({ holds }) => holds(relative(path))).map(({ name }) => name);
  return {
    folder,
    out: within(settings.out ?? 'generated'),
    dependencies: settings.dependencies === undefined ? undefined : within(settings.dependencies),
    externs: settings.externs === undefined ? undefined : within(settings.externs),
    contracts: (settings.contracts ?? []).map(within),
    baselines: (settings.baseline ?? []).map(within),
    families: settings.families,
    tracing: settings.tracing,
    deployedName: (namespace) => settings.namespaces?.[namespace]?.name ?? namespace,
    lints: new Map(Object.entries(settings.lints ?? {})),
    namespace: settings.namespace ?? 'default',
    taskQueue: settings.taskQueue ?? (program || 'default'),
    readText: (path) => {
      const at = posix.resolve(host.cwd, path);
      return host.kind(at) === 'file' ? new TextDecoder().decode(host.read(at)) : undefined;
    },
    belongs: (path) => belongs(relative(path)),
    namespacesOf,
    namespaceOf: (path) => namespacesOf(path)[0],
  };
}

/** Globs of files and folders; a folder stands for all that is in it. */
function matcher(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  return picomatch(
    globs.map((glob) => glob.replace(/^\.\//, '').replace(/\/+$/, '')).flatMap((glob) => [glob, `${glob}/**`]),
  );
}

/** Reports a module of extern functions that is not there. */
export function checkExterns(host: Host, { externs }: Config, reporter: Reporter): void {
  if (externs === undefined || host.kind(externs) === 'file') return;
  const path = posix.relative(host.cwd, externs);
  reporter.reportUnplaced('TWF027', { path }, { hint: 'It is named by `externs` in twfc.json.' });
}
