import { condition } from '@temporalio/workflow';
import type { Life, Passive, Spawned, Started } from './handle.js';
import { Inbox } from './inbox.js';
import { applied } from './scope.js';

/** An operation or a child workflow that goes on if another case wins: `start` gives the SDK's handle. */
export interface Going<T> {
  start(): Promise<Started<T>>;
}

/** A case of a race: something to start, or something to look at. */
export type Case = (() => Promise<unknown>) | Going<unknown> | Passive<unknown> | Inbox<any>;

/** What becomes of the cases that were started and did not win. */
export interface RaceOptions {
  readonly losers?: 'cancel' | 'abandon';
}

type Value<C> =
  C extends Inbox<infer Args>
    ? Args
    : C extends Passive<infer T>
      ? T
      : C extends Going<infer T>
        ? T
        : C extends () => Promise<infer T>
          ? T
          : never;

/** The case that won, and what it gave: switch on `case`, and `value` has its type. */
export type Winner<Cases> = {
  [Name in keyof Cases]: { readonly case: Name; readonly value: Value<Cases[Name]> };
}[keyof Cases];

type Start = (call: () => Promise<unknown>, life: Life) => Spawned<unknown>;

/** A case while the race goes on. */
interface Contender extends Passive<unknown> {
  start?(): void;
  /** The race is over. */
  leave?(): void;
}

/** `WorkflowRun.race`, given what starts a case. */
export async function race<Cases extends Record<string, Case>>(
  cases: Cases,
  { losers = 'cancel' }: RaceOptions,
  start: Start,
): Promise<Winner<Cases>> {
  const contenders = Object.entries(cases).map(([name, given]) => ({
    name,
    contender: contender(given, losers, start),
  }));
  const first = () => contenders.find(({ contender }) => contender.ready);
  try {
    for (;;) {
      await applied();
      const winner = first();
      if (winner) return { case: winner.name, value: winner.contender.take() } as Winner<Cases>;
      for (const { contender } of contenders) contender.start?.();
      await condition(() => first() !== undefined);
    }
  } finally {
    for (const { contender } of contenders) contender.leave?.();
  }
}

function contender(given: Case, losers: 'cancel' | 'abandon', start: Start): Contender {
  if (given instanceof Inbox) return given.queue();
  if (typeof given !== 'function' && !('start' in given)) return given;
  let started: Spawned<unknown> | undefined;
  return {
    get ready() {
      return started?.done ?? false;
    },
    take: () => started!.take(),
    start: () =>
      (started ??= typeof given === 'function' ? start(given, 'contender') : start(() => given.start(), 'independent')),
    leave: () => (losers === 'cancel' ? started?.cancel() : undefined),
  };
}
