import {
  type EndpointChange,
  type EndpointPlan,
  hasTarget,
  planEndpoint,
  type RegisteredEndpoint,
} from '../../../runtime/worker/index.js';
import type { Topology } from '../../check/facts.js';
import { escapedJson, visible } from '../../diagnostics/visible.js';
import { definedEndpoints } from './specs.js';
import { spokenTarget } from './words.js';

/** The endpoints of a program, beside those of a registry. */
export interface RegistryPlan {
  readonly plans: readonly EndpointPlan[];
  /** Names of endpoints that the program calls, does not define, and that the registry has not. */
  readonly missing: readonly string[];
  /** Endpoints of the registry that the program neither defines nor calls: they are left alone. */
  readonly others: readonly RegisteredEndpoint[];
}

export function planRegistry(topology: Topology, registry: readonly RegisteredEndpoint[]): RegistryPlan {
  const registered = new Map(registry.map((one) => [one.name, one]));
  const known = new Set(topology.endpoints.map(({ name }) => name));
  return {
    plans: definedEndpoints(topology).map((spec) => planEndpoint(spec, registered.get(spec.name))),
    missing: topology.endpoints.flatMap(({ name, target }) => (target || registered.has(name) ? [] : [name])),
    others: registry.filter(({ name }) => !known.has(name)),
  };
}

/** Whether the registry lacks something that the program needs. */
export function hasChanges({ plans, missing }: RegistryPlan): boolean {
  return missing.length > 0 || plans.some(({ action }) => action !== 'none');
}

const signs = { create: '+', update: '~', none: '=' } as const;
const done = { created: '+', updated: '~', unchanged: '=' } as const;

/** One line for each endpoint; of one that differs, what is there and what will be. */
export function planText({ plans, missing, others }: RegistryPlan): string {
  const lines = [
    ...plans.flatMap((plan) => [`${signs[plan.action]} ${plan.spec.name}: ${intention(plan)}`, ...differences(plan)]),
    ...missing.map((name) => `! ${name}: it is called, and neither the registry nor the program has it`),
    ...others.map(
      ({ name, target }) => `  ${name}: not in the program, left alone; it leads to ${spokenTarget(target)}`,
    ),
  ];
  return lines.map((line) => `${visible(line)}\n`).join('');
}

function intention({ spec, action }: EndpointPlan): string {
  const where = `${action === 'none' ? 'leads' : 'is to lead'} to ${spokenTarget(spec.target)}`;
  return { create: `to be created; ${where}`, update: 'to be updated', none: `as it is; ${where}` }[action];
}

function differences({ spec, action, existing }: EndpointPlan): string[] {
  if (action !== 'update' || !existing) return [];
  const { description } = spec;
  return [
    ...(hasTarget(existing, spec.target)
      ? []
      : [`    leads to ${spokenTarget(existing.target)}, is to lead to ${spokenTarget(spec.target)}`]),
    ...(description === undefined || description === existing.description
      ? []
      : [`    description: ${quoted(existing.description)}, is to be ${quoted(description)}`]),
  ];
}

function quoted(text: string | undefined): string {
  return text === undefined ? 'none' : JSON.stringify(text);
}

/** One line for what was done with an endpoint. */
export function changeLine({ name, action }: EndpointChange): string {
  return `${visible(`${done[action]} ${name}: ${action}`)}\n`;
}

/** The same for other programs; its shape is settled by `version`. */
export function planJson(
  address: string,
  { plans, missing, others }: RegistryPlan,
  changes?: readonly EndpointChange[],
) {
  const registered = ({ target, description }: RegisteredEndpoint) => ({
    target: target ?? null,
    description: description ?? null,
  });
  const output = {
    version: 1,
    address,
    endpoints: plans.map(({ spec: { name, target, description }, action, existing }) => ({
      name,
      action,
      target,
      description: description ?? null,
      registered: existing ? registered(existing) : null,
      ...(changes && { done: changes.find((one) => one.name === name)?.action ?? null }),
    })),
    missing,
    others: others.map((one) => ({ name: one.name, ...registered(one) })),
  };
  return `${escapedJson(JSON.stringify(output, undefined, 2))}\n`;
}
