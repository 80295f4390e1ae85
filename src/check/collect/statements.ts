/** From the statements of a body to slots and flows, and what may stand where. */
import { join, type Span } from '../../source.js';
import type {
  ActivityCall,
  Expr,
  ExprStmt,
  ForStmt,
  FunctionCall,
  Stmt,
  SwitchStmt,
  WorkflowCall,
  Target,
} from '../../syntax/ast.js';
import { bodiesOf } from '../../syntax/bodies.js';
import { equality } from '../../syntax/literals.js';
import { correction } from '../../diagnostics/suggest.js';
import { keywords } from '../../options/computed.js';
import { Head } from '../../types/heads.js';
import type { Slot } from '../../types/slot.js';
import { errorKinds, handlerErrors } from '../error-kinds.js';
import type { BuiltinName } from '../facts.js';
import { asksOf, bindResult, call, giveArguments, optionValues, targetSlot } from './calls.js';
import {
  at,
  type Context,
  flowExpression,
  flowValue,
  isConditionName,
  known,
  placeName,
  workflowOf,
} from './context.js';
import { tryStatement } from './errors.js';
import { demandCondition, expression } from './expressions.js';
import { isDependency } from './functions.js';
import { request } from './requests.js';
import { send } from './sends.js';
import { bindNothingKnown, startWait, waitFor } from './waits.js';

type Handlers = { readonly [K in Stmt['kind']]: (cx: Context, statement: Extract<Stmt, { kind: K }>) => void };

