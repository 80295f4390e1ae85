/** The grammar of statements that fit on one line: calls, waits, assignments, and what ends a body. */
import { join } from '../source.js';
import type {
  Arg,
  ArrivalOperand,
  AwaitStmt,
  Binding,
  Call,
  CallStmt,
  CloseStmt,
  Expr,
  HandleOperand,
  Name,
  NameExpr,
  NexusCall,
  StartStmt,
  TimerOperand,
} from './ast.js';
import { isPath, qualified } from './expressions.js';
import { holesOf } from './family.js';
import { NEXUS_FORM } from './hints.js';
import { shorten, spanOf } from './lexer.js';
import type { Head } from './lines.js';
import { SignatureGrammar } from './signatures.js';
import { textOf } from './strings.js';
import {
  ArrowHead,
  Assign,
  BackArrow,
  Colon,
  Dot,
  keyword,
  LeftParen,
  NamePart,
  Newline,
  RightParen,
  Text,
  Word,
} from './tokens.js';
import type { Construct } from './unsupported.js';

/** What may stand on the right of `x =`. A call or a wait has no binding yet. */
type Value = Expr | Started | AwaitStmt;

type Started = CallStmt | StartStmt;

type Wait = TimerOperand | ArrivalOperand;

type Awaited = TimerOperand | ArrivalOperand | HandleOperand | Call;

const FIELDS_OF_ERRORS: Construct = { pattern: 'raise NAME {', what: 'Errors with fields' };

export abstract class StatementGrammar extends SignatureGrammar {
  /** `x = value`, `f(x)`, `handle -> r`, `key: value`, `key:`. */
  protected readonly wordLine = this.RULE('wordLine', (): Head => {
    const first = this.SUBRULE(this.expression);
    const entry = this.OPTION(this.entryValue);
    const value = this.OPTION2(this.assigned);
    const binding = this.OPTION3(this.bound);
    if (this.RECORDING_PHASE) return { kind: 'invalid' };
    if (entry !== undefined) return this.entry(first, entry);
    if (value === undefined) return { kind: 'expression', value: first, binding };
    return this.assignment(first, value, binding);
  });

  private readonly entryValue = {
    GATE: () => this.LA(2).tokenType !== Newline,
    DEF: () => {
      this.CONSUME(Colon);
      return this.SUBRULE2(this.expression);
    },
  };

  private readonly assigned = () => {
    this.CONSUME(Assign);
    return this.SUBRULE(this.value);
  };

  protected readonly bound = () => this.SUBRULE(this.binding);

  protected readonly value = this.RULE('value', (): Value => this.OR(this.values));

  private readonly values = [
    { ALT: (): Value => this.SUBRULE(this.started) },
    {
      ALT: (): Value => {
        const { startOffset } = this.CONSUME(keyword.await);
        return this.waiting(startOffset, this.SUBRULE(this.awaited), undefined);
      },
    },
    { ALT: (): Value => this.SUBRULE(this.expression) },
  ];

  protected readonly callLine = this.RULE('callLine', (): Head => {
    const call = this.SUBRULE(this.started);
    const binding = this.OPTION(this.bound);
    return binding === undefined ? call : { ...call, span: this.spanFrom(call), binding };
  });

  /** `activity F(x)`, `spawn workflow W(x)`, `detach nexus "e" workflow Op(x)`. */
  protected readonly started = this.RULE('started', (): Started => this.OR(this.starts));

  private readonly starts = [
    {
      ALT: (): Started => {
        const { startOffset } = this.CONSUME(keyword.spawn);
        return this.OR2<Started>(this.spawned(startOffset));
      },
    },
    {
      ALT: (): Started => {
        const { startOffset } = this.CONSUME(keyword.detach);
        const call = this.SUBRULE2(this.call);
        return { kind: 'CallStmt', span: this.spanSince(startOffset), mode: 'detach', call, binding: undefined };
      },
    },
    {
      ALT: (): Started => {
        const call = this.SUBRULE3(this.call);
        return { kind: 'CallStmt', span: call.span, mode: 'blocking', call, binding: undefined };
      },
    },
  ];

  private spawned(start: number): { ALT: () => Started }[] {
    return [
      {
        ALT: () => {
          const operand = this.SUBRULE(this.wait);
          return { kind: 'Start', span: this.spanSince(start), operand, binding: undefined, dialect: 'classic' };
        },
      },
      {
        ALT: () => {
          const call = this.SUBRULE(this.call);
          return { kind: 'CallStmt', span: this.spanSince(start), mode: 'spawn', call, binding: undefined };
        },
      },
    ];
  }

