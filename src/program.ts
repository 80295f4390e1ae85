/** The pipeline on one page: sources -> syntax trees -> facts -> generated files. */
import { check } from './check/check.js';
import type { Facts } from './check/facts.js';
import type { ParsedFile, ProgramOptions } from './check/program.js';
import type { LintLevel } from './config/read.js';
import { atOrigin, type Diagnostic, Reporter, sorted } from './diagnostics/diagnostic.js';
import { type Baseline, reportBroken } from './contracts/baseline.js';
import { contractOf } from './contracts/contract.js';
import { emit, type Emitted } from './emit/emit.js';
import { applyLints } from './lints.js';
import type { SourceFile } from './source.js';
import { parseFile } from './syntax/parse.js';
import { version } from './version.js';

export interface CompileOptions extends ProgramOptions {
  /** The contracts that the program's services have promised, as sources. */
  readonly baseline?: readonly SourceFile[];
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
  reportPromises({ parsed, facts, baseline: options.baseline ?? [], reporter });
  const linted = applyLints(reporter.all, parsed, options.lints ?? new Map());
  const diagnostics = sorted(linted.flatMap(atOrigin));
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  return { parsed, diagnostics, facts: failed ? undefined : facts };
}

/** Reports what the services of a program have promised and do not keep; of a program with errors, nothing is known. */
export function reportPromises({
  parsed,
  facts,
  baseline,
  reporter,
}: {
  readonly parsed: readonly ParsedFile[];
  readonly facts: () => Facts;
  readonly baseline: readonly SourceFile[];
  readonly reporter: Reporter;
}): void {
  if (baseline.length === 0 || reporter.all.some(({ severity }) => severity === 'error')) return;
  const contracts = baseline.flatMap((source) => promised(source, reporter));
  reportBroken(parsed, facts(), contracts, reporter);
}

/** The contract that a file promises. */
function promised(source: SourceFile, reporter: Reporter): Baseline[] {
  const options = { namespace: 'default', taskQueue: 'default', namespaceOf: () => undefined };
  const { parsed, facts, diagnostics } = checkProgram([source], options);
  if (facts) return [{ path: source.path, contract: contractOf(parsed, facts(), false) }];
  reporter.add(diagnostics);
  return [];
}

export function compile(sources: readonly SourceFile[], options: CompileOptions): Compiled {
  const { parsed, diagnostics, facts: assemble } = checkProgram(sources, options);
  const { sourcePath } = options;
  const facts = assemble?.();
  const files = facts ? emit({ files: parsed, facts, version, ...(sourcePath && { sourcePath }) }) : [];
  return { parsed, diagnostics, facts, files };
}