const handlers: Handlers = {
  CallStmt(cx, { call: node, mode, binding }) {
    const isOperation = cx.definition.kind === 'Operation';
    if (mode === 'detach' && node.kind === 'ActivityCall' && !isOperation) reportDetachedActivity(cx, node);
    if (isOperation && node.kind === 'ActivityCall' && mode === 'blocking') {
      bindResult(cx, node, call(cx, node, 'inPlace'), mode, binding);
    } else if (isOperation && node.kind === 'WorkflowCall') {
      reportChild(cx, node);
      bindNothingKnown(cx, binding);
    } else if (mayWait(cx, node.span, `\`${keywords[node.kind]}\` calls`)) {
      bindResult(cx, node, call(cx, node), mode, binding);
    } else {
      bindNothingKnown(cx, binding);
    }
  },
  Assign(cx, { target, value }) {
    const inner = value.kind === 'FunctionCall' ? { ...cx, whole: value } : cx;
    const slot = targetSlot(cx, target);
    if (value.kind === 'Record' && !value.name && isPutInto(cx, target)) {
      cx.model.slots.give(slot, Head.map, at(cx, value.span));
    }
    flowExpression(inner, value, slot, {
      asks: asksOf(target),
      askedAt: undefined,
      handles: target.kind === 'NameExpr',
    });
    const given = cx.model.slotOf.get(value);
    if (target.kind === 'NameExpr' && given !== undefined) cx.model.boundValues.set(target, given);
  },
  Put(cx, { map, key, value }) {
    const { model, file } = cx;
    const slot = expression(cx, map);
    model.slots.need(slot, Head.map, at(cx, map.span));
    const asks = '`[…] =` puts an entry into';
    model.demands.push({ kind: 'sort', file, expr: map, slot, asks, sorts: ['map'] });
    flowExpression(cx, key, model.slots.child(slot, 'key'), { asks: 'The keys of the map are', askedAt: undefined });
    const into = model.slots.child(slot, 'value');
    flowExpression(cx, value, into, { asks: 'The map holds', askedAt: undefined });
  },
  Send(cx, statement) {
    if (mayWait(cx, statement.span, '`signal`')) send(cx, statement);
  },
  Message: (cx, statement) => request(cx, statement, (what) => mayWait(cx, statement.span, what)),
  CancelWorkflow: (cx, statement) => request(cx, statement, (what) => mayWait(cx, statement.span, what)),
  StartWorkflow: (cx, statement) => request(cx, statement, (what) => mayWait(cx, statement.span, what)),
  ListWorkflows: (cx, statement) => request(cx, statement, (what) => mayWait(cx, statement.span, what)),
  Set(cx, { condition, value }) {
    const { model, file } = cx;
    if (isConditionName(cx, condition)) return;
    const word = value ? 'set' : 'unset';
    const workflow = workflowOf(cx);
    const names = (workflow?.state ?? []).flatMap(({ kind, name }) => (kind === 'Condition' ? [name.text] : []));
    const { text, span } = condition;
    const hint = workflow
      ? `Declare it under \`state:\` of the workflow: \`condition ${text}\`.`
      : 'Only workflows have conditions.';
    model.report(file, 'TWF351', span, { word, name: text }, correction(text, names, file, span) ?? { hint });
  },
  If(cx, { branches, otherwise }) {
    for (const { condition, body } of branches) {
      demandCondition(cx, condition);
      statements(cx, body);
    }
    if (otherwise) statements(cx, otherwise.body);
  },
  Switch(cx, statement) {
    const { subject, cases, otherwise } = statement;
    const slot = expression(cx, subject);
    for (const { values, body } of cases) {
      for (const value of values) compared(cx, statement, slot, value);
      statements(cx, body);
    }
    if (otherwise) statements(cx, otherwise.body);
  },
  Try: (cx, statement) => tryStatement(cx, statement, statements),
  For(cx, statement) {
    loopHead(cx, statement);
    statements(cx, statement.body);
  },
  Return(cx, statement) {
    if (cx.handler?.kind === 'SignalHandler') {
      if (statement.value) cx.model.report(cx.file, 'TWF610', statement.value.span, {});
    } else {
      giveResult(cx, statement.value, statement.span);
    }
  },
  ReturnWorkflow(cx, { call: node, span }) {
    if (cx.definition.kind !== 'Operation') {
      const why = 'it says which workflow is behind an operation of a Nexus service';
      const hint =
        workflowOf(cx) && `Run it and give its result: \`workflow ${node.name.text}(…) -> result\`, \`close result\`.`;
      cx.model.report(cx.file, 'TWF607', span, { what: '`return workflow`', place: placeName(cx), why }, { hint });
      return;
    }
    flowValue(cx, call(cx, node, 'start'), cx.signature.result, node.name.span, { ...resultAsked(cx), nothing: true });
  },
  Close(cx, statement) {
    const { handler, definition } = cx;
    if (definition.kind === 'Activity' || handler) {
      cx.model.report(
        cx.file,
        'TWF608',
        statement.span,
        { what: 'close', place: placeName(cx) },
        { hint: endHint(cx) },
      );
      if (statement.value) expression(cx, statement.value);
    } else if (statement.outcome === 'complete') {
      giveResult(cx, statement.value, statement.span);
    } else if (statement.value) {
      expression(cx, statement.value);
    }
  },
  ContinueAsNew(cx, { args, span }) {
    const { handler, definition, model } = cx;
    if (definition.kind !== 'Workflow' || handler) {
      const values = { what: 'continue_as_new', place: placeName(cx) };
      model.report(cx.file, 'TWF608', span, values, { hint: endHint(cx) });
      for (const { value } of args) expression(cx, value);
    } else {
      giveArguments(cx, cx.signature, args, span);
    }
  },
  Raise(cx, statement) {
    const { model, file, definition } = cx;
    const { error, args, span, retryable, retryIn } = statement;
    if (retryIn) {
      const asked = { asks: '`retry in` takes', askedAt: undefined };
      flowExpression(cx, retryIn, known(cx, Head.duration, retryIn.span), asked);
      if (definition.kind !== 'Activity') {
        const hint =
          definition.kind === 'Operation'
            ? 'Temporal says when the call is tried again: `raise Unavailable("…")` asks for it.'
            : 'The retry policy of the workflow says when it is tried again.';
        model.report(file, 'TWF730', retryIn.span, { place: placeName(cx) }, { hint });
      } else if (!retryable) {
        model.report(file, 'TWF731', retryIn.span, {}, { hint: 'Keep one of them.' });
      }
    }
    if (!error) {
      if (!cx.catching) model.report(file, 'TWF648', span, {}, { hint: 'Name an error: `raise Name("message")`.' });
    } else if (errorKinds.has(error.text)) {
      const meant = definition.kind === 'Operation' ? /^Nexus(.*)Error$/.exec(error.text)?.[1] : undefined;
      const hint = handlerErrors.has(meant ?? '')
        ? `Callers catch it by this name: raise \`${meant}\`.`
        : 'Give it a name of its own, by which it can be caught.';
      model.report(file, 'TWF650', error.span, { name: error.text }, { hint });
    } else if (args.length > 2 || args.some((arg) => arg.name)) {
      model.report(file, 'TWF403', span, { name: error.text, takes: 'a message and details', given: args.length });
    } else {
      const [message, details] = args.map(({ value }) => value);
      if (message)
        flowExpression(cx, message, known(cx, Head.string, message.span), {
          asks: `The message of \`${error.text}\` is`,
          askedAt: undefined,
        });
      if (details) flowExpression(cx, details, known(cx, Head.any, details.span), { asks: '', askedAt: undefined });
      const handlerError = definition.kind === 'Operation' ? handlerErrors.get(error.text) : undefined;
      model.raises.set(statement, { type: error.text, handlerError, message, details, retryIn });
      return;
    }
    for (const { value } of args) expression(cx, value);
  },
  Start(cx, { operand, binding, span }) {
    if (mayWait(cx, span, '`promise`')) startWait(cx, operand, binding);
    else bindNothingKnown(cx, binding);
  },
  Await(cx, { operand, binding, span }) {
    if (mayWait(cx, span, '`await`')) waitFor(cx, operand, binding);
  },
  AwaitAll(cx, { body, options, span }) {
    if (!mayWait(cx, span, '`await all`')) return;
    optionValues(cx, 'all', options);
    statements(cx, body);
  },
  AwaitOne(cx, { cases, span }) {
    if (!mayWait(cx, span, '`await one`')) return;
    for (const { operand, binding, body } of cases) {
      waitFor(cx, operand, binding);
      statements(cx, body);
    }
  },
  Break: () => undefined,
  Continue: () => undefined,
  ExprStmt(cx, statement) {
    const { model, file } = cx;
    const { expr } = statement;
    if (expr.kind !== 'FunctionCall') {
      if (expr.kind !== 'Invalid') model.report(file, 'TWF611', expr.span, {});
      return;
    }
    if (isImpliedReturn(cx, statement, expr)) {
      model.impliedReturns.add(statement);
      return giveResult(cx, expr, expr.span);
    }
    expression({ ...cx, whole: expr }, expr);
    const called = model.functions.get(expr);
    const gives =
      called?.kind === 'extern'
        ? called.definition.result !== undefined
        : called?.kind === 'builtin' && !givesNothing.has(called.name);
    if (gives) {
      model.report(file, 'TWF611', expr.span, {}, { hint: 'Assign it to a name, or remove the line.' });
    }
    if (called?.kind === 'dependency') model.dependencyUses.at(-1)!.used = false;
  },
  Unsupported: () => undefined,
  Invalid: () => undefined,
};