  /** `promise h <- timer(5m)`. */
  protected readonly promiseLine = this.RULE('promiseLine', (): Head => {
    const { startOffset } = this.CONSUME(keyword.promise);
    const target = this.CONSUME(Word);
    this.CONSUME(ArrowHead);
    this.CONSUME(BackArrow);
    const operand = this.SUBRULE(this.awaited);
    const span = this.spanSince(startOffset);
    const name: NameExpr = { kind: 'NameExpr', span: spanOf(target), text: target.image };
    const binding: Binding = { kind: 'Binding', span: name.span, targets: [name], parenthesised: false };
    if (isCall(operand)) return { kind: 'CallStmt', span, mode: 'spawn', call: operand, binding, dialect: 'current' };
    return { kind: 'Start', span, operand, binding, dialect: 'current' };
  });

  protected readonly call = this.RULE('call', (): Call => this.OR(this.calls));

  private readonly calls = [
    {
      ALT: (): Call => {
        const { startOffset } = this.CONSUME(keyword.activity);
        const name = this.SUBRULE(this.qualifiedName);
        const args = this.SUBRULE(this.arguments);
        return { kind: 'ActivityCall', span: this.spanSince(startOffset), name, args, options: undefined };
      },
    },
    {
      ALT: (): Call => {
        const { startOffset } = this.CONSUME(keyword.workflow);
        const name = this.SUBRULE2(this.qualifiedName);
        const args = this.SUBRULE2(this.arguments);
        return { kind: 'WorkflowCall', span: this.spanSince(startOffset), name, args, options: undefined };
      },
    },
    {
      ALT: (): Call => {
        const { startOffset } = this.CONSUME(keyword.nexus);
        const endpoint = this.SUBRULE(this.endpointName);
        const { service, name } = this.SUBRULE(this.operationName);
        if (service === undefined) this.ACTION(() => this.checkQuoted(endpoint));
        const args = this.SUBRULE3(this.arguments);
        const span = this.spanSince(startOffset);
        const family = this.ACTION(() => holesIn(endpoint));
        return { kind: 'NexusCall', span, endpoint, family, service, name, args, options: undefined };
      },
    },
  ];

  /** A text as a name: its span is that of the text between the quotes. */
  protected readonly quotedName = this.RULE('quotedName', (): Name => {
    const token = this.CONSUME(Text);
    const { start, end } = spanOf(token);
    const text = this.RECORDING_PHASE ? '' : textOf(token, this.problems);
    return { kind: 'Name', span: { start: start + 1, end: end - 1 }, text };
  });

  /** `"payments-endpoint"`, `payments-endpoint`. */
  protected readonly endpointName = this.RULE('endpointName', (): Name => this.OR(this.endpointNames));

  private readonly endpointNames = [
    { ALT: (): Name => this.SUBRULE(this.quotedName) },
    {
      ALT: (): Name => {
        const { startOffset } = this.CONSUME(NamePart);
        this.MANY(() => this.CONSUME2(NamePart));
        const span = this.spanSince(startOffset);
        const text = this.ACTION(() => this.problems.text.slice(span.start, span.end));
        return { kind: 'Name', span, text };
      },
    },
  ];

  /** `workflow Operation` after an endpoint in quotes, `Service.Operation` after any. */
  protected readonly operationName = this.RULE('operationName', (): Pick<NexusCall, 'service' | 'name'> =>
    this.OR(this.operationNames),
  );

  private readonly operationNames = [
    {
      ALT: () => {
        this.CONSUME(keyword.workflow);
        return { service: undefined, name: this.SUBRULE(this.name) };
      },
    },
    {
      ALT: () => {
        const first = this.SUBRULE2(this.name);
        this.CONSUME(Dot);
        const second = this.SUBRULE3(this.name);
        const third = this.OPTION(() => this.SUBRULE(this.memberOfPackage));
        if (third === undefined || this.RECORDING_PHASE) return { service: first, name: second };
        return { service: qualified(first, second), name: third };
      },
    },
  ];

  private checkQuoted({ span, text }: Name): void {
    if (this.problems.text[span.start - 1] === '"') return;
    const fixes = [this.problems.fix('Put it in quotes', span, `"${text}"`)];
    this.problems.report(
      'TWF207',
      span,
      { how: ' in quotes', found: `\`${shorten(text)}\`` },
      { fixes, hint: NEXUS_FORM },
    );
  }

  /** `await timer(5m)`, `await signal S -> x`, `await update U -> x`, `await h -> r`; `await activity F(x)` is `activity F(x)`. */
  protected readonly awaitLine = this.RULE('awaitLine', (): Head => {
    const { startOffset } = this.CONSUME(keyword.await);
    return this.OR<Head>([
      { ALT: () => (this.CONSUME(keyword.all), { kind: 'awaitAll' }) },
      { ALT: () => (this.CONSUME(keyword.one), { kind: 'awaitOne' }) },
      { ALT: () => this.waiting(startOffset, this.SUBRULE(this.awaited), this.OPTION(this.bound)) },
    ]);
  });

