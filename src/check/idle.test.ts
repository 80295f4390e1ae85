import { describe, expect, test } from 'vitest';
import { checkTexts } from '../testing/program.js';

/** The assignments for which nothing is printed, and the names of variables that nothing reads. */
function idle(body: string, more = ''): { statements: string[]; names: string[] } {
  const text = body
    .trim()
    .split('\n')
    .map((line) => `    ${line.replace(/^ {4}/, '')}\n`)
    .join('');
  const { facts, files, diagnostics } = checkTexts(`workflow W(a: int, xs: []int):\n${text}${more}${activity}`);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [{ source }] = files as [(typeof files)[0]];
  const statements = [...facts.idle].map(({ span }) => source.text.slice(span.start, span.end)).sort();
  const names = new Set<string>();
  for (const definition of files[0]!.ast.definitions) {
    if (definition.kind !== 'Workflow') continue;
    for (const statement of definition.body) {
      const targets =
        statement.kind === 'Assign'
          ? [statement.target]
          : statement.kind === 'CallStmt'
            ? (statement.binding?.targets ?? [])
            : [];
      for (const target of targets) {
        const variable = target.kind === 'NameExpr' ? facts.variables.get(target) : undefined;
        if (variable && !variable.read) names.add(variable.name);
      }
    }
  }
  return { statements, names: [...names] };
}

const activity = 'activity F(n: int) -> int:\n    options(timeout: 9s)\n    return n\n';

describe('an assignment that nothing reads', () => {
  test('does nothing', () => {
    expect(idle('x = a + 1')).toEqual({ statements: ['x = a + 1'], names: ['x'] });
  });

  test('is left out with those that only it reads', () => {
    expect(idle('x = a\ny = x\nz = [y]\nactivity F(a) -> r')).toEqual({
      statements: ['x = a', 'y = x', 'z = [y]'],
      names: ['x', 'y', 'z', 'r'],
    });
  });

  test('still computes what may fail', () => {
    expect(idle('x = 10 / a\ny = xs[0] + 1\nz = decimal("{a}")')).toEqual({ statements: [], names: ['x', 'y', 'z'] });
  });

  test('is none if its variable is read somewhere', () => {
    expect(idle('x = 1\nx = x + 1')).toEqual({ statements: [], names: [] });
  });
});

test('lists of fan-outs that only idle assignments read are idle', () => {
  const { statements, names } = idle('await all:\n        for one in xs:\n            activity F(one) -> n\ny = n');
  expect(statements).toEqual(['y = n']);
  expect(names).toEqual(['y']);
});
