import { describe, expect, test } from 'vitest';
import { checkTexts } from '../testing/program.js';

const others = `
activity Load(id: string) -> bool:
    options(timeout: 10s)
    return store.load(id)

nexus_service Bank:
    operation Book(id: string) -> string

workflow Approve(id: string):
    signal Decide()
    await signal Decide

workflow Short(id: string):
    await timer(1m)
`;

const codes = (...lines: readonly string[]) => {
  const text = `workflow W(id: string, ids: []string, ok: bool):\n    signal Stop()\n    ${lines.join('\n    ')}\n`;
  const { diagnostics } = checkTexts({ 'main.twf': text, 'other.twf': others });
  return diagnostics.flatMap(({ code, severity }) => (severity === 'hint' ? [] : code));
};

describe('a loop', () => {
  test.each<[readonly string[], readonly string[]]>([
    [['    await timer(1m)'], ['TWF653']],
    [['    await timer(1m)', '    if ok:', '        break'], []],
    [['    await timer(1m)', '    if ok:', '        raise No("x")'], []],
    [['    await timer(1m)', '    for other in ids:', '        break'], ['TWF653']],
    [['    await timer(1m)', '    for other in ids:', '        if ok:', '            close'], []],
    [['    await one:', '        timer(1m):', '            break', '        signal Stop'], []],
    [['    if ok:', '        break'], ['TWF654']],
    [['    if ok:', '        continue', '    await timer(1m)', '    break'], ['TWF654']],
    [['    if ok:', '        ok = false', '        continue', '    await timer(1m)', '    break'], []],
    [['    ok = true', '    if ok:', '        break'], []],
    [['    if ok:', '        await timer(1m)', '    else:', '        break'], []],
    [['    try:', '        activity Load(id) -> ok', '        break', '    catch:', '        pass'], ['TWF654']],
  ])('for: %j: %j', (lines, expected) => {
    expect(codes('for:', ...lines)).toEqual(expected);
  });

  test('with a condition that its turns decide about needs no wait', () => {
    expect(codes('n = 0', 'for n < 10:', '    n = n + 1')).toEqual([]);
    expect(codes('n = 0', 'for n < 10:', '    if ok:', '        await timer(1m)', '        n = n + 1')).toEqual([
      'TWF654',
    ]);
  });
});

describe('a deadline', () => {
  const race = (first: readonly string[], ...before: readonly string[]) =>
    codes(...before, 'for:', '    await one:', ...first, '        timer(30m):', '            break');

  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['beside a shorter timer', ['        timer(1m)'], [], ['TWF655']],
    ['beside a longer timer', ['        timer(1h)'], [], []],
    ['beside a timer that leaves the loop', ['        timer(1m):', '            break'], [], []],
    ['beside a pause', ['        timer(pause):', '            pause = min(pause * 2, 5m)'], ['pause = 1s'], ['TWF655']],
    ['beside a pause without a limit', ['        timer(pause):', '            pause = pause * 2'], ['pause = 1s'], []],
    ['beside a signal', ['        signal Stop'], [], []],
  ])('%s', (_, first, before, expected) => {
    expect(race(first, ...before)).toEqual(expected);
  });
});

describe('children one after the other', () => {
  test.each<[readonly string[], readonly string[]]>([
    [['for one in ids:', '    workflow Approve(one)'], ['TWF656']],
    [['for one in ids:', '    log.info("x")', '    workflow Approve(one)'], ['TWF656']],
    [['for one in ids:', '    workflow Short(one)'], []],
    [['for one in ids:', '    workflow Approve(one)', '    break'], []],
    [['await all:', '    for one in ids:', '        workflow Approve(one)'], []],
  ])('%j: %j', (lines, expected) => {
    expect(codes(...lines)).toEqual(expected);
  });
});

describe('operations at once', () => {
  const call = (indent: string) => [`${indent}options(timeout: 1m)`, `${indent}nexus "bank" workflow Book(one)`];

  test.each<[string, readonly string[], readonly string[]]>([
    ['one for each branch', ['await all:', '    for one in ids:', ...call('        ')], []],
    [
      'two for each branch',
      ['await all:', '    for one in ids:', '        await all:', ...call('            '), ...call('            ')],
      ['TWF657'],
    ],
    ['two after each other', ['await all:', '    for one in ids:', ...call('        '), ...call('        ')], []],
    [
      'handles that are kept',
      [
        'hs = []',
        'for one in ids:',
        '    options(timeout: 1m)',
        '    spawn nexus "bank" workflow Book(one) -> h',
        '    hs.append(h)',
        'for h in hs:',
        '    await h',
      ],
      ['TWF657'],
    ],
    [
      'handles that are awaited',
      ['for one in ids:', '    options(timeout: 1m)', '    spawn nexus "bank" workflow Book(one) -> h', '    await h'],
      [],
    ],
  ])('%s', (_, lines, expected) => {
    expect(codes(...lines)).toEqual(expected);
  });
});
