import { describe, expect, test } from 'vitest';
import { problemsOf } from '../testing/program.js';

const workflows = `
workflow Order(id: string, amount: decimal):
    signal Approve(by: string, level: int?)
    signal Stop()
    query Amount(currency: string) -> decimal:
        return amount
    update Change(to: decimal) -> decimal:
        return to
    update Touch():
        log.info("touched")
    await signal Stop
    await signal Approve -> (by, level)
    log.info(by, level: level)
workflow Audit():
    signal Stop()
    await signal Stop
extern workflow Elsewhere(id: string) -> string
`;

const endpoint = `
nexus_endpoint DeskEndpoint:
    target_namespace: desk
    target_task_queue: desk
    allowed_caller_namespaces: [shop]
`;

/** Lines of an operation without a result. */
function inOperation(...lines: string[]): string[] {
  const body = lines.map((line) => `        ${line}\n`).join('');
  return problemsOf(`${endpoint}\nnexus_service Desk:\n    operation Op(id: string, n: int):\n${body}${workflows}`);
}

describe('in an operation', () => {
  test.each([
    ['what a signal carries', ['signal workflow "a-{id}" Approve("x", level: n)'], []],
    ['a signal of one of two', ['signal workflow id Order.Stop()'], []],
    ['of an id that is none', ['signal workflow n Approve("x")'], ['TWF402 n']],
    ['arguments that do not fit', ['signal workflow id Approve(n)'], ['TWF402 n']],
    ['too few of them', ['signal workflow id Approve()'], ['TWF403 Approve']],
    ['a value of a signal', ['signal workflow id Approve("x") -> y', 'log.info(y)'], ['TWF431 -> y']],
    ['one that two have', ['signal workflow id Stop()'], ['TWF766 Stop']],
    ['one that nobody has', ['signal workflow id Halt()'], ['TWF765 Halt']],
    ['an update, asked for as a query', ['query workflow id Change(1) -> x', 'log.info(x)'], ['TWF765 Change']],
    ['one that the workflow has not', ['query workflow id Audit.Amount("EUR") -> x', 'log.info(x)'], ['TWF767 Amount']],
    ['of a workflow that there is not', ['signal workflow id Ordr.Stop()'], ['TWF305 Ordr']],
    ['of one that is elsewhere', ['signal workflow id Elsewhere.Stop()'], ['TWF307 Stop']],
    ['what a query gives', ['x = query workflow id Amount("EUR")', 'log.info("{x + 1}")'], []],
    ['a value that does not fit', ['x = query workflow id Amount("EUR")', 'if x:', '    log.info("x")'], ['TWF407 x']],
    ['what an update gives', ['update workflow id Change(1) -> x', 'log.info("{x * 2}")'], []],
    ['what it does not give', ['update workflow id Touch() -> x', 'log.info("{x}")'], ['TWF416 -> x']],
    ['the id of what is started', ['start workflow Order(id, 1) -> x', 'log.info("started " + x)'], []],
    ['of what is elsewhere', ['options(task_queue: "there")', 'start workflow Elsewhere(id) -> x', 'log.info(x)'], []],
    [
      'options that compute',
      ['options(workflow_id: "o-{id}", workflow_run_timeout: n)', 'start workflow Order(id, 1)'],
      ['TWF502 n'],
    ],
    ['without the id that it needs', ['signal_with_start workflow Order(id, 1) Approve("x")'], ['TWF769 Order']],
    [
      'a signal that it has not',
      ['options(workflow_id: id)', 'signal_with_start workflow Audit() Approve("x")'],
      ['TWF307 Approve'],
    ],
    [
      'to what is elsewhere',
      ['options(workflow_id: id, task_queue: "q")', 'signal_with_start workflow Elsewhere(id) Go()'],
      ['TWF307 Go'],
    ],
    [
      'what is found',
      ['list workflows "a = 1" -> xs', 'for x in xs:', '    log.info(x.workflow_id, closed: x.close_time)'],
      [],
    ],
    [
      'a field that it has not',
      ['list workflows "a = 1" -> xs', 'for x in xs:', '    log.info(x.name)'],
      ['TWF429 name'],
    ],
    ['a value of a cancellation', ['cancel workflow id -> x', 'log.info(x)'], ['TWF431 -> x']],
    ['several requests', ['signal workflow id Approve("x")', 'cancel workflow id'], ['TWF770 Op']],
    ['on one path', ['if n > 1:', '    cancel workflow id', 'else:', '    signal workflow id Approve("x")'], []],
    ['after a path that has ended', ['if n > 1:', '    cancel workflow id', '    return', 'cancel workflow id'], []],
    ['in a loop', ['for x in [id]:', '    cancel workflow x'], ['TWF770 Op']],
    ['a child', ['workflow Audit()'], ['TWF607 workflow Audit()']],
    ['a child that is detached', ['detach workflow Audit()'], ['TWF607 workflow Audit()']],
    ['a wait', ['await timer(1s)'], ['TWF607 await timer(1s)']],
  ])('%s', (_name, lines, expected) => {
    expect(inOperation(...lines)).toEqual(expected);
  });
});

