/** Statements of every kind, each right where it stands. */
import { append, assign, call, callerInfo, callFunction, heartbeat, log, callMember } from './assignments.js';
import { choose, select, tested } from './branches.js';
import { close, leave, raise } from './endings.js';
import type { Frame, Known, Unit } from './frame.js';
import { begin, beginAll, detach, gather, send, set, spawn } from './handles.js';
import { line, type Line } from './lines.js';
import { forEver, forIn, forWhile } from './loops.js';
import type { Make, Written } from './made.js';
import { request } from './requests.js';
import { attempt } from './tries.js';
import { awaitAll, awaitOne, waitFor } from './waits.js';

/** How each kind of statement is made, and how often. */
type Kinds = readonly (readonly [Make, number])[];

const everywhere: Kinds = [
  [choose, 10],
  [select, 4],
  [forIn, 6],
  [forWhile, 3],
  [tested, 4],
  [log, 3],
  [leave, 3],
  [close, 3],
];
const changing: Kinds = [
  [assign, 20],
  [append, 3],
  [forEver, 3],
  [raise, 2],
];
const inWorkflows: Kinds = [
  ...changing,
  [(frame) => call(frame), 16],
  [waitFor, 8],
  [awaitAll, 7],
  [awaitOne, 8],
  [(frame) => spawn(frame), 6],
  [begin, 4],
  [beginAll, 2],
  [request, 3],
  [detach, 3],
  [gather, 3],
  [send, 5],
  [callFunction, 3],
  [callMember, 4],
  [set, 4],
  [attempt, 6],
  ...everywhere,
];
const inActivities: Kinds = [...changing, [callFunction, 18], [heartbeat, 4], [attempt, 4], ...everywhere];
const inQueries: Kinds = [[assign, 20], [callFunction, 3], ...everywhere];
const inOperations: Kinds = [
  [callFunction, 3],
  [raise, 2],
  [request, 16],
  [(frame) => call(frame), 6],
  [callerInfo, 6],
  ...inQueries,
];

const kindsOf: { readonly [K in Unit['kind']]: Kinds } = {
  workflow: inWorkflows,
  handler: inWorkflows,
  query: inQueries,
  activity: inActivities,
  operation: inOperations,
};

/** One statement, of whatever kind can stand here. */
export function statement(frame: Frame): Written {
  const { choices, unit } = frame;
  const kinds = kindsOf[unit.kind];
  const weights = Object.fromEntries(kinds.map(([, weight], at) => [at, weight]));
  const [make] = kinds[Number(choices.weighted(weights))]!;
  return make(frame) ?? assign(frame);
}
/** Several statements: at least one. */
export function statements(frame: Frame, most: number): Written {
  const lines: Line[] = [];
  let known: readonly Known[] | undefined = frame.known;
  for (let count = frame.choices.between(1, most); count > 0 && known; count--) {
    const made = statement({ ...frame, known, first: frame.first && lines.length === 0 });
    if (frame.choices.chance(4)) lines.push(line(frame.choices.pick(['# A remark.', '', '# */ ${x} `'])));
    lines.push(...made.lines);
    known = made.known;
  }
  return { lines, known };
}
