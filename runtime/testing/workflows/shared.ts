import { defineSignal, defineUpdate, proxyActivities, sleep } from '@temporalio/workflow';
import { operation, service } from 'nexus-rpc';
import { nexusClient } from '../../workflow/index.js';

export const PaymentsService = service('PaymentsService', {
  Hold: operation<string, string>(),
  Quote: operation<string, string>(),
});

export const payments = nexusClient({ endpoint: 'Payments', service: PaymentsService });

export const { Work } = proxyActivities<{ Work(what: string): Promise<string> }>({ startToCloseTimeout: '1m' });

export const ping = defineSignal<[text: string]>('Ping');
export const pong = defineSignal<[text: string]>('Pong');
export const poke = defineUpdate<string, [text: string]>('Poke');

/** For the cases of a race. */
export const requested = { cancellationType: 'WAIT_CANCELLATION_REQUESTED' } as const;

/** The same as `sleep`, a few promises further away. */
export async function deepSleep(milliseconds: number): Promise<void> {
  await sleep(milliseconds);
  for (let i = 0; i < 10; i++) await Promise.resolve();
}
