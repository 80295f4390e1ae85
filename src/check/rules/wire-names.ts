/** What Temporal cannot tell apart: two definitions on one worker that have one name for it. */
import { wireName } from '../../options/wire-name.js';
import type { ActivityDef, ServiceDef, WorkflowDef } from '../../syntax/ast.js';
import type { Model } from '../model.js';
import type { PlacedWorker, Workers } from '../workers.js';

export function wireNames(model: Model, workers: Workers): void {
  for (const worker of workers.all) {
    if (worker.places.length === 0) continue; // it is not deployed
    reportShared(model, worker, 'workflow', worker.workflows);
    reportShared(model, worker, 'activity', worker.activities);
    const services = [...worker.services].flatMap(({ definition }) => definition ?? []);
    reportShared(model, worker, 'Nexus service', services);
  }
}

const hints = {
  workflow: 'Give one of them another name for Temporal: `name: "…"` in its `default_options:`.',
  activity: 'Give one of them another name for Temporal: `name: "…"` in its options.',
  'Nexus service': 'Give one of them another name for Temporal: `name: "…"` in its options.',
};

function reportShared(
  { definitions: { fileOf }, reporter }: Model,
  worker: PlacedWorker,
  what: keyof typeof hints,
  definitions: Iterable<WorkflowDef | ActivityDef | ServiceDef>,
): void {
  const seen = new Map<string, WorkflowDef | ActivityDef | ServiceDef>();
  for (const definition of definitions) {
    const name = wireName(definition);
    const first = seen.get(name);
    seen.set(name, first ?? definition);
    if (!first) continue;
    const labels = [{ file: fileOf.get(first)!, span: first.name.span, text: 'the other one' }];
    const hint = hints[what];
    const values = { what, name, worker: worker.name };
    reporter.report(fileOf.get(definition)!, 'TWF347', definition.name.span, values, { labels, hint });
  }
}
