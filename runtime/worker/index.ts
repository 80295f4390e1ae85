export { ensureEndpoints, removeEndpoints, type EndpointChange, type EndpointSpec } from './endpoints.js';
export { ensureNamespaces } from './namespaces.js';
export {
  findService,
  NoServiceError,
  type CandidateFailure,
  type FindServiceOptions,
  type ServerExit,
  type Service,
  type ServiceSource,
} from './service.js';
