/**
 * The grammar of expressions: operands and operators in a row, which precedence.ts turns into a tree.
 *
 * What a rule reads piece by piece it keeps on a stack, so that the functions inside rules need no local variables and
 * are made once, not for each call: this halves the time that parsing takes.
 */
import type { IToken } from 'chevrotain';
import { join, type Span } from '../source.js';
import type { Arg, Expr, FieldExpr, Name, NameExpr, RecordField, Target } from './ast.js';
import { endOf, shorten, spanOf } from './lexer.js';
import { climb, type Item } from './precedence.js';
import { RecoveringParser } from './recovery.js';
import { textOf } from './strings.js';
import {
  BinaryOperator,
  Colon,
  Comma,
  Dot,
  Duration,
  keyword,
  LeftBrace,
  LeftBracket,
  LeftParen,
  Numeral,
  PrefixOperator,
  RightBrace,
  RightBracket,
  RightParen,
  Text,
  TextEnd,
  TextMiddle,
  TextStart,
  Word,
} from './tokens.js';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

interface Fields {
  readonly span: Span;
  readonly fields: RecordField[];
}

export abstract class ExpressionGrammar extends RecoveringParser {
  /** What the rules under way have read so far. */
  protected readonly stack: unknown[] = [];
  /** The operand under way, while what follows it is read. */
  private current!: Expr;

  readonly expression = this.RULE('expression', (): Expr => {
    const base = this.stack.length;
    this.SUBRULE(this.operand);
    this.MANY(this.operation);
    if (this.stack.length === base + 1 || this.RECORDING_PHASE) return this.stack.pop() as Expr;
    return climb(this.take<Item>(base), this.problems);
  });

  private readonly operation = () => {
    this.OR(this.operators);
    this.SUBRULE2(this.operand);
  };

  private readonly operators = [
    { ALT: () => void this.stack.push(this.CONSUME(BinaryOperator)) },
    {
      ALT: () => {
        this.stack.push(this.CONSUME(keyword.not));
        this.stack.push(this.CONSUME(keyword.in));
      },
    },
  ];

  /** A value with what stands right before and after it: `-x.f[0]`. Left on the stack. */
  protected readonly operand = this.RULE('operand', () => {
    this.MANY(this.prefix);
    this.current = this.OR(this.primaries);
    this.MANY2(this.postfix);
    this.stack.push(this.current);
  });

  private readonly prefix = () => void this.stack.push(this.CONSUME(PrefixOperator));

  private readonly primaries = [
    { ALT: () => this.named(this.CONSUME(Word), this.OPTION(this.fieldsOf)) },
    { ALT: () => this.SUBRULE(this.text) },
    { ALT: () => this.number(this.CONSUME(Numeral)) },
    { ALT: () => this.duration(this.CONSUME(Duration)) },
    { ALT: (): Expr => ({ kind: 'Bool', span: spanOf(this.CONSUME(keyword.true)), value: true }) },
    { ALT: (): Expr => ({ kind: 'Bool', span: spanOf(this.CONSUME(keyword.false)), value: false }) },
    { ALT: (): Expr => ({ kind: 'Null', span: spanOf(this.CONSUME(keyword.null)) }) },
    { ALT: () => this.none(this.CONSUME(keyword.None)) },
    { ALT: () => this.SUBRULE(this.group) },
    { ALT: () => this.SUBRULE(this.list) },
    { ALT: (): Expr => ({ kind: 'Record', name: undefined, ...this.SUBRULE2(this.fields) }) },
  ];

  private readonly fieldsOf = () => this.SUBRULE(this.fields);

  private readonly postfix = () => {
    this.OR2(this.postfixes);
  };

  private readonly postfixes = [
    {
      ALT: () => {
        this.CONSUME(Dot);
        this.current = this.fieldOf(this.current, this.CONSUME2(Word));
      },
    },
    {
      ALT: () => {
        const of = this.current;
        this.CONSUME(LeftBracket);
        const index = this.SUBRULE(this.expression);
        this.CONSUME(RightBracket);
        this.current = { kind: 'Index', span: this.spanFrom(of), of, index };
      },
    },
    {
      ALT: () => {
        const callee = this.current;
        const args = this.SUBRULE(this.arguments);
        this.current = this.functionCall(callee, args);
      },
    },
    {
      // `payments.Receipt{…}`: braces come after nothing else.
      GATE: () => this.current.kind === 'Field' && this.current.of.kind === 'NameExpr',
      ALT: () => {
        const { span, of, field } = this.current as FieldExpr & { readonly of: NameExpr };
        const { fields } = this.SUBRULE3(this.fields);
        if (this.RECORDING_PHASE) return;
        const name = qualified({ kind: 'Name', span: of.span, text: of.text }, field);
        this.current = { kind: 'Record', span: this.spanFrom({ span }), name, fields };
      },
    },
  ];

