import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { checkTexts, problemsOf } from '../testing/program.js';

/** What is wrong with a body that has `note: string?` and `order: Order`, whose `note` some record leaves out. */
function problems(body: string, more = ''): string[] {
  const lines = body
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  return problemsOf(`workflow W(note: string?, order: Order, other: string):
    signal Change(text: string?):
        order.reply = text
${lines}

workflow Callers():
    workflow W(null, Order{note: "n", reply: "r", next: Order{}}, "")
    workflow W(null, Order{next: null}, "")

activity Send(text: string):
    options(timeout: 1s)
    ...

activity Load() -> string:
    options(timeout: 1s)
    ...

activity Find() -> string?:
    options(timeout: 1s)
    ...
${more}`).filter((one) => !one.startsWith('TWF613'));
}

describe('what is known to be there', () => {
  test.each([
    ['in the branch of a condition', 'if note:\n    activity Send(note)'],
    ['in the branch of a test for null', 'if note != null:\n    activity Send(note)'],
    ['with null on the left', 'if null != note:\n    activity Send(note)'],
    ['in the else of a test for its absence', 'if note == null:\n    pass\nelse:\n    activity Send(note)'],
    ['in an elif', 'if note == null:\n    pass\nelif other == "":\n    activity Send(note)'],
    ['of a field', 'if order.note:\n    activity Send(order.note)'],
    ['of a field of a field', 'if order.next and order.next.note:\n    activity Send(order.next.note)'],
    ['behind `and`', 'if note != null and note != "" and note.length > 1:\n    activity Send(note)'],
    ['behind `or`', 'if note == null or note.length == 0:\n    pass'],
    ['by `not`', 'if not (note == null or other == ""):\n    activity Send(note)'],
    ['after an early end', 'if note == null:\n    close\nactivity Send(note)\nawait timer(1s)\nactivity Send(note)'],
    ['after a raise', 'if not note:\n    raise Absent("")\nactivity Send(note)'],
    ['after a `continue`', 'for item in [1, 2]:\n    if not note:\n        continue\n    activity Send(note)'],
    ['in a loop that goes on while it is', 'for note != null:\n    activity Send(note)\n    note = null'],
    [
      'after a loop that goes on until it is',
      'for not note:\n    note = "x"\n    await timer(1s)\nactivity Send(note)',
    ],
    ['in a branch of its own', 'if note:\n    await all:\n        activity Send(note)\n        activity Send(other)'],
    ['in a started call', 'if note:\n    spawn activity Send(note) -> h\n    await h'],
    [
      'of a name that is not set on all paths',
      'if other == "":\n    late = "x"\nif late != null:\n    activity Send(late)',
    ],
    ['of a flag', 'if order.flag != null and order.flag:\n    activity Send(other)'],
    ['of what has been given a value', 'note = "{other}!"\nactivity Send(note)'],
    ['of what is given a value after all', 'late = null\nlog.info("{late == null}")\nlate = "x"\nactivity Send(late)'],
    ['of what has a value by now', 'if note == null:\n    note = other + "!"\nactivity Send(note)'],
    [
      'of what a call gives after all',
      'late = null\nactivity Load() -> late\nactivity Send(late)\nactivity Load() -> note\nactivity Send(note)',
    ],
    [
      'of what is bound in one case and assigned in another',
      'late = null\nawait one:\n    activity Load() -> late\n    timer(1s):\n        late = "x"\nactivity Send(late)',
    ],
    ['of what is given another value that is there', 'late = null\nlate = other\nactivity Send(late)'],
    ['in turns that bind it', 'late = null\nfor late == null:\n    activity Load() -> late\n    activity Send(late)'],
    ['asked for again', 'if note:\n    if note:\n        activity Send(note)'],
  ])('%s', (_, body) => expect(problems(body)).toEqual([]));

  test.each([
    [
      'of what is given a value that may not be there',
      'late = null\nlate = order.reply\nactivity Send(late)',
      ['TWF413 late'],
    ],
    ['of what a call may not give', 'late = null\nactivity Find() -> late\nactivity Send(late)', ['TWF413 late']],
    [
      'where only one branch binds it',
      'late = null\nif other == "":\n    activity Load() -> late\nactivity Send(late)',
      ['TWF414 late'],
    ],
    ['behind the branch', 'if note:\n    pass\nactivity Send(note)', ['TWF413 note']],
    ['in the else', 'if note:\n    pass\nelse:\n    activity Send(note)', ['TWF413 note']],
    ['in the other side of `or`', 'if note != null or note.length > 0:\n    pass', ['TWF413 note']],
    ['of another path', 'if order.next:\n    activity Send(note)', ['TWF413 note']],
    ['after an assignment', 'if note:\n    note = order.note\n    activity Send(note)', ['TWF414 note']],
    [
      'after an assignment of what may be missing',
      'note = "x"\nnote = order.note\nactivity Send(note)',
      ['TWF414 note'],
    ],
    [
      'of a field, after an assignment of its record',
      'if order.note:\n    order = Order{}\n    activity Send(order.note)',
      ['TWF414 order.note'],
    ],
    [
      'of a field that another name may have changed',
      'copy = order\nif order.note:\n    copy.note = note\n    activity Send(order.note)',
      ['TWF413 order.note'],
    ],
    [
      'after a wait, if a handler assigns it',
      'if order.reply:\n    activity Send(order.reply)\n    activity Send(order.reply)',
      ['TWF413 order.reply'],
    ],
    [
      'in the next turn of a loop',
      'if note:\n    for item in [1, 2]:\n        activity Send(note)\n        note = null',
      ['TWF413 note'],
    ],
    [
      'where a branch beside may assign it',
      'if note:\n    await all:\n        activity Send(note)\n        if other == "":\n            note = null',
      ['TWF413 note'],
    ],
  ])('not %s', (_, body, expected) => expect(problems(body)).toEqual(expected));

  test('in a handler, what the body assigns may change while it waits', () => {
    const workflow = (write: string) => `workflow W(note: string?):
    signal Go():
        if note:
            activity Send(note)
            activity Send(note)
    await timer(1h)
    ${write}

activity Send(text: string):
    options(timeout: 1s)
    ...`;
    expect(problemsOf(workflow('note = null'))).toEqual(['TWF413 note']);
    expect(problemsOf(workflow('log.info("{note == null}")'))).toEqual([]);
  });

  test('a test that has only one outcome is said to have', () => {
    expect(problems('if note == null:\n    close\nif note != null:\n    activity Send(note)')).toEqual(['TWF433 note']);
  });

  test('what is put into a list that is known to be there is in it elsewhere, too', () => {
    const body =
      'texts = null\nif other == "":\n    texts = []\nif texts:\n    texts.append(5)\n    activity Send(texts[0])';
    expect(problems(body)).toEqual(['TWF402 texts[0]']);
  });
});

