/** Options in the two dialects: `options(maxAttempts: 3)`, and `options:` with `max_attempts: 3` under it. */
import { isOptionKey, spelledIn } from '../options/options.js';
import type { Dialect, Node, OptionBlock, OptionEntry } from '../syntax/ast.js';
import type { Rewriting } from './rewriting.js';
import { INDENT, type Row } from './rows.js';

/** Options whose keys are of the language; others hold what the author calls as he likes. */
const NESTED: ReadonlySet<string> = new Set(['retry_policy', 'retry', 'priority']);

export function rewriteOptions(block: OptionBlock, rewriting: Rewriting, parent: Node | undefined): void {
  const { start } = block.span;
  if (block.entries.some(({ value }) => value.kind === 'Word' || value.kind === 'WordList')) return;
  const isDefault = rewriting.beginsWith(start, 'default_options');
  if (parent?.kind === 'OptionEntry' || !(isDefault || rewriting.beginsWith(start, 'options'))) return;
  const at = rewriting.rowIndex(start);
  const row = rewriting.rows[at]!;
  if (rewriting.to === 'current') toBlock(block, at, row, parent, rewriting);
  else toArguments(block, at, row, parent, rewriting);
}

/** `options(…)` becomes a block. What stands before a call moves under it. */
function toBlock(block: OptionBlock, at: number, row: Row, parent: Node | undefined, rewriting: Rewriting): void {
  const { text, rows } = rewriting;
  if (!text.slice(row.span.start, row.span.end).includes('(')) return;
  if (hasComments(row.parts)) return rewriting.leave(block.span, 'Options with comments in them');
  const isOwn = parent?.kind === 'Workflow' || parent?.kind === 'Activity';
  const isBefore = !isOwn && parent !== undefined && parent.span.start === block.span.start;
  const owner = isBefore ? rows.slice(at + 1).find(({ kind }) => kind === 'code') : undefined;
  const column = owner ? owner.column + INDENT : row.column;
  const lines = blockLines(isOwn ? 'default_options' : 'options', block.entries, column, rewriting);
  if (!owner) return rewriting.replace(row.span, lines.join('\n').trimStart());
  const lineEnd = endOfLine(text, owner.span.end);
  const comment = row.trailing && `${' '.repeat(column)}${row.trailing.text}\n`;
  rewriting.replace({ start: startOfLine(text, row.span.start), end: endOfLine(text, row.span.end) + 1 }, '');
  rewriting.insert(lineEnd, `\n${comment ?? ''}${lines.join('\n')}`);
}

function blockLines(word: string, entries: readonly OptionEntry[], column: number, rewriting: Rewriting): string[] {
  const indent = ' '.repeat(column + INDENT);
  const lines = [`${' '.repeat(column)}${word}:`];
  for (const { key, value } of entries) {
    const name = keyIn('current', key.text);
    if (value.kind === 'OptionBlock' && value.entries.length > 0 && NESTED.has(name)) {
      lines.push(...blockLines(name, value.entries, column + INDENT, rewriting));
    } else lines.push(`${indent}${name}: ${sliced(value, rewriting)}`);
  }
  return lines;
}

/** A block becomes `options(…)`, in its place. */
function toArguments(block: OptionBlock, at: number, row: Row, parent: Node | undefined, rewriting: Rewriting): void {
  const { text, rows } = rewriting;
  if (text[row.span.end - 1] !== ':' || block.entries.length === 0) return;
  const last = rows.findLastIndex(({ span }) => span.start < block.span.end);
  const inside = rows.slice(at, last + 1);
  const next = rows.slice(last + 1).find(({ kind }) => kind === 'code');
  const isListed = inside.slice(1).some(({ parts }) => parts[0]?.kind === 'token' && parts[0].text === '-');
  const hasBlocks = block.entries.some((entry) => isFreeBlock(entry, text));
  if (isListed || hasBlocks || inside.some((one) => one.kind === 'comment' || one.trailing)) {
    return rewriting.leave(block.span, 'Options with comments or blocks in them');
  }
  if (parent?.kind !== 'Activity' && next && next.level === row.level && beginsCall(next)) {
    return rewriting.leave(block.span, 'Options of what begins with a call');
  }
  const end = inside.at(-1)!.span.end;
  rewriting.replace({ start: row.span.start, end }, `options(${argumentsOf(block.entries, rewriting)})`);
}

function argumentsOf(entries: readonly OptionEntry[], rewriting: Rewriting): string {
  const one = ({ key, value }: OptionEntry) => {
    const isBlock = value.kind === 'OptionBlock';
    const text =
      isBlock && NESTED.has(keyIn('current', key.text))
        ? `{${argumentsOf(value.entries, rewriting)}}`
        : sliced(value, rewriting);
    return `${keyIn('classic', key.text)}: ${text}`;
  };
  return entries.map(one).join(', ');
}

/** Lines under a key that is not of the language. */
function isFreeBlock({ key, value }: OptionEntry, text: string): boolean {
  if (value.kind !== 'OptionBlock' || NESTED.has(keyIn('current', key.text))) return false;
  return !/^\w*\s*\{/.test(text.slice(value.span.start, value.span.end));
}

/** A value as it is written, on one line. */
function sliced({ span }: Node, { text }: Rewriting): string {
  return text.slice(span.start, span.end).replaceAll(/\s*\n\s*/g, ' ');
}

function keyIn(dialect: Dialect, key: string): string {
  return isOptionKey(key) ? spelledIn(dialect, key) : key;
}

function beginsCall({ parts: [first, , ...rest] }: Row): boolean {
  const calls = ['activity', 'workflow', 'nexus', 'spawn', 'detach', 'return', 'local', 'promise', 'await', 'timer'];
  return (
    (first?.kind === 'token' && calls.includes(first.text)) ||
    rest.some((part) => part.kind === 'token' && calls.includes(part.text))
  );
}

function hasComments(parts: Row['parts']): boolean {
  return parts.some((part) => part.kind === 'comment' || (part.kind === 'group' && hasComments(part.parts)));
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