  protected readonly text = this.RULE('text', (): Expr => this.OR(this.texts));

  private readonly texts = [
    {
      ALT: (): Expr => {
        const token = this.CONSUME(Text);
        const base = this.stack.length;
        this.pushText(token);
        return { kind: 'String', span: spanOf(token), parts: this.take(base) };
      },
    },
    {
      ALT: (): Expr => {
        const base = this.stack.length;
        const start = this.CONSUME(TextStart);
        this.pushText(start);
        this.stack.push(this.SUBRULE(this.expression));
        this.MANY(this.nextHole);
        this.pushText(this.CONSUME(TextEnd));
        return { kind: 'String', span: this.spanSince(start.startOffset), parts: this.take(base) };
      },
    },
  ];

  private readonly nextHole = () => {
    this.pushText(this.CONSUME(TextMiddle));
    this.stack.push(this.SUBRULE2(this.expression));
  };

  protected readonly group = this.RULE('group', (): Expr => {
    const { startOffset } = this.CONSUME(LeftParen);
    const value = this.SUBRULE(this.expression);
    this.CONSUME(RightParen);
    const span = this.spanSince(startOffset);
    return value.kind === 'Binary' ? { ...value, span, parenthesised: true } : { ...value, span };
  });

  protected readonly list = this.RULE('list', (): Expr => {
    const base = this.stack.length;
    const { startOffset } = this.CONSUME(LeftBracket);
    this.OPTION(this.items);
    this.CONSUME(RightBracket);
    return { kind: 'List', span: this.spanSince(startOffset), items: this.take(base) };
  });

  private readonly items = () => {
    this.stack.push(this.SUBRULE(this.expression));
    this.MANY(this.moreItems);
    this.OPTION2(this.lastComma);
  };

  private readonly moreItems = this.after(Comma, () => this.stack.push(this.SUBRULE2(this.expression)));

  protected readonly fields = this.RULE('fields', (): Fields => {
    const base = this.stack.length;
    const { startOffset } = this.CONSUME(LeftBrace);
    this.OPTION(this.fieldList);
    this.CONSUME(RightBrace);
    return { span: this.spanSince(startOffset), fields: this.take(base) };
  });

  private readonly fieldList = () => {
    this.stack.push(this.SUBRULE(this.field));
    this.MANY(this.moreFields);
    this.OPTION2(this.lastComma);
  };

  private readonly moreFields = this.after(Comma, () => this.stack.push(this.SUBRULE2(this.field)));

  /** `id: x`, `"a key": x`, or in short `total`, `order.total`. */
  protected readonly field = this.RULE('field', (): RecordField => this.OR({ MAX_LOOKAHEAD: 2, DEF: this.fieldForms }));

  private readonly fieldForms = [
    {
      ALT: () => {
        const name = this.CONSUME(Word);
        this.CONSUME(Colon);
        return this.givenField(nameOf(name), this.SUBRULE(this.expression));
      },
    },
    {
      ALT: () => {
        const key = this.CONSUME(Text);
        this.CONSUME2(Colon);
        return this.givenField(this.quoted(key), this.SUBRULE2(this.expression));
      },
    },
    { ALT: () => this.shortField(this.SUBRULE3(this.expression)) },
  ];

  /** `(a, b, name: c)`. */
  protected readonly arguments = this.RULE('arguments', (): Arg[] => {
    const base = this.stack.length;
    this.CONSUME(LeftParen);
    this.OPTION(this.argumentList);
    this.CONSUME(RightParen);
    return this.checkOrder(this.take(base));
  });

  private readonly argumentList = () => {
    this.stack.push(this.SUBRULE(this.argument));
    this.MANY(this.moreArguments);
    this.OPTION2(this.lastComma);
  };

  private readonly moreArguments = this.after(Comma, () => this.stack.push(this.SUBRULE2(this.argument)));

  protected readonly argument = this.RULE('argument', (): Arg => {
    const name = this.OPTION(this.argumentName);
    const value = this.SUBRULE(this.expression);
    const span = name === undefined ? value.span : this.spanFrom(name);
    return { kind: 'Arg', span, name, value };
  });

  private readonly argumentName = {
    MAX_LOOKAHEAD: 2,
    DEF: (): Name => {
      const name = nameOf(this.CONSUME(Word));
      this.CONSUME(Colon);
      return name;
    },
  };

  protected readonly name = this.RULE('name', (): Name => nameOf(this.CONSUME(Word)));

  /** What follows the first of a list: a separator, unless it is the last thing before the closing bracket, and one more. */
  protected after(separator: typeof Comma, next: () => void) {
    const isMore = () => {
      const { tokenType } = this.LA(2);
      return tokenType !== RightParen && tokenType !== RightBracket && tokenType !== RightBrace;
    };
    return {
      GATE: isMore,
      DEF: () => {
        this.CONSUME(separator);
        next();
      },
    };
  }

