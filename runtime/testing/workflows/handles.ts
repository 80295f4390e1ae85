import { ApplicationFailure, CancellationScope, ParentClosePolicy, sleep, startChild } from '@temporalio/workflow';
import { all, caught, type Handle, nexusError, until, workflowRun } from '../../workflow/index.js';
import { payments, ping, Work } from './shared.js';

/** A handle of each kind, and what becomes of them while the workflow sleeps. */
export async function HandleKinds() {
  return workflowRun(async (run) => {
    const operation = run.start(() => payments.startOperation('Hold', 'x'));
    const quick = run.start(() => payments.startOperation('Quote', '1'));
    const child = run.start(() => startChild('Child', { workflowId: 'child', args: [1] }));
    const activity = run.spawn(() => Work('a'));
    const timer = run.spawn(() => sleep(1000));
    const handles = [operation, quick, child, activity, timer];
    const atFirst = handles.map((handle) => handle.done);
    await timer.result();
    const token = await operation.started();
    const failure = await activity.result().catch((error: Error) => error.message);
    await run.race({ child: until(() => child.done) });
    return {
      atFirst,
      tokens: [token, operation.token, await quick.started(), quick.token],
      results: [await operation.result(), await quick.result(), await child.result(), failure],
      atLast: handles.map((handle) => handle.done),
    };
  });
}

/** A failure is kept until somebody asks. */
export async function HandleFailure(awaits: boolean): Promise<string> {
  return workflowRun(async (run) => {
    const work = run.spawn(() => Work('a'));
    await sleep(1000);
    return awaits ? await work.result() : `failed: ${work.done}`;
  });
}

/** Signals a child that has not started yet, and says what became of that. */
export async function HandleSignal(): Promise<string> {
  return workflowRun(async (run) => {
    const child = run.start(() => startChild('Child', { workflowId: 'child' }));
    try {
      await child.signal(ping, 'a');
      await child.signal('Pong', 'b');
      return 'delivered';
    } catch (error) {
      return `not delivered: ${['SignalFailedError', 'ChildWorkflowError'].find((kind) => caught(error).is(kind))}`;
    }
  });
}

/** The start is asked for, and fails. */
export async function HandleNeverStarted(): Promise<string> {
  return workflowRun(async (run) => {
    const operation = run.start(() => payments.startOperation('Hold', 'x'));
    try {
      return `started ${await operation.started()}`;
    } catch (error) {
      return `not started: ${nexusError(error)?.kind}`;
    }
  });
}

export async function HandleCancelled(): Promise<string> {
  return workflowRun(async (run) => {
    const operation = run.start(() => payments.startOperation('Hold', 'x'));
    await operation.started();
    operation.cancel();
    try {
      return await operation.result();
    } catch (error) {
      return `cancelled: ${nexusError(error)?.cancelled}`;
    }
  });
}

/** The workflow is cancelled while it waits for a handle. */
export async function HandleAwaited(): Promise<string> {
  return workflowRun(async (run) => {
    const operation = run.start(() => payments.startOperation('Hold', 'x'));
    return await operation.result();
  });
}

/** The same, for a handle that was made many scopes further in. */
export async function HandleDeep(): Promise<string> {
  return workflowRun(async (run) => {
    const start = (depth: number): Promise<Handle<string>> =>
      CancellationScope.cancellable(async () => {
        if (depth > 0) return await start(depth - 1);
        return run.start(() => payments.startOperation('Hold', 'x'));
      });
    const operation = await start(10);
    return await operation.result();
  });
}

/** A branch that waits for a handle is cancelled; what it waits for is not. */
export async function HandleOutside(): Promise<string> {
  return workflowRun(async (run) => {
    const work = run.spawn(() => Work('a'));
    try {
      await all([() => work.result(), () => Work('b')]);
    } catch (error) {
      return `${(error as Error).message}, then ${await work.result()}`;
    }
    return 'no failure';
  });
}

/** The block that has started it loses a race, before anybody has started it. */
export async function HandleInLoser(): Promise<string> {
  return workflowRun(async (run) => {
    const block = async () => {
      run.start(() => payments.startOperation('Hold', 'x'));
      await sleep(60_000);
    };
    const first = await run.race({ block, timer: () => sleep(1000) });
    return first.case;
  });
}

/** Nobody waits for any of them. */
export async function HandleUnawaited(ending: 'return' | 'throw'): Promise<string> {
  return workflowRun(async (run) => {
    run.start(() => payments.startOperation('Hold', 'x'));
    run.start(() =>
      startChild('Child', { workflowId: 'child', args: [], parentClosePolicy: ParentClosePolicy.ABANDON }),
    );
    run.spawn(() => Work('a'));
    run.spawn(() => sleep(60_000));
    await sleep(1000);
    if (ending === 'throw') throw ApplicationFailure.nonRetryable('on purpose', 'OnPurpose');
    return 'done';
  });
}

/** A fault of the program where nobody waits for it. */
export async function HandleFault(): Promise<string> {
  return workflowRun(async (run) => {
    run.spawn(async () => {
      await sleep(1000);
      throw new TypeError('a fault');
    });
    await sleep(60_000);
    return 'done';
  });
}
