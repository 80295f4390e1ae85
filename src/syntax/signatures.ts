/** The grammar of what surrounds names: types, parameters, results, and where values go. */
import { join } from '../source.js';
import type { Binding, Param, ResultType, Target, TypeExpr } from './ast.js';
import { ExpressionGrammar } from './expressions.js';
import { endOf, spanOf } from './lexer.js';
import {
  Arrow,
  Assign,
  Colon,
  Comma,
  Dot,
  LeftBracket,
  LeftParen,
  Question,
  RightBracket,
  RightParen,
  Word,
} from './tokens.js';

export abstract class SignatureGrammar extends ExpressionGrammar {
  /** `(order: Order, note)`. */
  protected readonly params = this.RULE('params', (): Param[] => {
    const params: Param[] = [];
    this.CONSUME(LeftParen);
    this.OPTION(() => {
      params.push(this.SUBRULE(this.param));
      this.MANY(() => {
        this.CONSUME(Comma);
        params.push(this.SUBRULE2(this.param));
      });
      this.OPTION2(() => this.CONSUME2(Comma));
    });
    this.CONSUME(RightParen);
    return params;
  });

  protected readonly param = this.RULE('param', (): Param => {
    const name = this.SUBRULE(this.name);
    const type = this.OPTION(() => {
      this.CONSUME(Colon);
      return this.SUBRULE(this.type);
    });
    this.OPTION2(() => {
      const sign = this.CONSUME(Assign);
      const value = this.SUBRULE(this.expression);
      this.ACTION(() =>
        this.problems.report('TWF200', join(spanOf(sign), value.span), { what: 'Default values of parameters' }),
      );
    });
    return this.ACTION(() => ({ kind: 'Param', span: type ? join(name.span, type.span) : name.span, name, type }));
  });

  /** `-> T`, `-> (T)`, `-> (A, B)`. */
  protected readonly result = this.RULE('result', (): ResultType => {
    const start = this.CONSUME(Arrow);
    const type = this.SUBRULE(this.type);
    return this.ACTION(() => ({ kind: 'ResultType', span: join(spanOf(start), type.span), type }));
  });

  /** `Order`, `[]Order`, `map[string]Order`, `Order?`, `(Order, int)`. */
  protected readonly type = this.RULE('type', (): TypeExpr => {
    let type = this.OR<TypeExpr>([
      {
        ALT: () => {
          const start = this.CONSUME(LeftBracket);
          this.CONSUME(RightBracket);
          const item = this.SUBRULE(this.type);
          return this.ACTION(() => ({ kind: 'ListType', span: join(spanOf(start), item.span), item }));
        },
      },
      { ALT: () => this.SUBRULE(this.namedType) },
      { ALT: () => this.SUBRULE(this.tupleType) },
    ]);
    this.MANY(() => {
      const mark = this.CONSUME(Question);
      this.ACTION(() => {
        type = { kind: 'OptionalType', span: join(type.span, spanOf(mark)), of: type };
      });
    });
    return type;
  });

  /** `Order`; before `[`, the name can only be `map`. */
  protected readonly namedType = this.RULE('namedType', (): TypeExpr => {
    const name = this.CONSUME(Word);
    const entry = this.OPTION(() => {
      this.CONSUME(LeftBracket);
      const key = this.SUBRULE(this.type);
      this.CONSUME(RightBracket);
      const value = this.SUBRULE2(this.type);
      return { key, value };
    });
    if (entry === undefined) return { kind: 'NamedType', span: spanOf(name), name: name.image };
    return this.ACTION(() => {
      if (name.image !== 'map') {
        this.problems.report('TWF203', spanOf(name), { after: '`:`', found: `\`${name.image}[…]\`` }, { hint: TYPES });
      }
      return { kind: 'MapType', span: join(spanOf(name), entry.value.span), ...entry };
    });
  });

  protected readonly tupleType = this.RULE('tupleType', (): TypeExpr => {
    const items: TypeExpr[] = [];
    const start = this.CONSUME(LeftParen);
    items.push(this.SUBRULE(this.type));
    this.MANY(() => {
      this.CONSUME(Comma);
      items.push(this.SUBRULE2(this.type));
    });
    const end = this.CONSUME(RightParen);
    const span = { start: start.startOffset, end: endOf(end) };
    return items.length === 1 ? { ...items[0]!, span } : { kind: 'TupleType', span, items };
  });

  /** `-> x`, `-> entry.result`, `-> (a, b)`. */
  protected readonly binding = this.RULE('binding', (): Binding => {
    const { startOffset } = this.CONSUME(Arrow);
    const targets: Target[] = [];
    const parenthesised = this.OR([
      {
        ALT: () => {
          targets.push(this.SUBRULE(this.target));
          return false;
        },
      },
      {
        ALT: () => {
          this.CONSUME(LeftParen);
          targets.push(this.SUBRULE2(this.target));
          this.MANY(() => {
            this.CONSUME(Comma);
            targets.push(this.SUBRULE3(this.target));
          });
          this.CONSUME(RightParen);
          return true;
        },
      },
    ]);
    return { kind: 'Binding', span: this.spanSince(startOffset), targets, parenthesised };
  });

  protected readonly target = this.RULE('target', (): Target => {
    const root = this.CONSUME(Word);
    let target: Target = { kind: 'NameExpr', span: spanOf(root), text: root.image };
    this.MANY(() => {
      this.CONSUME(Dot);
      const field = this.SUBRULE(this.name);
      this.ACTION(() => {
        target = { kind: 'Field', span: join(target.span, field.span), of: target, field };
      });
    });
    return target;
  });
}

/** How types are written. */
export const TYPES = 'Types are written `T`, `[]T` (a list), `map[K]V`, `T?` (may be null) and `(A, B)`.';
