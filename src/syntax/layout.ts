/**
 * Tokens to lines and blocks: a pure pass that puts Newline, Indent and Dedent between tokens. It also balances brackets,
 * so that the grammar never meets one without its partner, and splits strings that have holes.
 */
import type { IToken, TokenType } from 'chevrotain';
import { checkLiteral, endOf, lexHole, spanOf } from './lexer.js';
import type { Problems } from './problems.js';
import { splitHoles } from './strings.js';
import {
  Arrow,
  Colon,
  Dedent,
  Indent,
  LeftBrace,
  LeftBracket,
  LeftParen,
  MalformedNumber,
  Newline,
  Numeral,
  RightBrace,
  RightBracket,
  RightParen,
  SingleQuoted,
  Skipped,
  Text,
  TextEnd,
  TextMiddle,
  TextStart,
  tokenTypes,
} from './tokens.js';
import { beginsStatement } from './words.js';

export const MAX_BLOCKS = 100;
export const MAX_BRACKETS = 200;
/** In one line: more is no program, and would only take long to read. */
const MAX_TOKENS = 100_000;

const TAB_WIDTH = 4;

/** What a token does to the stack of open brackets. A hole of a string is one, too. */
interface BracketRole {
  readonly closes?: TokenType;
  readonly opens?: true;
  /** Of an opening token: what closes it. */
  readonly partner?: TokenType;
}

const roles: (BracketRole | undefined)[] = [];
roles[LeftParen.tokenTypeIdx!] = { opens: true, partner: RightParen };
roles[LeftBracket.tokenTypeIdx!] = { opens: true, partner: RightBracket };
roles[LeftBrace.tokenTypeIdx!] = { opens: true, partner: RightBrace };
roles[RightParen.tokenTypeIdx!] = { closes: RightParen };
roles[RightBracket.tokenTypeIdx!] = { closes: RightBracket };
roles[RightBrace.tokenTypeIdx!] = { closes: RightBrace };
roles[TextStart.tokenTypeIdx!] = { opens: true, partner: TextEnd };
roles[TextMiddle.tokenTypeIdx!] = { closes: TextEnd, opens: true, partner: TextEnd };
roles[TextEnd.tokenTypeIdx!] = { closes: TextEnd };

/** Tokens that layout passes on as they are. */
const isPlain: boolean[] = [];
for (const { tokenTypeIdx } of tokenTypes) isPlain[tokenTypeIdx!] = roles[tokenTypeIdx!] === undefined;
for (const { tokenTypeIdx } of [Arrow, Text, SingleQuoted, MalformedNumber]) isPlain[tokenTypeIdx!] = false;

/** A block. After a line that fits no block, lines between two columns belong to it, until one is at its own column. */
interface Level {
  readonly column: number;
  min: number;
  max: number;
}

/** @returns the tokens of the file, every line ended by a Newline, Indents and Dedents in pairs */
export function layout(tokens: readonly IToken[], problems: Problems): IToken[] {
  return new Layout(tokens, problems).run();
}

class Layout {
  private readonly out: IToken[] = [];
  private readonly levels: Level[] = [{ column: 0, min: 0, max: 0 }];
  private readonly brackets: IToken[] = [];
  /** The column of the line that is being read, and where it begins in `out`; undefined between lines. */
  private column = 0;
  private lineStart: number | undefined;
  /** How long `out` may get by the line; 0 where tokens are dropped: between lines, and where something is too much. */
  private limit = 0;
  /** Lines right of this column are dropped: blocks too deep. */
  private droppedColumn: number | undefined;
  private indentation: { readonly tabs: boolean; readonly offset: number } | undefined;
  private mixed = false;

  constructor(
    private readonly tokens: readonly IToken[],
    private readonly problems: Problems,
  ) {}

  run(): IToken[] {
    const { tokens } = this;
    let lineEnd: IToken | undefined;
    for (let index = 0; index < tokens.length; index++) {
      const token = tokens[index]!;
      if (token.tokenTypeIdx === Newline.tokenTypeIdx) {
        lineEnd ??= token;
        const next = tokens[index + 1];
        if (next === undefined || next.tokenTypeIdx === Newline.tokenTypeIdx) continue;
        const indentation = token.image.slice(token.image.indexOf('\n') + 1);
        if (this.brackets.length > 0 && this.continues(index + 1, indentation)) {
          lineEnd = undefined;
          continue;
        }
        this.endLine(lineEnd);
        this.beginLine(next, indentation);
        lineEnd = undefined;
      } else {
        if (index === 0) this.beginLine(token, this.problems.text.slice(0, token.startOffset).replace('\uFEFF', ''));
        if (isPlain[token.tokenTypeIdx] && this.out.length < this.limit) this.out.push(token);
        else this.take(token);
      }
    }
    this.endLine(lineEnd);
    while (this.levels.length > 1) this.endBlock(this.problems.text.length);
    return this.out;
  }

