export { allowedNamespaces, callerInfo, type NexusCallerInfo } from './caller.js';
export { caught, closing } from './errors.js';
export { MixedOperationHandler } from './mixed.js';
export { inPlace, type InPlaceOptions } from './in-place.js';
export {
  inQuery,
  listWorkflows,
  requestKey,
  signalWithStart,
  startApart,
  type WorkflowExecutionInfo,
} from './requests.js';
export { type AllowedCallers, guardedService, type ServicePolicy } from './service.js';
export * as shape from './shape.js';
export type { Shape } from './shape.js';
