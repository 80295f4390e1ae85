import type { ParsedFile } from '../check/program.js';
import { type Diagnostic, Reporter, sorted } from '../diagnostics/diagnostic.js';
import { SourceFile } from '../source.js';
import { parseFile } from '../syntax/parse.js';

export interface Parsed extends ParsedFile {
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses a text, for tests. */
export function parseText(text: string): Parsed {
  const reporter = new Reporter();
  const parsed = parseFile(new SourceFile('main.twf', text), reporter);
  return { ...parsed, diagnostics: sorted(reporter.all) };
}
