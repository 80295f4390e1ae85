/** What is questionable about Nexus calls and endpoints, though it works. */
import { printType } from '../../types/print.js';
import type { Slot } from '../../types/slot.js';
import { operationSignature } from '../collect/signatures.js';
import { isHandled, type RoutedEndpoint, type RoutedOperation } from '../routed.js';
import type { Label } from '../../diagnostics/diagnostic.js';
import { correction } from '../../diagnostics/suggest.js';
import type { Model } from '../model.js';
import { canonicalKey } from '../../options/options.js';
import { withoutAbsence } from '../../types/type.js';
import type { Typed } from '../verify/typed.js';
import type { NexusCall, WorkflowDef } from '../../syntax/ast.js';
import type { PlacedWorker, Workers } from '../workers.js';

export function nexusRules(typed: Typed, workers: Workers): void {
  for (const endpoint of typed.model.nexus.endpoints) openOperations(typed, endpoint);
  inferredContracts(typed);
  severalResults(typed);
  callers(typed, workers);
  allowedNamespaces(typed);
}

/** Said once for each endpoint, where the list of callers is missing. */
function openOperations(typed: Typed, endpoint: RoutedEndpoint): void {
  const { model } = typed;
  const { definition, name, services } = endpoint;
  if (!definition || keyOf(typed, endpoint, 'allowed_caller_namespaces', '').length > 0) return;
  const open = services.flatMap((service) =>
    [...service.operations.values()]
      .filter((one) => isHandled(one) && !(one.definition && model.readsCaller.has(one.definition)))
      .map((operation) => ({ service, operation })),
  );
  const [first] = open;
  if (!first) return;
  const values = { endpoint: name, service: first.service.name, operation: first.operation.name };
  const labels = [
    {
      file: model.definitions.fileOf.get(first.service.definition!)!,
      span: first.operation.definition!.name.span,
      text: open.length > 1 ? `this operation, and ${open.length - 1} more` : 'this operation',
    },
  ];
  const hint =
    'List the namespaces that may call under `allowed_caller_namespaces:`, or ask `get_nexus_caller_info()` in the operation.';
  model.report(model.definitions.fileOf.get(definition)!, 'TWF706', definition.name.span, values, { labels, hint });
}

/** `allowed_namespaces` is what an endpoint lists, and some endpoint has to. */
function allowedNamespaces({ model }: Typed): void {
  const { endpoints } = model.nexus;
  for (const [{ span }, { operation, file }] of model.allowedNamespaces) {
    const exposing = endpoints.filter(({ services }) =>
      services.some(({ definition }) => definition?.operations.includes(operation)),
    );
    if (exposing.some(({ allowedCallers }) => allowedCallers)) continue;
    const labels = exposing.flatMap(({ definition }) => {
      const place = definition && model.definitions.fileOf.get(definition);
      return place ? [{ file: place, span: definition.name.span, text: 'this endpoint leads here' }] : [];
    });
    const hint = 'List them under `allowed_caller_namespaces:` of the endpoint.';
    model.report(file, 'TWF723', span, { operation: operation.name.text }, { labels, hint });
  }
}

function inferredContracts(typed: Typed): void {
  const { model } = typed;
  for (const { origin, operations } of model.nexus.services) {
    if (origin !== 'external') continue;
    for (const operation of operations.values()) {
      const { call, file } = operation.calls[0]!;
      const from = call.service && model.definitions.packages.find(file, call.service.text);
      if (from?.owner.external) continue; // its import has a warning
      const { text, span } = call.endpoint;
      const service = call.service ? `the \`nexus_service ${call.service.text}\`` : 'a `nexus_service`';
      const hint = `Declare it in ${service}: \`${contractOf(typed, operation)}\`.`;
      const help = correction(text, declaredNames(model), file, span) ?? { hint };
      model.report(file, 'TWF312', span, { endpoint: text, operation: operation.name }, help);
    }
  }
}

/** What a call could have meant: endpoints and the namespaces that they lead to. */
function declaredNames({ nexus }: Model): string[] {
  return nexus.endpoints.flatMap(({ definition, name, namespace }) =>
    definition ? [name, ...(namespace === undefined ? [] : [namespace])] : [],
  );
}

/** The line to declare: `operation ProcessPayment(payment: Payment) -> Receipt`. */
function contractOf(typed: Typed, operation: RoutedOperation): string {
  const { params, result } = operationSignature(typed.model, operation);
  const print = (slot: Slot, before: string) => {
    const type = typed.typeOf(slot);
    return type.kind === 'unknown' || type.kind === 'void' ? '' : before + printType(type);
  };
  const list = params.map(({ name, slot }) => name + print(slot, ': ')).join(', ');
  const gives = print(result, ' -> ');
  return `operation ${operation.name}(${list})${gives}`;
}

/** Declared, or taken from the workflow behind it. */
function severalResults(typed: Typed): void {
  const { model } = typed;
  for (const { operations } of model.nexus.services) {
    for (const operation of operations.values()) {
      const { result, declaredResult, definition, file, name } = operationSignature(model, operation);
      if (withoutAbsence(typed.typeOf(result)).kind !== 'tuple' || !definition) continue;
      const hint = `Give a record: \`close ${name}Result{…}\`.`;
      model.report(file, 'TWF419', declaredResult ?? definition.name.span, { name: operation.name }, { hint });
    }
  }
}

/** Where an endpoint says something. */
function keyOf({ model }: Typed, { definition }: RoutedEndpoint, key: string, text: string): Label[] {
  const entry = definition?.options.entries.find((one) => canonicalKey('endpoint', one.key.text) === key);
  return entry ? [{ file: model.definitions.fileOf.get(definition!)!, span: entry.key.span, text }] : [];
}

function callers(typed: Typed, workers: Workers): void {
  const { model } = typed;
  for (const [definition, calls] of model.callsIn) {
    if (definition.kind !== 'Workflow') continue;
    for (const call of calls) {
      const endpoint = call.kind === 'NexusCall' ? model.nexus.calls.get(call)?.endpoint : undefined;
      if (call.kind === 'NexusCall' && endpoint) caller(typed, workers.running(definition), definition, call, endpoint);
    }
  }
}

/** Where a call comes from, and where it goes: out of the namespace, and let in. */
function caller(
  typed: Typed,
  running: readonly PlacedWorker[],
  definition: WorkflowDef,
  call: NexusCall,
  endpoint: RoutedEndpoint,
): void {
  const { model } = typed;
  const { file, name } = model.signatures.get(definition)!;
  const values = (namespace: string) => ({ workflow: name, namespace, endpoint: endpoint.name });
  const places = running.flatMap((one) => one.places);
  const same = places.find(({ namespace }) => namespace === endpoint.namespace);
  const refused = places.find(({ namespace }) => endpoint.allowedCallers?.includes(namespace) === false);
  if (same) {
    const hint = 'Call the workflow behind the operation as a child: `workflow …`.';
    const labels = keyOf(typed, endpoint, 'target_namespace', 'it leads there');
    model.report(file, 'TWF705', call.endpoint.span, values(same.namespace), { labels, hint });
  } else if (refused) {
    const hint = `Add \`${refused.namespace}\` to the namespaces that may call.`;
    const labels = keyOf(typed, endpoint, 'allowed_caller_namespaces', 'only these may call');
    model.report(file, 'TWF708', call.endpoint.span, values(refused.namespace), { labels, hint });
  }
}
