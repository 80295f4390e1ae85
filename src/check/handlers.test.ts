import { describe, expect, test } from 'vitest';
import { checkTexts, problemsOf } from '../testing/program.js';

const others = `
activity Load(id: string) -> Owner:
    options(timeout: 10s)
    return owners.load(id)
`;

const workflow = (body: string) => ({ 'main.twf': `workflow W(id: string):\n${body}`, 'others.twf': others });

describe('a query changes nothing', () => {
  const query = (line: string) =>
    problemsOf(
      workflow(`    query Q(n: int) -> int:\n        own = [1]\n${line}\n        return own.length
    items = [1]
    box = Box{size: 1}
    for item in items:
        log.info("{item} {box.size}")
    await timer(1h)
`),
    );

  test.each([
    ['what is its own', '        total = n + 1\n        own.append(total)', []],
    ['its own parameter', '        n = n + 1\n        own.append(n)', []],
    ['a name of the workflow', '        items = [n]\n        box = Box{size: items.length + box.size}', ['TWF620 box']],
    ['a list of the workflow', '        items.append(n)', ['TWF620 items']],
    ['a field of a record', '        box.size = n', ['TWF620 box']],
    ['a list by another name', '        same = items\n        same.append(n)', ['TWF620 same']],
    ['a clock', '        log.info("x", at: now())', ['TWF607 now()']],
    ['an id, and chance', '        log.info("{uuid()} {random()}")', ['TWF607 uuid()', 'TWF607 random()']],
    ['a wait', '        await timer(1s)', ['TWF607 await timer(1s)']],
    ['a call', '        activity Load("a") -> x', ['TWF607 activity Load("a")']],
    ['a close', '        close', ['TWF608 close']],
    ['a failure', '        if n == 0:\n            raise Nothing("there is nothing")', []],
  ])('%s', (_, line, expected) => {
    expect(query(line)).toEqual(expected);
  });
});

describe('results', () => {
  test.each([
    ['is inferred', '    query Q():\n        return "a"\n    await timer(1h)\n', []],
    ['is what is declared', '    update U() -> int:\n        return "a"\n    await timer(1h)\n', ['TWF402 "a"']],
    [
      'is given on every path',
      '    update U(n: int) -> int:\n        if n > 0:\n            return n\n    await timer(1h)\n',
      ['TWF601 U'],
    ],
    ['is given by a body', '    query Q() -> int\n    await timer(1h)\n', ['TWF601 Q']],
    [
      'may be missing',
      '    query Q(n: int) -> int?:\n        if n > 0:\n            return n\n    await timer(1h)\n',
      [],
    ],
    ['is nothing', '    update U(n: int):\n        return\n    await timer(1h)\n', []],
    ['is none of a signal', '    signal S():\n        return 1\n    await timer(1h)\n', ['TWF610 1']],
  ])('%s', (_, body, expected) => {
    expect(problemsOf(workflow(body))).toEqual(expected);
  });
});

describe('names', () => {
  test('of signals, queries and updates are apart', () => {
    const kinds = ['signal', 'query', 'update'];
    const each = kinds.map((kind) => `    ${kind} Same():\n        log.info("${kind}")\n`).join('');
    expect(problemsOf(workflow(`${each}    await signal Same\n    await update Same\n`))).toEqual([]);
    expect(problemsOf(workflow(`${each}    query Same():\n        log.info("again")\n    await timer(1h)\n`))).toEqual([
      'TWF303 Same',
    ]);
  });

  test('an await asks for its own kind', () => {
    expect(problemsOf(workflow('    signal S()\n    await update S\n'))).toEqual(['TWF350 S']);
    expect(problemsOf(workflow('    update S()\n    await signal S\n'))).toEqual(['TWF307 S']);
  });

  test('an update gives its parameters', () => {
    const update = '    update U(a: int, b: string) -> bool:\n        return true\n';
    const { facts } = checkTexts(workflow(`${update}    await update U -> (x, y)\n    log.info("{x} {y}")\n`));
    expect([...facts.handlers.values()].map(({ awaited, result }) => [awaited, result.kind])).toEqual([[true, 'bool']]);
    expect(problemsOf(workflow(`${update}    await update U -> x\n    log.info("{x}")\n`))).toEqual(['TWF431 -> x']);
  });

  test('of others on the wire', () => {
    const named = (name: string) => `        options:\n            name: "${name}"\n`;
    const body = `    signal A():\n${named('a-signal')}    query B():\n${named('b')}    await timer(1h)\n`;
    const { facts } = checkTexts(workflow(body));
    expect([...facts.handlers.values()].map(({ wireName }) => wireName)).toEqual(['a-signal', 'b']);
    const twice = `    signal A():\n${named('B')}    signal B()\n    await timer(1h)\n`;
    expect(problemsOf(workflow(twice))).toEqual(['TWF303 B']);
    expect(problemsOf(workflow(`    signal A():\n${named('__temporal_a')}    await timer(1h)\n`))).toEqual([
      'TWF302 "__temporal_a"',
    ]);
    expect(problemsOf(workflow('    signal A(n: string):\n        options(name: n)\n    await timer(1h)\n'))).toEqual([
      'TWF502 n',
    ]);
  });
});

describe('what has no value yet', () => {
  const load = '    activity Load(id) -> owner\n    await timer(1h)\n';

  test('an update waits for it, a query fails', () => {
    const body = `    update U() -> string:\n        return owner.name\n    query Q() -> string:\n        return owner.name\n${load}`;
    const { facts, diagnostics } = checkTexts(workflow(body));
    expect([...facts.handlers.values()].map(({ holdsFor }) => holdsFor.map(({ name }) => name))).toEqual([
      ['owner'],
      ['owner'],
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['TWF616', 'TWF621']);
  });

  test('a query may ask for it', () => {
    const body = `    query Q() -> string:\n        if owner == null:\n            return ""\n        return owner.name\n${load}`;
    expect(problemsOf(workflow(body))).toEqual([]);
  });

  test('a body that waits for a held update first would wait for ever', () => {
    const body = `    update U() -> string:\n        return owner.name\n    await update U\n${load}`;
    expect(problemsOf(workflow(body))).toEqual(['TWF615 update U']);
  });

  test('what an update assigns is there after it has arrived', () => {
    const body = '    update Set(value: int):\n        x = value\n    await update Set\n    log.info("{x}")\n';
    expect(problemsOf(workflow(body))).toEqual([]);
  });
});
