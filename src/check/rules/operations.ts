/** What operations start: whose workflow a call may meet under an id, and whom a cancellation ends. */
import type { SourceFile, Span } from '../../source.js';
import { addTo } from '../../group.js';
import type { Expr, NexusCall, OperationDef, WorkflowCall, WorkflowDef } from '../../syntax/ast.js';
import { walk } from '../../syntax/visit.js';
import { canonicalKey } from '../../options/options.js';
import type { AllOptions } from '../all-options.js';
import { hasDeadline } from '../calls.js';
import type { ResolvedOptionValue, ResolvedOptions } from '../facts.js';
import type { Survey } from '../survey.js';
import type { Typed } from '../verify/typed.js';
import type { Workers } from '../workers.js';

/** A workflow that an operation starts under an id of its own. */
interface Start {
  readonly operation: OperationDef;
  readonly service: string;
  /** The type of the workflow. */
  readonly type: string;
  readonly id: ResolvedOptionValue;
  readonly at: Span;
  readonly file: SourceFile;
}

export function operations(typed: Typed, workers: Workers, options: AllOptions): void {
  const starts = startsOf(typed, options);
  for (const survey of typed.model.surveys) withoutWorkflow(typed, survey);
  overlapping(typed, workers, starts);
  sharedCancel(typed, starts, options);
}

function startsOf({ model }: Typed, { calls, workflows }: AllOptions): Start[] {
  const surveys = new Map(model.surveys.map((one) => [one.definition, one]));
  const behindOf = workflowsBehind(model);
  return [...model.definitions.services.values()].flatMap((service) => {
    const file = model.definitions.fileOf.get(service)!;
    return service.operations.flatMap((operation) => {
      const made = (call: WorkflowCall | undefined, type: WorkflowDef | string, resolved: ResolvedOptions): Start[] => {
        const id = resolved.find(({ name }) => name === 'workflowId')?.value;
        const name = typeof type === 'string' ? type : type.name.text;
        const at = call?.name.span ?? operation.name.span;
        return id ? [{ operation, service: service.name.text, type: name, id, at, file }] : [];
      };
      const behind = behindOf.get(operation);
      if (behind) return made(undefined, behind, workflows.get(behind) ?? []);
      const sites = surveys.get(operation)?.calls ?? [];
      return sites.flatMap(({ call, mode }) =>
        mode === 'start' && call.kind === 'WorkflowCall' ? made(call, call.name.text, calls.get(call) ?? []) : [],
      );
    });
  });
}

/** The workflow that an operation is, where its definition names no more. */
function workflowsBehind({ nexus }: Typed['model']): ReadonlyMap<OperationDef, WorkflowDef> {
  const all = nexus.services.flatMap(({ operations: routed }) => [...routed.values()]);
  return new Map(
    all.flatMap(({ definition, workflow }) => (definition?.workflow && workflow ? [[definition, workflow]] : [])),
  );
}

/** There is nothing to cancel where a result is given at once. */
function withoutWorkflow({ model }: Typed, { definition, file, calls }: Survey): void {
  if (definition.kind !== 'Operation' || !definition.body || calls.some(({ mode }) => mode === 'start')) return;
  const entry = definition.options?.entries.find(({ key }) => canonicalKey('operation', key.text) === 'on_cancel');
  if (!entry) return;
  const why = 'it gives its result at once, and no workflow is behind it that could be cancelled';
  model.report(file, 'TWF505', entry.key.span, { key: entry.key.text, place: 'this operation', why });
}

// --- Ids

/** A call is attached to the workflow that has its id, whatever type that is of. */
function overlapping({ model }: Typed, workers: Workers, starts: readonly Start[]): void {
  const places = new Map<string, string[]>();
  for (const worker of workers.all) {
    for (const { definition } of worker.services) {
      for (const { namespace } of definition ? worker.places : []) addTo(places, definition!.name.text, namespace);
    }
  }
  const first = new Map<string, Start>();
  for (const start of starts) {
    const template = templateOf(start.id);
    if (template === undefined) continue;
    for (const namespace of new Set(places.get(start.service) ?? [''])) {
      const key = JSON.stringify([namespace, template]);
      const other = first.get(key);
      if (!other) first.set(key, start);
      if (!other || other.type === start.type || other.operation === start.operation) continue;
      const values = { name: start.operation.name.text, type: start.type, other: other.type };
      const labels = [{ file: other.file, span: other.at, text: `\`${other.operation.name.text}\` starts this one` }];
      const hint = 'Begin the ids of each type with a text of their own.';
      model.report(start.file, 'TWF724', start.at, values, { labels, hint });
      break;
    }
  }
}

/** The texts of an id, with a hole wherever something is put in; undefined for what is no text as it stands. */
function templateOf(id: ResolvedOptionValue): string | undefined {
  if (id.kind === 'string') return JSON.stringify([id.value]);
  if (id.kind !== 'expression' || id.expr.kind !== 'String') return undefined;
  return JSON.stringify(id.expr.parts.map((part) => (typeof part === 'string' ? part : null)));
}

// --- Cancellation

/** Who waits for a workflow together with others, and does not wait any longer, ends it for all of them. */
function sharedCancel({ model }: Typed, starts: readonly Start[], options: AllOptions): void {
  const racing = new Map<OperationDef, { readonly call: NexusCall; readonly file: SourceFile }>();
  for (const { calls, file } of model.surveys) {
    for (const { call, races } of calls) {
      if (call.kind !== 'NexusCall' || !(races || hasDeadline(options.calls.get(call)))) continue;
      const definition = model.nexus.calls.get(call)?.operation.definition;
      if (definition && !racing.has(definition)) racing.set(definition, { call, file });
    }
  }
  const told = new Set<OperationDef>();
  for (const { operation, id, file } of starts) {
    const race = racing.get(operation);
    if (!race || told.has(operation) || isOfRequest(id) || isIgnored(options.operations.get(operation))) continue;
    told.add(operation);
    const labels = [{ file: race.file, span: race.call.name.span, text: 'this call is cancelled when it loses' }];
    const hint = 'If the workflow is to go on for the others, give the operation the option `on_cancel: ignore`.';
    model.report(file, 'TWF725', operation.name.span, { name: operation.name.text }, { labels, hint });
  }
}

function isIgnored(options: ResolvedOptions | undefined): boolean {
  const value = options?.find(({ name }) => name === 'onCancel')?.value;
  return value?.kind === 'constant' && value.text === 'IGNORE';
}

/** Whether no two calls have the same id. */
function isOfRequest(id: ResolvedOptionValue): boolean {
  if (id.kind !== 'expression') return false;
  let found = false;
  walk(id.expr as Expr, {
    enter(node) {
      const called = node.kind === 'FunctionCall' && node.callee.kind === 'NameExpr' ? node.callee.text : undefined;
      found ||= called === 'uuid' || (node.kind === 'Field' && node.field.text === 'request_id');
    },
  });
  return found;
}
