/** Workflows: what they share, what they handle, and what they do. */
import type { Choices } from './choices.js';
import { finalStatement } from './endings.js';
import { frameOf, type Known, Unit, withKnown } from './frame.js';
import { annotation, evidence, head, parameters } from './heads.js';
import { line, type Line, type Lines } from './lines.js';
import { freeName } from './names.js';
import { definitionOptions } from './options.js';
import type { Callable, HiddenMessage, Plan, PlannedWorkflow } from './plan.js';
import { statements } from './statements.js';
import { type HiddenType, scalar } from './types.js';

/** What the body of a workflow shares with its handlers. */
interface Shared {
  readonly variables: readonly Known[];
  /** Lines under `state:`. */
  readonly state: readonly Line[];
  /** Assigned first of all. */
  readonly leading: readonly Line[];
  /** What the body learns before anything else; handlers that read it are held until then. */
  readonly late: { readonly variable: Known; readonly learned: Line } | undefined;
  /** What gives a time in queries. */
  readonly clock: string;
}

export function workflow(choices: Choices, plan: Plan, planned: PlannedWorkflow): Lines {
  const { messages } = planned;
  const own = parameters(planned.params);
  const taken = new Set(own.map(({ name }) => name));
  const shared = sharedOf(choices, plan, planned, own, taken);
  const { late, leading, state, variables } = shared;
  const handlerNames = new Set<string>();
  const handlers = messages.map((one) => handler(choices, plan, one, own, shared, taken, handlerNames));
  const unit = new Unit('workflow', plan, planned, handlerNames, messages);
  const frame = frameOf(choices, unit, [...own, ...variables]);
  if (late) unit.note(late.variable.name, unit.top, late.variable.type);
  const known = late ? withKnown(frame.known, late.variable) : frame.known;
  const body = statements({ ...frame, known }, 9);
  const end = body.known ? finalStatement({ ...frame, known: body.known }) : [];
  const options = choices.chance(12) ? [definitionOptions(choices, 'workflowDefinition', planned.name)] : [];
  return [
    line(`${head(choices, plan, 'workflow', planned)}:`, [
      ...options,
      ...(state.length > 0 ? [line('state:', state)] : []),
      ...handlers,
      ...leading,
      ...(late ? [late.learned] : []),
      ...evidence(choices, planned),
      ...body.lines,
      ...end,
    ]),
  ];
}

function sharedOf(
  choices: Choices,
  plan: Plan,
  { messages }: PlannedWorkflow,
  own: readonly Known[],
  taken: Set<string>,
): Shared {
  const state: Line[] = [];
  const leading: Line[] = [];
  const variables: Known[] = [];
  const queries = messages.filter(({ kind }) => kind === 'query');
  const hiding = queries.flatMap((one) => one.params.map(({ name }) => name));
  const clock = queries.length > 0 ? freeName(choices, new Set([...taken, ...hiding])) : 'now()';
  if (clock !== 'now()') {
    taken.add(clock);
    state.push(line(`${clock}${choices.pick(['', ': time'])} = now()`));
    variables.push({ name: clock, type: scalar('time'), annotated: true });
  }
  const count = messages.length > 0 || choices.chance(15) ? choices.below(5) : 0;
  for (let at = 0; at < count; at++) {
    const name = freeName(choices, taken);
    switch (choices.pick(['leading', 'state', 'condition', 'optional'] as const)) {
      case 'leading': {
        const { type, value } = firstValue(choices, own);
        leading.push(line(`${name} = ${value}`));
        variables.push({ name, type });
        break;
      }
      case 'state': {
        const { type, value } = firstValue(choices, own);
        const annotated = choices.chance(50);
        state.push(line(`${name}${annotated ? `: ${annotation(choices, plan, type)}` : ''} = ${value}`));
        variables.push({ name, type, annotated });
        break;
      }
      case 'condition':
        state.push(line(`condition ${name}`));
        variables.push({ name, type: { kind: 'condition' }, fixed: true });
        break;
      case 'optional': {
        const type: HiddenType = { kind: 'optional', of: firstValue(choices, []).type };
        state.push(line(`${name}: ${annotation(choices, plan, type)}`));
        variables.push({ name, type, annotated: true });
      }
    }
  }
  const late = messages.some(({ held }) => held) ? lateVariable(choices, plan, taken, state) : undefined;
  return { variables, state: choices.shuffled(state), leading, late, clock };
}

const firstValues: Readonly<Record<string, readonly string[]>> = {
  bool: ['false', 'true'],
  int: ['0', '3'],
  string: ['""', '"new"'],
  float: ['0.5'],
  duration: ['5m'],
};

/** A constant, or a parameter. */
function firstValue(choices: Choices, own: readonly Known[]): { readonly type: HiddenType; readonly value: string } {
  const type = scalar(choices.pick(['bool', 'int', 'string', 'float', 'duration'] as const));
  const given = own.find((one) => one.type.kind === type.kind);
  return { type, value: given && choices.chance(40) ? given.name : choices.pick(firstValues[type.kind]!) };
}

/** A variable that the body learns of first, by a call. */
function lateVariable(choices: Choices, plan: Plan, taken: Set<string>, state: Line[]): Shared['late'] {
  const usable = plan.activities.filter(
    ({ isExtern, params: list, result, resultAnnotated }: Callable) =>
      !isExtern &&
      list.length === 0 &&
      result &&
      resultAnnotated &&
      result.kind !== 'tuple' &&
      result.kind !== 'optional',
  );
  if (usable.length === 0) return undefined;
  const called = choices.pick(usable);
  const variable = { name: freeName(choices, taken), type: called.result! };
  if (choices.chance(50)) state.push(line(`${variable.name}: ${annotation(choices, plan, variable.type)}`));
  return { variable, learned: line(`activity ${called.name}() -> ${variable.name}`) };
}

/** @param names names that are those of handlers; what this one is alone with is added */
function handler(
  choices: Choices,
  plan: Plan,
  message: HiddenMessage,
  workflowParams: readonly Known[],
  { clock, late, variables }: Shared,
  taken: ReadonlySet<string>,
  names: Set<string>,
): Line {
  const text = head(choices, plan, message.kind, message);
  const { held, kind, result } = message;
  if (!result && choices.chance(35)) return line(text);
  const own = parameters(message.params);
  const hidden = new Set(own.map(({ name }) => name));
  const outer = [...workflowParams, ...variables, ...(late && held ? [late.variable] : [])];
  const visible = outer.filter(({ name }) => !hidden.has(name));
  const others = new Set([...taken].filter((name) => !outer.some((one) => one.name === name)));
  const isQuery = kind === 'query';
  const unit = new Unit(isQuery ? 'query' : 'handler', plan, message, others, [], isQuery ? clock : 'now()');
  const given = isQuery ? visible.map((one) => ({ ...one, fixed: true })) : visible;
  const frame = frameOf(choices, unit, [...given, ...own]);
  const body = statements(frame, 3);
  const end = body.known && result ? finalStatement({ ...frame, known: body.known }) : [];
  for (const name of unit.names) if (!visible.some((one) => one.name === name)) names.add(name);
  const options = choices.chance(20) ? [definitionOptions(choices, kind, message.name)] : [];
  return line(`${text}:`, [...options, ...body.lines, ...end]);
}
