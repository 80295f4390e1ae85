export {
  applyEndpoint,
  EndpointConflictError,
  ensureEndpoints,
  hasTarget,
  listEndpoints,
  planEndpoint,
  removeEndpoints,
  type EndpointChange,
  type EndpointPlan,
  type EndpointSpec,
  type EndpointTarget,
  type RegisteredEndpoint,
} from './endpoints.js';
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
