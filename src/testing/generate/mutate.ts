/** Small mistakes in texts, as authors make them. */
import type { Choices } from './choices.js';

const token = /[A-Za-z_]\w*|\d[\w.]*|"(?:[^"\\\n]|\\.)*"|->|[<>=!]=|\.\.\.|[^\s\w]/g;

/** A text with up to three tokens or lines dropped, doubled, exchanged, or put in the place of others. */
export function mutated(choices: Choices, text: string): string {
  let result = text;
  for (let count = choices.pick([1, 1, 2, 3]); count > 0; count--) {
    result = choices.chance(75) ? withTokens(choices, result) : withLines(choices, result);
  }
  return result;
}

/** How two pieces that follow each other are printed, with a third from elsewhere. */
type Change = (first: string, second: string, other: string) => readonly [string, string];

const changes: readonly Change[] = [
  (_, second) => ['', second],
  (first, second) => [`${first} ${first}`, second],
  (first, second) => [second, first],
  (_, second, other) => [other, second],
];

function withTokens(choices: Choices, text: string): string {
  const tokens = [...text.matchAll(token)];
  if (tokens.length < 2) return text;
  const at = choices.below(tokens.length - 1);
  const [first, second] = [tokens[at]!, tokens[at + 1]!];
  const alike = tokens.filter(([one]) => kindOf(one) === kindOf(first[0]) && one !== first[0]);
  const other = choices.chance(40) ? choices.pick(values) : choices.pick(alike.length > 0 ? alike : tokens)[0];
  const [one, two] = choices.pick(changes)(first[0], second[0], other);
  const between = text.slice(first.index + first[0].length, second.index);
  return text.slice(0, first.index) + one + between + two + text.slice(second.index + second[0].length);
}

/** Values of all kinds, one of which may be put where another stood. */
const values = `
  null | true | 0 | 1.5 | 5m | "a" | now() | decimal("1") | uuid() | random() | len(x) | not x | -x | x + 1 | x == y |
  x.a | x.a.b | x[0] | x["a"] | x in y | x and y | "{x} {y.a}" | [] | [1] | ["a", null] | [[]] | {} | {a: 1} |
  {a: {b: null}} | [{a: "x"}, {}] | Order{} | Note{text: []}`
  .split('|')
  .map((text) => text.trim());

function kindOf(text: string): string {
  if (/^\w/.test(text)) return /^\d/.test(text) ? 'number' : /^[A-Z]/.test(text) ? 'type' : 'name';
  return text.startsWith('"') ? 'string' : 'sign';
}

function withLines(choices: Choices, text: string): string {
  const lines = text.split('\n');
  if (lines.length < 2) return text;
  const at = choices.below(lines.length - 1);
  const moved = choices.pick([
    [lines[at + 1]!],
    [lines[at]!, lines[at]!, lines[at + 1]!],
    [lines[at + 1]!, lines[at]!],
    [choices.pick(lines), lines[at + 1]!],
    [`    ${lines[at]!}`, lines[at + 1]!],
    [lines[at]!.replace(/^ {4}/, ''), lines[at + 1]!],
  ]);
  return [...lines.slice(0, at), ...moved, ...lines.slice(at + 2)].join('\n');
}
