/** Which statements stand inside of others: one table for all who look for something in them. */
import type { Node, Stmt } from './ast.js';

type Inside = {
  readonly [K in Stmt['kind']]?: (statement: Extract<Stmt, { kind: K }>) => readonly (readonly Stmt[])[];
};

const inside: Inside = {
  If: ({ branches, otherwise }) => [...branches, ...(otherwise ? [otherwise] : [])].map(({ body }) => body),
  Switch: ({ cases, otherwise }) => [...cases, ...(otherwise ? [otherwise] : [])].map(({ body }) => body),
  Try: ({ body, catches, ending }) => [body, ...catches, ...(ending ? [ending] : [])].map((one) => one.body),
  For: ({ body }) => [body],
  AwaitAll: ({ body }) => [body],
  Start: ({ operand }) => (operand.kind === 'AwaitAll' ? [operand.body] : []),
  AwaitOne: ({ cases }) =>
    cases.flatMap(({ operand, body }) => (operand.kind === 'AwaitAll' ? [operand.body, body] : [body])),
};

/** The blocks directly inside of a statement, in the order of the source. */
export function bodiesOf(statement: Stmt): readonly (readonly Stmt[])[] {
  return (inside[statement.kind] as ((statement: Stmt) => readonly (readonly Stmt[])[]) | undefined)?.(statement) ?? [];
}

/** Statements that the path they stand on waits for. */
export const waiting: ReadonlySet<Node['kind']> = new Set<Stmt['kind']>([
  'CallStmt',
  'Send',
  'Message',
  'CancelWorkflow',
  'Await',
  'AwaitAll',
  'AwaitOne',
]);

/** Whether statements start or wait for something, which a cancellation would reach. */
export function startsWork(statements: readonly Stmt[]): boolean {
  return statements.some((one) => one.kind === 'Start' || waiting.has(one.kind) || bodiesOf(one).some(startsWork));
}

const leaving: ReadonlySet<Stmt['kind']> = new Set<Stmt['kind']>([
  'Break',
  'Return',
  'Close',
  'ContinueAsNew',
  'Raise',
]);

/** Whether a statement may end the loop that it stands in, or more than that. */
export function leaves(statement: Stmt): boolean {
  return leaving.has(statement.kind) || bodiesOf(statement).flat().some(leaves);
}

/** The error that a `catch` names when it is about the cancellation of the workflow itself. */
export const ownCancellation = 'CancelledError';
