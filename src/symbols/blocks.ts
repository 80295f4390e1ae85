/** Where names stand: the nesting of statements of one unit, and every use of every name in it. */
import { computedOptions, keywords } from '../options/computed.js';
import type { OptionContext } from '../options/options.js';
import type { Name } from './name-set.js';
import type { Paths } from './paths.js';
import { bodiesOf } from '../syntax/bodies.js';
import type {
  AwaitAllStmt,
  Call,
  Expr,
  ForStmt,
  NameExpr,
  OptionBlock,
  RequestStmt,
  Stmt,
  Target,
} from '../syntax/ast.js';

/** The statements of one nesting level. */
export interface Block {
  readonly parent: Block | undefined;
  /** The index in the parent of the statement that this block belongs to. */
  readonly indexInParent: number;
  readonly statements: readonly Stmt[];
  /** The nearest block around it, or itself, that is printed as a function of its own. */
  readonly closure: Block;
  /** What has a value where it begins. */
  readonly entry: Paths;
}

export function block(
  statements: readonly Stmt[],
  parent?: { readonly block: Block; readonly index: number },
  isClosure = !parent,
  entry?: Paths,
): Block {
  const made = { parent: parent?.block, indexInParent: parent?.index ?? 0, statements, entry } as {
    -readonly [K in keyof Block]: Block[K];
  };
  made.closure = isClosure || !parent ? made : parent.block.closure;
  return made;
}

/** One use of a name. */
export interface Use {
  readonly node: NameExpr;
  readonly name: Name;
  readonly write: 'assignment' | 'binding' | undefined;
  /** A write that always happens when its statement does: it can declare the name. */
  readonly direct: boolean;
  readonly block: Block;
  /** Of the statement in the block; -1 for what happens before its first. */
  readonly index: number;
  /** Of a read: every path to it assigns the name. */
  readonly proven: boolean;
}

/**
 * A branch of an `await all` that gives at most one value: the block is printed as one expression, and its bindings
 * declare their names as any other call does.
 */
export function isValueBranch(branch: Stmt): boolean {
  switch (branch.kind) {
    case 'CallStmt':
      return branch.mode === 'blocking' && bindsOneName(branch);
    case 'Await':
      return bindsOneName(branch);
    case 'For':
      return isFanOut(branch);
    default:
      return false;
  }
}

/** Whether the names that an `await all` binds can be taken from its result. */
export function isValueBlock({ body }: AwaitAllStmt): boolean {
  return body.every(isValueBranch);
}

/** A `for … in` directly inside an `await all`. */
export function isFanOut(branch: ForStmt): boolean {
  return branch.head.kind === 'In' || branch.head.kind === 'Entries';
}

function bindsOneName({ binding }: Extract<Stmt, { kind: 'CallStmt' | 'Await' }>): boolean {
  return (
    !binding || (binding.targets.length === 1 && binding.targets[0]!.kind === 'NameExpr' && !binding.parenthesised)
  );
}

/**
 * Every expression that a call evaluates.
 * @param context what options it has, if its kind does not say so
 */
export function callExpressions(call: Call, context: OptionContext = keywords[call.kind]): Expr[] {
  const family = call.kind === 'NexusCall' ? call.family : [];
  return [...family, ...call.args.map(({ value }) => value), ...optionExpressions(context, call.options)];
}

/** Every expression that a request evaluates, in the order in which it is read. */
export function requestExpressions(statement: RequestStmt): Expr[] {
  switch (statement.kind) {
    case 'Message':
      return [statement.id, ...statement.args.map(({ value }) => value)];
    case 'CancelWorkflow':
      return [statement.id];
    case 'ListWorkflows':
      return [statement.query];
    case 'StartWorkflow': {
      const sent = statement.signal?.args.map(({ value }) => value) ?? [];
      return [...callExpressions(statement.call, 'start'), ...sent];
    }
  }
}

export function optionExpressions(context: OptionContext, options: OptionBlock | undefined): Expr[] {
  return computedOptions(context, options).map(({ expr }) => expr);
}

/** The names that stand for values in an expression, in the order in which they are read. */
export function namesIn(expr: Expr): NameExpr[] {
  const found: NameExpr[] = [];
  collect(expr, found);
  return found;
}

/** The `log` of `log.info(…)`, whatever variables there are. */
export function isLogger(expr: Expr): boolean {
  return expr.kind === 'NameExpr' && expr.text === 'log';
}

function collect(expr: Expr, found: NameExpr[]): void {
  if (expr.kind === 'NameExpr') found.push(expr);
  else for (const part of partsOf(expr)) collect(part, found);
}

/** What an expression is computed of, in the order in which it is read. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'Field':
      return [expr.of];
    case 'Index':
      return [expr.of, expr.index];
    case 'FunctionCall': {
      // The name of a function is no variable, but what a method is called on is.
      const args = expr.args.map(({ value }) => value);
      return expr.callee.kind === 'Field' && !isLogger(expr.callee.of) ? [expr.callee.of, ...args] : args;
    }
    case 'Unary':
      return [expr.operand];
    case 'Binary':
      return [expr.left, expr.right];
    case 'List':
      return expr.items;
    case 'Record':
      return expr.fields.map(({ value }) => value);
    case 'String':
      return expr.parts.filter((part) => typeof part !== 'string');
    case 'NameExpr':
    case 'Number':
    case 'Bool':
    case 'Null':
    case 'Duration':
    case 'Invalid':
      return [];
  }
}

/** Names that statements bind with an arrow, nested ones included. */
export function bindings(statements: readonly Stmt[]): NameExpr[] {
  return targetsIn(statements, false).filter((target) => target.kind === 'NameExpr');
}

/** Texts of all names that statements assign or bind, nested ones included. */
export function writesIn(statements: readonly Stmt[]): ReadonlySet<string> {
  return new Set(targetsIn(statements, true).flatMap((one) => (one.kind === 'NameExpr' ? [one.text] : [])));
}

/** Every name and field that statements assign or bind, nested ones included. */
export function writtenBy(statements: readonly Stmt[]): readonly Target[] {
  return targetsIn(statements, true);
}

function targetsIn(statements: readonly Stmt[], assignments: boolean): Target[] {
  return statements.flatMap((statement): readonly Target[] => {
    const own = ownTargets(statement, assignments);
    return [...own, ...bodiesOf(statement).flatMap((body) => targetsIn(body, assignments))];
  });
}

function ownTargets(statement: Stmt, assignments: boolean): readonly Target[] {
  switch (statement.kind) {
    case 'CallStmt':
    case 'Start':
    case 'Await':
    case 'Message':
    case 'CancelWorkflow':
    case 'StartWorkflow':
    case 'ListWorkflows':
      return statement.binding?.targets ?? [];
    case 'Assign':
      return assignments ? [statement.target] : [];
    case 'Set':
      return assignments ? [statement.condition] : [];
    case 'AwaitOne':
      return statement.cases.flatMap(({ binding }) => binding?.targets ?? []);
    default:
      return [];
  }
}
