/** The messages that a workflow handles, and which handler an operand waits for. */
import type { ArrivalOperand, Handler, Node } from '../syntax/ast.js';

/** How messages are called: those of one kind share their names. */
export const messageWords = {
  SignalHandler: 'signal',
  QueryHandler: 'query',
  UpdateHandler: 'update',
} as const satisfies { readonly [K in Handler['kind']]: string };

const handlerKinds = { Signal: 'SignalHandler', Update: 'UpdateHandler' } as const satisfies {
  readonly [K in ArrivalOperand['kind']]: Handler['kind'];
};

export function isArrival(operand: Node): operand is ArrivalOperand {
  return operand.kind === 'Signal' || operand.kind === 'Update';
}

export function handlerOf({ kind, name }: ArrivalOperand, handlers: readonly Handler[]): Handler | undefined {
  return handlers.find((one) => one.kind === handlerKinds[kind] && one.name.text === name.text);
}
