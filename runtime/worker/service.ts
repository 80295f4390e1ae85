import type { CandidateFailure, FindServiceOptions, Service } from './service/types.js';

export type { CandidateFailure, FindServiceOptions, ServerExit, Service, ServiceSource } from './service/types.js';

/** No candidate could be used; the message lists each with its reason. */
export class NoServiceError extends Error {
  override readonly name = 'NoServiceError';
  constructor(readonly reasons: readonly CandidateFailure[]) {
    const lines = reasons.map(({ candidate, reason }) => `  ${candidate}: ${reason}`);
    super(['No Temporal Service could be had. Tried, in this order:', ...lines].join('\n'));
  }
}

/**
 * Finds a Temporal Service, or starts one: the first candidate that answers and reports server 1.31 or newer.
 *
 * @throws {NoServiceError} when no candidate could be used
 */
export async function findService(options: FindServiceOptions): Promise<Service> {
  options.signal?.throwIfAborted();
  throw new NoServiceError([]);
}
