/** Waiting: for one thing, for the first of several, for all of them. */
import { anyCall, bind, type Bound, caseForms } from './calls.js';
import { expression } from './expressions.js';
import { type Frame, inside, type Known, meet, placeIn, withKnown } from './frame.js';
import { line, type Line } from './lines.js';
import { loopOver, statement, statements, type Written } from './statements.js';
import { type HiddenType, listOf, scalar } from './types.js';

/** Something to wait for, as it is written, and what it gives. */
interface Operand extends Bound {
  readonly text: string;
  readonly under: readonly Line[];
  readonly before: readonly Line[];
}

const kinds = ['timer', 'signal', 'handle'] as const;

export function waitFor(frame: Frame): Written {
  const made = operand(frame, frame.choices.pick(kinds)) ?? operand(frame, 'timer')!;
  return { lines: [line(`await ${made.text}${made.arrow}`, made.under)], known: made.known };
}

function operand(frame: Frame, kind: (typeof kinds)[number] | 'call'): Operand | undefined {
  const { choices, known, unit } = frame;
  switch (kind) {
    case 'timer': {
      const time = choices.chance(70) ? '5m' : expression(placeIn(frame, true), scalar('duration'));
      return { text: `timer(${time})`, arrow: '', target: undefined, known, under: [], before: [] };
    }
    case 'signal': {
      const usable = unit.signals.filter(({ held }) => !held);
      if (unit.kind !== 'workflow' || usable.length === 0) return undefined;
      const { name, params } = choices.pick(usable);
      const whole = { text: `signal ${name}`, under: [], before: [] };
      if (params.length === 0 || choices.chance(40)) return { ...whole, arrow: '', target: undefined, known };
      const [only, ...more] = params;
      const type: HiddenType = more.length === 0 ? only!.type : { kind: 'tuple', items: params.map((one) => one.type) };
      return { ...whole, ...bind(frame, type) };
    }
    case 'handle': {
      const handles = known.filter(({ name, type }) => type.kind === 'handle' && !isWord(name));
      if (handles.length === 0) return undefined;
      const { name, type } = choices.pick(handles);
      const result = type.kind === 'handle' ? type.result : undefined;
      return { text: name, under: [], before: [], ...bind(frame, result) };
    }
    case 'call': {
      const made = anyCall(frame, ['activity', 'workflow', 'nexus'], caseForms);
      return made && { text: made.text, under: made.under, before: made.before, ...bind(frame, made.result) };
    }
  }
}

/** What begins a line of another kind. */
function isWord(name: string): boolean {
  return /^(one|all|options|state|validate|compensate|try|catch|finally|close|raise|timer|signal|operation)$/.test(
    name,
  );
}

// --- The first of several

export function awaitOne(frame: Frame): Written | undefined {
  const { choices, depth } = frame;
  if (depth <= 0) return undefined;
  const lines: Line[] = [];
  const ends: (readonly Known[] | undefined)[] = [];
  for (let count = choices.pick([2, 2, 3, 4, 1]); count > 0; count--) {
    const { lines: own, known } = awaitCase(frame);
    lines.push(...own);
    ends.push(known);
  }
  return { lines: [line('await one:', lines)], known: meet(frame, ends) };
}

function awaitCase(frame: Frame): Written {
  const { choices } = frame;
  const kind = choices.pick(['timer', 'call', 'signal', 'handle', 'all'] as const);
  if (kind === 'all') {
    const inner = inside(frame);
    const all = awaitAll(inner);
    if (all) return { lines: all.lines, known: all.known };
  }
  const own = inside(frame, frame.known, { first: true });
  const made = operand(own, kind === 'all' ? 'timer' : kind) ?? operand(own, 'timer')!;
  const hasBody = choices.chance(60);
  const body = hasBody ? statements({ ...own, known: made.known }, 3) : { lines: [], known: made.known };
  const colon = hasBody || (choices.chance(50) && made.under.length === 0);
  return {
    lines: [...made.before, line(`${made.text}${made.arrow}${colon ? ':' : ''}`, [...made.under, ...body.lines])],
    known: body.known,
  };
}

// --- All of several

export function awaitAll(frame: Frame): Written | undefined {
  const { choices, depth } = frame;
  if (depth <= 0) return undefined;
  const lines: Line[] = [];
  let known = frame.known;
  for (let count = choices.between(1, 3); count > 0; count--) {
    const own: Frame = {
      ...frame,
      branch: true,
      direct: true,
      first: lines.length === 0,
      loop: false,
      depth: depth - 1,
    };
    const made = choices.chance(35) ? fanOut(own) : undefined;
    const { lines: branch, known: after } = made ?? oneBranch(own);
    lines.push(...branch);
    // What another branch knows comes too late for this one.
    for (const one of after ?? []) {
      if (!frame.known.some(({ name }) => name === one.name)) known = withKnown(known, one);
    }
  }
  return { lines: [line('await all:', lines)], known };
}

function oneBranch(frame: Frame): Written {
  const made = statement(frame);
  return made.known ? made : { lines: [line('await timer(1s)')], known: frame.known };
}

/** A branch for each item: what its statements bind becomes a list. */
function fanOut(frame: Frame): Written | undefined {
  const over = loopOver(frame);
  if (!over) return undefined;
  const own = inside(frame, over.known, { fanOut: true, loop: false });
  const { lines, known } = statements(own, 2);
  if (!known) return undefined;
  const collected = known.filter(({ name, fixed }) => fixed && !over.known.some((one) => one.name === name));
  let after = frame.known;
  for (const { name, type } of collected) after = withKnown(after, { name, type: listOf(type), fixed: true });
  return { lines: [line(`${over.head}:`, lines)], known: after };
}
