/** Where the walk over bodies stands, and what it notes. */
import type { SourceFile, Span } from '../../source.js';
import { isCondition } from '../../symbols/variable.js';
import type { Expr, FunctionCall, Handler, WorkflowDef } from '../../syntax/ast.js';
import type { Origin, Slot } from '../../types/slot.js';
import type { BodyDefinition, Model, Signature, ValueFlow } from '../model.js';
import { expression } from './expressions.js';

export interface Context {
  readonly model: Model;
  readonly file: SourceFile;
  readonly definition: BodyDefinition;
  /** The handler that the statement stands in. */
  readonly handler: Handler | undefined;
  readonly signature: Signature;
  /** Stands under a `catch`: what was caught can be raised again. */
  readonly catching?: boolean;
  /** The call that is a statement, or the value of an assignment: there a word before it makes it another call. */
  readonly whole?: FunctionCall | undefined;
}

/** All that a constant needs. */
export type Place = Pick<Context, 'model' | 'file'>;

export function at({ file }: Place, span: Span): Origin {
  return { file, span };
}

const handlerNames: { readonly [K in Handler['kind']]: string } = {
  SignalHandler: 'a signal handler',
  QueryHandler: 'a query',
  UpdateHandler: 'an update handler',
};

/** How messages call the place: "a workflow", "an activity". */
export function placeName({ definition, handler }: Context): string {
  if (handler) return handlerNames[handler.kind];
  switch (definition.kind) {
    case 'Workflow':
      return 'a workflow';
    case 'Activity':
      return 'an activity';
    case 'Operation':
      return 'an operation';
  }
}

export function workflowOf({ definition }: Context): WorkflowDef | undefined {
  return definition.kind === 'Workflow' ? definition : undefined;
}

/** Whether an expression is the name of a condition of the workflow. */
export function isConditionName({ model }: Context, expr: Expr): boolean {
  const variable = expr.kind === 'NameExpr' ? model.ofName.get(expr) : undefined;
  return variable !== undefined && isCondition(variable);
}

export type Asked = Pick<ValueFlow, 'asks' | 'askedAt'> & Partial<Pick<ValueFlow, 'handles' | 'nothing'>>;

/** The value of an expression goes somewhere. */
export function flowExpression(cx: Context, expr: Expr, to: Slot, asked: Asked): void {
  flowCollected(cx, expr, expression(cx, expr, to), to, asked);
}

/** @param from what the expression has given, which has been collected already */
export function flowCollected(cx: Place, expr: Expr, from: Slot, to: Slot, asked: Asked): void {
  cx.model.slots.flow(from, to);
  note(cx, expr, expr.span, from, to, asked);
}

/** A value that no expression stands for (the result of a call) goes somewhere. */
export function flowValue(cx: Context, from: Slot, to: Slot, span: Span, asked: Asked): void {
  cx.model.slots.flow(from, to);
  note(cx, undefined, span, from, to, asked);
}

function note(
  { model, file }: Place,
  expr: Expr | undefined,
  span: Span,
  from: Slot,
  to: Slot,
  { asks, askedAt, handles = false, nothing = false }: Asked,
): void {
  model.valueFlows.push({ file, expr, at: span, from, to, asks, askedAt, handles, nothing });
}

/** The slot of a type that is known: what a timer takes, what a message is. */
export function known(cx: Context, head: number, span: Span): Slot {
  const origin = at(cx, span);
  const slot = cx.model.slots.slot(origin, true);
  cx.model.slots.give(slot, head, origin);
  return slot;
}
