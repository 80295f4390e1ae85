/** Nexus services and endpoints, as both dialects write them. */
import { argumentsOf } from './calls.js';
import type { Choices } from './choices.js';
import { finalStatement } from './endings.js';
import { type Frame, frameOf, placeIn, Unit } from './frame.js';
import { head, parameters } from './heads.js';
import { line, type Line, type Lines } from './lines.js';
import { entriesOf, entryLine } from './options.js';
import { canMake } from './place.js';
import type { Plan, PlannedOperation, PlannedService } from './plan.js';
import { statements } from './statements.js';

export function service(choices: Choices, plan: Plan, { name, operations }: PlannedService): Lines {
  const word = choices.pick(['nexus_service', 'nexus service']);
  return [
    line(
      `${word} ${name}:`,
      operations.map((one) => operation(choices, plan, one)),
    ),
  ];
}

function operation(choices: Choices, plan: Plan, planned: PlannedOperation): Line {
  const { behind, does, name, params } = planned;
  if (does === 'async') return line(`async ${name} workflow ${behind[0]!.name}`);
  const text = head(choices, plan, choices.pick(['operation', 'sync']), planned);
  const frame = frameOf(
    choices,
    new Unit('operation', plan, planned, new Set(), [], 'now()', planned),
    parameters(params),
  );
  if (does === 'nothing' || (does === 'start' && startedBy(frame, planned).length === 0)) return line(text);
  const { lines, known } = statements(frame, 3);
  return line(`${text}:`, [...lines, ...(known ? finalStatement({ ...frame, known }) : [])]);
}

/** Workflows that can be started where an operation ends. */
export function startedBy(frame: Frame, { behind }: PlannedOperation): PlannedOperation['behind'] {
  return behind.filter(({ params }) => params.every(({ type, annotated }) => canMake(placeIn(frame, annotated), type)));
}

export function endpoint(choices: Choices, { name }: PlannedService, text: string): Lines {
  const callers = choices.chance(40)
    ? [
        choices.chance(50)
          ? line('allowed_caller_namespaces: [orders, "back-office"]')
          : line('allowed_caller_namespaces:', [line('- orders'), line('- "back-office"')]),
      ]
    : [];
  const keys = [
    line(`target_namespace: ${choices.pick(['payments', 'accounts-eu', '"main-eu"'])}`),
    line(`${choices.pick(['target_task_queue', 'taskQueue'])}: ${choices.pick(['payments-worker', 'queue', 'main'])}`),
    line(`services: ${name}`),
    ...callers,
    ...(choices.chance(20) ? [line('description: "What it is for"')] : []),
  ];
  return choices.pick([
    () => [line(`nexus_endpoint ${text}:`, keys)],
    () => [line(`nexus endpoint ${text}`, [line('options:', keys)])],
  ])();
}

/** What backs an operation: a workflow that is started. */
export function start(frame: Frame, planned: PlannedOperation): Line | undefined {
  const { choices } = frame;
  const usable = startedBy(frame, planned);
  if (usable.length === 0) return undefined;
  const called = choices.pick(usable);
  const options = choices.chance(40) ? entriesOf({ choices, frame }, 'start').map(entryLine) : [];
  const text = `return workflow ${called.name}(${argumentsOf(frame, called.params)})`;
  return line(options.length > 0 ? `${text}:` : text, options);
}
