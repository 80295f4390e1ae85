import { TimeoutFailure } from '@temporalio/common';
import { type Duration, msToNumber } from '@temporalio/common/lib/time.js';
import { CancellationScope, type NexusOperationHandle, type NexusServiceClient, sleep } from '@temporalio/workflow';
import type { ServiceDefinition } from 'nexus-rpc';
import { callFailure, operationName } from './call-failure.js';
import type { Spawned, Started } from './handle.js';
import { clientOf, targetOf } from './nexus-client.js';

/** What the service itself allows more: so long can a cancellation take to reach a handler that is down. */
const grace = 24 * 60 * 60 * 1000;

/**
 * `WorkflowRun.within`: the client, with a timer of the workflow beside each call.
 *
 * @param begin starts a call that the end of the run waits for, once it is cancelled
 */
export function within<S extends ServiceDefinition>(
  timeout: Duration,
  client: NexusServiceClient<S>,
  begin: <T>(call: () => Promise<Started<T>>) => Spawned<T>,
): NexusServiceClient<S> {
  const target = targetOf(client);
  if (!target) return client; // one that refuses every call needs no time for it
  const milliseconds = msToNumber(timeout);
  const startOperation: typeof client.startOperation = async (
    ...[operation, input, options]: Parameters<typeof client.startOperation>
  ): Promise<NexusOperationHandle<any>> => {
    const name = operationName(target, operation);
    const scheduleToCloseTimeout = milliseconds + grace;
    const call = begin<any>(() => client.startOperation(operation, input, { ...options, scheduleToCloseTimeout }));
    const timer = new CancellationScope();
    let late = false;
    const fire = () => {
      late = true;
    };
    // A timer that is cancelled says so: somebody else waits for the call then.
    timer.run(() => sleep(milliseconds, { summary: `timeout of ${name}` })).then(fire, () => undefined);
    void call.ended.then(() => timer.cancel());
    const inTime = async (reached: () => boolean): Promise<void> => {
      await call.wait(() => reached() || late);
      if (reached()) return;
      call.cancel();
      const cause = new TimeoutFailure('operation timed out', undefined, 'SCHEDULE_TO_CLOSE');
      throw callFailure(target, name, cause, call.token);
    };
    await inTime(() => call.confirmed);
    const token = await call.started();
    const result = async () => {
      await inTime(() => call.done);
      return call.take();
    };
    return { service: target.service.name, operation: name, ...(token !== undefined && { token }), result };
  };
  return clientOf(startOperation, target);
}
