/** More Nexus operations than may be pending at once, beyond what a fan-out limits by itself. */
import { isFanOut } from '../../symbols/blocks.js';
import type { AwaitAllStmt, ForStmt, NexusCall, Stmt } from '../../syntax/ast.js';
import { bodiesOf } from '../../syntax/bodies.js';
import type { Typed } from '../verify/typed.js';

/** How many operations of a workflow may be pending. */
export const mostPending = 30;
/** How many branches of a fan-out that calls operations run at once. */
export const mostBranches = 25;

export function nexusFanOuts({ model }: Typed): void {
  for (const { alls, loops, file } of model.surveys) {
    const crowded = [...alls.flatMap(crowdedIn), ...loops.flatMap(keptIn)];
    for (const call of new Set(crowded)) {
      model.report(file, 'TWF657', call.name.span, { most: mostPending });
    }
  }
}

/** The call of a fan-out whose branches call more than one operation at once. */
function crowdedIn({ body }: AwaitAllStmt): NexusCall[] {
  return body.flatMap((branch) => {
    if (branch.kind !== 'For' || !isFanOut(branch)) return [];
    const { most, first } = atOnce(branch.body);
    return first && most * mostBranches > mostPending ? [first] : [];
  });
}

interface AtOnce {
  readonly most: number;
  readonly first: NexusCall | undefined;
}

/** How many operations statements may call at once. */
function atOnce(statements: readonly Stmt[]): AtOnce {
  const all = statements.map(ofStatement);
  return { most: Math.max(0, ...all.map(({ most }) => most)), first: all.find(({ first }) => first)?.first };
}

function ofStatement(statement: Stmt): AtOnce {
  if (statement.kind === 'CallStmt') {
    return statement.call.kind === 'NexusCall' ? { most: 1, first: statement.call } : { most: 0, first: undefined };
  }
  if (statement.kind === 'AwaitAll') {
    const branches = statement.body.map((one) => {
      const { most, first } = ofStatement(one);
      return { most: one.kind === 'For' && isFanOut(one) ? most * mostBranches : most, first };
    });
    const first = branches.find((one) => one.first)?.first;
    return { most: branches.reduce((sum, { most }) => sum + most, 0), first };
  }
  return atOnce(bodiesOf(statement).flat());
}

/** Operations that each turn of a loop starts, and that none waits for. */
function keptIn({ body }: ForStmt): NexusCall[] {
  const awaited = new Set(body.flatMap(handlesAwaited));
  return body.flatMap((one) => {
    if (one.kind !== 'CallStmt' || one.mode !== 'spawn' || one.call.kind !== 'NexusCall') return [];
    const name = one.binding?.targets[0];
    return name?.kind === 'NameExpr' && !awaited.has(name.text) ? [one.call] : [];
  });
}

function handlesAwaited(statement: Stmt): string[] {
  const operands =
    statement.kind === 'Await'
      ? [statement.operand]
      : statement.kind === 'AwaitOne'
        ? statement.cases.map(({ operand }) => operand)
        : [];
  const own = operands.flatMap((one) =>
    one.kind === 'Handle' && one.handle.kind === 'NameExpr' ? [one.handle.text] : [],
  );
  return [...own, ...bodiesOf(statement).flat().flatMap(handlesAwaited)];
}
