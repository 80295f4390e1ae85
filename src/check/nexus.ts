/**
 * Which endpoint, service and operation a Nexus call means (grammar/README.md, "Nexus calls"). The string of a call names
 * an endpoint; if none has that name, the only endpoint whose target namespace has it; otherwise an endpoint that the
 * program does not declare, which serves a declared service, exposes the workflow of the operation's name, or belongs to
 * somebody else.
 */
import { correction } from '../diagnostics/suggest.js';
import { addTo } from '../group.js';
import type { Extra, Label, Reporter } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../source.js';
import type { Definitions } from '../symbols/definitions.js';
import type { Name, NexusCall, OperationDef, ServiceDef, WorkflowDef } from '../syntax/ast.js';
import { bareName, keyIn } from '../symbols/packages.js';
import { declaredEndpoints } from './declared-endpoints.js';
import { checkEndpointName } from './endpoints.js';
import type { Places } from './places.js';
import {
  isServed,
  listed,
  type RoutedCall,
  type RoutedEndpoint,
  type RoutedOperation,
  type RoutedService,
  stemOf,
} from './routed.js';
import type { Survey } from './survey.js';

export class NexusRouting {
  readonly endpoints: RoutedEndpoint[] = [];
  readonly services: RoutedService[] = [];
  readonly calls = new Map<NexusCall, RoutedCall>();
  private readonly byName = new Map<string, RoutedEndpoint>();
  private readonly byNamespace = new Map<string, RoutedEndpoint[]>();
  private readonly declaring = new Map<string, RoutedService[]>();
  private readonly callsOf = new Map<string, NexusCall[]>();
  /** The keys of the services that calls name. */
  private readonly namedKeys = new Map<NexusCall, string>();

  constructor(
    private readonly definitions: Definitions,
    places: Places,
    private readonly reporter: Reporter,
    surveys: readonly Survey[],
  ) {
    for (const definition of definitions.services.values()) {
      const service = this.declaredService(definition);
      this.services.push(service);
      for (const operation of service.operations.keys()) addTo(this.declaring, operation, service);
    }
    for (const endpoint of declaredEndpoints(definitions, places, this.services, reporter)) this.add(endpoint);
    const calls = surveys.flatMap(({ calls: all, file }) =>
      all.flatMap(({ call }) => (call.kind === 'NexusCall' ? [{ call, file }] : [])),
    );
    for (const { call, file } of calls) {
      addTo(this.callsOf, call.endpoint.text, call);
      const key = call.service && definitions.packages.key(file, call.service.text);
      if (key !== undefined) this.namedKeys.set(call, key);
      else if (call.service) definitions.packages.reportUnknown(file, call.service);
    }
    for (const { call, file } of calls) this.route(call, file);
  }

  private declaredService(definition: ServiceDef): RoutedService {
    const file = this.definitions.fileOf.get(definition)!;
    const operations = definition.operations.map((one): [string, RoutedOperation] => [
      one.name.text,
      { name: one.name.text, definition: one, workflow: this.workflowBehind(one, file), calls: [] },
    ]);
    return { name: definition.name.text, origin: 'declared', definition, operations: new Map(operations) };
  }

  private workflowBehind({ workflow: name }: OperationDef, file: SourceFile): WorkflowDef | undefined {
    const { workflows, packages } = this.definitions;
    if (!name || name.text === '') return undefined;
    const key = packages.key(file, name.text);
    const found = workflows.get(key ?? '');
    if (found) return found;
    if (key === undefined) {
      packages.reportUnknown(file, name);
      return undefined;
    }
    const hint = `Define it: \`workflow ${name.text}(…):\`.`;
    const help = correction(name.text, workflows.keys(), file, name.span) ?? { hint };
    this.reporter.report(file, 'TWF305', name.span, { name: name.text }, help);
    return undefined;
  }

  private add(endpoint: RoutedEndpoint): RoutedEndpoint {
    this.endpoints.push(endpoint);
    this.byName.set(endpoint.definition?.name.text ?? endpoint.name, endpoint);
    if (endpoint.definition && endpoint.namespace !== undefined) addTo(this.byNamespace, endpoint.namespace, endpoint);
    return endpoint;
  }

  private route(call: NexusCall, file: SourceFile): void {
    const isNamed = call.service === undefined || this.namedKeys.has(call);
    if (call.name.text === '' || call.service?.text === '' || !isNamed) return;
    const endpoint = this.find(call, file) ?? (this.isMissing(call, file) ? undefined : this.undeclared(call, file));
    const service = endpoint && this.serviceBehind(endpoint, call, file);
    const operation = service?.operations.get(call.name.text);
    if (!service || !operation) return;
    operation.calls.push({ call, file });
    this.calls.set(call, { endpoint, service, operation });
  }

