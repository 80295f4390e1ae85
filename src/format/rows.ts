/** A file as rows: its logical lines and its comments, each with the block that it stands in. */
import type { IToken } from 'chevrotain';
import type { ParsedFile } from '../check/program.js';
import type { SourceFile, Span } from '../source.js';
import type { Node } from '../syntax/ast.js';
import { layout } from '../syntax/layout.js';
import { endOf, lex } from '../syntax/lexer.js';
import { Problems } from '../syntax/problems.js';
import { Dedent, Indent, Newline, Text, TextEnd, TextStart } from '../syntax/tokens.js';
import { walk } from '../syntax/visit.js';
import { beginsStatement, markWords } from '../syntax/words.js';
import { type Comment, grouped, type Part, type Token } from './tokens.js';

/** A line of code, or a comment on a line of its own. Lines of the file are counted from 1. */
export interface Row {
  readonly kind: 'code' | 'comment';
  /** How many blocks are around it. */
  readonly level: number;
  /** How far it is indented in the source. */
  readonly column: number;
  readonly parts: readonly Part[];
  /** The comment behind it, and how far right that stands in the source. */
  readonly trailing: { readonly text: string; readonly column: number } | undefined;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly span: Span;
}

export function rowsOf({ source, ast }: ParsedFile): Row[] {
  const problems = new Problems(source);
  const lexed = lex(problems);
  const tokens = layout(lexed.tokens, problems);
  const unmarked = tokens.map((token) => ({ ...token }));
  markWords(tokens);
  const comments = lexed.comments.map((span) => commentOf(source, span));
  return new Rows(source, ast, tokens, unmarked, comments).run();
}

function commentOf({ text }: SourceFile, { start, end }: Span): Comment {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const alone = /^[ \t\uFEFF]*$/.test(text.slice(lineStart, start));
  return { kind: 'comment', text: text.slice(start, end).trimEnd(), span: { start, end }, alone };
}

class Rows {
  private readonly rows: Row[] = [];
  /** Offsets of what takes a comma behind the last of its kind, and of names that consist of several tokens. */
  private readonly listed = new Set<number>();
  private readonly names = new Map<number, Span>();
  private nextComment = 0;

  constructor(
    private readonly source: SourceFile,
    ast: Node,
    private readonly tokens: readonly IToken[],
    private readonly unmarked: readonly IToken[],
    private readonly comments: readonly Comment[],
  ) {
    walk(ast, {
      enter: (node, parent) => {
        const isItem = node.kind === 'Arg' || node.kind === 'Param' || node.kind === 'RecordField';
        if (isItem || node.kind === 'OptionEntry' || parent?.kind === 'List') this.listed.add(node.span.start);
        if (node.kind === 'Word' || node.kind === 'Name') this.names.set(node.span.start, node.span);
      },
    });
  }

  run(): Row[] {
    let level = 0;
    let first = 0;
    for (const [at, { tokenType }] of this.tokens.entries()) {
      if (tokenType === Indent) level++;
      else if (tokenType === Dedent) level--;
      if (tokenType === Indent || tokenType === Dedent) first = at + 1;
      if (tokenType !== Newline) continue;
      this.addLine(first, at, level);
      first = at + 1;
    }
    this.addComments(this.source.text.length);
    return placed(this.rows);
  }

  /** The tokens from one index to before another are a logical line. */
  private addLine(first: number, end: number, level: number): void {
    const tokens = this.tokensOf(first, end);
    if (tokens.length === 0) return;
    const span = { start: tokens[0]!.span.start, end: tokens.at(-1)!.span.end };
    this.addComments(span.start);
    const inside = this.takeComments(span.end);
    const items = [...tokens, ...inside].sort((one, other) => one.span.start - other.span.start);
    const lastLine = this.source.position(span.end).line;
    const next = this.comments[this.nextComment];
    const isBehind = next !== undefined && !next.alone && this.source.position(next.span.start).line === lastLine;
    if (isBehind) this.nextComment++;
    this.rows.push({
      kind: 'code',
      level,
      column: this.columnOf(span.start),
      parts: grouped(items, {
        takesComma: (offset) => this.listed.has(offset),
        isBroken: (start, stop) => this.source.text.slice(start, stop).includes('\n'),
      }),
      trailing: isBehind ? { text: next.text, column: this.columnOf(next.span.start) } : undefined,
      firstLine: this.source.position(span.start).line,
      lastLine,
      span,
    });
  }

