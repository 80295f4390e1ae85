/** Calls of activities, workflows and Nexus operations, with their arguments, options and results. */
import type { Choices } from './choices.js';
import { expression } from './expressions.js';
import { canMake, type Place } from './place.js';
import { existing, type Frame, type Known, listName, newName, placeIn, withKnown } from './frame.js';
import { line, type Lines } from './lines.js';
import { entriesOf, entryLine, flat } from './options.js';
import type { Callable, HiddenParam, PlannedWorkflow } from './plan.js';
import { type HandleType, type HiddenType, same } from './types.js';

export interface WrittenCall {
  /** `activity Load(id)`. */
  readonly text: string;
  readonly result: HiddenType | undefined;
  /** What a handle of it stands for. */
  readonly handle: HandleType;
  /** Options on the line before it, or under it. */
  readonly before: Lines;
  readonly under: Lines;
}

export type CallKind = Callable['kind'];

type OptionForm = 'before' | 'under' | 'block';

const optionForms: readonly OptionForm[] = ['before', 'under', 'block'];

/** Under a case, options in one line would belong to the statement after them. */
export const caseForms: readonly OptionForm[] = ['block'];

export interface CallSettings {
  readonly forms?: readonly OptionForm[];
  /** Keys of options that it cannot have. */
  readonly except?: readonly string[];
  readonly only?: ((called: Callable) => boolean) | undefined;
}

/** A call that can be made here, of one of several kinds; undefined if there is none. */
export function anyCall(
  frame: Frame,
  kinds: readonly CallKind[],
  { forms = optionForms, except = [], only = () => true }: CallSettings = {},
): WrittenCall | undefined {
  const { choices, unit } = frame;
  const { activities, imported, workflows, nexus } = unit.plan;
  const all: readonly Callable[] = [...activities, ...workflows, ...nexus, ...imported];
  const usable = all.filter(
    (one) =>
      kinds.includes(one.kind) &&
      only(one) &&
      // What a body does must be able to run in an operation: a contract says nothing of it.
      !(unit.kind === 'operation' && !('isContract' in one && one.isContract && !one.isExtern)) &&
      isNamed(frame, one) &&
      one.params.every(({ type, annotated }) => canMake(placeIn(frame, annotated), type)),
  );
  if (usable.length === 0) return undefined;
  const called = choices.pick(usable);
  const text = `${wordsOf(choices, called)}${called.name}(${argumentsOf(frame, called.params)})`;
  return {
    text,
    result: called.result,
    handle: handleOf(choices, called),
    ...optionsOf(frame, called.kind, forms, except),
  };
}

/** Whether the name of an endpoint has holes. */
export const isFamily = ({ endpoint = '' }: Callable): boolean => endpoint.includes('{');

/** Whether something says which member of a family of endpoints is meant. */
function isNamed({ known }: Frame, { endpoint = '' }: Callable): boolean {
  const holes = [...endpoint.matchAll(/\{(\w+)\}/g)].map(([, hole]) => hole);
  return holes.every((hole) => known.some(({ name, type }) => name === hole && type.kind === 'string'));
}

/** What stands before the name of what is called. */
function wordsOf(choices: Choices, called: Callable): string {
  const { kind, endpoint, service } = called;
  if (kind !== 'nexus') return `${kind} `;
  if (isFamily(called)) return `nexus ${endpoint} ${service}.`;
  if (service !== undefined && choices.chance(60))
    return `nexus ${choices.chance(80) ? endpoint : `"${endpoint}"`} ${service}.`;
  return `nexus "${endpoint}" workflow `;
}

/** Not every handle says more than what comes of it, so that variables hold several. */
function handleOf(choices: Choices, called: Callable): HandleType {
  const { kind, name, result } = called;
  const isTold = 'messages' in called && (called as PlannedWorkflow).messages.some((one) => one.kind === 'signal');
  if (kind === 'workflow' && isTold) return { kind: 'handle', result, child: { name } };
  return kind === 'nexus' && choices.chance(60)
    ? { kind: 'handle', result, isNexus: true }
    : { kind: 'handle', result };
}

