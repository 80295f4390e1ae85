import { describe, expect, test } from 'vitest';
import { variableLine, variablesOf } from '../testing/facts.js';
import { checkTexts, problemsOf } from '../testing/program.js';

const activities = `
activity Load(id: string) -> string:
    options(timeout: 10s)
    return store.load(id)

activity Count(id: string) -> int:
    options(timeout: 10s)
    return store.count(id)
`;

/** The variables of a workflow whose body is given, in the order in which it names them. */
function variables(body: string, head = 'workflow W(id: string, ok: bool, items: []string):'): string[] {
  const { files, facts } = checkTexts({ 'main.twf': `${head}\n${body}`, 'other.twf': activities });
  return variablesOf([files[0]!], facts).map(variableLine);
}

/** The same, for one name. */
const named = (name: string, body: string, head?: string) =>
  variables(body, head).filter((line) => line.startsWith(`${name}: `));

describe('where a name is declared', () => {
  test('by its first assignment, if that stands before every other use', () => {
    expect(named('x', '    x = "a"\n    log.info(x)\n')).toEqual(['x: string, local, declared']);
    expect(named('x', '    activity Load(id) -> x\n    log.info(x)\n')).toEqual(['x: string, local, declared']);
    expect(named('x', '    x = 1\n    x = x + 1\n')).toEqual(['x: int, local, declared, reassigned']);
  });

  test('once in each branch, where branches do not share it', () => {
    const body =
      '    if ok:\n        x = 1\n        log.info("{x}")\n    else:\n        x = "a"\n        log.info(x)\n';
    expect(named('x', body)).toEqual(['x: int, local, declared', 'x: string, local, declared']);
  });

  test('ahead of the branches, where it is read after them', () => {
    const body = '    if ok:\n        x = 1\n    else:\n        x = 2\n    log.info("{x}")\n';
    expect(named('x', body)).toEqual(['x: int, local, reassigned']);
  });

  test('with nothing at first, where some path does not assign it', () => {
    const body = '    if ok:\n        x = 1\n    log.info("{x}")\n';
    expect(named('x', body)).toEqual(['x: int?, local, unproven']);
  });

  test('inside the loop that it is used in, unless its value is carried over', () => {
    expect(named('x', '    for item in items:\n        x = item\n        log.info(x)\n')).toEqual([
      'x: string, local, declared',
    ]);
    const carried = '    for item in items:\n        if ok:\n            x = item\n        log.info("{x}")\n';
    expect(named('x', carried)).toEqual(['x: string?, local, unproven']);
  });

  test('parameters and loop variables are declared by their places', () => {
    expect(variables('    for item in items:\n        log.info(item)\n')).toEqual([
      'item: string, loop',
      'items: []string, parameter',
    ]);
    expect(named('id', '    id = "a"\n    log.info(id)\n')).toEqual(['id: string, parameter, reassigned']);
  });
});

describe('what is assigned on every path', () => {
  const proven = (body: string) => !named('x', body)[0]!.includes('unproven');

  test.each([
    ['a branch that ends', '    if ok:\n        x = 1\n    else:\n        close\n    log.info("{x}")\n', true],
    ['a branch that raises', '    if ok:\n        x = 1\n    else:\n        raise No("")\n    log.info("{x}")\n', true],
    ['a loop that may not run', '    for item in items:\n        x = 1\n    log.info("{x}")\n', false],
    ['an endless loop', '    for:\n        x = 1\n        if ok:\n            break\n    log.info("{x}")\n', true],
    [
      'an endless loop that is left before',
      '    for:\n        if ok:\n            break\n        x = 1\n        await timer(1m)\n    log.info("{x}")\n',
      false,
    ],
    [
      'every case',
      '    await one:\n        timer(1m):\n            x = 1\n        timer(2m):\n            x = 2\n    log.info("{x}")\n',
      true,
    ],
    [
      'one of the cases',
      '    await one:\n        timer(1m):\n            x = 1\n        timer(2m)\n    log.info("{x}")\n',
      false,
    ],
    [
      'a branch of `await all`',
      '    await all:\n        activity Count(id) -> x\n        await timer(1m)\n    log.info("{x}")\n',
      true,
    ],
  ])('%s', (_, body, expected) => {
    expect(proven(body)).toBe(expected);
  });

  test('a warning stands at the first read that comes too early, and at no other', () => {
    const body = 'workflow W(ok: bool):\n    if ok:\n        x = 1\n    log.info("{x}")\n    log.info("{x}")\n';
    expect(problemsOf(body)).toEqual(['TWF415 x']);
  });
});

