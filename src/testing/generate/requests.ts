/** What is asked of workflows by their ids. */
import { argumentsOf, bind } from './calls.js';
import { type Frame, placeIn } from './frame.js';
import { line } from './lines.js';
import type { Written } from './made.js';
import { entriesOf, entryLine } from './options.js';
import { canMake, fromVariable } from './place.js';
import type { HiddenMessage, HiddenParam, PlannedWorkflow } from './plan.js';
import { found, type HiddenType, listOf, scalar } from './types.js';

/**
 * Where every worker runs everything, what is asked of a workflow reaches it in the own namespace.
 */
export function request(frame: Frame): Written | undefined {
  const { choices, unit } = frame;
  if (!unit.plan.topology || frame.fanOut) return undefined;
  const kinds = unit.kind === 'operation' ? (['signal', 'query', 'update'] as const) : (['signal'] as const);
  const ways = [
    () => message(frame, choices.pick(kinds)),
    () => cancel(frame),
    ...(unit.kind === 'operation' ? [() => begin(frame), () => begin(frame, true), () => list(frame)] : []),
    ...(unit.kind === 'operation' ? [() => begin(frame, choices.chance(50))] : []),
  ];
  return choices.pick(ways)();
}

const string = scalar('string');

/** A text, or what holds one. */
function id({ choices, ...frame }: Frame): string {
  const held = fromVariable({ ...placeIn({ ...frame, choices }, false), depth: 0 }, string)?.text;
  return choices.pick(held === undefined ? ['"order-1"'] : ['"order-1"', held, `"order-{${held}}"`]);
}

const isTold = (frame: Frame) => (params: readonly HiddenParam[]) =>
  params.every(({ type, annotated }) => canMake(placeIn(frame, annotated), type));

function message(frame: Frame, kind: HiddenMessage['kind']): Written | undefined {
  const { choices, unit } = frame;
  const all = unit.plan.workflows.flatMap((workflow) =>
    workflow.messages.flatMap((one) => (one.kind === kind ? [{ workflow, one }] : [])),
  );
  const usable = all.filter(({ one }) => isTold(frame)(one.params));
  if (usable.length === 0) return undefined;
  const { workflow, one } = choices.pick(usable);
  const isOnly = all.filter((other) => other.one.name === one.name).length === 1;
  const name = isOnly && choices.chance(60) ? one.name : `${workflow.name}.${one.name}`;
  return bound(frame, `${kind} workflow ${id(frame)} ${name}(${argumentsOf(frame, one.params)})`, one.result);
}

/** With what it gives, in either way, or without. */
function bound(frame: Frame, text: string, result: HiddenType | undefined): Written {
  const { arrow, known, target } = bind(frame, result);
  const isAssigned = target !== undefined && !target.includes('.') && frame.choices.chance(30);
  return { lines: [line(isAssigned ? `${target} = ${text}` : `${text}${arrow}`)], known };
}

function cancel(frame: Frame): Written {
  return { lines: [line(`cancel workflow ${id(frame)}`)], known: frame.known };
}

/** @param told whether it is sent a signal, too */
function begin(frame: Frame, told = false): Written | undefined {
  const { choices, unit } = frame;
  const signals = ({ messages }: PlannedWorkflow) =>
    messages.filter(({ kind, params }) => kind === 'signal' && isTold(frame)(params));
  const usable = unit.plan.workflows.filter(
    (one) => !one.isExtern && isTold(frame)(one.params) && (!told || signals(one).length > 0),
  );
  if (usable.length === 0) return undefined;
  const called = choices.pick(usable);
  const call = `workflow ${called.name}(${argumentsOf(frame, called.params)})`;
  const { arrow, known } = bind(frame, string);
  const entries = told || choices.chance(40) ? entriesOf({ choices, frame }, 'start', ['workflow_id']) : [];
  const options = [...(told ? [line('workflow_id: "order-1"')] : []), ...entries.map(entryLine)];
  const signal = told ? choices.pick(signals(called)) : undefined;
  const sent = signal ? ` ${signal.name}(${argumentsOf(frame, signal.params)})` : '';
  const text = `${told ? 'signal_with_start' : 'start'} ${call}${sent}${arrow}`;
  return { lines: [line(options.length > 0 ? `${text}:` : text, options)], known };
}

function list(frame: Frame): Written {
  const { arrow, known } = bind(frame, listOf(found));
  return { lines: [line(`list workflows "ExecutionStatus = 'Running'"${arrow}`)], known };
}
