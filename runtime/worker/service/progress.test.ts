import { describe, expect, test } from 'vitest';
import { minutes, narrator } from './progress.js';

function recorder(isTTY: boolean) {
  const seen: string[] = [];
  const terminal = { isTTY, columns: 20, write: (text: string) => seen.push(text) };
  return { seen, log: (line: string) => void seen.push(`${line}\n`), terminal };
}
const erase = '\r\u001b[2K';

describe('narrator', () => {
  test('on a terminal, progress replaces itself and makes room for lines', () => {
    const { seen, log, terminal } = recorder(true);
    const { say, progress, endProgress } = narrator(log, terminal);
    say('start');
    progress('1 of 2');
    progress('2 of 2, and a text that is too long');
    say('end');
    endProgress();
    expect(seen).toEqual(['start\n', `${erase}1 of 2`, `${erase}2 of 2, and a text `, erase, 'end\n']);
  });

  test('in a pipe there are only lines', () => {
    const { seen, log, terminal } = recorder(false);
    const { say, progress, endProgress } = narrator(log, terminal);
    say('start');
    progress('1 of 2');
    endProgress();
    say('end');
    expect(seen).toEqual(['start\n', 'end\n']);
  });

  test('without a log it is silent', () => {
    const { seen, terminal } = recorder(true);
    const { say, progress } = narrator(undefined, terminal);
    say('start');
    progress('1 of 2');
    expect(seen).toEqual([]);
  });
});

test('minutes', () => {
  expect([0, 59_400, 60_000, 336_000].map(minutes)).toEqual(['0:00', '0:59', '1:00', '5:36']);
});
