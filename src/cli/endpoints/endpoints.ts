import { isGrpcServiceError } from '@temporalio/client';
import {
  applyEndpoint,
  type EndpointChange,
  EndpointConflictError,
  type EndpointPlan,
  listEndpoints,
} from '../../../runtime/worker/index.js';
import type { Topology } from '../../check/facts.js';
import { type Diagnostic, Reporter } from '../../diagnostics/diagnostic.js';
import { loadProgram } from '../../load.js';
import { checkProgram } from '../../program.js';
import { valueOf } from '../arguments.js';
import { type Context, type ExitCode, exitCodeOf, report, say } from '../context.js';
import { connect, type Destination, destination } from './connect.js';
import { type DefinedEndpoint, exportEndpoints, type ExportFormat } from './export.js';
import { changeLine, hasChanges, planJson, planRegistry, planText, type RegistryPlan } from './plan.js';

/** `twfc endpoints`: compares the endpoints of a program with a registry, writes them there, or prints them. */
export async function endpoints(cx: Context): Promise<ExitCode> {
  const reporter = new Reporter();
  const program = await loadProgram(cx.host, cx.args.paths, reporter);
  if (!program) return report(cx, reporter.all, 0);
  const { sources, config } = program;
  const { diagnostics, facts } = checkProgram(sources, config);
  if (!facts || exitCodeOf(cx, diagnostics) !== 0) return report(cx, diagnostics, sources.length);
  const { topology } = facts();
  return cx.args.action === 'export' ? print(cx, topology) : await compare(cx, topology);
}

function print(cx: Context, { endpoints: all }: Topology): ExitCode {
  const format = (valueOf(cx.args, 'format') ?? 'temporal') as ExportFormat;
  const defined = all.filter((one): one is DefinedEndpoint => one.target !== undefined);
  const { text, left } = exportEndpoints(defined, format);
  cx.terminal.out(text);
  for (const { name, why } of left) say(cx, `\`${name}\` is left out: ${why}.`);
  return 0;
}

async function compare(cx: Context, topology: Topology): Promise<ExitCode> {
  const reporter = new Reporter();
  const where = read(cx, reporter);
  if (!where) return report(cx, reporter.all, 0);
  const { address } = where;
  try {
    const connection = await connect(where);
    try {
      const plan = planRegistry(topology, await listEndpoints(connection));
      if (cx.args.action === 'plan') return show(cx, address, plan);
      const changes: EndpointChange[] = [];
      for (const one of plan.plans) {
        const change = await attempt(address, one, reporter, () => applyEndpoint(connection, one));
        if (change) changes.push(change);
      }
      return conclude(cx, address, plan, changes, reporter.all);
    } finally {
      await connection.close();
    }
  } catch (error) {
    reporter.reportUnplaced('TWF081', { address, why: reasonOf(error) }, { hint: environmentHint });
    return report(cx, reporter.all, 0);
  }
}

const environmentHint =
  'Where it is, and what it needs to let somebody in, stands in `TEMPORAL_ADDRESS`, `TEMPORAL_API_KEY`, `TEMPORAL_TLS_*`, or a profile of the Temporal CLI.';

function read({ terminal }: Context, reporter: Reporter): Destination | undefined {
  try {
    return destination(terminal.env);
  } catch (error) {
    const address = terminal.env['TEMPORAL_ADDRESS'] ?? 'the address of the profile';
    return reporter.reportUnplaced('TWF081', { address, why: reasonOf(error) }, { hint: environmentHint });
  }
}

function isJson({ args }: Context): boolean {
  return valueOf(args, 'format') === 'json';
}

function show(cx: Context, address: string, plan: RegistryPlan): ExitCode {
  cx.terminal.out(isJson(cx) ? planJson(address, plan) : planText(plan));
  const changed = hasChanges(plan);
  say(cx, `The registry of ${address} ${changed ? 'is not as the program needs it' : 'is as the program needs it'}.`);
  return changed && cx.args.switches.has('check') ? 1 : 0;
}

/** Does one thing; undefined when it could not be done: that has been reported, and the others are tried. */
async function attempt(
  address: string,
  { spec: { name: endpoint }, action }: EndpointPlan,
  reporter: Reporter,
  apply: () => Promise<EndpointChange>,
): Promise<EndpointChange | undefined> {
  try {
    return await apply();
  } catch (error) {
    if (error instanceof EndpointConflictError) {
      const hint = 'Look at it with `twfc endpoints plan`, and apply again if the program is right.';
      return reporter.reportUnplaced('TWF083', { endpoint, how: error.how }, { hint });
    }
    if (!isGrpcServiceError(error)) throw error;
    return reporter.reportUnplaced('TWF082', { address, endpoint, action, why: reasonOf(error) });
  }
}

function conclude(
  cx: Context,
  address: string,
  plan: RegistryPlan,
  changes: readonly EndpointChange[],
  problems: readonly Diagnostic[],
): ExitCode {
  const missing = { ...plan, plans: [], others: [] };
  cx.terminal.out(isJson(cx) ? planJson(address, plan, changes) : changes.map(changeLine).join('') + planText(missing));
  if (problems.length === 0) return 0;
  if (!isJson(cx)) return report(cx, problems, 0);
  for (const { message } of problems) cx.terminal.err(`${message}\n`);
  return exitCodeOf(cx, problems);
}

/** As the end of a sentence, which has its own full stop. */
function reasonOf(error: unknown): string {
  const text = isGrpcServiceError(error) ? error.details || error.message : (error as Error).message;
  return text.replace(/\.$/, '');
}
