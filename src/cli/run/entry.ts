import type { Facts, Place, WorkflowFacts } from '../../check/facts.js';
import type { Reporter } from '../../diagnostics/diagnostic.js';
import { didYouMean } from '../../diagnostics/suggest.js';
import type { WorkflowDef } from '../../syntax/ast.js';
import { InputFault, readInput } from './input.js';

/** What is to be run, where, and with what. */
export interface Entry {
  readonly workflow: WorkflowDef;
  readonly place: Place;
  readonly args: readonly unknown[];
}

/**
 * Finds the workflow to run and reads what it is to be given.
 *
 * @param type its name; undefined where the program is to settle it
 * @param inputs as JSON, one for each parameter
 * @returns undefined when that cannot be done: it has been reported
 */
export function chooseEntry(
  facts: Facts,
  type: string | undefined,
  inputs: readonly string[],
  reporter: Reporter,
): Entry | undefined {
  const workflow = type === undefined ? onlyUncalled(facts, reporter) : named(facts, type, reporter);
  const args = workflow && readInputs(workflow, facts.workflows.get(workflow)!, inputs, reporter);
  if (!workflow || !args) return undefined;
  const [place] = facts.topology.workers.flatMap(({ workflows, places }) =>
    workflows.includes(workflow) ? places : [],
  );
  if (place) return { workflow, place, args };
  const why = `no worker of the program runs \`${workflow.name.text}\``;
  return reporter.reportUnplaced('TWF051', { why });
}

function named(facts: Facts, type: string, reporter: Reporter): WorkflowDef | undefined {
  const workflows = [...facts.workflows.keys()];
  const found = workflows.find(({ name }) => name.text === type);
  if (found) return found;
  const names = workflows.map(({ name }) => name.text);
  const hint = didYouMean(type, names) ?? (names.length > 0 ? `It has ${names.join(', ')}.` : undefined);
  return reporter.reportUnplaced('TWF050', { type }, { hint });
}

function onlyUncalled({ workflows, calls, services }: Facts, reporter: Reporter): WorkflowDef | undefined {
  const called = new Set<unknown>([
    ...[...calls.values()].map((call) => (call.kind === 'workflow' ? call.workflow : undefined)),
    ...services.flatMap(({ operations }) => operations.map(({ workflow }) => workflow)),
  ]);
  const [first, ...others] = [...workflows.keys()].filter((workflow) => !called.has(workflow));
  if (first && others.length === 0) return first;
  if (workflows.size === 0) return reporter.reportUnplaced('TWF051', { why: 'the program has none' });
  if (!first) {
    const hint = 'Name one: `--type WORKFLOW`.';
    return reporter.reportUnplaced('TWF051', { why: 'each is called by another' }, { hint });
  }
  const names = [first, ...others].map(({ name }) => name.text);
  const why = `${names.length} are called by no other (${names.join(', ')})`;
  return reporter.reportUnplaced('TWF051', { why }, { hint: `Name one: \`--type ${first.name.text}\`.` });
}

function readInputs(
  { name }: WorkflowDef,
  { params }: WorkflowFacts,
  inputs: readonly string[],
  reporter: Reporter,
): readonly unknown[] | undefined {
  const needed = params.findLastIndex(({ type }) => type.kind !== 'optional') + 1;
  if (inputs.length > params.length || inputs.length < needed) {
    const values = {
      workflow: name.text,
      expected: params.length === 1 ? 'one input' : params.length === 0 ? 'no input' : `${params.length} inputs`,
      found: inputs.length === 0 ? 'none is' : inputs.length === 1 ? 'one is' : `${inputs.length} are`,
    };
    const each = params.map((param) => `--input '<${param.name}>'`).join(' ');
    return reporter.reportUnplaced('TWF052', values, { hint: each === '' ? undefined : `As JSON: \`${each}\`.` });
  }
  try {
    return inputs.map((text, index) => readInput(params[index]!.type, text, params[index]!.name));
  } catch (error) {
    if (!(error instanceof InputFault)) throw error;
    return reporter.reportUnplaced('TWF053', { path: error.path, what: error.what });
  }
}