/** Whether entries are put into what a name holds: it is a map. */
function isPutInto({ model }: Context, target: Target): boolean {
  const uses = target.kind === 'NameExpr' ? model.ofName.get(target)?.uses : undefined;
  return (uses ?? []).some(({ node, block, index }) => {
    const statement = block.statements[index];
    return statement?.kind === 'Put' && statement.map === node;
  });
}

const givesNothing: ReadonlySet<BuiltinName> = new Set<BuiltinName>(['append', 'heartbeat', 'do_not_complete']);

export function statements(cx: Context, body: readonly Stmt[]): void {
  for (const statement of body) (handlers[statement.kind] as (cx: Context, statement: Stmt) => void)(cx, statement);
}

/** Temporal's own statements stand in workflows, and in their handlers of signals and updates. */
function mayWait(cx: Context, span: Stmt['span'], what: string): boolean {
  if (cx.handler?.kind === 'QueryHandler') {
    const why = 'it answers at once, with what the workflow holds';
    const hint = 'Let the body of the workflow do it, and assign what the query reads.';
    cx.model.report(cx.file, 'TWF607', span, { what, place: placeName(cx), why }, { hint });
    return false;
  }
  if (workflowOf(cx)) return true;
  const hint =
    cx.definition.kind === 'Operation'
      ? 'An operation answers at once: put it into a workflow, and `return workflow` that.'
      : 'Call it from the workflow.';
  const why = 'only workflows wait for other work';
  cx.model.report(cx.file, 'TWF607', span, { what, place: placeName(cx), why }, { hint });
  return false;
}

