/** Statements that run one of several blocks. */
import { condition } from './conditions.js';
import { literalOf, operand } from './expressions.js';
import { inside, type Frame, type Known, meet, newName, placeIn, withKnown } from './frame.js';
import { line, type Line } from './lines.js';
import type { Written } from './made.js';
import { statements } from './statements.js';
import { level } from './place.js';
import { fieldsOf, type HiddenType, scalar, withoutAbsence } from './types.js';

export function choose(frame: Frame): Written | undefined {
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
}

/** What a test has shown to be there is used as what it is. */
export function tested(frame: Frame): Written | undefined {
  const { choices, known, depth } = frame;
  const ways = known.flatMap(({ name, type }) => [
    { path: name, type },
    ...fieldsOf(type).map((one) => ({
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
}

/** What a `switch` goes by, but for enums. */
const switched = (['string', 'int', 'decimal', 'duration', 'float', 'bool'] as const).map(scalar);

export function select(frame: Frame): Written | undefined {
  const { choices, depth, known } = frame;
  if (depth <= 0) return undefined;
  const enums = known.filter(({ type, annotated }) => annotated && withoutAbsence(type).kind === 'enum');
  const held = enums.length > 0 && choices.chance(60) ? choices.pick(enums) : undefined;
  const type = held ? withoutAbsence(held.type) : choices.pick(switched);
  const subject = held?.name ?? operand(placeIn(frame, true), type, level.or, true);
  const values = choices.shuffled(held ? valuesOf(held.type) : literalsOf(frame, type));
  const isWhole = held !== undefined && choices.chance(50);
  const lines: Line[] = [];
  const ends: (readonly Known[] | undefined)[] = [];
  const block = (head: string) => {
    const { lines: body, known: after } = statements(inside(frame), 2);
    lines.push(line(head, body));
    ends.push(after);
  };
  while (values.length > 0 && (isWhole || lines.length === 0 || choices.chance(40)))
    block(`case ${values.splice(0, choices.between(1, 2)).join(', ')}:`);
  if (!isWhole && (held !== undefined || choices.chance(50))) block('else:');
  else if (!isWhole) ends.push(frame.known);
  return {
    lines: [line(choices.chance(30) ? `switch (${subject}):` : `switch ${subject}:`, lines)],
    known: meet(frame, ends),
  };
}

/** Every value of an enum, and `null` if there may be none. */
function valuesOf(type: HiddenType): string[] {
  const plain = withoutAbsence(type);
  const members = plain.kind === 'enum' ? plain.record.members! : [];
  return [...members.map((one) => `"${one}"`), ...(plain === type ? [] : ['null'])];
}

/** Different values of a type. */
function literalsOf(frame: Frame, type: HiddenType): string[] {
  if (type.kind === 'int') return ['0', '1', '-1', '42'];
  if (type.kind === 'decimal') return ['0', '1.50', '42', '12345678901234567890.5'];
  const place = placeIn(frame, true);
  return [...new Set(Array.from({ length: 4 }, () => literalOf(place, type).text))];
}
