/** Default values of parameters. */
import { expect, test } from 'vitest';
import { problemsOf } from '../testing/program.js';

const program = (params: string, call: string) =>
  problemsOf(`workflow W(${params}):\n    log("x")\nworkflow V(id: string):\n    ${call}\n`);

test.each([
  ['left out', 'a: string, b: int = 3', 'workflow W(id)', []],
  ['given', 'a: string, b: int = 3', 'workflow W(id, 4)', []],
  ['given by name', 'a: string, b: int = 3, c: bool = true', 'workflow W(id, c: false)', []],
  ['given twice', 'a: string, b: int = 3', 'workflow W(id, 4, b: 5)', ['TWF403 b: 5']],
  ['of another type', 'a: string, b: int = "x"', 'workflow W(id)', ['TWF402 "x"']],
  ['negative', 'a: string, b: int = -3', 'workflow W(id)', []],
  ['a duration', 'a: string, b: duration = 5m', 'workflow W(id)', []],
  ['without a type', 'a: string, b = 5', 'workflow W(id, 6)', []],
  ['computed', 'a: string, b: string = a', 'workflow W(id)', ['TWF512 a']],
  ['with a hole', 'a: string, b: string = "{a}"', 'workflow W(id)', ['TWF512 "{a}"']],
  ['before others', 'b: int = 3, a: string', 'workflow W(1, id)', ['TWF513 a']],
  ['too few', 'a: string, b: int = 3', 'workflow W()', ['TWF403 W']],
])('%s', (_, params, call, problems) => {
  expect(program(params, call)).toEqual(problems);
});

test.each([
  ['a signal', 'signal h.Add("x")', []],
  ['a signal without what it needs', 'signal h.Add()', ['TWF403 Add']],
  ['an operation', 'nexus "Ep" workflow Op("x") -> r', []],
  ['an operation without what it needs', 'nexus "Ep" workflow Op(n: 3) -> r', ['TWF405 Op']],
  ['an extern workflow', 'workflow Away("x") -> r', []],
  ['an extern function', 'r = far("x")', []],
])('%s leaves out what has a value', (_, call, problems) => {
  const source = `nexus_service S:
    operation Op(text: string, n: int = 3) -> int:
        return n
nexus_endpoint Ep:
    target_namespace: n
    target_task_queue: q
    allowed_caller_namespaces: [default]
extern workflow Away(text: string, n: int = 3) -> int
extern function far(text: string, n: int = 3) -> int
workflow Child():
    signal Add(text: string, n: int = 3):
        log("{text} {n}")
    await timer(1m)
workflow V() -> int:
    r = 1
    spawn workflow Child() -> h
    options(timeout: 1m${call.startsWith('workflow') ? ', task_queue: "away"' : ''})
    ${call}
    await h
    close r
`;
  const found = problemsOf(
    call.includes('signal') || call.startsWith('r =') ? source.replace(/.*options.*\n/, '') : source,
    {
      externs: './externs.ts',
    },
  );
  expect(found).toEqual(problems);
});

test('of messages, operations and extern functions they are constants of their types', () => {
  expect(
    problemsOf(`workflow W():
    signal S(n: int = "x")
    query Q(n: string = m) -> string:
        return n
    await signal S -> n
    log("{n}")
`),
  ).toEqual(['TWF402 "x"', 'TWF512 m']);
});

test('requests of operations that are a workflow give every value', () => {
  const source = `nexus_service S:
    async Op workflow W
nexus_endpoint Ep:
    target_namespace: n
    target_task_queue: q
    allowed_caller_namespaces: [default]
workflow W(a: string, b: int = 3):
    log("{a} {b}")
workflow V(id: string):
    options(timeout: 1m)
    nexus "Ep" workflow Op(id)
`;
  expect(problemsOf(source)).toEqual(['TWF403 Op']);
});
