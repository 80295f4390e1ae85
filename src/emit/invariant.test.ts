/**
 * A program that is accepted without an error gives TypeScript that the compiler accepts, bundles, and loads: tried with
 * programs that nobody wrote. `SEED=7 COUNT=2000` looks for more, `COMPILER=newest` in less time; a failure is printed with the smallest program that has it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, Lab } from '../../runtime/testing/lab.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { compile, type Compiled } from '../program.js';
import { SourceFile } from '../source.js';
import { Choices } from '../testing/generate/choices.js';
import { note, wanted } from '../testing/generate/coverage.js';
import { mutated } from '../testing/generate/mutate.js';
import { isAbout, withMistake } from '../testing/generate/mistakes.js';
import {
  definitions,
  filesBeside,
  type GeneratedProgram,
  inOneFile,
  intoFiles,
  numbers,
  settingsOf,
  sourcesOf,
} from '../testing/generate/program.js';
import { shrunk } from '../testing/generate/shrink.js';
import { recordsOf } from '../testing/facts.js';
import { checkTexts, spoken } from '../testing/program.js';
import { compilers, typeErrors, withRuntime, writeFiles } from '../testing/typescript.js';

const output = fileURLToPath(new URL('.output', import.meta.url));
const seed = Number(process.env['SEED'] ?? 1);
const count = Number(process.env['COUNT'] ?? 60);
/** Leaves out the older compiler, which takes most of the time. */
const newestOnly = process.env['COMPILER'] === 'newest';
/** What fails is made smaller for a while. */
const settings = { seed, numRuns: count, unbiased: true, interruptAfterTimeLimit: 20_000 + 100 * count };

const isError = ({ severity }: Diagnostic) => severity === 'error';

function compiled(program: GeneratedProgram): Compiled {
  const sources = Object.entries(sourcesOf(program)).map(([path, text]) => new SourceFile(path, text));
  return compile(sources, { ...settingsOf(program), namespace: 'default', taskQueue: 'main' });
}

const told = (one: Diagnostic) => `${spoken(one)}: ${one.message}`;

const text = (program: GeneratedProgram): string => Object.entries(program).flat().join('\n');

/** Programs that somebody wrote, if they are right by themselves. */
const written = fileURLToPath(new URL('../../fixtures/ok', import.meta.url));
const fixtures = readdirSync(written).flatMap((name) => {
  const path = join(written, name, 'main.twf');
  const program = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const whole = { 'main.twf': program ?? '' };
  return program !== undefined && !compiled(whole).diagnostics.some(isError) ? [whole] : [];
});

/** How many of a hundred signatures say their types. */
const annotations = fc.constantFrom(100, 60, 30);
/** What of the language the programs have held. */
const held = new Set<string>();
/** Programs that were accepted, by what became of them: what is the same is looked at once. */
const accepted = new Map<string, Accepted>();

function accept(program: GeneratedProgram, { files }: Compiled): void {
  const key = files.map(({ path, text }) => `${path}\n${text}`).join('\n');
  if (!accepted.has(key)) accepted.set(key, { program, files });
}

test('a program that is right has no error', () => {
  const property = fc.property(numbers, annotations, (row, percent) => {
    const choices = new Choices(row);
    const program = intoFiles(choices, definitions(choices, percent));
    const result = compiled(program);
    expect(result.diagnostics.filter(isError).map(told), text(program)).toEqual([]);
    accept(program, result);
    for (const { ast } of result.parsed) note(ast, held);
  });
  fc.assert(property, settings);
});

test('the order of definitions, and what files they are in, changes no type and no diagnostic', () => {
  const found = (program: GeneratedProgram) => {
    const { diagnostics, facts, files } = checkTexts(sourcesOf(program), { ...settingsOf(program), texts: program });
    for (const { ast } of files) note(ast, held);
    // What a file imports and does not name is about that file alone.
    const others = diagnostics.filter(({ code }) => code !== 'TWF343');
    return { types: recordsOf(facts), diagnostics: others.map(told).sort() };
  };
  const property = fc.property(numbers, numbers, annotations, (row, order, percent) => {
    const texts = definitions(new Choices(row), percent);
    const choices = new Choices(order);
    const other = intoFiles(choices, { ...texts, definitions: choices.shuffled(texts.definitions) });
    expect(found(other), text(other)).toEqual(found(inOneFile(texts)));
  });
  fc.assert(property, settings);
});

test.runIf(count >= 60)('the programs hold everything that the language has', () => {
  expect(wanted.filter((one) => !held.has(one))).toEqual([]);
});

const several = fc.array(numbers, { minLength: 6, maxLength: 6 });
const whole = fc.oneof(
  fc
    .tuple(numbers, annotations)
    .map(([row, percent]) => inOneFile(definitions(new Choices(row.slice(0, 600)), percent))),
  fc.constantFrom(...fixtures),
);

