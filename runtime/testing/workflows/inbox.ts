import { ApplicationFailure, defineSignal, defineUpdate, sleep } from '@temporalio/workflow';
import { workflowRun } from '../../workflow/index.js';
import { payments, ping, pong, Work } from './shared.js';

/** What a handler is still doing has not arrived. */
export async function InboxOrder(): Promise<string[]> {
  return workflowRun(async (run) => {
    const pings = run.inbox(ping, async (text) => {
      if (text !== 'quick') await Work(text);
    });
    return [(await pings.next())[0], (await pings.next())[0]];
  });
}

export const take = defineUpdate<string, [text: string]>('Take');

/** Takes what updates bring, in the order in which they have been answered. */
export async function InboxUpdates(first: boolean): Promise<string[]> {
  return workflowRun(async (run) => {
    const taken = run.updateInbox(take, async (text) => {
      if (text === 'slow') await Work(text);
      if (text === 'bad') throw ApplicationFailure.nonRetryable('not this one', 'Bad');
      return `took ${text}`;
    });
    if (first) {
      await sleep(1000);
      return await run.continueAsNew<typeof InboxUpdates>(false);
    }
    return [(await taken.next())[0], (await taken.next())[0]];
  });
}

export const weigh = defineSignal<[unit?: string]>('Weigh');
export const fetch = defineUpdate<string, [what: string, count?: number]>('Fetch');

/** What is left out is filled in, and travels so to the next run. */
export async function InboxFilled(first: boolean): Promise<string> {
  return workflowRun(async (run) => {
    const units = run.inbox(weigh, undefined, { fill: (unit = 'kg') => [unit] });
    const fetched = run.updateInbox(fetch, async (what, count = 1) => `${what} ${count}`, {
      fill: (what, count = 1) => [what, count],
    });
    if (first) {
      await sleep(1000);
      return await run.continueAsNew<typeof InboxFilled>(false);
    }
    const [unit] = await units.next();
    const [what, count] = await fetched.next();
    return `${unit.length} ${what} ${count.toFixed(1)}`;
  });
}

/** Consumes one arrival per run. */
export async function InboxLoop(round: number): Promise<string> {
  return workflowRun(async (run) => {
    const pings = run.inbox(ping);
    run.inbox(pong);
    const [text] = await pings.next();
    if (text === 'stop') return `stopped in round ${round}`;
    return await run.continueAsNew<typeof InboxLoop>(round + 1);
  });
}

export const files = defineSignal<[content: Uint8Array]>('Files');

/** Bytes arrive; the next run gets them as they were. */
export async function InboxBytes(next: boolean): Promise<string> {
  return workflowRun(async (run) => {
    const contents = run.inbox(files);
    if (!next) await sleep(1000);
    if (!next) return await run.continueAsNew<typeof InboxBytes>(true);
    const [content] = await contents.next();
    return `${content instanceof Uint8Array} ${content.join()}`;
  });
}

export async function InboxPending(how: 'spawn' | 'start' | 'awaited' | 'awaiting' | 'cancelled'): Promise<string> {
  return workflowRun(async (run) => {
    run.inbox(ping);
    const handle = how === 'start' ? run.start(() => payments.startOperation('Hold', 'x')) : run.spawn(() => Work('a'));
    await sleep(1000);
    if (how === 'awaited') await handle.result();
    if (how === 'awaiting') void handle.result().catch(() => undefined);
    if (how === 'cancelled') handle.cancel();
    return await run.continueAsNew<typeof InboxPending>('spawn');
  });
}
