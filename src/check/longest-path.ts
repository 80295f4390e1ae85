/** The path through statements on which most happens. */
import type { Stmt } from '../syntax/ast.js';
import { bodiesOf } from '../syntax/bodies.js';

/** What happens on a path: a tree, so that paths are joined without being copied. */
interface Path<T> {
  readonly weight: number;
  readonly parts: readonly (T | Path<T>)[];
}

interface Paths<T> {
  readonly longest: Path<T>;
  /** The longest that leads to their end; undefined if none does. */
  readonly through: Path<T> | undefined;
}

export interface LongestPath<T> {
  /** How much it is in all; what stands in a loop counts twice. */
  readonly weight: number;
  /** In the order of the source. */
  readonly items: readonly T[];
}

/**
 * @param happening in a statement itself, not in those inside of it
 * @param weigh how much it is
 */
export function longestPath<T extends object>(
  statements: readonly Stmt[],
  happening: (statement: Stmt) => T | undefined,
  weigh: (item: T) => number,
): LongestPath<T> {
  const nothing: Path<T> = { weight: 0, parts: [] };
  const longer = (one: Path<T>, other: Path<T>) => (other.weight > one.weight ? other : one);
  const joined = (one: Path<T>, other: Path<T>): Path<T> =>
    other.weight === 0 ? one : { weight: one.weight + other.weight, parts: [one, other] };
  const twice = ({ weight, parts }: Path<T>): Path<T> => ({ weight: 2 * weight, parts });

  const through = (list: readonly Stmt[]): Paths<T> => {
    let paths: Paths<T> = { longest: nothing, through: nothing };
    for (const statement of list) {
      if (!paths.through) break;
      const next = step(statement);
      paths = {
        longest: longer(paths.longest, joined(paths.through, next.longest)),
        through: next.through && joined(paths.through, next.through),
      };
    }
    return paths;
  };

  const step = (statement: Stmt): Paths<T> => {
    const item = happening(statement);
    const own = item === undefined ? nothing : { weight: weigh(item), parts: [item] };
    const bodies = bodiesOf(statement);
    if (bodies.length === 0) return { longest: own, through: endings.has(statement.kind) ? undefined : own };
    if (statement.kind === 'For') {
      const turn = through(bodies.flat());
      if (!turn.through) return { ...turn, through: nothing };
      return { longest: longer(twice(turn.through), joined(turn.through, turn.longest)), through: twice(turn.through) };
    }
    // After what has failed, a `catch` goes on.
    if (statement.kind === 'Try') return through(bodies.flat());
    const isWhole = 'otherwise' in statement && statement.otherwise !== undefined;
    const all = [...bodies.map(through), ...(isWhole ? [] : [{ longest: nothing, through: nothing }])];
    const open = all.flatMap((one) => one.through ?? []);
    return {
      longest: all.map((one) => one.longest).reduce(longer),
      through: open.length > 0 ? open.reduce(longer) : undefined,
    };
  };

  const { longest } = through(statements);
  return { weight: longest.weight, items: itemsOf(longest) };
}

/** Does not recurse: a path is as deep as it is long. */
function itemsOf<T extends object>(path: Path<T>): T[] {
  const items = new Set<T>();
  const open: (T | Path<T>)[] = [path];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if ('parts' in next) open.push(...next.parts.toReversed());
    else items.add(next);
  }
  return [...items];
}

const endings: ReadonlySet<Stmt['kind']> = new Set<Stmt['kind']>(['Return', 'ReturnWorkflow', 'Close', 'Raise']);
