/**
 * Lines to the tree. The grammar has read each line by itself; here they get their meaning from where they stand, and
 * what stands in the wrong place is reported.
 */
import { join } from '../source.js';
import type {
  ActivityDef,
  Definition,
  ExternActivity,
  ExternFunction,
  ExternWorkflow,
  FileNode,
  Handler,
  ImportClause,
  PackageClause,
  UseTypes,
  WorkflowDef,
} from './ast.js';
import { contractOr, definitionOptions } from './build-bodies.js';
import { buildEndpoint, buildService } from './build-nexus.js';
import { buildNamespace, buildWorker } from './build-topology.js';
import { buildState } from './build-state.js';
import { buildTypeDefinition } from './build-types.js';
import { buildStatements, goesOn, invalid, leadingOptions, spanOver, unsupported } from './build-statements.js';
import { shorten } from './lexer.js';
import type { DefinitionHead, ExternHead, HeadKind, Line, MessageHead } from './lines.js';
import type { Problems } from './problems.js';
import { proseOf } from './prose.js';
import { checkShape, missingName, shapes } from './shapes.js';

export function buildFile(lines: readonly Line[], problems: Problems): FileNode {
  const definitions: Definition[] = [];
  const imports: ImportClause[] = [];
  const uses: UseTypes[] = [];
  let owner: PackageClause | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    const { head } = line;
    switch (head.kind) {
      case 'workflow':
      case 'activity': {
        const body = line.block ?? adopted(lines, index);
        if (line.block === undefined && body.length > 0) {
          index += body.length;
          const { text = '' } = head.name ?? {};
          problems.report(
            'TWF236',
            body[0]!.span,
            { what: `\`${head.kind} ${shorten(text)}\`` },
            {
              hint: 'Indent the lines of the body deeper than its first line.',
            },
          );
          definitions.push(buildDefinition({ ...line, block: body }, head, problems));
        } else definitions.push(buildDefinition(line, head, problems));
        break;
      }
      case 'service':
        definitions.push(buildService(line, head, problems));
        break;
      case 'endpoint':
        definitions.push(buildEndpoint(line, head, problems));
        break;
      case 'worker':
        definitions.push(buildWorker(line, head, problems));
        break;
      case 'namespace':
        definitions.push(buildNamespace(line, head, problems));
        break;
      case 'package': {
        checkShape(line, problems);
        if (!head.name || line.broken) break;
        const clause: PackageClause = { kind: 'PackageClause', span: line.span, name: head.name };
        if (owner) problems.report('TWF342', line.span, { name: owner.name.text }, { hint: 'Remove one of them.' });
        owner ??= clause;
        break;
      }
      case 'import':
        checkShape(line, problems);
        if (head.path && !line.broken) {
          imports.push({ kind: 'ImportClause', span: line.span, alias: head.alias, path: head.path });
        }
        break;
      case 'use':
        checkShape(line, problems);
        if (head.path && !line.broken) uses.push({ kind: 'UseTypes', span: line.span, path: head.path });
        break;
      case 'extern':
        definitions.push(buildExtern(line, head, problems));
        break;
      case 'type':
      case 'enum':
        definitions.push(buildTypeDefinition(line, head, problems));
        break;
      case 'unsupported':
        definitions.push(unsupported(line, problems));
        while (goesOn(line, lines[index + 1])) index++;
        break;
      default: {
        const stray = adopted(lines, index - 1);
        reportOutside(line, problems);
        definitions.push(invalid(join(line.span, (stray.at(-1) ?? line).span)));
        index += Math.max(0, stray.length - 1);
      }
    }
  }
  const span = { start: 0, end: problems.text.length };
  return { kind: 'File', span, package: owner, imports, uses, definitions };
}

/** The lines after a line that begin no definition: the unindented body of the definition before them, or strays. */
function adopted(lines: readonly Line[], index: number): readonly Line[] {
  let end = index + 1;
  while (end < lines.length && !beginsDefinition(lines[end]!)) end++;
  return lines.slice(index + 1, end);
}

const DEFINITIONS: ReadonlySet<HeadKind> = new Set([
  'workflow',
  'activity',
  'service',
  'endpoint',
  'worker',
  'namespace',
  'package',
  'import',
  'use',
  'extern',
  'type',
  'enum',
  'unsupported',
]);

