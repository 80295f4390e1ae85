/** Statements of every kind, each right where it stands. */
import { anyCall, argumentsOf, bind, fieldOf } from './calls.js';
import { condition } from './conditions.js';
import { expression, functionCall, indexed } from './expressions.js';
import { canMake } from './place.js';
import { existing, type Frame, inside, type Known, meet, newName, placeIn, withKnown } from './frame.js';
import { line, type Line, type Lines } from './lines.js';
import { anyScalar, anyType, type HiddenType, listOf, maybe, recordOf, scalar, withoutAbsence } from './types.js';
import { awaitAll, awaitOne, waitFor } from './waits.js';

/** Lines, and what is known after them: undefined if no path leads there. */
export interface Written {
  readonly lines: Lines;
  readonly known: readonly Known[] | undefined;
}

type Make = (frame: Frame) => Written | undefined;

const assign: Make = (frame) => {
  const { choices, known, unit } = frame;
  const type = typeToMake(frame);
  const index = choices.chance(12) ? indexed(placeIn(frame, true), type)?.text : undefined;
  const [held, value] = index !== undefined ? [maybe(type), index] : [type, expression(placeIn(frame, false), type)];
  const field = choices.chance(10) && unit.kind !== 'operation' ? fieldOf(frame, held) : undefined;
  if (field !== undefined) return { lines: [line(`${field} = ${value}`)], known };
  const name = (choices.chance(30) ? existing(frame, held) : undefined) ?? newName(frame, held, false);
  return { lines: [line(`${name} = ${value}`)], known: withKnown(known, { name, type: held }) };
};

/** A type of which a value can be made here. */
export function typeToMake(frame: Frame): HiddenType {
  const { choices, unit } = frame;
  const place = placeIn(frame, false);
  const type = choices.chance(70) ? anyScalar(choices) : anyType(choices, unit.plan.records, false);
  return canMake(place, type) ? type : scalar('string');
}

const call: Make = (frame) => {
  const { choices } = frame;
  const made = anyCall(frame, ['activity', 'workflow', 'nexus']);
  if (!made) return undefined;
  const { arrow, target, known } = bind(frame, made.result);
  const isAssigned = target !== undefined && !target.includes('.') && !frame.fanOut && choices.chance(15);
  const text = isAssigned ? `${target} = ${made.text}` : `${made.text}${arrow}`;
  return { lines: [...made.before, line(text, made.under)], known };
};

const spawn: Make = (frame) => {
  const { choices, known } = frame;
  const made = anyCall(frame, ['activity', 'workflow', 'nexus']);
  if (!made || frame.fanOut) return undefined;
  const type: HiddenType = { kind: 'handle', result: made.result };
  const mayBeAgain = made.result !== undefined && !frame.branch && choices.chance(15);
  const name = (mayBeAgain ? existing(frame, type) : undefined) ?? newName(frame, type);
  const text = choices.chance(20) ? `${name} = spawn ${made.text}` : `spawn ${made.text} -> ${name}`;
  return { lines: [...made.before, line(text, made.under)], known: withKnown(known, { name, type }) };
};

const detach: Make = (frame) => {
  const made = anyCall(frame, ['workflow', 'nexus']);
  return made && { lines: [...made.before, line(`detach ${made.text}`, made.under)], known: frame.known };
};

const choose: Make = (frame) => {
  const { choices } = frame;
  if (frame.depth <= 0) return undefined;
  const lines: Line[] = [];
  const ends: (readonly Known[] | undefined)[] = [];
  const count = choices.pick([1, 1, 2, 3]);
  for (let at = 0; at < count; at++) {
    const word = at === 0 ? 'if' : choices.pick(['elif', 'else if']);
    const head = condition(placeIn(frame, true));
    const { lines: body, known } = statements(inside(frame), 3);
    lines.push(line(`${word} ${choices.chance(30) ? `(${head})` : head}:`, body));
    ends.push(known);
  }
  if (choices.chance(50)) {
    const { lines: body, known } = statements(inside(frame), 3);
    lines.push(line('else:', body));
    ends.push(known);
  } else ends.push(frame.known);
  return { lines, known: meet(frame, ends) };
};

