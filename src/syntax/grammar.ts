/**
 * The grammar: one rule for each kind of logical line. Blocks nest by indentation alone, whatever the line above them is;
 * build.ts says what may stand where. So a broken line never hides others.
 */
import { join, type Span } from '../source.js';
import type { Expr, ForHead, NameExpr, Param, SendStmt } from './ast.js';
import { DefinitionGrammar } from './definitions.js';
import { isTooDeep, MAX_DEPTH } from './depth.js';
import { spanOf } from './lexer.js';
import type {
  CaseHead,
  CatchHead,
  ConditionHead,
  ForLineHead,
  Head,
  Line,
  MessageHead,
  SwitchHead,
  TimerHead,
} from './lines.js';
import { reportLeftover, reportUnreadable } from './syntax-errors.js';
import {
  Assign,
  Colon,
  Comma,
  Dash,
  Dedent,
  Dot,
  Ellipsis,
  Indent,
  keyword,
  LeftParen,
  Newline,
  RightParen,
  Skipped,
  strayTypes,
  Unsupported,
  Word,
} from './tokens.js';
import type { Construct } from './unsupported.js';
import type { IRecognitionException } from 'chevrotain';

export class Grammar extends DefinitionGrammar {
  constructor(validate: boolean) {
    super(validate);
    this.performSelfAnalysis();
  }

  /** Indented lines at the start of the file are the block of a line that is not there. */
  readonly file = this.RULE('file', (): Line[] => {
    const lines: Line[] = [];
    const block = this.OPTION(() => this.SUBRULE(this.block));
    if (block !== undefined) {
      const span = { start: 0, end: 0 };
      lines.push({ head: { kind: 'skipped' }, span, colon: undefined, block, broken: false });
    }
    this.MANY(() => {
      lines.push(this.SUBRULE(this.line));
    });
    return lines;
  });

  protected readonly block = this.RULE('block', (): Line[] => {
    const lines: Line[] = [];
    this.CONSUME(Indent);
    this.MANY(() => {
      lines.push(this.SUBRULE(this.line));
    });
    this.CONSUME(Dedent);
    return lines;
  });

  protected readonly line = this.RULE('line', (): Line => {
    const { startOffset } = this.LA(1);
    const consumed = this.consumed;
    this.draft = undefined;
    this.broken = false;
    this.stack.length = 0;
    let head = this.SUBRULE(this.head);
    const colon = this.OPTION(this.finalColon);
    if (!this.RECORDING_PHASE) head = this.finishLine(head);
    const span = this.spanSince(startOffset);
    const broken = this.broken;
    this.CONSUME(Newline);
    if (!this.RECORDING_PHASE) {
      if (head.kind === 'unsupported') this.skipBlock();
      else if (this.consumed - consumed > MAX_DEPTH && isTooDeep(head)) {
        this.problems.report('TWF219', span, {
          limit: MAX_DEPTH,
          what: 'levels of nesting; each operator of a row counts',
        });
        head = { kind: 'invalid' };
      }
    }
    const block = this.OPTION2(this.blockUnder);
    return { head, span, colon, block, broken };
  });

  private readonly finalColon = (): Span => spanOf(this.CONSUME(Colon));

  private readonly blockUnder = () => this.SUBRULE(this.block);

  protected readonly head = this.RULE('head', (): Head => this.OR(this.heads), {
    recoveryValueFunc: (error?: IRecognitionException): Head => {
      reportUnreadable(error!, this.problems);
      this.broken = true;
      return this.recovered();
    },
  });

