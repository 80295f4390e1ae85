import { describe, expect, test } from 'vitest';
import { SourceFile } from './source.js';
import { Reporter, sorted } from './diagnostics/diagnostic.js';
import { applyLints } from './lints.js';
import { parseFile } from './syntax/parse.js';

/** Reports the lint `missing-timeout` and an error wherever a text stands, and says on which lines they are left. */
function left(text: string, levels: Readonly<Record<string, 'off' | 'warning' | 'error'>> = {}) {
  const source = new SourceFile('a.twf', text);
  const reporter = new Reporter();
  const parsed = parseFile(source, new Reporter());
  for (const { index } of text.matchAll(/CALL/g)) {
    reporter.report(source, 'TWF506', { start: index, end: index + 4 }, { start: '1m', whole: '1m' } as never);
  }
  for (const { index } of text.matchAll(/WRONG/g)) {
    reporter.report(source, 'TWF020', { start: index, end: index + 5 }, { expected: 'x' });
  }
  return sorted(applyLints(reporter.all, [parsed], new Map(Object.entries(levels)))).map(
    ({ name, severity, span }) => `${severity} ${name} ${source.position(span.start).line}`,
  );
}

describe('a comment silences', () => {
  test('its own line, and the next', () => {
    expect(left('# twfc-ignore missing-timeout: it is fast\nCALL\nCALL\n')).toEqual(['warning missing-timeout 3']);
    expect(left('CALL # twfc-ignore missing-timeout: it is fast\nCALL\nCALL\n')).toEqual(['warning missing-timeout 3']);
  });

  test('the line below several comments', () => {
    const [one, other] = ['# twfc-ignore missing-timeout: a', '    # twfc-ignore nexus-no-authorization: b'];
    expect(left(`${one}\n${other}\nCALL\nCALL\n`)).toEqual(['warning missing-timeout 4']);
  });

  test('nothing when it stands elsewhere, or names another', () => {
    expect(left('CALL\n# twfc-ignore missing-timeout: late\n')).toEqual(['warning missing-timeout 1']);
    expect(left('# twfc-ignore nexus-no-authorization: x\nCALL\n')).toEqual(['warning missing-timeout 2']);
  });

  test('no error', () => {
    expect(left('WRONG # twfc-ignore config-syntax: x\n')).toEqual([
      'error config-syntax 1',
      'warning ignores-nothing 1',
    ]);
  });
});

describe('a comment that silences nothing says why', () => {
  test.each([
    ['# twfc-ignore', 'it names no warning', 'Write `# twfc-ignore NAME: reason`, with the name of a warning.'],
    ['# twfc-ignore : x', 'it names no warning', 'Write'],
    ['# twfc-ignore missing-timeout', 'it gives no reason', 'Write'],
    ['# twfc-ignore missing-timeout:  ', 'it gives no reason', 'Write'],
    ['# twfc-ignore missing-timeouts: x', '`missing-timeouts` is not the name', 'Did you mean `missing-timeout`?'],
  ])('%s', (text, why, hint) => {
    const [found, ...others] = applyLints([], [parseFile(new SourceFile('a.twf', text), new Reporter())], new Map());
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'TWF025', severity: 'warning' });
    expect(found!.message).toContain(why);
    expect(found!.hint).toContain(hint);
  });

  test('but another comment may speak of it', () => {
    expect(left('# see twfc-ignore\n# twfc-ignored\n')).toEqual([]);
  });
});

test('twfc.json switches lints off, and makes errors of them', () => {
  expect(left('CALL\n', { 'missing-timeout': 'off' })).toEqual([]);
  expect(left('CALL\n', { 'missing-timeout': 'error' })).toEqual(['error missing-timeout 1']);
  expect(left('WRONG\n', { 'config-syntax': 'off' })).toEqual(['error config-syntax 1']);
});
