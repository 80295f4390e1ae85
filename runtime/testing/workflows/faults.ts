import { ApplicationFailure, CancellationScope, continueAsNew, sleep } from '@temporalio/workflow';
import { all, until, type WorkflowRun, workflowRun } from '../../workflow/index.js';
import { payments, ping, poke, Work } from './shared.js';

function faulty(): never {
  throw new TypeError('a fault');
}

/** What the epilogue would have to do with: a detached call, an activity and a timer that are pending. */
function begin(run: WorkflowRun): void {
  run.detach('Payments.Hold', () => payments.startOperation('Hold', 'x'));
  run.spawn(() => Work('a'));
  run.spawn(() => sleep(60_000));
}

type Place = 'body' | 'race' | 'branch' | 'condition' | 'detached' | 'none, but a failure' | 'none, but continues';

/** A fault of the program, one second after all has begun. */
export async function FaultIn(place: Place): Promise<string> {
  return workflowRun(async (run) => {
    begin(run);
    await sleep(1000);
    switch (place) {
      case 'body':
        return faulty();
      case 'race':
        await run.race({ faulty, timer: () => sleep(60_000) }).catch(() => undefined);
        return 'caught';
      case 'branch':
        await all([() => Work('b'), faulty]).catch(() => undefined);
        return 'caught';
      case 'condition':
        return (await run.race({ condition: until(faulty), timer: () => sleep(60_000) })).case;
      case 'detached':
        run.detach('Payments.Quote', async () => faulty());
        return 'done';
      case 'none, but continues':
        return await continueAsNew<typeof FaultIn>('body');
      case 'none, but a failure':
        throw ApplicationFailure.nonRetryable('on purpose', 'OnPurpose');
    }
  });
}

/** The body is cancelled, by whomever, and has a fault in what it undoes. */
export async function FaultInUnwinding(): Promise<string> {
  return workflowRun(async (run) => {
    run.onSignal(ping, async (text) => {
      throw ApplicationFailure.nonRetryable(text, 'Refused');
    });
    begin(run);
    try {
      await sleep(1000);
    } catch {
      await CancellationScope.nonCancellable(() => Work('undo'));
      faulty();
    }
    return 'done';
  });
}

/** A handler, or a block that is cancelled at the close, has a fault. */
export async function FaultBeside(milliseconds: number): Promise<string> {
  return workflowRun(async (run) => {
    run.onSignal(ping, async () => faulty());
    run.onUpdate(poke, async () => faulty());
    begin(run);
    run.spawn(async () => {
      try {
        await Work('b');
      } catch {
        faulty();
      }
    });
    await sleep(milliseconds);
    return 'done';
  });
}
