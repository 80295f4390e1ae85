/** Each `catch` can be reached: what it names is not caught before. */
import type { SourceFile } from '../../source.js';
import type { CatchClause, TryStmt } from '../../syntax/ast.js';
import { ownCancellation } from '../../syntax/bodies.js';
import { errorKinds, ownErrorKinds } from '../error-kinds.js';
import type { Typed } from '../verify/typed.js';

export function catches(typed: Typed): void {
  for (const { tries, file, definition } of typed.model.surveys) {
    for (const one of tries) {
      reportUnreachable(typed, one, file);
      if (definition.kind !== 'Workflow') reportElsewhere(typed, one, definition.kind, file);
    }
  }
}

/** Kinds of errors of which there are none in an activity, or in an operation. */
function reportElsewhere(
  { model }: Typed,
  { catches: clauses }: TryStmt,
  of: keyof typeof ownErrorKinds,
  file: SourceFile,
): void {
  const kinds = ownErrorKinds[of];
  const what = of === 'Activity' ? 'an activity' : 'an operation';
  for (const { error } of clauses) {
    if (!error || !errorKinds.has(error.text) || kinds.has(error.text)) continue;
    const why =
      error.text === ownCancellation
        ? 'a call of an operation is answered, and not cancelled'
        : `${what} waits for no other work, and only that fails with \`${error.text}\``;
    const hint = `In ${what} there are ${[...kinds].map((one) => `\`${one}\``).join(', ')}, and the names of errors.`;
    model.report(file, 'TWF649', error.span, { why }, { hint });
  }
}

function reportUnreachable({ model }: Typed, { catches: clauses }: TryStmt, file: SourceFile): void {
  for (const [at, clause] of clauses.entries()) {
    const before = clauses.slice(0, at).find((one) => takes(one, kindOf(clause)));
    if (!before) continue;
    const word = clause.error?.span ?? { start: clause.span.start, end: clause.span.start + 'catch'.length };
    const why = before.error
      ? `\`catch ${before.error.text}\` above takes them all`
      : 'the `catch:` above takes every error';
    const labels = [
      { file, span: { ...before.span, end: before.span.start + 'catch'.length }, text: 'they are caught here' },
    ];
    model.report(file, 'TWF649', word, { why }, { labels, hint: 'Move it up, or remove it.' });
  }
}

const kindOf = ({ error }: CatchClause): string => error?.text ?? 'Error';

/** Whether a clause takes all errors of a kind. */
function takes(clause: CatchClause, kind: string): boolean {
  const own = kindOf(clause);
  const parents = errorKinds.get(kind) ?? ['Error'];
  return own === kind || (kind !== ownCancellation && parents.includes(own));
}