/** What a test has shown to be there is used as what it is. */
const tested: Make = (frame) => {
  const { choices, known, depth } = frame;
  const ways = known.flatMap(({ name, type }) => [
    { path: name, type },
    ...(type.kind === 'record' ? type.record.fields : []).map((one) => ({
      path: `${name}.${one.name}`,
      type: one.type,
    })),
  ]);
  const open = ways.filter(({ type }) => type.kind === 'optional' || type.kind === 'maybe');
  if (depth <= 0 || frame.direct || open.length === 0) return undefined;
  const { path, type } = choices.pick(open);
  const used = (within: Frame): Written => {
    const name = newName(within, withoutAbsence(type));
    return { lines: [line(`${name} = ${path}`)], known: withKnown(within.known, { name, type: withoutAbsence(type) }) };
  };
  const leave = frame.loop ? 'continue' : undefined;
  if (leave && choices.chance(50)) {
    const { lines, known: after } = used(frame);
    return { lines: [line(`if ${path} == null:`, [line(leave)]), ...lines], known: after };
  }
  const within = inside(frame);
  const first = used(within);
  const rest = statements({ ...within, known: first.known! }, 2);
  const head = choices.pick([`${path} != null`, `not (${path} == null)`, `null != ${path}`]);
  const more = choices.chance(30) ? ` and ${condition(placeIn(frame, true))}` : '';
  return { lines: [line(`if ${head}${more}:`, [...first.lines, ...rest.lines])], known };
};

// --- Loops

const forEver: Make = (frame) => {
  const { depth, unit, choices } = frame;
  if (depth <= 0) return undefined;
  const { lines } = statements(inside(frame, frame.known, { loop: true }), 3);
  const leave = choices.chance(70) ? [line(`if ${condition(placeIn(frame, true))}:`, [line('break')])] : [];
  const wait = unit.kind === 'activity' || unit.kind === 'operation' ? [] : [line('await timer(1s)')];
  const ends = leave.length > 0 || isLeft(lines);
  if (!ends && wait.length === 0) return undefined;
  return { lines: [line('for:', [...leave, ...wait, ...lines])], known: ends ? frame.known : undefined };
};

/** Whether a loop is left by a `break`: one of a loop inside leaves only that. */
function isLeft(lines: Lines): boolean {
  return lines.some(
    ({ text, block }) => text === 'break' || (block !== undefined && !/^for\b/.test(text) && isLeft(block)),
  );
}

const forWhile: Make = (frame) => {
  const { depth, choices, unit } = frame;
  if (depth <= 0) return undefined;
  const { lines } = statements(inside(frame, frame.known, { loop: true }), 3);
  const head = condition(placeIn(frame, true));
  const wait = unit.kind === 'activity' || unit.kind === 'operation' ? [] : [line('await timer(1s)')];
  if (wait.length === 0 && !isLeft(lines)) return undefined;
  // `for (x in xs)` goes over a list.
  if (/^\(*\w+\)* in /.test(head)) return undefined;
  return {
    lines: [line(choices.chance(50) ? `for (${head}):` : `for ((${head})):`, [...wait, ...lines])],
    known: frame.known,
  };
};

/** The head of a loop over something, and what is known inside. */
export function loopOver(frame: Frame): { readonly head: string; readonly known: readonly Known[] } | undefined {
  const { choices, known } = frame;
  const usable = known.filter(({ type }) => type.kind === 'list' || type.kind === 'map');
  const make = choices.chance(20) || usable.length === 0;
  const held = make ? undefined : choices.pick(usable);
  const type = held?.type ?? listOf(anyScalar(choices));
  const list = held?.name ?? expression({ ...placeIn(frame, false), depth: 1 }, type);
  if (list === '[]') return undefined;
  if (type.kind === 'map') {
    const [key, value] = [freeLoopName(frame), freeLoopName(frame)];
    if (key === value) return undefined;
    const inner = withKnown(withKnown(known, { name: key, type: scalar(type.key), loop: true }), {
      name: value,
      type: type.value,
      loop: true,
    });
    return {
      head: choices.chance(50) ? `for ${key}, ${value} in ${list}` : `for (${key}, ${value} in ${list})`,
      known: inner,
    };
  }
  if (type.kind !== 'list') return undefined;
  const item = choices.chance(8) && held ? held.name : freeLoopName(frame);
  const inner = withKnown(known, { name: item, type: type.item, loop: true });
  return { head: choices.chance(50) ? `for ${item} in ${list}` : `for (${item} in ${list})`, known: inner };
}

