/** A timer that begins again with each turn of a loop, beside another case that always comes before it. */
import type { AwaitCase, AwaitOneStmt, DurationExpr, Expr, Node, Stmt } from '../../syntax/ast.js';
import { bodiesOf, leaves } from '../../syntax/bodies.js';
import { walk } from '../../syntax/visit.js';
import type { Typed } from '../verify/typed.js';

export function deadlines({ model }: Typed): void {
  for (const { definition, loops, file } of model.surveys) {
    const races = new Set(
      loops.filter(({ head }) => head.kind === 'Forever' || head.kind === 'While').flatMap(({ body }) => racesIn(body)),
    );
    for (const { cases } of races) {
      for (const { operand } of cases) {
        if (operand.kind !== 'Timer' || operand.duration.kind !== 'Duration') continue;
        const limit = operand.duration;
        const other = cases.find((one) => comesBefore(one, limit, definition));
        if (other?.operand.kind !== 'Timer') continue;
        const { start, end } = other.operand.span;
        const labels = [{ file, span: other.operand.span, text: 'this one always comes before' }];
        const values = { other: `\`${file.text.slice(start, end)}\`` };
        const hint = 'Start it before the loop: `promise deadline <- timer(…)`, and wait for `deadline` here.';
        model.report(file, 'TWF655', operand.span, values, { labels, hint });
      }
    }
  }
}

/** The races that each turn of a loop comes by: loops inside have their own. */
function racesIn(statements: readonly Stmt[]): AwaitOneStmt[] {
  return statements.flatMap((one) => [
    ...(one.kind === 'AwaitOne' ? [one] : []),
    ...(one.kind === 'For' ? [] : bodiesOf(one).flatMap(racesIn)),
  ]);
}

function comesBefore({ operand, body }: AwaitCase, limit: DurationExpr, definition: Node): boolean {
  if (operand.kind !== 'Timer' || operand.duration === limit || body.some(leaves)) return false;
  const most = longest(operand.duration, definition, new Set());
  return most !== undefined && most < limit.milliseconds;
}

/** The longest duration that an expression is made of, if all that it is made of is written down in the definition. */
function longest(expr: Expr, definition: Node, seen: Set<string>): number | undefined {
  if (expr.kind === 'Duration') return expr.milliseconds;
  if (expr.kind === 'FunctionCall' && expr.callee.kind === 'NameExpr' && expr.callee.text === 'min') {
    const known = expr.args.flatMap(({ value }) => longest(value, definition, new Set(seen)) ?? []);
    return known.length > 0 ? Math.min(...known) : undefined;
  }
  if (expr.kind !== 'NameExpr' || seen.has(expr.text)) return undefined;
  seen.add(expr.text);
  const values = assignedTo(expr.text, definition);
  const all = values?.map((value) => longest(value, definition, seen));
  return all && all.length > 0 && all.every((one) => one !== undefined) ? Math.max(...all) : undefined;
}

/** What is assigned to a name; undefined if some of it is no expression. */
function assignedTo(text: string, definition: Node): Expr[] | undefined {
  const values: Expr[] = [];
  let isKnown = true;
  walk(definition, {
    enter: (node) => {
      if (node.kind === 'Assign' && node.target.kind === 'NameExpr' && node.target.text === text)
        values.push(node.value);
      if (node.kind === 'Param' && node.name.text === text) isKnown = false;
      if (node.kind === 'Binding' && node.targets.some((one) => one.kind === 'NameExpr' && one.text === text))
        isKnown = false;
    },
  });
  return isKnown ? values : undefined;
}
