import { describe, expect, test } from 'vitest';
import { SourceFile } from '../source.js';
import type { Diagnostic } from './diagnostic.js';
import { renderers, summary } from './render.js';

const loan = new SourceFile(
  'loan.twf',
  'workflow Apply(app: App):\n    activity LockRate(app.id) -> lock\n    detach workflow Monitor(app.id, lock)\n',
);

/** A diagnostic about the first occurrence of a text. */
function about(file: SourceFile, text: string, extra: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: 'TWF001',
    name: 'name-mismatch',
    severity: 'error',
    message: '`Monitor` takes a `RateLock`, but this is a `LockResult`',
    file,
    span: spanOf(file, text),
    labels: [],
    hint: undefined,
    fixes: [],
    ...extra,
  };
}

function spanOf(file: SourceFile, text: string) {
  const start = file.text.indexOf(text);
  expect(start, text).toBeGreaterThanOrEqual(0);
  return { start, end: start + text.length };
}

function pretty(...diagnostics: Diagnostic[]): string {
  return renderers.pretty(diagnostics, { colour: false, files: 1 });
}

describe('pretty', () => {
  test('shows the line, the labels in their order, and what to do', () => {
    const monitor = new SourceFile('monitor.twf', '\n'.repeat(343) + 'workflow Monitor(id: string, lock: RateLock):\n');
    const end = loan.text.lastIndexOf('lock');
    const span = { start: end, end: end + 4 };
    const output = pretty(
      about(loan, 'lock', {
        span,
        labels: [
          { file: loan, span, text: 'a `LockResult`' },
          { file: loan, span: spanOf(loan, 'lock'), text: 'it comes from here' },
          { file: monitor, span: spanOf(monitor, 'RateLock'), text: '`RateLock` is asked for here' },
        ],
        hint: 'neither type is declared; if they are the same, declare `type RateLock = LockResult`',
      }),
    );
    expect(output).toBe(`error[name-mismatch]: \`Monitor\` takes a \`RateLock\`, but this is a \`LockResult\`
    --> loan.twf:3:37 (TWF001)
   3 |     detach workflow Monitor(app.id, lock)
     |                                     ^^^^ a \`LockResult\`
   2 |     activity LockRate(app.id) -> lock
     |                                  ---- it comes from here
    ::: monitor.twf:344:36
 344 | workflow Monitor(id: string, lock: RateLock):
     |                                    -------- \`RateLock\` is asked for here
   help: neither type is declared; if they are the same, declare \`type RateLock = LockResult\`

`);
  });

  test('marks the same columns whatever the line holds', () => {
    const marks = (line: string, text: string) => {
      const [, , shown, below] = pretty(about(new SourceFile('a.twf', line), text)).split('\n');
      return { shown, below };
    };
    expect(marks('\t\tx = charge(y)\r\n', 'charge')).toEqual({
      shown: '   1 |         x = charge(y)',
      below: '     |             ^^^^^^',
    });
    expect(marks('x = "日本" + charge', 'charge').below).toBe('     |              ^^^^^^');
    expect(marks('x = "e\u0301" + charge', 'charge').below).toBe('     |           ^^^^^^');
    expect(marks('x = "🎉" + charge', 'charge').below).toBe('     |            ^^^^^^');
  });

  test('counts the characters before the mark, as people do', () => {
    const file = new SourceFile('a.twf', 'log("😀😀 ä", name)\n');
    const diagnostic = about(file, 'name');
    expect(pretty(diagnostic)).toContain('a.twf:1:13 ');
    expect(diagnostic.file!.position(diagnostic.span.start).column).toBe(15);
  });

  test('cuts a very long line to a window around the mark', () => {
    const text = `${'a'.repeat(5_000_000)} charge(x) ${'b'.repeat(5_000_000)}`;
    const [, , shown, below] = pretty(about(new SourceFile('a.twf', text), 'charge')).split('\n');
    expect(shown!.length).toBeLessThan(170);
    expect(shown).toContain('aa charge(x) bb');
    expect(below!.indexOf('^')).toBe(shown!.indexOf('charge'));
  });

  test('marks no more of a long span than is shown', () => {
    const file = new SourceFile('a.twf', 'x'.repeat(1_000_000));
    const output = pretty(about(file, file.text));
    expect(output.length).toBeLessThan(600);
  });

  test('a mark at the end of the file has a place', () => {
    const file = new SourceFile('a.twf', 'workflow A():\n');
    const output = pretty(about(file, '', { span: { start: file.text.length, end: file.text.length } }));
    expect(output).toContain('--> a.twf:2:1');
    expect(output).toContain('^');
  });

  test('a span of several lines is marked on its first', () => {
    const file = new SourceFile('a.twf', 'for:\n    x = 1\n');
    expect(pretty(about(file, file.text))).toContain('   1 | for:\n     | ^^^^\n');
  });

  test('text of others moves no cursor and forges no line', () => {
    const evil = '\u001b[2J\u009b31m\u202eabc\rerror: all fine';
    const file = new SourceFile(`a${evil}.twf`, `x = "${evil}"`);
    const output = pretty(
      about(file, 'x', {
        message: `a ${evil}\nb`,
        hint: `c ${evil}\nd`,
        labels: [{ file, span: { start: 0, end: 1 }, text: evil }],
      }),
    );
    expect(output.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(output).toContain('␛[2J<U+009B>31m<U+202E>abc␍error: all fine');
    expect(output.split('\n').filter((line) => /^\S/.test(line))).toHaveLength(1);
  });

  test('what belongs to no file has only its message', () => {
    const output = pretty(about(loan, 'lock', { file: undefined, message: 'No.', hint: 'Do this.' }));
    expect(output).toBe('error[name-mismatch]: No. (TWF001)\n  help: Do this.\n\n');
  });

  test('colours are there only when asked for', () => {
    const diagnostic = about(loan, 'lock');
    expect(renderers.pretty([diagnostic], { colour: true, files: 1 })).toContain('\u001b[31m');
    expect(pretty(diagnostic)).not.toContain('\u001b');
  });
});

test('short: one line each', () => {
  const diagnostics = [about(loan, 'lock', { message: 'a\nb' }), about(loan, 'lock', { file: undefined })];
  expect(renderers.short(diagnostics, { colour: false, files: 1 })).toBe(
    'loan.twf:2:34: error TWF001 name-mismatch: a␊b\n' +
      'error TWF001 name-mismatch: `Monitor` takes a `RateLock`, but this is a `LockResult`\n',
  );
});

describe('json', () => {
  const parse = (...diagnostics: Diagnostic[]) => {
    const text = renderers.json(diagnostics, { colour: false, files: 2 });
    return { text, value: JSON.parse(text) };
  };

  test('has places in lines and in offsets', () => {
    const span = spanOf(loan, 'lock');
    const { value } = parse(
      about(loan, 'lock', {
        labels: [{ file: loan, span, text: 'here' }],
        fixes: [{ title: 'Change it', edits: [{ file: loan, span, text: 'key' }] }],
      }),
      about(loan, 'lock', { severity: 'warning', file: undefined }),
    );
    const place = {
      file: 'loan.twf',
      range: { start: { line: 2, column: 34 }, end: { line: 2, column: 38 } },
      offset: [span.start, span.end],
    };
    expect(value).toEqual({
      version: 1,
      diagnostics: [
        {
          code: 'TWF001',
          name: 'name-mismatch',
          severity: 'error',
          message: '`Monitor` takes a `RateLock`, but this is a `LockResult`',
          ...place,
          labels: [{ ...place, text: 'here' }],
          hint: null,
          fixes: [{ title: 'Change it', edits: [{ ...place, text: 'key' }] }],
        },
        expect.objectContaining({ severity: 'warning', file: null, range: null, offset: null }),
      ],
      summary: { files: 2, errors: 1, warnings: 1 },
    });
  });

  test('is safe to print, and says the same', () => {
    const message = '\u001b[2J\u009b\u202e\u{1d173}\u2028"\\\n日本';
    const { text, value } = parse(about(loan, 'lock', { message }));
    expect(value.diagnostics[0].message).toBe(message);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
  });
});

test('the summary counts', () => {
  const [error, warning] = [about(loan, 'lock'), about(loan, 'lock', { severity: 'warning' })];
  expect(summary([], 1)).toBe('no errors in 1 file');
  expect(summary([warning], 2)).toBe('1 warning in 2 files');
  expect(summary([error, error, warning], 2)).toBe('2 errors, 1 warning in 2 files');
});
