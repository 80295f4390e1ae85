/** The lines of declared types to the tree. */
import type { FieldDef, Name, TypeDefinition } from './ast.js';
import { spanOver, unsupported } from './build-statements.js';
import type { EnumHead, Line, TypeHead } from './lines.js';
import type { Problems } from './problems.js';
import { checkShape, missingName, shapes } from './shapes.js';

export function buildTypeDefinition(line: Line, head: TypeHead | EnumHead, reported: Problems): TypeDefinition {
  const problems = head.name === undefined ? reported.quiet() : reported;
  const owns = checkShape(line, problems);
  const block = owns ? (line.block ?? []) : [];
  const { name = missingName(line.span) } = head;
  if (head.kind === 'enum') {
    const members = head.members ?? block.flatMap((one) => membersOf(one, problems));
    return { kind: 'EnumDef', span: spanOver(line, members), name, members };
  }
  if (head.alias) return { kind: 'AliasDef', span: line.span, name, type: head.type };
  const fields = block.flatMap((one) => fieldOf(one, problems));
  return { kind: 'RecordDef', span: spanOver(line, fields), name, fields };
}

function fieldOf(line: Line, problems: Problems): FieldDef[] {
  const { head, span } = line;
  if (head.kind !== 'field') {
    reportStray(line, 'a `type`', 'A field is `name: type`, on a line of its own.', problems);
    return [];
  }
  checkShape(line, problems);
  if (head.value) {
    const hint = 'A record is made with the values of its fields: `Name{field: value}`.';
    problems.report('TWF240', head.value.span, { what: 'A value', where: 'a `type`' }, { hint });
  }
  return [{ kind: 'FieldDef', span, name: head.name, type: head.type }];
}

function membersOf(line: Line, problems: Problems): readonly Name[] {
  if (line.head.kind !== 'members') {
    reportStray(line, 'an `enum`', 'A member is a name.', problems);
    return [];
  }
  checkShape(line, problems);
  return line.head.names;
}

function reportStray(line: Line, where: string, form: string, problems: Problems): void {
  const { head, span, broken } = line;
  if (head.kind === 'unsupported') unsupported(line, problems);
  else if (!broken && head.kind !== 'invalid' && head.kind !== 'skipped') {
    problems.report('TWF240', span, { what: shapes[head.kind].what, where }, { hint: form });
  }
}
