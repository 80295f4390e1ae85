/**
 * Values that nothing reads. TypeScript refuses variables that are only written, so that the output has none: what gives
 * them a value is still computed where that does something, and left out where it does not.
 */
import type { Expr, Stmt } from '../syntax/ast.js';
import { walk } from '../syntax/visit.js';
import type { Use } from '../symbols/blocks.js';
import type { DefinitionVariables, VariableSymbol } from '../symbols/variables.js';
import type { Typed } from './verify/typed.js';

export interface Idle {
  readonly variables: ReadonlySet<VariableSymbol>;
  /** Assignments that do nothing. */
  readonly statements: ReadonlySet<Stmt>;
}

export function idleValues(typed: Typed): Idle {
  const idle = { variables: new Set<VariableSymbol>(), statements: new Set<Stmt>() };
  for (const variables of typed.model.variables.values()) gather(typed, variables, idle);
  return idle;
}

type Gathered = { readonly [K in keyof Idle]: Set<Idle[K] extends ReadonlySet<infer T> ? T : never> };

/** What an idle assignment reads may be idle, too: until nothing more is found. */
function gather(typed: Typed, { all, collected, handlers }: DefinitionVariables, idle: Gathered): void {
  const held = new Set([...handlers.values()].flatMap(({ holdsFor }) => holdsFor));
  const lists = new Map([...collected.values()].flat().map(({ inner, outer }) => [inner, outer]));
  const isRead = (variable: VariableSymbol): boolean => {
    const list = lists.get(variable);
    if (held.has(variable) || (list && !idle.variables.has(list))) return true;
    return variable.uses.some((use) => !use.write && !idle.statements.has(statementOf(use)!));
  };
  let candidates = all.filter(({ role }) => role !== 'parameter');
  for (;;) {
    const found = candidates.filter((one) => !isRead(one));
    if (found.length === 0) return;
    candidates = candidates.filter((one) => !found.includes(one));
    for (const variable of found) {
      idle.variables.add(variable);
      for (const use of variable.uses) {
        const statement = statementOf(use);
        if (statement?.kind === 'Assign' && !doesSomething(typed, statement.value)) idle.statements.add(statement);
      }
    }
  }
}

function statementOf({ block, index }: Use): Stmt | undefined {
  return block.statements[index];
}

/** Whether the computation of a value calls something, or may fail. */
function doesSomething({ model, conversions }: Typed, expr: Expr): boolean {
  let found = false;
  walk(expr, {
    enter: (node) => {
      found ||= conversions.get(node as Expr)?.kind === 'present';
      if (node.kind === 'Binary') found ||= node.operator === '/' || node.operator === '%';
      if (node.kind !== 'FunctionCall') return;
      const called = model.functions.get(node);
      found ||= called?.kind !== 'builtin' || called.name === 'append' || called.name === 'decimal';
    },
  });
  return found;
}
