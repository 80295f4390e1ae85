/** What a conversion does to the text of a file: stretches that are replaced, and what is left as it is. */
import type { ParsedFile } from '../check/program.js';
import type { Span } from '../source.js';
import type { Binding, Dialect, Name } from '../syntax/ast.js';
import { placeOf } from '../syntax/place.js';
import type { Converted, Left } from './dialects.js';
import { type Row, rowsOf } from './rows.js';
import { type Part, startOf } from './tokens.js';

interface Edit extends Span {
  readonly text: string;
  /** Of two at one place, the first comes first. */
  readonly nth: number;
}

interface OperationCall {
  readonly span: Span;
  readonly endpoint: Name;
  readonly service: Name | undefined;
  readonly name: Name;
}

/** Words behind `close` that say how, and cannot be the result there. */
const OUTCOMES = /^(?:completed?|fail(?:ed)?|continue_as_new)\b/;

export class Rewriting {
  readonly rows: readonly Row[];
  private readonly edits: Edit[] = [];
  private readonly left: Left[] = [];

  constructor(
    private readonly file: ParsedFile,
    readonly to: Dialect,
    private readonly services: ReadonlyMap<string, readonly string[]>,
  ) {
    this.rows = rowsOf(file);
  }

  get text(): string {
    return this.file.source.text;
  }

  leave(span: Span, what: string): void {
    this.left.push({ span, what });
  }

  replace(span: Span, text: string): void {
    this.edits.push({ ...span, text, nth: this.edits.length });
  }

  insert(at: number, text: string): void {
    this.replace({ start: at, end: at }, text);
  }

  beginsWith(at: number, word: string): boolean {
    return this.text.startsWith(word, at) && !/\w/.test(this.text[at + word.length] ?? '');
  }

  /** Replaces a word, if it stands there. */
  replaceWord(at: number, from: string, to: string): void {
    if (this.beginsWith(at, from)) this.replace({ start: at, end: at + from.length }, to);
  }

  /** Where a statement begins, behind options that stand before it. */
  placeOf(node: Parameters<typeof placeOf>[1]): number {
    return placeOf(this.file.source, node);
  }

  /** The logical line that holds an offset. */
  rowIndex(offset: number): number {
    return this.rows.findLastIndex(({ kind, span }) => kind === 'code' && span.start <= offset);
  }

  rowAt(offset: number): Row {
    return this.rows[this.rowIndex(offset)]!;
  }

  endWithColon(at: number): void {
    const { span } = this.rowAt(at);
    if (this.text[span.end - 1] !== ':') this.insert(span.end, ':');
  }

  /** Puts parentheses around a type, or takes them away. */
  parenthesise(span: Span): void {
    const group = wrapped(this.partsIn(span));
    if (this.to === 'current' && !group) this.wrap(span);
    else if (this.to === 'classic' && group) this.unwrap(span, group);
  }

  /** The same for what stands between the keywords of a line and its colon. @param inside a part of that */
  parenthesiseHead(inside: Span): void {
    const { parts } = this.rowAt(inside.start);
    const first = parts.findIndex(
      (part) => part.kind === 'group' || !HEADS.has(part.kind === 'token' ? part.text : ''),
    );
    const head = parts.slice(first, -1);
    if (head.length === 0) return;
    const span = { start: startOf(head[0]!), end: endOf(head.at(-1)!) };
    const group = wrapped(head);
    if (this.to === 'current' && !group) this.wrap(span);
    else if (this.to === 'classic' && group) this.unwrap(span, group);
  }

  /** `x = activity A()` becomes `activity A() -> x`: where a call gives its value, in the current dialect, stands behind it. */
  bindBehind(place: number, binding: Binding | undefined): void {
    const row = this.rowAt(place);
    if (this.to !== 'current' || !binding || binding.span.start !== row.span.start) return;
    const sign = row.parts.findIndex((part) => part.kind === 'token' && part.text === '=');
    const call = row.parts[sign + 1];
    if (sign < 0 || !call) return;
    this.replace({ start: row.span.start, end: startOf(call) }, '');
    this.insert(row.span.end, ` -> ${this.text.slice(binding.span.start, binding.span.end)}`);
  }

