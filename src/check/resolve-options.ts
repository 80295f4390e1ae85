/** From option blocks to what the SDK is given: keys and values checked, defaults merged (grammar/README.md, "Options"). */
import { type Extra, replacement } from '../diagnostics/diagnostic.js';
import { correction } from '../diagnostics/suggest.js';
import type { SourceFile } from '../source.js';
import type { DurationExpr, Expr, OptionBlock, OptionEntry, OptionValue } from '../syntax/ast.js';
import { reportReserved } from '../symbols/definitions.js';
import { describeType } from '../types/print.js';
import type { ResolvedOption, ResolvedOptions, ResolvedOptionValue } from './facts.js';
import {
  canonicalKey,
  isNested,
  type OptionContext,
  type OptionRow,
  optionTable,
  placeOf,
  reportRepeatedOption,
  reportUnknownOption,
  type ValueShape,
} from '../options/options.js';
import { headers } from './headers.js';
import { causesOf } from './verify/causes.js';
import { checkedRead } from './verify/flows.js';
import { withoutAbsence } from '../types/type.js';
import type { Typed } from './verify/typed.js';

export interface OptionSource {
  readonly block: OptionBlock | undefined;
  readonly file: SourceFile;
  /** Where the block stands, if not at what the options are for: it may have keys that mean nothing there. */
  readonly context?: OptionContext;
}

/** The options that the SDK is given, by what they are for: its names, in the order of the table. */
const orders = Object.fromEntries(
  Object.entries(optionTable).map(([context, rows]) => [
    context,
    Object.values(rows).flatMap(({ sdk, noEffect }) => (noEffect === undefined ? [sdk] : [])),
  ]),
) as unknown as { readonly [Context in OptionContext]: readonly string[] };

/**
 * The options of a call, in the order of the table. Later sources win, key by key.
 * @param context what they are for
 * @param defaults used for keys that no source gives, by the SDK's names
 */
