/** The options of everything that has some: checked in one pass, whether or not anything is emitted. */
import type { Call, OptionBlock, TimerOperand, WorkflowDef } from '../syntax/ast.js';
import type { OptionContext } from '../options/options.js';
import { activityOptions, nexusOptions, workflowOptions } from './calls.js';
import type { ResolvedOptions } from './facts.js';
import { resolveOptions } from './resolve-options.js';
import type { CallSite, Survey } from './survey.js';
import type { Typed } from './verify/typed.js';

export interface AllOptions {
  /** What every start of a workflow begins with. */
  readonly workflows: ReadonlyMap<WorkflowDef, ResolvedOptions>;
  /** Of calls of something that exists. */
  readonly calls: ReadonlyMap<Call, ResolvedOptions>;
  readonly timers: ReadonlyMap<TimerOperand, ResolvedOptions>;
}

export function resolveAllOptions(typed: Typed): AllOptions {
  const workflows = new Map<WorkflowDef, ResolvedOptions>();
  const calls = new Map<Call, ResolvedOptions>();
  const timers = new Map<TimerOperand, ResolvedOptions>();
  for (const survey of typed.model.surveys) {
    const { definition, file } = survey;
    const resolve = (context: OptionContext, block: OptionBlock | undefined) =>
      resolveOptions(typed, context, [{ block, file }]);
    if (definition.kind === 'Workflow') {
      resolve('workflowDefinition', definition.options);
      const own = { block: definition.options, file, context: 'workflowDefinition' } as const;
      workflows.set(definition, resolveOptions(typed, 'start', [own]));
      for (const { options } of definition.handlers) resolve('signal', options);
    } else {
      resolve(definition.kind === 'Activity' ? 'activityDefinition' : 'operation', definition.options);
    }
    for (const { options } of survey.alls) resolve('all', options);
    for (const { options } of survey.ones) resolve('one', options);
    for (const timer of survey.timers) timers.set(timer, resolve('timer', timer.options));
    for (const site of survey.calls) {
      if (typed.model.callResults.has(site.call)) calls.set(site.call, ofCall(typed, site, survey));
    }
  }
  return { workflows, calls, timers };
}

function ofCall(typed: Typed, site: CallSite, { file }: Survey): ResolvedOptions {
  const { call } = site;
  switch (call.kind) {
    case 'ActivityCall':
      return activityOptions(typed, call, file);
    case 'WorkflowCall':
      return workflowOptions(typed, call, site, file);
    case 'NexusCall':
      return nexusOptions(typed, call, site, file);
  }
}
