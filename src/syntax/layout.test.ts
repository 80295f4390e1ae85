import { describe, expect, it } from 'vitest';
import { Reporter, sorted } from '../diagnostics/diagnostic.js';
import { SourceFile } from '../source.js';
import { layout, MAX_BLOCKS, MAX_BRACKETS } from './layout.js';
import { createLexer, lex } from './lexer.js';
import { Problems } from './problems.js';
import { Dedent, Indent, Newline, Skipped } from './tokens.js';

const SHOWN = new Map([
  [Newline, '⏎'],
  [Indent, '→'],
  [Dedent, '←'],
  [Skipped, '…'],
]);

/** The tokens of a text after layout, and the codes of what is wrong with it as `line:code`. */
function laidOut(text: string): { tokens: string; problems: string[] } {
  const source = new SourceFile('main.twf', text);
  const problems = new Problems(source);
  const tokens = layout(lex(problems).tokens, problems);
  const reporter = new Reporter();
  problems.reportTo(reporter, tokens);
  return {
    tokens: tokens.map(({ tokenType, image }) => SHOWN.get(tokenType) ?? (image || tokenType.PATTERN)).join(' '),
    problems: sorted(reporter.all).map(({ code, span }) => `${source.position(span.start).line}:${code}`),
  };
}

describe('layout', () => {
  it('has a lexer that Chevrotain finds nothing wrong with', () => {
    expect(createLexer(true).lexerDefinitionErrors).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['an empty file', '', ''],
    ['only comments and blank lines', '# a\n\n   # b\n', ''],
    ['a line without a line break', 'a', 'a ⏎'],
    ['nested blocks', 'a\n  b\n    c\nd\n', 'a ⏎ → b ⏎ → c ⏎ ← ← d ⏎'],
    ['blocks that end with the file', 'a\n  b\n    c', 'a ⏎ → b ⏎ → c ⏎ ← ←'],
    ['blank and comment lines, which open and close nothing', 'a\n  b\n\n# x\n      # y\n  c\n', 'a ⏎ → b ⏎ c ⏎ ←'],
    ['a comment at the end of a line', 'a # x\n  b # y\n', 'a ⏎ → b ⏎ ←'],
    ['Windows line ends and a byte order mark', '\uFEFFa\r\n  b\r\n', 'a ⏎ → b ⏎ ←'],
    ['tabs', 'a\n\tb\n\t\tc\n', 'a ⏎ → b ⏎ → c ⏎ ← ←'],
    ['an indented first line', '  a\nb\n', '→ a ⏎ ← b ⏎'],
    ['brackets over several lines', 'f(\n  a,\n  b\n)\nc\n', 'f ( a , b ) ⏎ c ⏎'],
    [
      'brackets that go on with what could begin a statement',
      'f({\n  state: x,\n  timer: y})\n',
      'f ( { state : x , timer : y } ) ⏎',
    ],
    ['blank and comment lines in brackets', 'f(\n  a,\n\n  # x\n  b)\n', 'f ( a , b ) ⏎'],
    ['holes of strings', '"a {b + c} d {e}"\n', '"a { b + c } d { e }" ⏎'],
    ['braces that are no holes', '"{\\"a\\": 1} {1} \\{b}"\n', '"{\\"a\\": 1} {1} \\{b}" ⏎'],
  ])('%s', (_, text, tokens) => {
    expect(laidOut(text)).toEqual({ tokens, problems: [] });
  });

  it.each<[string, string, string, string[]]>([
    ['an unclosed bracket before a statement', 'f(a\n  if b\nc\n', 'f ( a ) ⏎ → if b ⏎ ← c ⏎', ['1:TWF105']],
    ['an unclosed bracket before an assignment', 'f(a\n  b = 1\n', 'f ( a ) ⏎ → b = 1 ⏎ ←', ['1:TWF105']],
    ['an unclosed bracket before a line that is not deeper', '  f(a,\n  b\n', '→ f ( a , ) ⏎ b ⏎ ←', ['1:TWF105']],
    ['an unclosed bracket before a colon', 'f(a:\n  return b\n', 'f ( a ) : ⏎ → return b ⏎ ←', ['1:TWF105']],
    ['an unclosed bracket before an arrow', 'f(a -> b\n', 'f ( a ) -> b ⏎', ['1:TWF105']],
    ['a bracket that closes another', 'f([a)\n', 'f ( [ a ] ) ⏎', ['1:TWF105']],
    ['a bracket that closes nothing', 'a)\n', 'a ⏎', ['1:TWF106']],
    ['a bracket of the wrong kind', 'f(a]\n', 'f ( a ) ⏎', ['1:TWF106']],
    ['a bracket open in a hole', '"{f(a}"\n', '"{ f ( a ) }" ⏎', ['1:TWF105']],
    ['a hole that is not closed', '"{a"\n', '"{a" ⏎', ['1:TWF112']],
    ['an unclosed string', 'f("a)\nb\n', 'f ( "a) ) ⏎ b ⏎', ['1:TWF102']],
    ['tabs after spaces', 'a\n    b\n\tc\n', 'a ⏎ → b ⏎ c ⏎ ←', ['3:TWF107']],
    ['tabs and spaces in one line', 'a\n\t b\n', 'a ⏎ → b ⏎ ←', ['2:TWF107']],
    ['mixed indentation, said once', 'a\n    b\n\tc\n\td\n', 'a ⏎ → b ⏎ c ⏎ d ⏎ ←', ['3:TWF107']],
    ['a line between two blocks, nearer to the deeper', 'a\n    b\n   c\n   d\n', 'a ⏎ → b ⏎ c ⏎ d ⏎ ←', ['3:TWF108']],
    [
      'a line between two blocks, nearer to the shallower',
      'a\n    b\n c\n d\ne\n',
      'a ⏎ → b ⏎ ← c ⏎ d ⏎ e ⏎',
      ['3:TWF108'],
    ],
    ['unknown characters', 'a $ b\n', 'a b ⏎', ['1:TWF101']],
  ])('%s', (_, text, tokens, problems) => {
    expect(laidOut(text)).toEqual({ tokens, problems });
  });

  it('drops the lines of blocks that are too deep, and says so once', () => {
    const text = Array.from({ length: 5000 }, (_, depth) => `${' '.repeat(depth)}a\n`).join('') + 'b\n';
    const { tokens, problems } = laidOut(text);
    expect(problems).toEqual([`${MAX_BLOCKS + 2}:TWF109`]);
    expect(tokens.match(/a/g)).toHaveLength(MAX_BLOCKS + 1);
    expect(tokens).toContain('→ … ⏎ ←');
    expect(tokens.endsWith('← b ⏎')).toBe(true);
  });

  it('drops a line whose brackets are too deep', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}a${')'.repeat(depth)}\n`;
    expect(laidOut(nested(MAX_BRACKETS)).problems).toEqual([]);
    expect(laidOut(`${nested(MAX_BRACKETS + 1)}b\n`)).toEqual({ tokens: '… ⏎ b ⏎', problems: ['1:TWF110'] });
  });

  it('drops a line that is too long', () => {
    expect(laidOut(`${'a '.repeat(200_000)}\nb\n`)).toEqual({ tokens: '… ⏎ b ⏎', problems: ['1:TWF219'] });
  });
});