describe('reads that come too early', () => {
  const found = (body: string) =>
    problemsOf({ 'main.twf': `workflow W(id: string, ok: bool, items: []string):\n${body}`, 'other.twf': activities });

  test.each([
    ['before the assignment', '    log.info(x)\n    log.info(x)\n    activity Load(id) -> x\n', ['TWF315 x']],
    ['in the assignment itself', '    n = n + 1\n    log.info("{n}")\n', ['TWF315 n']],
    ['in another branch', '    if ok:\n        x = id\n    else:\n        log.info(x)\n', ['TWF315 x']],
    [
      'where the last turn of a loop may have assigned it',
      '    for item in items:\n        if ok:\n            log.info(x)\n        x = item\n',
      ['TWF415 x'],
    ],
    [
      'where a handler may have assigned it',
      '    signal Set(value: string):\n        x = value\n    await timer(1m)\n    log.info(x)\n',
      ['TWF415 x'],
    ],
    [
      'where another branch may have assigned it',
      '    await all:\n        if ok:\n            x = id\n        if ok:\n            log.info(x)\n',
      ['TWF415 x'],
    ],
    [
      'where only its own branch assigns it',
      '    await all:\n        activity Load(x) -> x\n        activity Load(id) -> y\n    log.info("{x}{y}")\n',
      ['TWF315 x'],
    ],
    [
      'where no other turn of a fan-out can have assigned it',
      '    await all:\n        for item in items:\n            activity Load(x) -> x\n    log.info("{x.length}")\n',
      ['TWF315 x'],
    ],
    [
      'where no path leads',
      '    await one:\n        activity Load(id) -> x:\n            close\n        timer(1m):\n            close\n    log.info(x)\n',
      ['TWF604 log.info(x)'],
    ],
  ])('%s', (_, body, expected) => {
    expect(found(body)).toEqual(expected);
  });

  test('what ends a path that is not there ends nothing', () => {
    const body = '    for:\n        close\n        break\n    log.info(id)\n';
    expect(found(body)).toEqual(['TWF604 break']);
  });
});

describe('lists that fan-outs make', () => {
  const list = (body: string) => named('x', body).filter((line) => line.includes('collected'));

  test('inside a name is one value, after the block the list of all', () => {
    const body =
      '    await all:\n        for item in items:\n            activity Count(item) -> x\n    log.info("{x.length}")\n';
    expect(named('x', body)).toEqual(['x: int, local, declared', 'x: []int, collected']);
  });

  test('a list that nobody reads is not made', () => {
    expect(list('    await all:\n        for item in items:\n            activity Count(item) -> x\n')).toEqual([]);
  });

  test('nested fan-outs give lists of lists', () => {
    const { files, facts, diagnostics } = checkTexts({
      'main.twf': `
        workflow W(groups: [][]string) -> [][]int:
            await all:
                for group in groups:
                    await all:
                        for item in group:
                            activity Count(item) -> x
            close x
        `,
      'other.twf': activities,
    });
    expect(diagnostics.filter(({ severity }) => severity !== 'hint')).toEqual([]);
    const made = variablesOf(files, facts).filter(({ name }) => name === 'x');
    expect(made.map(variableLine)).toEqual(['x: int, local, declared', 'x: [][]int, collected']);
    const pairs = [...facts.fanOuts.values()].map(({ collected }) =>
      collected.map(({ inner, outer }) => `${variableLine(inner)} -> ${variableLine(outer)}`),
    );
    expect(pairs.sort()).toEqual([
      ['x: []int, collected -> x: [][]int, collected'],
      ['x: int, local, declared -> x: []int, collected'],
    ]);
  });

  test('a name is not both a list and something else', () => {
    const before =
      'workflow W(items: []string):\n    x = 1\n    await all:\n        for item in items:\n            activity Count(item) -> x\n    log.info("{x.length}")\n';
    expect(problemsOf({ 'main.twf': before, 'other.twf': activities })).toEqual(['TWF606 x']);
    const after =
      'workflow W(items: []string):\n    await all:\n        for item in items:\n            activity Count(item) -> x\n    x = 2\n    log.info("{x}")\n';
    expect(problemsOf({ 'main.twf': after, 'other.twf': activities })).toEqual(['TWF606 x']);
  });
});

