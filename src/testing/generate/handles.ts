/** What is started, and goes on by itself. */
import { anyCall, argumentsOf } from './calls.js';
import { existing, type Frame, isInWorkflow, newName, placeIn, withKnown } from './frame.js';
import { line } from './lines.js';
import type { Written } from './made.js';
import { canMake, paths } from './place.js';
import type { Callable, HiddenMessage, Plan } from './plan.js';
import { type HandleType, type HiddenType, listOf } from './types.js';
import { statement } from './statements.js';
import { awaitAll, isWord, operand, operandKinds } from './waits.js';

/** A call that is started. */
export function spawn(frame: Frame, only?: (called: Callable) => boolean): Written | undefined {
  const { choices, known } = frame;
  const made = anyCall(frame, ['activity', 'workflow', 'nexus'], { only });
  if (!made || frame.fanOut) return undefined;
  const type = made.handle;
  const mayBeAgain = made.result !== undefined && !frame.branch && choices.chance(15);
  const name = (mayBeAgain ? existing(frame, type) : undefined) ?? newName(frame, type);
  const text = choices.pick([
    `spawn ${made.text} -> ${name}`,
    `promise ${name} <- ${made.text}`,
    `${name} = spawn ${made.text}`,
  ]);
  return { lines: [...made.before, line(text, made.under)], known: withKnown(known, { name, type }) };
}

/** A wait that is begun. */
export function begin(frame: Frame): Written | undefined {
  const { choices, known } = frame;
  if (frame.fanOut) return undefined;
  const kind = choices.pick(operandKinds);
  const made = operand(frame, kind) ?? operand(frame, 'timer')!;
  const type: HandleType = { kind: 'handle', result: made.result };
  const name = newName(frame, type);
  const isName = kind === 'handle' || kind === 'condition';
  const text = isName || choices.chance(60) ? `promise ${name} <- ${made.text}` : `spawn ${made.text} -> ${name}`;
  return { lines: [line(text, made.under)], known: withKnown(known, { name, type }) };
}

/** Branches that go on beside: what they bind is there when they have ended. */
export function beginAll(frame: Frame): Written | undefined {
  const { choices, unit } = frame;
  if (frame.fanOut) return undefined;
  const before = new Set(unit.names);
  const all = awaitAll(frame);
  if (!all?.known) return undefined;
  for (const name of unit.names) if (!before.has(name)) unit.forbid(name);
  const type: HandleType = { kind: 'handle', result: undefined };
  const name = newName(frame, type);
  const lines = all.lines.map(({ text, block }) => line(`promise ${name} <- ${text}`, block));
  const known = withKnown(frame.known, { name, type });
  if (frame.direct || isWord(name) || choices.chance(40)) return { lines, known };
  const between = statement({ ...frame, known, first: false });
  if (!between.known) return { lines: [...lines, ...between.lines], known: undefined };
  const bound = all.known.filter((one) => !frame.known.some((other) => other.name === one.name));
  const after = bound.reduce((list, one) => withKnown(list, one), between.known);
  return { lines: [...lines, ...between.lines, line(`await ${name}`)], known: after };
}

export function detach(frame: Frame): Written | undefined {
  // Nobody would be there to cancel it.
  const made = anyCall(frame, ['workflow', 'nexus'], { except: ['on_timeout'] });
  return made && { lines: [...made.before, line(`detach ${made.text}`, made.under)], known: frame.known };
}

/** A list of handles. */
export function gather(frame: Frame): Written | undefined {
  const { choices, known } = frame;
  const handles = known.flatMap(({ type }) => (type.kind === 'handle' ? [type] : []));
  if (!isInWorkflow(frame) || frame.fanOut || handles.length === 0) return undefined;
  const { result } = choices.pick(handles);
  const item: HiddenType = { kind: 'handle', result };
  const all = paths(placeIn(frame, false), item);
  const name = newName(frame, listOf(item));
  const given = choices.shuffled(all).slice(0, choices.below(3));
  const filled = given.length > 0 ? [] : [line(`${name}.append(${choices.pick(all)})`)];
  return {
    lines: [line(`${name} = [${given.join(', ')}]`), ...filled],
    known: withKnown(known, { name, type: listOf(item) }),
  };
}

/** A signal to a child workflow; that is started before, where there is none. */
export function send(frame: Frame): Written | undefined {
  const told = tell(frame);
  if (told || frame.direct) return told;
  const isTold = (one: Callable) => messagesOf(frame.unit.plan, one.name).some(({ kind }) => kind === 'signal');
  const started = spawn(frame, (one) => one.kind === 'workflow' && isTold(one));
  const after = started?.known && tell({ ...frame, known: started.known, first: false });
  return after ? { lines: [...started.lines, ...after.lines], known: after.known } : started;
}

function tell(frame: Frame): Written | undefined {
  const { choices, known, unit } = frame;
  const all = known.flatMap(({ name, type }) => {
    if (type.kind !== 'handle' || !type.child || isWord(name)) return [];
    return messagesOf(unit.plan, type.child.name).flatMap((one) =>
      one.kind === 'signal' ? [{ name, signal: one }] : [],
    );
  });
  const usable = all.filter(({ signal }) => signal.params.every(({ type }) => canMake(placeIn(frame, true), type)));
  if (usable.length === 0) return undefined;
  const { name, signal } = choices.pick(usable);
  return { lines: [line(`signal ${name}.${signal.name}(${argumentsOf(frame, signal.params)})`)], known };
}

function messagesOf({ imported, workflows }: Plan, name: string): readonly HiddenMessage[] {
  const called = [...workflows, ...imported].find((one) => one.kind === 'workflow' && one.name === name);
  return called?.kind === 'workflow' ? called.messages : [];
}

/** A condition that is set, or not any more. */
export function set(frame: Frame): Written | undefined {
  const { choices, known } = frame;
  const conditions = known.filter(({ type }) => type.kind === 'condition');
  if (!isInWorkflow(frame) || conditions.length === 0) return undefined;
  return { lines: [line(`${choices.pick(['set', 'set', 'unset'])} ${choices.pick(conditions).name}`)], known };
}