  /** A line goes on inside brackets if it is deeper and begins no statement, or if it begins with the closing bracket. */
  private continues(index: number, indentation: string): boolean {
    if (roles[this.tokens[index]!.tokenTypeIdx]?.closes !== undefined) return true;
    return this.measure(indentation, this.tokens[index]!) > this.column && !beginsStatement(this.tokens, index);
  }

  private beginLine(first: IToken, indentation: string): void {
    const width = this.measure(indentation, first);
    this.column = width;
    if (this.droppedColumn !== undefined) {
      if (width > this.droppedColumn) return;
      this.droppedColumn = undefined;
    }
    const top = this.levels[this.levels.length - 1]!;
    if (width > top.max) {
      if (this.levels.length > MAX_BLOCKS) {
        this.problems.report('TWF109', spanOf(first), { limit: MAX_BLOCKS });
        this.droppedColumn = top.max;
        this.insert(Indent, first.startOffset);
        this.insert(Skipped, first.startOffset);
        this.insert(Newline, first.startOffset);
        this.insert(Dedent, first.startOffset);
        return;
      }
      this.levels.push({ column: width, min: width, max: width });
      this.insert(Indent, first.startOffset);
    } else if (width < top.min) this.endBlocks(first, width);
    else if (width === top.column) top.min = top.max = width;
    this.lineStart = this.out.length;
    this.limit = this.lineStart + MAX_TOKENS;
  }

  /** Ends the blocks that a line is left of. If its column is that of no block, it joins the nearest. */
  private endBlocks(first: IToken, width: number): void {
    for (let top = this.levels.at(-1)!; width < top.min; top = this.levels.at(-1)!) {
      const outer = this.levels.at(-2)!;
      if (width > outer.max) {
        const hint = `Indent it like a block above it: by ${outer.column}, or by ${top.column}.`;
        if (!this.mixed) this.problems.report('TWF108', spanOf(first), {}, { hint });
        if (top.min - width <= width - outer.max) {
          top.min = width;
          return;
        }
        outer.max = width;
      }
      this.endBlock(first.startOffset);
    }
  }

  private endLine(newline: IToken | undefined): void {
    if (this.lineStart !== undefined) {
      const offset = newline?.startOffset ?? this.problems.text.length;
      if (this.limit > 0) this.closeBrackets(0, offset);
      if (this.out.length === this.lineStart) this.insert(Skipped, offset);
      if (newline === undefined) this.insert(Newline, offset);
      else this.out.push(newline);
    }
    this.brackets.length = 0;
    this.lineStart = undefined;
    this.limit = 0;
  }

  private endBlock(offset: number): void {
    this.levels.pop();
    this.insert(Dedent, offset);
  }

  private take(token: IToken): void {
    if (this.limit === 0) return this.takeDropped(token);
    if (this.out.length >= this.limit) {
      const span = { start: this.out[this.lineStart!]!.startOffset, end: token.startOffset };
      this.problems.report('TWF219', span, { limit: MAX_TOKENS, what: 'words and signs' });
      this.drop();
      return this.takeDropped(token);
    }
    const type = token.tokenTypeIdx;
    const role = roles[type];
    if (role !== undefined) return this.takeBracket(token, role);
    if (type === Arrow.tokenTypeIdx && !this.brackets.some(isHole)) this.closeBrackets(0, token.startOffset);
    else if (type === Text.tokenTypeIdx) {
      checkLiteral(token, this.problems);
      if (token.image.includes('{')) {
        const parts = splitHoles(token, (text, offset) => lexHole(text, offset, this.problems), this.problems);
        if (parts !== undefined) {
          for (const part of parts) this.take(part);
          return;
        }
      }
    } else if (type === SingleQuoted.tokenTypeIdx || type === MalformedNumber.tokenTypeIdx) {
      checkLiteral(token, this.problems);
      token.tokenType = type === SingleQuoted.tokenTypeIdx ? Text : Numeral;
      token.tokenTypeIdx = token.tokenType.tokenTypeIdx!;
    }
    this.out.push(token);
  }

