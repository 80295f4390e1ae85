import { posix } from 'node:path';
import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import type { ServerExit } from '../../../runtime/worker/index.js';
import type { Facts } from '../../check/facts.js';
import type { Config } from '../../config/config.js';
import { Reporter } from '../../diagnostics/diagnostic.js';
import type { Emitted } from '../../emit/emit.js';
import { type Context, type ExitCode, report, say } from '../context.js';
import { makeArtefacts } from './artefacts.js';
import type { Entry } from './entry.js';
import { conclude, start } from './execute.js';
import { Interrupts } from './interrupts.js';
import { Losses, Lost } from './losses.js';
import { Places } from './places.js';
import type { WorkersService } from './protocol.js';
import { namespacesOf, openService, provide, silence } from './service.js';
import { workerSpecs } from './specs.js';
import { Tracer } from './trace.js';
import { loadWorkers, type Workers, WorkersFault } from './workers.js';

/** A checked program, and which of its workflows is to be run. */
export interface Launch {
  readonly config: Config;
  readonly facts: Facts;
  readonly files: readonly Emitted[];
  readonly entry: Entry;
  readonly workflowId: string;
}

/** What all steps share. */
interface Stage extends Launch {
  readonly cx: Context;
  readonly reporter: Reporter;
  readonly losses: Losses;
  /** Aborted when the user wants to stop. */
  readonly signal: AbortSignal;
  /** Things to do at the end, the last first; when the service has gone, nothing is to be waited for. */
  readonly undo: ((serviceHasGone: boolean) => Promise<void> | void)[];
  /** What becomes of the workflow when nobody waits for it any more. */
  fate: string;
}

/** Gets a service and workers, and sees a workflow through to its end. */
export async function launch(cx: Context, given: Launch): Promise<ExitCode> {
  const reporter = new Reporter();
  const interrupts = new Interrupts();
  const losses = new Losses();
  const undo: Stage['undo'] = [];
  const stage = { ...given, cx, reporter, losses, signal: interrupts.signal, undo, fate: 'nothing had been started' };
  losses.watch(
    'TWF062',
    interrupts.first.then(() => stage.fate),
  );
  let serviceHasGone = false;
  try {
    return (await perform(stage)) ?? report(cx, reporter.all, 0);
  } catch (error) {
    const { text: workflow } = given.entry.workflow.name;
    const refusal = refusalIn(error);
    if (refusal !== undefined) reporter.reportUnplaced('TWF063', { workflow, why: refusal });
    else if (!(error instanceof Lost)) throw error;
    else if (error.code === 'TWF057') reporter.reportUnplaced(error.code, { workflow, how: error.why });
    else if (error.code === 'TWF060') reporter.reportUnplaced(error.code, { why: error.why });
    else reporter.reportUnplaced(error.code, { what: error.why });
    serviceHasGone = error instanceof Lost && error.code === 'TWF057';
    return report(cx, reporter.all, 0);
  } finally {
    for (const step of undo.reverse()) await Promise.resolve(step(serviceHasGone)).catch(() => undefined);
    interrupts.stopListening();
  }
}

/** Undefined when a step has failed: that has been reported. */
async function perform(stage: Stage): Promise<ExitCode | undefined> {
  const { cx, config, facts, files, entry, workflowId, losses, reporter, signal, undo } = stage;
  const artefacts = await losses.guard(makeArtefacts(cx, config, files, reporter));
  if (!artefacts) return undefined;

  // They load while the service is being found.
  const workers = loadWorkers(
    { ...artefacts, workers: workerSpecs(facts), tracing: facts.topology.tracing },
    { write: (line) => cx.terminal.err(`${line}\n`), note: (text) => say(cx, text) },
  );
  undo.push(() => workers.stop(true));
  const log = (line: string) => say(cx, line);
  const service = await losses.guard(openService(facts.topology, { log, signal, reporter }));
  if (!service) return undefined;
  undo.push(() => service.stop());
  losses.watch('TWF057', service.exited.then(endOf));

  const connection = await losses.guard(Connection.connect({ address: service.address }));
  undo.push(() => connection.close());
  losses.watch('TWF057', silence(connection, signal));
  if (!(await losses.guard(provide(service, connection, facts.topology, reporter)))) return undefined;

  undo.push((serviceHasGone) => workers.stop(serviceHasGone));
  if (!(await startWorkers(stage, workers, { address: service.address, stubs: service.own }))) return undefined;

  const { namespace } = entry.place;
  const handle = await start(new Client({ connection, namespace }), entry, workflowId, losses, reporter);
  if (!handle) return undefined;
  const fate = service.own
    ? 'has ended with the service that twfc started'
    : `goes on in the namespace \`${namespace}\``;
  stage.fate = `\`${entry.workflow.name.text}\` (${workflowId}) ${fate}`;
  const places = new Places(facts);
  const traces = cx.args.switches.has('trace');
  const tracer = new Tracer({
    connection,
    places,
    namespaces: new Set(namespacesOf(facts.topology.workers)),
    write: (line) => traces && cx.terminal.err(`${line}\n`),
    every: traces ? 1000 : undefined,
  });
  tracer.follow({ namespace, workflowId, runId: handle.firstExecutionRunId ?? '' });
  return await conclude(cx, { handle, entry, losses, places, tracer, own: service.own, signal });
}

/** What a service answered to a call that it did not do. */
function refusalIn(error: unknown): string | undefined {
  const cause = isGrpcServiceError(error) ? error : (error as Error | undefined)?.cause;
  return isGrpcServiceError(cause) ? cause.details : undefined;
}

function endOf({ code, signal, output }: ServerExit): string {
  const how = signal === null ? `its process ended with exit code ${code}` : `its process was ended by ${signal}`;
  return output === '' ? `${how}.` : `${how}. The last that it wrote:\n${output}`;
}

/** Waits until the workers take work. */
async function startWorkers(stage: Stage, workers: Workers, service: WorkersService): Promise<boolean> {
  const { losses } = stage;
  try {
    await losses.guard(workers.start(service));
    losses.watch('TWF060', workers.ended);
    return true;
  } catch (error) {
    if (!(error instanceof WorkersFault)) throw error;
    for (const fault of error.messages) reportFault(stage, fault);
    return false;
  }
}

function reportFault({ cx, config, reporter }: Stage, fault: WorkersFault['messages'][number]): void {
  const module = config.dependencies === undefined ? undefined : posix.relative(cx.host.cwd, config.dependencies);
  switch (fault.kind) {
    case 'dependencies-fail':
      return reporter.reportUnplaced('TWF054', { path: module ?? '', why: fault.why });
    case 'dependencies-missing': {
      const hint =
        module === undefined
          ? `Write a module that exports \`${fault.export}\`, and name it in twfc.json: \`"dependencies": "./dependencies.ts"\`.`
          : `Export them from \`${module}\`, in \`${fault.export}\`.`;
      return reporter.reportUnplaced('TWF055', { worker: fault.worker, names: fault.names.join(', ') }, { hint });
    }
    case 'failed':
      return reporter.reportUnplaced('TWF060', { why: fault.why });
  }
}
