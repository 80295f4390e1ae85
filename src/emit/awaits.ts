/** Waiting: for one thing, for the first of several, for all of them (grammar/README.md, "Waiting"). */
import type {
  AwaitCase,
  AwaitOneStmt,
  AwaitStmt,
  CaseOperand,
  CatchClause,
  StartStmt,
  Stmt,
  Target,
  TimerOperand,
} from '../syntax/ast.js';
import { bodiesOf, ownCancellation } from '../syntax/bodies.js';
import { isArrival } from '../symbols/messages.js';
import type { Body } from './body.js';
import { callCode, optionsCode, startCode } from './calls.js';
import {
  arrow,
  awaited,
  block,
  call,
  callMember,
  type Code,
  type Entry,
  from,
  imported,
  index,
  mark,
  member,
  name,
  nothing,
  object,
  string,
  word,
} from './code.js';
import { closeComments, lineComments, trailingComment } from './documentation.js';
import { expression } from './expressions.js';
import { bindAll, collectedBy, fanOut, type Parts } from './fan-out.js';
import { concat, type Doc, hardline, indent } from './print/doc.js';
import { blockDoc as bracesDoc, expression as expressionDoc } from './print/expressions.js';
import { stringLiteral } from './print/literals.js';
import { declaration, expressionStatement, lines } from './print/statements.js';
import { runtime } from './program.js';
import { freeName } from './reserved.js';
import { bind, destructure, hoistedDoc, isRead, statementsDoc } from './statements.js';

const run = (text: string) => imported(runtime.workflow, text);

// --- One thing

export function awaitStatement(body: Body, { operand, binding }: AwaitStmt): readonly Doc[] {
  const value = awaited(waitCode(body, operand));
  if (!isArrival(operand) || !binding) return bind(body, binding, value);
  return destructure(body, binding.targets, value);
}

/** What is waited for beside the workflow: a handle holds the outcome. */
export function startStatement(body: Body, { operand, binding }: StartStmt): readonly Doc[] {
  if (operand.kind === 'Handle' && !body.isCondition(operand.handle)) {
    return bind(body, binding, expression(body, operand.handle));
  }
  const spawn = (wait: Code) => bind(body, binding, callMember(name(body.run!), 'spawn', [wait]));
  if (operand.kind !== 'AwaitAll') return spawn(startedWait(body, operand));
  const parts = fanOut(body, operand, false);
  const promise = from(parts.promise, body.at(operand));
  const hoisted = collectedBy(body, parts).map((one) => hoistedDoc(body, one));
  const isBound = parts.branches.some(({ binds }) => binds.length > 0);
  // The handle gives nothing, whatever its branches give.
  const waits = isBound ? lines(bindAll(body, parts, awaited(promise), true)) : expressionStatement(awaited(promise));
  return [...hoisted, ...spawn(arrow([], block(waits), { async: true }))];
}

/** An arrival is the list of all that the message carries: of one parameter, the handle gives that. */
function startedWait(body: Body, operand: AwaitStmt['operand']): Code {
  const wait = waitCode(body, operand);
  if (!isArrival(operand)) return arrow([], wait);
  const count = body.handlerOf(operand)?.params.length;
  if (count === 0) return arrow([], block(expressionStatement(awaited(wait))), { async: true });
  return count === 1 ? arrow([], index(awaited(wait), word(0)), { async: true }) : arrow([], wait);
}

/** A promise of what an operand gives. */
export function waitCode(body: Body, operand: CaseOperand): Code {
  return from(promiseOf(body, operand), body.at(operand));
}

function promiseOf(body: Body, operand: CaseOperand): Code {
  switch (operand.kind) {
    case 'Timer':
      return timerCode(body, operand);
    case 'Signal':
    case 'Update':
      return callMember(body.inbox(operand), 'next');
    case 'Handle':
      return body.isCondition(operand.handle)
        ? call(imported('@temporalio/workflow', 'condition'), [arrow([], expression(body, operand.handle))])
        : callMember(expression(body, operand.handle), 'result');
    case 'AwaitAll':
      return fanOut(body, operand, false).promise;
    case 'ActivityCall':
    case 'WorkflowCall':
    case 'NexusCall':
      return callCode(body, operand);
    case 'Unsupported':
    case 'Invalid':
      return nothing;
  }
}

/** A constant duration as it was written; a computed one may turn out not to be positive. */
function timerCode(body: Body, operand: TimerOperand): Code {
  const { duration } = operand;
  const options = body.facts.timers.get(operand) ?? [];
  const more = options.length > 0 ? [optionsCode(body, options)] : [];
  if (duration.kind === 'Duration' && duration.milliseconds > 0) {
    return call(imported('@temporalio/workflow', 'sleep'), [string(duration.text), ...more]);
  }
  return call(run('timer'), [expression(body, duration), ...more]);
}

