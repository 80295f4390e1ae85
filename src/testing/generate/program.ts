/** Whole programs that are right, written against types that they do not declare. */
import fc from 'fast-check';
import { Choices } from './choices.js';
import { finalStatement } from './endings.js';
import { frameOf, Unit } from './frame.js';
import { annotation, evidence, head, parameters } from './heads.js';
import { line, type Lines, print } from './lines.js';
import { definitionOptions } from './options.js';
import type { HiddenFunction } from './place.js';
import { type Plan, planProgram, type PlannedActivity, type PlannedWorkflow } from './plan.js';
import { endpoint, service } from './services.js';
import { statements } from './statements.js';
import { families, topologyOf } from './topology.js';
import { domain } from './typescript.js';
import { type HiddenRecord, writeType } from './types.js';
import { workflow } from './workflows.js';

/** Texts of files by their paths. */
export type GeneratedProgram = Readonly<Record<string, string>>;

/** Rows of numbers, of any length: what shrinks them makes programs simpler. */
export const numbers = fc.array(fc.nat(0xffff), { maxLength: 2500, size: 'max' });

/** The texts of a program, before they are put into files. */
export interface ProgramTexts {
  /** Of the main package, in any order. */
  readonly definitions: readonly string[];
  /** What each file with some of them begins with. */
  readonly head: string;
  /** Files that they need beside them. */
  readonly others: GeneratedProgram;
}

/**
 * The definitions of a program that is right.
 * @param annotations how many of a hundred parameters and results have their types written down
 */
export function definitions(choices: Choices, annotations: number): ProgramTexts {
  const plan = planProgram(choices, annotations);
  const imported = plan.records.filter((one) => one.isImported);
  const uses = imported.length > 0 ? 'use types from "./domain.ts"\n' : '';
  const imports = plan.packages.map(
    ({ alias, name }) => `import ${alias === undefined ? '' : `${alias} `}"acme/shop/${name}"\n`,
  );
  const packages = plan.packages.map((one) => {
    const text = [`package ${one.name}\n`, ...definitionsOf(choices, one.plan)].join('\n');
    return [`shop/${one.name}/${one.name}.twf`, text] as const;
  });
  return {
    definitions: definitionsOf(choices, plan),
    head: [...imports, uses].join(''),
    others: Object.fromEntries([...packages, ...(uses === '' ? [] : [['domain.ts', domain(imported)] as const])]),
  };
}

/** Each is made when its turn comes: where the numbers run out, no kind of definition is always among the last. */
function definitionsOf(choices: Choices, plan: Plan): string[] {
  const makers: (() => Lines)[] = [
    ...plan.records.flatMap((one) =>
      one.declared && !one.isImported && !one.origin ? [() => declaration(choices, plan, one)] : [],
    ),
    ...plan.aliases.map(({ name, type }) => () => [line(`type ${name} = ${writeType(type)}`)]),
    ...plan.externs.map((one) => () => externFunction(choices, plan, one)),
    ...[...plan.workflows, ...plan.activities].map((one) => () => callable(choices, plan, one)),
    ...plan.services.map((one) => () => service(choices, plan, one)),
    ...(plan.topology
      ? topologyOf(choices, plan)
      : plan.services.flatMap((one) => one.endpoints.map((name) => () => endpoint(choices, one, name)))),
  ];
  return choices.shuffled(makers).map((make) => print(make()));
}

function callable(choices: Choices, plan: Plan, planned: PlannedActivity | PlannedWorkflow): Lines {
  if (planned.isExtern) return [line(head(choices, plan, `extern ${planned.kind}`, planned))];
  return planned.kind === 'workflow' ? workflow(choices, plan, planned) : activity(choices, plan, planned);
}

/** A program whose definitions are in one file, or in several. */
export function intoFiles(
  choices: Choices,
  { definitions: texts, head: first, others }: ProgramTexts,
): GeneratedProgram {
  const paths = choices.pick([['main.twf'], ['main.twf'], ['main.twf', 'other.twf', 'a/main.twf']]);
  const files = new Map<string, string>();
  for (const text of texts) {
    const path = choices.pick(paths);
    const start = path.startsWith('a/') ? first.replace('"./', '"../') : first;
    files.set(path, [files.get(path) ?? start, text].filter((one) => one !== '').join('\n'));
  }
  return { ...Object.fromEntries(files), ...others };
}

/** A program whose definitions are in one file. */
export function inOneFile({ definitions: texts, head: first, others }: ProgramTexts): GeneratedProgram {
  return { 'main.twf': [first, ...texts].filter((one) => one !== '').join('\n'), ...others };
}

/** What the configuration says about a program whose files in `a/` are in a namespace of their own. */
export function settingsOf(program: GeneratedProgram) {
  const namespaceOf = (path: string) => (path.startsWith('a/') ? 'apart' : undefined);
  const readText = (path: string) => program[path];
  const importPath = (path: string) => `./${path.replace(/\.ts$/, '.js')}`;
  return { families, externs: './implementations.js', namespaceOf, readText, importPath };
}

/** The files of a program that are not in TWF, with one that implements what it takes to be implemented elsewhere. */
export function filesBeside(program: GeneratedProgram): GeneratedProgram {
  const found = Object.values(program).flatMap((text) => [...text.matchAll(/^extern function (?:\w+\.)?(\w+)/gm)]);
  const list = [...new Set(found.map(([, name]) => `nothing as ${name!}`))].join(', ');
  const others = Object.entries(program).filter(([path]) => !path.endsWith('.twf'));
  const implementations = `const nothing: any = () => undefined;\nexport { ${list} };\n`;
  return Object.fromEntries([...others, ...(list === '' ? [] : [['implementations.ts', implementations] as const])]);
}

export function sourcesOf(program: GeneratedProgram): GeneratedProgram {
  return Object.fromEntries(Object.entries(program).filter(([path]) => path.endsWith('.twf')));
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
