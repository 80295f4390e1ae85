/** Statements (grammar/README.md, "Statements"). */
import type { Variable } from '../check/facts.js';
import type { Type } from '../types/type.js';
import type { Binding, Expr, NameExpr, Node, Stmt, Target } from '../syntax/ast.js';
import { awaitOne, awaitStatement, startStatement } from './awaits.js';
import { carriedBy } from './carried.js';
import { namesIn } from '../symbols/blocks.js';
import { type Body, breaksFromSwitch } from './body.js';
import { callInMode, inOrder, messageArguments } from './calls.js';
import { closeStatement, leavingWith, raiseStatement } from './endings.js';
import {
  array,
  as,
  awaited,
  call,
  callMember,
  type Code,
  imported,
  index,
  mark,
  name,
  reference,
  spread,
  ts,
  type TypeCode,
  word,
} from './code.js';
import { closeComments, lineComments, trailingComment } from './documentation.js';
import { condition, expression, isComputable, isConstant, isNarrow } from './expressions.js';
import { awaitAll } from './fan-out.js';
import { startOperationWorkflow } from './operations.js';
import { concat, type Doc, hardline } from './print/doc.js';
import { expression as expressionDoc } from './print/expressions.js';
import {
  assignmentStatement,
  braces,
  condition as conditionHead,
  declaration,
  expressionStatement,
  leaving,
  openBraces,
  variable as variableDoc,
} from './print/statements.js';
import { tryStatement } from './tries.js';
import { runtime, variableName } from './program.js';
import { requestStatement } from './requests.js';
import { isPlainSwitch, switchStatement } from './switches.js';
import { typeCode } from './types.js';

type Of<K extends Stmt['kind']> = Extract<Stmt, { kind: K }>;
/** Each gives the lines that it prints: none where there is nothing to do. */
type Emitters = { readonly [K in Stmt['kind']]: (body: Body, statement: Of<K>) => readonly Doc[] };

const emitters: Emitters = {
  CallStmt: (body, { call, mode, binding }) => bind(body, binding, callInMode(body, call, mode)),
  Assign: (body, statement) =>
    body.facts.idle.has(statement)
      ? []
      : [assign(body, statement.target, expression(body, statement.value), statement.value)],
  Put(body, { map, key, value }) {
    const entry = [map, key, value].map((expr) => expression(body, expr));
    return [expressionStatement(call(imported(runtime.value, 'put'), entry))];
  },
  Send(body, statement) {
    const handler = body.facts.sends.get(statement)!;
    const sent = [body.message(handler), ...messageArguments(body, handler, statement.args)];
    const value = callMember(expression(body, statement.handle), 'signal', sent);
    return [expressionStatement(awaited(value))];
  },
  Message: requestStatement,
  CancelWorkflow: requestStatement,
  StartWorkflow: requestStatement,
  ListWorkflows: requestStatement,
  Set: (body, { condition, value }) => (isRead(body, condition) ? [assign(body, condition, word(value))] : []),
  If: (body, statement) => [ifStatement(body, statement)],
  Switch: (body, statement) => switchStatement(body, statement),
  Try: (body, statement) => tryStatement(body, statement),
  For: (body, statement) => [forStatement(body, statement)],
  Return: (body, { value }) => closeStatement(body, 'complete', value),
  ReturnWorkflow: (body, { call }) => [leaving('return', startOperationWorkflow(body, call))],
  Close: (body, { outcome, value }) => closeStatement(body, outcome, value),
  ContinueAsNew(body, statement) {
    const workflow = body.facts.continues.get(statement)!;
    const params = body.facts.workflows.get(workflow)!.params;
    const type: TypeCode = { kind: 'typeof', name: body.program.workflowName(workflow) };
    const args = inOrder(body, statement.args, params);
    if (body.isInTry) return leavingWith(body, callMember(name(body.run!), 'thenContinueAsNew', args, [type]));
    return [leaving('return', awaited(callMember(name(body.run!), 'continueAsNew', args, [type])))];
  },
  Raise: (body, statement) => raiseStatement(body, statement),
  Start: (body, statement) => startStatement(body, statement),
  Await: (body, statement) => awaitStatement(body, statement),
  AwaitAll: (body, statement) => awaitAll(body, statement),
  AwaitOne: (body, statement) => awaitOne(body, statement),
  Break(body) {
    const label = body.breakLabel();
    return [label === undefined ? 'break;' : `break ${label};`];
  },
  Continue: () => ['continue;'],
  ExprStmt(body, statement) {
    const value = expression(body, statement.expr);
    const called = statement.expr.kind === 'FunctionCall' ? body.facts.functions.get(statement.expr) : undefined;
    if (called?.kind === 'builtin' && called.name === 'do_not_complete') return [leaving('throw', value)];
    return [body.facts.impliedReturns.has(statement) ? leaving('return', value) : expressionStatement(value)];
  },
  Unsupported: () => [],
  Invalid: () => [],
};

