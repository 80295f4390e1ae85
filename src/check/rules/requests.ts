/** What is asked of other workflows: whom it reaches, and how much of it an operation has time for. */
import type { RequestStmt, Stmt } from '../../syntax/ast.js';
import { longestPath } from '../longest-path.js';
import type { AllOptions } from '../all-options.js';
import type { Survey } from '../survey.js';
import type { Typed } from '../verify/typed.js';
import type { Workers } from '../workers.js';

export function requests(typed: Typed, workers: Workers, { calls }: AllOptions): void {
  for (const survey of typed.model.surveys) {
    const { definition, file } = survey;
    for (const statement of survey.requests) {
      if (definition.kind === 'Workflow') reachesOwnNamespace(typed, workers, survey, statement);
      if (statement.kind !== 'StartWorkflow' || !statement.signal) continue;
      const options = calls.get(statement.call);
      if (!options || options.some(({ name }) => name === 'workflowId')) continue;
      const { name } = statement.call;
      const hint = 'Give it one: `workflow_id: "…"` under it.';
      typed.model.report(file, 'TWF769', name.span, { name: name.text }, { hint });
    }
    if (definition.kind === 'Operation') several(typed, survey);
  }
}

/** Temporal delivers what a workflow sends in the workflow's own namespace. */
function reachesOwnNamespace(
  typed: Typed,
  workers: Workers,
  { definition, file }: Survey,
  statement: RequestStmt,
): void {
  const { model } = typed;
  const sent = statement.kind === 'Message' ? model.messages.get(statement) : undefined;
  if (!sent || statement.kind !== 'Message' || definition.kind !== 'Workflow') return;
  const namespacesOf = (workflow: typeof sent.of) =>
    new Set(workers.running(workflow).flatMap(({ places }) => places.map(({ namespace }) => namespace)));
  const [own, theirs] = [namespacesOf(definition), namespacesOf(sent.of)];
  if (own.size === 0 || theirs.size === 0 || [...own].some((one) => theirs.has(one))) return;
  const values = {
    workflow: sent.of.name.text,
    theirs: [...theirs].join('`, `'),
    name: definition.name.text,
    own: [...own].join('`, `'),
  };
  const hint = 'Send it in an operation of a Nexus service of that namespace, and call that from here.';
  model.report(file, 'TWF768', statement.name.span, values, { hint });
}

/** Requests wait for each other, and all of them together have the time of one operation. */
function several({ model }: Typed, { definition, file }: Survey): void {
  const { weight, items } = longestPath(
    definition.body ?? [],
    (one) => (isAsking(one) ? one : undefined),
    () => 1,
  );
  if (weight < 2) return;
  const [first, second] = items as [Asking, Asking?];
  const inLoop = weight > items.length;
  const values = { name: definition.name.text, count: inLoop ? 'requests in a loop' : `${weight} requests` };
  const hint = 'What takes longer is done by a workflow: `return workflow W(…)`.';
  const labels = [{ file, span: (second ?? first).span, text: second ? 'the second one' : 'this one' }];
  model.report(file, 'TWF770', definition.name.span, values, { labels, hint });
}

type Asking = Extract<Stmt, { kind: RequestStmt['kind'] | 'ReturnWorkflow' }>;

const asking: ReadonlySet<Stmt['kind']> = new Set<Asking['kind']>([
  'Message',
  'CancelWorkflow',
  'StartWorkflow',
  'ListWorkflows',
  'ReturnWorkflow',
]);

const isAsking = (statement: Stmt): statement is Asking => asking.has(statement.kind);
