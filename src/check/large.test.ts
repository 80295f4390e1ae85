import { expect, test } from 'vitest';
import { checkTexts } from '../testing/program.js';

const count = 6000;
const each = (line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i)).join('');
const activity = 'activity A(a: int) -> int:\n    return f(a)\n';

/**
 * Programs with thousands of one thing. Each would take minutes, all memory or a deeper stack than there is if its cost
 * were the square of its size, or if something went as deep as it is long.
 */
const programs: Record<string, { readonly text: string; readonly codes: readonly string[] }> = {
  'names in one body': {
    text: `workflow W(a: int):\n${each((i) => `    activity A(a) -> r${i}\n`)}    close\n${activity}`,
    codes: ['TWF507'],
  },
  'branches that assign a name each': {
    text: `workflow W(a: int):\n${each((i) => `    if a > ${i}:\n        y${i} = a\n        activity A(y${i})\n`)}    close\n${activity}`,
    codes: ['TWF507'],
  },
  'cases of one race': {
    text: `workflow W(a: int):\n    await one:\n${each((i) => `        activity A(a) -> r${i}:\n            activity A(r${i})\n`)}    close\n${activity}`,
    codes: ['TWF507'],
  },
  'branches of one block': {
    text: `workflow W(a: int):\n    await all:\n${each((i) => `        activity A(a) -> r${i}\n`)}${each((i) => `    activity A(r${i})\n`)}    close\n${activity}`,
    codes: ['TWF507'],
  },
  'handlers that share names with the body': {
    text: `workflow W(a: int):\n${each((i) => `    signal S${i}(v: int):\n        x${i} = v\n`)}${each((i) => `    x${i} = 0\n`)}${each((i) => `    activity A(x${i})\n`)}    close\n${activity}`,
    codes: ['TWF507'],
  },
  'workflows that call each other in a row': {
    text: `${each((i) => `workflow W${i}(a):\n    workflow W${i + 1}(a) -> r\n    close r\n`)}workflow W${count}(a):\n    close a + 1\n`,
    codes: [],
  },
  'activities that call one function': {
    text: each((i) => `activity A${i}(a: int) -> int:\n    return db.read(a)\n`),
    codes: [],
  },
  'values that are handed on and never read': {
    text: `workflow W(a: int):\n    x0 = a\n${each((i) => `    x${i + 1} = x${i}\n`)}    close\n`,
    codes: [],
  },
};

/** What nobody reads is said elsewhere. */
const isUnread = (code: string) => code === 'TWF750' || code === 'TWF751';
for (const [name, { text, codes }] of Object.entries(programs)) {
  test(`${count} ${name}`, () => {
    expect(checkTexts(text).diagnostics.flatMap(({ code }) => (isUnread(code) ? [] : code))).toEqual(codes);
  });
}

test(`${count} names that nobody knows`, () => {
  const text = `workflow W(a: int):\n${each((i) => `    activity A(unknown${i})\n`)}    close\n${activity}`;
  const { diagnostics } = checkTexts(text);
  expect(diagnostics.filter(({ code }) => code === 'TWF308').length).toBe(count);
});