describe('names that units share', () => {
  const head = 'workflow W(id: string, ok: bool):';
  const roles = (name: string, body: string) => named(name, body, head).map((line) => line.split(', ')[1]);

  test('a name that a handler assigns and the body reads', () => {
    const body =
      '    stopped = false\n    signal Stop():\n        stopped = true\n    for not stopped:\n        await timer(1m)\n';
    expect(named('stopped', body, head)).toEqual(['stopped: bool, shared, declared, reassigned']);
  });

  test('a name that a handler reads and the body assigns', () => {
    expect(roles('x', '    x = 1\n    signal Ask():\n        log.info("{x}")\n    await timer(1m)\n')).toEqual([
      'shared',
    ]);
  });

  test('a name that two handlers bind belongs to each run of them', () => {
    const body =
      '    signal A():\n        activity Load(id) -> x\n        log.info(x)\n    signal B():\n        activity Count(id) -> x\n        log.info("{x}")\n    await timer(1m)\n';
    expect(named('x', body, head)).toEqual(['x: string, local, declared', 'x: int, local, declared']);
  });

  test('the parameter of a handler hides a shared name', () => {
    const body = '    x = 1\n    signal Set(x: string):\n        log.info(x)\n    log.info("{x}")\n';
    expect(named('x', body, head)).toEqual(['x: int, local, declared', 'x: string, parameter']);
  });

  test('a name that a handler binds, and the body assigns and reads, is neither', () => {
    const body = `${head}\n    signal A():\n        activity Load(id) -> x\n    activity Load(id) -> x\n    log.info(x)\n`;
    expect(problemsOf({ 'main.twf': body, 'other.twf': activities })).toEqual(['TWF612 x']);
  });

  test('a constant that is assigned later is there from the start', () => {
    const body =
      '    signal Ask():\n        log.info("{status}")\n    activity Load(id)\n    status = "loaded"\n    await timer(1m)\n';
    expect(named('status', body, head)).toEqual(['status: string, shared, reassigned, initial']);
  });
});

describe('leading assignments', () => {
  const leading = (body: string) => {
    const { facts } = checkTexts(`workflow W(id: string):\n${body}\n    signal S():\n        log.info(id)\n`);
    return [...facts.workflows.values()][0]!.leading;
  };

  test.each([
    ['up to the first line that waits', '    a = 1\n    b = a + 1\n    await timer(1m)\n    c = 2', 2],
    ['no division, which may fail', '    a = 1 / 2\n    b = 1', 0],
    ['no function', '    a = uuid()', 0],
    ['fields of what there is', '    a = id.length\n    b = [a]', 2],
    ['no index, which may find nothing', '    a = [id]\n    b = a[0]', 1],
  ])('%s', (_, body, expected) => {
    expect(leading(body)).toBe(expected);
  });

  test('without handlers there is nothing to run ahead of', () => {
    const { facts } = checkTexts('workflow W():\n    a = 1\n    log.info("{a}")\n');
    expect([...facts.workflows.values()][0]!.leading).toBe(0);
  });
});

describe('held handlers', () => {
  const held = (body: string) => {
    const { facts } = checkTexts({ 'main.twf': `workflow W(id: string):\n${body}`, 'other.twf': activities });
    return [...facts.handlers].map(([{ name }, { holdsFor }]) => [name.text, ...holdsFor.map((one) => one.name)]);
  };
  const ask = '    signal Ask():\n        log.info("{x}")\n';

  test('a handler that reads what the body assigns after a wait is held', () => {
    expect(held(`${ask}    activity Load(id) -> x\n    await timer(1m)\n`)).toEqual([['Ask', 'x']]);
  });

  test('one that reads a leading assignment, a constant or a parameter is not', () => {
    expect(held(`    x = id\n${ask}    await timer(1m)\n`)).toEqual([['Ask']]);
    expect(held(`${ask}    activity Load(id)\n    x = 3\n    await timer(1m)\n`)).toEqual([['Ask']]);
    expect(held('    signal Ask():\n        log.info(id)\n    await timer(1m)\n')).toEqual([['Ask']]);
  });

  test('one that asks whether there is a value is not', () => {
    const body =
      '    signal Ask():\n        if x != null:\n            log.info("{x}")\n    activity Load(id) -> x\n    await timer(1m)\n';
    expect(held(body)).toEqual([['Ask']]);
  });

  test('what a handler assigns is there after the body has waited for it', () => {
    const body =
      'workflow W():\n    signal Set(value: int):\n        x = value\n    await signal Set\n    log.info("{x}")\n';
    expect(problemsOf(body)).toEqual([]);
  });

  test('waiting for a held signal first is an error, unless another handler can help', () => {
    const wait = `workflow W(id: string):\n${ask}    await signal Ask\n    activity Load(id) -> x\n`;
    expect(problemsOf({ 'main.twf': wait, 'other.twf': activities })).toEqual(['TWF615 signal Ask']);
    const helped = `workflow W(id: string):\n${ask}    signal Set(value: string):\n        x = value\n    await signal Ask\n`;
    expect(problemsOf({ 'main.twf': helped, 'other.twf': activities })).toEqual([]);
  });

  test('words of options are no variables', () => {
    const detached = 'detach workflow W()\n        options:\n            parentClosePolicy: abandon\n';
    const body = `workflow W():\n    ${detached}    abandon = "a"\n    log.info(abandon)\n`;
    expect(problemsOf(body)).toEqual([]);
  });
});
