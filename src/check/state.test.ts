import { describe, expect, test } from 'vitest';
import { checkTexts, problemsOf } from '../testing/program.js';

const activities = `
activity Load(id: string) -> Owner:
    options(timeout: 10s)
    return owners.load(id)
`;

const workflow = (body: string) => ({ 'main.twf': `workflow W(id: string):\n${body}`, 'others.twf': activities });

describe('names of the state', () => {
  test.each([
    ['are what they are declared to be', '        n: int = "a"\n    log.info("{n}")', ['TWF402 "a"']],
    ['stay what they are', '        n: int = 1\n    n = "a"\n    log.info("{n}")', ['TWF402 "a"']],
    ['take numbers as what they are', '        n: decimal = 0\n    n = n + 1.5\n    log.info("{n}")', []],
    ['may be missing', '        n: string?\n    if n != null:\n        log.info(n)', []],
    ['read what stands above them', '        n = 1\n        m = n + id.length\n    log.info("{m}")', []],
    ['do not read what stands below', '        m = n + 1\n        n = 1\n    log.info("{m}")', ['TWF315 n']],
    ['stand there once', '        n = 1\n        n = 2\n    log.info("{n}")', ['TWF303 n']],
    ['are no parameters', '        id = "a"\n    log.info(id)', ['TWF303 id']],
  ])('%s', (_, body, expected) => {
    expect(problemsOf(workflow(`    state:\n${body}\n`))).toEqual(expected);
  });

  test('are shared, whoever binds them', () => {
    const body = `    state:
        owner: Owner
    signal Reload():
        activity Load(id) -> owner
    activity Load("a") -> owner
    await timer(1h)
    log.info(owner.name)
`;
    expect(problemsOf(workflow(body))).toEqual([]);
    expect(problemsOf(workflow(body.replace('    state:\n        owner: Owner\n', '')))).toEqual(['TWF612 owner']);
  });

  test('are there before handlers are registered', () => {
    const body = '    state:\n        n = len(id)\n    signal S():\n        log.info("{n}")\n    await timer(1h)\n';
    const { facts } = checkTexts(workflow(body));
    expect([...facts.handlers.values()].map(({ holdsFor }) => holdsFor)).toEqual([[]]);
  });
});

describe('conditions', () => {
  const body = (lines: string) => workflow(`    state:\n        condition c\n${lines}`);

  test.each([
    ['are waited for', '    signal S():\n        set c\n    await c\n', []],
    [
      'race',
      '    signal S():\n        set c\n    await one:\n        c:\n            unset c\n        timer(1h)\n',
      [],
    ],
    [
      'are bools',
      '    signal S():\n        set c\n    await timer(1h)\n    if c and not c:\n        log.info("c")\n',
      [],
    ],
    ['have handles', '    signal S():\n        set c\n    promise h <- c\n    await h\n', []],
    ['give nothing', '    signal S():\n        set c\n    await c -> x\n', ['TWF431 -> x']],
    ['are not assigned', '    signal S():\n        c = true\n    await c\n', ['TWF627 c']],
    ['are not bound', '    set c\n    activity Load(id) -> c\n    await c\n', ['TWF627 c']],
    ['are waited for by somebody', '    set c\n    await timer(1h)\n', ['TWF630 c']],
    ['are set by somebody', '    await c\n', ['TWF630 c']],
    ['are declared', '    set d\n    set c\n    await c\n', ['TWF351 d']],
    [
      'are not set by queries',
      '    set c\n    query Q() -> bool:\n        unset c\n        return c\n    await c\n',
      ['TWF620 c'],
    ],
    ['are no parameters of handlers', '    signal S(c: int):\n        set c\n    await c\n', ['TWF351 c']],
  ])('%s', (_, lines, expected) => {
    expect(problemsOf(body(lines))).toEqual(expected);
  });

  test('are of workflows', () => {
    expect(problemsOf('activity A():\n    set c\n    f()\n')).toEqual(['TWF351 c']);
  });

  test('say that a name has a value, if all that set them assign it', () => {
    const signal = (name: string, before: string) => `    signal ${name}(v: string):\n${before}        set c\n`;
    const [sets, plain] = [signal('A', '        x = v\n'), signal('B', '')];
    expect(problemsOf(body(`${sets}    await c\n    log.info(x)\n`))).toEqual([]);
    expect(problemsOf(body(`${sets}    await timer(1h)\n    if c and x != "":\n        log.info(x)\n`))).toEqual([]);
    expect(problemsOf(body(`${sets}    await one:\n        c:\n            log.info(x)\n        timer(1h)\n`))).toEqual(
      [],
    );
    expect(problemsOf(body(`${sets}    await timer(1h)\n    if not c:\n        log.info(x)\n`))).toEqual(['TWF415 x']);
    expect(problemsOf(body(`${sets}${plain}    await c\n    log.info(x)\n`))).toEqual(['TWF415 x']);
  });
});

describe('a parameter that the body fills in', () => {
  const load = '    if owner == null:\n        activity Load(id) -> owner\n    await timer(1h)\n';
  const held = (handler: string) => {
    const { facts } = checkTexts({
      'main.twf': `workflow W(id: string, owner: Owner?):\n${handler}${load}`,
      'others.twf': activities,
    });
    return [...facts.handlers.values()].map(({ holdsFor }) => holdsFor.map(({ name }) => name));
  };

  test('holds handlers that read a field of it, and no others', () => {
    expect(held('    signal S(name: string):\n        owner.name = name\n')).toEqual([['owner']]);
    expect(held('    query Q() -> Owner?:\n        return owner\n')).toEqual([[]]);
    expect(held('    signal S(one: Owner):\n        owner = one\n')).toEqual([[]]);
    expect(held('    signal S(name: string):\n        if owner != null:\n            owner.name = name\n')).toEqual([
      [],
    ]);
  });
});

test('a type that is only another name of an optional one is optional', () => {
  const source = `
    type Note = Text
    type Text = string?
    workflow W():
        state:
            note: Note
        await timer(1s)
        log.info("{note == null}")
  `;
  expect(problemsOf(source)).toEqual([]);
});
