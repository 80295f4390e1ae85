/** Where a service was found, in the order in which they are tried. */
export type ServiceSource = 'environment' | 'cli' | 'cache' | 'download' | 'build';

/** How the process of a server ended. */
export interface ServerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last lines that it wrote to stderr. */
  readonly output: string;
  /** Whether `stop` was called before. */
  readonly expected: boolean;
}

/** A running Temporal Service. */
export interface Service {
  /** `host:port` of its gRPC front end. */
  readonly address: string;
  /** `host:port` of its HTTP front end, where it is known. */
  readonly httpAddress?: string;
  /** The version of its server, such as `1.32.0`. */
  readonly version: string;
  /** Whether twfc started it: only then may namespaces and endpoints be created unasked. */
  readonly own: boolean;
  readonly source: ServiceSource;
  /** The process id of a server of our own. */
  readonly pid?: number;
  /** Resolves when a server of our own has ended, for whatever reason; never for a service that was found running. */
  readonly exited: Promise<ServerExit>;
  /** Ends a server of our own; does nothing to a service that was found running. */
  stop(): Promise<void>;
}

export interface FindServiceOptions {
  /** Namespaces that a server of our own has from the start, beside `default`. */
  readonly namespaces: readonly string[];
  /** SQLite file for the state of a server of our own; without one, its state is gone when it ends. */
  readonly databaseFile?: string;
  /** Takes one line at a time about what is tried; without it, nothing is said. */
  readonly log?: (line: string) => void;
  /** Gives up the search, and a build that is under way. */
  readonly signal?: AbortSignal;
  /** The environment in which candidates are looked for; `process.env` by default. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Why one candidate could not be used. */
export interface CandidateFailure {
  readonly source: ServiceSource;
  /** What was tried, such as `TEMPORAL_ADDRESS`. */
  readonly candidate: string;
  readonly reason: string;
}
