import {
  CancellationScope,
  condition,
  createNexusServiceClient,
  type NexusOperationHandle,
  type NexusServiceClient,
  type NexusServiceClientOptions,
} from '@temporalio/workflow';
import type { ServiceDefinition } from 'nexus-rpc';
import type { Target } from './call-failure.js';
import { endsAtClose, shielded } from './scope.js';

/** The server fails the workflow task that schedules one more, for ever. */
const mostPending = 30;
let pending = 0;
/** The calls that wait for their turn, oldest first. */
const waiting: object[] = [];

const targets = new WeakMap<object, Target>();

/** Where the calls of a client go, if they go anywhere. */
export function targetOf(client: object): Target | undefined {
  return targets.get(client);
}

/** A client of what starts its calls: to execute one is to wait for its result besides. It is known where they go. */
export function clientOf<S extends ServiceDefinition>(
  startOperation: NexusServiceClient<S>['startOperation'],
  target: Target,
): NexusServiceClient<S> {
  const executeOperation: NexusServiceClient<S>['executeOperation'] = async (
    ...call: Parameters<typeof startOperation>
  ): Promise<any> => {
    const handle = await startOperation(...call);
    return await handle.result();
  };
  const client = { startOperation, executeOperation };
  targets.set(client, target);
  return client;
}

/** How long a call that was cancelled before its operation has started waits for the start. */
const patience = '30s';

/**
 * The SDK's client, with two limits that only a workflow can keep: never more than 30 operations pending, and no
 * waiting without end, once cancelled, for an operation that nobody starts.
 */
export function nexusClient<S extends ServiceDefinition>(options: NexusServiceClientOptions<S>): NexusServiceClient<S> {
  const client = createNexusServiceClient(options);
  const startOperation: typeof client.startOperation = async (
    ...call: Parameters<typeof client.startOperation>
  ): Promise<NexusOperationHandle<any>> => {
    // Without a need to wait, the command is given before anything else runs: the order of the source is kept.
    if (pending >= mostPending || waiting.length > 0) await turn();
    pending++;
    const started = client.startOperation(...call);
    void started.then((handle) => handle.result()).then(ended, ended);
    return await startedOrGivenUp(started);
  };
  return clientOf(startOperation, options);
}

async function turn(): Promise<void> {
  const place = {};
  waiting.push(place);
  try {
    await condition(() => pending < mostPending && waiting[0] === place);
  } finally {
    waiting.splice(waiting.indexOf(place), 1);
  }
}

function ended(): void {
  pending--;
}

async function startedOrGivenUp<T>(started: Promise<T>): Promise<T> {
  const scope = CancellationScope.current();
  if (!scope.cancellable || scope.consideredCancelled || endsAtClose(scope)) return await started;
  let settled = false;
  const settle = () => {
    settled = true;
  };
  started.then(settle, settle);
  const givenUp = scope.cancelRequested.catch(async (cancelled) => {
    // No timer for a call whose operation has started: that one ends as its cancellation type says.
    if (settled || (await shielded(() => condition(() => settled, patience)))) return await started;
    throw cancelled;
  });
  return await Promise.race([started, givenUp]);
}
