/** Whole programs that are right, written against types that they do not declare. */
import fc from 'fast-check';
import { argumentsOf, definitionOptions } from './calls.js';
import { Choices } from './choices.js';
import { condition } from './conditions.js';
import { expression } from './expressions.js';
import { canMake } from './place.js';
import { type Frame, inside, type Known, placeIn, Unit, withKnown } from './frame.js';
import { line, type Line, type Lines, print } from './lines.js';
import { freeName } from './names.js';
import {
  behind,
  type Callable,
  type HiddenParam,
  type HiddenSignal,
  type Plan,
  planProgram,
  type PlannedActivity,
  type PlannedService,
  type PlannedWorkflow,
} from './plan.js';
import { finalStatement, statements } from './statements.js';
import { type HiddenRecord, scalar, writeType } from './types.js';

/** Texts of files by their paths. */
export type GeneratedProgram = Readonly<Record<string, string>>;

/** Rows of numbers, of any length: what shrinks them makes programs simpler. */
export const numbers = fc.array(fc.nat(0xffff), { maxLength: 1500, size: 'max' });

/**
 * The definitions of a program that is right.
 * @param annotations how many of a hundred parameters and results have their types written down
 */
export function definitions(choices: Choices, annotations: number): string[] {
  const plan = planProgram(choices, annotations);
  const all: Lines[] = [
    ...plan.records.flatMap((one) => (one.declared ? [declaration(one)] : [])),
    ...plan.workflows.map((one) => workflow(choices, plan, one)),
    ...plan.activities.map((one) => activity(choices, plan, one)),
    ...plan.services.flatMap((one) => [
      service(choices, plan, one),
      ...one.endpoints.map((name) => endpoint(choices, one, name)),
    ]),
  ];
  return choices.shuffled(all).map((one) => print(one));
}

/** A program of definitions, in one file or in several. */
export function intoFiles(choices: Choices, texts: readonly string[]): GeneratedProgram {
  const paths = choices.pick([['main.twf'], ['main.twf'], ['main.twf', 'other.twf', 'a/main.twf']]);
  const files = new Map<string, string>();
  for (const text of texts) {
    const path = choices.pick(paths);
    files.set(path, [files.get(path), text].filter((one) => one !== undefined).join('\n'));
  }
  return Object.fromEntries(files);
}

// --- Definitions

function declaration({ name, fields, members }: HiddenRecord): Lines {
  if (members) return [line(`enum ${name}: ${members.join(', ')}`)];
  return [
    line(
      `type ${name}:`,
      fields.map((field) => line(`${field.name}: ${writeType(field.type)}`)),
    ),
  ];
}

function params(list: readonly HiddenParam[]): string {
  return list.map(({ name, type, annotated }) => (annotated ? `${name}: ${writeType(type)}` : name)).join(', ');
}

function head(choices: Choices, word: string, { name, params: list, result, resultAnnotated }: Callable): string {
  const written = result && resultAnnotated ? writeType(result) : '';
  const arrow =
    written === '' ? '' : choices.chance(50) && !written.startsWith('(') ? ` -> (${written})` : ` -> ${written}`;
  return `${word} ${name}(${params(list)})${arrow}`;
}

function parameters(list: readonly HiddenParam[]): Known[] {
  return list.map(({ name, type, annotated }) => ({ name, type, annotated }));
}

function frameOf(choices: Choices, unit: Unit, known: readonly Known[]): Frame {
  for (const { name, type } of known) unit.note(name, unit.top, type);
  return {
    choices,
    unit,
    block: unit.top,
    known,
    loop: false,
    branch: false,
    first: true,
    direct: false,
    fanOut: false,
    depth: 3,
  };
}

/** Where no result is declared, some path must show what it is. */
function evidence(choices: Choices, { kind, result, resultAnnotated }: Callable): Lines {
  if (!result || resultAnnotated) return [];
  const value = expression({ choices, variables: [], functions: [], annotated: false, exact: true, depth: 0 }, result);
  const test = choices.pick(['true', '1 < 2']);
  return [line(`if ${test}:`, [line(`${kind === 'activity' ? 'return' : 'close'} ${value}`)])];
}

function workflow(choices: Choices, plan: Plan, planned: PlannedWorkflow): Lines {
  const { signals } = planned;
  const own = parameters(planned.params);
  const taken = new Set(own.map(({ name }) => name));
  const shared = signals.length > 0 ? sharedVariables(choices, own, taken) : [];
  const late = signals.some(({ held }) => held) ? lateVariable(choices, plan, taken) : undefined;
  const handlerNames = new Set<string>();
  const handlers = signals.map((one) =>
    handler(
      choices,
      plan,
      planned,
      one,
      shared.map(({ variable }) => variable),
      late,
      taken,
      handlerNames,
    ),
  );
  const unit = new Unit('workflow', plan, planned, signals, handlerNames);
  const frame = frameOf(choices, unit, [...own, ...shared.map(({ variable }) => variable)]);
  const first: Line[] = [];
  let known: readonly Known[] | undefined = frame.known;
  if (late) {
    first.push(line(`activity ${late.activity.name}() -> ${late.variable.name}`));
    known = withKnown(known, late.variable);
    unit.note(late.variable.name, unit.top, late.variable.type);
  }
  const body = statements({ ...frame, known }, 9);
  const end = body.known ? finalStatement({ ...frame, known: body.known }) : [];
  const options = choices.chance(12) ? [definitionOptions(choices, 'workflow')] : [];
  const leading = shared.map(({ variable, value }) => line(`${variable.name} = ${value}`));
  return [
    line(`${head(choices, 'workflow', planned)}:`, [
      ...options,
      ...handlers,
      ...leading,
      ...first,
      ...evidence(choices, planned),
      ...body.lines,
      ...end,
    ]),
  ];
}

