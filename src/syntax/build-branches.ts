/** Statements of several lines of the same indentation, or with lines of their own under them: `if`, `switch`, `try`. */
import { join } from '../source.js';
import type { Block, CatchClause, Expr, IfBranch, IfStmt, Stmt, SwitchCase, SwitchStmt, TryStmt } from './ast.js';
import { buildStatements, goesOn, invalid, isUnclear, spanOver, unsupported } from './build-statements.js';
import type { Line } from './lines.js';
import type { Problems } from './problems.js';
import { checkShape, shapes } from './shapes.js';

/** What lines have become. */
export interface Built {
  readonly statement: Stmt | undefined;
  /** The index of the last line that belongs to it. */
  readonly last: number;
  /** Lines under a line that is no part of it: they are read as if they stood beside it. */
  readonly stray?: readonly Line[] | undefined;
}

/** An `if` with what follows it. */
export function buildIf(lines: readonly Line[], first: number, problems: Problems): Built {
  const branches: IfBranch[] = [];
  let last = first;
  let line = lines[last]!;
  checkIf(line, lines[first - 1], problems);
  while (line.head.kind === 'if' || line.head.kind === 'elif') {
    checkShape(line, problems);
    const body = buildStatements(line.block ?? [], problems);
    const condition = line.head.condition ?? missingExpression(line);
    branches.push({ kind: 'IfBranch', span: spanOver(line, body), condition, body });
    const next = lines[last + 1];
    if (next?.head.kind !== 'elif' && next?.head.kind !== 'else') break;
    last++;
    line = next;
  }
  const end = line.head.kind === 'else' ? line : undefined;
  if (branches.length === 0) {
    if (end !== undefined) checkShape(end, problems);
    return { statement: undefined, last, stray: line.block };
  }
  const otherwise = end && buildBlock(end, problems);
  const span = join(branches[0]!.span, (otherwise ?? branches.at(-1)!).span);
  return { statement: { kind: 'If', span, branches, otherwise } satisfies IfStmt, last };
}

/** `elif` and `else` need an `if` before them; where the line before could not be read, it may have been one. */
function checkIf(line: Line, before: Line | undefined, problems: Problems): void {
  const { kind } = line.head;
  if (kind === 'if' || line.broken || isUnclear(before)) return;
  problems.report('TWF229', line.span, { word: kind });
}

/** Statements under a line that stands for itself: `else:`. */
function buildBlock(line: Line, problems: Problems): Block {
  checkShape(line, problems);
  const body = buildStatements(line.block ?? [], problems);
  return { kind: 'Block', span: spanOver(line, body), body };
}

/** A `switch` with its cases, and what is for everything else. */
export function buildSwitch(line: Line, subject: Expr | undefined, problems: Problems): SwitchStmt {
  checkShape(line, problems);
  const lines = line.block ?? [];
  const cases: SwitchCase[] = [];
  let otherwise: Block | undefined;
  for (let index = 0; index < lines.length; index++) {
    const one = lines[index]!;
    const { head } = one;
    if (head.kind === 'case') {
      if (otherwise !== undefined) problems.report('TWF641', one.span, {}, { hint: 'Move `else:` to the end.' });
      checkShape(one, problems);
      const body = buildStatements(one.block ?? [], problems);
      cases.push({ kind: 'SwitchCase', span: spanOver(one, body), values: head.values, body });
    } else if (head.kind === 'else') {
      if (otherwise !== undefined) problems.report('TWF641', one.span, {}, { hint: 'Keep one of them.' });
      otherwise = buildBlock(one, problems);
    } else if (head.kind === 'unsupported') {
      unsupported(one, problems);
      while (goesOn(one, lines[index + 1])) index++;
    } else if (head.kind !== 'hint') {
      reportNoCase(one, problems);
      buildStatements(one.block ?? [], problems.quiet());
    }
  }
  const parts = [...cases, ...(otherwise ? [otherwise] : [])];
  return { kind: 'Switch', span: spanOver(line, parts), subject: subject ?? missingExpression(line), cases, otherwise };
}

/** A `try` with the `catch` and `finally` that follow it. */
export function buildTry(lines: readonly Line[], first: number, problems: Problems): Built {
  const line = lines[first]!;
  const { kind } = line.head;
  if (kind !== 'try') {
    const word = kind === 'catch' ? 'catch' : 'finally';
    if (!line.broken && !isUnclear(lines[first - 1])) problems.report('TWF646', line.span, { word });
    return { statement: invalid(line.span), last: first };
  }
  const body = buildBlock(line, problems);
  const catches: CatchClause[] = [];
  let last = first;
  for (; lines[last + 1]?.head.kind === 'catch'; last++) catches.push(buildCatch(lines[last + 1]!, problems));
  const next = lines[last + 1];
  const ending = next?.head.kind === 'finally' ? buildBlock(next, problems) : undefined;
  if (ending) last++;
  else if (catches.length === 0 && !line.broken && !isUnclear(next)) {
    problems.report('TWF645', line.span, {}, { hint: 'Add `catch …:` or `finally:` under it, at its indentation.' });
  }
  const parts = [body, ...catches, ...(ending ? [ending] : [])];
  return { statement: { kind: 'Try', span: spanOver(line, parts), body, catches, ending } satisfies TryStmt, last };
}

function buildCatch(line: Line, problems: Problems): CatchClause {
  checkShape(line, problems);
  const body = buildStatements(line.block ?? [], problems);
  const { error, name } = line.head.kind === 'catch' ? line.head : { error: undefined, name: undefined };
  return { kind: 'Catch', span: spanOver(line, body), error, name, body };
}

function reportNoCase(line: Line, problems: Problems): void {
  const { head, span, broken } = line;
  if (broken || head.kind === 'invalid' || head.kind === 'skipped') return;
  const isDefault =
    head.kind === 'expression' && head.value.kind === 'NameExpr' && head.value.text === 'default' && line.colon;
  if (isDefault) {
    const fixes = [problems.fix('Write `else`', head.value.span, 'else')];
    problems.report('TWF640', span, { what: '`default`' }, { hint: 'What is for everything else is `else:`.', fixes });
  } else {
    const hint = 'Write `case value:` above it, or `else:`.';
    problems.report('TWF640', span, { what: shapes[head.kind].what }, { hint });
  }
}

function missingExpression({ span }: Line): Expr {
  return invalid({ start: span.end, end: span.end });
}
