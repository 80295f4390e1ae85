/** The lines of a `state:` to what they declare. */
import type { NameExpr, StateEntry } from './ast.js';
import { unsupported } from './build-statements.js';
import type { Line } from './lines.js';
import type { Problems } from './problems.js';
import { checkShape, shapes } from './shapes.js';

const FORMS = 'Under `state:` stand `name = value`, `name: type = value`, `name: type` and `condition name`.';

export function buildState(line: Line, problems: Problems): StateEntry[] {
  checkShape(line, problems);
  return (line.block ?? []).flatMap((one) => entryOf(one, problems));
}

function entryOf(line: Line, problems: Problems): StateEntry[] {
  const { head, span, broken } = line;
  switch (head.kind) {
    case 'condition':
      checkShape(line, problems);
      return [{ kind: 'Condition', span, name: head.name }];
    case 'field': {
      checkShape(line, problems);
      const { name, type, value } = head;
      const target: NameExpr = { kind: 'NameExpr', span: name.span, text: name.text };
      const initial = value && ({ kind: 'Assign', span, target, value } as const);
      return [{ kind: 'StateVariable', span, name, type, initial }];
    }
    case 'Assign': {
      checkShape(line, problems);
      const { target } = head;
      if (target.kind === 'NameExpr') {
        const name = { kind: 'Name', span: target.span, text: target.text } as const;
        return [{ kind: 'StateVariable', span, name, type: undefined, initial: head }];
      }
      break;
    }
    case 'unsupported':
      unsupported(line, problems);
      return [];
    case 'hint':
    case 'invalid':
    case 'skipped':
      return [];
  }
  if (!broken) problems.report('TWF240', span, { what: shapes[head.kind].what, where: 'a `state`' }, { hint: FORMS });
  return [];
}
