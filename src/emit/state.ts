/** What a workflow declares under `state:` (grammar/README.md, "Variables"). */
import type { StateEntry } from '../syntax/ast.js';
import type { Body } from './body.js';
import { mark } from './code.js';
import { lineComments, trailingComment } from './documentation.js';
import { expression } from './expressions.js';
import { concat, type Doc, hardline } from './print/doc.js';
import { assign, hoistedDoc } from './statements.js';

/** The declaration of a name; nothing for one that nothing reads. */
export function stateDoc(body: Body, entry: StateEntry): Doc | undefined {
  const variable = body.facts.state.get(entry);
  if (!variable?.read) return undefined;
  const { leading, trailing } = body.comments.of(entry);
  const initial = entry.kind === 'StateVariable' ? entry.initial : undefined;
  const isDeclared = initial && variable.declaredAt === initial.target;
  const declaration = isDeclared
    ? assign(body, initial.target, expression(body, initial.value), initial.value)
    : hoistedDoc(body, variable);
  const doc = mark(concat(declaration, trailingComment(trailing)), body.at(entry));
  return concat(...lineComments(leading).flatMap((comment) => [comment, hardline]), doc);
}
