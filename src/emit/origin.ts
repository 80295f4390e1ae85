import type { SourceFile } from '../source.js';

/** The place of the source that something was printed for. */
export interface Origin {
  readonly file: SourceFile;
  readonly offset: number;
}
