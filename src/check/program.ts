import type { Reporter } from '../diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../source.js';
import type { FileNode } from '../syntax/ast.js';

/** What the front end makes of one file. */
export interface ParsedFile {
  readonly source: SourceFile;
  readonly ast: FileNode;
  /** Every comment of the file, in order: the span begins at its `#`. */
  readonly comments: readonly Span[];
}

/** What the configuration says about the program as a whole (twfc.json). */
export interface ProgramOptions {
  /** The task queue of the default worker, and the name of the program. */
  readonly taskQueue: string;
  /** The namespace of the default worker. */
  readonly namespace: string;
  /** The namespace that a file is put in, if it is. */
  namespaceOf(path: string): string | undefined;
  /** What a namespace is called on the Temporal Service; by default, as in the program. */
  readonly deployedName?: ((namespace: string) => string) | undefined;
  /** The members of families of names, by the words in their holes: `org` in `shard-{org}`. */
  readonly families?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Whether workers trace what they do; by default, they do not. */
  readonly tracing?: boolean | undefined;
  /** The text of a file beside the program's own, by its path; undefined where there is none. */
  readonly readText?: ((path: string) => string | undefined) | undefined;
  /** How generated code imports a TypeScript file beside it; by default, by its path. */
  readonly importPath?: ((path: string) => string) | undefined;
  /** The module with the extern functions, as generated code imports it; undefined where there is none. */
  readonly externs?: string | undefined;
}

export interface CheckInput {
  readonly files: readonly ParsedFile[];
  readonly options: ProgramOptions;
  readonly reporter: Reporter;
}
