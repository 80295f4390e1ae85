/**
 * Values that nothing reads. TypeScript refuses variables that are only written, so that the output has none: what gives
 * them a value is still computed where that does something, and left out where it does not.
 */
import type { Expr, Stmt } from '../syntax/ast.js';
import { addTo } from '../group.js';
import { walk } from '../syntax/visit.js';
import type { Use } from '../symbols/blocks.js';
import type { DefinitionVariables, VariableSymbol } from '../symbols/variable.js';
import type { BuiltinName } from './facts.js';
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

/** What only an idle assignment reads is idle, too. */
function gather(typed: Typed, { all, collected, handlers }: DefinitionVariables, idle: Gathered): void {
  const readers = new Readers(all);
  for (const { holdsFor } of handlers.values()) for (const variable of holdsFor) readers.add(variable);
  const itemsOf = new Map<VariableSymbol, VariableSymbol>();
  for (const { inner, outer } of collected.flatMap(({ lists }) => lists)) {
    itemsOf.set(outer, inner);
    readers.add(inner);
  }
  const found = all.filter((one) => readers.isIdle(one));
  const release = (variable: VariableSymbol) => {
    if (readers.remove(variable)) found.push(variable);
  };
  for (const variable of found) {
    idle.variables.add(variable);
    if (itemsOf.has(variable)) release(itemsOf.get(variable)!);
    for (const use of variable.uses) {
      const statement = statementOf(use);
      if (statement?.kind !== 'Assign' || idle.statements.has(statement)) continue;
      if (doesSomething(typed, statement.value)) continue;
      idle.statements.add(statement);
      readers.in(statement).forEach(release);
    }
  }
}

/** How many places read each variable, and what each statement reads. */
class Readers {
  private readonly counts = new Map<VariableSymbol, number>();
  private readonly byStatement = new Map<Stmt, VariableSymbol[]>();

  constructor(all: readonly VariableSymbol[]) {
    for (const variable of all) {
      this.counts.set(variable, 0);
      for (const use of variable.uses) {
        if (use.write) continue;
        this.add(variable);
        const statement = statementOf(use);
        if (statement) addTo(this.byStatement, statement, variable);
      }
    }
  }

  in(statement: Stmt): readonly VariableSymbol[] {
    return this.byStatement.get(statement) ?? [];
  }

  isIdle(variable: VariableSymbol): boolean {
    return variable.role !== 'parameter' && this.counts.get(variable) === 0;
  }

  add(variable: VariableSymbol): void {
    this.counts.set(variable, this.counts.get(variable)! + 1);
  }

  /** @returns whether it was the last one */
  remove(variable: VariableSymbol): boolean {
    this.counts.set(variable, this.counts.get(variable)! - 1);
    return this.isIdle(variable);
  }
}

function statementOf({ block, index }: Use): Stmt | undefined {
  return block.statements[index];
}

/** Built-ins that fail for what is no number, or none that an int can hold. */
export const mayFail: ReadonlySet<BuiltinName> = new Set<BuiltinName>(['int', 'float', 'decimal', 'floor', 'round']);

/** What is called for more than its value. */
const marks: ReadonlySet<BuiltinName> = new Set<BuiltinName>(['append', 'patched']);

/** Whether the computation of a value calls something, or may fail. */
function doesSomething({ model, checked }: Typed, expr: Expr): boolean {
  let found = false;
  walk(expr, {
    enter: (node) => {
      found ||= checked.has(node as Expr);
      if (node.kind === 'Binary') found ||= node.operator === '/' || node.operator === '%';
      if (node.kind !== 'FunctionCall') return;
      const called = model.functions.get(node);
      found ||= called?.kind !== 'builtin' || marks.has(called.name) || mayFail.has(called.name);
    },
  });
  return found;
}