  private readonly heads = [
    { ALT: (): Head => this.SUBRULE(this.wordLine) },
    { ALT: (): Head => this.SUBRULE(this.callLine) },
    { ALT: (): Head => this.SUBRULE(this.promiseLine) },
    { ALT: (): Head => this.SUBRULE(this.definitionLine) },
    { ALT: (): Head => this.SUBRULE(this.namedLine) },
    { ALT: (): Head => this.SUBRULE(this.listedLine) },
    { ALT: (): Head => this.SUBRULE(this.packageLine) },
    { ALT: (): Head => this.SUBRULE(this.importLine) },
    { ALT: (): Head => this.SUBRULE(this.useLine) },
    { ALT: (): Head => this.SUBRULE(this.externLine) },
    { ALT: (): Head => this.SUBRULE(this.typeLine) },
    { ALT: (): Head => this.SUBRULE(this.fieldLine) },
    { ALT: (): Head => this.SUBRULE(this.stateLine) },
    { ALT: (): Head => this.SUBRULE(this.setLine) },
    { ALT: (): Head => this.SUBRULE(this.enumLine) },
    { ALT: (): Head => ({ kind: 'members', names: this.SUBRULE(this.members) }) },
    { ALT: (): Head => this.SUBRULE(this.operationLine) },
    { ALT: (): Head => this.SUBRULE(this.asyncLine) },
    { ALT: (): Head => this.SUBRULE(this.messageLine) },
    { ALT: (): Head => this.SUBRULE(this.requestLine) },
    { ALT: (): Head => this.SUBRULE(this.timerLine) },
    { ALT: (): Head => this.SUBRULE(this.optionsLine) },
    { ALT: (): Head => this.SUBRULE(this.conditionLine) },
    { ALT: (): Head => this.SUBRULE(this.elseLine) },
    { ALT: (): Head => this.SUBRULE(this.forLine) },
    { ALT: (): Head => this.SUBRULE(this.switchLine) },
    { ALT: (): Head => this.SUBRULE(this.caseLine) },
    { ALT: (): Head => (this.CONSUME(keyword.try), { kind: 'try' }) },
    { ALT: (): Head => this.SUBRULE(this.catchLine) },
    { ALT: (): Head => (this.CONSUME(keyword.finally), { kind: 'finally' }) },
    { ALT: (): Head => ({ kind: 'Break', span: spanOf(this.CONSUME(keyword.break)) }) },
    { ALT: (): Head => ({ kind: 'Continue', span: spanOf(this.CONSUME(keyword.continue)) }) },
    { ALT: (): Head => this.SUBRULE(this.returnLine) },
    { ALT: (): Head => this.SUBRULE(this.closeLine) },
    { ALT: (): Head => this.SUBRULE(this.continueLine) },
    { ALT: (): Head => this.SUBRULE(this.raiseLine) },
    { ALT: (): Head => this.SUBRULE(this.awaitLine) },
    { ALT: (): Head => this.SUBRULE(this.hintLine) },
    {
      ALT: (): Head => {
        this.CONSUME(Dash);
        return { kind: 'item', value: this.SUBRULE(this.expression) };
      },
    },
    { ALT: (): Head => (this.CONSUME(Ellipsis), { kind: 'ellipsis' }) },
    {
      ALT: (): Head => {
        this.CONSUME(Skipped);
        this.broken = true;
        return { kind: 'skipped' };
      },
    },
    { ALT: (): Head => this.SUBRULE(this.unsupportedLine) },
    { ALT: (): Head => this.SUBRULE(this.strayLine) },
  ];

  /** `signal S(a: A)`, `query Q() -> R`, `update U(a: A) -> R` handle; `signal S -> a` and `update U -> a` are cases. */
  protected readonly messageLine = this.RULE('messageLine', (): Head => {
    const { startOffset } = this.LA(1);
    const kind = this.OR<MessageHead['kind']>([
      { ALT: () => (this.CONSUME(keyword.signal), 'signal') },
      { ALT: () => (this.CONSUME(keyword.query), 'query') },
      { ALT: () => (this.CONSUME(keyword.update), 'update') },
    ]);
    const head = this.begin<MessageHead>({
      kind,
      name: undefined,
      params: undefined,
      result: undefined,
      binding: undefined,
    });
    head.name = this.SUBRULE(this.name);
    const sent = this.OPTION4({ GATE: () => kind === 'signal', DEF: () => this.SUBRULE(this.sent) });
    if (sent !== undefined && !this.RECORDING_PHASE) {
      const { text, span } = head.name;
      const handle: NameExpr = { kind: 'NameExpr', span, text };
      return { kind: 'Send', span: this.spanSince(startOffset), handle, ...sent };
    }
    head.params = this.OPTION(() => this.SUBRULE(this.params));
    const hasResult = () => kind === 'query' || (kind === 'update' && head.params !== undefined);
    head.result = this.OPTION2({ GATE: hasResult, DEF: () => this.SUBRULE(this.result) });
    head.binding = this.OPTION3({ GATE: () => !hasResult(), DEF: () => this.SUBRULE(this.binding) });
    return head;
  });