/** Arguments by position, then by name; the last ones may be left out if they may be missing. */
export function argumentsOf(frame: Frame, params: readonly HiddenParam[]): string {
  const { choices } = frame;
  const place = (annotated: boolean): Place => placeIn(frame, annotated);
  const mayLack = ({ type, annotated, default: otherwise }: HiddenParam) =>
    otherwise !== undefined || (annotated && type.kind === 'optional');
  const required = params.findLastIndex((one) => !mayLack(one)) + 1;
  const given = params.slice(0, choices.chance(50) ? params.length : required);
  const isNamed = given.every(({ annotated }) => annotated) && choices.chance(15);
  const from = isNamed ? choices.below(given.length + 1) : given.length;
  const byPosition = given.slice(0, from).map(({ type, annotated }) => expression(place(annotated), type));
  const byName = given.slice(from).map(({ name, type }) => `${name}: ${expression(place(true), type)}`);
  return [...byPosition, ...choices.shuffled(byName)].join(', ');
}

// --- Options

function optionsOf(
  frame: Frame,
  kind: CallKind,
  forms: readonly OptionForm[],
  except: readonly string[],
): { readonly before: Lines; readonly under: Lines } {
  const { choices } = frame;
  if (!choices.chance(25)) return { before: [], under: [] };
  const entries = entriesOf({ choices, frame }, frame.unit.kind === 'operation' ? 'inPlace' : kind, except);
  const one = line(`options(${flat(entries)})`);
  const form = choices.pick(forms);
  switch (form === 'before' && frame.first ? 'block' : form) {
    case 'before':
      return { before: [one], under: [] };
    case 'under':
      return { before: [], under: [one] };
    case 'block':
      return { before: [], under: [line('options:', entries.map(entryLine))] };
  }
}

// --- Where values go

export interface Bound {
  /** ` -> x`, or nothing. */
  readonly arrow: string;
  /** `x`, where one name stands. */
  readonly target: string | undefined;
  readonly known: readonly Known[];
}

/** Names for what a call gives; nothing, if it gives nothing. */
export function bind(frame: Frame, type: HiddenType | undefined): Bound {
  const { choices, known } = frame;
  if (!type || choices.chance(type.kind === 'tuple' ? 20 : 15)) return { arrow: '', target: undefined, known };
  if (type.kind === 'tuple') {
    let after = known;
    const names = type.items.map((item) => {
      const name = newTarget({ ...frame, known: after }, item);
      after = withKnown(after, { name, type: item, fixed: frame.fanOut });
      return name;
    });
    return { arrow: ` -> (${names.join(', ')})`, target: undefined, known: after };
  }
  const path = choices.chance(30) ? fieldOf(frame, type) : undefined;
  if (path !== undefined) return { arrow: ` -> ${path}`, target: path, known };
  const name = newTarget(frame, type);
  return { arrow: ` -> ${name}`, target: name, known: withKnown(known, { name, type, fixed: frame.fanOut }) };
}

/** A name for what is bound: where branches run side by side, a new one. */
function newTarget(frame: Frame, type: HiddenType): string {
  if (frame.fanOut) return listName(frame, type);
  // What a handler binds is its own, and what it shares with the body it assigns.
  const mayBeShared = frame.branch || frame.unit.kind === 'handler';
  const again = !mayBeShared && frame.choices.chance(20) ? existing(frame, type) : undefined;
  return again ?? newName(frame, type);
}

/** A field that may be given a value of a type. */
export function fieldOf({ choices, known }: Frame, type: HiddenType): string | undefined {
  const found = known.flatMap(({ name, type: held }) =>
    held.kind === 'record'
      ? held.record.fields.filter((field) => same(field.type, type)).map((field) => `${name}.${field.name}`)
      : [],
  );
  return found.length > 0 ? choices.pick(found) : undefined;
}
