import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { isSupported, serverVersion } from './version.js';

test.each([
  ['1.31.0', true],
  ['1.32.0-158.0', true],
  ['2.0.0', true],
  ['1.30.4', false],
  ['0.99.0', false],
  ['', false],
  ['unknown', false],
])('isSupported(%j) is %s', (version, expected) => {
  expect(isSupported(version)).toBe(expected);
});

test.each(['nowhere', '127.0.0.1', '127.0.0.1:port', 'http://127.0.0.1:7233'])('%s is no address', async (address) => {
  await expect(serverVersion(address)).rejects.toThrow(`\`${address}\` is not of the form host:port`);
});

test('says that nobody answers', async () => {
  await expect(serverVersion('127.0.0.1:1')).rejects.toThrow('ECONNREFUSED');
});

test('does not take just any server for a Temporal Service', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await expect(serverVersion(`127.0.0.1:${port}`)).rejects.toThrow();
  server.close();
});