export function resolveOptions(
  typed: Typed,
  context: OptionContext,
  sources: readonly OptionSource[],
  defaults: (given: ReadonlySet<string>) => ResolvedOptions = () => [],
): ResolvedOptions {
  const byName = new Map<string, ResolvedOptionValue>();
  const order = orders[context];
  for (const { block, file, context: own = context } of sources) {
    for (const [row, value] of readBlock(typed, own, block, file)) {
      if (order.includes(row.sdk)) byName.set(row.sdk, value);
    }
  }
  for (const { name, value } of defaults(new Set(byName.keys()))) if (!byName.has(name)) byName.set(name, value);
  return [...byName]
    .map(([name, value]): ResolvedOption => ({ name, value }))
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

function readBlock(
  typed: Typed,
  context: OptionContext,
  block: OptionBlock | undefined,
  file: SourceFile,
): [OptionRow, ResolvedOptionValue][] {
  const { reporter } = typed.model;
  const seen = new Map<string, OptionEntry>();
  return (block?.entries ?? []).flatMap((entry): [OptionRow, ResolvedOptionValue][] => {
    const key = canonicalKey(context, entry.key.text);
    if (!key) {
      if (entry.key.text !== '') reportUnknownOption(context, entry, file, reporter);
      return [];
    }
    const first = seen.get(key);
    if (first) {
      reportRepeatedOption(entry, first, file, reporter);
      return [];
    }
    seen.set(key, entry);
    const row = optionTable[context][key]!;
    if (row.unsupported) {
      reporter.report(file, 'TWF200', entry.key.span, { what: `\`${entry.key.text}\` options` });
      return [];
    }
    if (row.refused) {
      const values = { key: entry.key.text, place: placeOf(context), why: row.refused };
      reporter.report(file, 'TWF631', entry.key.span, values);
      return [];
    }
    if (row.noEffect) {
      const values = { key: entry.key.text, place: placeOf(context), why: row.noEffect };
      reporter.report(file, 'TWF505', entry.key.span, values);
      return [];
    }
    const value = readValue(typed, entry, row, file);
    const isNoLimit = row.unlimited && value?.kind === 'number' && value.value <= 0;
    return value && !isNoLimit ? [[row, value]] : [];
  });
}

function readValue(
  typed: Typed,
  { key, value }: OptionEntry,
  { value: shape, range, advice = [] }: OptionRow,
  file: SourceFile,
): ResolvedOptionValue | undefined {
  const wrong = (expected: string, help?: Extra): undefined => {
    typed.model.report(file, 'TWF502', value.span, { key: key.text, expected }, help);
  };
  if (typeof shape !== 'string') {
    const word = wordOf(value);
    if (word !== undefined && shape.includes(word.toUpperCase())) return { kind: 'constant', text: word.toUpperCase() };
    const names = shape.map((one) => one.toLowerCase());
    const help = word === undefined ? undefined : correction(word, names, file, value.span);
    return wrong(`one of ${names.map((one) => `\`${one}\``).join(', ')}`, help);
  }
  if (isNested(shape)) {
    if (value.kind !== 'OptionBlock') return wrong(`keys of ${placeOf(shape)}`);
    if (shape === 'retry') reportIntervals(typed, value, file);
    return { kind: 'nested', options: resolveOptions(typed, shape, [{ block: value, file }]) };
  }
  if (shape === 'memo') {
    return value.kind === 'OptionBlock' ? memo(typed, value, file) : wrong('names, each with a value');
  }
  if (shape === 'headers') {
    if (value.kind !== 'OptionBlock') return wrong('names, each with a text');
    const text = { sdk: '', value: 'string' } as const;
    return headers(typed.model, value, file, (entry) => readValue(typed, entry, text, file));
  }
  if (shape === 'strings' || shape === 'words') {
    const values = wordsOf(value);
    return values ? { kind: 'strings', values } : wrong('a list of names');
  }
  if (shape === 'name' || shape === 'nexusName') {
    const name = readName(typed, value, file);
    if (!name) return wrong('a constant text');
    const isPartOfPath = shape === 'nexusName' && name.kind === 'string' && !/^(?!\.\.?$)[\w.:-]+$/.test(name.value);
    return isPartOfPath ? wrong('letters, digits, `_`, `-`, `.` and `:`, for it is part of an address') : name;
  }
  if (value.kind === 'OptionBlock' || value.kind === 'WordList') return wrong('one value');
  if (value.kind === 'Word') return shape === 'string' ? { kind: 'string', value: value.text } : wrong(spoken[shape]!);
  const quoted = shape === 'duration' ? wordOf(value) : undefined;
  if (quoted !== undefined && /^\d+(ms|s|m|h|d)$/.test(quoted) && value.kind === 'String') {
    const fixes = [replacement('Remove the quotes', file, value.span, quoted)];
    return wrong(spoken[shape]!, { hint: 'A duration stands without quotes.', fixes });
  }
  const constant = constantOf(value, shape);
  if (!constant) return typedValue(typed, value, shape, { file, key: key.text }, wrong);
  const number = numberOf(value);
  if (range && number !== undefined && !range.holds(number)) {
    typed.model.report(file, 'TWF510', value.span, { key: key.text, expected: range.spoken });
    return constant;
  }
  const unwise = number === undefined ? undefined : advice.find((one) => !one.holds(number));
  if (unwise) typed.model.report(file, 'TWF840', value.span, { key: key.text, otherwise: unwise.otherwise });
  return constant;
}

/** What something is called on the wire. */
function readName({ model }: Typed, value: OptionValue, file: SourceFile): ResolvedOptionValue | undefined {
  const text = value.kind === 'Bool' ? undefined : wordOf(value);
  if (text === undefined || text.trim() === '') return undefined;
  reportReserved(file, { kind: 'Name', span: value.span, text }, model.reporter);
  return { kind: 'string', value: text };
}

/** Values under names of the author's: whatever can be sent. */
function memo(typed: Typed, { entries }: OptionBlock, file: SourceFile): ResolvedOptionValue {
  const seen = new Map<string, OptionEntry>();
  const options = entries.flatMap((entry): ResolvedOption[] => {
    const { key, value } = entry;
    const first = seen.get(key.text);
    if (first) reportRepeatedOption(entry, first, file, typed.model.reporter);
    if (first || key.text === '') return [];
    seen.set(key.text, entry);
    const resolved = value.kind === 'OptionBlock' ? memo(typed, value, file) : memoValue(typed, entry, file);
    return resolved ? [{ name: key.text, value: resolved }] : [];
  });
  return { kind: 'nested', options };
}

function memoValue(typed: Typed, { key, value }: OptionEntry, file: SourceFile): ResolvedOptionValue | undefined {
  const isList = value.kind === 'Word' || value.kind === 'WordList' || value.kind === 'OptionBlock';
  const slot = isList ? undefined : typed.model.slotOf.get(value);
  if (!isList && slot !== undefined && withoutAbsence(typed.typeOf(slot)).kind !== 'handle') {
    return { kind: 'expression', expr: value };
  }
  const constant =
    isList || slot !== undefined ? undefined : constantOf(value, shapeOfConstant[value.kind] ?? 'string');
  const expected = slot === undefined ? 'a value, and in a definition a constant one' : 'a value that can be sent';
  if (!constant) typed.model.report(file, 'TWF502', value.span, { key: key.text, expected });
  return constant;
}

const shapeOfConstant: { readonly [kind in Expr['kind']]?: ValueShape } = {
  Number: 'float',
  Unary: 'float',
  Bool: 'bool',
  String: 'string',
};

/** What Temporal waits before the first retry, unless a policy says otherwise: in milliseconds. */
const firstInterval = 1000;

/** Temporal refuses a policy whose first wait is longer than its longest one. */
function reportIntervals({ model }: Typed, { entries }: OptionBlock, file: SourceFile): void {
  const find = (wanted: string) => entries.find(({ key }) => canonicalKey('retry', key.text) === wanted);
  const [first, longest] = [find('initial_interval'), find('maximum_interval')];
  if (longest?.value.kind !== 'Duration' || (first && first.value.kind !== 'Duration')) return;
  const initial = first?.value.kind === 'Duration' ? first.value : undefined;
  if (longest.value.milliseconds === 0 || longest.value.milliseconds >= (initial?.milliseconds ?? firstInterval))
    return;
  const hint = initial ? undefined : 'Without an `initial_interval`, the first wait is one second.';
  const values = { longest: longest.value.text, first: initial?.text ?? '1s' };
  model.report(file, 'TWF511', longest.value.span, values, { hint });
}

/** Of a constant: a duration in milliseconds. */
function numberOf(value: Expr): number | undefined {
  if (value.kind === 'Duration') return value.milliseconds;
  if (value.kind === 'Number') return Number(value.text);
  const operand = value.kind === 'Unary' && value.operator === '-' ? numberOf(value.operand) : undefined;
  return operand === undefined ? undefined : -operand;
}

const spoken: Readonly<Record<string, string>> = {
  duration: 'a duration, like `30s` or `5m`',
  string: 'a text',
  word: 'a name',
  int: 'a whole number',
  float: 'a number',
  bool: '`true` or `false`',
};

function constantOf(value: Expr, shape: ValueShape): ResolvedOptionValue | undefined {
  if (shape === 'duration') {
    if (value.kind === 'Duration') return { kind: 'duration', text: value.text };
    const isNegative = value.kind === 'Unary' && value.operator === '-' && value.operand.kind === 'Duration';
    return isNegative ? { kind: 'duration', text: `-${(value.operand as DurationExpr).text}` } : undefined;
  }
  if (shape === 'bool' && value.kind === 'Bool') return { kind: 'bool', value: value.value };
  const [sign, literal] = value.kind === 'Unary' && value.operator === '-' ? [-1, value.operand] : [1, value];
  if ((shape === 'int' || shape === 'float') && literal.kind === 'Number') {
    const number = sign * Number(literal.text);
    return shape === 'float' || Number.isInteger(number) ? { kind: 'number', value: number } : undefined;
  }
  if (shape !== 'string' || value.kind !== 'String') return undefined;
  const text = wordOf(value);
  return text === undefined ? undefined : { kind: 'string', value: text };
}

function typedValue(
  typed: Typed,
  value: Expr,
  shape: Exclude<ValueShape, readonly string[] | 'name' | 'nexusName'>,
  { file, key }: { readonly file: SourceFile; readonly key: string },
  wrong: (expected: string, help?: Extra) => undefined,
): ResolvedOptionValue | undefined {
  const slot = typed.model.slotOf.get(value);
  if (slot === undefined) return wrong(`${spoken[shape]}, and in a definition a constant one`);
  const type = typed.typeOf(slot);
  if (type.kind === 'error') return undefined;
  const { kind } = withoutAbsence(type);
  if (kind !== shape && !(shape === 'float' && kind === 'int')) {
    const labels = causesOf(typed, slot, { file, span: value.span });
    return wrong(spoken[shape]!, { labels, hint: `This is ${describeType(type)}.` });
  }
  if (type.kind === 'optional') checkedRead(typed, value, slot, { file, asks: `The option \`${key}\` takes` }, type.of);
  return { kind: 'expression', expr: value };
}

function wordOf(value: OptionValue): string | undefined {
  if (value.kind === 'Word' || value.kind === 'NameExpr') return value.text;
  if (value.kind === 'Bool') return String(value.value);
  if (value.kind !== 'String') return undefined;
  const [text = '', ...more] = value.parts;
  return typeof text === 'string' && more.length === 0 ? text : undefined;
}

function wordsOf(value: OptionValue): string[] | undefined {
  const items: readonly OptionValue[] =
    value.kind === 'WordList' ? value.words : value.kind === 'List' ? value.items : [value];
  const words = items.map(wordOf);
  return words.every((word) => word !== undefined) ? words : undefined;
}
