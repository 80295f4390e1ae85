/** The kinds of errors that a `catch` may name; every other name is that of an error which somebody raises. */

/** Each with the kinds that it is one of. */
export const errorKinds: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    ActivityError: ['Error'],
    ChildWorkflowError: ['Error'],
    NexusOperationError: ['Error'],
    NexusTimeoutError: ['NexusOperationError', 'TimeoutError', 'Error'],
    NexusUnauthorizedError: ['NexusOperationError', 'Error'],
    NexusNotFoundError: ['NexusOperationError', 'Error'],
    TimeoutError: ['Error'],
    TerminatedError: ['Error'],
    SignalFailedError: ['Error'],
    CancelledError: [],
    Error: [],
  }),
);

/** Those that come up in what calls no activity, no workflow and no operation, and is no workflow itself. */
export const ownErrorKinds: Readonly<Record<'Activity' | 'Operation', ReadonlySet<string>>> = {
  Activity: new Set(['TimeoutError', 'CancelledError', 'Error']),
  Operation: new Set(['TimeoutError', 'Error']),
};

/** What an operation may raise by name, to answer as Nexus does: what its caller, in whichever language, is told. */
export const handlerErrors: ReadonlyMap<string, HandlerErrorKind> = new Map(
  Object.entries({
    BadRequest: 'BAD_REQUEST',
    InvalidArgumentError: 'BAD_REQUEST',
    Unauthenticated: 'UNAUTHENTICATED',
    Unauthorized: 'UNAUTHORIZED',
    UnauthorizedError: 'UNAUTHORIZED',
    NotFound: 'NOT_FOUND',
    NotFoundError: 'NOT_FOUND',
    Conflict: 'CONFLICT',
    ResourceExhausted: 'RESOURCE_EXHAUSTED',
    NotImplemented: 'NOT_IMPLEMENTED',
    Internal: 'INTERNAL',
    Unavailable: 'UNAVAILABLE',
  } as const),
);

export type HandlerErrorKind =
  | 'BAD_REQUEST'
  | 'UNAUTHENTICATED'
  | 'UNAUTHORIZED'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'RESOURCE_EXHAUSTED'
  | 'NOT_IMPLEMENTED'
  | 'INTERNAL'
  | 'UNAVAILABLE';
