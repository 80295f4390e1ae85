import type { ChildWorkflowHandle, NexusOperationHandle } from '@temporalio/workflow';
import { expectTypeOf } from 'vitest';
import { type Maybe, present } from '../value/index.js';
import { all, allOf, type Handle, type Inbox, until, type WorkflowRun, workflowRun } from '../workflow/index.js';

// What generated code relies on without a cast. Nothing of this runs: that it compiles is the test.

declare const run: WorkflowRun;
declare const inbox: Inbox<[text: string, count: number]>;
declare const startOperation: () => Promise<NexusOperationHandle<{ id: string }>>;
declare const startChild: () => Promise<ChildWorkflowHandle<(id: string) => Promise<number>>>;

/** The declared result reaches into the body: what is returned there needs no type of its own. */
export async function bodies(count: number): Promise<{ state: 'open' | 'closed'; note?: string }> {
  return workflowRun(async (own) => {
    expectTypeOf(own).toEqualTypeOf<WorkflowRun>();
    if (count > 1) return own.close({ state: 'open' });
    return { state: 'closed', note: 'x' };
  });
}

export async function loops(count: number): Promise<void> {
  return workflowRun(async (own) => {
    if (count > 1) return await own.continueAsNew<typeof loops>(count - 1);
  });
}

export async function races(handle: Handle<Date>) {
  const first = await run.race({
    call: async () => 'x',
    nothing: async () => undefined,
    inbox,
    handle,
    always: until(() => true),
  });
  expectTypeOf(first.case).toEqualTypeOf<'call' | 'nothing' | 'inbox' | 'handle' | 'always'>();
  switch (first.case) {
    case 'call':
      return first.value.length;
    case 'nothing':
      return expectTypeOf(first.value).toEqualTypeOf<undefined>();
    case 'inbox': {
      const [text, count] = first.value;
      return text.length + count;
    }
    case 'handle':
      return first.value.getTime();
    case 'always':
      return expectTypeOf(first.value).toEqualTypeOf<void>();
  }
}

export async function handles() {
  expectTypeOf(run.start(startOperation)).toEqualTypeOf<Handle<{ id: string }>>();
  expectTypeOf(run.start(startChild)).toEqualTypeOf<Handle<number>>();
  expectTypeOf(run.spawn(async () => 1)).toEqualTypeOf<Handle<number>>();
  expectTypeOf(run.spawn(() => inbox.next())).toEqualTypeOf<Handle<[text: string, count: number]>>();
  const started: Handle<number>[] = [];
  started.push(run.start(startChild));
  expectTypeOf(await allOf(started, (handle) => handle.result())).toEqualTypeOf<number[]>();
}

export async function branches(limit: number) {
  const [text, count] = await all([async () => 'x', async () => 1]);
  expectTypeOf(text).toEqualTypeOf<string>();
  expectTypeOf(count).toEqualTypeOf<number>();
  const [maybe] = await all([async () => 'x'], { onFailure: 'collect', maxConcurrent: limit });
  expectTypeOf(maybe).toEqualTypeOf<string | undefined>();
  const collected: Maybe<string>[] = await allOf([1, 2], async (one) => `${one}`, { onFailure: 'collect' });
  return collected;
}

export function closes(text: string) {
  expectTypeOf(run.close(text)).toEqualTypeOf<string>();
  expectTypeOf(run.close()).toEqualTypeOf<void>();
}

export function reads(text: Maybe<string>, list: number[], anything: any, some: unknown) {
  expectTypeOf(present(text, 'text')).toEqualTypeOf<string>();
  expectTypeOf(present(list[0], 'list[0]')).toEqualTypeOf<number>();
  expectTypeOf(present(anything, 'anything')).toBeAny();
  return present(some, 'some');
}
