import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Reporter } from '../diagnostics/diagnostic.js';
import { checkProgram } from '../program.js';
import { SourceFile } from '../source.js';
import { printType } from '../types/print.js';
import { compareContracts } from './compare.js';
import { type Contract, contractOf } from './contract.js';
import { translateContract } from './translate.js';
import { writeContract } from './write.js';

const options = { namespace: 'default', taskQueue: 'main', namespaceOf: () => undefined };

function contractIn(source: SourceFile, own = true): Contract {
  const { diagnostics, facts, parsed } = checkProgram([source], options);
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
  return contractOf(parsed, facts!(), own);
}

const ofProgram = (text: string) => contractIn(new SourceFile('main.twf', text));

/** The contract of a file; and what is wrong with it, as `TWF086 4:7 keyword`. */
function ofFile(text: string): { contract: Contract | undefined; problems: string[] } {
  const reporter = new Reporter();
  const source = translateContract(new SourceFile('a.nexusrpc.yaml', text), reporter);
  const problems = reporter.all.map(({ code, file, span }) => {
    const { line, column } = file!.position(span.start);
    return `${code} ${line}:${column} ${file!.text.slice(span.start, Math.min(span.end, span.start + 30))}`;
  });
  return { contract: source && contractIn(source, false), problems };
}

/** Everything of a contract that is on the wire, and the names that others see. */
function lines({ services, records, enums }: Contract): string[] {
  const operations = services.flatMap((service) =>
    service.operations.map(({ name, params, result, description }) => {
      const list = params.map((param) => `${param.name}: ${printType(param.type)}`).join(', ');
      return `${service.name}.${name}(${list}) -> ${printType(result)}  ${description ?? ''}`;
    }),
  );
  const fields = records.flatMap(({ type, description, fieldDescriptions }) => [
    `${type.name}  ${description ?? ''}`,
    ...(type.fields ?? []).map((one) => {
      const optional = one.optional && one.type.kind !== 'optional' ? '?' : '';
      return `${type.name}.${one.name}: ${printType(one.type)}${optional}  ${fieldDescriptions.get(one.name) ?? ''}`;
    }),
  ]);
  return [
    ...operations,
    ...fields.sort(),
    ...enums.map(({ type }) => `${type.name}: ${type.members.join(' ')}`).sort(),
  ];
}

const every = `
# Everything that there is.
#
# In two paragraphs: "quoted", 'quoted', \\ and \${x}.
nexus_service Everything:
    # Takes nothing, gives nothing.
    operation Nothing()
    operation One(all: All) -> All
    operation Text(text: string) -> string
    operation Several(a: int, b: Kind?, all: All) -> []All
    operation Raw(data: bytes) -> bytes
    operation Maybe(all: All?) -> All?
    operation Named(values: map[string]decimal) -> map[Kind]float

type All:
    # Whether it is so.
    flag: bool
    count: int
    ratio: float
    amount: decimal  # in the currency
    name: string
    patience: duration
    at: time
    whatever: any
    unknown_thing: unknown
    list: []string
    lists: [][]int
    byName: map[string]int
    byNumber: map[int]string
    byKind: map[Kind][]Kind
    pair: (int, string)
    note: string?
    notes: ([]string)?
    more: []string?
    table: (map[string]int)?
    parent: All?
    type: Kind
    state: string
    options: string

enum Kind: first, second

type Ids = []string
`;

