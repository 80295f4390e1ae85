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

test('requests of operations give every value', () => {
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