function reportChild(cx: Context, { name: { text }, span }: WorkflowCall): void {
  const why = 'nobody knows how long a workflow takes, and an operation that waits has ten seconds';
  const hint = `If it is behind the operation, write \`return workflow ${text}(…)\`; if nobody waits for it, \`start workflow ${text}(…)\`.`;
  cx.model.report(cx.file, 'TWF607', span, { what: 'A child workflow', place: placeName(cx), why }, { hint });
}

function reportDetachedActivity({ model, file }: Context, { name }: ActivityCall): void {
  const hint = 'Wait for it; or run it in a workflow, and detach that.';
  model.report(file, 'TWF617', name.span, { name: name.text }, { hint });
}

/** How to end what is not the body of a workflow. */
function endHint({ definition, handler }: Context): string | undefined {
  if (handler?.kind === 'QueryHandler') return 'A query ends with `return`.';
  if (handler) return 'Set a variable that the body of the workflow waits for or reads; `return` ends the handler.';
  return definition.kind === 'Activity' ? 'An activity ends with `return`.' : 'An operation ends with `return`.';
}

/** The last call of an activity that declares a result and returns none gives it. */
function isImpliedReturn(cx: Context, statement: ExprStmt, expr: FunctionCall): boolean {
  const { definition, signature, model } = cx;
  if (definition.kind !== 'Activity' || !signature.declaredResult || !isDependency(cx, expr)) return false;
  const { body = [] } = definition;
  return body.at(-1) === statement && !returns(body) && !model.slots.given.has(signature.result, Head.void);
}

function returns(body: readonly Stmt[]): boolean {
  return body.some((one) => one.kind === 'Return' || bodiesOf(one).some(returns));
}

function resultAsked(cx: Context) {
  const { name, declaredResult, file } = cx.signature;
  return { asks: `\`${name}\` gives`, askedAt: declaredResult && { file, span: declaredResult } };
}

function giveResult(cx: Context, value: Extract<Stmt, { kind: 'Return' }>['value'], span: Stmt['span']): void {
  const { model, file, signature } = cx;
  if (value) {
    flowExpression(cx, value, signature.result, resultAsked(cx));
    return;
  }
  if (!signature.declaredResult) {
    model.endsWithoutResult.set(signature, { file, span });
    return;
  }
  const isDeclared = (head: Head) => model.slots.given.has(signature.result, head);
  const labels = [{ file: signature.file, span: signature.declaredResult, text: 'it is declared here' }];
  if (!isDeclared(Head.void) && !isDeclared(Head.null))
    model.report(file, 'TWF425', span, { name: signature.name }, { labels });
}

/** A value of a case is compared with the subject as by `==`. */
function compared(cx: Context, statement: SwitchStmt, subject: Slot, value: Expr): void {
  const { model, file } = cx;
  const right = expression(cx, value);
  model.comparisons.push({ left: subject, right, orders: false, origin: at(cx, value.span) });
  const expr = equality(statement.subject, value);
  model.operators.push({ kind: 'comparison', file, expr, left: subject, right, ofSwitch: statement });
}

function loopHead(cx: Context, { head }: ForStmt): void {
  const { model, file } = cx;
  switch (head.kind) {
    case 'Forever':
      return;
    case 'While':
      return demandCondition(cx, head.condition);
    case 'In': {
      const list = expression(cx, head.of);
      model.slots.need(list, Head.list, at(cx, head.of.span));
      model.demands.push({ kind: 'iterable', file, expr: head.of, slot: list, what: 'list' });
      return turnOver(
        cx,
        model.slots.child(list, 'item'),
        targetSlot(cx, head.item),
        join(head.item.span, head.of.span),
      );
    }
    case 'Entries': {
      const map = expression(cx, head.of);
      model.slots.need(map, Head.map, at(cx, head.of.span));
      model.demands.push({ kind: 'iterable', file, expr: head.of, slot: map, what: 'map' });
      turnOver(cx, model.slots.child(map, 'key'), targetSlot(cx, head.key), join(head.key.span, head.of.span));
      return turnOver(
        cx,
        model.slots.child(map, 'value'),
        targetSlot(cx, head.value),
        join(head.value.span, head.of.span),
      );
    }
  }
}

/** What a turn of a loop takes out of what the loop goes over. */
function turnOver({ model, file }: Context, part: Slot, variable: Slot, from: Span): void {
  model.slots.flow(part, variable);
  model.turns.push({ file, at: from, from: part, to: variable });
}
