import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type OptionContext, type OptionRow, optionTable, type ValueShape } from '../src/options/options.js';
import { SourceFile } from '../src/source.js';
import { Reporter } from '../src/diagnostics/diagnostic.js';
import { parseFile } from '../src/syntax/parse.js';
import { constructs } from '../src/syntax/unsupported.js';
import { checkTexts } from '../src/testing/program.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const reference = readFileSync(join(root, 'grammar/README.md'), 'utf8');

// --- Examples

interface Example {
  readonly line: number;
  /** `shared`, `error=TWF308`, `warning=TWF506`, or nothing. */
  readonly mark: string;
  readonly text: string;
}

const examples = [...reference.matchAll(/^```twf ?(.*)\n([^]*?)^```$/gm)].map(
  ({ 1: mark = '', 2: text = '', index }): Example => ({
    line: reference.slice(0, index).split('\n').length,
    mark,
    text,
  }),
);

/** The definitions that examples mean and do not show, each as its text. */
const shared = definitionsOf(examples.find(({ mark }) => mark === 'shared')!.text);

function definitionsOf(text: string): { readonly name: string; readonly text: string }[] {
  const { ast } = parseFile(new SourceFile('shared.twf', text), new Reporter());
  return ast.definitions.flatMap((one) =>
    'name' in one ? [{ name: one.name.text, text: text.slice(one.span.start, one.span.end) }] : [],
  );
}

/** An example with what it leaves out. */
function program({ text, mark }: Example): Record<string, string> {
  const own = new Set(definitionsOf(text).map(({ name }) => name));
  const isMeant = (name: string) => !own.has(name) && new RegExp(`\\b${name}\\b`).test(text);
  const rest = mark === 'shared' ? [] : shared.filter(({ name }) => isMeant(name));
  return { 'main.twf': text, 'shared.twf': rest.map((one) => one.text).join('\n\n') };
}

describe('examples', () => {
  test.each(examples)('line $line: twf $mark', (example) => {
    const texts = { 'domain.ts': /^```ts\n([^]*?)^```/m.exec(reference)![1]! };
    const found = checkTexts(program(example), {
      externs: './externs.js',
      texts,
      families: { org: ['acme', 'globex'] },
    }).diagnostics.filter(({ severity }) => severity !== 'hint');
    const [, severity, code] = /^(error|warning)=(TWF\d{3})$/.exec(example.mark) ?? [];
    if (code === undefined) {
      expect(example.mark).toMatch(/^(shared|typescript)?$/);
      expect(found.map((one) => `${one.code}: ${one.message}`)).toEqual([]);
    } else {
      expect(found.map((one) => [one.severity, one.code])).toEqual([[severity, code]]);
    }
  });

  test('show every definition and every kind of statement', () => {
    const kinds = new Set<string>();
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if ('kind' in value) kinds.add(String(value.kind));
      for (const part of Object.values(value)) collect(part);
    };
    for (const { text } of examples) collect(parseFile(new SourceFile('main.twf', text), new Reporter()).ast);
    const shown = [
      'Workflow',
      'Activity',
      'SignalHandler',
      'StateVariable',
      'Condition',
      'Set',
      'QueryHandler',
      'UpdateHandler',
      'Service',
      'Operation',
      'Endpoint',
      'RecordDef',
      'AliasDef',
      'EnumDef',
      'ExternFunction',
      'CallStmt',
      'Assign',
      'If',
      'Switch',
      'Try',
      'Start',
      'For',
    ];
    const more = [
      'Return',
      'ReturnWorkflow',
      'Close',
      'ContinueAsNew',
      'Raise',
      'Await',
      'AwaitAll',
      'AwaitOne',
      'Continue',
      'ExprStmt',
    ];
    expect([...shown, ...more].filter((kind) => !kinds.has(kind))).toEqual([]);
  });
});

// --- Tables

