// The workflows whose histories are in runtime/workflow/histories. A history is replayed against what stands here: do
// not change a workflow that has one, write another. What a workflow decided is told by the type of an activity, since a
// replay compares types and neither arguments nor results.
import {
  ApplicationFailure,
  CancellationScope,
  defineSignal,
  defineUpdate,
  executeChild,
  ParentClosePolicy,
  proxyActivities,
  setHandler,
  sleep,
  startChild,
} from '@temporalio/workflow';
import { operation, service } from 'nexus-rpc';
import { all, allOf, nexusClient, nexusError, timer, until, workflowRun } from '../workflow/index.js';

export const RecordedService = service('RecordedService', {
  /** A workflow that ends when it is cancelled, or after so many milliseconds. */
  Hold: operation<number, string>(),
  /** Answers at once; fails on request. */
  Quote: operation<string, string>(),
});

const payments = nexusClient({ endpoint: 'recorded-payments', service: RecordedService });
/** Nobody is there. */
const absent = nexusClient({ endpoint: 'recorded-absent', service: RecordedService });

const activities = proxyActivities<Record<string, (...args: unknown[]) => Promise<unknown>>>({
  startToCloseTimeout: '1m',
  retry: { maximumAttempts: 1 },
});
/** An activity whose type is what it tells; `Fail…` fails, `Slow…` takes a second. */
const tell = (what: string) => activities[what]!();

const requested = { cancellationType: 'WAIT_CANCELLATION_REQUESTED' } as const;
const minute = { scheduleToCloseTimeout: '1m' } as const;

export const ping = defineSignal<[text: string]>('Ping');
export const pong = defineSignal('Pong');
export const poke = defineUpdate<string>('Poke');

/** What the operation Hold runs. */
export async function HoldWorkflow(milliseconds: number): Promise<string> {
  await sleep(milliseconds);
  return 'held';
}

/** The timer wins, a loser is drained, the body goes on meanwhile; then the operation wins. */
export async function RecordedRace(): Promise<void> {
  return workflowRun(async (run) => {
    for (const patience of [1000, 60_000]) {
      const first = await run.race({
        operation: () =>
          payments.executeOperation('Hold', patience === 1000 ? 60_000 : 100, { ...minute, ...requested }),
        activity: async () => {
          await sleep(30_000);
          await tell('Never');
        },
        timer: () => timer(patience),
      });
      await tell(`Won by ${first.case}`);
    }
  });
}

/** A signal, a condition, a handle and a timer. */
export async function RecordedPassive(): Promise<void> {
  return workflowRun(async (run) => {
    let flag = false;
    const pings = run.inbox(ping, async (text) => void (await tell(`Slow ${text}`)));
    setHandler(pong, () => {
      flag = true;
    });
    for (let i = 0; i < 3; i++) {
      const handle = run.spawn(() => tell('SlowHandle'));
      const first = await run.race({
        ping: pings,
        flag: until(() => flag),
        handle,
        timer: () => sleep(60_000),
      });
      await tell(`Won by ${first.case}`);
      flag = false;
      await handle.result();
    }
  });
}

/** Everything is ready in one workflow task. */
export async function RecordedTie(): Promise<void> {
  return workflowRun(async (run) => {
    let flag = false;
    const pings = run.inbox(ping);
    setHandler(pong, () => {
      flag = true;
    });
    const deep = async () => {
      await sleep(3000);
      for (let i = 0; i < 10; i++) await Promise.resolve();
    };
    const first = await run.race({ deep, flag: until(() => flag), ping: pings, shallow: () => sleep(3000) });
    await tell(`Won by ${first.case}`);
    const waiters = [() => pings.next(), () => pings.next()];
    const order: string[] = [];
    await allOf(waiters, async (next) => {
      const [text] = await next();
      order.push(text);
      await tell(`Took ${text}`);
    });
  });
}

/** Handles of every kind, awaited, raced, cancelled. */
export async function RecordedHandles(): Promise<void> {
  return workflowRun(async (run) => {
    const operation = run.start(() => payments.startOperation('Hold', 60_000, minute));
    const quick = run.start(() => payments.startOperation('Quote', '1', minute));
    const child = run.start(() => startChild(HoldWorkflow, { args: [1000] }));
    const activity = run.spawn(() => tell('FailingActivity'));
    const pause = run.spawn(() => timer(1000));
    const token = await operation.started();
    await tell(token ? 'HasToken' : 'HasNone');
    await pause.result();
    operation.cancel();
    const failure = await operation.result().catch((error: unknown) => nexusError(error));
    await tell(typeof failure === 'object' && failure.cancelled ? 'Cancelled' : 'NotCancelled');
    await tell((await activity.result().then(String, () => 'Failed')) === 'Failed' ? 'Failed' : 'Succeeded');
    await all([() => child.result(), () => quick.result()]);
    await tell('AllDone');
  });
}

/** Nobody awaits what was started: some of it is cancelled, the rest confirmed. */
export async function RecordedUnawaited(): Promise<void> {
  return workflowRun(async (run) => {
    run.start(() => payments.startOperation('Hold', 3000, minute));
    run.start(() => startChild(HoldWorkflow, { args: [3000], parentClosePolicy: ParentClosePolicy.ABANDON }));
    run.spawn(() => tell('SlowActivity'));
    run.spawn(() => sleep(60_000));
    await tell('Body');
  });
}

