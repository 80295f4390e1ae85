/** Whole programs that are right, written against types that they do not declare. */
import fc from 'fast-check';
import { Choices } from './choices.js';
import { finalStatement } from './endings.js';
import { frameOf, Unit } from './frame.js';
import { annotation, evidence, head, parameters } from './heads.js';
import { line, type Lines, print } from './lines.js';
import { definitionOptions } from './options.js';
import type { HiddenFunction } from './place.js';
import { type Callable, type Plan, planProgram, type PlannedActivity } from './plan.js';
import { endpoint, service } from './services.js';
import { statements } from './statements.js';
import { families, topologyOf } from './topology.js';
import { type HiddenRecord, writeType } from './types.js';
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
    ...plan.records.flatMap((one) => (one.declared ? [declaration(choices, plan, one)] : [])),
    ...plan.aliases.map(({ name, type }) => [line(`type ${name} = ${writeType(type)}`)]),
    ...plan.externs.map((one) => externFunction(choices, plan, one)),
    ...plan.workflows.map((one) => (one.isExtern ? extern(choices, plan, one) : workflow(choices, plan, one))),
    ...plan.activities.map((one) => (one.isExtern ? extern(choices, plan, one) : activity(choices, plan, one))),
    ...plan.services.map((one) => service(choices, plan, one)),
    ...(plan.topology
      ? topologyOf(choices, plan)
      : plan.services.flatMap((one) => one.endpoints.map((name) => endpoint(choices, one, name)))),
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

/** A file with everything that a program takes to be implemented elsewhere. */
export function implementationsOf(program: GeneratedProgram): GeneratedProgram {
  const found = Object.values(program).flatMap((text) => [...text.matchAll(/^extern function (?:\w+\.)?(\w+)/gm)]);
  const names = [...new Set(found.map(([, name]) => name!))];
  const list = names.map((name) => `nothing as ${name}`).join(', ');
  if (names.length === 0) return {};
  return { 'implementations.ts': `const nothing: any = () => undefined;\nexport { ${list} };\n` };
}

/** What the configuration says about a program whose files in `a/` are in a namespace of their own. */
export function settingsOf(program: GeneratedProgram) {
  const namespaceOf = (path: string) => (path.startsWith('a/') ? 'apart' : undefined);
  return { families, externs: './implementations.js', namespaceOf, readText: (path: string) => program[path] };
}

// --- Definitions

function declaration(choices: Choices, plan: Plan, { name, fields, members }: HiddenRecord): Lines {
  if (members) {
    const among = members.map((one) => line(choices.chance(20) ? `${one}    # a member` : one));
    return [choices.chance(60) ? line(`enum ${name}: ${members.join(', ')}`) : line(`enum ${name}:`, among)];
  }
  return [
    line(
      `type ${name}:`,
      fields.map((field) => line(`${field.name}: ${annotation(choices, plan, field.type)}`)),
    ),
  ];
}

function extern(choices: Choices, plan: Plan, planned: Callable): Lines {
  return [line(head(choices, plan, `extern ${planned.kind}`, planned))];
}

function externFunction(
  choices: Choices,
  plan: Plan,
  { labels, name, params, receiver, result }: HiddenFunction,
): Lines {
  const own = params.map((type, at) => ({ name: labels![at]!, type, annotated: true }));
  const callee = receiver ? `${writeType(receiver)}.${name}` : name;
  const planned = { name: callee, params: own, result, resultAnnotated: result !== undefined };
  return [line(head(choices, plan, 'extern function', planned))];
}

function activity(choices: Choices, plan: Plan, planned: PlannedActivity): Lines {
  const text = `${head(choices, plan, 'activity', planned)}:`;
  if (planned.isContract || planned.result?.kind === 'tuple')
    return [line(text, [line(choices.pick(['...', 'pass', '# Somewhere else.', 'pass()']))])];
  const unit = new Unit('activity', plan, planned);
  const frame = frameOf(choices, unit, parameters(planned.params));
  const { lines, known } = statements(frame, 5);
  const options = choices.chance(15) ? [definitionOptions(choices, 'activityDefinition', planned.name)] : [];
  return [
    line(text, [
      ...options,
      ...evidence(choices, planned),
      ...lines,
      ...(known ? finalStatement({ ...frame, known }) : []),
    ]),
  ];
}