  protected readonly lastComma = () => this.CONSUME2(Comma);

  /** Takes from the stack what was put there since it had a height. */
  protected take<T>(base: number): T[] {
    return this.stack.splice(base) as T[];
  }

  /** From an offset to the end of the last token that was consumed. */
  protected spanSince(start: number): Span {
    return { start, end: endOf(this.LA(0)) };
  }

  /** From the start of a node to the end of the last token that was consumed. */
  protected spanFrom(node: { readonly span: Span }): Span {
    return this.RECORDING_PHASE ? NOWHERE : { start: node.span.start, end: endOf(this.LA(0)) };
  }

  private named(token: IToken, fields: Fields | undefined): Expr {
    const span = spanOf(token);
    if (fields === undefined || this.RECORDING_PHASE) return { kind: 'NameExpr', span, text: token.image };
    return { kind: 'Record', span: join(span, fields.span), name: nameOf(token), fields: fields.fields };
  }

  private number(token: IToken): Expr {
    const span = spanOf(token);
    return /^[\d.]+$/.test(token.image) ? { kind: 'Number', span, text: token.image } : { kind: 'Invalid', span };
  }

  private duration(token: IToken): Expr {
    const [, amount = '0', unit = 'ms'] = /^(\d+)([a-z]*)/.exec(token.image) ?? [];
    const milliseconds = Number(amount) * (UNITS[unit] ?? 1);
    if (!Number.isSafeInteger(milliseconds)) {
      this.problems.report('TWF113', spanOf(token), { text: shorten(token.image), limit: Number.MAX_SAFE_INTEGER });
    }
    return { kind: 'Duration', span: spanOf(token), text: token.image, milliseconds };
  }

  private none(token: IToken): Expr {
    const span = spanOf(token);
    if (!this.RECORDING_PHASE) {
      this.problems.report('TWF217', span, {}, { fixes: [this.problems.fix('Write `null`', span, 'null')] });
    }
    return { kind: 'Null', span };
  }

  private fieldOf(of: Expr, token: IToken): Expr {
    return { kind: 'Field', span: this.spanFrom(of), of, field: nameOf(token) };
  }

  private functionCall(callee: Expr, args: readonly Arg[]): Expr {
    if (!this.RECORDING_PHASE && callee.kind !== 'NameExpr' && callee.kind !== 'Field') {
      this.problems.report('TWF216', callee.span, {}, { hint: 'A call is `name(…)` or `value.name(…)`.' });
      return { kind: 'Invalid', span: this.spanFrom(callee) };
    }
    return { kind: 'FunctionCall', span: this.spanFrom(callee), callee, args };
  }

  private givenField(name: Name, value: Expr): RecordField {
    return { kind: 'RecordField', span: this.spanFrom(name), name, value, shorthand: false };
  }

  private shortField(value: Expr): RecordField {
    const { span } = value;
    if (this.RECORDING_PHASE || isPath(value)) {
      const name: Name =
        value.kind === 'Field' ? { ...value.field } : { kind: 'Name', span, text: (value as { text: string }).text };
      return { kind: 'RecordField', span, name, value, shorthand: true };
    }
    this.problems.report('TWF215', span, {}, { hint: 'Give the field its name: `name: value`.' });
    return { kind: 'RecordField', span, name: { kind: 'Name', span, text: '' }, value, shorthand: false };
  }

  private quoted(token: IToken): Name {
    const text = this.RECORDING_PHASE ? '' : textOf(token, this.problems);
    return { kind: 'Name', span: spanOf(token), text };
  }

  /** The text of a piece of a string goes to the stack, unless there is none. */
  private pushText(token: IToken): void {
    if (this.RECORDING_PHASE) return;
    const text = textOf(token, this.problems);
    if (text !== '') this.stack.push(text);
  }

  private checkOrder(args: Arg[]): Arg[] {
    let named = false;
    for (const arg of args) {
      if (named && arg.name === undefined && !this.RECORDING_PHASE) {
        const hint = 'Move it before the first argument that has a name, or name it.';
        this.problems.report('TWF214', arg.span, {}, { hint });
      }
      named ||= arg.name !== undefined;
    }
    return args;
  }
}

const NOWHERE: Span = { start: 0, end: 0 };

/** A name, or fields of one: `order.customer.id`. */
export function isPath(value: Expr): value is Target {
  let root = value;
  while (root.kind === 'Field') root = root.of;
  return root.kind === 'NameExpr';
}

/** The name of something in another package. */
export function qualified(owner: Name, { span, text }: Name): Name {
  return { kind: 'Name', span: join(owner.span, span), text: `${owner.text}.${text}` };
}

export function nameOf(token: IToken): Name {
  return { kind: 'Name', span: spanOf(token), text: token.image };
}
