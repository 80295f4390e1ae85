import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Reporter } from '../diagnostics/diagnostic.js';
import { memoryHost } from '../host.js';
import { SourceFile } from '../source.js';
import { checkNamespaces, loadConfig } from './config.js';
import { lintNames } from './read.js';
import { type Schema, schema } from './schema.js';

function load(settings: unknown, paths: readonly string[] = [], at = '/home/shop/twfc.json') {
  const text = typeof settings === 'string' ? settings : JSON.stringify(settings);
  const host = memoryHost({ [at]: text, '/home/shop/orders.twf': '', '/home/shop/sub/pay.twf': '' }, '/home/shop');
  const reporter = new Reporter();
  const config = loadConfig(host, paths, reporter);
  const problems = reporter.all.map(({ code, message, hint, file, span }) => ({
    code,
    message,
    hint,
    at: file?.text.slice(span.start, span.end),
  }));
  return { config, problems };
}

describe('defaults', () => {
  const bare = (paths: readonly string[]) => {
    const files = { '/home/shop/orders.twf': '', '/home/shop/sub/pay.twf': '', '/top.twf': '' };
    return loadConfig(memoryHost(files, '/home/shop'), paths, new Reporter());
  };

  test('without twfc.json', () => {
    expect(bare([])).toMatchObject({
      namespace: 'default',
      taskQueue: 'shop',
      folder: '/home/shop',
      out: '/home/shop/generated',
    });
    expect(bare(['sub'])).toMatchObject({ taskQueue: 'sub', out: '/home/shop/generated' });
    expect(bare(['orders.twf'])).toMatchObject({ taskQueue: 'orders' });
    expect(bare(['orders.twf', 'sub/pay.twf'])).toMatchObject({ taskQueue: 'shop' });
    expect(bare(['/'])).toMatchObject({ taskQueue: 'default' });
    expect(bare([])?.namespaceOf('orders.twf')).toBeUndefined();
    expect(bare([])?.belongs('orders.twf')).toBe(true);
  });

  test('of an empty twfc.json', () => {
    expect(load({}, ['sub/pay.twf']).config).toMatchObject({ taskQueue: 'shop', out: '/home/shop/generated' });
  });
});

test('the nearest twfc.json around the first path counts, and paths in it are relative to it', () => {
  const settings = { out: 'made', dependencies: './dependencies.ts', taskQueue: 'q', namespace: 'n' };
  const { config, problems } = load(settings, ['sub/pay.twf'], '/home/shop/sub/twfc.json');
  expect(problems).toEqual([]);
  expect(config).toMatchObject({
    folder: '/home/shop/sub',
    out: '/home/shop/sub/made',
    dependencies: '/home/shop/sub/dependencies.ts',
    taskQueue: 'q',
    namespace: 'n',
  });
  expect(load(settings, [], '/home/shop/sub/twfc.json').config).toMatchObject({
    folder: '/home/shop',
    taskQueue: 'shop',
  });
  expect(load(settings, ['sub'], '/home/twfc.json').config).toMatchObject({ folder: '/home' });
});

test('namespaces have other names on the service, and names have members', () => {
  const namespaces = { orders: { name: 'orders.a1b2c' }, payments: { files: ['payments.twf'] } };
  const { config } = load({ namespaces, families: { org: ['acme', 'globex'] } });
  expect(['orders', 'payments', 'other'].map((name) => config!.deployedName!(name))).toEqual([
    'orders.a1b2c',
    'payments',
    'other',
  ]);
  expect(config!.families).toEqual({ org: ['acme', 'globex'] });
});

test('files and namespaces are globs of files and folders', () => {
  const { config } = load({
    files: ['*.twf', './sub/'],
    namespaces: { orders: { files: ['orders.twf'] }, payments: { files: ['sub'] }, none: {} },
  });
  expect(['orders.twf', 'sub/pay.twf', 'other/x.twf'].map((path) => config?.belongs(path))).toEqual([
    true,
    true,
    false,
  ]);
  expect(
    ['orders.twf', '/home/shop/orders.twf', 'sub/pay.twf', 'x.twf'].map((path) => config?.namespaceOf(path)),
  ).toEqual(['orders', 'orders', 'payments', undefined]);
});

