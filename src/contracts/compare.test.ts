import { describe, expect, test } from 'vitest';
import { checkProgram } from '../program.js';
import { SourceFile } from '../source.js';
import { compareContracts } from './compare.js';
import { type Contract, contractOf } from './contract.js';

function contractIn(text: string): Contract {
  const options = { namespace: 'default', taskQueue: 'main', namespaceOf: () => undefined };
  const { diagnostics, facts, parsed } = checkProgram([new SourceFile('main.twf', text)], options);
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
  return contractOf(parsed, facts!());
}

const rest = '\n\nenum Kind: a, b\n\nenum More: a, b, c\n\ntype Other:\n    x: string\n\ntype Same:\n    x: string\n';

/** What is different in two programs, as `breaking S.Op input.a: why`. */
function changes(before: string, after: string): string[] {
  return compareContracts(contractIn(before), contractIn(after)).map(
    ({ kind, where, what }) => `${kind} ${where}: ${what}`,
  );
}

const operation = (line: string) => `nexus_service S:\n    operation ${line}${rest}`;
const record = (fields: readonly string[]) => ['', '', 'type R:', ...fields.map((one) => `    ${one}`), ''].join('\n');

/** The kinds of the changes of an input, and of a result, with what is said of them. */
function ofFields(before: readonly string[], after: readonly string[]): { input: string[]; result: string[] } {
  const of = (line: string) => changes(operation(line) + record(before), operation(line) + record(after));
  const short = (all: string[], side: string) => all.map((one) => one.replace(`S.Op ${side}.`, '').replace(/:.*/, ''));
  return { input: short(of('Op(r: R)'), 'input'), result: short(of('Op() -> R'), 'result') };
}

describe('an operation', () => {
  test.each([
    ['Op(a: string)', 'Op(b: string)', []],
    ['Op(a: string)', 'Op(a: string)', []],
    ['Op(a: Kind)', 'Op(a: More)', ['compatible S.Op input: the member `c` is new']],
    ['Op()', 'Op(a: string)', ['breaking S.Op input: a value is needed now: whoever sends none is refused']],
    ['Op()', 'Op(a: string?)', ['compatible S.Op input: a value may be given now']],
    [
      'Op(a: string)',
      'Op()',
      ['breaking S.Op input: nothing is taken any more: handlers of other languages refuse the value that is sent'],
    ],
    [
      'Op(a: string)',
      'Op(a: string, b: int?)',
      [
        'breaking S.Op input: it was the value of one parameter, and is an object of 2 parameters: whoever sends the one is refused',
      ],
    ],
    [
      'Op(a: string, b: int?)',
      'Op(a: string)',
      [
        'breaking S.Op input: it was an object of 2 parameters, and is the value of one parameter: whoever sends the one is refused',
      ],
    ],
    ['Op(a: Other)', 'Op(x: string, y: int?)', ['compatible S.Op input.y: it is new, and may be left out']],
    [
      'Op(a: string, b: int)',
      'Op(a: string, c: int)',
      ['breaking S.Op input.b: it is called `c` now: whoever sends `b` is refused'],
    ],
    ['Op(a: string, b: int)', 'Op(b: int, a: string)', []],
    [
      'Op() -> string',
      'Op()',
      ['breaking S.Op result: there is no result any more: callers find nothing where they expect one'],
    ],
    ['Op()', 'Op() -> string', ['compatible S.Op result: there is a result now, which callers may ignore']],
    ['Op() -> string', 'Op() -> string?', ['breaking S.Op result: it may be missing now: callers rely on it']],
    ['Op() -> string?', 'Op() -> string', ['compatible S.Op result: it is always there now']],
    [
      'Op(a: int) -> int',
      'Op(a: float) -> int',
      ['compatible S.Op input: it was `int` and is `float`, which takes what fits'],
    ],
    ['Op() -> float', 'Op() -> int', ['compatible S.Op result: it was `float` and is `int`, which gives what fits']],
    ['Op() -> int', 'Op() -> float', ['breaking S.Op result: it was `int` and is `float`: callers expect the old one']],
    [
      'Op(a: string)',
      'Op(a: int)',
      ['breaking S.Op input: it was `string` and is `int`: whoever sends the old one is refused'],
    ],
  ] as const)('%s becomes %s', (before, after, expected) => {
    expect(changes(operation(before), operation(after))).toEqual(expected);
  });
});

