/** What is questionable about Nexus calls and endpoints, though it works. */
import type { RoutedEndpoint } from '../nexus.js';
import type { Typed } from '../verify/typed.js';
import type { Workers } from '../workers.js';

export function nexusRules(typed: Typed, workers: Workers): void {
  for (const endpoint of typed.model.nexus.endpoints) openOperations(typed, endpoint);
  inferredContracts(typed);
  sameNamespace(typed, workers);
}

function openOperations({ model }: Typed, { definition, name, allowedCallers, services }: RoutedEndpoint): void {
  if (!definition || allowedCallers) return;
  for (const service of services) {
    if (!service.definition) continue;
    const file = model.definitions.fileOf.get(service.definition)!;
    for (const operation of service.definition.operations) {
      if (!operation.body) continue;
      const values = { service: service.name, operation: operation.name.text, endpoint: name };
      const hint = 'List the namespaces that may call under `allowed_caller_namespaces:`.';
      model.report(file, 'TWF706', operation.name.span, values, { hint });
    }
  }
}

function inferredContracts({ model }: Typed): void {
  for (const { origin, operations, name } of model.nexus.services) {
    if (origin !== 'external') continue;
    for (const { calls, name: operation } of operations.values()) {
      const { call, file } = calls[0]!;
      const hint = `Declare it as a \`nexus_service\` whose operation \`${operation}\` has no body, or define the endpoint.`;
      model.report(file, 'TWF312', call.endpoint.span, { endpoint: name, operation }, { hint });
    }
  }
}

function sameNamespace({ model }: Typed, workers: Workers): void {
  for (const [definition, calls] of model.callsIn) {
    if (definition.kind !== 'Workflow') continue;
    const { file } = model.signatures.get(definition)!;
    for (const call of calls) {
      const endpoint = call.kind === 'NexusCall' ? model.nexus.calls.get(call)?.endpoint : undefined;
      const worker = endpoint && workers.running(definition).find((one) => one.namespace === endpoint.namespace);
      if (call.kind !== 'NexusCall' || !worker) continue;
      const values = { workflow: definition.name.text, namespace: worker.namespace, endpoint: endpoint!.name };
      model.report(file, 'TWF705', call.endpoint.span, values);
    }
  }
}
