/** The grammar of what surrounds names: types, parameters, results, and where values go. */
import type { IToken } from 'chevrotain';

import type { Binding, Name, Param, ResultType, Target, TypeExpr } from './ast.js';
import { ExpressionGrammar, nameOf, qualified } from './expressions.js';
import { TYPE_FORM } from './hints.js';
import { spanOf } from './lexer.js';
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
  private pathSoFar!: Target;

  /** `(order: Order, note)`. */
  protected readonly params = this.RULE('params', (): Param[] => {
    const base = this.stack.length;
    this.CONSUME(LeftParen);
    this.OPTION(this.paramList);
    this.CONSUME(RightParen);
    return this.take(base);
  });

  private readonly paramList = () => {
    this.SUBRULE(this.param);
    this.MANY(this.moreParams);
    this.OPTION2(this.lastComma);
  };

  private readonly moreParams = this.after(Comma, () => this.SUBRULE2(this.param));

  /** Left on the stack, where it stays with its name if its type cannot be read. */
  protected readonly param = this.RULE('param', () => {
    const name = nameOf(this.CONSUME(Word));
    const bare: Param = { kind: 'Param', span: name.span, name, type: undefined, default: undefined };
    const place = this.stack.push(bare) - 1;
    const type = this.OPTION(this.typeOfParam);
    if (type !== undefined) this.stack[place] = { ...bare, span: this.spanFrom(name), type } satisfies Param;
    const value = this.OPTION2(this.defaultValue);
    if (value !== undefined) {
      this.stack[place] = { ...bare, span: this.spanFrom(name), type, default: value } satisfies Param;
    }
  });

  private readonly typeOfParam = () => {
    this.CONSUME(Colon);
    return this.SUBRULE(this.type);
  };

  private readonly defaultValue = () => {
    this.CONSUME(Assign);
    return this.SUBRULE(this.expression);
  };

  /** `-> T`, `-> (T)`, `-> (A, B)`. */
  protected readonly result = this.RULE('result', (): ResultType => {
    const { startOffset } = this.CONSUME(Arrow);
    const type = this.SUBRULE(this.type);
    return { kind: 'ResultType', span: this.spanSince(startOffset), type };
  });

  /** `Order`, `[]Order`, `map[string]Order`, `Order?`, `(Order, int)`. What stands before a type is gathered on the stack. */
  protected readonly type = this.RULE('type', (): TypeExpr => {
    const base = this.stack.length;
    this.MANY(this.typePrefix);
    let type = this.OR(this.types);
    this.MANY2(() => {
      this.CONSUME(Question);
      type = { kind: 'OptionalType', span: this.spanFrom(type), of: type };
    });
    return this.take<TypePrefix>(base).reduceRight(prefixed, type);
  });

  private readonly typePrefix = {
    MAX_LOOKAHEAD: 2,
    DEF: () => void this.stack.push(this.OR2(this.typePrefixes)),
  };

  private readonly typePrefixes = [
    {
      ALT: (): TypePrefix => {
        const { startOffset: start } = this.CONSUME(LeftBracket);
        this.CONSUME(RightBracket);
        return { start, key: undefined };
      },
    },
    {
      ALT: (): TypePrefix => {
        const map = this.CONSUME(Word);
        this.CONSUME2(LeftBracket);
        const key = this.SUBRULE(this.type);
        this.CONSUME2(RightBracket);
        this.checkMap(map);
        return { start: map.startOffset, key };
      },
    },
  ];

  private readonly types = [
    { ALT: () => this.namedType(this.SUBRULE(this.qualifiedName)) },
    { ALT: () => this.SUBRULE(this.tupleType) },
  ];

  protected readonly tupleType = this.RULE('tupleType', (): TypeExpr => {
    const items: TypeExpr[] = [];
    const { startOffset } = this.CONSUME(LeftParen);
    items.push(this.SUBRULE(this.type));
    this.MANY(() => {
      this.CONSUME(Comma);
      items.push(this.SUBRULE2(this.type));
    });
    this.CONSUME(RightParen);
    const span = this.spanSince(startOffset);
    return items.length === 1 ? { ...items[0]!, span } : { kind: 'TupleType', span, items };
  });

  /** `-> x`, `-> entry.result`, `-> (a, b)`. */
  protected readonly binding = this.RULE('binding', (): Binding => {
    const base = this.stack.length;
    const { startOffset } = this.CONSUME(Arrow);
    const parenthesised = this.OR(this.bindings);
    return { kind: 'Binding', span: this.spanSince(startOffset), targets: this.take(base), parenthesised };
  });

  private readonly bindings = [
    {
      ALT: () => {
        this.stack.push(this.SUBRULE(this.path));
        return false;
      },
    },
    {
      ALT: () => {
        this.CONSUME(LeftParen);
        this.stack.push(this.SUBRULE2(this.path));
        this.MANY(this.morePaths);
        this.CONSUME(RightParen);
        return true;
      },
    },
  ];

  private readonly morePaths = () => {
    this.CONSUME(Comma);
    this.stack.push(this.SUBRULE3(this.path));
  };

  protected readonly path = this.RULE('path', (): Target => {
    const root = this.CONSUME(Word);
    this.pathSoFar = { kind: 'NameExpr', span: spanOf(root), text: root.image };
    this.MANY(this.nextField);
    return this.pathSoFar;
  });

  private readonly nextField = () => {
    this.CONSUME(Dot);
    const field = nameOf(this.CONSUME2(Word));
    this.pathSoFar = { kind: 'Field', span: this.spanFrom(this.pathSoFar), of: this.pathSoFar, field };
  };

  /** `Charge`, `payments.Charge`. */
  protected readonly qualifiedName = this.RULE('qualifiedName', (): Name => {
    const name = nameOf(this.CONSUME(Word));
    const member = this.OPTION(() => this.SUBRULE(this.memberOfPackage));
    return member === undefined || this.RECORDING_PHASE ? name : qualified(name, member);
  });

  protected readonly memberOfPackage = this.RULE('memberOfPackage', (): Name => {
    this.CONSUME(Dot);
    return nameOf(this.CONSUME(Word));
  });

  private namedType({ span, text }: Name): TypeExpr {
    return { kind: 'NamedType', span, name: text };
  }

  private checkMap(token: IToken): void {
    if (token.image === 'map' || this.RECORDING_PHASE) return;
    this.problems.report(
      'TWF203',
      spanOf(token),
      { after: 'here', found: `\`${token.image}[…]\`` },
      { hint: TYPE_FORM },
    );
  }
}

/** `[]` or `map[key]` before a type. */
interface TypePrefix {
  readonly start: number;
  readonly key: TypeExpr | undefined;
}

function prefixed(type: TypeExpr, { start, key }: TypePrefix): TypeExpr {
  const span = { start, end: type.span.end };
  return key === undefined ? { kind: 'ListType', span, item: type } : { kind: 'MapType', span, key, value: type };
}
