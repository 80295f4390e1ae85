/**
 * What formatting leaves alone, whatever the text: its tree, its comments, and every character of meaning. And formatting
 * twice is formatting once.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceFile } from '../source.js';
import { parseText } from '../testing/parse.js';
import { repositoryPrograms } from '../testing/programs.js';
import { format } from './format.js';

const programs = repositoryPrograms();

/** Without positions. */
function bare(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(bare);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (key === 'span' ? [] : [[key, bare(part)]])),
  );
}

function commentsOf(text: string): string[] {
  return parseText(text).comments.map(({ start, end }) => text.slice(start, end).trimEnd());
}

const formatted = (text: string) => format(new SourceFile('main.twf', text)).text;
const squeezed = (text: string) => text.replaceAll(/[\s,]/g, '');

/** @param text says nothing for what is as it should be */
function check(text: string): void {
  const once = formatted(text);
  expect(formatted(once), 'formatted twice').toBe(once);
  expect(bare(parseText(once).ast), 'its tree').toEqual(bare(parseText(text).ast));
  expect(commentsOf(once), 'its comments').toEqual(commentsOf(text));
  if (commentsOf(text).length === 0) expect(squeezed(once), 'its characters').toBe(squeezed(text));
}

describe('formatting', () => {
  it.each(programs)('$path', ({ text }) => {
    check(text);
    check(text.replaceAll(/^(?: {4})+/gm, (blank) => '\t'.repeat(blank.length / 4)));
  });

  /** A number for each choice that an edit makes. */
  const numbers = fc.array(fc.nat(), { minLength: 12, maxLength: 12 });
  const program = fc.constantFrom(...programs.filter(({ text }) => text.length < 6000)).map(({ text }) => text);

  it('keeps what a program has after its lines were edited at random', () => {
    const edited = fc.tuple(program, numbers).map(([text, picks]) => {
      const lines = text.split('\n');
      for (let at = 0; at + 3 < picks.length; at += 4) edit(lines, picks.slice(at, at + 4));
      return lines.join('\n');
    });
    fc.assert(fc.property(edited, check), { numRuns: 300, seed: 33 });
  });

  it('keeps comments and blank lines, wherever they are', () => {
    const commented = fc.tuple(program, numbers).map(([text, picks]) => {
      let result = text;
      for (const [nth, pick] of picks.entries()) result = withComment(result, pick, nth);
      return result;
    });
    fc.assert(fc.property(commented, check), { numRuns: 300, seed: 55 });
  });

  it('does not mind how a program was laid out before', () => {
    const laidOut = fc.tuple(program, numbers).map(([text, picks]) => [text, spacedOut(text, picks)] as const);
    fc.assert(
      fc.property(laidOut, ([text, other]) => {
        fc.pre(parseText(text).diagnostics.every(({ severity, code }) => severity !== 'error' && code !== 'TWF241'));
        expect(formatted(other)).toBe(formatted(text));
      }),
      { numRuns: 100, seed: 9 },
    );
  });

  it('is total', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab1 \n\t#"\'(){}[]:,.-=<>!?é;\r'.split('')), maxLength: 60 });
    fc.assert(fc.property(text, check), { numRuns: 3000, seed: 11 });
  });
});

const STRAY = ['(', ')', '{', '[', '"', '#', ':', ',', ' -> ', 'é', '\t', '  ', ' = ', '\r'];

function edit(lines: string[], [where = 0, what = 0, column = 0, pick = 0]: readonly number[]): void {
  const at = where % lines.length;
  const line = lines[at]!;
  const cut = column % (line.length + 1);
  const edits: readonly (() => void)[] = [
    () => lines.splice(at, 1),
    () => lines.splice(at, 0, lines[pick % lines.length]!),
    () => (lines[at] = line.slice(0, cut)),
    () => (lines[at] = line.slice(0, cut) + STRAY[pick % STRAY.length]! + line.slice(cut)),
    () => (lines[at] = line.slice(0, cut) + line.slice(cut + 1 + (pick % 5))),
    () => (lines[at] = ' '.repeat(pick % 9) + line.trimStart()),
  ];
  edits[what % edits.length]!();
}

/** Puts a comment, or a blank line, where one may stand: at the end of a line, on its own line, after a comma or a bracket. */
function withComment(text: string, pick: number, nth: number): string {
  const places = [...text.matchAll(/\n|(?<=[,([{])(?=[^\n"]*\n)/g)].map(({ index }) => index);
  if (places.length === 0) return text;
  const at = places[pick % places.length]!;
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const isInside = text[at] !== '\n';
  const blank = ' '.repeat((pick >> 4) % 12);
  if (isInside) {
    // The rest of the line goes on, deeper, where no string is cut.
    if ((line.split('"').length - 1) % 2 === 1 || line.includes('#')) return text;
    return `${text.slice(0, at)}  # inside ${nth}\n${' '.repeat(40)}${text.slice(at)}`;
  }
  const added = [`  # after ${nth}`, `\n${blank}# alone ${nth}`, '\n', `\n\n${blank}# alone ${nth}\n`][
    (pick >> 8) % 4
  ]!;
  return line.includes('#') && added.startsWith(' ') ? text : text.slice(0, at) + added + text.slice(at);
}

/** More spaces where there are some, twice the indentation, more blank lines where there are some. */
function spacedOut(text: string, picks: readonly number[]): string {
  let nth = 0;
  const more = () => ' '.repeat(1 + (picks[nth++ % picks.length]! % 3));
  return text
    .split('\n')
    .map((line) => {
      const [, blank = '', rest = ''] = /^( *)(.*)$/.exec(line)!;
      return rest === '' ? '\n' : blank + blank + (/["#]/.test(rest) ? rest : rest.replaceAll(' ', more));
    })
    .join('\n');
}