/** @param end the comments under the last statement */
export function statementsDoc(body: Body, statements: readonly Stmt[], end: readonly string[] = []): Doc | undefined {
  const parts: Doc[] = [];
  for (const statement of statements) {
    const doc = statementDoc(body, statement);
    if (doc === undefined) continue;
    if (parts.length > 0) parts.push(hardline);
    if (parts.length > 0 && body.comments.of(statement).blankBefore) parts.push(hardline);
    parts.push(doc);
  }
  for (const comment of lineComments(end)) parts.push(...(parts.length > 0 ? [hardline] : []), comment);
  return parts.length > 0 ? concat(...parts) : undefined;
}

export function statementDoc(body: Body, statement: Stmt): Doc | undefined {
  const { leading, trailing } = body.comments.of(statement);
  const printed = (emitters[statement.kind] as (body: Body, statement: Stmt) => readonly Doc[])(body, statement);
  const hoisted = (body.facts.hoisted.get(statement) ?? []).map((one) => hoistedDoc(body, one));
  const all = [...lineComments(leading), ...hoisted, ...printed];
  if (trailing !== undefined && printed.length === 0) all.push(...lineComments([trailing]));
  if (all.length === 0) return undefined;
  const [first, ...rest] = all as [Doc, ...Doc[]];
  const doc = concat(first, ...rest.flatMap((one) => [hardline, one]));
  return mark(printed.length > 0 ? ts`${doc}${trailingComment(trailing)}` : doc, body.at(statement));
}

/** A block in braces, with the comments that stand at its end. */
function loopDoc(body: Body, head: Doc, statement: Of<'For'>): Doc {
  const inner = statementsDoc(body, statement.body, body.comments.endOf(statement));
  const goesOver = statement.head.kind === 'In' || statement.head.kind === 'Entries';
  return goesOver ? openBraces(head, inner) : braces(head, inner);
}

// --- Variables

/** A variable that no assignment can declare. */
export function hoistedDoc(body: Body, variable: Variable): Doc {
  const target = variableName(variable);
  const type = typeCode(body.program, variable.type);
  const isNothing = variable.initial?.kind === 'Null';
  if (variable.initial && !isNothing) {
    return declaration('let', name(target), initialValue(body, variable, expression(body, variable.initial)));
  }
  if (variable.proven && !isNothing) return variableDoc(variable.assignedInClosure ? `${target}!` : target, type);
  // Declared with a type and set to null, TypeScript would take it for null wherever it sees no assignment.
  return declaration('let', name(target), as(word('null'), type));
}

/** TypeScript believes that a variable still holds its first value where a function assigns it. */
function initialValue(body: Body, variable: Variable, value: Code): Code {
  const { type, assignedInClosure } = variable;
  const narrows = type.kind === 'bool' || type.kind === 'optional' || type.kind === 'union';
  return assignedInClosure && narrows ? as(value, typeCode(body.program, type)) : value;
}

/** Whether something reads what is put there. */
export function isRead(body: Body, target: Target): boolean {
  return target.kind === 'Field' || (body.variable(target)?.read ?? false);
}

/** `x = value`, or the declaration of `x`; the value alone, if nothing reads `x`. */
export function assign(body: Body, target: Target, value: Code, source?: Expr): Doc {
  if (target.kind === 'Field') {
    return assignmentStatement(expression(body, target), open(body, target, source, value));
  }
  const variable = body.variable(target);
  if (!variable?.read) return expressionStatement(value);
  const local = body.local(variable);
  const held = open(body, target, source, initialValue(body, variable, value));
  if (variable.declaredAt !== target) {
    const resets = source?.kind === 'Null' || source?.kind === 'Bool';
    return assignmentStatement(
      local,
      resets && variable.type.kind !== 'bool' ? held : open(body, target, source, value),
    );
  }
  const type =
    needsType(body, variable, source, value) && held === value ? typeCode(body.program, variable.type) : undefined;
  return declaration(variable.reassigned || variable.assignedInClosure ? 'let' : 'const', local, held, type);
}

