import { HandlerError } from 'nexus-rpc';
import { describe, expect, test } from 'vitest';
import { isHandlerError } from '../../runtime/workflow/nexus-error.js';
import { dependencyLines } from '../testing/facts.js';
import { checkTexts, problemsOf } from '../testing/program.js';
import { handlerErrors } from './error-kinds.js';

const endpoint = `nexus_endpoint AccountsEndpoint:
    target_namespace: accounts
    target_task_queue: accounts
    allowed_caller_namespaces: [default]

`;

/** A service of operations, each with the lines of its body. */
function service(operations: Readonly<Record<string, readonly string[]>>): string {
  const lines = Object.entries(operations).flatMap(([head, body]) => [
    `    operation ${head}:`,
    ...body.map((one) => `        ${one}`),
  ]);
  return `${endpoint}nexus_service Accounts:\n${lines.join('\n')}\n`;
}

const open = '\nworkflow Open(id: string) -> string:\n    close id\n';

describe('what a body answers with', () => {
  const answers = (...body: readonly string[]) => {
    const { facts } = checkTexts(service({ 'Find(id: string) -> string?': body }) + open);
    return [...facts.operations.values()].map((one) => one.answers);
  };

  test.each<[string, readonly string[]]>([
    ['value', ['return id']],
    ['value', ['close complete(id)']],
    ['value', ['log.info("nothing")']],
    ['value', ['close fail "no"']],
    ['workflow', ['return workflow Open(id)']],
    ['workflow', ['if id == "":', '    close fail "no"', 'return workflow Open(id)']],
    ['either', ['if id == "":', '    return null', 'return workflow Open(id)']],
    ['either', ['if id != "":', '    return workflow Open(id)']],
  ])('%s: %j', (expected, body) => {
    expect(answers(...body)).toEqual([expected]);
  });
});

describe('results', () => {
  test('are what is returned', () => {
    const { facts } = checkTexts(service({ 'Find(id: string)': ['return id'], 'Note(id: string)': ['log.info(id)'] }));
    expect(facts.services[0]!.operations.map(({ result }) => result.kind)).toEqual(['string', 'void']);
  });

  test('fit what is declared, and are given on every path', () => {
    expect(problemsOf(service({ 'Find(id: string) -> int': ['return id'] }))).toEqual(['TWF402 id']);
    expect(problemsOf(service({ 'Find(id: string) -> int': ['if id == "":', '    return 1'] }))).toEqual([
      'TWF601 Find',
    ]);
    expect(problemsOf(service({ 'Find(id: string) -> int': ['return'] }))).toEqual(['TWF425 return']);
  });
});

describe('functions that nobody defines', () => {
  const worker = (source: string) => checkTexts(source).facts.topology.workers[0]!;

  test('are dependencies of the services, apart from those of activities', () => {
    const source = `${service({ 'Find(id: string) -> string': ['return accounts.find(id)'] })}
activity Note(id: string):
    options(timeout: 1m)
    ledger.note(id)

workflow Noting(id: string):
    activity Note(id)
`;
    expect(dependencyLines(worker(source).serviceDependencies)).toEqual(['accounts.find(id: string) -> string']);
    expect(dependencyLines(worker(source).dependencies)).toEqual([]);
  });

  test('that are used in two ways are given apart', () => {
    const source = service({
      'Find(id: string) -> string': ['return lookup(id)'],
      'Count(id: string) -> int': ['return lookup(id)'],
    });
    expect(dependencyLines(worker(source).serviceDependencies)).toEqual([
      'Accounts.Count.lookup(id: string) -> int',
      'Accounts.Find.lookup(id: string) -> string',
    ]);
    expect(problemsOf(source)).toEqual(['TWF422 lookup']);
  });

  test('what an activity says about itself is none of them', () => {
    expect(problemsOf(service({ 'Find(id: string)': ['heartbeat(id)'] }))).toEqual(['TWF607 heartbeat(id)']);
  });
});

