import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Reporter } from './diagnostics/diagnostic.js';
import { memoryHost, nodeHost } from './host.js';
import { loadSources, sizeLimit } from './sources.js';

type Files = Parameters<typeof memoryHost>[0];

function load(files: Files, paths: readonly string[] = [], belongs = (_path: string) => true) {
  const reporter = new Reporter();
  const sources = loadSources(memoryHost(files, '/home'), { paths, belongs }, reporter);
  return {
    paths: sources.map(({ path }) => path),
    texts: sources.map(({ text }) => text),
    problems: reporter.all.map(({ code, message }) => `${code} ${message}`),
  };
}

test('a folder is searched in the order of its names, without node_modules and dot folders', () => {
  const files = {
    'z.twf': '',
    'b/y.twf': '',
    'b/a/x.twf': '',
    'b/readme.md': '',
    'node_modules/p/q.twf': '',
    '.git/r.twf': '',
    'a.twf': '',
  };
  expect(load(files)).toMatchObject({ paths: ['a.twf', 'b/a/x.twf', 'b/y.twf', 'z.twf'], problems: [] });
  expect(load(files, ['b'])).toMatchObject({ paths: ['b/a/x.twf', 'b/y.twf'], problems: [] });
  expect(load(files, ['z.twf', 'b', './z.twf', 'b/y.twf'])).toMatchObject({ paths: ['z.twf', 'b/a/x.twf', 'b/y.twf'] });
});

test('paths stay as the user named them', () => {
  expect(load({ 'b/y.twf': '' }, ['/home/b', '../home/b/y.twf'])).toMatchObject({ paths: ['/home/b/y.twf'] });
  expect(load({ '/other/y.twf': '' }, ['../other'])).toMatchObject({ paths: ['../other/y.twf'] });
});

test('only files that belong to the program are taken from a folder, but any that is named', () => {
  const files = { 'a.twf': '', 'b.twf': '' };
  expect(load(files, [], (path) => path === 'b.twf')).toMatchObject({ paths: ['b.twf'], problems: [] });
  expect(load(files, ['a.twf'], () => false)).toMatchObject({ paths: ['a.twf'], problems: [] });
  expect(load(files, [], () => false).problems).toEqual([
    'TWF003 The folder `.` has no .twf file in it that belongs to the program.',
  ]);
});

test('what is not there, and what is no .twf file', () => {
  expect(load({ 'readme.md': '' }, ['none.twf', 'nowhere', 'readme.md', '.']).problems).toEqual([
    'TWF001 There is no file or folder `none.twf`.',
    'TWF001 There is no file or folder `nowhere`.',
    'TWF007 `readme.md` is not a .twf file: only files whose names end so are compiled.',
    'TWF003 The folder `.` has no .twf file in it that belongs to the program.',
  ]);
});

test('what is not text', () => {
  const bytes = (...parts: (string | number[])[]) =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
  const problem = (content: Uint8Array) => load({ 'a.twf': content }).problems;
  expect(problem(bytes('ab\ncd\0ef'))).toEqual([
    'TWF004 `a.twf` is not a text file: there is a NUL byte at line 2, byte 3.',
  ]);
  const notUtf8 = (hex: string, line: number, byte: number) => [
    `TWF005 \`a.twf\` is not UTF-8: the byte ${hex} at line ${line}, byte ${byte} does not begin a character.`,
  ];
  // Latin-1; cut in the middle; cut at the end; an overlong form; a surrogate; a stray continuation.
  expect(problem(bytes('é\ncaf', [0xe9], ' x'))).toEqual(notUtf8('0xE9', 2, 4));
  expect(problem(bytes('日', [0xe6, 0x97], 'x'))).toEqual(notUtf8('0xE6', 1, 4));
  expect(problem(bytes('x'.repeat(100_000), [0xf0, 0x9f, 0x8e]))).toEqual(notUtf8('0xF0', 1, 100_001));
  expect(problem(bytes([0xc0, 0x80]))).toEqual(notUtf8('0xC0', 1, 1));
  expect(problem(bytes('a', [0xed, 0xa0, 0x80]))).toEqual(notUtf8('0xED', 1, 2));
  expect(problem(bytes('\n\n', [0x80]))).toEqual(notUtf8('0x80', 3, 1));
  expect(problem(bytes([0xff, 0xfe], Buffer.from('a', 'utf16le').toJSON().data))).toEqual([
    'TWF008 `a.twf` is written in UTF-16: sources are UTF-8.',
  ]);
});

test('a byte order mark is dropped, an empty file is a file', () => {
  expect(load({ 'a.twf': '\ufeffx', 'b.twf': '' })).toMatchObject({ texts: ['x', ''], problems: [] });
});

test('a file over the limit is not read', () => {
  const host = { ...memoryHost({ 'a.twf': '' }), size: () => sizeLimit + 1, read: () => expect.unreachable() };
  const reporter = new Reporter();
  expect(loadSources(host, { paths: ['a.twf'], belongs: () => true }, reporter)).toEqual([]);
  expect(reporter.all.map(({ code }) => code)).toEqual(['TWF006']);
});

test('links that go round, and files reached twice', () => {
  const folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'twfc-sources-')));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  fs.mkdirSync(join(folder, 'a'));
  fs.writeFileSync(join(folder, 'a/one.twf'), '');
  fs.symlinkSync('..', join(folder, 'a/up'));
  fs.symlinkSync('a', join(folder, 'same'));
  fs.symlinkSync('one.twf', join(folder, 'a/two.twf'));
  fs.symlinkSync('itself.twf', join(folder, 'itself.twf'));
  fs.symlinkSync('nowhere', join(folder, 'broken.twf'));
  const reporter = new Reporter();
  const sources = loadSources(nodeHost(folder), { paths: [], belongs: () => true }, reporter);
  expect(sources.map(({ path }) => path)).toEqual(['a/one.twf']);
  expect(reporter.all.map(({ message }) => message)).toEqual([
    '`broken.twf` cannot be read: it does not exist.',
    '`itself.twf` cannot be read: its symbolic links go round in a circle.',
  ]);
});
