/** `twfc types`: what it prints, and what it does to files. */
import { expect, test } from 'vitest';
import { type Host, memoryHost } from '../host.js';
import { main } from './main.js';

const program = 'workflow W(order: Order) -> string:\n    close order.item\n';
const declared = '\ntype Order:\n    item: string\n';

async function types(
  files: Readonly<Record<string, string | Uint8Array>>,
  argv: readonly string[],
  change?: (host: Host) => Host,
) {
  const said = { out: '', err: '' };
  const terminal = {
    env: {},
    interactive: false,
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
  };
  const host = memoryHost(files, '/home');
  const code = await main(['types', ...argv], terminal, change ? change(host) : host);
  const read = (path: string) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(host.read(path));
  return { code, ...said, read, names: host.list('/home').map(({ name }) => name) };
}

test('prints declared and inferred types, and changes nothing', async () => {
  const { code, out, err, read } = await types(
    { '/home/a.twf': program, '/home/b.twf': 'enum E: a, b\ntype Id = string\n' },
    [],
  );
  expect([code, err]).toEqual([0, '']);
  expect(out).toBe('# Inferred from use: a.twf:1\ntype Order:\n    item: string\n\nenum E: a, b\n\ntype Id = string\n');
  expect(read('/home/a.twf')).toBe(program);
});

test('prints what is wrong with the program, and no types', async () => {
  const { code, out } = await types({ '/home/a.twf': 'workflow W():\n    close x\n' }, []);
  expect(code).toBe(1);
  expect(out).toContain('never-assigned');
  expect(out).not.toContain('type ');
});

test('writes declarations, once', async () => {
  const first = await types({ '/home/a.twf': program }, ['--write']);
  expect([first.code, first.out]).toEqual([0, '']);
  expect(first.err).toContain('a.twf has new declarations at its end.\n1 type declared.\n');
  expect(first.read('/home/a.twf')).toBe(program + declared);
  expect(first.names).toEqual(['a.twf']);
  const second = await types({ '/home/a.twf': program + declared }, ['--write']);
  expect(second.err).toBe('There is nothing to declare.\n');
  expect(second.read('/home/a.twf')).toBe(program + declared);
});

test('keeps the byte order mark, and touches no file that it adds nothing to', async () => {
  const other = 'activity A(x: string):\n    ...\n';
  const { read } = await types({ '/home/a.twf': `\uFEFF${program}`, '/home/b.twf': other }, ['--write']);
  expect(read('/home/a.twf')).toBe(`\uFEFF${program}${declared}`);
  expect(read('/home/b.twf')).toBe(other);
});

test('writes nothing where a file has changed in the meantime', async () => {
  let reads = 0;
  const changing = (host: Host): Host => ({
    ...host,
    read: (path) =>
      path.endsWith('.twf') && ++reads > 1 ? new TextEncoder().encode(`${program}# more\n`) : host.read(path),
  });
  const { code, out, read, names } = await types({ '/home/a.twf': program }, ['--write'], changing);
  expect(code).toBe(2);
  expect(out).toContain('source-changed');
  expect([read('/home/a.twf'), names]).toEqual([program, ['a.twf']]);
});

test('leaves nothing half-written where a file cannot be replaced', async () => {
  const failing = (host: Host): Host => ({
    ...host,
    rename() {
      throw Object.assign(new Error('no'), { code: 'EACCES' });
    },
  });
  const { code, out, read, names } = await types({ '/home/a.twf': program }, ['--write'], failing);
  expect(code).toBe(2);
  expect(out).toContain('unwritable');
  expect([read('/home/a.twf'), names]).toEqual([program, ['a.twf']]);
});
