import { sleep } from '@temporalio/workflow';
import { all, allOf, type AllOptions } from '../../workflow/index.js';
import { payments, Work } from './shared.js';

export async function AllBranches(options?: AllOptions): Promise<unknown> {
  try {
    return await all([() => Work('a'), () => payments.executeOperation('Hold', 'x'), () => sleep(1000)], options);
  } catch (error) {
    return `raised ${(error as Error).message}`;
  }
}

/** Not caught: a cancellation of the workflow stays one. */
export async function AllUncaught(): Promise<unknown> {
  return await all([() => Work('a'), () => Work('b')]);
}

export async function AllCollected(): Promise<unknown> {
  const [first, second] = await all([() => Work('a'), () => Work('b')], { onFailure: 'collect' });
  return { first, second: second ?? 'none' };
}

export async function AllOfItems(items: string[], maxConcurrent?: number): Promise<string[]> {
  return await allOf(items, (item) => Work(item), maxConcurrent === undefined ? {} : { maxConcurrent });
}

/** Which branches have begun when one of them has failed. */
export async function AllBegun(): Promise<string[]> {
  const begun: string[] = [];
  const branch = async (name: string) => {
    begun.push(name);
    await Work(name);
  };
  await allOf(['a', 'b', 'c'], branch, { maxConcurrent: 2 }).catch(() => undefined);
  return begun;
}

export async function AllFault(): Promise<unknown> {
  const fault = async () => {
    await sleep(1000);
    throw new TypeError('a fault');
  };
  return await all([() => Work('a'), fault], { onFailure: 'wait' });
}
