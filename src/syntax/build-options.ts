/** Options: `options(k: v)`, `options:` with a block, and the keys of an endpoint. */
import { join, type Span } from '../source.js';
import type { Expr, Name, OptionBlock, OptionEntry, OptionValue, Word, WordList } from './ast.js';
import { shorten } from './lexer.js';
import type { Line } from './lines.js';
import type { Problems } from './problems.js';
import { checkShape } from './shapes.js';

const WORD = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?$/;

/**
 * The options of a line `options(…)` or `options:`.
 * @param words whether names need no quotes
 */
export function buildOptions(line: Line, problems: Problems, words = false): OptionBlock {
  checkShape(line, problems);
  const { head, span, block } = line;
  if (head.kind !== 'options' && head.kind !== 'defaultOptions') return { kind: 'OptionBlock', span, entries: [] };
  if (head.args === undefined) return blockOf(span, buildEntries(block ?? [], words, problems));
  const entries: OptionEntry[] = [];
  for (const { name, value, span: at } of head.args) {
    if (name === undefined) problems.report('TWF226', at, {}, { hint: 'An option is `key: value`.' });
    else entries.push(entryOf(name, optionValue(value)));
  }
  return { kind: 'OptionBlock', span, entries };
}

/** The options that are all there is under a line: with `options:` above them, or without. */
export function optionsUnder({ block }: Line, words: boolean, problems: Problems): OptionBlock | undefined {
  return block && blockOf(block[0]!.span, buildEntries(block, words, problems));
}

export function blockOf(span: Span, entries: readonly OptionEntry[]): OptionBlock {
  const last = entries.at(-1);
  return { kind: 'OptionBlock', span: last ? join(span, last.span) : span, entries };
}

/**
 * The lines of a block of options.
 * @param words whether names need no quotes: in endpoints
 */
export function buildEntries(lines: readonly Line[], words: boolean, problems: Problems): OptionEntry[] {
  return lines.flatMap((line) => buildEntry(line, words, problems));
}

function buildEntry(line: Line, words: boolean, problems: Problems): OptionEntry[] {
  const { head } = line;
  if (head.kind === 'entry') {
    checkShape(line, problems);
    return [entryOf(head.key, (words ? wordsOf(head.value, problems) : undefined) ?? optionValue(head.value))];
  }
  if (head.kind === 'options') return [...buildOptions(line, problems, words).entries];
  if (
    head.kind === 'expression' &&
    head.value.kind === 'NameExpr' &&
    head.binding === undefined &&
    line.colon !== undefined
  ) {
    const key: Name = { kind: 'Name', span: head.value.span, text: head.value.text };
    if (line.block !== undefined) return [entryOf(key, nested(line.block, words, problems))];
    problems.report('TWF227', line.span, { key: shorten(key.text) });
    return [];
  }
  if (head.kind !== 'invalid' && head.kind !== 'skipped') {
    problems.report('TWF226', line.span, {}, { hint: 'An option is `key: value`, on a line of its own.' });
  }
  return [];
}

/** What stands under `key:`: a list of items, or options again. */
function nested(lines: readonly Line[], words: boolean, problems: Problems): OptionValue {
  const span = join(lines[0]!.span, lines.at(-1)!.span);
  if (!lines.some(({ head }) => head.kind === 'item'))
    return blockOf(lines[0]!.span, buildEntries(lines, words, problems));
  const values: Expr[] = [];
  for (const line of lines) {
    if (line.head.kind === 'item') values.push(line.head.value);
    else if (line.head.kind !== 'invalid')
      problems.report('TWF226', line.span, {}, { hint: 'Each item of a list begins with `-`.' });
    if (line.head.kind === 'item') checkShape(line, problems);
  }
  const names = values.map((value) => wordOf(value, problems) ?? plainText(value));
  if (names.every((name) => name !== undefined)) return { kind: 'WordList', span, words: names } satisfies WordList;
  return { kind: 'List', span, items: values };
}

/** `payments-worker`, `[orders, back-office]`. */
function wordsOf(value: Expr, problems: Problems): Word | WordList | undefined {
  if (value.kind !== 'List') return wordOf(value, problems);
  const words = value.items.map((item) => wordOf(item, problems) ?? plainText(item));
  return words.every((word) => word !== undefined) ? { kind: 'WordList', span: value.span, words } : undefined;
}

/** A name that needs no quotes, whatever it reads like as an expression: `payments-worker`. */
function wordOf(value: Expr, problems: Problems): Word | undefined {
  if (value.kind !== 'NameExpr' && value.kind !== 'Field' && value.kind !== 'Binary') return undefined;
  const text = problems.text.slice(value.span.start, value.span.end);
  return WORD.test(text) ? { kind: 'Word', span: value.span, text } : undefined;
}

function plainText(value: Expr): Word | undefined {
  if (value.kind !== 'String' || value.parts.some((part) => typeof part !== 'string')) return undefined;
  return { kind: 'Word', span: value.span, text: value.parts.join('') };
}

/** `{…}` after a key is a block of options; a name before it is ignored. */
function optionValue(value: Expr): OptionValue {
  if (value.kind !== 'Record') return value;
  const entries = value.fields.map((field) => entryOf(field.name, optionValue(field.value)));
  return { kind: 'OptionBlock', span: value.span, entries };
}

function entryOf(key: Name, value: OptionValue): OptionEntry {
  return { kind: 'OptionEntry', span: join(key.span, value.span), key, value };
}
