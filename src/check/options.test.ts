import { describe, expect, test } from 'vitest';
import { nodesOf, optionsLine, variablesOf } from '../testing/facts.js';
import { checkTexts, problemsOf, spoken } from '../testing/program.js';
import { canonicalKey, optionTable } from '../options/options.js';

/** The options of every call of a program, in the order of the source. */
function optionsOf(source: string): string[] {
  const { files, facts } = checkTexts(source);
  const calls = [...nodesOf(files, 'ActivityCall'), ...nodesOf(files, 'WorkflowCall'), ...nodesOf(files, 'NexusCall')];
  return calls.map((call) => optionsLine(facts.calls.get(call)!.options));
}

/** What calls of an activity get, whose own options are given. */
const activity = (own: string, body: string) =>
  optionsOf(`workflow W(patience: duration, name: string):\n${body}\nactivity A(x: string):\n${own}    a.a(x)\n`);

describe('where options stand', () => {
  test('before a call, under it, and as a block', () => {
    const body = `
    options(timeout: 5m)
    activity A("before")
    activity A("under")
        options(timeout: 6m)
    activity A("block")
        options:
            timeout: 7m
            retry_policy:
                maximum_attempts: 3
`;
    expect(activity('', body)).toEqual([
      'startToCloseTimeout: 5m',
      'startToCloseTimeout: 6m',
      'startToCloseTimeout: 7m, retry: { maximumAttempts: 3 }',
    ]);
  });

  test('a call’s own win over those of the definition, key by key, nested ones as a whole', () => {
    const own = '    options(timeout: 1m, heartbeat: 5s, retry: {max_attempts: 3, initial_interval: 1s})\n';
    const body = `
    activity A("plain")
    options(timeout: 2m)
    activity A("own")
    options(retry: {backoff_coefficient: 1.5})
    activity A("nested")
`;
    expect(activity(own, body)).toEqual([
      'startToCloseTimeout: 1m, heartbeatTimeout: 5s, retry: { initialInterval: 1s, maximumAttempts: 3 }',
      'startToCloseTimeout: 2m, heartbeatTimeout: 5s, retry: { initialInterval: 1s, maximumAttempts: 3 }',
      'startToCloseTimeout: 1m, heartbeatTimeout: 5s, retry: { backoffCoefficient: 1.5 }',
    ]);
  });

  test('computed values', () => {
    const body = '    options(timeout: patience, summary: "for {name}")\n    activity A("x")\n';
    expect(activity('', body)).toEqual(['startToCloseTimeout: computed, summary: computed']);
  });
});

test('what has no effect computes nothing', () => {
  const { files, facts, diagnostics } = checkTexts(`
    nexus_service Bank:
        operation Pay(id: string)
    workflow W(name: string):
        key = name + "x"
        nexus "bank" workflow Pay(name)
            options(priority: {fairness_key: key}, timeout: 1m)
`);
  expect(variablesOf(files, facts).map(({ name, read }) => [name, read])).toEqual([
    ['key', false],
    ['name', true],
  ]);
  expect(diagnostics.map(spoken)).toEqual(expect.arrayContaining(['TWF505 priority', 'TWF751 key']));
});

