import { type Candidate, CANDIDATES, NotThere, type Search } from './service/candidates.js';
import { narrator } from './service/progress.js';
import type { CandidateFailure, FindServiceOptions, Service } from './service/types.js';

export type { CandidateFailure, FindServiceOptions, ServerExit, Service, ServiceSource } from './service/types.js';

/** No candidate could be used; the message lists each with its reason. */
export class NoServiceError extends Error {
  override readonly name = 'NoServiceError';
  constructor(readonly reasons: readonly CandidateFailure[]) {
    const lines = reasons.map(({ candidate, reason }) => `  ${candidate}: ${reason}`);
    super(
      [
        'no Temporal Service could be had. Tried, in this order:',
        ...lines,
        'Set TEMPORAL_ADDRESS to one that runs, or install the Temporal CLI: https://docs.temporal.io/cli',
      ].join('\n'),
    );
  }
}

/**
 * Finds a Temporal Service, or starts one: the first candidate that works and reports server 1.31 or newer. They are, in
 * this order: the address in `TEMPORAL_ADDRESS`; the Temporal CLI in `TEMPORAL_CLI` or on the PATH; a server that was
 * built earlier; the CLI that the Temporal SDK downloads; a server built from source where there is Go.
 *
 * Nothing is changed on a service that was found running. One that is started listens on the loopback interface only,
 * has the namespaces asked for, and ends with this process at the latest.
 *
 * @throws {NoServiceError} when no candidate could be used
 * @throws the reason of `options.signal` when it is aborted
 */
export async function findService(options: FindServiceOptions): Promise<Service> {
  return await firstThatWorks(CANDIDATES, options);
}

/** `findService` over other candidates. */
export async function firstThatWorks(
  candidates: readonly Candidate[],
  { namespaces, databaseFile, log, signal, env = process.env }: FindServiceOptions,
): Promise<Service> {
  const search: Search = { namespaces, databaseFile, signal, env, narrator: narrator(log) };
  const reasons: CandidateFailure[] = [];
  for (const { source, name, open } of candidates) {
    signal?.throwIfAborted();
    try {
      return await open(search);
    } catch (error) {
      signal?.throwIfAborted();
      const { message } = error as Error;
      reasons.push({ source, candidate: name, reason: message });
      if (!(error instanceof NotThere)) search.narrator.say(`${name} cannot be used: ${message}`);
    }
  }
  throw new NoServiceError(reasons);
}
