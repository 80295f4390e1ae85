import { describe, expect, test } from 'vitest';
import { variableLine, variablesOf } from '../testing/facts.js';
import { checkTexts } from '../testing/program.js';

const others = `
activity Load(id: string) -> string:
    options(timeout: 10s)
    if id == "":
        raise Missing("no id", Missing{id, tries: 1})
    return store.load(id)
`;

const checked = (lines: readonly string[], head = 'workflow W(id: string, ok: bool):') =>
  checkTexts({ 'main.twf': `${head}\n    ${lines.join('\n    ')}\n`, 'other.twf': others });

/** What is wrong with a body, by codes. */
const codes = (lines: readonly string[], head?: string) =>
  checked(lines, head).diagnostics.flatMap(({ code, severity }) => (severity === 'hint' ? [] : code));

const load = '    activity Load(id) -> text';

describe('a `catch`', () => {
  test.each<[readonly string[], readonly string[]]>([
    [['catch ActivityError:', 'catch TimeoutError:', 'catch Missing:', 'catch:'], []],
    [['catch:', 'catch CancelledError:'], []],
    [['catch Error:', 'catch:'], ['TWF649']],
    [['catch:', 'catch Missing:'], ['TWF649']],
    [['catch Missing:', 'catch Missing:'], ['TWF649']],
    [['catch NexusOperationError:', 'catch NexusTimeoutError:'], ['TWF649']],
    [['catch TimeoutError:', 'catch NexusTimeoutError:'], ['TWF649']],
    [['catch NexusTimeoutError:', 'catch NexusOperationError:', 'catch TimeoutError:'], []],
    [['catch CancelledError:', 'catch CancelledError:'], ['TWF649']],
  ])('%j: %j', (clauses, expected) => {
    const lines = ['try:', '    activity Load(id)', ...clauses.flatMap((one) => [one, '    log.warn("x")'])];
    expect(codes(lines)).toEqual(expected);
  });

  test.each<[string, readonly string[]]>([
    ['log.warn(e.message)', []],
    ['log.warn("{e.type}: {e.cancelled} {e.timeout_type} {e.operation_token}")', ['TWF414', 'TWF414', 'TWF414']],
    ['log.warn("x", by: e.cause.message, at: e.cause.cause.type)', []],
    ['if e.details != null and e.details.tries > 1:\n            pass', []],
    ['log.warn(e.details.id)', ['TWF414']],
    ['log.warn("x", id: e.cause.details.id)', ['TWF406']],
    ['log.warn("x", e: e)', ['TWF651']],
    ['log.warn("x", e: e.cause)', ['TWF651']],
    ['e = 5', ['TWF651']],
    ['e.message = "x"', ['TWF651']],
    ['log.warn(e.mesage)', ['TWF652']],
    ['raise', []],
    ['raise Other("x", e.details)', []],
    ['raise ActivityError("x")', ['TWF650']],
  ])('as e: %s: %j', (line, expected) => {
    expect(codes(['try:', '    activity Load(id)', 'catch Missing as e:', `    ${line}`])).toEqual(expected);
  });

  test('has the error to itself', () => {
    expect(codes(['try:', load, 'catch Missing as e:', '    pass', 'log.info(e.message)'])).toEqual(
      ['TWF308', 'TWF413'].slice(0, 1),
    );
  });
});

describe('what is assigned after a `try`', () => {
  const proven = (...lines: readonly string[]) => {
    const { files, facts } = checked([...lines, 'log.info("{text}")']);
    const [text] = variablesOf([files[0]!], facts).filter(({ name }) => name === 'text');
    return !variableLine(text!).includes('unproven');
  };

  test.each<[string, readonly string[], boolean]>([
    ['a catch that ends', ['try:', load, 'catch:', '    close'], true],
    ['a catch that raises again', ['try:', load, 'catch:', '    raise'], true],
    ['a catch that assigns it, too', ['try:', load, 'catch:', '    text = ""'], true],
    ['a catch that does not', ['try:', load, 'catch:', '    pass'], false],
    ['a cancellation goes on', ['try:', load, 'catch CancelledError:', '    pass'], true],
    [
      'a finally assigns it',
      ['try:', '    activity Load(id)', 'catch:', '    pass', 'finally:', '    text = "x"'],
      true,
    ],
    ['a finally does not', ['try:', load, 'finally:', '    pass'], true],
  ])('%s', (_, lines, expected) => expect(proven(...lines)).toBe(expected));

  test.each<[string, readonly string[]]>([
    ['the catch', ['try:', load, 'catch:', '    log.info("{text}")']],
    ['the finally', ['try:', load, 'finally:', '    log.info("{text}")']],
  ])('%s cannot rely on the body', (_, lines) => {
    expect(codes(lines)).toEqual(['TWF415']);
  });
});

describe('what cannot leave', () => {
  test.each<[readonly string[], readonly string[]]>([
    [['finally:', '    close'], ['TWF647']],
    [['finally:', '    continue_as_new(id, ok)'], ['TWF647']],
    [['finally:', '    for:', '        break'], []],
    [['finally:', '    raise Other("x")'], []],
    [['finally:', '    raise'], ['TWF648']],
    [['catch CancelledError:', '    close'], []],
    [['catch:', '    close'], []],
  ])('%j: %j', (lines, expected) => {
    expect(codes(['try:', '    activity Load(id)', ...lines])).toEqual(expected);
  });

  test.each(['catch CancelledError', 'finally'])('%s: a loop', (head) => {
    const lines = ['for:', '    try:', '        activity Load(id)', `    ${head}:`, '        break'];
    expect(codes(lines)).toEqual(['TWF647']);
  });

  test('is reported where nothing follows', () => {
    const lines = ['try:', '    activity Load(id)', '    close', 'catch:', '    close', 'log.info("x")'];
    expect(codes(lines)).toEqual(['TWF604']);
  });

  test.each([
    [['    db.f()', 'catch:', '    db.g()'], []],
    [['    db.f()', 'catch CancelledError:', '    return'], []],
    [['    db.f()', 'catch ActivityError:', '    db.g()', 'catch Broken:', '    db.h()'], ['TWF649']],
    [['    db.f()', 'finally:', '    return'], ['TWF647']],
  ])('in activities, too: %j', (lines, expected) => {
    const found = codes(['try:', ...lines], 'activity A():');
    expect(found.filter((one) => one !== 'TWF507')).toEqual(expected);
  });

  test('the end of an activity is called by its name', () => {
    const lines = ['for:', '    try:', '        db.f()', '    catch CancelledError:', '        break'];
    const text = `activity A():\n    options(timeout: 1s)\n${lines.map((one) => `    ${one}\n`).join('')}`;
    const [found] = checkTexts(text).diagnostics;
    expect([found!.code, found!.hint]).toEqual([
      'TWF647',
      'What is under it may end with `return`; otherwise it is cancelled.',
    ]);
  });
});