describe('how keys are spelled', () => {
  test.each([
    ['start_to_close_timeout', 'startToCloseTimeout'],
    ['timeout', 'startToCloseTimeout'],
    ['startToCloseTimeout', 'startToCloseTimeout'],
    ['heartbeat', 'heartbeatTimeout'],
    ['retry', 'retry'],
  ])('%s', (written, sdk) => {
    expect(optionTable.activity[canonicalKey('activity', written)!]!.sdk).toBe(sdk);
  });

  test('no spelling means two keys', () => {
    for (const rows of Object.values(optionTable)) {
      const spellings = Object.entries(rows).flatMap(([key, { aliases = [] }]) => [key, ...aliases]);
      expect(new Set(spellings).size).toBe(spellings.length);
    }
  });

  test('constants in any case, durations without quotes', () => {
    const one = (options: string) =>
      problemsOf(`workflow W():\n    options(timeout: 1m, ${options})\n    activity A()\nactivity A():\n    a.a()\n`);
    expect(one('cancellation_type: TRY_CANCEL')).toEqual([]);
    expect(one('cancellationType: try_cancel')).toEqual([]);
    expect(one('cancellation_type: try')).toEqual(['TWF502 try']);
    expect(one('heartbeat: "5s"')).toEqual(['TWF502 "5s"']);
    expect(one('heartbeat: 5')).toEqual(['TWF502 5']);
    expect(one('retry: {max_attempts: 1.5}')).toEqual(['TWF502 1.5']);
    expect(one('summary: 5')).toEqual(['TWF502 5']);
    expect(one('heartbit: 5s')).toEqual(['TWF501 heartbit']);
    expect(one('timeout: 2m')).toEqual(['TWF503 timeout']);
  });

  test('zero attempts and less are no limit', () => {
    const body =
      '    options(timeout: 1m, retry: {max_attempts: 0})\n    activity A("x")\n    options(timeout: 1m, retry: {max_attempts: -1})\n    activity A("x")\n';
    expect(activity('', body)).toEqual([
      'startToCloseTimeout: 1m, retry: {  }',
      'startToCloseTimeout: 1m, retry: {  }',
    ]);
  });
});

test.each([
  ['service', 'options(name: "acme.v1")', 'default_options:\n            name: "check-it"', []],
  ['twice', '', 'default_options:\n            name: "Other"', ['TWF303 Other']],
  ['no address', '', 'default_options:\n            name: "a/b"', ['TWF502 "a/b"']],
  ['unknown', 'options(nam: "x")', 'default_options:\n            name: "y"', ['TWF501 nam']],
])('names of services and operations: %s', (_, service, operation, expected) => {
  const text = `nexus_service S:
    ${service}
    operation Op(id: string) -> string:
        ${operation}
        return id
    operation Other() -> int
nexus_endpoint Ep:
    target_namespace: n
    target_task_queue: q
    allowed_caller_namespaces: [default]
`;
  expect(problemsOf(text)).toEqual(expected);
});

describe('defaults', () => {
  test('an activity gets a minute for each attempt, which is said once', () => {
    const source = 'workflow W():\n    activity A()\n    activity A()\nactivity A():\n    a.a()\n';
    expect(optionsOf(source)).toEqual(['startToCloseTimeout: 1m', 'startToCloseTimeout: 1m']);
    expect(checkTexts(source).diagnostics.map(({ code }) => code)).toEqual(['TWF507']);
    expect(activity('    options(schedule_to_close_timeout: 1h)\n', '    activity A("x")\n')).toEqual([
      'scheduleToCloseTimeout: 1h',
    ]);
  });

  const nexus = (statement: string) => optionsOf(`nexus_service S:\n    operation Op()\nworkflow W():\n${statement}`);

  test('a Nexus call without a timeout waits long, and a detached one a day', () => {
    expect(nexus('    nexus "sv" workflow Op()\n')).toEqual([
      'scheduleToCloseTimeout: 60d, scheduleToStartTimeout: 24h',
    ]);
    expect(nexus('    detach nexus "sv" workflow Op()\n')).toEqual([
      'scheduleToCloseTimeout: 24h, scheduleToStartTimeout: 24h',
    ]);
    expect(nexus('    options(timeout: 5m)\n    nexus "sv" workflow Op()\n')).toEqual(['scheduleToCloseTimeout: 5m']);
    expect(nexus('    options(schedule_to_start_timeout: 5m)\n    nexus "sv" workflow Op()\n')).toEqual([
      'scheduleToStartTimeout: 5m',
    ]);
  });

  test('it is told so, unless it races against a timer', () => {
    const warnings = (statement: string) =>
      problemsOf(`nexus_service S:\n    operation Op()\nworkflow W():\n${statement}`);
    expect(warnings('    nexus "sv" workflow Op()\n')).toEqual(['TWF506 Op']);
    expect(warnings('    await one:\n        nexus "sv" workflow Op()\n        timer(5m)\n')).toEqual([]);
    const deadline = '    promise late <- timer(5m)\n    await one:\n        nexus "sv" workflow Op()\n        late\n';
    expect(warnings(deadline)).toEqual([]);
    const all = (other: string, options = '') =>
      `    await one:\n${options}        await all:\n            nexus "sv" workflow Op()\n            if true:\n                nexus "sv" workflow Op()\n${other}`;
    expect(warnings(all('        timer(5m):\n            close\n'))).toEqual([]);
    expect(warnings(all('        timer(5m):\n            nexus "sv" workflow Op()\n'))).toEqual(['TWF506 Op']);
    const abandoning = '        options:\n            losers: abandon\n';
    expect(warnings(all('        timer(5m)\n', abandoning))).toEqual(['TWF506 Op', 'TWF506 Op']);
  });

  test('what races is cancelled without being waited for', () => {
    expect(nexus('    await one:\n        nexus "sv" workflow Op()\n        timer(5m)\n')).toEqual([
      'scheduleToCloseTimeout: 60d, scheduleToStartTimeout: 24h, cancellationType: WAIT_CANCELLATION_REQUESTED',
    ]);
    const children =
      'workflow W():\n    await one:\n        workflow V()\n        timer(5m)\n    await one:\n        workflow V()\nworkflow V():\n    await timer(1h)\n';
    expect(optionsOf(children)).toEqual(['cancellationType: WAIT_CANCELLATION_REQUESTED', '']);
  });

  test('a detached child is left alone', () => {
    expect(optionsOf('workflow W():\n    detach workflow V()\nworkflow V():\n    await timer(1h)\n')).toEqual([
      'parentClosePolicy: ABANDON',
    ]);
  });

  test('a start with an id attaches to the workflow that runs', () => {
    const source = (id: string) =>
      `nexus_service S:\n    operation Op(x: string):\n        return workflow V(x)${id}\nworkflow V(x: string):\n    await timer(1h)\n`;
    expect(optionsOf(source(':\n            workflow_id: "v-{x}"'))).toEqual([
      'workflowId: computed, workflowIdConflictPolicy: USE_EXISTING',
    ]);
    expect(optionsOf(source(''))).toEqual(['']);
  });
});

