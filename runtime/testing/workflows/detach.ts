import { ApplicationFailure, condition, ParentClosePolicy, sleep, startChild } from '@temporalio/workflow';
import { workflowRun } from '../../workflow/index.js';
import { payments, ping, poke, requested } from './shared.js';

export type Ending = 'return' | 'throw' | 'cancel' | 'continue';

/** Ends while a detached call has not started. */
export async function DetachOperation(ending: Ending): Promise<string> {
  return workflowRun(async (run) => {
    run.onUpdate(poke, async (text) => text);
    run.detach('Payments.Hold', () => payments.startOperation('Hold', 'x'));
    await sleep(ending === 'cancel' ? 60_000 : 1000);
    if (ending === 'throw') throw ApplicationFailure.nonRetryable('on purpose', 'OnPurpose');
    if (ending === 'continue') return await run.continueAsNew<typeof DetachOperation>('return');
    return 'done';
  });
}

/** At once, without anything else. */
export async function DetachAtOnce(): Promise<void> {
  return workflowRun(async (run) => {
    run.detach('Payments.Hold', () => payments.startOperation('Hold', 'x'));
    run.detach('Payments.Quote', () => payments.startOperation('Quote', '1'));
  });
}

export async function DetachChild(): Promise<string> {
  return workflowRun(async (run) => {
    run.detach('Child', () =>
      startChild('Child', { workflowId: 'child', args: [], parentClosePolicy: ParentClosePolicy.ABANDON }),
    );
    return 'done';
  });
}

/** A handler detaches something while the body is closing. */
export async function DetachLate(): Promise<string> {
  return workflowRun(async (run) => {
    run.onSignal(ping, (text) => {
      run.detach('Payments.Hold', () => payments.startOperation('Hold', text));
    });
    run.detach('Payments.Quote', () => payments.startOperation('Quote', '1'));
    return 'done';
  });
}

/** A handler detaches something while the body waits for what it has cancelled. */
export async function DetachWhileDraining(): Promise<string> {
  return workflowRun(async (run) => {
    run.onSignal(ping, (text) => {
      run.detach('Payments.Hold', () => payments.startOperation('Hold', text));
    });
    const first = await run.race({
      operation: () => payments.executeOperation('Quote', '1', requested),
      timer: () => sleep(1000),
    });
    return first.case;
  });
}

/** Without the epilogue there is nothing that waits: the call is lost. What the runtime is for. */
export async function DetachWithoutRun(): Promise<string> {
  void payments.startOperation('Hold', 'x');
  await condition(() => true);
  return 'done';
}
