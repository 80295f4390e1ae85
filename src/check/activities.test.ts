import { describe, expect, test } from 'vitest';
import { recordsOf } from '../testing/facts.js';
import { checkTexts, problemsOf } from '../testing/program.js';

const options = '    options(timeout: 1s)\n';

/** What is wrong with an activity. */
const problems = (body: string, result = '') => problemsOf(`activity A(x: string)${result}:\n${options}${body}\n`);

describe('what activities alone can call', () => {
  test('a heartbeat takes one value, or names', () => {
    expect(problems('    heartbeat()\n    heartbeat(x)\n    log.info("{attempt()} {cancelled()}")')).toEqual([]);
    expect(problems('    heartbeat(at: 1, of: 2)')).toEqual([]);
    expect(problems('    heartbeat(x, x)')).toEqual(['TWF403 heartbeat(x, x)']);
    expect(problems('    heartbeat(x, at: 1)')).toEqual(['TWF403 heartbeat(x, at: 1)']);
    expect(problems('    y = heartbeat(x)\n    log.info("", y: y)')).toEqual(['TWF412 heartbeat(x)']);
    expect(problems('    attempt()')).toEqual(['TWF611 attempt()']);
  });

  test('workflows cannot', () => {
    expect(problemsOf('workflow W():\n    heartbeat(1)\n')).toEqual(['TWF309 heartbeat']);
    expect(problemsOf('workflow W():\n    do_not_complete()\n    await timer(1s)\n')).toEqual([
      'TWF309 do_not_complete',
    ]);
  });

  test('what is recorded by names may be missing, each for itself', () => {
    const body = '    last = get_heartbeat_details()\n    heartbeat(at: 1)\n    heartbeat(of: x)\n';
    const { facts } = checkTexts(`activity A(x: string):\n${options}${body}    log.info("{last.at == null}")\n`);
    expect(recordsOf(facts)).toEqual(['AProgress { at?: int?, of?: string? }']);
    expect(problems(`${body}    log.info("{last.at + 1}")`)).toEqual(['TWF414 last.at']);
    expect(problems(`${body}    if last.at:\n        log.info("{last.at + 1}")`)).toEqual([]);
  });

  test('what is recorded as a whole may be missing as a whole', () => {
    const body = '    last = get_heartbeat_details()\n    heartbeat(x)\n';
    expect(problems(`${body}    return last`, ' -> string')).toEqual(['TWF414 last']);
    expect(problems(`${body}    if last:\n        return last\n    return x`, ' -> string')).toEqual([]);
  });

  test('an activity that somebody else completes gives nothing', () => {
    expect(problems('    do_not_complete()', ' -> string')).toEqual([]);
    expect(problems('    if x == "":\n        do_not_complete()\n    return x', ' -> string')).toEqual([]);
    expect(problems('    if x == "":\n        do_not_complete()', ' -> string')).toEqual(['TWF601 A']);
  });
});

describe('named arguments of dependencies', () => {
  test('are the fields of one record, in all calls together', () => {
    const body =
      '    mail.send(x, to: x)\n    mail.send(x, to: x, urgent: true)\n    mail.send("a", later: 5m, to: x)\n';
    const { facts, diagnostics } = checkTexts(`activity A(x: string):\n${options}${body}`);
    expect(diagnostics).toEqual([]);
    expect(recordsOf(facts)).toEqual(['MailSendOptions { later?: duration?, to: string, urgent?: bool? }']);
  });

  test('count as one argument', () => {
    expect(problems('    send(x, to: x)\n    send(x)')).toEqual(['TWF435 send']);
  });
});

describe('a body in words', () => {
  const words = (body: string) => problems(body).map((one) => one.split(' ')[0]);

  test.each([
    ['    Validate the order, and charge the card.'],
    ['    Send money'],
    ['    look it up:\n        in the "old catalogue\n    then (give it back'],
    ['    id = db.find(x)\n    notify the customer by mail'],
  ])('%s', (body) => expect(words(body)).toEqual(['TWF241']));

  test.each([
    ['    retrun x', ['TWF208']],
    ['    id = db.find(x', ['TWF105']],
    ['    if x is not y:\n        send(x)', ['TWF206']],
    ['    notify', ['TWF208']],
  ])('but not %s', (body, expected) => expect(words(body)).toEqual(expected));

  test('leaves the rest of the file as it is', () => {
    const other = `activity B(x: string):\n${options}    retrun x\n`;
    expect(problemsOf(`activity A(x: string):\n${options}    Send the money.\n\n${other}`)).toEqual([
      'TWF241 Send the money.',
      'TWF208 retrun',
    ]);
  });
});