/** What is tested or checked later: TypeScript would take it for nothing if nothing is what is put there, here or before. */
function open(body: Body, target: Target, source: Expr | undefined, value: Code): Code {
  if (value.kind === 'as' || !(body.mayBeNarrowed(target) || body.isChecked(target))) return value;
  const type = heldType(body, target);
  const given = source && body.facts.typeOf.get(source)?.kind;
  const isOpen = source?.kind === 'Null' || source?.kind === 'NameExpr' || source?.kind === 'Field';
  return isOpen && type?.kind === 'optional' && (given === 'optional' || given === 'null')
    ? as(value, typeCode(body.program, type))
    : value;
}

/** What a name, or a field of a record, may hold. */
function heldType(body: Body, target: Target): Type | undefined {
  if (target.kind === 'NameExpr') return body.variable(target)?.type;
  const record = body.facts.typeOf.get(target.of);
  const plain = record?.kind === 'optional' ? record.of : record;
  const field =
    plain?.kind === 'named' ? plain.type.fields?.find(({ name: one }) => one === target.field.text) : undefined;
  return field?.optional && field.type.kind !== 'optional' ? { kind: 'optional', of: field.type } : field?.type;
}

/** Whether TypeScript would see less in a value than the variable holds. */
function needsType(body: Body, variable: Variable, source: Expr | undefined, value: Code): boolean {
  if (body.isCarried(value)) return true;
  if (!source) return variable.type.kind === 'optional';
  const changes = variable.reassigned || variable.assignedInClosure;
  if (isComputable(value) && variable.type.kind !== 'bool' && (source.kind === 'Null' || !changes)) return true;
  if (changes && !isConstant(value) && isNarrow(body, source, value)) return true;
  switch (source.kind) {
    case 'Record':
    case 'List':
      return true;
    default: {
      const given = body.facts.typeOf.get(source);
      return given !== undefined && given.kind !== variable.type.kind && !isSameInTypeScript(given, variable.type);
    }
  }
}

function isSameInTypeScript(a: Type, b: Type): boolean {
  const numbers = ['int', 'float', 'duration'];
  const texts = ['string', 'decimal', 'time'];
  return [numbers, texts].some((kinds) => kinds.includes(a.kind) && kinds.includes(b.kind));
}

/** Where the value of a call, an await or a case goes. */
export function bind(body: Body, binding: Binding | undefined, value: Code): readonly Doc[] {
  if (!binding || binding.targets.length === 0) return [expressionStatement(value)];
  const [target, ...more] = binding.targets as [Target, ...Target[]];
  if (more.length === 0 && !binding.parenthesised) return [assign(body, target, value)];
  return destructure(body, binding.targets, value);
}

/** `[a, b] = value`, as a declaration where it declares. */
export function destructure(body: Body, all: readonly Target[], value: Code): readonly Doc[] {
  const last = all.findLastIndex((target) => isRead(body, target));
  if (last < 0) return [expressionStatement(value)];
  const targets = all.slice(0, last + 1).map((target) => (isRead(body, target) ? target : undefined));
  const declares = (target: Target | undefined): target is NameExpr =>
    target?.kind === 'NameExpr' && body.variable(target)?.declaredAt === target;
  const given = targets.filter((target) => target !== undefined);
  const codes = targets.map((target) => target && targetCode(body, target));
  const type = body.isCarried(value) ? tupleOf(body, all) : undefined;
  if (given.every(declares)) {
    const reassigned = given.some((target) => {
      const variable = body.variable(target)!;
      return variable.reassigned || variable.assignedInClosure;
    });
    return [declaration(reassigned ? 'let' : 'const', array(codes), value, type)];
  }
  if (!given.some(declares)) return [assignmentStatement(array(codes), value)];
  const values = name(body.names.numbered('values'));
  const each = targets.flatMap((target, at) => (target ? [assign(body, target, index(values, word(at)))] : []));
  return [declaration('const', values, value, type), ...each];
}

/** The type of what is taken apart, by where its parts go. */
function tupleOf(body: Body, targets: readonly Target[]): TypeCode {
  const items = targets.map((target) => {
    const variable = target.kind === 'NameExpr' ? body.variable(target) : undefined;
    const type = variable?.type ?? body.facts.typeOf.get(target);
    return { type: type ? typeCode(body.program, type) : reference('any') };
  });
  return { kind: 'tupleOf', items };
}

function targetCode(body: Body, target: Target): Code {
  const variable = target.kind === 'NameExpr' ? body.variable(target) : undefined;
  return variable ? body.local(variable) : expression(body, target);
}

// --- Control flow