  /** `.Approve(x)`, behind the name of a handle. */
  protected readonly sent = this.RULE('sent', (): Pick<SendStmt, 'name' | 'args'> => {
    this.CONSUME(Dot);
    return { name: this.SUBRULE(this.name), args: this.SUBRULE(this.arguments) };
  });

  protected readonly timerLine = this.RULE('timerLine', (): Head => {
    this.CONSUME(keyword.timer);
    const head = this.begin<TimerHead>({ kind: 'timer', duration: undefined, binding: undefined });
    this.CONSUME(LeftParen);
    head.duration = this.SUBRULE(this.expression);
    this.CONSUME(RightParen);
    head.binding = this.OPTION(() => this.SUBRULE(this.binding));
    return head;
  });

  /** `options(k: v)`, `options:`. */
  protected readonly optionsLine = this.RULE('optionsLine', (): Head => {
    const kind = this.OR<'options' | 'defaultOptions'>([
      { ALT: () => (this.CONSUME(keyword.options), 'options') },
      { ALT: () => (this.CONSUME(keyword.default_options), 'defaultOptions') },
    ]);
    const args = this.OPTION(() => this.SUBRULE(this.arguments));
    return { kind, args };
  });

  protected readonly conditionLine = this.RULE('conditionLine', (): Head => {
    const kind = this.OR<'if' | 'elif'>([
      { ALT: () => (this.CONSUME(keyword.if), 'if') },
      { ALT: () => (this.CONSUME(keyword.elif), 'elif') },
    ]);
    const head = this.begin<ConditionHead>({ kind, condition: undefined });
    head.condition = this.SUBRULE(this.condition);
    return head;
  });

  /** `else`; `else if x` is `elif x`. */
  protected readonly elseLine = this.RULE('elseLine', (): Head => {
    this.CONSUME(keyword.else);
    let head = this.begin<Head>({ kind: 'else' });
    this.OPTION(() => {
      this.CONSUME(keyword.if);
      const elif = this.begin<ConditionHead>({ kind: 'elif', condition: undefined });
      elif.condition = this.SUBRULE(this.condition);
      head = elif;
    });
    return head;
  });

  /** An expression; `=` in it is reported, and read as `==`. */
  protected readonly condition = this.RULE('condition', (): Expr => {
    const left = this.SUBRULE(this.expression);
    const compared = this.OPTION(() => {
      const sign = this.CONSUME(Assign);
      return { sign, right: this.SUBRULE2(this.expression) };
    });
    if (compared === undefined) return left;
    return this.ACTION(() => {
      const { sign, right } = compared;
      this.problems.report(
        'TWF211',
        spanOf(sign),
        {},
        { fixes: [this.problems.fix('Compare with `==`', spanOf(sign), '==')] },
      );
      return { kind: 'Binary', span: join(left.span, right.span), operator: '==', left, right, parenthesised: false };
    });
  });

  /** `for`, `for cond`, `for x in e`, `for k, v in m`, with or without parentheses. */
  protected readonly forLine = this.RULE('forLine', (): Head => {
    this.CONSUME(keyword.for);
    const head = this.begin<ForLineHead>({ kind: 'for', head: undefined });
    head.head = this.OPTION(() =>
      this.OR<ForHead>([
        { GATE: () => this.LA(2).tokenType === Comma, ALT: () => this.SUBRULE(this.entries) },
        {
          GATE: () => this.LA(3).tokenType === Comma && this.LA(2).tokenType === Word,
          ALT: () => {
            this.CONSUME(LeftParen);
            const entries = this.SUBRULE2(this.entries);
            this.CONSUME(RightParen);
            return entries;
          },
        },
        {
          ALT: () => {
            const condition = this.SUBRULE(this.condition);
            return this.ACTION(() => loopOver(condition));
          },
        },
      ]),
    ) ?? { kind: 'Forever' };
    return head;
  });

  protected readonly entries = this.RULE('entries', (): ForHead => {
    const key = this.CONSUME(Word);
    this.CONSUME(Comma);
    const value = this.CONSUME2(Word);
    this.CONSUME(keyword.in);
    const of = this.SUBRULE(this.expression);
    const name = (token: typeof key): NameExpr => ({ kind: 'NameExpr', span: spanOf(token), text: token.image });
    return { kind: 'Entries', key: name(key), value: name(value), of };
  });

  protected readonly switchLine = this.RULE('switchLine', (): Head => {
    this.CONSUME(keyword.switch);
    const head = this.begin<SwitchHead>({ kind: 'switch', subject: undefined });
    head.subject = this.SUBRULE(this.expression);
    return head;
  });