test('a file belongs to one namespace', () => {
  const { config } = load({ namespaces: { a: { files: ['**/*.twf'] }, b: { files: ['orders.twf'] } } });
  const reporter = new Reporter();
  checkNamespaces(config!, [new SourceFile('orders.twf', ''), new SourceFile('x.twf', '')], reporter);
  expect(reporter.all.map(({ message }) => message)).toEqual([
    '`orders.twf` is put in two namespaces, `a` and `b`: a file belongs to one.',
  ]);
});

describe('mistakes', () => {
  test.each([
    ['{"out": }', 'TWF020', 'This is not JSON: a value is expected here.', '}'],
    ['[]', 'TWF022', '`twfc.json` is an object, but this is a list.', '[]'],
    [{ taskqueue: 'q' }, 'TWF021', '`twfc.json` has no setting `taskqueue`.', '"taskqueue"'],
    [{ files: 'a.twf' }, 'TWF022', '`files` is a list of texts, but this is a text.', '"a.twf"'],
    [{ files: ['a', 1] }, 'TWF022', '`files[1]` is a text, but this is a number.', '1'],
    [{ tracing: 'yes' }, 'TWF022', '`tracing` is `true` or `false`, but this is a text.', '"yes"'],
    [{ out: '' }, 'TWF022', '`out` is a text, but this is an empty text.', '""'],
    [{ namespace: null }, 'TWF022', '`namespace` is a text, but this is `null`.', 'null'],
    [{ namespaces: { a: { file: [] } } }, 'TWF021', '`namespaces.a` has no setting `file`.', '"file"'],
    [{ namespaces: { a: [] } }, 'TWF022', '`namespaces.a` is an object, but this is a list.', '[]'],
    ['{"out": "a", "out": "b"}', 'TWF023', '`out` is set twice, and only one of the two can count.', '"out"'],
    [
      { lints: { nothing: 'off' } },
      'TWF024',
      '`nothing` is not the name of a warning that can be switched off.',
      '"nothing"',
    ],
    ['{"__proto__": {"out": "x"}}', 'TWF021', '`twfc.json` has no setting `__proto__`.', '"__proto__"'],
  ])('%j', (settings, code, message, at) => {
    const { config, problems } = load(settings);
    expect(problems).toEqual([expect.objectContaining({ code, message, at })]);
    expect(config).toBeUndefined();
  });

  test('the nearest key is named', () => {
    expect(load({ taskqueue: 'q' }).problems[0]!.hint).toBe('Did you mean `taskQueue`?');
    expect(load({ zzz: 1 }).problems[0]!.hint).toContain('`files`, `out`');
  });

  test('all are reported, not only the first', () => {
    expect(load({ out: 1, zzz: 2 }).problems.map(({ code }) => code)).toEqual(['TWF022', 'TWF021']);
  });

  test('a twfc.json that is not text', () => {
    const reporter = new Reporter();
    const host = memoryHost({ 'twfc.json': new Uint8Array([0xff]), 'a.twf': '' }, '/home');
    expect(loadConfig(host, ['a.twf'], reporter)).toBeUndefined();
    expect(reporter.all.map(({ message }) => message)).toEqual([
      '`twfc.json` is not UTF-8: the byte 0xFF at line 1, byte 1 does not begin a character.',
    ]);
  });
});

test('the level of a lint', () => {
  const [lint] = lintNames;
  expect(lint).toBeDefined();
  expect(load({ lints: { [lint!]: 'off' } }).config?.lints.get(lint!)).toBe('off');
  expect(load({ lints: { [lint!]: 'loud' } }).problems).toEqual([
    expect.objectContaining({
      message: `\`lints.${lint}\` is one of "off", "warning" and "error", but this is another one.`,
    }),
  ]);
});

describe('the schema for editors', () => {
  test('is the one that the reader works by', () => {
    const file = readFileSync(new URL('twfc.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(file)).toEqual(schema);
  });

  test('says only what the reader checks', () => {
    const known = new Set([
      '$schema',
      'title',
      'description',
      'type',
      'properties',
      'additionalProperties',
      'items',
      'enum',
      'minLength',
    ]);
    const visit = (part: Schema): void => {
      expect(Object.keys(part).filter((key) => !known.has(key))).toEqual([]);
      if (part.type === 'array') visit(part.items);
      if (part.type !== 'object') return;
      Object.values(part.properties ?? {}).forEach(visit);
      if (part.additionalProperties) visit(part.additionalProperties);
    };
    visit(schema);
  });
});
