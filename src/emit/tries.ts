/** `try` (grammar/README.md, "Errors that are caught"). */
import { ownCancellation, startsWork } from '../syntax/bodies.js';
import type { CatchClause, Stmt, TryStmt } from '../syntax/ast.js';
import { closesWithin, endsAbruptly } from './awaits.js';
import type { Body } from './body.js';
import { arrow, awaited, block, call, callMember, type Code, imported, member, name, not, string } from './code.js';
import { givesNothing } from './endings.js';
import { concat, type Doc } from './print/doc.js';
import { braces, condition, declaration, expressionStatement, leaving, lines } from './print/statements.js';
import { runtime } from './program.js';
import { branchDoc, commentsAbove, statementsDoc } from './statements.js';

/** What classifies errors where the statements run. */
const run = ({ kind }: Body, text: string) => imported(modules[kind], text);

const modules: Readonly<Record<Body['kind'], string>> = {
  workflow: runtime.workflow,
  handler: runtime.workflow,
  activity: runtime.activity,
  operation: runtime.nexus,
};

export function tryStatement(body: Body, statement: TryStmt): readonly Doc[] {
  const { body: tried, catches, ending } = statement;
  const error = name(body.errorName());
  const parts = [body.trying(() => branchDoc(body, 'try', tried.body, tried, true))];
  // A fault of the program must be known as one before anything is done about it.
  if (catches.length > 0 || shields(body, ending?.body ?? [])) {
    const inner = body.catching(error, () => catchLines(body, catches, error));
    parts.push(braces(concat(' catch (', nameOf(error), ')'), lines(inner)));
  }
  if (ending) parts.push(finallyDoc(body, ending));
  return [concat(...parts)];
}

function nameOf(code: Code): string {
  return code.kind === 'name' && typeof code.name === 'string' ? code.name : '';
}

function catchLines(body: Body, catches: readonly CatchClause[], error: Code): Doc[] {
  const own = catches.find((one) => one.error?.text === ownCancellation);
  const others = catches.filter((one) => one !== own);
  if (own && others.length === 0 && body.kind === 'activity') return onlyCancelled(body, own, error);
  return [...(own ? [cancelledDoc(body, own, error)] : []), ...caughtLines(body, others, error)];
}

// --- Errors

/** The first clause that fits, or the error goes on. */
function caughtLines(body: Body, clauses: readonly CatchClause[], error: Code): Doc[] {
  const [only, ...more] = clauses;
  if (!only) return [leaving('throw', call(run(body, 'uncaught'), [error]))];
  const caught = call(run(body, 'caught'), [error]);
  const held = caughtName(body, clauses);
  if (more.length === 0) return singleClause(body, only, error, caught, held);
  const failure = held ?? name(body.names.numbered('failure'));
  const last = clauses.at(-1)!;
  const takesAll = isForAll(last);
  const tested = takesAll ? clauses.slice(0, -1) : clauses;
  const branches = tested.map((clause, at) => {
    const test = callMember(failure, 'is', [string(clause.error!.text)]);
    return branchDoc(body, condition(at === 0 ? 'if' : ' else if', test), clause.body, clause, true);
  });
  branches.push(takesAll ? branchDoc(body, ' else', last.body, last, true) : braces(' else', leaving('throw', error)));
  return [declaration('const', failure, caught), concat(...branches)];
}

function singleClause(body: Body, clause: CatchClause, error: Code, caught: Code, held: Code | undefined): Doc[] {
  const comments = commentsAbove(body, clause);
  const test = clause.error && !isForAll(clause) ? [string(clause.error.text)] : undefined;
  const start = held ? [declaration('const', held, caught)] : test ? [] : [expressionStatement(caught)];
  const guard = test ? [throwUnless(callMember(held ?? caught, 'is', test), error)] : [];
  const inner = statementsDoc(body, clause.body, body.comments.endOf(clause));
  return [...comments, ...start, ...guard, ...(inner === undefined ? [] : [inner])];
}