test('one mistake is reported where it is, and once; or it is none', () => {
  const property = fc.property(whole, several, (right, rows) => {
    for (const row of rows) {
      const mistake = withMistake(new Choices(row), right['main.twf']!);
      if (!mistake) continue;
      const program = { ...right, 'main.twf': mistake.text };
      const result = compiled(program);
      const errors = result.diagnostics.filter(isError);
      if (errors.length === 0) accept(program, result);
      else {
        const place = mistake.text.slice(mistake.span.start, mistake.span.end);
        const said = () => `${mistake.what}: ${place}\n${errors.map(told).join('\n')}\n${mistake.text}`;
        if (!errors.some((one) => isAbout(one, mistake))) expect.fail(`Nothing points to it. ${said()}`);
        if (errors.some((one, at) => errors.slice(at + 1).some((other) => overlap(one, other))))
          expect.fail(`Something is said twice. ${said()}`);
      }
    }
  });
  fc.assert(property, settings);
});

function overlap({ span: a }: Diagnostic, { span: b }: Diagnostic): boolean {
  return a.start < b.end && b.start < a.end;
}

test('a program with several mistakes is refused or accepted, and nothing else', () => {
  const property = fc.property(whole, several, (right, rows) => {
    for (const row of rows) {
      const program = { ...right, 'main.twf': mutated(new Choices(row), right['main.twf']!) };
      const result = compiled(program);
      if (!result.diagnostics.some(isError)) accept(program, result);
    }
  });
  fc.assert(property, settings);
});

/** What a compiler says about a program. */
const errorLine = /^program(\d+)\/.*: error (TS\d+):.*/gm;

describe('what is accepted', () => {
  beforeAll(async () => {
    await rm(output, { recursive: true, force: true });
    await writePrograms(output, [...accepted.values()]);
  });
  afterAll(() => rm(output, { recursive: true, force: true }));

  test('type-checks', { timeout: 900_000 }, async () => {
    for (const [name, compiler] of newestOnly ? compilers.slice(0, 1) : compilers) {
      const said = await typeErrors(output, compiler);
      // One program for each code: what the others are about is most often the same.
      const firsts = new Map([...said.matchAll(errorLine)].toReversed().map((found) => [found[2]!, found]));
      const failures: string[] = [];
      for (const [code, [line, index]] of firsts) {
        const { program } = [...accepted.values()][Number(index)]!;
        const smallest = await shrunk(program, (programs) => failing(programs, compiler, code));
        failures.push(`${line}\n${text(smallest)}`);
      }
      if (said !== '') expect.fail(`${name}: ${failures.join('\n') || said}`);
    }
  });

  test('bundles with the bundler of the SDK, and loads', async () => {
    const loaded = [...accepted.values()].slice(0, 12);
    const workflows = loaded.flatMap(({ program }, at) => {
      const { fileOf, workflows: all } = compiled(program).facts!;
      return [...all.keys()].map((one) => [at, one.name.text, packageOf(fileOf.get(one)!.path)] as const);
    });
    const exported = workflows.map(
      ([at, name, folder]) => `export { ${name} as program${at}_${name} } from './program${at}/${folder}workflows.js';`,
    );
    const entry = join(output, 'all.ts');
    await writeFile(entry, exported.join('\n'));
    const lab = await Lab.open(await bundle(entry, withRuntime));
    for (const [at, name] of workflows) await lab.start(`program${at}_${name}`);
    await lab.close();
    expect(workflows.length).toBeGreaterThan(loaded.length);
  });
});

/** The folder of what is generated of a file: a package other than the main one has one of its name. */
const packageOf = (path: string) => /^shop\/(\w+\/)/.exec(path)?.[1] ?? '';

interface Accepted {
  readonly program: GeneratedProgram;
  readonly files: Compiled['files'];
}

async function writePrograms(folder: string, programs: readonly Accepted[]): Promise<void> {
  for (const [at, { files, program }] of programs.entries()) {
    const own = Object.entries(filesBeside(program)).map(([path, text]) => ({ path, text }));
    await writeFiles(join(folder, `program${at}`), [...files, ...own]);
  }
}

/** Those of some programs about which a compiler says the same thing. */
async function failing(
  programs: readonly GeneratedProgram[],
  compiler: string,
  code: string,
): Promise<GeneratedProgram[]> {
  const folder = join(output, '.smaller');
  await rm(folder, { recursive: true, force: true });
  await writePrograms(
    folder,
    programs.map((program) => ({ program, files: compiled(program).files })),
  );
  const said = await typeErrors(folder, compiler);
  const found = said.matchAll(new RegExp(`^program(\\d+)/.*: error ${code}`, 'gm'));
  return [...new Set([...found].map(([, index]) => programs[Number(index)]!))];
}