  /** What is waited for, and is no call. */
  protected readonly wait = this.RULE('wait', (): Wait => this.OR(this.waits));

  private readonly waits = [
    {
      ALT: (): Wait => {
        const { startOffset } = this.CONSUME(keyword.timer);
        this.CONSUME(LeftParen);
        const duration = this.SUBRULE(this.expression);
        this.CONSUME(RightParen);
        return { kind: 'Timer', span: this.spanSince(startOffset), duration, options: undefined };
      },
    },
    {
      ALT: (): Wait => {
        const { startOffset } = this.CONSUME(keyword.signal);
        const name = this.SUBRULE(this.name);
        return { kind: 'Signal', span: this.spanSince(startOffset), name };
      },
    },
    {
      ALT: (): Wait => {
        const { startOffset } = this.CONSUME(keyword.update);
        const name = this.SUBRULE2(this.name);
        return { kind: 'Update', span: this.spanSince(startOffset), name };
      },
    },
  ];

  protected readonly awaited = this.RULE('awaited', (): Awaited => this.OR(this.operands));

  private readonly operands = [
    { ALT: (): Awaited => this.SUBRULE(this.wait) },
    { ALT: (): Awaited => this.SUBRULE(this.call) },
    {
      ALT: (): Awaited => {
        const handle = this.SUBRULE2(this.expression);
        return { kind: 'Handle', span: handle.span, handle: this.ACTION(() => this.checkHandle(handle)) };
      },
    },
  ];

  protected readonly returnLine = this.RULE('returnLine', (): Head => {
    const { startOffset } = this.CONSUME(keyword.return);
    const value = this.OPTION(this.returned);
    const span = this.spanSince(startOffset);
    if (value === undefined || this.RECORDING_PHASE || isExpression(value)) {
      return { kind: 'Return', span, value: value as Expr | undefined };
    }
    if (value.kind === 'CallStmt' && value.mode === 'blocking' && value.call.kind === 'WorkflowCall') {
      return { kind: 'ReturnWorkflow', span, call: value.call };
    }
    const hint = 'Bind its result to a name on a line before, and return that name.';
    this.problems.report('TWF220', value.span, {}, { hint });
    return { kind: 'invalid' };
  });

  private readonly returned = () => this.SUBRULE(this.value);

  /** `close`, `close R{…}`, `close failed R{…}`, `close complete(…)`, `close continue_as_new(…)`. */
  protected readonly closeLine = this.RULE('closeLine', (): Head => {
    const { startOffset } = this.CONSUME(keyword.close);
    const head = this.OPTION(() =>
      this.OR<Head>([
        {
          ALT: () => {
            this.CONSUME(keyword.continue_as_new);
            const args = this.SUBRULE(this.arguments);
            return { kind: 'ContinueAsNew', span: this.spanSince(startOffset), args };
          },
        },
        {
          ALT: () => {
            const outcome = this.SUBRULE(this.outcome);
            const value = this.OPTION2(() => this.SUBRULE(this.closeValue));
            return { kind: 'Close', span: this.spanSince(startOffset), outcome, value };
          },
        },
        {
          ALT: () => {
            const value = this.SUBRULE(this.expression);
            return { kind: 'Close', span: this.spanSince(startOffset), outcome: 'complete', value };
          },
        },
      ]),
    );
    return head ?? { kind: 'Close', span: this.spanSince(startOffset), outcome: 'complete', value: undefined };
  });

  protected readonly outcome = this.RULE('outcome', (): CloseStmt['outcome'] =>
    this.OR<CloseStmt['outcome']>([
      { ALT: () => (this.CONSUME(keyword.complete), 'complete') },
      { ALT: () => (this.CONSUME(keyword.completed), 'complete') },
      { ALT: () => (this.CONSUME(keyword.fail), 'fail') },
      { ALT: () => (this.CONSUME(keyword.failed), 'fail') },
    ]),
  );

  /** A value, or `()` for none. */
  protected readonly closeValue = this.RULE('closeValue', (): Expr | undefined =>
    this.OR<Expr | undefined>({
      MAX_LOOKAHEAD: 2,
      DEF: [
        {
          ALT: () => {
            this.CONSUME(LeftParen);
            this.CONSUME(RightParen);
            return undefined;
          },
        },
        { ALT: () => this.SUBRULE(this.expression) },
      ],
    }),
  );

  protected readonly continueLine = this.RULE('continueLine', (): Head => {
    const { startOffset } = this.CONSUME(keyword.continue_as_new);
    const args = this.SUBRULE(this.arguments);
    return { kind: 'ContinueAsNew', span: this.spanSince(startOffset), args };
  });