function ifStatement(body: Body, statement: Of<'If'>): Doc {
  const parts: Doc[] = [];
  for (const [at, branch] of statement.branches.entries()) {
    const head = conditionHead(at === 0 ? 'if' : ' else if', condition(body, branch.condition));
    parts.push(mark(branchDoc(body, head, branch.body, branch, at > 0), body.at(branch)));
  }
  const { otherwise } = statement;
  if (otherwise) parts.push(branchDoc(body, ' else', otherwise.body, otherwise, true));
  return concat(...parts);
}

/** What stands above a line, or behind it, where both go inside of its block. */
export function commentsAbove(body: Body, owner: Node): Doc[] {
  return closeComments([...body.comments.of(owner).leading, ...trailingOf(body, owner)]);
}

function trailingOf(body: Body, owner: Node): string[] {
  const { trailing } = body.comments.of(owner);
  return trailing === undefined ? [] : [trailing];
}

/** What stands above an `else` goes inside: there is no place for it between the braces. */
export function branchDoc(
  body: Body,
  head: Doc,
  statements: readonly Stmt[],
  owner: Node,
  commentsInside: boolean,
): Doc {
  const above = commentsInside ? commentsAbove(body, owner) : lineComments(trailingOf(body, owner));
  const inner = statementsDoc(body, statements, body.comments.endOf(owner));
  const all = [...above, ...(inner === undefined ? [] : [inner])];
  return openBraces(
    head,
    all.length > 0 ? concat(...all.flatMap((one, at) => (at > 0 ? [hardline, one] : [one]))) : undefined,
  );
}

function forStatement(body: Body, statement: Of<'For'>): Doc {
  const label = breaksFromSwitch(statement.body, (one) => opensSwitch(body, one)) ? body.label() : undefined;
  const carries = new Set(carriedBy(statement, (name) => body.variable(name)).map(variableName));
  const block = body.inside({ kind: 'loop', label, carries }, () =>
    loopDoc(body, loopHead(body, statement), statement),
  );
  return label === undefined ? block : concat(`${label}: `, block);
}

/** Whether a statement is printed as a `switch`, which a `break` would leave. */
function opensSwitch(body: Body, statement: Stmt): boolean {
  if (statement.kind === 'Switch') return isPlainSwitch(body, statement);
  return statement.kind === 'AwaitOne' && statement.cases.length > 1;
}

function loopHead(body: Body, { head }: Of<'For'>): Doc {
  switch (head.kind) {
    case 'Forever':
      return 'for (;;)';
    case 'While':
      return conditionHead('while', condition(body, head.condition));
    case 'In': {
      const items = expression(body, head.of);
      const snapshot = body.mayGrow(head.of) ? array([spread(items)]) : items;
      return overHead(loopVariable(body, [head.item]), loopName(body, head.item, head.of), snapshot);
    }
    case 'Entries': {
      const names = [head.key, head.value];
      const pattern = array(names.map((one) => loopName(body, one, head.of)));
      return overHead(loopVariable(body, names), pattern, entriesCode(body, head.of));
    }
  }
}

/** A loop cannot go over what is called like its own variable; one that nothing reads says so by its name. */
function loopName(body: Body, item: NameExpr, of: Expr): Code {
  const variable = body.variable(item)!;
  if (!variable.read) return name(body.names.within((names) => names.helper(`_${variable.name}`)));
  const hides = namesIn(of).some(
    (one) => body.variable(one) && variableName(body.variable(one)!) === variableName(variable),
  );
  if (hides) body.rename(variable, body.names.numbered(variableName(variable)));
  return body.local(variable);
}

function overHead(keyword: string, item: Code, items: Code): Doc {
  return ts`for (${keyword} ${expressionDoc(item, 'argument')} of ${expressionDoc(items, 'argument')})`;
}

function loopVariable(body: Body, names: readonly NameExpr[]): string {
  const changes = names.some((one) => {
    const { reassigned, assignedInClosure, read } = body.variable(one)!;
    return read && (reassigned || assignedInClosure);
  });
  return changes ? 'let' : 'const';
}

/** The keys and values of a map, in the order of the keys. */
export function entriesCode(body: Body, map: Expr): Code {
  const type = body.facts.typeOf.get(map);
  const held = type?.kind === 'optional' ? type.of : type;
  const isInt = held?.kind === 'map' && held.key.kind === 'int';
  const entries = call(imported(runtime.value, isInt ? 'intEntries' : 'entries'), [expression(body, map)]);
  if (held?.kind !== 'map' || held.key.kind !== 'enum') return entries;
  const items = [held.key, held.value].map((one) => ({ type: typeCode(body.program, one) }));
  return as(entries, { kind: 'listOf', item: { kind: 'tupleOf', items } });
}
