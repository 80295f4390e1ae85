/** Errors that are caught. */
import { errorNames } from './endings.js';
import { type Frame, inside, isInWorkflow, type Known, meet, newName, withKnown } from './frame.js';
import { line, type Line } from './lines.js';
import type { Written } from './made.js';
import { statements } from './statements.js';

/** Those of one line are of no kind that stands before it. */
const kinds: readonly string[] = [
  'NexusTimeoutError',
  'NexusUnauthorizedError',
  'NexusNotFoundError',
  'NexusOperationError',
  'ActivityError',
  'ChildWorkflowError',
  'TimeoutError',
  'TerminatedError',
  'SignalFailedError',
  'CancelledError',
  'Error',
];
/** An activity waits for no other work. */
const kindsOfActivities: readonly string[] = ['TimeoutError', 'CancelledError', 'Error'];

export function attempt(frame: Frame): Written | undefined {
  const { choices, depth, unit } = frame;
  if (depth <= 0 || !(isInWorkflow(frame) || unit.kind === 'activity')) return undefined;
  const body = statements(inside(frame), 3);
  const lines: Line[] = [line('try:', body.lines)];
  const paths: (readonly Known[] | undefined)[] = [body.known];
  const usual = unit.kind === 'activity' ? kindsOfActivities : kinds;
  const records = unit.plan.records.filter(({ members, origin }) => !members && !origin).map(({ name }) => name);
  const raised = choices.shuffled([...errorNames, ...records].filter((one) => !kinds.includes(one)));
  const named = [...raised.slice(0, choices.below(3)), ...usual.filter(() => choices.chance(15))];
  const ending = choices.chance(40);
  if (named.length === 0 && !ending) named.push('Error');
  for (const name of named) {
    // What is cancelled goes on to its end, which in a workflow may be another one.
    const isCancelled = name === 'CancelledError';
    const ends = {
      loop: frame.loop && !isCancelled,
      cleanup: frame.cleanup || (isCancelled && unit.kind !== 'workflow'),
    };
    const within = inside(frame, frame.known, { caught: true, ...ends });
    const error = choices.chance(70) ? newName(within, { kind: 'error' }) : undefined;
    const known = error === undefined ? within.known : caught(within.known, error);
    const clause = statements({ ...within, known }, 2);
    const head = name === 'Error' && error === undefined ? 'catch' : `catch ${name}`;
    lines.push(line(`${head}${error === undefined ? '' : ` as ${error}`}:`, clause.lines));
    paths.push(isCancelled ? undefined : clause.known?.filter((one) => one.name !== error));
  }
  const known = meet(frame, paths);
  if (!ending) return { lines, known };
  const last = statements(inside(frame, frame.known, { cleanup: true, caught: false, loop: false }), 2);
  lines.push(line('finally:', last.lines));
  return { lines, known: last.known && known };
}

const caught = (known: readonly Known[], name: string): readonly Known[] =>
  withKnown(known, { name, type: { kind: 'error' }, loop: true });
