/** Mistakes inside of mistakes: a value that is computed of something wrong is what that makes it. */
import { addTo } from '../group.js';
import type { SourceFile } from '../source.js';
import type { Code } from '../diagnostics/catalog.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';

/** What is said about where the value of an expression goes. */
const aboutGoing: ReadonlySet<Code> = new Set<Code>([
  'TWF401',
  'TWF402',
  'TWF407',
  'TWF413',
  'TWF418',
  'TWF502',
  'TWF611',
]);
/** What is said about whole expressions: that, and what they are. */
const aboutWhole: ReadonlySet<Code> = new Set<Code>([
  ...aboutGoing,
  'TWF314',
  'TWF408',
  'TWF409',
  'TWF412',
  'TWF424',
  'TWF428',
  'TWF445',
  'TWF446',
]);

/** Without the errors that follow from others at the same place, or inside of what they mark. */
export function withoutConsequences(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byFile = new Map<SourceFile | undefined, Diagnostic[]>();
  for (const one of diagnostics) if (one.severity === 'error') addTo(byFile, one.file, one);
  const dropped = new Set<Diagnostic>();
  for (const errors of byFile.values()) {
    // What holds others comes before them, and what is about the value before what is about where it goes.
    errors.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end || rank(a) - rank(b));
    for (const [at, one] of errors.entries()) if (follows(one, errors[at - 1], errors[at + 1])) dropped.add(one);
  }
  return dropped.size > 0 ? diagnostics.filter((one) => !dropped.has(one)) : diagnostics;
}

const rank = ({ code }: Diagnostic): number => (aboutGoing.has(code) ? 1 : 0);

function follows(one: Diagnostic, before: Diagnostic | undefined, after: Diagnostic | undefined): boolean {
  if (!aboutWhole.has(one.code)) return false;
  const isInside = after && after.span.start < one.span.end && after.span.end <= one.span.end;
  if (isInside && !isSame(after, one)) return true;
  return before !== undefined && isSame(before, one) && rank(before) < rank(one);
}

function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end;
}
