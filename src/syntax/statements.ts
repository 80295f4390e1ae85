/** The grammar of statements that fit on one line: calls, waits, assignments, and what ends a body. */
import { join, type Span } from '../source.js';
import type { Arg, AwaitStmt, Binding, CloseStmt, Expr, IndexExpr, Name, NameExpr, RequestStmt } from './ast.js';
import { type Started } from './calls.js';
import { isPath } from './expressions.js';
import type { Head } from './lines.js';
import { RequestGrammar } from './requests.js';

import { Assign, Colon, keyword, LeftParen, Newline, RightParen, Word } from './tokens.js';
import type { Construct } from './unsupported.js';

/** What may stand on the right of `x =`. A call or a wait has no binding yet. */
type Value = Expr | Started | AwaitStmt | RequestStmt;

const FIELDS_OF_ERRORS: Construct = { pattern: 'raise NAME {', what: 'Errors with fields' };

export abstract class StatementGrammar extends RequestGrammar {
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

  protected readonly value = this.RULE('value', (): Value => this.OR(this.values));

  private readonly values = [
    { ALT: (): Value => this.SUBRULE(this.started) },
    { ALT: (): Value => this.SUBRULE(this.request) },
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

  protected readonly requestLine = this.RULE('requestLine', (): Head => {
    const request = this.SUBRULE(this.request);
    const binding = this.OPTION(this.bound);
    return binding === undefined ? request : { ...request, span: this.spanFrom(request), binding };
  });

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

  private entry(key: Expr, value: Expr): Head {
    if (key.kind === 'NameExpr') return { kind: 'entry', key: { kind: 'Name', span: key.span, text: key.text }, value };
    const where = { after: 'at the start of the line', found: 'an expression' };
    this.problems.report('TWF201', key.span, where, { hint: 'An option is `key: value`.' });
    return { kind: 'invalid' };
  }

  /** `prices[item] = 12`. */
  private entryOfMap(span: Span, { of: map, index: key, span: place }: IndexExpr, value: Value): Head {
    if (isExpression(value)) return { kind: 'Put', span, map, key, value };
    const hint = 'Give the result a name first, and put that into the map.';
    this.problems.report('TWF212', place, {}, { hint });
    return { kind: 'Put', span, map, key, value: { kind: 'Invalid', span: value.span } };
  }

  private assignment(target: Expr, value: Value, arrow: Binding | undefined): Head {
    const span = this.spanFrom(target);
    const isEntry = target.kind === 'Index' && isPath(target.of);
    if (!isEntry && !isPath(target)) {
      this.problems.report('TWF212', target.span, {});
      return { kind: 'invalid' };
    }
    if (arrow !== undefined) {
      this.problems.report('TWF222', arrow.span, {}, { hint: 'Keep either `x = …` or `… -> x`.' });
    }
    if (target.kind === 'Index') return this.entryOfMap(span, target, value);
    if (isExpression(value)) return { kind: 'Assign', span, target, value };
    if (value.kind === 'CallStmt' && value.mode === 'detach') {
      const hint = 'To get its result, leave out `detach`; to wait for it later, use `spawn`.';
      this.problems.report('TWF223', join(target.span, { ...value.span, end: value.span.start }), {}, { hint });
      return value;
    }
    return { ...value, span, binding: { kind: 'Binding', span: target.span, targets: [target], parenthesised: false } };
  }
}

/** What is no value until it has ended. */
const work: ReadonlySet<Value['kind']> = new Set<Value['kind']>([
  'CallStmt',
  'Await',
  'Start',
  'Message',
  'CancelWorkflow',
  'StartWorkflow',
  'ListWorkflows',
]);

function isExpression(value: Value): value is Expr {
  return !work.has(value.kind);
}