/** The rows of the first table under a heading, without its head. */
function tableUnder(heading: string): string[][] {
  const section = reference.split(`\n${heading}\n`)[1]?.split(/\n#+ /)[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const values: Readonly<Record<Extract<ValueShape, string>, string>> = {
  duration: 'a duration',
  string: 'a text',
  int: 'a whole number',
  float: 'a number',
  bool: '`true` or `false`',
  strings: 'a list of texts',
  word: 'a name',
  words: 'a list of names',
  retry: 'a retry policy',
  priority: 'a priority',
  name: 'a constant text',
  nexusName: 'a constant text',
  memo: 'names, each with a value',
  headers: 'names, each with a text',
};

const code = (text: string) => `\`${text}\``;

function valueOf({ value, noEffect }: OptionRow): string {
  if (noEffect !== undefined) return 'no effect, with a warning';
  return typeof value === 'string' ? values[value] : value.map((one) => code(one.toLowerCase())).join(', ');
}

const placed: readonly (readonly [string, OptionContext])[] = [
  ['#### Activities', 'activity'],
  ['#### Calls of activities in an operation', 'inPlace'],
  ['#### Child workflows, and the definitions of workflows', 'workflow'],
  ['#### `return workflow` in an operation', 'start'],
  ['#### Nexus calls', 'nexus'],
  ['#### Retry policies', 'retry'],
  ['#### Priorities', 'priority'],
  ['#### Timers', 'timer'],
  ['#### Signals and updates', 'signal'],
  ['#### Signals and updates', 'update'],
  ['#### Queries', 'query'],
];

test.each(placed)('%s: the keys of the compiler', (heading, context) => {
  const rows = Object.entries(optionTable[context]).filter(([, row]) => !row.unsupported && !row.refused);
  const expected = rows.map(([key, row]) => [code(key), (row.aliases ?? []).map(code).join(', '), valueOf(row)]);
  expect(tableUnder(heading)).toEqual(expected);
});

test('the keys of an endpoint', () => {
  const keys = Object.entries(optionTable.endpoint).flatMap(([key, row]) => (row.unsupported ? [] : [code(key)]));
  expect(tableUnder('### Endpoints').map(([key]) => key)).toEqual(keys);
});

test('what is read and not compiled is listed, and nothing else is', () => {
  const listed = tableUnder('## Read, and not compiled yet').map(([what]) => what);
  expect(listed).toEqual([...new Set(constructs.map(({ what }) => what.replaceAll('|', '\\|')))]);
});

test('options that are read and not compiled are listed', () => {
  const own = Object.entries(optionTable).filter(([context]) => !context.endsWith('Definition'));
  const expected = own.flatMap(([context, rows]) => {
    const keys = Object.entries(rows).flatMap(([key, row]) => (row.unsupported ? [code(key)] : []));
    return keys.length > 0 ? [[context, keys.join(', ')]] : [];
  });
  expect(tableUnder('### Options that are not compiled yet')).toEqual(expected);
});

// --- Links

const headings = [...reference.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => text);

test('links inside of the reference lead somewhere', () => {
  const anchors = headings.map((text) =>
    text
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
  const links = [...reference.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor);
  expect(links).not.toEqual([]);
  expect(links.filter((anchor) => !anchors.includes(anchor!))).toEqual([]);
});

test('sections that comments point to exist', () => {
  const folders = ['src', 'runtime', 'fixtures', 'tools'];
  const pointed = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.includes('node_modules'))
      .flatMap((path) => {
        const text = readFileSync(join(root, folder, path), 'utf8').replace(/\n \* /g, ' ');
        return [...text.matchAll(/grammar\/README\.md, ((?:"[^"]+"(?:,| and| or)? ?)+)/g)].flatMap(([, names = '']) =>
          [...names.matchAll(/"([^"]+)"/g)].map(([, name]) => name!),
        );
      }),
  );
  expect(pointed.length).toBeGreaterThan(10);
  expect([...new Set(pointed)].filter((name) => !headings.includes(name))).toEqual([]);
});
