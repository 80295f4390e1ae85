/** Definitions whose first word is misspelt keep what stands under them. */
import { expect, test } from 'vitest';
import { parseText } from '../testing/parse.js';

test.each([
  ['worflow W(x: int) -> int:\n    close x\n', 'Workflow', 'TWF208', 'workflow'],
  ['workflowworkflow W():\n    close\n', 'Workflow', 'TWF208', 'workflow'],
  ['actvity A(x: int):\n    a.b(x)\n', 'Activity', 'TWF208', 'activity'],
  ['nexus_servce S:\n    operation Op()\n', 'Service', 'TWF208', 'nexus_service'],
  ['nexus servce S:\n    operation Op()\n', 'Service', 'TWF208', 'service'],
  ['nexus endpont E:\n    target_namespace: n\n', 'Endpoint', 'TWF208', 'endpoint'],
  ['workers w:\n    workflow W\n', 'Worker', 'TWF208', 'worker'],
  ['namspace n:\n    worker w\n', 'Namespace', 'TWF208', 'namespace'],
  ['tpye T:\n    a: int\n', 'RecordDef', 'TWF208', 'type'],
  ['typ T = []int\n', 'AliasDef', 'TWF208', 'type'],
  ['enm E: a, b\n', 'EnumDef', 'TWF208', 'enum'],
  ['extren activity F()\n', 'ExternActivity', 'TWF208', 'extern'],
  ['.workflow W():\n    close\n', 'Workflow', 'TWF204', ''],
  ['workflow .W():\n    close\n', 'Workflow', 'TWF201', ''],
])('%j', (text, kind, code, word) => {
  const { ast, diagnostics } = parseText(text);
  expect(ast.definitions.map((one) => one.kind)).toEqual([kind]);
  expect(diagnostics.map((one) => one.code)).toEqual([code]);
  expect(diagnostics[0]!.fixes.map(({ edits }) => edits.map((edit) => edit.text))).toEqual([[word]]);
});

test('what is near to nothing, or opens nothing, is no definition', () => {
  for (const text of ['frobnicate W():\n    close\n', 'worflow W()\n', 'words W:\n', 'x = 1\n']) {
    expect(parseText(text).ast.definitions.map((one) => one.kind)).toEqual(['Invalid']);
  }
});

test('lines inside of definitions are as they are', () => {
  const text = 'activity A():\n    worker(x)\n    typ.f(x)\n';
  expect(parseText(text).diagnostics).toEqual([]);
});

test('imports and packages', () => {
  const { ast, diagnostics } = parseText('pakage p\nimprt "a/b"\nuses types from "./t.ts"\n');
  expect([ast.package?.name.text, ast.imports.length, ast.uses.length]).toEqual(['p', 1, 1]);
  expect(diagnostics.map((one) => one.code)).toEqual(['TWF208', 'TWF208', 'TWF208']);
});
