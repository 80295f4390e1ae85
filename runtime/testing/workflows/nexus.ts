import { CancellationScope, sleep } from '@temporalio/workflow';
import { allOf, familyClient, nexusError, withHeaders, workflowRun } from '../../workflow/index.js';
import { payments, PaymentsService, requested } from './shared.js';

export async function NexusBlocking(): Promise<string> {
  return await payments.executeOperation('Hold', 'x');
}

/** Cancels its own call, and waits for the end of it. */
export async function NexusCancelled(): Promise<string> {
  const scope = new CancellationScope();
  const call = scope.run(() => payments.executeOperation('Hold', 'x'));
  await sleep(1000);
  scope.cancel();
  return await call.catch((error: Error) => `${error.name}: ${error.message}`);
}

export async function NexusShielded(): Promise<string> {
  return await CancellationScope.nonCancellable(() => payments.executeOperation('Hold', 'x'));
}

/** More than may be pending. */
export async function NexusMany(count: number): Promise<number> {
  return workflowRun(async (run) => {
    const names = Array.from({ length: count }, (_, i) => `${i + 1}`);
    const handles = names.map((name) => run.start(() => payments.startOperation('Hold', name)));
    return (await allOf(handles, (handle) => handle.result())).length;
  });
}

/** A call that waits for its turn loses a race; the next one takes its place. */
export async function NexusTurns(): Promise<string> {
  return workflowRun(async (run) => {
    for (let i = 1; i <= 30; i++) run.start(() => payments.startOperation('Hold', `${i}`));
    const first = await run.race({
      operation: () => payments.executeOperation('Hold', 'loses', requested),
      timer: () => sleep(1000),
    });
    return `${first.case}, then ${await payments.executeOperation('Hold', 'next')}`;
  });
}

/** How a `catch` sees a failure. */
export async function NexusErrors() {
  try {
    return await payments.executeOperation('Hold', 'x');
  } catch (error) {
    const seen = nexusError(error);
    if (!seen) throw error;
    const { failure, ...rest } = seen;
    return { ...rest, failure: failure.name };
  }
}

/** Calls a member of a family, and sees what becomes of it. */
export async function NexusFamily(name: string): Promise<string> {
  return workflowRun(async (run) => {
    const client = familyClient({
      endpoint: `shard-${name}`,
      members: ['shard-a', 'shard-b'],
      service: PaymentsService,
    });
    const handle = run.start(() => client.startOperation('Hold', name));
    await sleep(1000);
    try {
      return await handle.result();
    } catch (error) {
      const seen = nexusError(error);
      return `${seen?.kind}: ${seen?.failure.endpoint} ${seen?.failure.operation}: ${seen?.message}`;
    }
  });
}

/** A call that is cancelled after a second, and what becomes of it. */
export async function NexusWithin(then: number): Promise<string> {
  return workflowRun(async (run) => {
    const outcome = await heard(() => run.within('1s', payments).executeOperation('Hold', 'x'));
    if (then > 0) await sleep(then);
    return outcome;
  });
}

/** The same, as a handle: its token, and its end. */
export async function NexusWithinStarted(): Promise<string> {
  return workflowRun(async (run) => {
    const handle = run.start(() => run.within(1000, payments).startOperation('Hold', 'x'));
    const token = await handle.started().catch((error: Error) => error.name);
    return `${token}, ${handle.token}: ${await heard(() => handle.result())}`;
  });
}

/** Of nobody who waits, the run ends without it. */
export async function NexusWithinUnawaited(): Promise<string> {
  return workflowRun(async (run) => {
    run.start(() => run.within('1s', payments).startOperation('Hold', 'x'));
    return 'left alone';
  });
}

/** Both a case of a race, and one that is abandoned. */
export async function NexusWithinRace(losers: 'cancel' | 'abandon'): Promise<string> {
  return workflowRun(async (run) => {
    const client = run.within('10s', payments);
    const call =
      losers === 'cancel'
        ? () => client.executeOperation('Hold', 'x', requested)
        : { start: () => client.startOperation('Hold', 'x', requested) };
    const first = await run.race({ call, timer: () => sleep(1000) }, { losers });
    return first.case;
  });
}

/** What is no member has nothing to cancel. */
export async function NexusWithinFamily(): Promise<string> {
  return workflowRun(async (run) => {
    const client = familyClient({ endpoint: 'shard-c', members: ['shard-a'], service: PaymentsService });
    return await heard(() => run.within('1s', client).executeOperation('Hold', 'x'));
  });
}

/** Calls with headers and without, and within a time. */
export async function NexusHeaders(value: string): Promise<string> {
  return workflowRun(async (run) => {
    const client = withHeaders({ 'x-tenant': 'acme', 'x-more': value }, payments);
    const both = [
      await heard(() => client.executeOperation('Hold', 'x')),
      await heard(() => run.within('1s', withHeaders({ 'x-other': '' }, payments)).executeOperation('Hold', 'y')),
      await heard(() => payments.executeOperation('Hold', 'z')),
    ];
    return both.join(', ');
  });
}

async function heard(call: () => Promise<string>): Promise<string> {
  try {
    return await call();
  } catch (error) {
    const seen = nexusError(error);
    if (!seen) throw error;
    const { endpoint, service, operation } = seen.failure;
    if (seen.timeoutType === undefined) return `${seen.kind} of ${endpoint} ${service} ${operation}: ${seen.message}`;
    return `${seen.kind} ${seen.timeoutType} of ${endpoint} ${service} ${operation}, token ${seen.operationToken}`;
  }
}