  /** `raise`, `raise Name`, `raise Name("message", details) non_retryable`, `… retry in 30s`. */
  protected readonly raiseLine = this.RULE('raiseLine', (): Head => {
    const { startOffset } = this.CONSUME(keyword.raise);
    let error: Name | undefined;
    let args: Arg[] = [];
    let retryIn: Expr | undefined;
    let unsupported: Construct | undefined;
    let retryable = true;
    this.OPTION(() => {
      error = this.SUBRULE(this.name);
      this.OPTION2(() =>
        this.OR([
          {
            ALT: () => {
              args = this.SUBRULE(this.arguments);
            },
          },
          {
            ALT: () => {
              this.SUBRULE(this.fields);
              unsupported = FIELDS_OF_ERRORS;
            },
          },
        ]),
      );
      this.OPTION3({
        GATE: () => this.LA(1).image === 'non_retryable',
        DEF: () => {
          this.CONSUME(Word);
          retryable = false;
        },
      });
      retryIn = this.OPTION4(this.retryIn);
    });
    const span = this.spanSince(startOffset);
    if (unsupported !== undefined) return { kind: 'unsupported', construct: unsupported, at: span };
    return { kind: 'Raise', span, error, args, retryable, retryIn };
  });

  /** `retry in 30s`. */
  private readonly retryIn = {
    GATE: () => this.LA(1).image === 'retry',
    DEF: (): Expr => {
      this.CONSUME2(Word);
      this.CONSUME(keyword.in);
      return this.SUBRULE(this.expression);
    },
  };

  /** `set paid`, `unset paid`. */
  protected readonly setLine = this.RULE('setLine', (): Head => {
    const { startOffset } = this.LA(1);
    const value = this.OR([
      { ALT: () => (this.CONSUME(keyword.set), true) },
      { ALT: () => (this.CONSUME(keyword.unset), false) },
    ]);
    const { text, span } = this.SUBRULE(this.name);
    const condition: NameExpr = { kind: 'NameExpr', span, text };
    return { kind: 'Set', span: this.spanSince(startOffset), condition, value };
  });

  /** A handle is a variable, a field or an item of a list. */
  private checkHandle(value: Expr): Expr {
    if (isPath(value) || value.kind === 'Index' || value.kind === 'Invalid') return value;
    const hint = {
      FunctionCall: 'If it is an activity, write `await activity Name(…)`.',
      Duration: 'To wait for a time, write `await timer(5m)`.',
    }[value.kind as string];
    this.problems.report('TWF238', value.span, {}, { hint });
    return { kind: 'Invalid', span: value.span };
  }

  private waiting(start: number, operand: Awaited, binding: Binding | undefined): CallStmt | AwaitStmt {
    const span = this.spanSince(start);
    if (isCall(operand)) return { kind: 'CallStmt', span, mode: 'blocking', call: operand, binding };
    return { kind: 'Await', span, operand, binding };
  }

  private entry(key: Expr, value: Expr): Head {
    if (key.kind === 'NameExpr') return { kind: 'entry', key: { kind: 'Name', span: key.span, text: key.text }, value };
    const where = { after: 'at the start of the line', found: 'an expression' };
    this.problems.report('TWF201', key.span, where, { hint: 'An option is `key: value`.' });
    return { kind: 'invalid' };
  }

  private assignment(target: Expr, value: Value, arrow: Binding | undefined): Head {
    const span = this.spanFrom(target);
    if (!isPath(target)) {
      this.problems.report('TWF212', target.span, {});
      return { kind: 'invalid' };
    }
    if (arrow !== undefined) {
      this.problems.report('TWF222', arrow.span, {}, { hint: 'Keep either `x = …` or `… -> x`.' });
    }
    if (isExpression(value)) return { kind: 'Assign', span, target, value };
    if (value.kind === 'CallStmt' && value.mode === 'detach') {
      const hint = 'To get its result, leave out `detach`; to wait for it later, use `spawn`.';
      this.problems.report('TWF223', join(target.span, { ...value.span, end: value.span.start }), {}, { hint });
      return value;
    }
    return { ...value, span, binding: { kind: 'Binding', span: target.span, targets: [target], parenthesised: false } };
  }
}

function isCall(operand: Awaited): operand is Call {
  return operand.kind === 'ActivityCall' || operand.kind === 'WorkflowCall' || operand.kind === 'NexusCall';
}

/** The variables that say which member of a family of endpoints is meant. */
function holesIn({ text, span }: Name): NameExpr[] {
  return holesOf(text).map(({ text: word, at }) => {
    const start = span.start + at;
    return { kind: 'NameExpr', span: { start, end: start + word.length }, text: word };
  });
}

function isExpression(value: Value): value is Expr {
  return value.kind !== 'CallStmt' && value.kind !== 'Await' && value.kind !== 'Start';
}
