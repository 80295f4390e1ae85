/** Which statements stand inside of others: one table for all who look for something in them. */
import type { Stmt } from './ast.js';

type Inside = {
  readonly [K in Stmt['kind']]?: (statement: Extract<Stmt, { kind: K }>) => readonly (readonly Stmt[])[];
};

const inside: Inside = {
  If: ({ branches, otherwise }) => [...branches, ...(otherwise ? [otherwise] : [])].map(({ body }) => body),
  Switch: ({ cases, otherwise }) => [...cases, ...(otherwise ? [otherwise] : [])].map(({ body }) => body),
  For: ({ body }) => [body],
  AwaitAll: ({ body }) => [body],
  AwaitOne: ({ cases }) =>
    cases.flatMap(({ operand, body }) => (operand.kind === 'AwaitAll' ? [operand.body, body] : [body])),
};

/** The blocks directly inside of a statement, in the order of the source. */
export function bodiesOf(statement: Stmt): readonly (readonly Stmt[])[] {
  return (inside[statement.kind] as ((statement: Stmt) => readonly (readonly Stmt[])[]) | undefined)?.(statement) ?? [];
}
