import { describe, expect, it } from 'vitest';
import { annotate } from '../testing/annotate.js';
import { parseText } from '../testing/parse.js';
import { children, nodeAt, walk } from './visit.js';

const TEXT = `workflow W(order: Order) -> string:
    for (k, v in order.items):
        x = "a {k}"  # comment
    close x
`;

describe('walking the tree', () => {
  const { ast } = parseText(TEXT);

  it('gives the children of a node, also those in the head of a loop', () => {
    const [workflow] = ast.definitions;
    const loop = workflow?.kind === 'Workflow' ? workflow.body[0] : undefined;
    expect(loop && children(loop).map(({ kind }) => kind)).toEqual(['NameExpr', 'NameExpr', 'Field', 'Assign']);
  });

  it('enters parents before children, leaves them after, and skips what is not wanted', () => {
    const seen: string[] = [];
    walk(ast, {
      enter: ({ kind }, parent) => {
        seen.push(`+${kind}<${parent?.kind ?? ''}`);
        return kind !== 'For' && kind !== 'Param';
      },
      leave: ({ kind }) => void seen.push(`-${kind}`),
    });
    expect(seen.join(' ')).toBe(
      '+File< +Workflow<File +Name<Workflow -Name +Param<Workflow +ResultType<Workflow +NamedType<ResultType ' +
        '-NamedType -ResultType +For<Workflow +Close<Workflow +NameExpr<Close -NameExpr -Close -Workflow -File',
    );
  });

  it.each<[string, string]>([
    ['W(order', 'Name'],
    ['Order)', 'NamedType'],
    ['items', 'Name'],
    ['{k', 'String'],
    ['k}', 'NameExpr'],
    ['# comment', 'Workflow'],
    ['\n    close', 'Workflow'],
    ['close', 'Close'],
  ])('finds the innermost node at %j', (before, kind) => {
    expect(nodeAt(ast, TEXT.indexOf(before)).kind).toBe(kind);
  });

  it('finds the node that ends at an offset', () => {
    expect(nodeAt(ast, TEXT.indexOf('close x') + 'close x'.length).kind).toBe('NameExpr');
  });
});

describe('annotate', () => {
  it('puts the nodes of each line under it, as comments', () => {
    const parsed = parseText('activity A():\n    spawn activity B(1) -> h\n    close\n');
    const text = annotate(parsed);
    expect(text).toBe(`activity A():
#@ File [1:4.1) Activity [1:3.10) Name [10:11)
    spawn activity B(1) -> h
#@ CallStmt(spawn) [5:29) ActivityCall [11:24) Name [20:21) Arg [22:23) Number [22:23) Binding [25:29) NameExpr [28:29)
    close
#@ Close(complete) [5:10)
`);
    expect(parseText(text).diagnostics).toEqual([]);
  });
});
