import { ApplicationFailure, condition, setHandler, sleep } from '@temporalio/workflow';
import { all, until, workflowRun } from '../../workflow/index.js';
import { deepSleep, payments, ping, pong, requested, Work } from './shared.js';

/** An operation, a child of time, and a signal; what follows the race takes a while. */
export async function RaceOperation(afterwards?: number): Promise<string> {
  return workflowRun(async (run) => {
    const pings = run.inbox(ping);
    const first = await run.race({
      operation: () => payments.executeOperation('Hold', 'x', requested),
      ping: pings,
      timer: () => sleep(1000),
    });
    if (afterwards !== undefined) await sleep(afterwards);
    switch (first.case) {
      case 'operation':
        return `operation ${first.value}`;
      case 'ping':
        return `ping ${first.value[0]}`;
      case 'timer':
        return 'timer';
    }
  });
}

/** The losers go on: what lives elsewhere beyond the end, the rest until then. */
export async function RaceAbandoning(afterwards: number): Promise<string> {
  return workflowRun(async (run) => {
    const first = await run.race(
      {
        operation: { start: () => payments.startOperation('Hold', 'x') },
        activity: () => Work('a'),
        timer: () => sleep(1000),
      },
      { losers: 'abandon' },
    );
    await sleep(afterwards);
    return first.case === 'timer' ? 'timer' : `${first.case} ${first.value}`;
  });
}

export async function RaceFailing(): Promise<string> {
  return workflowRun(async (run) => {
    try {
      const first = await run.race({ activity: () => Work('a'), timer: () => sleep(1000) });
      return first.case;
    } catch (error) {
      return `raised ${(error as Error).message}`;
    }
  });
}

/** What is ready wins before anything starts, whatever stands before it. */
export async function RacePassive(): Promise<string[]> {
  return workflowRun(async (run) => {
    const pings = run.inbox(ping);
    const work = run.spawn(() => Work('a'));
    await condition(() => work.done && pings.arrivals.length > 0);
    const start = () => sleep(1000);
    const byHandle = await run.race({ start, work });
    const bySignal = await run.race({ start, ping: pings });
    const byCondition = await run.race({ start, always: until(() => true) });
    return [byHandle.case, bySignal.case, byCondition.case];
  });
}

/** Everything becomes ready in one activation; the first case takes the most promises to be so. */
export async function RaceTie(): Promise<string[]> {
  return workflowRun(async (run) => {
    let ponged = false;
    const pings = run.inbox(ping);
    setHandler(pong, () => {
      ponged = true;
    });
    const first = await run.race({
      deep: () => deepSleep(1000),
      ponged: until(() => ponged),
      ping: pings,
      shallow: () => sleep(1000),
    });
    const [text] = await pings.next();
    return [first.case, text];
  });
}

/** A race that begins in the activation that brings an arrival. */
export async function RaceBegun(): Promise<string> {
  return workflowRun(async (run) => {
    const pings = run.inbox(ping, async () => {
      for (let i = 0; i < 10; i++) await Promise.resolve();
    });
    await sleep(1000);
    const first = await run.race({ activity: () => Work('a'), ping: pings });
    return first.case;
  });
}

/** A flag that is set and unset in one activation is not seen. */
export async function RaceFlag(): Promise<string> {
  return workflowRun(async (run) => {
    let flag = false;
    setHandler(ping, () => {
      flag = true;
    });
    setHandler(pong, () => {
      flag = false;
    });
    const first = await run.race({ flag: until(() => flag), timer: () => sleep(1000) });
    return first.case;
  });
}

/** A handle that loses goes on. */
export async function RaceHandle(): Promise<string> {
  return workflowRun(async (run) => {
    const work = run.spawn(() => Work('a'));
    const first = await run.race({ work, timer: () => sleep(1000) });
    return `${first.case}, then ${await work.result()}`;
  });
}

/** Three wait for one signal: two in races, one directly. */
export async function RaceWaiters(): Promise<string[]> {
  return workflowRun(async (run) => {
    const pings = run.inbox(ping);
    const race = async () => {
      const first = await run.race({ ping: pings, timer: () => sleep(5000) });
      return first.case === 'ping' ? first.value[0] : first.case;
    };
    return await all([race, async () => (await pings.next())[0], race]);
  });
}

/** A loser that fails while the body goes on. */
export async function RaceLateFailure(): Promise<string> {
  return workflowRun(async (run) => {
    const failing = async () => {
      try {
        await sleep(5000);
      } catch {
        throw ApplicationFailure.nonRetryable('late', 'Late');
      }
    };
    await run.race({ failing, timer: () => sleep(1000) });
    await sleep(1000);
    return 'done';
  });
}