describe('a field', () => {
  test.each<[string, readonly string[], readonly string[], string[], string[]]>([
    ['new, and needed', ['a: int'], ['a: int', 'b: int'], ['breaking b'], ['compatible b']],
    ['new, and optional', ['a: int'], ['a: int', 'b: int?'], ['compatible b'], ['compatible b']],
    ['gone', ['a: int', 'b: string'], ['a: int'], ['compatible b'], ['breaking b']],
    ['gone, and optional', ['a: int', 'b: string?'], ['a: int'], ['compatible b'], ['compatible b']],
    ['renamed', ['a: int', 'b: string'], ['a: int', 'c: string'], ['breaking b'], ['breaking b']],
    ['renamed in letter case only', ['a: int', 'b: string'], ['a: int', 'B: string'], ['breaking b'], ['breaking b']],
    ['optional, and needed now', ['a: int?'], ['a: int'], ['breaking a'], ['compatible a']],
    ['needed, and optional now', ['a: int'], ['a: int?'], ['compatible a'], ['breaking a']],
    ['widened to float', ['a: int'], ['a: float'], ['compatible a'], ['breaking a']],
    ['narrowed to int', ['a: float'], ['a: int'], ['breaking a'], ['compatible a']],
    ['widened to text', ['a: Kind'], ['a: string'], ['compatible a'], ['breaking a']],
    ['narrowed to an enum', ['a: string'], ['a: Kind'], ['breaking a'], ['compatible a']],
    ['with one more member', ['a: Kind'], ['a: More'], ['compatible a'], ['breaking a']],
    ['with one member less', ['a: More'], ['a: Kind'], ['breaking a'], ['compatible a']],
    ['widened to anything', ['a: int'], ['a: unknown'], ['compatible a'], ['breaking a']],
    ['known now', ['a: unknown'], ['a: int'], ['breaking a'], ['compatible a']],
    ['of another type', ['a: int'], ['a: bool'], ['breaking a'], ['breaking a']],
    ['a number that means milliseconds now', ['a: float'], ['a: duration'], ['breaking a'], ['breaking a']],
    ['a list of them now', ['a: int'], ['a: []int'], ['breaking a'], ['breaking a']],
    ['a list whose items are widened', ['a: []int'], ['a: []float'], ['compatible a[]'], ['breaking a[]']],
    ['a map with other keys', ['a: map[string]int'], ['a: map[int]int'], ['breaking a key'], ['breaking a key']],
    ['a tuple of another length', ['a: (int, int)'], ['a: (int, int, int)'], ['breaking a'], ['breaking a']],
    ['a record of another name', ['a: Other'], ['a: Same'], [], []],
    [
      'a record that leads back to itself',
      ['a: R?', 'b: int'],
      ['a: R?', 'b: float'],
      ['compatible b'],
      ['breaking b'],
    ],
  ])('that is %s', (_, before, after, input, result) => {
    expect(ofFields(before, after)).toEqual({ input, result });
  });
});

describe('a service', () => {
  const service = (name: string, ...operations: string[]) =>
    `nexus_service ${name}:\n${operations.map((one) => `    operation ${one}\n`).join('')}\n`;
  test.each<[string, string, string, string[]]>([
    [
      'gone',
      service('S', 'Op()') + service('T', 'Two()'),
      service('T', 'Two()'),
      ['breaking S: the service is gone: no call of it finds anybody'],
    ],
    ['new', service('S', 'Op()'), service('S', 'Op()') + service('T', 'Two()'), ['compatible T: the service is new']],
    [
      'renamed',
      service('S', 'Op()'),
      service('T', 'Op()'),
      ['breaking S: the service is called `T` now: calls of `S` find nobody'],
    ],
    [
      'with an operation less',
      service('S', 'Op()', 'Two()'),
      service('S', 'Op()'),
      ['breaking S.Two: the operation is gone: calls of it are refused'],
    ],
    ['with one more', service('S', 'Op()'), service('S', 'Op()', 'Two()'), ['compatible S.Two: the operation is new']],
    [
      'with one renamed',
      service('S', 'Op(a: int) -> int', 'Two()'),
      service('S', 'Other(a: int) -> int', 'Two()'),
      ['breaking S.Op: the operation is called `Other` now: calls of `Op` are refused'],
    ],
  ])('that is %s', (_, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });
});

describe('an endpoint', () => {
  const endpoint = (name: string, queue = 'q') =>
    `nexus_endpoint ${name}:\n    target_namespace: n\n    target_task_queue: ${queue}\n    services: [S]\n\n`;
  const s = 'nexus_service S:\n    operation Op()\n';
  test.each<[string, string, string, string[]]>([
    [
      'renamed',
      endpoint('Ea'),
      endpoint('Eb'),
      ['breaking endpoint Ea: the endpoint is called `Eb` now: a call by way of `Ea` hangs'],
    ],
    [
      'gone',
      endpoint('Ea') + endpoint('Eb', 'r'),
      endpoint('Eb', 'r'),
      ['breaking endpoint Ea: the endpoint is gone: a call by way of it hangs'],
    ],
    ['new', endpoint('Ea'), endpoint('Ea') + endpoint('Eb'), ['compatible endpoint Eb: the endpoint is new']],
    [
      'moved',
      endpoint('Ea'),
      endpoint('Ea', 'r'),
      ['compatible endpoint Ea: it leads elsewhere: calls follow by themselves'],
    ],
  ])('that is %s', (_, before, after, expected) => {
    expect(changes(before + s, after + s)).toEqual(expected);
  });
});
