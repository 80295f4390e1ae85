/** The grammar of what is called, started and waited for. */
import type { Span } from '../source.js';
import type {
  ArrivalOperand,
  AwaitStmt,
  Binding,
  Call,
  CallStmt,
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
import { ArrowHead, BackArrow, Dot, keyword, LeftParen, NamePart, RightParen, Text, Word } from './tokens.js';

/** What begins, with or without somebody who waits. */
export type Started = CallStmt | StartStmt;

type Wait = TimerOperand | ArrivalOperand;

type Awaited = TimerOperand | ArrivalOperand | HandleOperand | Call;

export abstract class CallGrammar extends SignatureGrammar {
  protected readonly bound = () => this.SUBRULE(this.binding);

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
    const operand = this.OR<Awaited | Span>([
      { ALT: () => this.SUBRULE(this.allOperand) },
      { ALT: () => this.SUBRULE(this.awaited) },
    ]);
    const span = this.spanSince(startOffset);
    const name: NameExpr = { kind: 'NameExpr', span: spanOf(target), text: target.image };
    const binding: Binding = { kind: 'Binding', span: name.span, targets: [name], parenthesised: false };
    if (!('kind' in operand)) return { kind: 'promiseAll', binding, at: operand };
    if (isCall(operand)) return { kind: 'CallStmt', span, mode: 'spawn', call: operand, binding, dialect: 'current' };
    return { kind: 'Start', span, operand, binding, dialect: 'current' };
  });

  /** `await all`, whose branches stand under the line. */
  protected readonly allOperand = this.RULE('allOperand', (): Span => {
    const { startOffset } = this.CONSUME(keyword.await);
    this.CONSUME(keyword.all);
    return this.spanSince(startOffset);
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

  protected waiting(start: number, operand: Awaited, binding: Binding | undefined): CallStmt | AwaitStmt {
    const span = this.spanSince(start);
    if (isCall(operand)) return { kind: 'CallStmt', span, mode: 'blocking', call: operand, binding };
    return { kind: 'Await', span, operand, binding };
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