// --- The first of several

export function awaitOne(body: Body, statement: AwaitOneStmt): readonly Doc[] {
  const { cases } = statement;
  const abandons = body.facts.abandoning.has(statement);
  const [only, ...others] = cases as readonly [AwaitCase, ...AwaitCase[]];
  if (others.length === 0) return singleCase(body, only);
  const keys = caseKeys(cases);
  const parts = cases.map((one) => partsOf(body, one));
  const entries = cases.map((one, at): Entry => ({
    key: keys[at]!,
    value: caseValue(body, one.operand, parts[at], abandons),
  }));
  const race = awaited(
    callMember(name(body.run!), 'race', [
      object(entries),
      ...(abandons ? [object({ losers: string('abandon') })] : []),
    ]),
  );
  const isDoneThen = cases.every(
    (one, at) => one.body.every((statement) => body.facts.idle.has(statement)) && !binds(body, one, parts[at]),
  );
  if (isDoneThen) return [expressionStatement(race)];
  const first = name(body.names.numbered('first'));
  const docs = cases.map((one, at) => caseDoc(body, one, keys[at]!, first, parts[at]));
  const inner = indent(...docs.flatMap((doc) => [hardline, doc]));
  const head = concat('switch (', expressionDoc(member(first, 'case'), 'argument'), ') {');
  const hoisted = parts.flatMap((one) => (one ? collectedBy(body, one) : [])).map((one) => hoistedDoc(body, one));
  return [...hoisted, declaration('const', first, race), concat(head, inner, hardline, '}')];
}

/** Nothing to race against: it is waited for, and then the case goes on. */
function singleCase(body: Body, one: AwaitCase): readonly Doc[] {
  const { leading, trailing } = body.comments.of(one);
  const parts = partsOf(body, one);
  const value = awaited(parts ? from(parts.promise, body.at(one.operand)) : waitCode(body, one.operand));
  const hasBlock = clashes(body, one);
  const waiting = binds(body, one, parts)
    ? caseBinding(body, one, value, parts, hasBlock)
    : [expressionStatement(value)];
  const inner = statementsDoc(body, one.body, body.comments.endOf(one));
  const all = [
    ...lineComments(leading),
    ...waiting.map((doc, at) => (at === waiting.length - 1 ? concat(doc, trailingComment(trailing)) : doc)),
    ...(inner === undefined ? [] : [inner]),
  ];
  if (!hasBlock) return all;
  const hoisted = parts ? collectedBy(body, parts).map((variable) => hoistedDoc(body, variable)) : [];
  return [...hoisted, bracesDoc(concat(...all.flatMap((doc, at) => (at > 0 ? [hardline, doc] : [doc]))))];
}

/** Whether a name that the case declares is also declared elsewhere: then it needs a block of its own. */
function clashes(body: Body, one: AwaitCase): boolean {
  const declared: string[] = [];
  const note = (target: Target | undefined) => {
    const variable = target?.kind === 'NameExpr' ? body.variable(target) : undefined;
    if (variable && variable.declaredAt === target) declared.push(variable.name);
  };
  for (const target of one.binding?.targets ?? []) note(target);
  for (const statement of one.body) {
    if (statement.kind === 'Assign') note(statement.target);
    if (statement.kind === 'CallStmt' || statement.kind === 'Await') statement.binding?.targets.forEach(note);
    for (const variable of body.facts.hoisted.get(statement) ?? []) declared.push(variable.name);
  }
  return declared.some((text) => body.ambiguousNames.has(text));
}

/** What the cases are called, each after what it waits for; they are told apart by numbers. */
function caseKeys(cases: readonly AwaitCase[]): string[] {
  const counts = new Map<string, number>();
  const keys = new Set<string>();
  for (const { operand } of cases) {
    const text = operandName(operand);
    let key = text;
    for (let n = counts.get(text) ?? 2; keys.has(key); n++) {
      key = `${text}${n}`;
      counts.set(text, n + 1);
    }
    keys.add(key);
  }
  return [...keys];
}

function operandName(operand: CaseOperand): string {
  switch (operand.kind) {
    case 'Timer':
      return 'timer';
    case 'Handle':
      return operand.handle.kind === 'NameExpr' ? operand.handle.text : 'handle';
    case 'AwaitAll':
      return 'all';
    case 'Signal':
    case 'Update':
    case 'ActivityCall':
    case 'WorkflowCall':
    case 'NexusCall':
      return freeName([operand.name.text], (text) => text === '__proto__');
    case 'Unsupported':
    case 'Invalid':
      return 'nothing';
  }
}

