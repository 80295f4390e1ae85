import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../source.js';

/** Lines that could not be read as a whole. That is wrong enough: what else would be said about them follows from it. */
export class BrokenLines {
  private readonly lines = new Map<SourceFile, Set<number>>();

  /** @param syntactic what the parser has found */
  constructor(syntactic: readonly Diagnostic[]) {
    for (const { file, span, severity } of syntactic) {
      if (!file || severity !== 'error') continue;
      this.lines.set(file, (this.lines.get(file) ?? new Set()).add(file.position(span.start).line));
    }
  }

  /** Whether a span begins on one of them. */
  has(file: SourceFile, { start }: Span): boolean {
    return this.lines.get(file)?.has(file.position(start).line) ?? false;
  }
}
