/** `twfc fmt`: what it does to files, and what it says. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Host, memoryHost, nodeHost } from '../host.js';
import { main } from './main.js';

const loose = 'workflow W(x:string)->string:\n  close   x\n';
const neat = 'workflow W(x: string) -> string:\n    close x\n';
const broken = 'workflow V():\n  close  (\n';

async function run(host: Host, ...argv: string[]) {
  const said = { out: '', err: '' };
  const terminal = {
    env: {},
    interactive: false,
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
  };
  const code = await main(['fmt', ...argv], terminal, host);
  return { code, ...said };
}

function reader(host: Host) {
  return (path: string) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(host.read(path));
}

test('formats the files that need it, and leaves the others alone', async () => {
  const host = memoryHost({ '/home/a.twf': loose, '/home/b.twf': neat, '/home/c.txt': loose }, '/home');
  const written: string[] = [];
  const { code, out, err } = await run({ ...host, rename: (from, to) => (written.push(to), host.rename(from, to)) });
  expect([code, out, err]).toEqual([0, '', 'a.twf is formatted.\n2 files, 1 changed.\n']);
  expect([reader(host)('/home/a.twf'), written]).toEqual([neat, ['/home/a.twf']]);
  expect(host.list('/home').map(({ name }) => name)).toEqual(['a.twf', 'b.twf', 'c.txt']);
});

test('only says what it would do with --check', async () => {
  const host = memoryHost({ '/home/a.twf': loose, '/home/b.twf': neat }, '/home');
  expect(await run(host, '--check')).toEqual({
    code: 1,
    out: 'a.twf\n',
    err: '2 files checked, 1 not formatted.\n',
  });
  expect(reader(host)('/home/a.twf')).toBe(loose);
  expect((await run(host, '--check', 'b.twf')).code).toBe(0);
});

test.each(['-', '--stdin'])('prints what comes in: %s', async (argument) => {
  const host = memoryHost({}, '/home', loose);
  expect(await run(host, argument)).toEqual({ code: 0, out: neat, err: '' });
  expect((await run(host, argument, '--check')).code).toBe(1);
  expect((await run(memoryHost({}, '/home', neat), argument, '--check')).code).toBe(0);
});

test('leaves what it cannot read as it is, and says so', async () => {
  const host = memoryHost({ '/home/a.twf': `${loose}\n${broken}\n${loose}` }, '/home');
  const { code, err } = await run(host);
  expect(code).toBe(0);
  expect(err).toContain('a.twf:5:10: left as it is, for it cannot be read: `(` is never closed');
  expect(reader(host)('/home/a.twf')).toBe(`${neat}\n${broken}\n${neat}`);
});

test('keeps line breaks and the byte order mark as they are', async () => {
  const host = memoryHost({ '/home/a.twf': `\uFEFF${loose.replaceAll('\n', '\r\n')}` }, '/home');
  await run(host);
  expect(reader(host)('/home/a.twf')).toBe(`\uFEFF${neat.replaceAll('\n', '\r\n')}`);
});

test('changes no file where one cannot be read', async () => {
  const host = memoryHost({ '/home/a.twf': loose, '/home/b.twf': new Uint8Array([0xff, 0xfe]) }, '/home');
  const { code, out } = await run(host);
  expect([code, out.includes('UTF-16'), reader(host)('/home/a.twf')]).toEqual([2, true, loose]);
});

test('keeps the permissions of files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'twfc-fmt-'));
  try {
    const path = join(folder, 'a.twf');
    writeFileSync(path, loose);
    chmodSync(path, 0o640);
    expect((await run(nodeHost(folder), '--quiet')).code).toBe(0);
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual([neat, 0o640]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('writes in the other dialect, and lists what that cannot say', async () => {
  const text = 'workflow W():\n    promise h <- timer(5m)\n    await h\n    close complete("done")\n';
  const host = memoryHost({ '/home/a.twf': text }, '/home');
  const { code, out, err } = await run(host, '--dialect', 'classic');
  expect([code, out]).toEqual([0, '']);
  expect(err).toContain('a.twf:2:5: left as it is: `promise` of a timer cannot be said in the classic dialect.\n');
  expect(reader(host)('/home/a.twf')).toBe(text.replace('complete("done")', '"done"'));
  expect((await run(host, '--dialect', 'modern')).code).toBe(2);
});
