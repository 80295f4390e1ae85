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

/** Those that come up in an activity, which calls no activity, no workflow and no operation. */
export const activityErrorKinds: ReadonlySet<string> = new Set(['TimeoutError', 'CancelledError', 'Error']);