/** A loop may call its variable as something else is called that it then hides. */
function freeLoopName(frame: Frame): string {
  const { choices, known } = frame;
  const hidden = known.filter(({ loop, fixed }) => !loop && !fixed);
  if (hidden.length > 0 && choices.chance(15)) return choices.pick(hidden).name;
  return `${choices.pick(['item', 'one', 'first', 'delete', 'each', 'x', 'run', 'values', 'key'])}${choices.pick(['', '', '2'])}`;
}

const forIn: Make = (frame) => {
  if (frame.depth <= 0 || frame.direct) return undefined;
  const over = loopOver(frame);
  if (!over || frame.fanOut) return undefined;
  const { lines } = statements(inside(frame, over.known, { loop: true }), 3);
  return { lines: [line(`${over.head}:`, lines)], known: frame.known };
};

// --- Values that are done with

const append: Make = ({ choices, known, ...frame }) => {
  const lists = known.filter(({ type }) => type.kind === 'list');
  if (lists.length === 0) return undefined;
  const { name, type } = choices.pick(lists);
  const place = placeIn({ ...frame, choices, known }, false);
  if (type.kind !== 'list' || !canMake(place, type.item)) return undefined;
  const item = expression(place, type.item);
  return { lines: [line(choices.chance(50) ? `${name}.append(${item})` : `append(${name}, ${item})`)], known };
};

const log: Make = (frame) => {
  const { choices, known } = frame;
  const level = choices.pick(['info', 'debug', 'warn', 'error']);
  const fields = choices.list(0, 2, (at) => {
    const type = anyType(choices, frame.unit.plan.records, false);
    return `${['what', 'delete'][at]!}: ${expression(placeIn(frame, false), canMake(placeIn(frame, false), type) ? type : scalar('int'))}`;
  });
  const message = expression(placeIn(frame, true), scalar('string'));
  return { lines: [line(`log.${level}(${[message, ...fields].join(', ')})`)], known };
};

const callFunction: Make = (frame) => {
  const { choices, unit, known } = frame;
  const usable = unit.plan.functions.filter(({ params }) =>
    params.every((type) => canMake(placeIn(frame, false), type)),
  );
  if (usable.length === 0) return undefined;
  const called = choices.pick(usable);
  const text = functionCall(placeIn(frame, false), called);
  if (!called.result || choices.chance(15)) return { lines: [line(text)], known };
  const name =
    (choices.chance(20) ? existing(frame, called.result) : undefined) ?? newName(frame, called.result, false);
  return { lines: [line(`${name} = ${text}`)], known: withKnown(known, { name, type: called.result }) };
};

/** How far an activity is; it is told from one heartbeat to the next attempt. */
const heartbeat: Make = (frame) => {
  const { choices, unit, known } = frame;
  if (unit.kind !== 'activity') return undefined;
  const value = () => expression(placeIn(frame, false), anyScalar(choices));
  const text = choices.pick([
    () => 'heartbeat()',
    () => `heartbeat(at: ${expression(placeIn(frame, false), scalar('int'))})`,
    () => `heartbeat(note: ${expression(placeIn(frame, false), scalar('string'))}, delete: now())`,
    () => `log.info("attempt {attempt()}", before: get_heartbeat_details(), cancelled: cancelled())`,
    () => `report(${value()}, of: ${expression(placeIn(frame, true), scalar('string'))})`,
  ])();
  return { lines: [line(text)], known };
};

// --- Endings

