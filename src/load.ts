import { checkExterns, checkNamespaces, type Config, loadConfig } from './config/config.js';
import type { Reporter } from './diagnostics/diagnostic.js';
import type { Host } from './host.js';
import type { SourceFile } from './source.js';
import { loadSources } from './sources.js';

export interface LoadedProgram {
  readonly config: Config;
  readonly sources: readonly SourceFile[];
}

/**
 * The program that is meant by some paths (files and folders; none: the current folder), with its twfc.json.
 *
 * @returns undefined when some of it cannot be read: that has been reported, and what was read is of no use
 */
export function loadProgram(host: Host, paths: readonly string[], reporter: Reporter): LoadedProgram | undefined {
  const before = reporter.all.length;
  const config = loadConfig(host, paths, reporter);
  if (!config) return undefined;
  const sources = loadSources(host, { paths, belongs: config.belongs }, reporter);
  checkNamespaces(config, sources, reporter);
  checkExterns(host, config, reporter);
  return reporter.all.length === before ? { config, sources } : undefined;
}
