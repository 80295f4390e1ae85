/** client.ts: typed starters of workflows, and their signals, queries and updates. */
import type { ExternWorkflow, Handler, WorkflowDef } from '../syntax/ast.js';
import {
  array,
  arrow,
  callMember,
  type Code,
  type Entry,
  importedType,
  mark,
  name,
  object,
  parameter,
  reference,
  string,
  ts,
} from './code.js';
import { optionEntries } from './calls.js';
import { docComment } from './documentation.js';
import { ModuleNames } from './module.js';
import { concat, type Doc, group, ifBreak, indent, join, line } from './print/doc.js';
import { stringLiteral } from './print/literals.js';
import { braces, leaving, lines } from './print/statements.js';
import { localName, type Program, variableName, workflowTarget } from './program.js';
import { camelCase } from './reserved.js';
import { typeCode } from './types.js';
import type { Workflows } from './workflows.js';
import type { Module } from './write.js';

export function clientModule(program: Program, workflows: Workflows): Module | undefined {
  const called = calledWorkflows(program);
  const started = program.workflows.filter((one) => !called.has(one));
  const messages = [...workflows.messageNames].sort();
  const externs = program.contracts.filter((one) => one.kind === 'ExternWorkflow' && program.facts.fileOf.has(one));
  if (started.length === 0 && messages.length === 0 && externs.length === 0) return undefined;
  const names = new ModuleNames([
    ...started.flatMap((one) => program.facts.workflows.get(one)!.params.map(variableName)),
    ...externs.flatMap((one) => one.params.map((param) => localName(param.name.text))),
    ...messages,
    'StartOptions',
  ]);
  const starters = started.map((one, at) => starter(program, workflows, one, names, at === 0));
  const body: Doc[] = [];
  if (messages.length > 0) body.push(reexport(messages));
  if (starters.length > 0) body.push(startOptions(), ...starters);
  for (const one of externs) if (one.kind === 'ExternWorkflow') body.push(externStarter(program, one, names));
  return { path: 'client.ts', body, taken: names.all() };
}

/** Of a workflow that is defined elsewhere, and runs on a task queue that only the caller knows. */
function externStarter(program: Program, workflow: ExternWorkflow, names: ModuleNames): Doc {
  const { params } = program.facts.contracts.get(workflow)!;
  const called = starterNames(workflow, names);
  const { client, options, id } = called;
  const { target, types } = workflowTarget(program, workflow);
  const typed = params.map((param) => parameter(localName(param.name), typeCode(program, param.type)));
  const args = array(params.map((param) => name(localName(param.name))));
  const ofClient = { kind: 'member', of: name(client), name: 'workflow' } as const;
  const given = reference(importedType('@temporalio/client', 'WorkflowStartOptions'));
  const settings = object([{ spread: name(options) }, { key: 'args', value: args }]);
  const start = arrow([parameter(options, given), ...typed], callMember(ofClient, 'start', [target, settings], types));
  const get = arrow([parameter(id, reference('string'))], callMember(ofClient, 'getHandle', [name(id)], types));
  return starterFunction(program, workflow, called, start, get);
}

interface StarterNames {
  readonly text: string;
  readonly client: string;
  readonly options: string;
  readonly id: string;
}

function starterNames({ name }: WorkflowDef | ExternWorkflow, names: ModuleNames): StarterNames {
  const text = names.helper(camelCase(name.text), `${camelCase(name.text)}Workflow`);
  const [client = '', options = '', id = ''] = names.within((inner) =>
    ['client', 'options', 'workflowId'].map((one) => inner.helper(one)),
  );
  return { text, client, options, id };
}

/** @param start starts the workflow; `get` finds one that was started */
function starterFunction(
  program: Program,
  workflow: WorkflowDef | ExternWorkflow,
  { text, client }: StarterNames,
  start: Code,
  get: Code,
): Doc {
  const entries: Entry[] = [
    { key: 'start', value: start },
    { key: 'get', value: get },
  ];
  const table: Code = { kind: 'object', entries, tall: true };
  const head = ts`export function ${text}(${client}: ${importedType('@temporalio/client', 'Client')})`;
  const file = program.facts.fileOf.get(workflow)!;
  return mark(braces(head, leaving('return', table)), program.originOf(file, workflow));
}

/** Called by others of the program: all that are not are started from outside. */
function calledWorkflows({ facts }: Program): ReadonlySet<unknown> {
  const called = new Set<unknown>();
  for (const call of facts.calls.values()) if (call.kind === 'workflow') called.add(call.workflow);
  for (const { operations } of facts.services)
    for (const { workflow } of operations) if (workflow) called.add(workflow);
  return called;
}

function reexport(messages: readonly string[]): Doc {
  const list =
    messages.length === 1
      ? concat('{ ', messages[0]!, ' }')
      : group(concat('{', indent(line, join(concat(',', line), messages)), ifBreak(','), line, '}'));
  return concat('export ', list, ' from ', stringLiteral('./workflows.js'), ';');
}

function startOptions(): Doc {
  const options = importedType('@temporalio/client', 'WorkflowStartOptions');
  return lines([
    docComment(['How a workflow is started: it needs an id.']),
    ts`export type StartOptions = Pick<${options}, 'workflowId'> & Partial<${options}>;`,
  ]);
}

/** What a handle has for each kind of message. */
const methods = {
  SignalHandler: 'signal',
  QueryHandler: 'query',
  UpdateHandler: 'executeUpdate',
} as const satisfies { readonly [K in Handler['kind']]: string };

/** What the caller gives, and what only the connection of a worker can do. */
const notOfClient: ReadonlySet<string> = new Set(['taskQueue', 'workflowId', 'requestEagerStart']);

function starter(
  program: Program,
  workflows: Workflows,
  workflow: WorkflowDef,
  names: ModuleNames,
  isFirst: boolean,
): Doc {
  const { params, options: defaults } = program.facts.workflows.get(workflow)!;
  const [place] = program.workers.flatMap(({ workflows, places }) => (workflows.includes(workflow) ? places : []));
  const called = starterNames(workflow, names);
  const { client, options, id } = called;
  const { target, types } = workflowTarget(program, workflow);
  const own = importedType('./workflows.js', workflow.name.text);
  const typed = params.map((param, i) => {
    const mayLack = workflow.params[i]!.default !== undefined;
    return parameter(variableName(param), typeCode(program, param.type), mayLack);
  });
  const settings: Code = object([
    { key: 'taskQueue', value: string(place?.taskQueue ?? 'default') },
    ...optionEntries(
      undefined,
      defaults.filter((one) => !notOfClient.has(one.name)),
    ),
    { spread: name(options) },
    { key: 'args', value: array(params.map((param) => name(variableName(param)))) },
  ]);
  const ofClient = { kind: 'member', of: name(client), name: 'workflow' } as const;
  const start = arrow(
    [parameter(options, reference('StartOptions')), ...typed],
    callMember(ofClient, 'start', [target, settings], types),
  );
  const get = arrow(
    [parameter(id, reference('string'))],
    callMember(ofClient, 'getHandle', [name(id)], [{ kind: 'typeof', name: own }]),
  );
  const [handler] = place ? workflow.handlers : [];
  const given = handler && handler.params.length > 0 ? ', …' : '';
  const used = handler ? `.${methods[handler.kind]}(${workflows.message(handler)}${given})` : '.result()';
  const comment = isFirst ? [docComment([`Typed handles: \`await ${called.text}(client).get(id)${used}\`.`])] : [];
  return lines([...comment, starterFunction(program, workflow, called, start, get)]);
}
