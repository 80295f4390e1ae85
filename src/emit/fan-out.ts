/** Waiting for all of several branches (grammar/README.md, "`await all`"). */
import type { Variable } from '../check/facts.js';
import type { AwaitAllStmt, ForStmt, Stmt, Target } from '../syntax/ast.js';
import { isFanOut, isValueBlock } from '../symbols/blocks.js';
import { isArrival } from '../symbols/messages.js';
import { waitCode } from './awaits.js';
import type { Body } from './body.js';
import { callCode } from './calls.js';
import {
  array,
  arrow,
  awaited,
  block,
  call,
  callMember,
  type Code,
  imported,
  index,
  member,
  name,
  object,
  string,
  word,
} from './code.js';
import { expression } from './expressions.js';
import { concat, type Doc, hardline } from './print/doc.js';
import { assignmentStatement, declaration, expressionStatement, leaving } from './print/statements.js';
import { runtime, variableName } from './program.js';
import { assign, entriesCode, isRead, statementDoc, statementsDoc } from './statements.js';

/** A promise of the values of all branches, and where each of them goes. */
export interface Parts {
  readonly promise: Code;
  /** A single fan-out gives its list; several branches give a list of what each gives. */
  readonly single: boolean;
  readonly branches: readonly Branch[];
}

interface Branch {
  readonly start: Code;
  readonly binds: readonly (Target | Variable)[];
}

export function awaitAll(body: Body, statement: AwaitAllStmt): readonly Doc[] {
  const parts = fanOut(body, statement, true);
  const value = awaited(parts.promise);
  return parts.branches.every(({ binds }) => binds.length === 0)
    ? [expressionStatement(value)]
    : bindAll(body, parts, value);
}

/** @param declares whether names that branches bind are declared by the block; a branch assigns them otherwise */
export function fanOut(body: Body, statement: AwaitAllStmt, declares: boolean): Parts {
  const { maxConcurrent, onFailure } = body.facts.alls.get(statement) ?? {
    maxConcurrent: undefined,
    onFailure: 'cancel',
  };
  const options = { maxConcurrent, onFailure };
  const gives = declares && isValueBlock(statement);
  return body.inFunction((): Parts => {
    const [only, ...others] = statement.body;
    if (only?.kind === 'For' && isFanOut(only) && others.length === 0) {
      const { promise, binds } = overItems(body, only, options);
      return { promise, single: true, branches: [{ start: promise, binds }] };
    }
    const branches = statement.body.map((one) => branch(body, one, gives));
    const promise = call(imported(runtime.workflow, 'all'), [
      array(branches.map(({ start }) => start)),
      ...optionsOf(options),
    ]);
    return { promise, single: false, branches };
  });
}

interface Options {
  readonly maxConcurrent: number | undefined;
  readonly onFailure: string;
}

function optionsOf({ maxConcurrent, onFailure }: Options): Code[] {
  if (maxConcurrent === undefined && onFailure === 'cancel') return [];
  return [
    object({
      maxConcurrent: maxConcurrent === undefined ? undefined : word(maxConcurrent),
      onFailure: onFailure === 'cancel' ? undefined : string(onFailure),
    }),
  ];
}

function branch(body: Body, statement: Stmt, gives: boolean): Branch {
  if (statement.kind === 'For' && isFanOut(statement)) {
    const { promise, binds } = overItems(body, statement, { maxConcurrent: undefined, onFailure: 'cancel' });
    return { start: arrow([], promise), binds };
  }
  const targets = bindingOf(statement).filter((target) => isRead(body, target));
  const start = isBare(body, statement) && (gives || targets.length === 0) ? startOf(body, statement, []) : undefined;
  if (start) return { start, binds: targets };
  const doc = statementDoc(body, statement);
  return { start: arrow([], block(doc), { async: true }), binds: [] };
}

/** A function that waits for one thing, where a branch does nothing else. */
function startOf(body: Body, statement: Stmt, params: readonly Code[]): Code | undefined {
  if (statement.kind === 'CallStmt' && statement.mode === 'blocking')
    return arrow(params, callCode(body, statement.call));
  if (statement.kind !== 'Await') return undefined;
  const value = waitCode(body, statement.operand);
  const takesParameter = isArrival(statement.operand) && statement.binding;
  return takesParameter ? arrow(params, index(awaited(value), word(0)), { async: true }) : arrow(params, value);
}

function bindingOf(statement: Stmt): readonly Target[] {
  return statement.kind === 'CallStmt' || statement.kind === 'Await' ? (statement.binding?.targets ?? []) : [];
}

/** An expression has no place for comments. */
function isBare(body: Body, statement: Stmt): boolean {
  const { leading, trailing } = body.comments.of(statement);
  return leading.length === 0 && trailing === undefined;
}

// --- One branch for each item