describe('export and import', () => {
  test('give the same types and comments', () => {
    const before = ofProgram(every);
    const { text } = writeContract(before);
    const { contract, problems } = ofFile(text);
    expect(problems).toEqual([]);
    expect(lines(contract!)).toEqual(lines(before));
    expect(writeContract(contract!).text).toBe(text);
    expect(compareContracts(before, contract!)).toEqual([]);
  });

  test('say which types other tools do not read', () => {
    expect(writeContract(ofProgram(every)).notes).toEqual([
      'The input of `Everything.Text` is no object: nexgen reads objects only.',
      'The output of `Everything.Text` is no object: nexgen reads objects only.',
      'The output of `Everything.Several` is no object: nexgen reads objects only.',
      'The input of `Everything.Raw` is no object: nexgen reads objects only.',
      'The output of `Everything.Raw` is no object: nexgen reads objects only.',
      '`Everything.Raw` is bytes, which go as they are, and not as JSON.',
      '`Everything.Raw` is bytes, which go as they are, and not as JSON.',
      'The input of `Everything.Maybe` is no object: nexgen reads objects only.',
      'The output of `Everything.Maybe` is no object: nexgen reads objects only.',
      '`All.pair` is a list of values of different types: nexgen does not read that.',
    ]);
  });

  test('give the same types whatever they are', () => {
    const scalar = fc.constantFrom('bool', 'int', 'float', 'decimal', 'string', 'duration', 'time', 'any', 'unknown');
    const { type } = fc.letrec<{ type: string; plain: string }>((tie) => ({
      plain: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        scalar,
        fc.constantFrom('A', 'B', 'C', 'Kind'),
        tie('type').map((item) => `[](${item})`.replace(/^\[\]\((\w+)\)$/, '[]$1')),
        fc.tuple(fc.constantFrom('string', 'int', 'Kind'), tie('type')).map(([key, value]) => `map[${key}]${value}`),
        fc.tuple(tie('plain'), tie('plain')).map(([a, b]) => `(${a}, ${b})`),
      ),
      type: fc.oneof(
        tie('plain'),
        tie('plain').map((of) => (/^\w+$/.test(of) ? `${of}?` : `(${of})?`)),
      ),
    }));
    const name = fc.oneof(
      fc.constantFrom(
        'type',
        'state',
        'options',
        'signal',
        'workflow',
        'in',
        'not',
        'for',
        '__proto__',
        'constructor',
        'toString',
      ),
      fc.stringMatching(/^[a-z_][A-Za-z0-9_]{0,6}$/),
    );
    const fields = fc.uniqueArray(fc.tuple(name, type), { minLength: 1, maxLength: 5, selector: ([key]) => key });
    const program = fc.record({ a: fields, b: fields, c: fields, params: fields, only: type, result: type });
    fc.assert(
      fc.property(program, ({ a, b, c, params, only, result }) => {
        const record = (own: string, rows: typeof a) =>
          [`type ${own}:`, ...rows.map(([key, of]) => `    ${key}: ${of}`), ''].join('\n');
        const text = [
          'nexus_service S:',
          `    operation One(only: ${only}) -> ${result}`,
          `    operation Several(${params.map(([key, of]) => `${key}: ${of}`).join(', ')}) -> A`,
          '    operation Rest(b: B, c: C, kind: Kind)',
          '',
          record('A', a),
          record('B', b),
          record('C', c),
          'enum Kind: first, second',
          '',
        ].join('\n');
        const { diagnostics } = checkProgram([new SourceFile('main.twf', text)], options);
        // Some words cannot be the name of a parameter.
        fc.pre(diagnostics.every(({ severity }) => severity !== 'error'));
        const before = ofProgram(text);
        const written = writeContract(before).text;
        const { contract, problems } = ofFile(written);
        expect(problems).toEqual([]);
        expect(lines(contract!)).toEqual(lines(before));
        expect(compareContracts(before, contract!)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a file that cannot be used gives one diagnostic, where it is', () => {
  const withDefs = (schema: string) => `nexusrpc: 1.0.0
services:
  S:
    operations:
      Op:
        input: { $ref: "#/$defs/A" }
$defs:
  A: ${schema}
`;
  const nested = `${'['.repeat(100)}${']'.repeat(100)}`;
  test.each<[string, string, string]>([
    ['no YAML', 'nexusrpc: [1', 'TWF084 1:13 '],
    ['a tab', 'nexusrpc:\n\t- 1', 'TWF084 2:1 \t'],
    ['a key twice', 'nexusrpc: 1.0.0\nservices: {}\nservices: {}\n', 'TWF084 3:1 s'],
    ['several documents', 'nexusrpc: 1.0.0\n---\nnexusrpc: 1.0.0\n', 'TWF084 2:1 ---\nnexusrpc: 1.0.0\n'],
    ['an alias', 'nexusrpc: 1.0.0\n$defs:\n  A: &a { type: string }\n  B: *a\n', 'TWF084 4:6 *a'],
    ['a tag', withDefs('!!js/function "x"'), 'TWF084 8:6 !!js/function'],
    ['a key that is no text', 'nexusrpc: 1.0.0\n? [a]\n: b\n', 'TWF084 2:3 [a]'],
    ['a list', '- 1\n', 'TWF085 1:1 - 1\n'],
    ['nothing', '', 'TWF085 1:1 '],
    ['another format', 'openapi: 3.1.0\n', 'TWF086 1:1 openapi'],
    ['another version', 'nexusrpc: 2.0.0\n', 'TWF085 1:11 2.0.0'],
    ['services in a list', 'nexusrpc: 1.0.0\nservices: []\n', 'TWF085 2:11 []'],
    ['an unknown key', 'nexusrpc: 1.0.0\nservice: {}\n', 'TWF086 2:1 service'],
    ['an unknown keyword', withDefs('{ type: string, minimumLength: 3 }'), 'TWF086 8:22 minimumLength'],
    ['an unknown type', withDefs('{ type: text }'), 'TWF086 8:14 text'],
    ['two types', withDefs('{ type: [string, number] }'), 'TWF086 8:14 [string, number]'],
    ['a choice', withDefs('{ oneOf: [{ type: string }, { type: boolean }] }'), 'TWF086 8:8 oneOf'],
    ['several at once', withDefs('{ allOf: [] }'), 'TWF086 8:8 allOf'],
    ['a type of TWF that is none', withDefs('{ type: string, x-twf-type: money }'), 'TWF086 8:22 x-twf-type'],
    ['a type that contradicts', withDefs('{ type: integer, x-twf-type: decimal }'), 'TWF086 8:23 x-twf-type'],
    ['a reference to nothing', withDefs('{ $ref: "#/$defs/Missing" }'), 'TWF088 8:14 "#/$defs/Missing"'],
    [
      'a reference elsewhere',
      withDefs('{ $ref: "https://example.com/a.json" }'),
      'TWF088 8:14 "https://example.com/a.json"',
    ],
    ['a reference to itself', withDefs('{ $ref: "#/$defs/A" }'), 'TWF088 8:14 "#/$defs/A"'],
    ['references in a circle', withDefs('{ type: array, items: { $ref: "#/$defs/A" } }'), 'TWF088 8:36 "#/$defs/A"'],
    ['too deep', withDefs(nested), `TWF089 8:69 ${nested.slice(63, 93)}`],
    ['a hostile property', withDefs('{ properties: { "a: string\\n    b": {} } }'), 'TWF087 8:22 "a: string\\n    b"'],
    ['a property with a hyphen', withDefs('{ properties: { user-id: {} } }'), 'TWF087 8:22 user-id'],
    [
      'an empty name',
      'nexusrpc: 1.0.0\nservices:\n  S:\n    fqn: " "\n    operations: { Op: {} }\n',
      'TWF087 4:10 " "',
    ],
  ])('%s', (_, text, problem) => {
    expect(ofFile(text).problems).toEqual([problem]);
  });

  test('whatever it is', () => {
    const deep = `nexusrpc: 1.0.0\nservices: ${'{a: '.repeat(50_000)}`;
    expect(ofFile(deep).problems).toEqual([expect.stringMatching(/^TWF08[49] /)]);
    const [, ...words] = writeContract(ofProgram(every)).text.split(/\b/);
    fc.assert(
      fc.property(
        fc.nat(words.length),
        fc.constantFrom('', '}', '{', ': ', '- ', '"', '\n', '*a', '\u0001', '$ref', '[]'),
        (at, put) => {
          const text = [...words.slice(0, at), put, ...words.slice(at + 1)].join('');
          const reporter = new Reporter();
          const source = translateContract(new SourceFile('a.yaml', text), reporter);
          expect(reporter.all.length).toBe(source ? 0 : 1);
          if (!source) return;
          for (const { severity, file } of checkProgram([source], options).diagnostics) {
            expect([severity, file?.text]).toEqual(['error', text]);
          }
        },
      ),
    );
  });

  const named = (name: string) => {
    const text = JSON.stringify(name);
    return `nexusrpc: 1.0.0\nservices:\n  S:\n    fqn: ${text}\n    operations: { A: { fqn: ${text} }, B: { fqn: W } }\n`;
  };

  test.each(['acme.v1.Ledger', 'Ledger', 'book-entry', '1', 'a:b', 'workflow'])(
    'the name %s is that on the wire',
    (name) => {
      const { contract, problems } = ofFile(named(name));
      expect(problems).toEqual([]);
      expect(contract!.services.map((one) => one.name)).toEqual([name]);
      expect(contract!.services[0]!.operations.map((one) => one.name)).toEqual([name, 'W']);
      expect(ofFile(writeContract(contract!).text).contract!.services.map((one) => one.name)).toEqual([name]);
    },
  );

  test.each(['a/b', '..', 'x()\nworkflow W()', '"quoted"', '{hole}', '\\', '😀', '\u0000\b'])(
    'the name %j is one that no Temporal Service finds',
    (name) => {
      const reporter = new Reporter();
      const source = translateContract(new SourceFile('a.yaml', named(name)), reporter)!;
      const problems = checkProgram([source], options).diagnostics.map(({ code, file, span }) => ({
        code,
        at: file!.text.slice(span.start, span.end),
      }));
      const at = JSON.stringify(name);
      expect(problems).toEqual([
        { code: 'TWF502', at },
        { code: 'TWF502', at },
      ]);
    },
  );

  test('descriptions are comments, whatever they say', () => {
    const description = '"ends\\n}\\r\\nworkflow Evil():\\n    close 1\\ntwfc-ignore TWF000: x\\n\\u001b[2J"';
    const { contract } = ofFile(
      withDefs(`{ description: ${description}, properties: { a: { description: ${description} } } }`),
    );
    expect(contract!.records).toHaveLength(1);
    expect(contract!.records[0]!.description).toContain('workflow Evil():');
  });
});