  private serviceBehind(endpoint: RoutedEndpoint, call: NexusCall, file: SourceFile): RoutedService | undefined {
    if (call.service) return this.namedService(endpoint, call, call.service, file);
    return this.serviceOn(endpoint, call, file) ?? this.complete(endpoint, call, file);
  }

  /** The service that a call names, if the endpoint exposes it. */
  private namedService(
    endpoint: RoutedEndpoint,
    call: NexusCall,
    { text, span }: Name,
    file: SourceFile,
  ): RoutedService | undefined {
    const key = this.namedKeys.get(call)!;
    const defined = this.definitions.services.get(key);
    const service = endpoint.services.find(({ definition, name }) =>
      defined ? definition === defined : definition === undefined && name === bareName(key),
    );
    if (service?.operations.has(call.name.text)) return service;
    const labels = this.labels(endpoint);
    const hint = servicesHint(endpoint.services);
    if (service?.definition) {
      this.reportOperation(call, `service \`${text}\``, [service], { labels: this.labelOfService(service) }, file);
    } else if (defined) {
      // That an endpoint exposes nothing has been reported.
      if (endpoint.services.length === 0) return undefined;
      this.reporter.report(file, 'TWF710', span, { name: text, endpoint: endpoint.name }, { labels, hint });
    } else {
      const meant = correction(text, this.definitions.services.keys(), file, span);
      const isExternal = this.definitions.packages.ofKey(key).external;
      if (isExternal || (!endpoint.definition && !meant)) return this.external(endpoint, bareName(key), call);
      this.reporter.report(file, 'TWF702', span, { name: text }, { labels, hint, ...meant });
    }
    return undefined;
  }

  /** The service of an endpoint that has what a call calls. */
  private serviceOn(endpoint: RoutedEndpoint, call: NexusCall, file: SourceFile): RoutedService | undefined {
    const { text, span } = call.name;
    if (!endpoint.definition) {
      return this.serviceFor(call) ?? endpoint.services.find(({ operations }) => operations.has(text));
    }
    const candidates = endpoint.services.filter(({ operations }) => operations.has(text));
    if (candidates.length > 1) {
      const services = candidates.map(({ name }) => `\`${name}\``).join(', ');
      const values = { name: text, endpoint: endpoint.name, services };
      const labels = candidates.flatMap((one) => this.labelOf(one, text));
      this.reporter.report(file, 'TWF311', span, values, { labels, hint: 'Rename one of the operations.' });
    }
    return candidates[0];
  }

  private labelOfService({ definition }: RoutedService): Label[] {
    const file = definition && this.definitions.fileOf.get(definition);
    return file ? [{ file, span: definition.name.span, text: 'this service' }] : [];
  }

  private labelOf({ definition, operations }: RoutedService, name: string): Label[] {
    const operation = operations.get(name)?.definition;
    const file = definition && this.definitions.fileOf.get(definition);
    return file && operation ? [{ file, span: operation.name.span, text: `in \`${definition.name.text}\`` }] : [];
  }

  /** The endpoint that the program declares, by its name or its namespace. */
  private find(call: NexusCall, file: SourceFile): RoutedEndpoint | undefined {
    const { text, span } = call.endpoint;
    const named = this.byName.get(text);
    if (named) return named;
    const [only, ...more] = this.byNamespace.get(text) ?? [];
    if (only && more.length > 0) {
      const endpoints = [only, ...more].map(({ name }) => `\`${name}\``).join(', ');
      const hint = 'Name the endpoint that is meant.';
      this.reporter.report(
        file,
        'TWF313',
        span,
        { name: text, endpoints },
        { labels: this.labels(only, ...more), hint },
      );
    }
    return only ?? this.mistaken(call, file);
  }

  /** A name that no endpoint has, of an operation that is called through another one. */
  private mistaken(call: NexusCall, file: SourceFile): RoutedEndpoint | undefined {
    const service = this.serviceFor(call);
    const declared = this.endpoints.filter(({ definition }) => definition);
    const exposing = service && declared.find(({ services }) => services.includes(service));
    if (!exposing) return undefined;
    const { text, span } = call.endpoint;
    const names = declared.flatMap(({ name, namespace }) => [name, ...(namespace === undefined ? [] : [namespace])]);
    const hint = `The endpoint \`${exposing.name}\` exposes \`${service.name}.${call.name.text}\`.`;
    const help = correction(text, names, file, span) ?? { hint };
    this.reporter.report(file, 'TWF314', span, { name: text }, { labels: this.labels(exposing), ...help });
    return exposing;
  }

