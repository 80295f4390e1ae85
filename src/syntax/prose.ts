/**
 * Bodies of activities in plain words (grammar/README.md, "Activities"): such an activity is a contract, and what they say
 * documents it.
 */
import { join, type Span } from '../source.js';
import type { Line } from './lines.js';
import type { Problems } from './problems.js';
import { beginsStatement } from './syntax-errors.js';

/** Several words, and nothing between them. */
const words = /^\p{L}[\p{L}\d'’-]*,?(?:[ \t]+[\p{L}\d'’-]+,?)+/u;

/**
 * The lines of a body if some line of it is none of the language but words.
 * @param problems gets one warning for them, and forgets what it has about them
 */
export function proseOf(lines: readonly Line[], problems: Problems): readonly string[] | undefined {
  const [first] = lines;
  if (!first) return undefined;
  const span = join(first.span, lastOf(lines));
  if (problems.errorsIn(span).length === 0) return undefined;
  const line = lines.find((one) => isProse(one, problems));
  if (!line) return undefined;
  problems.forget(span);
  const quoted = problems.text.slice(line.span.start, line.span.end);
  const hint = 'Write it as comments, if the activity is implemented elsewhere; or as calls of functions.';
  problems.report('TWF241', line.span, { line: quoted.length > 60 ? `${quoted.slice(0, 60)}…` : quoted }, { hint });
  return problems.text
    .slice(span.start, span.end)
    .split(/\r?\n/)
    .map((text) => text.trim());
}

function isProse({ span }: Line, problems: Problems): boolean {
  const [first] = problems.errorsIn(span);
  if (!first) return false;
  const [found] = words.exec(problems.text.slice(span.start, span.end)) ?? [];
  if (found === undefined) return false;
  const [word = '', ...more] = found.split(/[\s,]+/);
  // Sentences begin with a capital; statements do not.
  if (more.length > 1) return /^\p{Lu}/u.test(word) || !beginsStatement(word);
  return first.code === 'TWF208' && !beginsStatement(word);
}

function lastOf(lines: readonly Line[]): Span {
  const last = lines.at(-1)!;
  return last.block && last.block.length > 0 ? lastOf(last.block) : last.span;
}
