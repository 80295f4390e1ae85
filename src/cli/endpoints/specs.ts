import type { EndpointSpec } from '../../../runtime/worker/index.js';
import type { Endpoint, Topology } from '../../check/facts.js';

/** The endpoints that a program defines, and says the targets of, as the registry is to have them. */
export function definedEndpoints({ endpoints }: Topology): EndpointSpec[] {
  return endpoints.flatMap(specOf);
}

/** Those of them that are the program's to make so that it runs: what leads to others' workers is made with those. */
export function endpointsToMake({ endpoints }: Topology): EndpointSpec[] {
  const ours = endpoints.filter(({ isServed, target }) => isServed || (target && 'external' in target));
  return ours.flatMap(specOf);
}

function specOf({ name, target, description }: Endpoint): EndpointSpec[] {
  return target ? [{ name, target, ...(description !== undefined && { description }) }] : [];
}