  /** Whether a call goes to a service of the program by an endpoint that it does not define. */
  private isMissing(call: NexusCall, file: SourceFile): boolean {
    const service = call.service && this.serviceFor(call);
    if (!service || !isServed(service)) return false;
    const { text, span } = call.endpoint;
    const names = this.endpoints.flatMap(({ definition, name }) => (definition ? [name] : []));
    const hint = `Define it: \`nexus_endpoint ${text}:\` says where its calls go.`;
    this.reporter.report(file, 'TWF314', span, { name: text }, correction(text, names, file, span) ?? { hint });
    return true;
  }

  private labels(...endpoints: readonly RoutedEndpoint[]): Label[] {
    return endpoints.flatMap(({ definition }) => {
      const file = definition && this.definitions.fileOf.get(definition);
      return file ? [{ file, span: definition.name.span, text: 'this endpoint' }] : [];
    });
  }

  /** An endpoint that only calls name: here if the program has something that they call, else somebody else's. */
  private undeclared({ endpoint }: NexusCall, file: SourceFile): RoutedEndpoint {
    checkEndpointName(endpoint, file, this.reporter);
    const name = endpoint.text;
    const calls = this.callsOf.get(name) ?? [];
    const services = [...new Set(calls.flatMap((call) => this.serviceFor(call) ?? []))];
    const here =
      services.some(isServed) || calls.some((call) => !this.serviceFor(call) && this.workflowFor(call, file));
    return this.add({
      name,
      definition: undefined,
      namespace: here ? name : undefined,
      taskQueue: here ? name : undefined,
      url: undefined,
      description: undefined,
      allowedCallers: undefined,
      services,
      members: undefined,
    });
  }

  /** The workflow of the caller's package that has the name of an operation. */
  private workflowFor({ name }: NexusCall, file: SourceFile): WorkflowDef | undefined {
    const { workflows, packages } = this.definitions;
    return workflows.get(keyIn(packages.of(file), name.text));
  }

  /** The defined service that a call is most likely of. */
  private serviceFor(call: NexusCall): RoutedService | undefined {
    if (call.service) {
      const defined = this.definitions.services.get(this.namedKeys.get(call) ?? '');
      return defined && this.services.find(({ definition }) => definition === defined);
    }
    const having = this.declaring.get(call.name.text) ?? [];
    const stem = stemOf(call.endpoint.text);
    return having.find(({ name }) => stemOf(name) === stem) ?? (having.length === 1 ? having[0] : undefined);
  }

  /** No service of the endpoint has the operation. */
  private complete(endpoint: RoutedEndpoint, call: NexusCall, file: SourceFile): RoutedService | undefined {
    const { text } = call.name;
    const isHere = endpoint.namespace !== undefined;
    const workflow = isHere ? this.workflowFor(call, file) : undefined;
    if (endpoint.definition || (isHere && !workflow)) {
      const hint = endpoint.definition ? undefined : `Define it: \`workflow ${text}(…):\`.`;
      const extra = { labels: this.labels(endpoint), hint };
      this.reportOperation(call, `endpoint \`${endpoint.name}\``, endpoint.services, extra, file);
      return undefined;
    }
    const service = this.serviceOf(endpoint, endpoint.name, workflow ? 'implicit' : 'external');
    service.operations.set(text, { name: text, definition: undefined, workflow, calls: [] });
    return service;
  }

  /** A service that the program does not define, with what the call calls. */
  private external(endpoint: RoutedEndpoint, name: string, { name: { text } }: NexusCall): RoutedService {
    const service = this.serviceOf(endpoint, name, 'external');
    service.operations.set(text, { name: text, definition: undefined, workflow: undefined, calls: [] });
    return service;
  }

  /** A service that no definition gives an endpoint. */
  private serviceOf(endpoint: RoutedEndpoint, name: string, origin: RoutedService['origin']): RoutedService {
    let service = endpoint.services.find((one) => one.origin === origin && one.name === name);
    if (!service) {
      service = { name, origin, definition: undefined, operations: new Map() };
      endpoint.services.push(service);
      this.services.push(service);
    }
    return service;
  }

  private reportOperation(
    { name: { text, span } }: NexusCall,
    owner: string,
    services: readonly RoutedService[],
    { hint, ...extra }: Extra,
    file: SourceFile,
  ): void {
    const names = services.flatMap(({ operations }) => [...operations.keys()]);
    const help = correction(text, names, file, span) ?? { hint: hint ?? operationsHint(names) };
    this.reporter.report(file, 'TWF306', span, { name: text, owner }, { ...extra, ...help });
  }
}

function operationsHint(names: readonly string[]): string {
  return names.length === 0
    ? 'The endpoint exposes no service that the program defines.'
    : `Its operations are ${listed(names)}.`;
}

function servicesHint(services: readonly RoutedService[]): string {
  return services.length === 0
    ? 'The endpoint exposes no service that the program defines.'
    : `The endpoint exposes ${listed(services.map(({ name }) => name))}.`;
}