describe('options of definitions', () => {
  test('are checked whether somebody calls or not', () => {
    expect(problemsOf('activity A():\n    options(tiemout: 5s)\n    a.a()\n')).toEqual(['TWF501 tiemout']);
    expect(problemsOf('workflow W():\n    default_options:\n        tiemout: 5s\n    await timer(1h)\n')).toEqual([
      'TWF501 tiemout',
    ]);
  });

  test('are constant', () => {
    expect(problemsOf('activity A(d: duration):\n    options(timeout: d)\n    a.a(d)\n')).toEqual(['TWF502 d']);
  });
});

test('what is not compiled yet is named', () => {
  const source =
    'workflow W():\n    options(search_attributes: 3)\n    workflow V()\nworkflow V():\n    await timer(1h)\n';
  expect(checkTexts(source).diagnostics.map(({ message }) => message)).toEqual([
    '`search_attributes` options are not supported yet.',
  ]);
});

test('what has no effect is left out, with a warning', () => {
  const source =
    'nexus_service S:\n    operation Op()\nworkflow W():\n    options(timeout: 5m, retry: {max_attempts: 3}, priority: "high")\n    nexus "sv" workflow Op()\n';
  expect(problemsOf(source)).toEqual(['TWF505 retry', 'TWF505 priority']);
  expect(optionsOf(source)).toEqual(['scheduleToCloseTimeout: 5m']);
});

describe('constants', () => {
  const one = (options: string) =>
    problemsOf(`workflow W():\n    options(timeout: 1m, ${options})\n    activity A()\nactivity A():\n    a.a()\n`);

  test.each([
    ['heartbeat_timeout: 0s', ['TWF510 0s']],
    ['heartbeat_timeout: -1s', ['TWF510 -1s']],
    ['retry: {backoff_coefficient: 0.99}', ['TWF510 0.99']],
    ['retry: {backoff_coefficient: 1}', []],
    ['retry: {maximum_attempts: -1}', []],
    ['retry: {maximum_interval: 900ms}', ['TWF511 900ms']],
    ['retry: {initial_interval: 900ms, maximum_interval: 900ms}', []],
    ['retry: {initial_interval: 0s, maximum_interval: 1s}', ['TWF510 0s']],
    ['priority: {priority_key: 0}', ['TWF510 0']],
    ['priority: {priority_key: 5, fairness_weight: 0.001}', []],
    ['priority: {priority_key: 1.5}', ['TWF502 1.5']],
    ['priority: {fairness_weight: 1000.5}', ['TWF510 1000.5']],
    ['priority: 3', ['TWF502 3']],
    ['request_eager_execution: 3', ['TWF502 3']],
  ])('%s', (options, problems) => {
    expect(one(options)).toEqual(problems);
  });
});