interface Shared {
  readonly variable: Known;
  readonly value: string;
}

/** Variables of the whole workflow: assigned before everything else, by constants and parameters. */
function sharedVariables(choices: Choices, own: readonly Known[], taken: Set<string>): Shared[] {
  const literals: Readonly<Record<string, readonly string[]>> = {
    bool: ['false', 'true'],
    int: ['0', '3'],
    string: ['""', '"new"'],
    float: ['0.5'],
    duration: ['5m'],
  };
  return choices.list(0, 3, () => {
    const type = scalar(choices.pick(['bool', 'int', 'string', 'float', 'duration'] as const));
    const given = own.find((one) => one.type.kind === type.kind);
    const value = given && choices.chance(40) ? given.name : choices.pick(literals[type.kind]!);
    return { variable: { name: freeName(choices, taken), type }, value };
  });
}

interface Late {
  readonly variable: Known;
  readonly activity: Callable;
}

/** A variable that the body learns of first, and that handlers read: they are held until it is there. */
function lateVariable(choices: Choices, plan: Plan, taken: Set<string>): Late | undefined {
  const usable = plan.activities.filter(
    ({ params: list, result, resultAnnotated }) =>
      list.length === 0 && result && resultAnnotated && result.kind !== 'tuple' && result.kind !== 'optional',
  );
  if (usable.length === 0) return undefined;
  const called = choices.pick(usable);
  return { variable: { name: freeName(choices, taken), type: called.result! }, activity: called };
}

function handler(
  choices: Choices,
  plan: Plan,
  planned: PlannedWorkflow,
  signal: HiddenSignal,
  shared: readonly Known[],
  late: Late | undefined,
  taken: ReadonlySet<string>,
  names: Set<string>,
): Line {
  const text = `signal ${signal.name}(${params(signal.params)})`;
  if (choices.chance(35)) return line(text);
  const own = parameters(signal.params);
  const hidden = new Set(own.map(({ name }) => name));
  const outer = [...parameters(planned.params), ...shared, ...(late && signal.held ? [late.variable] : [])];
  const visible = outer.filter(({ name }) => !hidden.has(name));
  const others = new Set([...taken].filter((name) => !outer.some((one) => one.name === name)));
  const unit = new Unit('handler', plan, planned, [], others);
  const frame = frameOf(choices, unit, [...visible, ...own]);
  const { lines } = statements(frame, 3);
  for (const name of unit.names) if (!visible.some((one) => one.name === name)) names.add(name);
  return line(`${text}:`, lines);
}

function activity(choices: Choices, plan: Plan, planned: PlannedActivity): Lines {
  const text = `${head(choices, 'activity', planned)}:`;
  if (planned.isContract || planned.result?.kind === 'tuple')
    return [line(text, [line(choices.pick(['...', 'pass', '# Somewhere else.', 'pass()']))])];
  const unit = new Unit('activity', plan, planned, [], new Set());
  const frame = frameOf(choices, unit, parameters(planned.params));
  const { lines, known } = statements(frame, 5);
  const options = choices.chance(15) ? [definitionOptions(choices, 'activity')] : [];
  return [
    line(text, [
      ...options,
      ...evidence(choices, planned),
      ...lines,
      ...(known ? finalStatement({ ...frame, known }) : []),
    ]),
  ];
}

// --- Nexus

function service(choices: Choices, plan: Plan, { name, operations }: PlannedService): Lines {
  return [
    line(
      `nexus_service ${name}:`,
      operations.map((one) => operation(choices, plan, one)),
    ),
  ];
}

function operation(choices: Choices, plan: Plan, planned: Callable): Line {
  const text = head(choices, 'operation', planned);
  const unit = new Unit('operation', plan, planned, [], new Set());
  const frame = frameOf(choices, unit, parameters(planned.params));
  const candidates = behind(plan, planned).filter((one) =>
    one.params.every(({ type, annotated }) => canMake(placeIn(frame, annotated), type)),
  );
  if (candidates.length === 0 || choices.chance(20)) return line(text);
  return line(`${text}:`, routes(frame, candidates, 2));
}

/** One workflow or another stands behind an operation. */
function routes(frame: Frame, candidates: readonly PlannedWorkflow[], depth: number): Lines {
  const { choices } = frame;
  if (depth > 0 && choices.chance(35)) {
    const branch = () => routes(inside(frame, frame.known), candidates, depth - 1);
    const test = line(`if ${condition(placeIn(frame, true))}:`, branch());
    if (choices.chance(50)) return [test, line('else:', branch())];
    return [test, ...routes(frame, candidates, depth - 1)];
  }
  const called = choices.pick(candidates);
  const place = placeIn(frame, true);
  const options = choices.chance(40)
    ? choices
        .shuffled([
          `workflow_id: ${expression(place, scalar('string'))}`,
          'workflow_id_reuse_policy: reject_duplicate',
          'task_queue: "routed"',
        ])
        .slice(0, 2)
        .map((one) => line(one))
    : [];
  const text = `return workflow ${called.name}(${argumentsOf(frame, called.params)})`;
  return [line(options.length > 0 ? `${text}:` : text, options)];
}

function endpoint(choices: Choices, { name }: PlannedService, text: string): Lines {
  const callers = choices.chance(40)
    ? [line('allowed_caller_namespaces:', [line('- orders'), line('- "back-office"')])]
    : [];
  return [
    line(`nexus_endpoint ${text}:`, [
      line(`target_namespace: ${choices.pick(['payments', 'accounts-eu', '"main-eu"'])}`),
      line(`target_task_queue: ${choices.pick(['payments-worker', 'queue', 'main'])}`),
      line(`services: ${name}`),
      ...callers,
    ]),
  ];
}
