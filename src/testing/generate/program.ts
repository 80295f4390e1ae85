/** Whole programs that are right, written against types that they do not declare. */
import fc from 'fast-check';
import { argumentsOf, definitionOptions } from './calls.js';
import { Choices } from './choices.js';
import { condition } from './conditions.js';
import { expression } from './expressions.js';
import { canMake } from './place.js';
import { type Frame, frameOf, inside, placeIn, Unit } from './frame.js';
import { evidence, head, parameters } from './heads.js';
import { line, type Line, type Lines, print } from './lines.js';
import {
  behind,
  type Callable,
  type Plan,
  planProgram,
  type PlannedActivity,
  type PlannedService,
  type PlannedWorkflow,
} from './plan.js';
import { finalStatement } from './endings.js';
import { statements } from './statements.js';
import { type HiddenRecord, scalar, writeType } from './types.js';
import { workflow } from './workflows.js';

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

function activity(choices: Choices, plan: Plan, planned: PlannedActivity): Lines {
  const text = `${head(choices, 'activity', planned)}:`;
  if (planned.isContract || planned.result?.kind === 'tuple')
    return [line(text, [line(choices.pick(['...', 'pass', '# Somewhere else.', 'pass()']))])];
  const unit = new Unit('activity', plan, planned);
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
  const unit = new Unit('operation', plan, planned);
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
