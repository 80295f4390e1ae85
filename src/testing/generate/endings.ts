/** What ends a body, a turn of a loop, or everything. */
import { typeToMake } from './assignments.js';
import { argumentsOf } from './calls.js';
import { expression } from './expressions.js';
import { type Frame, placeIn } from './frame.js';
import { line, type Lines } from './lines.js';
import type { Written } from './made.js';
import { canMake } from './place.js';
import type { PlannedOperation } from './plan.js';
import { start } from './services.js';
import { type HiddenType, recordOf, scalar } from './types.js';

export function leave(frame: Frame): Written | undefined {
  if (!frame.loop) return undefined;
  return { lines: [line(frame.choices.pick(['break', 'continue']))], known: undefined };
}

/** Names of errors: none of them is that of a record, which would be what its details are. */
export const errorNames = ['Broken', 'TooMuch', 'Failed', 'delete'];

export function raise(frame: Frame): Written | undefined {
  const { choices, unit } = frame;
  const end = (text: string): Written => ({ lines: [line(text)], known: undefined });
  if (unit.kind === 'query') return undefined;
  if (frame.caught && choices.chance(40)) return end('raise');
  const message = expression(placeIn(frame, true), scalar('string'));
  const type = typeToMake(frame);
  const details = expression(placeIn(frame, true), type.kind === 'map' ? scalar('int') : type);
  const form = choices.pick([`("${'no'}")`, '', `(${message})`, `(${message}, ${details})`]);
  const wait = expression(placeIn(frame, true), scalar('duration'));
  const again = unit.kind === 'activity' ? ['', ' retry in 30s', ` retry in ${wait}`] : [''];
  return end(`raise ${choices.pick(errorNames)}${form}${choices.pick(['', ' non_retryable', ...again])}`);
}

export function close(frame: Frame): Written | undefined {
  const { branch, choices, cleanup, unit } = frame;
  if (branch || cleanup) return undefined;
  switch (unit.kind) {
    case 'workflow':
      return workflowEnd(frame);
    case 'activity':
      if (choices.chance(4)) return { lines: [line('do_not_complete()')], known: undefined };
      return given(frame, ['return']);
    case 'handler':
    case 'query':
      return given(frame, ['return']);
    case 'operation':
      return operationEnd(frame, unit.operation!);
  }
}

function operationEnd(frame: Frame, operation: PlannedOperation): Written | undefined {
  const { choices } = frame;
  const started = operation.does === 'start' || choices.chance(20) ? start(frame, operation) : undefined;
  if (started) return { lines: [started], known: undefined };
  if (choices.chance(10)) return { lines: [line(`close ${failure(frame)}`)], known: undefined };
  return given(frame, ['return', 'return', 'close complete']);
}

function workflowEnd(frame: Frame): Written | undefined {
  const { choices, unit } = frame;
  const end = (text: string): Written => ({ lines: [line(text)], known: undefined });
  const { params } = unit.callable;
  if (choices.chance(25)) {
    const again = !unit.hasStarted && params.every(({ type, annotated }) => canMake(placeIn(frame, annotated), type));
    const way = choices.pick(['failed', 'failed', 'failed', 'again'] as const);
    if (way === 'again' && again)
      return end(`${choices.pick(['', 'close '])}continue_as_new(${argumentsOf(frame, params)})`);
    return end(`close ${failure(frame)}`);
  }
  return given(frame, ['close', 'return', 'close completed', 'close complete']);
}

/** An end with the result, if there is one. */
function given(frame: Frame, words: readonly string[]): Written | undefined {
  const { choices, unit } = frame;
  const { result, resultAnnotated } = unit.callable;
  const word = choices.pick(words);
  if (!result) return { lines: [line(word)], known: undefined };
  if (!canMake(placeIn(frame, resultAnnotated), result)) return raise(frame);
  const value = expression(placeIn(frame, resultAnnotated), result);
  return {
    lines: [line(word === 'close complete' ? `close complete(${value})` : `${word} ${value}`)],
    known: undefined,
  };
}

function failure(frame: Frame): string {
  const { choices, unit } = frame;
  const types: readonly HiddenType[] = [scalar('string'), ...unit.plan.records.map(recordOf)];
  const value = choices.chance(30) ? undefined : expression(placeIn(frame, false), choices.pick(types));
  const word = choices.pick(['failed', 'fail']);
  if (value === undefined) return word;
  return choices.chance(50) ? `${word} ${value}` : `${word}(${value})`;
}

/** The end of a body that must give something. */
export function finalStatement(frame: Frame): Lines {
  return close({ ...frame, loop: false, branch: false })?.lines ?? [];
}
