/** How generated code imports the author's own files. */
import { expect, test } from 'vitest';
import { memoryHost } from '../host.js';
import { main } from './main.js';

test('by their paths from the output folder', async () => {
  const host = memoryHost(
    {
      '/home/twf/main.twf':
        'use types from "../domain.ts"\nextern function f(order: Order) -> string\nworkflow W(order: Order) -> string:\n    close f(order)\n',
      '/home/domain.ts': 'export interface Order { id: string }\n',
      '/home/twf/externs.ts': '',
      '/home/twf/twfc.json': '{ "externs": "externs.ts", "out": "../out/generated" }',
    },
    '/home/twf',
  );
  const terminal = { env: {}, interactive: false, out: (text: string) => void said.push(text), err: () => undefined };
  const said: string[] = [];
  expect([await main(['build'], terminal, host), said.join('')]).toEqual([0, '']);
  const read = (path: string) => new TextDecoder().decode(host.read(path));
  expect(read('/home/out/generated/types.ts')).toContain("from '../../domain.js'");
  expect(read('/home/out/generated/externs.ts')).toContain("from '../../twf/externs.js'");
});

test('not where the file of extern functions is missing', async () => {
  const host = memoryHost({ '/home/a.twf': '', '/home/twfc.json': '{ "externs": "./none.ts" }' }, '/home');
  const said: string[] = [];
  const terminal = { env: {}, interactive: false, out: (text: string) => void said.push(text), err: () => undefined };
  expect(await main(['build'], terminal, host)).toBe(2);
  expect(said.join('')).toContain('no-externs-file');
});