test.each([
  ['a wait', 'if order.reply:\n    await timer(1s)\n    activity Send(order.reply)', ['await timer(1s)']],
  [
    'a call',
    'if order.reply:\n    activity Send(order.reply)\n    activity Send(order.reply)',
    ['activity Send(order.reply)'],
  ],
  [
    'a wait on one path',
    'if not order.reply:\n    close\nif other == "":\n    await timer(1s)\nactivity Send(order.reply)',
    ['await timer(1s)'],
  ],
  ['no wait', 'activity Send(order.reply)', []],
  ['a test on one path', 'if order.reply:\n    await timer(1s)\nactivity Send(order.reply)', []],
])('what is lost by %s says so', (_, body, expected) => {
  const lines = body.split('\n').map((line) => `    ${line}\n`);
  const { diagnostics } = checkTexts(`
type Order:
    reply: string?
workflow W(order: Order, other: string):
    signal Change(text: string?):
        order.reply = text
${lines.join('')}
activity Send(text: string):
    options(timeout: 1s)
    ...
`);
  const [{ code, file, labels }] = diagnostics.filter(({ severity }) => severity === 'error') as [Diagnostic];
  const waits = labels.filter(({ text }) => text.includes('until this waits'));
  expect([code, ...waits.map(({ span }) => file!.text.slice(span.start, span.end))]).toEqual(['TWF413', ...expected]);
});
