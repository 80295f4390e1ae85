import { describe, expect, it } from 'vitest';
import { parseText } from '../testing/parse.js';
import type { Arg, Expr, RecordField } from './ast.js';

/** The expression of a text, written out with all its parentheses. */
function tree(text: string): string {
  const { ast, diagnostics } = parseText(`workflow W():\n    x = ${text}\n`);
  expect(diagnostics).toEqual([]);
  const definition = ast.definitions[0]!;
  const statement = definition.kind === 'Workflow' ? definition.body[0] : undefined;
  return statement?.kind === 'Assign' ? written(statement.value) : `${statement?.kind}`;
}

function written(value: Expr): string {
  switch (value.kind) {
    case 'Number':
    case 'NameExpr':
      return value.text;
    case 'Bool':
      return `${value.value}`;
    case 'Null':
      return 'null';
    case 'Duration':
      return `${value.milliseconds}ms`;
    case 'String':
      return `"${value.parts.map((part) => (typeof part === 'string' ? part : `{${written(part)}}`)).join('')}"`;
    case 'Field':
      return `${written(value.of)}.${value.field.text}`;
    case 'Index':
      return `${written(value.of)}[${written(value.index)}]`;
    case 'FunctionCall':
      return `${written(value.callee)}(${value.args.map(argument).join(', ')})`;
    case 'Unary':
      return `(${value.operator} ${written(value.operand)})`;
    case 'Binary':
      return `(${written(value.left)} ${value.operator} ${written(value.right)})`;
    case 'List':
      return `[${value.items.map(written).join(', ')}]`;
    case 'Record':
      return `${value.name?.text ?? ''}{${value.fields.map(field).join(', ')}}`;
    case 'Invalid':
      return '?';
  }
}

function argument({ name, value }: Arg): string {
  return name ? `${name.text}: ${written(value)}` : written(value);
}

function field({ name, value, shorthand }: RecordField): string {
  return shorthand ? `${name.text} = ${written(value)}` : `${name.text}: ${written(value)}`;
}

describe('expressions', () => {
  it.each([
    ['a or b and c', '(a or (b and c))'],
    ['a and b or c', '((a and b) or c)'],
    ['a || b && !c', '(a or (b and (not c)))'],
    ['not a == b', '(not (a == b))'],
    ['not a and b', '((not a) and b)'],
    ['not not a', '(not (not a))'],
    ['!a == b', '((not a) == b)'],
    ['a == not b', '(a == (not b))'],
    ['a not in b and c', '((a not in b) and c)'],
    ['not a in b', '(not (a in b))'],
    ['a + b * c - d', '((a + (b * c)) - d)'],
    ['a - b - c', '((a - b) - c)'],
    ['a * -b', '(a * (- b))'],
    ['--a', '(- (- a))'],
    ['-a.b[0]', '(- a.b[0])'],
    ['a < b + 1', '(a < (b + 1))'],
    ['x <-1', '(x < (- 1))'],
    ['(a + b) * c', '((a + b) * c)'],
    ['a % b / c', '((a % b) / c)'],
    ['1 + 2.50', '(1 + 2.50)'],
    ['250ms', '250ms'],
    ['30s', '30000ms'],
    ['7d', '604800000ms'],
    ['[a, 1, [true, null,],]', '[a, 1, [true, null]]'],
    ['[]', '[]'],
    ['f()', 'f()'],
    ['f(a, b: 1, in: c)', 'f(a, b: 1, in: c)'],
    ['a.f(x).g.h(y)', 'a.f(x).g.h(y)'],
    ['m["k"].v', 'm["k"].v'],
    ['R{}', 'R{}'],
    ['R{a: 1, b, c.d, "e f": g}', 'R{a: 1, b = b, d = c.d, e f: g}'],
    ['{k: v, in: 1}', '{k: v, in: 1}'],
    ['state + type + timer + options', '(((state + type) + timer) + options)'],
    ['order.in.not.true', 'order.in.not.true'],
    ['"a {b.c + 1} d{f(x)}"', '"a {(b.c + 1)} d{f(x)}"'],
    ['"{a}{b}"', '"{a}{b}"'],
    ['"{f({k: v})}"', '"{f({k: v})}"'],
    ['""', '""'],
    ['"{ a } {1} {}"', '"{ a } {1} {}"'],
    ['"\\{a\\} \\\\ \\u{41}\\t"', '"{a} \\ A\t"'],
    ['"#not a comment" # a comment', '"#not a comment"'],
    ['f(\n        a,\n    )', 'f(a)'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });

  it('has the places of what stands in holes', () => {
    const { ast, source } = parseText('workflow W():\n    x = "é {order.total}"\n');
    const [definition] = ast.definitions;
    const statement = definition?.kind === 'Workflow' ? definition.body[0] : undefined;
    const value = statement?.kind === 'Assign' ? statement.value : undefined;
    const hole = value?.kind === 'String' ? value.parts[1] : undefined;
    const { start, end } = (hole as Expr).span;
    expect(source.text.slice(start, end)).toBe('order.total');
  });

  it.each([
    ['1 < 2 < 3', 'TWF218'],
    ['f(a: 1, 2)', 'TWF214'],
    ['R{f(x)}', 'TWF215'],
    ['xs[0](1)', 'TWF216'],
    ['None', 'TWF217'],
    ['"\\q"', 'TWF111'],
    ['"{a"', 'TWF112'],
    ['"{a b}"', 'TWF206'],
    ['a +', 'TWF202'],
    ['(a, b)', 'TWF206'],
    ['[a,, b]', 'TWF202'],
    ['5min', 'TWF104'],
    ["'a'", 'TWF103'],
    ['99999999999d', 'TWF113'],
    [`a${' + a'.repeat(600)}`, 'TWF219'],
    [`a${'.b'.repeat(600)}`, 'TWF219'],
    [`${'-'.repeat(600)}a`, 'TWF219'],
  ])('%s is wrong', (text, code) => {
    const { diagnostics } = parseText(`workflow W():\n    x = ${text}\n`);
    expect(diagnostics.map((one) => one.code)).toEqual([code]);
  });
});
