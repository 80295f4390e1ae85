/** Endpoints, services and operations of Nexus, as the calls of a program find them. */
import type { SourceFile } from '../source.js';
import type { EndpointDef, NexusCall, OperationDef, ServiceDef, WorkflowDef } from '../syntax/ast.js';
import type { Binding } from './places.js';

export interface RoutedEndpoint {
  readonly name: string;
  readonly definition: EndpointDef | undefined;
  /** Undefined with `taskQueue` and `url` undefined for an endpoint that belongs to somebody else. */
  readonly namespace: string | undefined;
  readonly taskQueue: string | undefined;
  /** Of a service that is not Temporal. */
  readonly url: string | undefined;
  readonly description: string | undefined;
  readonly allowedCallers: readonly string[] | undefined;
  readonly services: RoutedService[];
  /** Of a family, what its holes stand for in each member: undefined if the name has none. */
  readonly members: readonly Binding[] | undefined;
}

export interface RoutedService {
  readonly name: string;
  readonly origin: 'declared' | 'implicit' | 'external';
  readonly definition: ServiceDef | undefined;
  readonly operations: Map<string, RoutedOperation>;
}

export interface RoutedOperation {
  readonly name: string;
  readonly definition: OperationDef | undefined;
  /** The workflow that it is, and nothing more: of an implicit service, or by its definition. */
  readonly workflow: WorkflowDef | undefined;
  /** The calls that an inferred contract is taken from. */
  readonly calls: { readonly call: NexusCall; readonly file: SourceFile }[];
}

export interface RoutedCall {
  readonly endpoint: RoutedEndpoint;
  readonly service: RoutedService;
  readonly operation: RoutedOperation;
}

/** Whether the program has something behind a service. */
export function isServed({ operations }: RoutedService): boolean {
  return [...operations.values()].some(isHandled);
}

export function isHandled({ definition, workflow }: RoutedOperation): boolean {
  return workflow !== undefined || definition?.body !== undefined;
}

/** `PaymentsEndpoint`, `PaymentsService` and `payments` belong together. */
export function stemOf(name: string): string {
  return name.replace(/(Endpoint|Service)$/, '').toLowerCase();
}

/** Names for a message. */
export function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