test('many requests, and loops in loops', () => {
  const loops = Array.from({ length: 60 }, (_, depth) => `${'    '.repeat(depth)}for x${depth} in [id]:`);
  expect(inOperation(...loops, `${'    '.repeat(60)}cancel workflow id`)).toEqual(['TWF770 Op']);
  expect(inOperation(...Array.from({ length: 3000 }, () => 'cancel workflow id'))).toEqual(['TWF770 Op']);
});

describe('in a workflow', () => {
  test.each([
    ['a signal', ['signal workflow "a-{id}" Approve("x")', 'cancel workflow id'], []],
    [
      'a query',
      ['x = query workflow id Amount("EUR")', 'log.info("{x}")'],
      ['TWF607 x = query workflow id Amount("EUR")'],
    ],
    ['an update', ['update workflow id Touch()'], ['TWF607 update workflow id Touch()']],
    ['a start', ['start workflow Audit()'], ['TWF607 start workflow Audit()']],
    ['a list', ['list workflows id -> xs', 'log.info("{xs}")'], ['TWF607 list workflows id -> xs']],
  ])('%s', (_name, lines, expected) => {
    const body = lines.map((line) => `    ${line}\n`).join('');
    expect(problemsOf(`workflow W(id: string):\n${body}${workflows}`)).toEqual(expected);
  });

  test('in a query', () => {
    const query =
      'workflow W(id: string):\n    query Q() -> string:\n        signal workflow id Approve("x")\n        return id\n';
    expect(problemsOf(`${query}    await timer(1h)\n${workflows}`)).toEqual(['TWF607 signal workflow id Approve("x")']);
  });

  test('in an activity', () => {
    const activity = 'activity A(id: string):\n    options(timeout: 1s)\n    cancel workflow id\n';
    expect(problemsOf(`${activity}workflow W(id: string):\n    activity A(id)\n${workflows}`)).toEqual([
      'TWF607 cancel workflow id',
    ]);
  });
});

describe('activities in operations', () => {
  const activities = `
activity Find(id: string) -> int:
    options(timeout: 2s)
    return cards.find(id)
activity Ask(id: string) -> int:
    options(timeout: 2s)
    do_not_complete()
activity Import(id: string) -> int:
    options(timeout: 2s, heartbeat_timeout: 1s)
    heartbeat(id)
    return cards.find(id)
extern activity There(id: string) -> int
`;
  test.each([
    ['its result', ['activity Find(id) -> x', 'log.info("{x + n}")'], []],
    ['arguments that do not fit', ['activity Find(n) -> x', 'log.info("{x}")'], ['TWF402 n']],
    ['options without effect', ['options(task_queue: "q")', 'activity Find(id)'], ['TWF505 task_queue']],
    ['an option that cannot be', ['options(heartbeat_timeout: 1s)', 'activity Find(id)'], ['TWF631 heartbeat_timeout']],
    ['what is completed from outside', ['activity Ask(id)'], ['TWF771 Ask']],
    ['what heartbeats', ['activity Import(id)'], ['TWF771 Import']],
    ['what is elsewhere', ['activity There(id)'], ['TWF771 There']],
    ['started', ['spawn activity Find(id) -> h', 'log.info("{h.done}")'], ['TWF607 activity Find(id)']],
    [
      'more time than there is',
      ['options(timeout: 6s)', 'activity Find(id)', 'options(timeout: 5s)', 'activity Find(id)'],
      ['TWF773 Op'],
    ],
    ['in a loop', ['for x in [id]:', '    options(timeout: 6s)', '    activity Find(x)'], ['TWF773 Op']],
  ])('%s', (_name, lines, expected) => {
    const body = lines.map((line) => `        ${line}\n`).join('');
    const text = `${endpoint}\nnexus_service Desk:\n    operation Op(id: string, n: int):\n${body}${activities}`;
    expect(problemsOf(text)).toEqual(expected);
  });
});

test('what is found has fields of its own, beside a type that is declared nowhere', () => {
  const operation = `
nexus_service Desk:
    operation First(near: Place) -> string:
        list workflows "WorkflowType = 'Order'" -> orders
        for order in orders:
            if near.town == order.status:
                return order.workflow_id
        return ""
`;
  expect(problemsOf(`${endpoint}${operation}`)).toEqual([]);
});