  private addComments(end: number): void {
    for (const { text, span } of this.takeComments(end)) {
      const { line } = this.source.position(span.start);
      const token = { kind: 'token', text, span, type: Text, canBeginLine: true, canBeLine: true } as const;
      const column = this.columnOf(span.start);
      this.rows.push({
        kind: 'comment',
        level: 0,
        column,
        parts: [token],
        trailing: undefined,
        firstLine: line,
        lastLine: line,
        span,
      });
    }
  }

  private takeComments(end: number): readonly Comment[] {
    const from = this.nextComment;
    while ((this.comments[this.nextComment]?.span.start ?? end) < end) this.nextComment++;
    return this.comments.slice(from, this.nextComment);
  }

  /** A string with holes is one token here, and so is a name that is written with several: `payments-worker`. */
  private tokensOf(first: number, end: number): Token[] {
    const found: Token[] = [];
    for (let at = first; at < end; at++) {
      const token = this.tokens[at]!;
      if (token.image === '') continue;
      const { startOffset: start } = token;
      const canBeginLine = !beginsStatement(this.unmarked, at);
      const canBeLine = !beginsStatement(this.unmarked.slice(at, at + 1), 0);
      let stop = endOf(token);
      let type = token.tokenType;
      if (type === TextStart) {
        for (let depth = 1; depth > 0 && at + 1 < end;) {
          at++;
          if (this.tokens[at]!.tokenType === TextStart) depth++;
          else if (this.tokens[at]!.tokenType === TextEnd) depth--;
        }
        stop = endOf(this.tokens[at]!);
        type = Text;
      }
      const name = this.names.get(start);
      if (name !== undefined && name.end > stop) {
        while (at + 1 < end && endOf(this.tokens[at + 1]!) <= name.end) at++;
        stop = endOf(this.tokens[at]!);
      }
      const text = this.source.text.slice(start, stop);
      found.push({ kind: 'token', text, span: { start, end: stop }, type, canBeginLine, canBeLine });
    }
    return found;
  }

  private columnOf(offset: number): number {
    const { text } = this.source;
    let column = 0;
    for (let at = text.lastIndexOf('\n', offset - 1) + 1; at < offset; at++) {
      if (text[at] === '\t') column += INDENT - (column % INDENT);
      else if (text[at] !== '\uFEFF') column++;
    }
    return column;
  }
}

/** A tab goes to the next multiple of this; one level of the result is as wide. */
export const INDENT = 4;

/**
 * Gives comments their levels: that of the innermost block around the line before or after them which is not right of
 * them; under a line without a block, of the block that it could have. A comment is never deeper than the one above it.
 */
function placed(rows: readonly Row[]): Row[] {
  const columns: number[] = [];
  const nextLevels: number[] = [];
  let following = 0;
  for (let at = rows.length - 1; at >= 0; at--) {
    nextLevels[at] = following;
    if (rows[at]!.kind === 'code') following = rows[at]!.level;
  }
  let level = -1;
  let above = 0;
  return rows.map((row, at) => {
    if (row.kind === 'code') {
      level = row.level;
      above = level + 1;
      columns.length = Math.min(columns.length, level);
      columns[level] = row.column;
      return row;
    }
    const next = nextLevels[at]!;
    if (level < 0 || next > level) return { ...row, level: next };
    while (above > next && (columns[above] ?? columns[level]! + 1) > row.column) above--;
    return { ...row, level: above };
  });
}