describe('who calls', () => {
  const asking = (...body: readonly string[]) => problemsOf(service({ 'Find(id: string) -> bool': body }));

  test('may be nobody, who is in no list', () => {
    expect(asking('caller = get_caller_info()', 'return caller.namespace in allowed_namespaces')).toEqual([]);
    expect(asking('return get_caller_info().workflow_id not in ["a", id]')).toEqual([]);
    expect(asking('return get_caller_info().namespace == id')).toEqual([]);
    expect(asking('return get_caller_info().nobody == id')).toEqual(['TWF429 nobody']);
    expect(problemsOf(service({ 'Find(id: string) -> string': ['return get_caller_info().namespace'] }))).toEqual([
      'TWF413 get_caller_info().namespace',
    ]);
  });

  test('is asked by operations alone', () => {
    const activity = 'activity Note():\n    options(timeout: 1m)\n    caller = get_caller_info()\n    note(caller)\n';
    expect(problemsOf(activity)).toEqual(['TWF607 get_caller_info()']);
    expect(problemsOf('type NexusCallerInfo:\n    id: string\n')).toEqual(['TWF316 NexusCallerInfo']);
  });

  test('is open to everybody, unless the endpoint or the operation says otherwise', () => {
    const opened = (source: string) => problemsOf(source.replace('    allowed_caller_namespaces: [default]\n', ''));
    expect(opened(service({ 'Find(id: string) -> string': ['return id'] }))).toEqual(['TWF706 AccountsEndpoint']);
    expect(opened(service({ 'Find(id: string)': ['caller = get_caller_info()', 'note(caller)'] }))).toEqual([]);
  });
});

describe('options', () => {
  const problems = (option: string, ...body: readonly string[]) =>
    problemsOf(service({ 'Find(id: string) -> string': ['options:', `    ${option}`, ...body] }) + open);

  test('of an operation stand first in its body', () => {
    expect(problems('on_cancel: ignore', 'return workflow Open(id)')).toEqual([]);
    expect(problems('onCancel: CANCEL', 'return workflow Open(id)')).toEqual([]);
    expect(problems('on_cancel: never', 'return workflow Open(id)')).toEqual(['TWF502 never']);
    expect(problems('retry_unknown_errors: true', 'return id')).toEqual([]);
  });

  test('about a workflow have no effect where there is none', () => {
    expect(problems('on_cancel: ignore', 'return id')).toEqual(['TWF505 on_cancel']);
    expect(problems('on_cancel: ignore', 'if id == "":', '    return id', 'return workflow Open(id)')).toEqual([]);
  });
});

describe('errors', () => {
  test.each([...handlerErrors])('%s is what callers catch %s by', (name, kind) => {
    expect(isHandlerError([new HandlerError(kind, 'text')], name)).toBe(true);
  });

  test('of other kinds have names of their own', () => {
    const raising = (statement: string) => problemsOf(service({ 'Find(id: string)': [statement] }));
    expect(raising('raise Declined(id)')).toEqual([]);
    expect(raising('raise NexusNotFoundError(id)')).toEqual(['TWF650 NexusNotFoundError']);
    expect(raising('raise NotFound(id) retry in 1m')).toEqual(['TWF730 1m']);
    expect(raising('raise')).toEqual(['TWF648 raise']);
  });

  test.each([
    ['Declined', []],
    ['NotFound', []],
    ['TimeoutError', []],
    ['Error', []],
    ['ActivityError', ['TWF649 ActivityError']],
    ['NexusTimeoutError', ['TWF649 NexusTimeoutError']],
    ['CancelledError', ['TWF649 CancelledError']],
  ])('that an operation catches: %s', (name, problems) => {
    const body = ['try:', '    ledger.note(id)', `catch ${name}:`, '    ledger.forget(id)'];
    expect(problemsOf(service({ 'Find(id: string)': body }))).toEqual(problems);
  });
});
