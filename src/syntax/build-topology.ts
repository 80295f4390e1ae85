/** The lines of workers and namespaces to their definitions. */
import { join } from '../source.js';
import type { EndpointDef, NamespaceDef, WorkerDef, WorkerEntry, WorkerPlace } from './ast.js';
import { buildEndpoint, reportForeign } from './build-nexus.js';
import { buildOptions, optionsUnder } from './build-options.js';
import { spanOver, unsupported } from './build-statements.js';
import type { Line, NamedHead } from './lines.js';
import type { Problems } from './problems.js';
import { checkShape, missingName } from './shapes.js';

/** What names something that is defined elsewhere. */
const ENTRY = { colon: 'none', block: 'none' } as const;
const ENTRY_WITH_OPTIONS = { colon: 'none', block: 'options' } as const;

const WORKER = { where: 'a `worker`', holds: 'names of workflows, activities and services' };
const NAMESPACE = { where: 'a `namespace`', holds: 'workers and endpoints' };

/** `worker w:`, with its options first. */
export function buildWorker(line: Line, { name = missingName(line.span) }: NamedHead, problems: Problems): WorkerDef {
  checkShape(line, problems);
  const [first, ...others] = line.block ?? [];
  const options = first?.head.kind === 'options' ? buildOptions(first, problems, true) : undefined;
  const entries = (options || !first ? others : [first, ...others]).flatMap((one): WorkerEntry[] => {
    const { head } = one;
    if (head.kind === 'listed' || head.kind === 'service') {
      checkShape(one, problems, ENTRY);
      const of = head.kind === 'listed' ? head.of : 'service';
      return [{ kind: 'WorkerEntry', span: one.span, of, name: head.name ?? missingName(one.span) }];
    }
    const hint = 'It names what it runs: `workflow W`, `activity A`, `nexus service S`.';
    if (head.kind === 'unsupported') unsupported(one, problems);
    else reportForeign(one, WORKER, hint, problems);
    return [];
  });
  return { kind: 'Worker', span: spanOver(line, entries, options), name, options, entries };
}

/** `namespace n:`, with the workers in it and the endpoints that lead to them. */
export function buildNamespace(
  line: Line,
  { name = missingName(line.span) }: NamedHead,
  problems: Problems,
): NamespaceDef {
  checkShape(line, problems);
  const entries = (line.block ?? []).flatMap((one): (WorkerPlace | EndpointDef)[] => {
    const { head } = one;
    if (head.kind === 'endpoint') return [buildEndpoint(one, head, problems)];
    if (head.kind === 'worker') {
      checkShape(one, problems, ENTRY_WITH_OPTIONS);
      const options = optionsUnder(one, true, problems);
      const span = options ? join(one.span, options.span) : one.span;
      return [{ kind: 'WorkerPlace', span, name: head.name ?? missingName(one.span), options }];
    }
    const hint = 'It holds `worker w` and `nexus endpoint E`, each with its options under it.';
    if (head.kind === 'unsupported') unsupported(one, problems);
    else reportForeign(one, NAMESPACE, hint, problems);
    return [];
  });
  return { kind: 'Namespace', span: spanOver(line, entries), name, entries };
}
