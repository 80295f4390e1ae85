import { describe, expect, test } from 'vitest';
import { problemsOf } from '../testing/program.js';

const work = `
activity Work(x: int) -> int:
    options(timeout: 10s)
    return work(x)
`;

const problems = (body: string) => problemsOf({ 'main.twf': `workflow W(id: string):\n${body}`, 'work.twf': work });

describe('a handler that reads again what it has assigned before it waited', () => {
  const handler = (lines: string) =>
    problems(
      `    update U(n: int) -> int:\n${lines}\n        return n\n    x = 0\n    await timer(1h)\n    log.info("{x}")\n`,
    );

  test.each([
    ['is told', '        x = n\n        activity Work(1)\n        log.info("{x}")', ['TWF622 x']],
    ['once', '        x = n\n        await timer(1s)\n        log.info("{x}")\n        log.info("{x}")', ['TWF622 x']],
    [
      'in a branch',
      '        x = n\n        if n > 1:\n            activity Work(1)\n        log.info("{x}")',
      ['TWF622 x'],
    ],
    [
      'in a case',
      '        x = n\n        await one:\n            timer(1s):\n                log.info("{x}")',
      ['TWF622 x'],
    ],
    ['by the arguments of a call that waits', '        x = n\n        activity Work(x)', []],
    [
      'not if it assigns it anew',
      '        x = n\n        activity Work(1) -> y\n        x = y\n        log.info("{x}")',
      [],
    ],
    ['not if nothing waits', '        x = n\n        log.info("{x}")', []],
    [
      'not by another branch',
      '        if n > 1:\n            x = n\n            activity Work(1)\n        else:\n            log.info("{x}")',
      [],
    ],
    ['not of what is its own', '        y = n\n        activity Work(1)\n        log.info("{y}")', []],
  ])('%s', (_, lines, expected) => {
    expect(handler(lines)).toEqual(expected);
  });
});

describe('an assignment that undoes what a handler has assigned', () => {
  const signal = '    signal S(n: int):\n        x = n\n';
  const read = '    log.info("{x}")\n';

  test.each([
    ['in the first lines', `${signal}    x = 1\n    await timer(1s)\n${read}`, []],
    ['under `state:`', `    state:\n        x = 1\n${signal}    await timer(1s)\n${read}`, []],
    ['later', `${signal}    x = 1\n    await timer(1s)\n    x = 2\n    await timer(1s)\n${read}`, ['TWF623 x']],
    ['that looks at the value', `${signal}    x = 1\n    await timer(1s)\n    x = x + 1\n${read}`, []],
    [
      'of what queries read',
      '    query Q() -> int:\n        return x\n    x = 1\n    await timer(1s)\n    x = 2\n',
      [],
    ],
  ])('%s', (_, body, expected) => {
    expect(problems(body)).toEqual(expected);
  });
});

describe('a handler that waits for what only the body sets', () => {
  const state = '    state:\n        condition c\n';
  const waiting = '    update U():\n        await c\n';

  test.each([
    ['may never end', `${state}${waiting}    await timer(1s)\n    set c\n`, ['TWF624 c']],
    [
      'ends if another handler sets it',
      `${state}${waiting}    signal S():\n        set c\n    await timer(1s)\n    set c\n`,
      [],
    ],
    [
      'ends if it races',
      `${state}    update U():\n        await one:\n            c\n            timer(1s)\n    await timer(1s)\n    set c\n`,
      [],
    ],
  ])('%s', (_, body, expected) => {
    expect(problems(body)).toEqual(expected);
  });
});

describe('a case that reads what the latest signal has brought', () => {
  const signal = '    signal S(n: int):\n        x = n\n    x = 0\n';
  const loop = (lines: string) =>
    `    for:\n        await one:\n${lines}            timer(1h):\n                break\n`;

  test.each([
    ['in a loop', `${signal}${loop('            signal S:\n                log.info("{x}")\n')}`, ['TWF625 x']],
    [
      'that takes what it carries',
      `${signal}${loop('            signal S -> n:\n                log.info("{x} {n}")\n')}`,
      [],
    ],
    [
      'that only counts',
      `    signal S(n: int):\n        x = x + 1\n    x = 0\n${loop('            signal S:\n                log.info("{x}")\n')}`,
      [],
    ],
    [
      'without a loop',
      `${signal}    await one:\n        signal S:\n            log.info("{x}")\n        timer(1h)\n`,
      [],
    ],
  ])('%s', (_, body, expected) => {
    expect(problems(body)).toEqual(expected);
  });
});
