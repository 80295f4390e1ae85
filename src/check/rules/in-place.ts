/** Activities whose code runs in operations: which of them may, where they must be, and whether there is time for them. */
import { canonicalKey } from '../../options/options.js';
import type { SourceFile } from '../../source.js';
import type { ActivityCall, OperationDef, OptionBlock, OptionValue, Stmt } from '../../syntax/ast.js';
import { longestPath } from '../longest-path.js';
import type { Model } from '../model.js';
import type { Survey } from '../survey.js';
import type { Typed } from '../verify/typed.js';
import type { Workers } from '../workers.js';

/** What an operation that answers itself has, in milliseconds. */
const most = 10_000;

export function activitiesInPlace({ model }: Typed, workers: Workers): void {
  for (const survey of model.surveys) {
    const { definition, file, calls } = survey;
    if (definition.kind !== 'Operation') continue;
    for (const { call } of calls) if (call.kind === 'ActivityCall') mayRun(model, workers, { definition, file }, call);
    takesLong(model, survey);
  }
}

interface Caller {
  readonly definition: OperationDef;
  readonly file: SourceFile;
}

function mayRun(model: Model, workers: Workers, { definition, file }: Caller, call: ActivityCall): void {
  const { name } = call;
  const activity = model.callees.of(call);
  if (!activity || !model.callResults.has(call)) return;
  const report = (why: string, labels: { file: SourceFile; span: typeof name.span; text: string }[] = []) => {
    const hint = 'Call it from a workflow, and `return workflow` that.';
    model.report(file, 'TWF771', name.span, { name: name.text, why }, { labels, hint });
  };
  if (activity.kind !== 'Activity') return report('its code is elsewhere');
  const own = model.definitions.fileOf.get(activity)!;
  const token = model.completedElsewhere.get(activity);
  if (token) return report('it is completed from outside', [{ file: own, span: token, text: 'it says so here' }]);
  const entry = activity.options?.entries.find(({ key }) => canonicalKey('activity', key.text) === 'heartbeat_timeout');
  if (entry) {
    return report('nobody would hear its heartbeats', [{ file: own, span: entry.key.span, text: 'it says so here' }]);
  }
  const lacking = workers.serving(definition).find((worker) => !worker.activities.has(activity));
  if (!lacking) return;
  const values = { name: name.text, operation: definition.name.text, worker: lacking.name };
  const hint = `List it in the worker: \`activity ${name.text}\`.`;
  model.report(file, 'TWF772', name.span, values, { hint });
}

interface Timed {
  readonly call: ActivityCall;
  readonly milliseconds: number;
}

/** Said of what the author gives: without timeouts, the code of an activity gets what there is. */
function takesLong(model: Model, { definition, file }: Survey): void {
  const { weight, items } = longestPath(
    definition.body ?? [],
    (statement) => timed(model, statement),
    ({ milliseconds }) => milliseconds,
  );
  if (weight <= most) return;
  const [first, ...others] = items.map(({ call }) => call);
  const { name } = first!;
  const text = others.length === 0 ? `\`${name.text}\` may take this long` : `this one, and ${others.length} more`;
  const hint = 'Give its activities less time; or let a workflow call them, and `return workflow` that.';
  const labels = [{ file, span: name.span, text }];
  const values = { name: definition.name.text, seconds: weight / 1000 };
  model.report(file, 'TWF773', definition.name.span, values, { labels, hint });
}

function timed({ callees }: Model, statement: Stmt): Timed | undefined {
  if (statement.kind !== 'CallStmt' || statement.call.kind !== 'ActivityCall') return undefined;
  const { call } = statement;
  const activity = callees.of(call);
  const blocks = [call.options, activity?.kind === 'Activity' ? activity.options : undefined];
  const given = (key: string) => blocks.map((one) => valueOf(one, key)).find((one) => one !== undefined);
  const value = given('schedule_to_close_timeout') ?? given('start_to_close_timeout');
  return value?.kind === 'Duration' ? { call, milliseconds: value.milliseconds } : undefined;
}

function valueOf(block: OptionBlock | undefined, wanted: string): OptionValue | undefined {
  return block?.entries.find(({ key }) => canonicalKey('activity', key.text) === wanted)?.value;
}