  /** Gives up the line that is being read. */
  private drop(): void {
    this.limit = 0;
    this.out.length = this.lineStart!;
  }

  /** Brackets count in dropped text, too: they say where its line ends. */
  private takeDropped(token: IToken): void {
    const role = roles[token.tokenTypeIdx];
    if (role?.opens) this.brackets.push(token);
    else if (role?.closes) this.brackets.pop();
  }

  private takeBracket(token: IToken, role: BracketRole): void {
    if (role.closes !== undefined && !this.close(token, role.closes)) return;
    if (role.opens) {
      this.brackets.push(token);
      if (this.brackets.length > MAX_BRACKETS) {
        this.problems.report('TWF110', spanOf(token), { limit: MAX_BRACKETS });
        return this.drop();
      }
    }
    this.out.push(token);
  }

  /** @returns whether there was something to close */
  private close(token: IToken, type: TokenType): boolean {
    let index = this.brackets.length - 1;
    while (index >= 0 && partnerOf(this.brackets[index]!) !== type)
      index = isHole(this.brackets[index]!) ? -1 : index - 1;
    if (index < 0) {
      const open = this.brackets.at(-1);
      const span = spanOf(token);
      if (open === undefined) {
        this.problems.report(
          'TWF106',
          span,
          { bracket: token.image },
          {
            fixes: [this.problems.fix(`Remove \`${token.image}\``, span, '')],
          },
        );
      } else {
        const labels = [{ file: this.problems.source, span: spanOf(open), text: 'this bracket is open' }];
        const hint = `Close \`${open.image}\` with \`${partnerOf(open).PATTERN as string}\` first.`;
        this.problems.report('TWF106', span, { bracket: token.image }, { labels, hint });
      }
      return false;
    }
    this.closeBrackets(index + 1, token.startOffset);
    this.brackets.pop();
    return true;
  }

  /** Reports the brackets that are open above a height of the stack, and puts what closes them where they had to end. */
  private closeBrackets(height: number, offset: number): void {
    if (this.brackets.length <= height) return;
    const open = this.brackets.at(-1)!;
    const closer = partnerOf(open).PATTERN as string;
    this.problems.report(
      'TWF105',
      spanOf(open),
      { bracket: open.image, closer },
      {
        hint: 'A line goes on inside brackets only where the lines after it are indented deeper and begin no statement.',
      },
    );
    const colon = this.out.at(-1)?.tokenTypeIdx === Colon.tokenTypeIdx ? this.out.pop() : undefined;
    const at = colon?.startOffset ?? Math.min(offset, endOf(this.out.at(-1)!));
    while (this.brackets.length > height) this.insert(partnerOf(this.brackets.pop()!), at);
    if (colon !== undefined) this.out.push(colon);
  }

  private insert(type: TokenType, startOffset: number): void {
    this.out.push({ image: '', startOffset, tokenType: type, tokenTypeIdx: type.tokenTypeIdx! });
  }

  /** The width of an indentation; reports the first line of the file that is indented by something else than those before. */
  private measure(indentation: string, first: IToken): number {
    if (indentation === '') return 0;
    const tabs = indentation.includes('\t');
    if (tabs || this.indentation?.tabs !== false) {
      this.indentation ??= { tabs, offset: first.startOffset };
      const both = tabs && indentation.includes(' ');
      if ((both || tabs !== this.indentation.tabs) && !this.mixed) {
        this.mixed = true;
        const span = { start: first.startOffset - indentation.length, end: first.startOffset };
        const line = this.problems.line(first.startOffset);
        const other = this.problems.line(this.indentation.offset);
        const elsewhere = other === line ? '' : `, line ${other} with ${this.indentation.tabs ? 'tabs' : 'spaces'}`;
        const is = both ? 'tabs and spaces' : tabs ? 'tabs' : 'spaces';
        this.problems.report('TWF107', span, { line, is, elsewhere });
      }
    }
    if (!tabs) return indentation.length;
    let width = 0;
    for (const character of indentation) width += character === '\t' ? TAB_WIDTH - (width % TAB_WIDTH) : 1;
    return width;
  }
}

function partnerOf(open: IToken): TokenType {
  return roles[open.tokenTypeIdx]!.partner!;
}

function isHole(open: IToken): boolean {
  return partnerOf(open) === TextEnd;
}