  /** `spawn X -> h`, `h = spawn X`, `promise h <- X`. */
  start(place: number, binding: Binding | undefined): void {
    const [target, ...more] = binding?.targets ?? [];
    if (!binding || target?.kind !== 'NameExpr' || more.length > 0) return;
    const row = this.rowAt(place);
    const { parts } = row;
    const word = parts.findIndex(
      (part) => part.kind === 'token' && part.text === (this.to === 'current' ? 'spawn' : 'promise'),
    );
    if (word < 0) return;
    const arrow = this.to === 'current' ? parts.findIndex((part) => startOf(part) >= binding.span.start) : -1;
    const head = { start: row.span.start, end: startOf(parts[this.to === 'current' ? word + 1 : word + 4]!) };
    this.replace(head, this.to === 'current' ? `promise ${target.text} <- ` : 'spawn ');
    if (this.to === 'classic') this.insert(row.span.end, ` -> ${target.text}`);
    else if (arrow > word) this.replace({ start: endOf(parts[arrow - 1]!), end: binding.span.end }, '');
  }

  /** `nexus "E" workflow Op(…)`, `nexus E S.Op(…)`: the same where one service alone has the operation. */
  callOperation({ span, endpoint, service, name }: OperationCall): void {
    const isCurrent = service !== undefined;
    if (isCurrent === (this.to === 'current')) return;
    const [only, ...others] = this.services.get(name.text) ?? [];
    const isClear = only !== undefined && others.length === 0 && (!service || service.text === only);
    if (!isClear || !/^[A-Za-z_]\w*$/.test(endpoint.text)) {
      return this.leave(span, isCurrent ? 'Calls that name a service' : 'Calls whose service is not named');
    }
    const start = isCurrent ? endpoint.span.start : endpoint.span.start - 1;
    const text = isCurrent ? `"${endpoint.text}" workflow ${name.text}` : `${endpoint.text} ${only}.${name.text}`;
    this.replace({ start, end: name.span.end }, text);
  }

  close({ start }: Span, outcome: 'complete' | 'fail', value: Span | undefined): void {
    if (!this.beginsWith(start, 'close')) return;
    const { span, parts } = this.rowAt(start);
    if (this.to === 'current') {
      const group = value && wrapped(this.partsIn(value));
      const isCurrent = this.text.slice(start, value?.start ?? span.end).trim() === `close ${outcome}`;
      if (isCurrent && (group || !value)) return;
      const text = value ? this.text.slice(value.start, value.end) : '';
      this.replace(span, `close ${outcome}${group ? text : text && `(${text})`}`);
      return;
    }
    if (!value) this.replace(span, outcome === 'fail' ? 'close failed' : 'close');
    const group = value && wrapped(this.partsIn(value));
    if (!value || (group && !this.fitsOnLine(group))) return;
    const text = this.text.slice(value.start + (group ? 1 : 0), value.end - (group ? 1 : 0)).trim();
    const word = outcome === 'fail' ? 'close failed' : OUTCOMES.test(text) ? 'close completed' : 'close';
    this.replace({ start: span.start, end: endOf(parts.at(-1)!) }, `${word} ${text}`);
  }

  finish(): Converted {
    let { text } = this;
    const fromEnd = this.edits.toSorted((a, b) => b.start - a.start || b.end - a.end || b.nth - a.nth);
    for (const { start, end, text: replacement } of fromEnd) {
      text = text.slice(0, start) + replacement + text.slice(end);
    }
    return { text, left: this.left.toSorted((a, b) => a.span.start - b.span.start) };
  }

  private wrap({ start, end }: Span): void {
    this.insert(start, '(');
    this.insert(end, ')');
  }

  /** What has line breaks needs its brackets. */
  private unwrap({ start, end }: Span, group: Part): void {
    if (!this.fitsOnLine(group)) return;
    this.replace({ start, end: start + 1 }, '');
    this.replace({ start: end - 1, end }, '');
  }

  private fitsOnLine(group: Part): boolean {
    return group.kind !== 'group' || (!group.broken && !group.parts.some((part) => part.kind === 'comment'));
  }

  private partsIn(span: Span): readonly Part[] {
    const among = (parts: readonly Part[]): readonly Part[] => {
      const inner = parts.find((part) => part.kind === 'group' && startOf(part) < span.start && endOf(part) > span.end);
      return inner?.kind === 'group' ? among(inner.parts) : parts;
    };
    return among(this.rowAt(span.start).parts).filter((part) => startOf(part) >= span.start && endOf(part) <= span.end);
  }
}

const HEADS: ReadonlySet<string> = new Set(['if', 'elif', 'else', 'for', 'switch']);

/** The parentheses around all parts, if there are some. */
function wrapped(parts: readonly Part[]): Part | undefined {
  const [first] = parts;
  return parts.length === 1 && first?.kind === 'group' && first.open.text === '(' ? first : undefined;
}

function endOf(part: Part): number {
  return part.kind === 'group' ? part.close.span.end : part.span.end;
}
