/** Waiting: for one thing, for the first of several, for all of them. */
import { keywords } from '../../syntax/keywords.js';
import { constructs } from '../../syntax/unsupported.js';
import { anyCall, bind, caseForms } from './calls.js';
import { expression } from './expressions.js';
import { type Frame, inside, type Known, meet, placeIn, withKnown } from './frame.js';
import { line, type Line } from './lines.js';
import { entriesOf, entryLine } from './options.js';
import { loopOver } from './loops.js';
import type { Written } from './made.js';
import { statement, statements } from './statements.js';
import { type HiddenType, listOf, scalar } from './types.js';

/** Something to wait for, as it is written, and what it gives. */
interface Operand {
  readonly text: string;
  readonly result: HiddenType | undefined;
  readonly under: readonly Line[];
  readonly before: readonly Line[];
}

/** What can be waited for, and also begun. */
export const operandKinds = ['timer', 'arrival', 'handle', 'condition'] as const;
type OperandKind = (typeof operandKinds)[number];

export function waitFor(frame: Frame): Written {
  const made = operand(frame, frame.choices.pick(operandKinds)) ?? operand(frame, 'timer')!;
  const { arrow, known } = bind(frame, made.result);
  return { lines: [line(`await ${made.text}${arrow}`, made.under)], known };
}

export function operand(frame: Frame, kind: OperandKind | 'call'): Operand | undefined {
  const { choices, known, unit } = frame;
  const simple = (text: string, result?: HiddenType): Operand => ({ text, result, under: [], before: [] });
  switch (kind) {
    case 'timer': {
      const time = choices.chance(70) ? '5m' : expression(placeIn(frame, true), scalar('duration'));
      const under = choices.chance(10) ? [line('options:', entriesOf({ choices, frame }, 'timer').map(entryLine))] : [];
      return { ...simple(`timer(${time})`), under };
    }
    case 'arrival': {
      const usable = unit.arrivals.filter(({ held, kind: message }) => !held && message !== 'query');
      if (usable.length === 0) return undefined;
      const { kind: message, name, params } = choices.pick(usable);
      const types = params.map((one) => one.type);
      return simple(`${message} ${name}`, types.length > 1 ? { kind: 'tuple', items: types } : types[0]);
    }
    case 'handle': {
      const handles = known.filter(({ name, type }) => type.kind === 'handle' && !isWord(name));
      if (handles.length === 0) return undefined;
      const { name, type } = choices.pick(handles);
      return simple(name, type.kind === 'handle' ? type.result : undefined);
    }
    case 'condition': {
      const conditions = known.filter(({ name, type }) => type.kind === 'condition' && !isWord(name));
      return conditions.length > 0 ? simple(choices.pick(conditions).name) : undefined;
    }
    case 'call': {
      const made = anyCall(frame, ['activity', 'workflow', 'nexus'], { forms: caseForms });
      return made && { text: made.text, result: made.result, under: made.under, before: made.before };
    }
  }
}

const words: ReadonlySet<string> = new Set([
  ...keywords.flatMap(({ places, word }) => (places.every((one) => one === 'expression') ? [] : [word])),
  ...constructs.map(({ pattern }) => pattern.split(' ')[0]!),
]);

/** What begins a line of another kind. */
export const isWord = (name: string): boolean => words.has(name);

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
  const options = choices.chance(20) ? [line('options:', entriesOf({ choices, frame }, 'one').map(entryLine))] : [];
  return { lines: [line('await one:', [...options, ...lines])], known: meet(frame, ends) };
}

function awaitCase(frame: Frame): Written {
  const { choices } = frame;
  const kind = choices.pick(['timer', 'call', 'arrival', 'handle', 'condition', 'all'] as const);
  if (kind === 'all') {
    const inner = inside(frame);
    const all = awaitAll(inner);
    if (all) return { lines: all.lines, known: all.known };
  }
  const own = inside(frame, frame.known, { first: true });
  const made = operand(own, kind === 'all' ? 'timer' : kind) ?? operand(own, 'timer')!;
  const { arrow, known } = bind(own, made.result);
  const hasBody = choices.chance(60);
  const body = hasBody ? statements({ ...own, known }, 3) : { lines: [], known };
  const colon = hasBody || (choices.chance(50) && made.under.length === 0);
  return {
    lines: [...made.before, line(`${made.text}${arrow}${colon ? ':' : ''}`, [...made.under, ...body.lines])],
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
