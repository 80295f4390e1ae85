/** What definitions look like from outside: their parameters and results, as slots. */
import type { SourceFile, Span } from '../../source.js';
import type { ExternWorkflow, ResultType } from '../../syntax/ast.js';
import { Head } from '../../types/heads.js';
import type { Origin, Slot } from '../../types/slot.js';
import type { Slots } from '../../types/slots.js';
import { isExtern, reportReserved } from '../../symbols/definitions.js';
import { messageWords } from '../../symbols/messages.js';
import { reportRepeated } from '../../symbols/repeated.js';
import type { RoutedOperation } from '../nexus.js';
import type { Callable, Model, Signature } from '../model.js';
import { argumentNames } from '../argument-names.js';
import { annotate } from './types.js';

/** The signature of a definition, made once. */
export function define(model: Model, definition: Callable, result: ResultType | undefined, file: SourceFile): void {
  const { name, params } = definition;
  const isInferred = model.callees.inferred.has(definition as ExternWorkflow);
  if (definition.kind !== 'ExternFunction') reportReserved(file, name, model.reporter);
  reportRepeated(
    file,
    params.map((param) => param.name),
    'parameter',
    `\`${name.text}\``,
    model.reporter,
  );
  // What takes and gives what a workflow does is only asked where there is no such workflow.
  const isBehind = definition.kind === 'Operation' && definition.workflow !== undefined;
  const broken = isBehind || model.broken.has(file, definition.span);
  model.signatures.set(definition, {
    definition: isInferred ? undefined : definition,
    name: name.text,
    params: params.map((param) => {
      const slot = param.type ? annotate(model, param.type, file) : model.slots.slot({ file, span: param.name.span });
      return {
        name: param.name.text,
        slot,
        optional: model.slots.given.has(slot, Head.null),
        at: param.type?.span ?? param.name.span,
      };
    }),
    result: broken
      ? brokenResult(model.slots, name.span, file)
      : result
        ? annotate(model, result.type, file)
        : model.slots.slot({ file, span: name.span }),
    declaredResult: result?.span,
    broken,
    file,
  });
}

function brokenResult(slots: Slots, span: Span, file: SourceFile): Slot {
  const slot = slots.slot({ file, span }, true);
  slots.give(slot, Head.error, { file, span });
  return slot;
}

export function defineAllSignatures(model: Model): void {
  const { workflows, activities, services, callees, fileOf } = model.definitions;
  for (const definition of [...workflows.values(), ...activities.values()]) {
    define(model, definition, definition.result, fileOf.get(definition)!);
  }
  for (const definition of [...callees.workflow.values(), ...callees.activity.values()]) {
    if (isExtern(definition)) define(model, definition, definition.result, fileOf.get(definition)!);
  }
  for (const [definition, file] of model.callees.inferred) define(model, definition, undefined, file);
  for (const workflow of workflows.values()) {
    const file = fileOf.get(workflow)!;
    const state = new Set(workflow.state.map(({ name }) => name.text));
    const besides = workflow.params.filter(({ name }) => state.has(name.text));
    const declared = [...besides, ...workflow.state].map(({ name }) => name);
    reportRepeated(file, declared, 'name', `\`${workflow.name.text}\``, model.reporter);
    for (const [kind, what] of Object.entries(messageWords)) {
      const names = workflow.handlers.filter((one) => one.kind === kind).map(({ name }) => name);
      reportRepeated(file, names, what, `\`${workflow.name.text}\``, model.reporter);
    }
    for (const handler of workflow.handlers) {
      define(model, handler, handler.kind === 'SignalHandler' ? undefined : handler.result, file);
    }
  }
  for (const service of services.values()) {
    const file = fileOf.get(service)!;
    reportRepeated(
      file,
      service.operations.map(({ name }) => name),
      'operation',
      `\`${service.name.text}\``,
      model.reporter,
    );
    for (const operation of service.operations) define(model, operation, operation.result, file);
  }
}

const external = new WeakMap<RoutedOperation, Signature>();

/** The signature of what a Nexus call calls; of somebody else's operation, it is what the first call makes of it. */
export function operationSignature(model: Model, operation: RoutedOperation): Signature {
  const definition = operation.workflow ?? operation.definition;
  if (definition) return model.signatures.get(definition)!;
  let signature = external.get(operation);
  if (!signature) {
    const { call, file } = operation.calls[0]!;
    const origin: Origin = { file, span: call.name.span };
    const names = argumentNames(call.args);
    signature = {
      definition: undefined,
      name: operation.name,
      params: call.args.map(({ value }, i) => ({
        name: names[i]!,
        slot: model.slots.slot({ file, span: value.span }),
        optional: false,
        at: value.span,
      })),
      result: model.slots.slot(origin),
      declaredResult: undefined,
      called: call.span,
      broken: false,
      file,
    };
    external.set(operation, signature);
  }
  return signature;
}

/** The signatures of what belongs to somebody else, and is known by how it is called. */
export function inferredSignatures(model: Model): Signature[] {
  const own = [...model.callees.inferred.keys()].map((one) => model.signatures.get(one)!);
  return [...own, ...externalSignatures(model)];
}

/** Those of operations. */
export function externalSignatures(model: Model): Signature[] {
  return model.nexus.services
    .filter(({ origin }) => origin === 'external')
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ operations }) => [...operations.values()].map((one) => operationSignature(model, one)));
}