function beginsDefinition({ head }: Line): boolean {
  return DEFINITIONS.has(head.kind);
}

function reportOutside(line: Line, problems: Problems): void {
  const { head, span } = line;
  if (line.broken || head.kind === 'invalid') return;
  if (head.kind === 'skipped') {
    if (line.block !== undefined)
      problems.report('TWF224', line.block[0]!.span, {}, { hint: 'A file begins at the left margin.' });
    return;
  }
  if (head.kind === 'signal' || head.kind === 'update' || head.kind === 'query') {
    const hint = `A handler belongs to one workflow: move it under the \`workflow …:\` that is sent the ${shapes[head.kind].what.slice(1, -1)}, and indent it there.`;
    return problems.report('TWF237', span, { what: shapes[head.kind].what }, { hint });
  }
  const hint =
    head.kind === 'CallStmt' && head.mode === 'blocking' && head.call.kind !== 'NexusCall'
      ? 'Indent it under a `workflow`. If it is meant as a definition, it needs a `:` at its end and a body.'
      : (shapes[head.kind].belongs ?? 'Indent it under a `workflow` or an `activity`.');
  problems.report('TWF237', span, { what: shapes[head.kind].what }, { hint });
}

function buildDefinition(line: Line, head: DefinitionHead, reported: Problems): WorkflowDef | ActivityDef {
  const problems = head.name === undefined ? reported.quiet() : reported;
  checkShape(line, problems);
  const { options, rest } = definitionOptions(line.block ?? [], head.kind === 'activity', problems);
  const { name = missingName(line.span), params, result } = head;
  if (head.kind === 'activity') {
    const code = contractOr(rest, problems);
    const prose = proseOf(rest, problems);
    const body = prose ? undefined : code;
    const span = spanOver(line, code ?? [], options);
    return { kind: 'Activity', span, name, params, result, options, body, prose: prose ?? [] };
  }
  const state = rest.filter(isState).flatMap((one) => buildState(one, problems));
  const handlers = rest.filter(isHandler).map((one) => buildHandler(one, one.head as MessageHead, problems));
  const body = buildStatements(
    rest.filter((one) => !isHandler(one) && !isState(one)),
    problems,
  );
  return {
    kind: 'Workflow',
    span: spanOver(line, [...state, ...handlers, ...body], options),
    name,
    params,
    result,
    options,
    state,
    handlers,
    body,
  };
}

function isState({ head }: Line): boolean {
  return head.kind === 'state';
}

/** Elsewhere than directly in a workflow, and with a binding, such a line is a case or a wait. */
function isHandler({ head, block, colon }: Line): boolean {
  if (head.kind === 'query') return true;
  if (head.kind !== 'signal' && head.kind !== 'update') return false;
  return head.params !== undefined || (head.binding === undefined && (block !== undefined || colon !== undefined));
}

function buildHandler(line: Line, head: MessageHead, problems: Problems): Handler {
  checkShape(line, problems);
  const { options, rest } = leadingOptions(line.block ?? [], problems);
  const body = buildStatements(rest, problems);
  const { kind, name = missingName(line.span), params = [], result, binding } = head;
  const base = { span: spanOver(line, body, options), name, params, options, body };
  if (kind === 'query') return { kind: 'QueryHandler', ...base, result };
  if (kind === 'update') return { kind: 'UpdateHandler', ...base, result };
  if (binding !== undefined)
    problems.report('TWF239', binding.span, {}, { hint: 'Leave out `->` and what follows it.' });
  return { kind: 'SignalHandler', ...base };
}

function buildExtern(
  line: Line,
  head: ExternHead,
  reported: Problems,
): ExternFunction | ExternWorkflow | ExternActivity {
  checkShape(line, head.name === undefined ? reported.quiet() : reported);
  const { of, receiver, name = missingName(line.span), params, result } = head;
  const { span } = line;
  if (of !== 'function') {
    return { kind: of === 'workflow' ? 'ExternWorkflow' : 'ExternActivity', span, name, params, result };
  }
  const type = receiver && ({ kind: 'NamedType', span: receiver.span, name: receiver.text } as const);
  return { kind: 'ExternFunction', span, receiver: type, name, params, result };
}
