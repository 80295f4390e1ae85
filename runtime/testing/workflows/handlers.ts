import { ApplicationFailure, CancellationScope, condition, sleep } from '@temporalio/workflow';
import { type HandlerOptions, workflowRun } from '../../workflow/index.js';
import { payments, ping, poke, pong, requested, Work } from './shared.js';

/** The body holds something that it gives back; the handler may fail. */
export async function HandlerFails(awaits: boolean): Promise<string> {
  return workflowRun(async (run) => {
    run.onSignal(ping, async (text) => {
      if (awaits) await Work(text);
      else if (text === 'fault') throw new TypeError('a fault');
      else throw ApplicationFailure.nonRetryable(text, 'Refused');
    });
    try {
      await run.race({
        operation: () => payments.executeOperation('Hold', 'x', requested),
        timer: () => sleep(60_000),
      });
      return 'done';
    } catch (error) {
      await CancellationScope.nonCancellable(() => Work('undo'));
      throw error;
    }
  });
}

/** The body catches its cancellation, and closes with a result. */
export async function HandlerCancelled(): Promise<string> {
  return workflowRun(async (run) => {
    run.onSignal(ping, async (text) => void (await Work(text)));
    try {
      await sleep(60_000);
      return 'done';
    } catch {
      await CancellationScope.nonCancellable(() => Work('clean up'));
      return 'caught';
    }
  });
}

/** Two handlers fail. */
export async function HandlersFail(): Promise<string> {
  return workflowRun(async (run) => {
    run.onSignal(ping, async (text) => {
      throw ApplicationFailure.nonRetryable(text, 'Refused');
    });
    await sleep(60_000);
    return 'done';
  });
}

type Close = 'return' | 'close' | 'throw' | 'close failed' | 'continue';

/** Closes while handlers run. */
export async function HandlerRuns(close: Close, options: HandlerOptions = {}): Promise<string> {
  return workflowRun(async (run) => {
    run.onSignal(ping, async (text) => void (await Work(text)), options);
    run.onUpdate(poke, async (text) => await Work(text), options);
    await sleep(1000);
    const failure = ApplicationFailure.nonRetryable('on purpose', 'OnPurpose');
    switch (close) {
      case 'return':
        return 'done';
      case 'close':
        return run.close('done');
      case 'throw':
        throw failure;
      case 'close failed':
        throw run.close(failure);
      case 'continue':
        return await run.continueAsNew<typeof HandlerRuns>('return');
    }
  });
}

/** The handlers need what the body loads, or never does. */
export async function HandlerHeld(loads: boolean): Promise<string> {
  return workflowRun(async (run) => {
    let loaded: string | undefined;
    let seen = '';
    run.onSignal(ping, async (text) => {
      await run.hold(() => loaded !== undefined);
      seen += `${text} with ${loaded}; `;
    });
    run.onUpdate(poke, async (text) => {
      await run.hold(() => loaded !== undefined);
      return `${text} with ${loaded}`;
    });
    const result = await Work('load');
    if (loads) {
      loaded = result;
      await sleep(1000);
    }
    return run.close(seen);
  });
}

export async function HandlerValidates(): Promise<string> {
  return workflowRun(async (run) => {
    run.onUpdate(poke, async (text) => text, {
      validate: (text) => {
        if (text === '') throw ApplicationFailure.nonRetryable('empty', 'Empty');
      },
    });
    await sleep(1000);
    return 'done';
  });
}

/** The handler fails while the body already ends, and waits for something else. */
export async function HandlerFailsLate(close: 'return' | 'close'): Promise<string> {
  return workflowRun(async (run) => {
    run.onSignal(ping, (text) => {
      throw ApplicationFailure.nonRetryable(text, 'Refused');
    });
    run.onSignal(pong, async (text) => void (await Work(text)));
    run.detach('Payments.Hold', () => payments.startOperation('Hold', 'x'));
    await condition(() => true);
    return close === 'close' ? run.close('done') : 'done';
  });
}
