import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { foldersAround, type Host, memoryHost, nodeHost, reasonOf } from './host.js';

function temporary(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'twfc-host-')));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function codeOf(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

const text = (host: Host, path: string) => new TextDecoder().decode(host.read(path));

// Both hosts keep the same promises.
describe.each([
  ['nodeHost', () => nodeHost(temporary())],
  ['memoryHost', () => memoryHost({}, '/home')],
])('%s', (_name, create) => {
  test('writes, lists, renames and removes', () => {
    const host = create();
    expect(host.makeFolder('a/b')).toBe(`${host.cwd}/a`);
    expect(host.makeFolder('a/b')).toBeUndefined();
    host.write('a/z.txt', 'é');
    host.write('a/b/x.txt', 'x');
    expect(host.list('a')).toEqual([
      { name: 'b', kind: 'folder' },
      { name: 'z.txt', kind: 'file' },
    ]);
    expect([host.kind('a'), host.kind('a/z.txt'), host.kind('a/q')]).toEqual(['folder', 'file', undefined]);
    expect(host.size('a/z.txt')).toBe(2);
    host.rename('a/z.txt', 'a/b/x.txt');
    expect(host.kind('a/z.txt')).toBeUndefined();
    expect(text(host, 'a/b/x.txt')).toBe('é');
    expect(text(host, `${host.cwd}/a/b/x.txt`)).toBe('é');
    host.remove('a');
    expect([host.kind('a'), host.kind('a/b/x.txt')]).toEqual([undefined, undefined]);
  });

  test('says by a code what cannot be done', () => {
    const host = create();
    host.write('f', '1');
    host.makeFolder('d');
    expect(codeOf(() => host.read('none'))).toBe('ENOENT');
    expect(codeOf(() => host.read('d'))).toBe('EISDIR');
    expect(codeOf(() => host.list('none'))).toBe('ENOENT');
    expect(codeOf(() => host.list('f'))).toBe('ENOTDIR');
    expect(codeOf(() => host.makeFolder('f/sub'))).toBe('ENOTDIR');
    expect(codeOf(() => host.write('f', '2'))).toBe('EEXIST');
    expect(text(host, 'f')).toBe('1');
  });
});

describe('links', () => {
  test('are followed, and one that leads nowhere is a file', () => {
    const folder = temporary();
    fs.mkdirSync(join(folder, 'real'));
    fs.writeFileSync(join(folder, 'real/a.twf'), '');
    fs.symlinkSync('real', join(folder, 'link'));
    fs.symlinkSync('nowhere', join(folder, 'broken'));
    const host = nodeHost(folder);
    expect(host.list('.')).toEqual([
      { name: 'broken', kind: 'file' },
      { name: 'link', kind: 'folder' },
      { name: 'real', kind: 'folder' },
    ]);
    expect(host.realPath('link/a.twf')).toBe(host.realPath('real/a.twf'));
  });
});

test('reasons are said in words', () => {
  expect(reasonOf(Object.assign(new Error(), { code: 'EACCES' }))).toBe('permission denied');
  expect(reasonOf(Object.assign(new Error(), { code: 'EWHAT' }))).toBe('EWHAT');
  expect(reasonOf(new Error('why'))).toBe('why');
});

test('folders around a path, the outermost first', () => {
  expect(foldersAround('/a/b/c.twf')).toEqual(['/', '/a', '/a/b']);
});
