/** The grammar of what is asked of workflows by their ids. */
import type { Arg, MessageStmt, Name, RequestStmt, StartSignal, WorkflowCall } from './ast.js';
import { CallGrammar } from './calls.js';
import { qualified } from './expressions.js';
import { keyword, QueryRequest, SignalRequest, UpdateRequest } from './tokens.js';

export abstract class RequestGrammar extends CallGrammar {
  /** `signal workflow "id" Approve(x)`, `cancel workflow "id"`, `start workflow W(x)`, `list workflows "query"`. */
  protected readonly request = this.RULE('request', (): RequestStmt => this.OR(this.requests));

  private readonly requests = [
    { ALT: (): RequestStmt => this.SUBRULE(this.messageRequest) },
    {
      ALT: (): RequestStmt => {
        const { startOffset } = this.CONSUME(keyword.start);
        const call = this.SUBRULE(this.startedWorkflow);
        const span = this.spanSince(startOffset);
        return { kind: 'StartWorkflow', span, call, signal: undefined, binding: undefined };
      },
    },
    {
      ALT: (): RequestStmt => {
        const { startOffset } = this.CONSUME(keyword.signal_with_start);
        const call = this.SUBRULE2(this.startedWorkflow);
        const signal = this.SUBRULE(this.startSignal);
        return { kind: 'StartWorkflow', span: this.spanSince(startOffset), call, signal, binding: undefined };
      },
    },
    {
      ALT: (): RequestStmt => {
        const { startOffset } = this.CONSUME(keyword.cancel);
        this.CONSUME(keyword.workflow);
        const id = this.SUBRULE(this.expression);
        return { kind: 'CancelWorkflow', span: this.spanSince(startOffset), id, binding: undefined };
      },
    },
    {
      ALT: (): RequestStmt => {
        const { startOffset } = this.CONSUME(keyword.list);
        this.CONSUME(keyword.workflows);
        const query = this.SUBRULE2(this.expression);
        return { kind: 'ListWorkflows', span: this.spanSince(startOffset), query, binding: undefined };
      },
    },
  ];

  protected readonly messageRequest = this.RULE('messageRequest', (): MessageStmt => {
    const { startOffset } = this.LA(1);
    const message = this.OR<MessageStmt['message']>([
      { ALT: () => (this.CONSUME(SignalRequest), 'signal') },
      { ALT: () => (this.CONSUME(QueryRequest), 'query') },
      { ALT: () => (this.CONSUME(UpdateRequest), 'update') },
    ]);
    this.CONSUME(keyword.workflow);
    const id = this.SUBRULE(this.expression);
    const { workflow, name } = this.SUBRULE(this.messageName);
    const args = this.SUBRULE(this.arguments);
    return {
      kind: 'Message',
      span: this.spanSince(startOffset),
      message,
      id,
      workflow,
      name,
      args,
      binding: undefined,
    };
  });

  /** `Approve`, `Order.Approve`, `orders.Order.Approve`. */
  protected readonly messageName = this.RULE('messageName', (): Pick<MessageStmt, 'workflow' | 'name'> => {
    const first = this.SUBRULE(this.name);
    const second = this.OPTION(() => this.SUBRULE(this.memberOfPackage));
    const third = this.OPTION2(() => this.SUBRULE2(this.memberOfPackage));
    if (second === undefined || this.RECORDING_PHASE) return { workflow: undefined, name: first };
    if (third === undefined) return { workflow: first, name: second };
    return { workflow: qualified(first, second), name: third };
  });

  /** `workflow W(x)`, behind `start` and `signal_with_start`. */
  protected readonly startedWorkflow = this.RULE('startedWorkflow', (): WorkflowCall => {
    const { startOffset } = this.CONSUME(keyword.workflow);
    const name = this.SUBRULE(this.qualifiedName);
    const args = this.SUBRULE(this.arguments);
    return { kind: 'WorkflowCall', span: this.spanSince(startOffset), name, args, options: undefined };
  });

  protected readonly startSignal = this.RULE('startSignal', (): StartSignal => {
    const name: Name = this.SUBRULE(this.name);
    const args: Arg[] = this.SUBRULE(this.arguments);
    return { kind: 'StartSignal', span: this.spanFrom(name), name, args };
  });
}
