/** What the bodies of definitions begin with, and those that are none. */
import type { OptionBlock, Stmt } from './ast.js';
import { buildOptions } from './build-options.js';
import { buildStatements, isPass } from './build-statements.js';
import type { Line } from './lines.js';
import type { Problems } from './problems.js';

/**
 * Options first in a definition: its own. In a workflow, `options` right before a call are the call's.
 */
export function definitionOptions(
  block: readonly Line[],
  always: boolean,
  problems: Problems,
): { options: OptionBlock | undefined; rest: readonly Line[] } {
  const [first, next] = block;
  const isCall = next !== undefined && ['CallStmt', 'ReturnWorkflow', 'StartWorkflow'].includes(next.head.kind);
  const own = first?.head.kind === 'defaultOptions' || (first?.head.kind === 'options' && (always || !isCall));
  return own ? { options: buildOptions(first, problems), rest: block.slice(1) } : { options: undefined, rest: block };
}

/** The body of what may be a contract: without lines, or with `...` or `pass` alone. */
export function contractOr(lines: readonly Line[], problems: Problems): Stmt[] | undefined {
  const isContract = lines.every((line) => (line.head.kind === 'ellipsis' || isPass(line)) && line.block === undefined);
  return isContract ? undefined : buildStatements(lines, problems);
}