test('what a start means of the options of a workflow is its own', () => {
  const source = `nexus_service S:
    operation Op():
        return workflow W()
workflow W():
    default_options:
        parent_close_policy: abandon
        workflow_id_conflict_policy: fail
        workflow_run_timeout: 1h
    await timer(1h)
workflow P():
    workflow W()
`;
  expect(optionsOf(source)).toEqual([
    'workflowRunTimeout: 1h, workflowIdConflictPolicy: FAIL',
    'workflowRunTimeout: 1h, parentClosePolicy: ABANDON',
  ]);
});

describe('memos', () => {
  const child = (memo: string, own = '') =>
    `workflow W(id: string, note: string?):\n    spawn workflow V() -> h\n    workflow V()\n        options(memo: ${memo})\n    await h\nworkflow V():\n${own}    await timer(1h)\n`;

  test('hold values under names of the author’s, also in definitions', () => {
    expect(
      optionsOf(
        child(
          '{order: id, more: {note: note, size: 3}}',
          '    default_options(memo: {size: -3, of: "v", big: true})\n',
        ),
      ),
    ).toEqual([
      'memo: { size: -3, of: "v", big: true }',
      'memo: { order: computed, more: { note: computed, size: computed } }',
    ]);
  });

  test.each([
    ['3', 'TWF502 3'],
    ['{a: 1, a: 2}', 'TWF503 a'],
    ['{a: h}', 'TWF502 h'],
    ['{a: nothing}', 'TWF308 nothing'],
  ])('%s is one mistake', (memo, problem) => {
    expect(problemsOf(child(memo))).toEqual([problem]);
  });

  test('of a definition are constant', () => {
    expect(problemsOf(child('{a: 1}', '    default_options(memo: {size: now()})\n'))).toEqual(['TWF502 now()']);
  });
});

describe('headers of a Nexus call', () => {
  const calling = (headers: string) =>
    `nexus_service S:\n    operation Op(x: int) -> int\n\nworkflow W(id: string, n: int, note: string?) -> int:\n    options(timeout: 1m, headers: ${headers})\n    nexus "elsewhere" workflow Op(n) -> r\n    close r\n`;

  test('are texts under names, in small letters', () => {
    const { diagnostics, facts } = checkTexts({ 'a.twf': calling('{"X-Id": id, trace: "t\\t{n}", plain: "ü"}') });
    expect(diagnostics).toEqual([]);
    const [call] = facts.calls.values();
    expect(call!.kind === 'nexus' && call!.headers.map(({ name, value }) => `${name} ${value.kind}`)).toEqual([
      'x-id expression',
      'trace expression',
      'plain string',
    ]);
  });

  test.each([
    ['id', 'TWF502 id'],
    ['[id]', 'TWF502 [id]'],
    ['{a: n}', 'TWF502 n'],
    ['{a: true}', 'TWF502 true'],
    ['{a: {b: id}}', 'TWF502 {b: id}'],
    ['{a: "x\\ny: z"}', 'TWF502 "x\\ny: z"'],
    ['{a: "x\\u{0}"}', 'TWF502 "x\\u{0}"'],
    ['{"X-A": id, "x-a": id}', 'TWF503 "x-a"'],
    ['{"a b": id}', 'TWF822 "a b"'],
    ['{"../a/": id}', 'TWF822 "../a/"'],
    ['{"operation-timeout": id}', 'TWF822 "operation-timeout"'],
    ['{__proto__: id}', 'TWF822 __proto__'],
    ['{"X-Api-Key": id}', 'TWF823 "X-Api-Key"'],
  ])('%s is one mistake', (headers, problem) => {
    expect(problemsOf(calling(headers))).toEqual([problem]);
  });

  test('that may be missing are an error', () => {
    expect(problemsOf(calling('{a: note}'))).toEqual(['TWF413 note']);
  });
});