/** The branches of a case that waits for all of several. */
function partsOf(body: Body, { operand }: AwaitCase): Parts | undefined {
  return operand.kind === 'AwaitAll' ? fanOut(body, operand, false) : undefined;
}

/** Whether something reads what the case gives. */
function binds(body: Body, { binding }: AwaitCase, parts: Parts | undefined): boolean {
  const isBound = binding?.targets.some((target) => isRead(body, target));
  return isBound ?? parts?.branches.some((branch) => branch.binds.length > 0) ?? false;
}

/** @param abandons whether a call that loses goes on */
function caseValue(body: Body, operand: CaseOperand, parts: Parts | undefined, abandons: boolean): Code {
  if (parts) return arrow([], from(parts.promise, body.at(operand)));
  switch (operand.kind) {
    case 'Signal':
    case 'Update':
      return body.inbox(operand);
    case 'Handle':
      return body.isCondition(operand.handle)
        ? call(run('until'), [arrow([], expression(body, operand.handle))])
        : expression(body, operand.handle);
    case 'WorkflowCall':
    case 'NexusCall':
      return abandons ? object({ start: arrow([], startCode(body, operand)) }) : arrow([], waitCode(body, operand));
    default:
      return arrow([], waitCode(body, operand));
  }
}

function caseDoc(body: Body, one: AwaitCase, key: string, first: Code, parts: Parts | undefined): Doc {
  const { leading, trailing } = body.comments.of(one);
  const head = concat('case ', stringLiteral(key), ':');
  const comments = closeComments(leading);
  const value = member(first, 'value');
  const bound = binds(body, one, parts) ? caseBinding(body, one, value, parts, true) : [];
  const inner = body.inside({ kind: 'switch', label: undefined }, () =>
    statementsDoc(body, one.body, body.comments.endOf(one)),
  );
  const statements = [...bound, ...(inner === undefined ? [] : [inner])];
  const ended = endsAbruptly(one.body) ? [] : ['break;'];
  const joined = concat(...[...statements, ...ended].flatMap((doc, at) => (at > 0 ? [hardline, doc] : [doc])));
  const doc =
    statements.length === 0
      ? concat(head, trailingComment(trailing), indent(hardline, 'break;'))
      : concat(head, ' {', trailingComment(trailing), indent(hardline, joined), hardline, '}');
  return mark(concat(...comments.flatMap((comment) => [comment, hardline]), doc), body.at(one));
}

/** Where the value of a case goes: the parameters of a message are taken apart, and so are the results of a block. */
function caseBinding(
  body: Body,
  { operand, binding }: AwaitCase,
  value: Code,
  parts: Parts | undefined,
  isHoisted: boolean,
): readonly Doc[] {
  if (parts) return bindAll(body, parts, value, isHoisted);
  return isArrival(operand) ? destructure(body, binding!.targets, value) : bind(body, binding, value);
}

/** Whether what follows can never be reached, as far as TypeScript sees it too. */
export function endsAbruptly(statements: readonly Stmt[]): boolean {
  const last = statements.at(-1);
  switch (last?.kind) {
    case 'Return':
    case 'ReturnWorkflow':
    case 'Close':
    case 'ContinueAsNew':
    case 'Raise':
    case 'Break':
    case 'Continue':
      return true;
    case 'If':
    case 'Switch':
      return last.otherwise !== undefined && bodiesOf(last).every(endsAbruptly);
    case 'AwaitOne':
      return last.cases.every((one) => endsAbruptly(one.body));
    case 'Try':
      return endsAbruptly(last.body.body) && last.catches.every((one) => isCleanup(one) || endsAbruptly(one.body));
    case 'For':
      return last.head.kind === 'Forever' && !hasBreak(last.body);
    default:
      return false;
  }
}

/** What goes on as a cancellation. */
function isCleanup({ error }: CatchClause): boolean {
  return error?.text === ownCancellation;
}

function hasBreak(statements: readonly Stmt[]): boolean {
  return statements.some((one) => one.kind === 'Break' || (one.kind !== 'For' && bodiesOf(one).some(hasBreak)));
}

/** Whether something in statements closes the workflow, and no failure does. */
export function closesWithin(statements: readonly Stmt[]): boolean {
  return statements.some(
    (one) =>
      one.kind === 'Return' ||
      one.kind === 'ContinueAsNew' ||
      (one.kind === 'Close' && one.outcome === 'complete') ||
      bodiesOf(one).some(closesWithin),
  );
}
