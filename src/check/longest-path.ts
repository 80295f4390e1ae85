/** The path through statements on which most happens. */
import type { Stmt } from '../syntax/ast.js';
import { bodiesOf } from '../syntax/bodies.js';

interface Paths<T> {
  readonly longest: readonly T[];
  /** The longest that leads to their end; undefined if none does. */
  readonly through: readonly T[] | undefined;
}

/**
 * What happens on the path on which most happens; what stands in a loop, twice.
 *
 * @param happening in a statement itself, not in those inside of it
 * @param weigh how much that is; by default, how often something happens
 */
export function longestPath<T>(
  statements: readonly Stmt[],
  happening: (statement: Stmt) => readonly T[],
  weigh: (items: readonly T[]) => number = (items) => items.length,
): readonly T[] {
  const longer = (one: readonly T[], other: readonly T[]) => (weigh(other) > weigh(one) ? other : one);

  const through = (list: readonly Stmt[]): Paths<T> => {
    let paths: Paths<T> = { longest: [], through: [] };
    for (const statement of list) {
      if (!paths.through) break;
      const next = step(statement);
      paths = {
        longest: longer(paths.longest, [...paths.through, ...next.longest]),
        through: next.through && [...paths.through, ...next.through],
      };
    }
    return paths;
  };

  const step = (statement: Stmt): Paths<T> => {
    const own = happening(statement);
    const bodies = bodiesOf(statement);
    if (bodies.length === 0) return { longest: own, through: endings.has(statement.kind) ? undefined : own };
    if (statement.kind === 'For') {
      const turn = through(bodies.flat());
      const again = turn.through ? [...turn.through, ...turn.longest] : turn.longest;
      return { longest: again, through: turn.through ? [...turn.through, ...turn.through] : [] };
    }
    // After what has failed, a `catch` goes on.
    if (statement.kind === 'Try') return through(bodies.flat());
    const isWhole = 'otherwise' in statement && statement.otherwise !== undefined;
    const all = [...bodies.map(through), ...(isWhole ? [] : [{ longest: [], through: [] }])];
    const open = all.flatMap((one) => (one.through ? [one.through] : []));
    return {
      longest: all.map((one) => one.longest).reduce(longer),
      through: open.length > 0 ? open.reduce(longer) : undefined,
    };
  };

  return through(statements).longest;
}

const endings: ReadonlySet<Stmt['kind']> = new Set<Stmt['kind']>(['Return', 'ReturnWorkflow', 'Close', 'Raise']);