/** Detached calls, one of which nobody answers. */
export async function RecordedDetach(): Promise<void> {
  return workflowRun(async (run) => {
    run.detach('Hold', () => payments.startOperation('Hold', 1000, minute));
    run.detach('Absent', () => absent.startOperation('Quote', '1', { scheduleToCloseTimeout: '3s' }));
    run.detach('HoldWorkflow', () =>
      startChild(HoldWorkflow, { args: [1000], parentClosePolicy: ParentClosePolicy.ABANDON }),
    );
    await tell('Body');
  });
}

/** The same, with a failure. */
export async function RecordedDetachFails(): Promise<void> {
  return workflowRun(async (run) => {
    run.detach('Absent', () => absent.startOperation('Quote', '1', { scheduleToCloseTimeout: '2s' }));
    await tell('Body');
    throw ApplicationFailure.nonRetryable('on purpose', 'OnPurpose');
  });
}

/** Takes one signal per run. */
export async function RecordedLoop(round: number): Promise<void> {
  return workflowRun(async (run) => {
    const pings = run.inbox(ping);
    run.detach('Hold', () => payments.startOperation('Hold', 100, minute));
    const [text] = await pings.next();
    await tell(`Took ${text}`);
    if (text !== 'stop') return await run.continueAsNew<typeof RecordedLoop>(round + 1);
  });
}

/** A handler fails; the body undoes what it did. */
export async function RecordedHandlerFails(): Promise<void> {
  return workflowRun(async (run) => {
    run.onSignal(ping, async (text) => void (await tell(`Failing ${text}`)));
    try {
      await run.race({
        operation: () => payments.executeOperation('Hold', 60_000, { ...minute, ...requested }),
        timer: () => sleep(60_000),
      });
    } catch (error) {
      await CancellationScope.nonCancellable(() => tell('Undo'));
      throw error;
    }
  });
}

/** Updates are held, then run; the close waits for one. */
export async function RecordedUpdates(): Promise<string> {
  return workflowRun(async (run) => {
    let loaded = false;
    run.onUpdate(poke, async () => {
      await run.hold(() => loaded);
      await tell('SlowUpdate');
      return 'poked';
    });
    run.onSignal(ping, async (text) => void (await tell(`Slow ${text}`)));
    await tell('SlowLoad');
    loaded = true;
    await sleep(100);
    return run.close('closed');
  });
}

/** Branches that succeed, fail, are cancelled, are limited. */
export async function RecordedAll(): Promise<void> {
  await all([
    () => tell('First'),
    () => payments.executeOperation('Quote', '1', minute),
    () => timer(0),
    () => timer(100),
    () => executeChild(HoldWorkflow, { args: [100] }),
  ]);
  await allOf(['a', 'b', 'c', 'd', 'e'], (item) => tell(`Item ${item}`), { maxConcurrent: 2 });
  try {
    await all([
      () => payments.executeOperation('Hold', 60_000, minute),
      () => tell('FailingBranch'),
      () => sleep(60_000),
    ]);
  } catch {
    await tell('Caught');
  }
  const waited = [() => payments.executeOperation('Quote', 'fail', minute), () => tell('SlowBranch')];
  await all(waited, { onFailure: 'wait' }).catch(() => tell('CaughtLate'));
  const [failed, succeeded] = await all(waited, { onFailure: 'collect' });
  await tell(`Collected ${failed === undefined} ${succeeded === undefined}`);
}

/** More operations than may be pending. */
export async function RecordedMany(): Promise<void> {
  return workflowRun(async (run) => {
    const numbers = Array.from({ length: 33 }, (_, i) => i);
    const handles = numbers.map((n) => run.start(() => payments.startOperation('Hold', n < 30 ? 1000 : 10, minute)));
    await allOf(handles, (handle) => handle.result());
    await tell('AllDone');
  });
}

/** What a catch sees. */
export async function RecordedErrors(): Promise<void> {
  for (const call of [
    () => payments.executeOperation('Quote', 'fail', minute),
    () => payments.executeOperation('Quote', 'unauthorized', minute),
    () => absent.executeOperation('Quote', '1', { scheduleToCloseTimeout: '2s' }),
  ]) {
    try {
      await call();
    } catch (error) {
      const seen = nexusError(error);
      await tell(`Saw ${seen?.kind} ${seen?.type}`);
    }
  }
}

/** Cancelled while it waits for an operation that nobody starts. */
export async function RecordedCancelled(): Promise<void> {
  await absent.executeOperation('Hold', 60_000, minute);
}

/** Cancelled while everything is going on. */
export async function RecordedCancelledRace(): Promise<void> {
  return workflowRun(async (run) => {
    const pings = run.inbox(ping);
    run.detach('Hold', () => payments.startOperation('Hold', 100, minute));
    run.start(() => payments.startOperation('Hold', 60_000, minute));
    run.spawn(() => tell('SlowActivity'));
    try {
      await run.race({
        operation: () => payments.executeOperation('Hold', 60_000, { ...minute, ...requested }),
        ping: pings,
        timer: () => sleep(60_000),
      });
    } finally {
      await CancellationScope.nonCancellable(() => tell('CleanUp'));
    }
  });
}

/** The first call has ended in time, the second is cancelled, awaited late; the third is started, and nobody waits. */
export async function RecordedWithin(): Promise<void> {
  return workflowRun(async (run) => {
    const held = await run.within('1m', payments).executeOperation('Hold', 100);
    await tell(held);
    const handle = run.start(() => run.within('1s', payments).startOperation('Hold', 60_000));
    const token = await handle.started();
    await tell(token ? 'HasToken' : 'HasNone');
    const late = await handle.result().catch((error: unknown) => nexusError(error));
    await tell(typeof late === 'object' ? late.kind : 'InTime');
    run.start(() => run.within('2s', absent).startOperation('Quote', '1'));
  });
}
