/** The pipeline on one page: sources -> syntax trees -> facts -> generated files. */
import { check } from './check/check.js';
import type { Facts } from './check/facts.js';
import type { ParsedFile, ProgramOptions } from './check/program.js';
import type { LintLevel } from './config/read.js';
import { atOrigin, type Diagnostic, Reporter, sorted } from './diagnostics/diagnostic.js';
import { emit, type Emitted } from './emit/emit.js';
import { applyLints } from './lints.js';
import type { SourceFile } from './source.js';
import { parseFile } from './syntax/parse.js';
import { version } from './version.js';

export interface CompileOptions extends ProgramOptions {
  /** What becomes of warnings, by their names. */
  readonly lints?: ReadonlyMap<string, LintLevel>;
  /** How source maps name a source, as seen from the output folder; by default its own path. */
  readonly sourcePath?: (file: SourceFile) => string;
}

export interface Checked {
  readonly parsed: readonly ParsedFile[];
  /** In the order of the files and their lines. */
  readonly diagnostics: readonly Diagnostic[];
  /** Puts the facts together. Undefined when there are errors. */
  readonly facts: (() => Facts) | undefined;
}

export interface Compiled extends Omit<Checked, 'facts'> {
  /** Undefined when there are errors. */
  readonly facts: Facts | undefined;
  /** Empty when there are errors. */
  readonly files: readonly Emitted[];
}

export function checkProgram(sources: readonly SourceFile[], options: CompileOptions): Checked {
  const reporter = new Reporter();
  const parsed = sources.map((source) => parseFile(source, reporter));
  const facts = check({ files: parsed, options, reporter });
  const linted = applyLints(reporter.all, parsed, options.lints ?? new Map());
  const diagnostics = sorted(linted.flatMap(atOrigin));
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  return { parsed, diagnostics, facts: failed ? undefined : facts };
}

export function compile(sources: readonly SourceFile[], options: CompileOptions): Compiled {
  const { parsed, diagnostics, facts: assemble } = checkProgram(sources, options);
  const { sourcePath } = options;
  const facts = assemble?.();
  const files = facts ? emit({ files: parsed, facts, version, ...(sourcePath && { sourcePath }) }) : [];
  return { parsed, diagnostics, facts, files };
}
