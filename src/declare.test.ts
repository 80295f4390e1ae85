/** Declarations that `twfc types` would add: the program goes on as it was. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Declarations, declarationsFor, declarationText } from './declare.js';
import { type CompileOptions, compile } from './program.js';
import { slashes } from './host.js';
import { SourceFile } from './source.js';
import { Choices } from './testing/generate/choices.js';
import { definitions, intoFiles, numbers, settingsOf, sourcesOf } from './testing/generate/program.js';
import { dedent } from './testing/program.js';

const options: CompileOptions = {
  namespace: 'default',
  taskQueue: 'main',
  namespaceOf: () => undefined,
  externs: './externs.js',
};

function declare(sources: readonly SourceFile[], settings: Partial<CompileOptions> = {}): Declarations {
  const own = { ...options, ...settings };
  const { facts, diagnostics } = compile(sources, own);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return declarationsFor(sources, own, facts!);
}

const extended = (sources: readonly SourceFile[], { added }: Declarations) =>
  sources.map((one) => new SourceFile(one.path, one.text + (added.get(one) ?? '')));

/** All that is generated, but for the declarations of the types and where they stand. */
const generated = (sources: readonly SourceFile[], readText?: CompileOptions['readText']) =>
  compile(sources, { ...options, readText })
    .files.filter(({ path }) => path !== 'types.ts')
    .map(({ path, text }) => [path, text]);

const of = (text: string) => [new SourceFile('main.twf', text)];

const program = dedent(`
  workflow Ship(order: Order) -> Receipt:
      activity Pack(order.item, order.count + 1) -> parcel
      if order.note != null:
          log.info("{order.urgent}")
      close Receipt{parcel, at: now()}

  activity Pack(item: string, count: int) -> Parcel:
      options(timeout: 1m)
      return depot.pack(item, count)
`).trimEnd();

test('what is known of a type is declared, in the file that names it first', () => {
  const sources = of(program);
  const { added, declared, left } = declare(sources);
  expect(declared).toEqual(['Order', 'Receipt']);
  expect(left).toEqual([{ name: 'Parcel', why: 'nothing says which fields it has' }]);
  expect(added.get(sources[0]!)).toBe(
    '\n\ntype Order:\n    item: string\n    count: int\n    note: unknown\n    urgent: unknown\n' +
      '\ntype Receipt:\n    parcel: Parcel\n    at: time\n',
  );
});

test.each([
  ['tabs', program.replaceAll('    ', '\t'), '\n\ntype Order:\n\titem: string\n'],
  ['two spaces', `${program.replaceAll('    ', '  ')}\n`, '\ntype Order:\n  item: string\n'],
  ['CRLF', program.replaceAll('\n', '\r\n'), '\r\n\r\ntype Order:\r\n    item: string\r\n'],
])('as the file is written: %s', (_, text, begin) => {
  const sources = of(text);
  expect(declare(sources).added.get(sources[0]!)?.slice(0, begin.length)).toBe(begin);
});

test('what would be an error where it is declared is left', () => {
  const sources = of(
    dedent(`
      workflow Ask(id: string) -> string:
          activity Load(id) -> found
          activity Note(found)
          close found.text

      activity Load(id: string) -> Found:
          options(timeout: 1m)
          if id == "":
              return Found{code: 1}
          return Found{text: id, code: 2}

      activity Note(found: Found):
          options(timeout: 1m)
          books.note(found.code)
    `),
  );
  const { added, left } = declare(sources);
  expect([...added]).toEqual([]);
  expect(left.map(({ name }) => name)).toEqual(['Found']);
});

const fixtures = fileURLToPath(new URL('../fixtures/ok', import.meta.url));

/** Where a number that is declared to be an int is converted later than one that is only known to be a number. */
const laterConversions = new Set(['functions']);

describe('programs of the fixtures', () => {
  test.each(readdirSync(fixtures))('%s: nothing else changes, and nothing is left the second time', (name) => {
    const folder = `${fixtures}/${name}`;
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(slashes);
    const names = paths.filter((one) => /^[^.]+\.twf$/.test(one));
    const sources = names.map((one) => new SourceFile(one, readFileSync(`${folder}/${one}`, 'utf8')));
    const readText = (path: string) => readFileSync(`${folder}/${path}`, 'utf8');
    const declarations = declare(sources, { readText });
    const after = extended(sources, declarations);
    expect(compile(after, { ...options, readText }).facts).toBeDefined();
    if (!laterConversions.has(name)) expect(generated(after, readText)).toEqual(generated(sources, readText));
    expect([...declare(after, { readText }).added]).toEqual([]);
  });
});

test('programs that nobody wrote have no error with their types declared', () => {
  const property = fc.property(numbers, fc.constantFrom(100, 50), (row, percent) => {
    const choices = new Choices(row);
    const files = intoFiles(choices, definitions(choices, percent));
    const settings = settingsOf(files);
    const sources = Object.entries(sourcesOf(files)).map(([path, text]) => new SourceFile(path, text));
    const after = extended(sources, declare(sources, settings));
    expect(compile(after, { ...options, ...settings }).facts).toBeDefined();
  });
  fc.assert(property, { seed: 1, numRuns: 12 });
});

test('every kind of type has a text', () => {
  const { facts } = compile(
    of(
      dedent(`
      type A:
          xs: ([]int)?
          pair: (map[string]B?, E)
      type B = []A
      enum E: one, two
      workflow W(a: A, c: C, b: B) -> bool:
          close c == null
    `),
    ),
    options,
  );
  const texts = facts!.types.map((one) => declarationText(one));
  expect(texts.sort()).toEqual([
    'enum E: one, two\n',
    'type A:\n    xs: ([]int)?\n    pair: (map[string]([]A)?, E)\n',
    'type B = []A\n',
    'type C = unknown\n',
  ]);
});