function overItems(body: Body, statement: ForStmt, options: Options): { promise: Code; binds: readonly Variable[] } {
  const { collected, maxConcurrent } = body.facts.fanOuts.get(statement)!;
  const { head } = statement;
  if (head.kind !== 'In' && head.kind !== 'Entries') return { promise: word('undefined'), binds: [] };
  const items = head.kind === 'In' ? expression(body, head.of) : entriesCode(body, head.of);
  const names = head.kind === 'In' ? [head.item] : [head.key, head.value];
  const variables = names.map((one) => body.local(body.variable(one)!));
  const pattern = head.kind === 'In' ? variables[0]! : array(variables);
  const each = eachItem(
    body,
    statement,
    pattern,
    collected.map(({ inner }) => inner),
  );
  const limit = { ...options, maxConcurrent: options.maxConcurrent ?? maxConcurrent };
  const promise = call(imported(runtime.workflow, 'allOf'), [items, each, ...optionsOf(limit)]);
  return { promise, binds: collected.map(({ outer }) => outer) };
}

function eachItem(body: Body, statement: ForStmt, pattern: Code, collected: readonly Variable[]): Code {
  const [only, ...others] = statement.body;
  if (only && others.length === 0 && isBare(body, only) && body.comments.endOf(statement).length === 0) {
    const [target, ...more] = bindingOf(only);
    const variable = target?.kind === 'NameExpr' ? body.variable(target) : undefined;
    const gives = more.length === 0 && (collected.length === 0 ? !target || variable : variable === collected[0]);
    const start = gives && collected.length <= 1 ? startOf(body, only, [pattern]) : undefined;
    if (start) return start;
  }
  const statements = statementsDoc(body, statement.body, body.comments.endOf(statement));
  const values = collected.map((variable) => body.local(variable));
  const result =
    values.length === 0
      ? []
      : [
          leaving(
            'return',
            values.length === 1
              ? values[0]
              : object(collected.map((one) => ({ key: one.name, value: body.local(one) }))),
          ),
        ];
  const all = [...(statements === undefined ? [] : [statements]), ...result];
  const doc = all.length > 0 ? concat(...all.flatMap((one, at) => (at > 0 ? [hardline, one] : [one]))) : undefined;
  return arrow([pattern], block(doc), { async: true });
}

// --- Where values go

/**
 * Binds what the branches give, out of the value of the whole block.
 *
 * @param hoisted whether the lists of fan-outs have been declared before
 */
export function bindAll(body: Body, { single, branches }: Parts, value: Code, hoisted = false): readonly Doc[] {
  if (single) return bindBranch(body, branches[0]!, value, hoisted);
  const last = branches.findLastIndex(({ binds }) => binds.length > 0);
  if (last < 0) return [];
  const given = branches.slice(0, last + 1);
  const bound = given.flatMap(({ binds }) => binds);
  const names = given.map(({ binds: [one] }) => one && name(nameOf(body, one)));
  if (given.every(({ binds }) => binds.length <= 1)) {
    const declaring = bound.filter((one) => declares(body, one) && !hoisted);
    if (declaring.length === 0) return [assignmentStatement(array(names), value)];
    if (declaring.length === bound.length) {
      return [declaration(bound.some((one) => isChanged(body, one)) ? 'let' : 'const', array(names), value)];
    }
  }
  const values = name(body.names.numbered('values'));
  const each = given.flatMap((one, at) => bindBranch(body, one, index(values, word(at)), hoisted));
  return [declaration('const', values, value), ...each];
}

/** The lists that fan-outs give: where the block is a case, they are declared before it. */
export function collectedBy(body: Body, { branches }: Parts): readonly Variable[] {
  return branches.flatMap(({ binds }) => binds.filter(isVariable).filter((one) => !body.program.isHoisted(one)));
}

function bindBranch(body: Body, { binds }: Branch, value: Code, hoisted: boolean): readonly Doc[] {
  const [bound, ...more] = binds;
  if (!bound) return [];
  if (more.length === 0) return [bindOne(body, bound, value, hoisted)];
  const results = name(body.names.numbered('results'));
  const one = name(body.names.within((names) => names.helper('one')));
  const lists = binds.map((each) => {
    const field = isVariable(each) ? each.name : '';
    return bindOne(body, each, callMember(results, 'map', [arrow([one], member(one, field))]), hoisted);
  });
  return [declaration('const', results, value), ...lists];
}

function bindOne(body: Body, bound: Target | Variable, value: Code, hoisted: boolean): Doc {
  if (!isVariable(bound)) return assign(body, bound, value);
  const local = name(variableName(bound));
  if (hoisted || body.program.isHoisted(bound)) return assignmentStatement(local, value);
  return declaration(isChanged(body, bound) ? 'let' : 'const', local, value);
}

function isVariable(bound: Target | Variable): bound is Variable {
  return 'role' in bound;
}

function declares(body: Body, bound: Target | Variable): boolean {
  if (isVariable(bound)) return !body.program.isHoisted(bound);
  return bound.kind === 'NameExpr' && body.variable(bound)?.declaredAt === bound;
}

function isChanged(body: Body, bound: Target | Variable): boolean {
  const variable = isVariable(bound) ? bound : bound.kind === 'NameExpr' ? body.variable(bound) : undefined;
  return variable !== undefined && (variable.reassigned || variable.assignedInClosure);
}

function nameOf(body: Body, bound: Target | Variable): string {
  const variable = isVariable(bound) ? bound : bound.kind === 'NameExpr' ? body.variable(bound) : undefined;
  return variable ? variableName(variable) : '';
}
