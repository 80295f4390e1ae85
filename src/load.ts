import { posix } from 'node:path';
import { checkExterns, checkNamespaces, type Config, loadConfig } from './config/config.js';
import type { Reporter } from './diagnostics/diagnostic.js';
import { type Host, reasonOf } from './host.js';
import type { SourceFile } from './source.js';
import { loadSources, readSource } from './sources.js';

export interface LoadedProgram {
  readonly config: Config;
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
  const contracts = await loadContracts(host, config, reporter);
  return reporter.all.length === before ? { config, sources: [...sources, ...contracts] } : undefined;
}

/** The contracts of services that others have, as sources of the program. What reads them is loaded where there are any. */
async function loadContracts(host: Host, { contracts }: Config, reporter: Reporter): Promise<SourceFile[]> {
  if (contracts.length === 0) return [];
  const { translateContract } = await import('./contracts/translate.js');
  return contracts.flatMap((absolute) => {
    const hint = 'It is named by `contracts` in twfc.json.';
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
