/** Statements that compute, and keep what they have computed. */
import { anyCall, bind, fieldOf, isFamily } from './calls.js';
import { canCall, expression, functionCall, indexed } from './expressions.js';
import { existing, type Frame, newName, placeIn, withKnown } from './frame.js';
import { line } from './lines.js';
import type { Written } from './made.js';
import { canMake } from './place.js';
import type { Callable } from './plan.js';
import { families } from './topology.js';
import { anyScalar, anyType, caller, type HiddenType, maybe, scalar } from './types.js';

export function assign(frame: Frame): Written {
  const { choices, known, unit } = frame;
  const type = typeToMake(frame);
  const index = choices.chance(12) ? indexed(placeIn(frame, true), type)?.text : undefined;
  const [held, value] = index !== undefined ? [maybe(type), index] : [type, expression(placeIn(frame, false), type)];
  const field =
    choices.chance(10) && unit.kind !== 'operation' && unit.kind !== 'query' ? fieldOf(frame, held) : undefined;
  if (field !== undefined) return { lines: [line(`${field} = ${value}`)], known };
  const name = (choices.chance(30) ? existing(frame, held) : undefined) ?? newName(frame, held, false);
  return { lines: [line(`${name} = ${value}`)], known: withKnown(known, { name, type: held }) };
}

/** A type of which a value can be made here. */
export function typeToMake(frame: Frame): HiddenType {
  const { choices, unit } = frame;
  const place = placeIn(frame, false);
  const type = choices.chance(70) ? anyScalar(choices) : anyType(choices, unit.plan.records, false);
  return canMake(place, type) ? type : scalar('string');
}

export function call(frame: Frame, only?: (called: Callable) => boolean): Written | undefined {
  const { choices } = frame;
  const kinds =
    frame.unit.kind === 'operation' ? (['activity'] as const) : (['activity', 'workflow', 'nexus'] as const);
  const made = anyCall(frame, kinds, { only });
  if (!made) return undefined;
  const { arrow, target, known } = bind(frame, made.result);
  const isAssigned = target !== undefined && !target.includes('.') && !frame.fanOut && choices.chance(15);
  const text = isAssigned ? `${target} = ${made.text}` : `${made.text}${arrow}`;
  return { lines: [...made.before, line(text, made.under)], known };
}

export function append({ choices, known, ...frame }: Frame): Written | undefined {
  const lists = known.filter(({ type }) => type.kind === 'list');
  if (lists.length === 0) return undefined;
  const { name, type } = choices.pick(lists);
  const place = placeIn({ ...frame, choices, known }, false);
  if (type.kind !== 'list' || !canMake(place, type.item)) return undefined;
  const item = expression(place, type.item);
  return { lines: [line(choices.chance(50) ? `${name}.append(${item})` : `append(${name}, ${item})`)], known };
}

export function log(frame: Frame): Written | undefined {
  const { choices, known } = frame;
  const level = choices.pick(['info', 'debug', 'warn', 'error']);
  const fields = choices.list(0, 2, (at) => {
    const type = anyType(choices, frame.unit.plan.records, false);
    return `${['what', 'delete'][at]!}: ${expression(placeIn(frame, false), canMake(placeIn(frame, false), type) ? type : scalar('int'))}`;
  });
  const message = expression(placeIn(frame, true), scalar('string'));
  return { lines: [line(`log.${level}(${[message, ...fields].join(', ')})`)], known };
}

export function callFunction(frame: Frame): Written | undefined {
  const { choices, known } = frame;
  const { functions } = placeIn(frame, false);
  const usable = functions.filter((one) => canCall(placeIn(frame, false), one));
  if (usable.length === 0) return undefined;
  const called = choices.pick(usable);
  const text = functionCall(placeIn(frame, false), called);
  // What TypeScript computes is computed for its value.
  if (!called.result || (!called.labels && choices.chance(15))) return { lines: [line(text)], known };
  const name =
    (choices.chance(20) ? existing(frame, called.result) : undefined) ?? newName(frame, called.result, false);
  return { lines: [line(`${name} = ${text}`)], known: withKnown(known, { name, type: called.result }) };
}

/** How far an activity is; it is told from one heartbeat to the next attempt. */
export function heartbeat(frame: Frame): Written | undefined {
  const { choices, unit, known } = frame;
  if (unit.kind !== 'activity') return undefined;
  const value = () => expression(placeIn(frame, false), anyScalar(choices));
  const text = choices.pick([
    () => 'heartbeat()',
    () => `heartbeat(at: ${expression(placeIn(frame, false), scalar('int'))})`,
    () => `heartbeat(note: ${expression(placeIn(frame, false), scalar('string'))}, delete: now())`,
    () => `log.info("attempt {attempt()}", before: get_heartbeat_details(), cancelled: cancelled())`,
    () => 'log.info("by hand", token: get_activity_task_token())',
    () => `report(${value()}, of: ${expression(placeIn(frame, true), scalar('string'))})`,
  ])();
  return { lines: [line(text)], known };
}

/** A call by way of a family of endpoints, behind what says which member of it is meant. */
export function callMember(frame: Frame): Written | undefined {
  const { block, choices, known, unit } = frame;
  const type = scalar('string');
  const isHeld = (name: string) => known.some((one) => one.name === name && one.type.kind === 'string');
  const lacking = Object.entries(families).filter(([name]) => !isHeld(name));
  const isFree = lacking.every(([name]) => unit.allows(name, block, type, frame.branch));
  if (!unit.plan.nexus.some(isFamily) || frame.fanOut || frame.direct || !isFree) return undefined;
  for (const [name] of lacking) unit.note(name, block, type);
  const named = lacking.reduce((list, [name]) => withKnown(list, { name, type }), known);
  const assigned = lacking.map(([name, members]) => line(`${name} = "${choices.pick(members)}"`));
  const made = call({ ...frame, known: named, first: false }, isFamily);
  return made && { lines: [...assigned, ...made.lines], known: made.known };
}

/** Who calls the operation. */
export function callerInfo(frame: Frame): Written | undefined {
  if (frame.unit.kind !== 'operation') return undefined;
  const name = newName(frame, caller, false);
  const word = frame.choices.pick(['get_nexus_caller_info', 'get_caller_info']);
  return { lines: [line(`${name} = ${word}()`)], known: withKnown(frame.known, { name, type: caller }) };
}
