/** What definitions look like from outside: their parameters and results, as slots. */
import type { SourceFile, Span } from '../../source.js';
import type { Expr, ExternWorkflow, Param, ResultType, WorkflowDef } from '../../syntax/ast.js';
import { Head } from '../../types/heads.js';
import type { Origin, Slot } from '../../types/slot.js';
import type { Slots } from '../../types/slots.js';
import { isExtern, reportReserved } from '../../symbols/definitions.js';
import { messageWords } from '../../symbols/messages.js';
import { reportRepeated } from '../../symbols/repeated.js';
import type { RoutedOperation } from '../routed.js';
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
  reportDefaults(model, params, file);
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
        optional: param.default !== undefined || model.slots.given.has(slot, Head.null),
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

/** Calls leave out the last arguments, and a value that is left out is a constant. */
function reportDefaults(model: Model, params: readonly Param[], file: SourceFile): void {
  const first = params.findIndex((param) => param.default !== undefined);
  if (first < 0) return;
  const after = params.find((param, i) => i > first && param.default === undefined);
  if (after) {
    const labels = [{ file, span: params[first]!.name.span, text: 'this one has' }];
    const hint = 'Give it one, too, or move it to the front.';
    model.report(file, 'TWF513', after.name.span, { name: after.name.text }, { labels, hint });
  }
  for (const { default: value, name } of params) {
    if (value && !isConstant(value)) model.report(file, 'TWF512', value.span, { name: name.text });
  }
}

export function isConstant(value: Expr): boolean {
  if (value.kind === 'Unary') return value.operator === '-' && isConstant(value.operand);
  if (value.kind === 'String') return value.parts.every((part) => typeof part === 'string');
  return ['Number', 'Bool', 'Null', 'Duration', 'Invalid'].includes(value.kind);
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
  if (operation.workflow) return withoutDefaults(model, operation.workflow);
  if (operation.definition) return model.signatures.get(operation.definition)!;
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

/** What a request leaves out has no value: the default values of a workflow are for calls of the workflow itself. */
function withoutDefaults({ signatures, slots }: Model, definition: WorkflowDef): Signature {
  const signature = signatures.get(definition)!;
  if (definition.params.every((param) => param.default === undefined)) return signature;
  const params = signature.params.map((param) => ({ ...param, optional: slots.given.has(param.slot, Head.null) }));
  return { ...signature, params };
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