function throwUnless(test: Code, error: Code): Doc {
  return concat(condition('if', not(test)), ' ', leaving('throw', error));
}

function isForAll({ error }: CatchClause): boolean {
  return !error || error.text === 'Error';
}

/** One name for the error in all clauses that read it: the author's, if there is one. */
function caughtName(body: Body, clauses: readonly CatchClause[]): Code | undefined {
  const variables = clauses.flatMap(({ name: one }) => {
    const variable = one && body.variable(one);
    return variable?.read ? [variable] : [];
  });
  const [first] = variables;
  if (!first) return undefined;
  if (variables.every((one) => one.name === first.name)) return body.local(first);
  const text = body.names.numbered('failure');
  for (const variable of variables) body.rename(variable, text);
  return name(text);
}

// --- What is done to its end

/** Whether a cancellation would reach what statements start. */
function shields({ kind }: Body, statements: readonly Stmt[]): boolean {
  return kind !== 'operation' && startsWork(statements);
}

function shielded(statements: Doc | undefined): Code {
  const shield = imported('@temporalio/workflow', 'CancellationScope');
  return awaited(callMember(shield, 'nonCancellable', [arrow([], block(statements), { async: true })]));
}

/** The workflow, or the activity, is cancelled: that goes on, unless it ends there. */
function cancelledDoc(body: Body, clause: CatchClause, error: Code): Doc {
  const head = condition('if', call(run(body, 'isOwnCancellation'), [error]));
  const above = [...commentsAbove(body, clause), ...cancelledName(body, clause, error)];
  const goesOn = endsAbruptly(clause.body) ? [] : [leaving('throw', error)];
  const inside = () => statementsDoc(body, clause.body, body.comments.endOf(clause));
  if (!startsWork(clause.body)) {
    const inner = inside();
    return braces(head, lines([...above, ...(inner === undefined ? [] : [inner]), ...goesOn]));
  }
  if (!closesWithin(clause.body)) {
    const work = expressionStatement(shielded(body.inFunction(inside)));
    return braces(head, lines([...above, work, leaving('throw', error)]));
  }
  const ended = name(body.names.numbered('ended'));
  const work = declaration(
    'const',
    ended,
    shielded(body.inFunction(() => body.wrapping(() => wrapped(clause, inside())))),
  );
  const end = leaving('return', givesNothing(body) ? undefined : member(ended, 'result'));
  return braces(head, lines([...above, work, concat(condition('if', ended), ' ', end), leaving('throw', error)]));
}

/** What is read of the cancellation. */
function cancelledName(body: Body, clause: CatchClause, error: Code): Doc[] {
  const held = caughtName(body, [clause]);
  return held ? [declaration('const', held, call(run(body, 'describe'), [error]))] : [];
}

/** TypeScript wants every path to give something. */
function wrapped({ body: statements }: CatchClause, inner: Doc | undefined): Doc | undefined {
  return inner === undefined || endsAbruptly(statements) ? inner : lines([inner, 'return undefined;']);
}

/** What an activity does that catches its cancellation and nothing else. */
function onlyCancelled(body: Body, clause: CatchClause, error: Code): Doc[] {
  const held = cancelledName(body, clause, error);
  const inner = statementsDoc(body, clause.body, body.comments.endOf(clause));
  return [
    ...commentsAbove(body, clause),
    throwUnless(call(run(body, 'isOwnCancellation'), [error]), error),
    ...held,
    ...(inner === undefined ? [] : [inner]),
    ...(endsAbruptly(clause.body) ? [] : [leaving('throw', error)]),
  ];
}

function finallyDoc(body: Body, ending: NonNullable<TryStmt['ending']>): Doc {
  if (!shields(body, ending.body)) return branchDoc(body, ' finally', ending.body, ending, true);
  const comments = commentsAbove(body, ending);
  const inner = body.inFunction(() => statementsDoc(body, ending.body, body.comments.endOf(ending)));
  const work = expressionStatement(shielded(inner));
  return braces(' finally', lines([...comments, work]));
}
