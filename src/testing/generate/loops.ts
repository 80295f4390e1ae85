/** Loops. */
import { condition } from './conditions.js';
import { expression } from './expressions.js';
import { type Frame, inside, isInWorkflow, type Known, placeIn, withKnown } from './frame.js';
import { line, type Lines } from './lines.js';
import type { Written } from './made.js';
import { statements } from './statements.js';
import { anyScalar, type HiddenType, listOf, scalar } from './types.js';

export function forEver(frame: Frame): Written | undefined {
  const { depth, choices } = frame;
  if (depth <= 0) return undefined;
  const { lines } = statements(inside(frame, frame.known, { loop: true }), 3);
  const leave = choices.chance(70) ? [line(`if ${condition(placeIn(frame, true))}:`, [line('break')])] : [];
  const wait = isInWorkflow(frame) ? [line('await timer(1s)')] : [];
  const ends = leave.length > 0 || isLeft(lines);
  if (!ends && wait.length === 0) return undefined;
  return { lines: [line('for:', [...leave, ...wait, ...lines])], known: ends ? frame.known : undefined };
}

/** Whether a loop is left by a `break`: one of a loop inside leaves only that. */
function isLeft(lines: Lines): boolean {
  return lines.some(
    ({ text, block }) => text === 'break' || (block !== undefined && !/^for\b/.test(text) && isLeft(block)),
  );
}

export function forWhile(frame: Frame): Written | undefined {
  const { depth, choices } = frame;
  if (depth <= 0) return undefined;
  const { lines } = statements(inside(frame, frame.known, { loop: true }), 3);
  const head = condition(placeIn(frame, true));
  const wait = isInWorkflow(frame) ? [line('await timer(1s)')] : [];
  if (wait.length === 0 && !isLeft(lines)) return undefined;
  // `for (x in xs)` goes over a list.
  if (/^\(*\w+\)* in /.test(head)) return undefined;
  return {
    lines: [line(choices.chance(50) ? `for (${head}):` : `for ((${head})):`, [...wait, ...lines])],
    known: frame.known,
  };
}

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
    if (choices.chance(50)) return overParts(frame, list, type);
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

/** The keys of a map, or its values. */
function overParts(frame: Frame, map: string, { key, value }: Extract<HiddenType, { kind: 'map' }>) {
  const { choices, known } = frame;
  const [part, type] = choices.pick([['keys', scalar(key)] as const, ['values', value] as const]);
  const item = freeLoopName(frame);
  const head = `for ${item} in ${choices.pick([`${part}(${map})`, `${map}.${part}()`])}`;
  return { head, known: withKnown(known, { name: item, type, loop: true }) };
}

/** A loop may call its variable as something else is called that it then hides. */
function freeLoopName(frame: Frame): string {
  const { choices, known, unit } = frame;
  const hidden = known.filter(({ loop, fixed }) => !loop && !fixed);
  if (hidden.length > 0 && choices.chance(15)) return choices.pick(hidden).name;
  const name = `${choices.pick(['item', 'one', 'first', 'delete', 'each', 'x', 'run', 'values', 'key'])}${choices.pick(['', '', '2'])}`;
  return name === unit.clock ? `${name}3` : name;
}

export function forIn(frame: Frame): Written | undefined {
  if (frame.depth <= 0 || frame.direct) return undefined;
  const over = loopOver(frame);
  if (!over || frame.fanOut) return undefined;
  const { lines } = statements(inside(frame, over.known, { loop: true }), 3);
  return { lines: [line(`${over.head}:`, lines)], known: frame.known };
}
