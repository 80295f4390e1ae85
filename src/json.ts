import type { Span } from './source.js';

/** A JSON value that knows where it stands. */
export type JsonNode = { readonly span: Span } & (
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'list'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly value: string }
  /** `text` as it is written: a decimal may be longer than a number can be exact. */
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
);

export interface JsonMember {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonNode;
}

export interface JsonFault {
  /** As the end of a sentence: "a comma or `}` is expected here". */
  readonly expected: string;
  readonly span: Span;
}

/** What `JSON.parse` would give. */
export function plainValue(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, plainValue(value)]));
    case 'list':
      return node.items.map(plainValue);
    case 'null':
      return null;
    default:
      return node.value;
  }
}

/** Reads strict JSON. Never throws: returns the first fault instead. */
export function parseJson(text: string): JsonNode | JsonFault {
  const reader = new Reader(text);
  try {
    return reader.document();
  } catch (fault) {
    if (fault instanceof Stop) return fault.fault;
    throw fault;
  }
}

const depthLimit = 100;

class Stop extends Error {
  constructor(readonly fault: JsonFault) {
    super();
  }
}

class Reader {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  document(): JsonNode {
    const value = this.value();
    this.skipSpace();
    if (this.at < this.text.length) this.stop('nothing may follow the value that ends before this');
    return value;
  }

  private value(): JsonNode {
    this.skipSpace();
    const start = this.at;
    switch (this.text[start]) {
      case '{':
        return this.nested(() => ({
          kind: 'object',
          members: this.many('}', () => this.member()),
          ...this.from(start),
        }));
      case '[':
        return this.nested(() => ({ kind: 'list', items: this.many(']', () => this.value()), ...this.from(start) }));
      case '"':
        return { kind: 'string', value: this.string(), ...this.from(start) };
    }
    const word = this.match(/[-+.\w]+/y) ?? this.stop('a value is expected here');
    const span = this.from(start);
    if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true', ...span };
    if (word === 'null') return { kind: 'null', ...span };
    if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(word)) {
      this.at = start;
      this.stop('a value is expected here, and a text stands in double quotes');
    }
    return { kind: 'number', value: Number(word), text: word, ...span };
  }

  private member(): JsonMember {
    this.skipSpace();
    const start = this.at;
    if (this.text[start] !== '"') this.stop('a key in double quotes is expected here');
    const key = this.string();
    const { span: keySpan } = this.from(start);
    this.skipSpace();
    if (!this.take(':')) this.stop('a `:` is expected here');
    return { key, keySpan, value: this.value() };
  }

  /** What stands between brackets, separated by commas. */
  private many<T>(close: '}' | ']', one: () => T): T[] {
    this.at++;
    const found: T[] = [];
    this.skipSpace();
    if (this.take(close)) return found;
    for (;;) {
      found.push(one());
      this.skipSpace();
      if (this.take(close)) return found;
      if (!this.take(',')) this.stop(`a comma or \`${close}\` is expected here`);
    }
  }

  private nested(read: () => JsonNode): JsonNode {
    if (++this.depth > depthLimit) this.stop(`values are nested at most ${depthLimit} deep`);
    const node = read();
    this.depth--;
    return node;
  }

  private string(): string {
    const start = this.at;
    const literal = this.match(/"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy);
    if (literal !== undefined) return JSON.parse(literal) as string;
    this.at = start;
    return this.stop('a text ends with a double quote on its own line, and knows only the escapes of JSON');
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    this.at += found?.length ?? 0;
    return found;
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private skipSpace(): void {
    this.match(/[ \t\r\n]+/y);
  }

  private from(start: number): { span: Span } {
    return { span: { start, end: this.at } };
  }

  private stop(expected: string): never {
    throw new Stop({ expected, span: { start: this.at, end: Math.min(this.at + 1, this.text.length) } });
  }
}
