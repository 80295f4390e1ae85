import type { Dependency, Facts, Worker } from '../../check/facts.js';
import { hasDependencies } from '../../emit/activities.js';
import { Program } from '../../emit/program.js';
import type { Need, WorkerSpec } from './protocol.js';
import { sampleOf } from './sample.js';

/** What the workers' process needs to know of a program, beside the generated code: for each place of each worker. */
export function workerSpecs(facts: Facts): WorkerSpec[] {
  const program = new Program([], facts);
  return program.allWorkers.flatMap((worker) => {
    const ofActivities = hasDependencies(worker)
      ? [...worker.dependencies.map(needOf), ...contracts(worker, facts.activities)]
      : [];
    const needs = joined([...ofActivities, ...worker.serviceDependencies.map(needOf)]);
    const workflows = worker.workflows.length === 0 ? undefined : program.entryModule(worker);
    return worker.places.map(({ name }) => ({ name, needs, workflows }));
  });
}

/** What activities and operations both need is needed once. */
function joined(needs: readonly Need[]): Need[] {
  const byName = new Map<string, Need>();
  for (const need of needs) {
    const known = byName.get(need.name);
    const isGroup = known?.kind === 'group' && need.kind === 'group';
    if (isGroup) byName.set(need.name, { ...known, members: joined([...known.members, ...need.members]) });
    else if (!known) byName.set(need.name, need);
  }
  return [...byName.values()];
}

/** Activities without a body are implemented by hand. */
function contracts({ activities }: Worker, facts: Facts['activities']): Need[] {
  return activities
    .filter(({ body }) => body === undefined)
    .map((activity) => {
      const name = activity.name.text;
      return { kind: 'function', name, sample: sampleOf(facts.get(activity)!.result, name) };
    });
}

function needOf(dependency: Dependency): Need {
  const { name, kind } = dependency;
  switch (kind) {
    case 'group':
      return { kind, name, members: dependency.members.map(needOf) };
    case 'function':
      return { kind, name, sample: sampleOf(dependency.result, name) };
    case 'constant':
      return { kind, name, sample: sampleOf(dependency.type, name) };
  }
}
