/** From option blocks to what the SDK is given: keys and values checked, defaults merged (grammar/README.md, "Options"). */
import { type Extra, replacement } from '../diagnostics/diagnostic.js';
import { correction } from '../diagnostics/suggest.js';
import type { SourceFile } from '../source.js';
import type { Expr, OptionBlock, OptionEntry, OptionValue } from '../syntax/ast.js';
import { describeType } from '../types/print.js';
import type { ResolvedOption, ResolvedOptions, ResolvedOptionValue } from './facts.js';
import {
  canonicalKey,
  type OptionContext,
  type OptionRow,
  optionTable,
  placeOf,
  reportRepeatedOption,
  reportUnknownOption,
  type ValueShape,
} from '../options/options.js';
import { checkedRead } from './verify/flows.js';
import { type Typed, withoutAbsence } from './verify/typed.js';

export interface OptionSource {
  readonly block: OptionBlock | undefined;
  readonly file: SourceFile;
}

/**
 * The options of a call, in the order of the table. Later sources win, key by key.
 * @param defaults used for keys that no source gives, by the SDK's names
 */
export function resolveOptions(
  typed: Typed,
  context: OptionContext,
  sources: readonly OptionSource[],
  defaults: (given: ReadonlySet<string>) => ResolvedOptions = () => [],
): ResolvedOptions {
  const byName = new Map<string, ResolvedOptionValue>();
  for (const { block, file } of sources) {
    for (const [row, value] of readBlock(typed, context, block, file)) byName.set(row.sdk, value);
  }
  for (const { name, value } of defaults(new Set(byName.keys()))) if (!byName.has(name)) byName.set(name, value);
  const order = Object.values(optionTable[context]).map(({ sdk }) => sdk);
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
    if (row.noEffect) {
      const values = { key: entry.key.text, place: placeOf(context), why: row.noEffect };
      reporter.report(file, 'TWF505', entry.key.span, values);
      return [];
    }
    const value = readValue(typed, entry, row.value, file);
    const isNoLimit = row.unlimited && value?.kind === 'number' && value.value <= 0;
    return value && !isNoLimit ? [[row, value]] : [];
  });
}

function readValue(
  typed: Typed,
  { key, value }: OptionEntry,
  shape: ValueShape,
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
  if (shape === 'retry') {
    if (value.kind !== 'OptionBlock') return wrong('keys of a retry policy');
    return { kind: 'nested', options: resolveOptions(typed, 'retry', [{ block: value, file }]) };
  }
  if (shape === 'strings' || shape === 'words') {
    const values = wordsOf(value);
    return values ? { kind: 'strings', values } : wrong('a list of names');
  }
  if (value.kind === 'OptionBlock' || value.kind === 'WordList') return wrong('one value');
  if (value.kind === 'Word') return shape === 'string' ? { kind: 'string', value: value.text } : wrong(spoken[shape]!);
  const quoted = shape === 'duration' ? wordOf(value) : undefined;
  if (quoted !== undefined && /^\d+(ms|s|m|h|d)$/.test(quoted) && value.kind === 'String') {
    const fixes = [replacement('Remove the quotes', file, value.span, quoted)];
    return wrong(spoken[shape]!, { hint: 'A duration stands without quotes.', fixes });
  }
  return constantOf(value, shape) ?? typedValue(typed, value, shape, { file, key: key.text }, wrong);
}

const spoken: Readonly<Record<string, string>> = {
  duration: 'a duration, like `30s` or `5m`',
  string: 'a text',
  word: 'a name',
  int: 'a whole number',
  float: 'a number',
};

function constantOf(value: Expr, shape: ValueShape): ResolvedOptionValue | undefined {
  if (shape === 'duration' && value.kind === 'Duration') return { kind: 'duration', text: value.text };
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
  shape: Exclude<ValueShape, readonly string[]>,
  { file, key }: { readonly file: SourceFile; readonly key: string },
  wrong: (expected: string, help?: Extra) => undefined,
): ResolvedOptionValue | undefined {
  const slot = typed.model.slotOf.get(value);
  if (slot === undefined) return wrong(`${spoken[shape]}, and in a definition a constant one`);
  const type = typed.typeOf(slot);
  if (type.kind === 'error') return undefined;
  const { kind } = withoutAbsence(type);
  if (kind !== shape && !(shape === 'float' && kind === 'int')) {
    return wrong(spoken[shape]!, { hint: `This is ${describeType(type)}.` });
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
