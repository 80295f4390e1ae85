/** The grammar of expressions: flat lists of operands and operators, which precedence.ts turns into trees. */
import type { IToken } from 'chevrotain';
import { join, type Span } from '../source.js';
import type { Arg, Expr, Name, RecordField, Target } from './ast.js';
import { endOf, spanOf } from './lexer.js';
import { climb, type Item, unary } from './precedence.js';
import { RecoveringParser } from './recovery.js';
import { textOf } from './strings.js';
import {
  Bang,
  BinaryOperator,
  Colon,
  Comma,
  Dot,
  Duration,
  keyword,
  LeftBrace,
  LeftBracket,
  LeftParen,
  Minus,
  Numeral,
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

export abstract class ExpressionGrammar extends RecoveringParser {
  readonly expression = this.RULE('expression', (): Expr => {
    const items: Item[] = [];
    this.MANY(() => {
      items.push(this.CONSUME(keyword.not));
    });
    items.push(this.SUBRULE(this.operand));
    this.MANY2(() => {
      this.OR([
        { ALT: () => items.push(this.CONSUME(BinaryOperator)) },
        {
          ALT: () => {
            items.push(this.CONSUME2(keyword.not));
            items.push(this.CONSUME(keyword.in));
          },
        },
      ]);
      this.MANY3(() => {
        items.push(this.CONSUME3(keyword.not));
      });
      items.push(this.SUBRULE2(this.operand));
    });
    return items.length === 1 ? (items[0] as Expr) : this.ACTION(() => climb(items, this.problems));
  });

  /** A value with what stands right before and after it: `-x.f[0]`. */
  protected readonly operand = this.RULE('operand', (): Expr => {
    let signs: IToken[] | undefined;
    this.MANY(() => {
      const sign = this.OR([{ ALT: () => this.CONSUME(Minus) }, { ALT: () => this.CONSUME(Bang) }]);
      (signs ??= []).push(sign);
    });
    let value = this.SUBRULE(this.primary);
    this.MANY2(() => {
      this.OR2([
        {
          ALT: () => {
            this.CONSUME(Dot);
            const field = this.SUBRULE(this.name);
            this.ACTION(() => {
              value = { kind: 'Field', span: join(value.span, field.span), of: value, field };
            });
          },
        },
        {
          ALT: () => {
            this.CONSUME(LeftBracket);
            const index = this.SUBRULE(this.expression);
            const end = this.CONSUME(RightBracket);
            this.ACTION(() => {
              value = { kind: 'Index', span: join(value.span, spanOf(end)), of: value, index };
            });
          },
        },
        {
          ALT: () => {
            const args = this.SUBRULE(this.arguments);
            this.ACTION(() => {
              value = this.functionCall(value, args);
            });
          },
        },
      ]);
    });
    return signs === undefined ? value : this.ACTION(() => signs!.reduceRight(unary, value));
  });

  protected readonly primary = this.RULE('primary', (): Expr =>
    this.OR<Expr>([
      { ALT: () => this.SUBRULE(this.named) },
      { ALT: () => this.SUBRULE(this.text) },
      {
        ALT: (): Expr => {
          const token = this.CONSUME(Numeral);
          return { kind: 'Number', span: spanOf(token), text: token.image };
        },
      },
      { ALT: () => this.duration(this.CONSUME(Duration)) },
      { ALT: (): Expr => ({ kind: 'Bool', span: spanOf(this.CONSUME(keyword.true)), value: true }) },
      { ALT: (): Expr => ({ kind: 'Bool', span: spanOf(this.CONSUME(keyword.false)), value: false }) },
      { ALT: (): Expr => ({ kind: 'Null', span: spanOf(this.CONSUME(keyword.null)) }) },
      { ALT: () => this.none(this.CONSUME(keyword.None)) },
      { ALT: () => this.SUBRULE(this.group) },
      { ALT: () => this.SUBRULE(this.list) },
      {
        ALT: (): Expr => {
          const fields = this.SUBRULE(this.fields);
          return { kind: 'Record', span: fields.span, name: undefined, fields: fields.fields };
        },
      },
    ]),
  );

  /** `order`, `Order{id: 1}`. */
  protected readonly named = this.RULE('named', (): Expr => {
    const token = this.CONSUME(Word);
    const fields = this.OPTION(() => this.SUBRULE(this.fields));
    if (fields === undefined) return { kind: 'NameExpr', span: spanOf(token), text: token.image };
    return this.ACTION(() => ({
      kind: 'Record',
      span: join(spanOf(token), fields.span),
      name: { kind: 'Name', span: spanOf(token), text: token.image },
      fields: fields.fields,
    }));
  });

  protected readonly text = this.RULE('text', (): Expr =>
    this.OR<Expr>([
      {
        ALT: () => {
          const token = this.CONSUME(Text);
          return this.ACTION(() => ({
            kind: 'String',
            span: spanOf(token),
            parts: texts(textOf(token, this.problems)),
          }));
        },
      },
      {
        ALT: () => {
          const parts: (string | Expr)[] = [];
          const start = this.CONSUME(TextStart);
          this.ACTION(() => parts.push(...texts(textOf(start, this.problems))));
          parts.push(this.SUBRULE(this.expression));
          this.MANY(() => {
            const middle = this.CONSUME(TextMiddle);
            this.ACTION(() => parts.push(...texts(textOf(middle, this.problems))));
            parts.push(this.SUBRULE2(this.expression));
          });
          const end = this.CONSUME(TextEnd);
          this.ACTION(() => parts.push(...texts(textOf(end, this.problems))));
          return { kind: 'String', span: { start: start.startOffset, end: endOf(end) }, parts };
        },
      },
    ]),
  );

  protected readonly group = this.RULE('group', (): Expr => {
    const start = this.CONSUME(LeftParen);
    const value = this.SUBRULE(this.expression);
    const end = this.CONSUME(RightParen);
    return this.ACTION(() => {
      const span = { start: start.startOffset, end: endOf(end) };
      return value.kind === 'Binary' ? { ...value, span, parenthesised: true } : { ...value, span };
    });
  });

  protected readonly list = this.RULE('list', (): Expr => {
    const items: Expr[] = [];
    const start = this.CONSUME(LeftBracket);
    this.OPTION(() => {
      items.push(this.SUBRULE(this.expression));
      this.MANY(() => {
        this.CONSUME(Comma);
        items.push(this.SUBRULE2(this.expression));
      });
      this.OPTION2(() => this.CONSUME2(Comma));
    });
    const end = this.CONSUME(RightBracket);
    return { kind: 'List', span: { start: start.startOffset, end: endOf(end) }, items };
  });

  protected readonly fields = this.RULE('fields', (): { span: Span; fields: RecordField[] } => {
    const fields: RecordField[] = [];
    const start = this.CONSUME(LeftBrace);
    this.OPTION(() => {
      fields.push(this.SUBRULE(this.field));
      this.MANY(() => {
        this.CONSUME(Comma);
        fields.push(this.SUBRULE2(this.field));
      });
      this.OPTION2(() => this.CONSUME2(Comma));
    });
    const end = this.CONSUME(RightBrace);
    return { span: { start: start.startOffset, end: endOf(end) }, fields };
  });

  /** `id: x`, `"a key": x`, or in short `total`, `order.total`. */
  protected readonly field = this.RULE('field', (): RecordField =>
    this.OR<RecordField>([
      {
        ALT: () => {
          const name = this.SUBRULE(this.name);
          this.CONSUME(Colon);
          return this.givenField(name, this.SUBRULE(this.expression));
        },
      },
      {
        ALT: () => {
          const key = this.CONSUME(Text);
          this.CONSUME2(Colon);
          const value = this.SUBRULE2(this.expression);
          return this.ACTION(() => {
            const name: Name = { kind: 'Name', span: spanOf(key), text: textOf(key, this.problems) };
            return this.givenField(name, value);
          });
        },
      },
      {
        ALT: () => {
          const value = this.SUBRULE3(this.expression);
          return this.ACTION(() => this.shortField(value));
        },
      },
    ]),
  );

  /** `(a, b, name: c)`. */
  protected readonly arguments = this.RULE('arguments', (): Arg[] => {
    const args: Arg[] = [];
    this.CONSUME(LeftParen);
    this.OPTION(() => {
      args.push(this.SUBRULE(this.argument));
      this.MANY(() => {
        this.CONSUME(Comma);
        args.push(this.SUBRULE2(this.argument));
      });
      this.OPTION2(() => this.CONSUME2(Comma));
    });
    this.CONSUME(RightParen);
    this.ACTION(() => this.checkOrder(args));
    return args;
  });

  protected readonly argument = this.RULE('argument', (): Arg => {
    const name = this.OPTION(() => {
      const word = this.SUBRULE(this.name);
      this.CONSUME(Colon);
      return word;
    });
    const value = this.SUBRULE(this.expression);
    return this.ACTION(() => ({ kind: 'Arg', span: name ? join(name.span, value.span) : value.span, name, value }));
  });

  protected readonly name = this.RULE('name', (): Name => {
    const token = this.CONSUME(Word);
    return { kind: 'Name', span: spanOf(token), text: token.image };
  });

  /** From an offset to the end of the last token that was consumed. */
  protected spanSince(start: number): Span {
    return { start, end: endOf(this.LA(0)) };
  }

  private duration(token: IToken): Expr {
    const [, amount = '0', unit = 'ms'] = /^(\d+)([a-z]*)/.exec(token.image) ?? [];
    const milliseconds = Number(amount) * (UNITS[unit] ?? 1);
    if (!Number.isSafeInteger(milliseconds)) {
      this.problems.report('TWF113', spanOf(token), { text: token.image, limit: Number.MAX_SAFE_INTEGER });
    }
    return { kind: 'Duration', span: spanOf(token), text: token.image, milliseconds };
  }

  private none(token: IToken): Expr {
    const span = spanOf(token);
    this.ACTION(() =>
      this.problems.report('TWF217', span, {}, { fixes: [this.problems.fix('Write `null`', span, 'null')] }),
    );
    return { kind: 'Null', span };
  }

  private functionCall(callee: Expr, args: readonly Arg[]): Expr {
    const span = this.spanSince(callee.span.start);
    if (callee.kind !== 'NameExpr' && callee.kind !== 'Field') {
      this.problems.report('TWF216', callee.span, {}, { hint: 'A call is `name(…)` or `value.name(…)`.' });
    }
    return { kind: 'FunctionCall', span, callee, args };
  }

  private givenField(name: Name, value: Expr): RecordField {
    return this.ACTION(() => ({
      kind: 'RecordField',
      span: join(name.span, value.span),
      name,
      value,
      shorthand: false,
    }));
  }

  private shortField(value: Expr): RecordField {
    const { span } = value;
    if (isPath(value)) {
      const name: Name = value.kind === 'Field' ? { ...value.field } : { kind: 'Name', span, text: value.text };
      return { kind: 'RecordField', span, name, value, shorthand: true };
    }
    this.problems.report('TWF215', span, {}, { hint: 'Give the field its name: `name: value`.' });
    return { kind: 'RecordField', span, name: { kind: 'Name', span, text: '' }, value, shorthand: false };
  }

  private checkOrder(args: readonly Arg[]): void {
    let named = false;
    for (const arg of args) {
      if (named && arg.name === undefined) {
        this.problems.report(
          'TWF214',
          arg.span,
          {},
          { hint: 'Move it before the first argument that has a name, or name it.' },
        );
      }
      named ||= arg.name !== undefined;
    }
  }
}

/** A name, or fields of one: `order.customer.id`. */
export function isPath(value: Expr): value is Target {
  let root = value;
  while (root.kind === 'Field') root = root.of;
  return root.kind === 'NameExpr';
}

function texts(text: string): string[] {
  return text === '' ? [] : [text];
}
