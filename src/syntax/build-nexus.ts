/** The lines of Nexus services and endpoints to their definitions. */
import { join } from '../source.js';
import type { EndpointDef, OperationDef, ServiceDef } from './ast.js';
import { contractOr, definitionOptions } from './build-bodies.js';
import { optionsUnder } from './build-options.js';
import { leadingOptions, spanOver, unsupported } from './build-statements.js';
import type { AsyncHead, Line, NamedHead, OperationHead } from './lines.js';
import type { Problems } from './problems.js';
import { checkShape, missingName, shapes } from './shapes.js';

export function buildService(
  line: Line,
  { name = missingName(line.span), dialect }: NamedHead,
  problems: Problems,
): ServiceDef {
  checkShape(line, problems);
  if (name.text.includes('.')) {
    const found = { after: 'as the name of a service', found: `\`${name.text}\``, expected: 'a name without a point' };
    problems.report('TWF206', name.span, found, { hint: 'The `package` of the file says where it belongs.' });
  }
  const operations: OperationDef[] = [];
  let span = line.span;
  const { options, rest } = definitionOptions(line.block ?? [], true, problems);
  if (options) span = join(span, options.span);
  for (const one of rest) {
    const { head } = one;
    if (head.kind === 'operation') operations.push(buildOperation(one, head, problems));
    else if (head.kind === 'async') operations.push(buildAsync(one, head, problems));
    else if (head.kind === 'unsupported') unsupported(one, problems);
    else {
      const values = { where: 'a `nexus_service`', holds: 'operations' };
      reportForeign(one, values, 'An operation begins with `operation`, `sync` or `async`.', problems);
    }
    span = join(span, operations.at(-1)?.span ?? one.span);
  }
  return { kind: 'Service', span, dialect, name, options, operations };
}

function buildOperation(line: Line, head: OperationHead, problems: Problems): OperationDef {
  checkShape(line, problems);
  const lines = line.block ?? [];
  const isDefault = lines[0]?.head.kind === 'defaultOptions';
  const { options, rest } = isDefault ? definitionOptions(lines, true, problems) : leadingOptions(lines, problems);
  const body = contractOr(rest, problems);
  const { dialect, name = missingName(line.span), params, result } = head;
  const span = spanOver(line, body ?? [], options);
  return { kind: 'Operation', span, dialect, name, params, result, workflow: undefined, options, body };
}

function buildAsync(line: Line, head: AsyncHead, problems: Problems): OperationDef {
  checkShape(line, problems);
  const options = optionsUnder(line, false, problems);
  const { name = missingName(line.span), workflow = missingName(line.span) } = head;
  const span = spanOver(line, [], options);
  return {
    kind: 'Operation',
    span,
    dialect: 'current',
    name,
    params: [],
    result: undefined,
    workflow,
    options,
    body: undefined,
  };
}

/** `nexus endpoint E` needs no colon: what stands under it are options. */
const ENDPOINT = { colon: 'allowed', block: 'options' } as const;

/** Reports a line that cannot stand in a definition which holds lines of certain kinds. */
export function reportForeign(
  { broken, head, span }: Line,
  values: { readonly where: string; readonly holds: string },
  hint: string,
  problems: Problems,
): void {
  if (broken || head.kind === 'invalid' || head.kind === 'skipped') return;
  const { what, belongs = hint } = shapes[head.kind];
  problems.report('TWF213', span, { what, ...values }, { hint: belongs });
}

export function buildEndpoint(
  line: Line,
  { name = missingName(line.span), dialect }: NamedHead,
  problems: Problems,
): EndpointDef {
  if (dialect === 'classic') checkShape(line, problems);
  else checkShape(line, problems, ENDPOINT);
  const none = { start: line.span.end, end: line.span.end };
  const options = optionsUnder(line, true, problems) ?? { kind: 'OptionBlock', span: none, entries: [] };
  return { kind: 'Endpoint', span: join(line.span, options.span), dialect, name, options };
}
