/**
 * Records the histories against which the workflow runtime is replayed, on a running Temporal Service with the namespaces
 * `orders` and `payments`: `TEMPORAL_ADDRESS=host:port npx tsx tools/record-histories.ts [NAME…]`.
 *
 * A history that is there is left alone: runtime/workflow/histories/README.md says why.
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { activityInfo } from '@temporalio/activity';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { startWorkflow, WorkflowRunOperationHandler } from '@temporalio/nexus';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { HandlerError, OperationError, serviceHandler } from 'nexus-rpc';
import { format } from 'prettier';
import * as recorded from '../runtime/testing/recorded.js';

const address = process.env['TEMPORAL_ADDRESS'] ?? 'localhost:7233';
const histories = new URL('../runtime/workflow/histories/', import.meta.url);
const tag = Date.now().toString(36);

Runtime.install({ logger: new DefaultLogger('ERROR') });
const connection = await Connection.connect({ address });
const nativeConnection = await NativeConnection.connect({ address });
const client = new Client({ connection, namespace: 'orders' });

// --- The worker that is recorded, and the one that it calls

const options = {
  connection: nativeConnection,
  workflowsPath: fileURLToPath(new URL('../runtime/testing/recorded.ts', import.meta.url)),
  taskQueue: `recorded-${tag}`,
} satisfies Partial<WorkerOptions>;

async function act(type: string): Promise<string> {
  if (type.startsWith('Failing')) throw ApplicationFailure.nonRetryable(type, 'OnPurpose');
  if (type.startsWith('Slow')) await pause(1000);
  return type;
}

const service = serviceHandler(recorded.RecordedService, {
  Hold: new WorkflowRunOperationHandler(async (ctx, milliseconds) =>
    startWorkflow(ctx, recorded.HoldWorkflow, { workflowId: ctx.requestId, args: [milliseconds] }),
  ),
  Quote: async (_ctx, price) => {
    if (price === 'fail') {
      const cause = ApplicationFailure.nonRetryable('no price', 'NoPrice');
      throw new OperationError('failed', 'no price', { cause });
    }
    if (price === 'unauthorized') throw new HandlerError('UNAUTHORIZED', 'not for you');
    return price;
  },
});

/** A worker that runs until it is told to stop. */
async function running(own: Pick<WorkerOptions, 'namespace' | 'activities' | 'nexusServices'>) {
  const worker = await Worker.create({ ...options, ...own });
  const run = worker.run();
  return async () => {
    worker.shutdown();
    await run;
  };
}

const orders = () =>
  running({
    namespace: 'orders',
    // One function for every type: the type is what an activity tells.
    activities: { default: async () => act(activityInfo().activityType) },
  });

async function endpoint(name: string, taskQueue: string): Promise<() => Promise<unknown>> {
  const target = { worker: { namespace: 'payments', taskQueue } };
  const { endpoint: made } = await connection.operatorService.createNexusEndpoint({ spec: { name, target } });
  return () => connection.operatorService.deleteNexusEndpoint({ id: made!.id!, version: made!.version! });
}

// --- What is recorded: a workflow, and what happens to it meanwhile

type Recorded = Exclude<keyof typeof recorded, 'HoldWorkflow' | 'RecordedService' | 'ping' | 'pong' | 'poke'>;
type Script = (handle: WorkflowHandle) => Promise<unknown>;

async function until(handle: WorkflowHandle, event: string, count = 1): Promise<void> {
  const attributes = `${event}EventAttributes`;
  for (let seen = 0; seen < count; await pause(50)) {
    const { events = [] } = await handle.fetchHistory();
    seen = events!.filter((one) => one[attributes as keyof typeof one]).length;
  }
}

const nothing: Script = async () => undefined;
const { ping, poke, pong } = recorded;

const scripts: Readonly<Record<Recorded, Script>> = {
  RecordedRace: nothing,
  RecordedPassive: async (handle) => {
    await handle.signal(ping, 'x');
    await until(handle, 'activityTaskCompleted', 4);
    await handle.signal(pong);
  },
  RecordedTie: async (handle) => {
    await until(handle, 'timerStarted', 2);
    await stop();
    await pause(4000);
    for (const text of ['a', 'b']) await handle.signal(ping, text);
    await handle.signal(pong);
    stop = await orders();
  },
  RecordedHandles: nothing,
  RecordedUnawaited: nothing,
  RecordedDetach: nothing,
  RecordedDetachFails: nothing,
  RecordedWithin: nothing,
  RecordedLoop: async (handle) => {
    for (const text of ['a', 'b', 'stop']) await handle.signal(ping, text);
  },
  RecordedHandlerFails: async (handle) => {
    await until(handle, 'nexusOperationStarted');
    await handle.signal(ping, 'x');
  },
  RecordedUpdates: async (handle) => {
    const updates = [handle.executeUpdate(poke), handle.executeUpdate(poke)];
    await handle.signal(ping, 'x');
    await Promise.all(updates);
  },
  RecordedAll: nothing,
  RecordedMany: nothing,
  RecordedErrors: nothing,
  RecordedCancelled: async (handle) => {
    await until(handle, 'nexusOperationScheduled');
    await handle.cancel();
  },
  RecordedCancelledRace: async (handle) => {
    await until(handle, 'nexusOperationStarted', 3);
    await handle.cancel();
  },
};

async function record(name: Recorded): Promise<void> {
  const workflowId = `${name}-${tag}`;
  const handle = await client.workflow.start(name, {
    taskQueue: options.taskQueue,
    workflowId,
    args: name === 'RecordedLoop' ? [1] : [],
    startDelay: name === 'RecordedLoop' ? '1s' : 0,
  });
  await scripts[name](handle);
  await handle.result().catch(() => undefined);
  const runs: string[] = [];
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) runs.unshift(runId);
  for (const [i, runId] of runs.entries()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const text = historyToJSON(history).replaceAll(/"(identity|stackTrace)": "[^"]*"/g, '"$1": ""'); // of this machine
    const file = fileOf(runs.length > 1 ? `${name}.${i + 1}` : name);
    await writeFile(file, await format(text, { parser: 'json', printWidth: 120 }));
    console.log(`${name}: ${history.events!.length} events`);
  }
}

function fileOf(name: string): string {
  return fileURLToPath(new URL(`${name}.json`, histories));
}

const asked = process.argv.slice(2);
const names = (Object.keys(scripts) as Recorded[]).filter((name) => asked.length === 0 || asked.includes(name));
const missing = names.filter((name) => !existsSync(fileOf(name)) && !existsSync(fileOf(`${name}.1`)));

const removeEndpoints = [
  await endpoint('recorded-payments', options.taskQueue),
  await endpoint('recorded-absent', `nobody-${tag}`),
];
const stopPayments = await running({ namespace: 'payments', nexusServices: [service] });
let stop = await orders();
for (const name of missing) await record(name);
await stop();
await stopPayments();
for (const remove of removeEndpoints) await remove();
await nativeConnection.close();
await connection.close();