  /** `case a, b`. */
  protected readonly caseLine = this.RULE('caseLine', (): Head => {
    this.CONSUME(keyword.case);
    const head = this.begin<CaseHead>({ kind: 'case', values: [] });
    const values = [this.SUBRULE(this.expression)];
    this.MANY(() => {
      this.CONSUME(Comma);
      values.push(this.SUBRULE2(this.expression));
    });
    head.values = values;
    return head;
  });

  /** `catch`, `catch Name`, `catch Name as e`. */
  protected readonly catchLine = this.RULE('catchLine', (): Head => {
    this.CONSUME(keyword.catch);
    const head = this.begin<CatchHead>({ kind: 'catch', error: undefined, name: undefined });
    this.OPTION(() => {
      head.error = this.SUBRULE(this.name);
      this.OPTION2({
        GATE: () => this.LA(1).image === 'as',
        DEF: () => {
          this.CONSUME(Word);
          const name = this.SUBRULE2(this.name);
          head.name = { kind: 'NameExpr', span: name.span, text: name.text };
        },
      });
    });
    return head;
  });

  /** `hint signal S`, which has no meaning. */
  protected readonly hintLine = this.RULE('hintLine', (): Head => {
    const { startOffset } = this.CONSUME(keyword.hint);
    this.CONSUME(Word);
    this.SUBRULE(this.name);
    this.ACTION(() => this.reportHint(this.spanSince(startOffset)));
    return { kind: 'hint' };
  });

  protected readonly unsupportedLine = this.RULE('unsupportedLine', (): Head => {
    const token = this.CONSUME(Unsupported);
    this.ACTION(() => this.skipLine());
    return { kind: 'unsupported', construct: token.payload as Construct, at: spanOf(token) };
  });

  /** A line that begins with what begins none. */
  protected readonly strayLine = this.RULE('strayLine', (): Head => {
    const token = this.OR(strayTypes.map((type) => ({ ALT: () => this.CONSUME(type) })));
    this.ACTION(() => {
      this.problems.report('TWF204', spanOf(token), { text: token.image });
      this.broken = true;
      this.skipLine();
    });
    return { kind: 'invalid' };
  });

  /** What is left of a line that could not be read to its end. */
  private recovered(): Head {
    if (this.draft === undefined) return { kind: 'invalid' };
    const params = this.stack.filter(isParam);
    if ('params' in this.draft && params.length > 0) this.draft.params = params;
    return this.draft;
  }

  /** Skips what no rule has read, and says so. A statement that lacks what it is about may have been meant otherwise. */
  private finishLine(head: Head): Head {
    if (this.LA(1).tokenType === Newline) return head;
    reportLeftover(head, [this.LA(0), this.LA(1), this.LA(2)], this.problems);
    this.broken = true;
    this.skipLine();
    const isBare =
      (head.kind === 'Raise' && head.error === undefined) ||
      ((head.kind === 'Return' || head.kind === 'Close') && head.value === undefined);
    return isBare ? { kind: 'invalid' } : head;
  }

  /** The block under a line that this version does not compile, tokens and all. */
  private skipBlock(): void {
    if (this.LA(1).tokenType !== Indent) return;
    let depth = 0;
    do {
      const { tokenType } = this.skipToken();
      if (tokenType === Indent) depth++;
      else if (tokenType === Dedent) depth--;
    } while (depth > 0);
  }

  private reportHint(span: Span): void {
    const { text } = this.problems;
    let { start, end } = span;
    while (start > 0 && text[start - 1] !== '\n') start--;
    if (text.slice(start, span.start).trim() !== '') start = span.start;
    const rest = /^[ \t]*\r?\n/.exec(text.slice(end, end + 200))?.[0].length ?? 0;
    const whole = { start, end: end + rest };
    this.problems.report('TWF221', span, {}, { fixes: [this.problems.fix('Remove the line', whole, '')] });
  }
}

function isParam(value: unknown): value is Param {
  return (value as Param).kind === 'Param';
}

/** `x in e`, in parentheses or not, goes over e; anything else is a condition. */
function loopOver(condition: Expr): ForHead {
  if (condition.kind === 'Binary' && condition.operator === 'in' && condition.left.kind === 'NameExpr') {
    return { kind: 'In', item: condition.left, of: condition.right };
  }
  return { kind: 'While', condition };
}
