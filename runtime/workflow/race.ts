import { condition } from '@temporalio/workflow';
import type { Passive, Spawned } from './handle.js';
import { Inbox } from './inbox.js';
import { applied } from './scope.js';

/** A case of a race: something to start, or something to look at. */
export type Case = (() => Promise<unknown>) | Passive<unknown> | Inbox<any>;

type Value<C> =
  C extends Inbox<infer Args> ? Args : C extends Passive<infer T> ? T : C extends () => Promise<infer T> ? T : never;

/** The case that won, and what it gave: switch on `case`, and `value` has its type. */
export type Winner<Cases> = {
  [Name in keyof Cases]: { readonly case: Name; readonly value: Value<Cases[Name]> };
}[keyof Cases];

type Start = (call: () => Promise<unknown>) => Spawned<unknown>;

/** A case while the race goes on. */
interface Contender extends Passive<unknown> {
  start?(): void;
  /** The race is over. */
  leave?(): void;
}

/** `WorkflowRun.race`, given what starts a case. */
export async function race<Cases extends Record<string, Case>>(cases: Cases, start: Start): Promise<Winner<Cases>> {
  const contenders = Object.entries(cases).map(([name, given]) => ({ name, contender: contender(given, start) }));
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

function contender(given: Case, start: Start): Contender {
  if (given instanceof Inbox) return given.queue();
  if (typeof given !== 'function') return given;
  let started: Spawned<unknown> | undefined;
  return {
    get ready() {
      return started?.done ?? false;
    },
    take: () => started!.take(),
    start: () => (started ??= start(given)),
    leave: () => started?.cancel(),
  };
}
