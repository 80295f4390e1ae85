export { all, allOf, type AllOptions, type CollectOptions } from './all.js';
export { caught, type Caught, isOwnCancellation, uncaught } from './caught.js';
export { type Handle, until } from './handle.js';
export type { HandlerOptions, SignalHandler, UpdateOptions } from './handlers.js';
export type { Inbox } from './inbox.js';
export { nexusClient } from './nexus-client.js';
export { type NexusError, type NexusErrorKind, nexusError } from './nexus-error.js';
export { type WorkflowRun, workflowRun } from './run.js';
export { timer } from './timer.js';
