import { posix } from 'node:path';
import { checkExterns, checkNamespaces, type Config, loadConfig } from './config/config.js';
import type { Settings } from './config/read.js';
import type { Reporter } from './diagnostics/diagnostic.js';
import { type Host, reasonOf } from './host.js';
import type { CompileOptions } from './program.js';
import type { SourceFile } from './source.js';
import { loadSources, readSource } from './sources.js';

export interface LoadedProgram {
  readonly config: Config & Pick<CompileOptions, 'baseline'>;
  readonly sources: readonly SourceFile[];
}

/**
 * The program that is meant by some paths (files and folders; none: the current folder), with its twfc.json.
 *
 * @returns undefined when some of it cannot be read: that has been reported, and what was read is of no use
 */
export async function loadProgram(
  host: Host,
  paths: readonly string[],
  reporter: Reporter,
): Promise<LoadedProgram | undefined> {
  const before = reporter.all.length;
  const config = loadConfig(host, paths, reporter);
  if (!config) return undefined;
  const sources = loadSources(host, { paths, belongs: config.belongs }, reporter);
  checkNamespaces(config, sources, reporter);
  checkExterns(host, config, reporter);
  const contracts = await loadContracts(host, config.contracts, 'contracts', reporter);
  const baseline = await loadContracts(host, config.baselines, 'baseline', reporter);
  if (reporter.all.length > before) return undefined;
  return { config: { ...config, baseline }, sources: [...sources, ...contracts] };
}

/** Contract files as sources. What reads them is loaded where there are any. */
async function loadContracts(
  host: Host,
  files: readonly string[],
  setting: keyof Settings,
  reporter: Reporter,
): Promise<SourceFile[]> {
  if (files.length === 0) return [];
  const { translateContract } = await import('./contracts/translate.js');
  const hint = `It is named by \`${setting}\` in twfc.json.`;
  return files.flatMap((absolute) => {
    return readContract(host, posix.relative(host.cwd, absolute), translateContract, reporter, hint) ?? [];
  });
}

/**
 * Reads a contract file, as a source of a program.
 *
 * @param hint where its path comes from
 * @returns undefined when it cannot be used: that has been reported
 */
export function readContract(
  host: Host,
  path: string,
  translate: (source: SourceFile, reporter: Reporter) => SourceFile | undefined,
  reporter: Reporter,
  hint?: string,
): SourceFile | undefined {
  try {
    if (host.kind(path) === undefined) return reporter.reportUnplaced('TWF001', { path }, { hint });
    const source = readSource(host, path, reporter);
    return source && translate(source, reporter);
  } catch (error) {
    return reporter.reportUnplaced('TWF002', { path, reason: reasonOf(error) }, { hint });
  }
}