const leave: Make = (frame) => {
  if (!frame.loop) return undefined;
  return { lines: [line(frame.choices.pick(['break', 'continue']))], known: undefined };
};

const raise: Make = (frame) => {
  const { choices, unit } = frame;
  if (unit.kind === 'operation') return undefined;
  const message = expression(placeIn(frame, true), scalar('string'));
  const type = typeToMake(frame);
  const details = expression(placeIn(frame, true), type.kind === 'map' ? scalar('int') : type);
  const form = choices.pick([`("${'no'}")`, '', `(${message})`, `(${message}, ${details})`]);
  return { lines: [line(`raise ${choices.pick(['Broken', 'TooMuch', 'Failed', 'delete'])}${form}`)], known: undefined };
};

const close: Make = (frame) => {
  const { choices, unit } = frame;
  if (frame.branch) return undefined;
  const end = (text: string): Written => ({ lines: [line(text)], known: undefined });
  if (unit.kind === 'handler') return end('return');
  if (unit.kind === 'operation') return undefined;
  const { result, resultAnnotated, params } = unit.callable;
  if (unit.kind === 'workflow' && choices.chance(25)) {
    const again = params.every(({ type, annotated }) => canMake(placeIn(frame, annotated), type));
    const way = choices.pick(['failed', 'failed', 'failed', 'again'] as const);
    if (way === 'again' && again)
      return end(`${choices.pick(['', 'close '])}continue_as_new(${argumentsOf(frame, params)})`);
    return end(`close failed${failure(frame)}`);
  }
  const word =
    unit.kind === 'activity' ? 'return' : choices.pick(['close', 'return', 'close completed', 'close complete']);
  if (!result) return end(word);
  if (!canMake(placeIn(frame, resultAnnotated), result)) return raise(frame);
  const value = expression(placeIn(frame, resultAnnotated), result);
  return end(word === 'close complete' ? `close complete(${value})` : `${word} ${value}`);
};

function failure(frame: Frame): string {
  const { choices, unit } = frame;
  const place = placeIn(frame, false);
  switch (choices.pick(['bare', 'text', 'record'] as const)) {
    case 'bare':
      return '';
    case 'text':
      return ` ${expression(place, scalar('string'))}`;
    case 'record':
      return unit.plan.records.length === 0 ? '' : ` ${expression(place, recordOf(choices.pick(unit.plan.records)))}`;
  }
}

// --- Which of them

/** How each kind of statement is made, and how often. */
type Kinds = Readonly<Record<string, readonly [Make, number]>>;

const everywhere: Kinds = {
  forEver: [forEver, 3],
  forWhile: [forWhile, 3],
  append: [append, 3],
  tested: [tested, 4],
  log: [log, 3],
  leave: [leave, 3],
  raise: [raise, 1],
  close: [close, 3],
};
const inWorkflows: Kinds = {
  assign: [assign, 22],
  call: [call, 16],
  waitFor: [waitFor, 8],
  choose: [choose, 10],
  forIn: [forIn, 6],
  awaitAll: [awaitAll, 7],
  awaitOne: [awaitOne, 8],
  spawn: [spawn, 6],
  detach: [detach, 3],
  ...everywhere,
};
const elsewhere: Kinds = {
  assign: [assign, 20],
  callFunction: [callFunction, 18],
  heartbeat: [heartbeat, 4],
  choose: [choose, 10],
  forIn: [forIn, 6],
  ...everywhere,
};

/** One statement, of whatever kind can stand here. */
export function statement(frame: Frame): Written {
  const { choices, unit } = frame;
  const kinds = unit.kind === 'workflow' || unit.kind === 'handler' ? inWorkflows : elsewhere;
  const weights = Object.fromEntries(Object.entries(kinds).map(([kind, [, weight]]) => [kind, weight]));
  const [make] = kinds[choices.weighted(weights)]!;
  return make(frame) ?? assign(frame)!;
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

/** The end of a body that must give something. */
export function finalStatement(frame: Frame): Lines {
  return close({ ...frame, loop: false, branch: false })?.lines ?? [];
}
