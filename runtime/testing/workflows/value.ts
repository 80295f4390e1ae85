import { timer } from '../../workflow/index.js';
import { addToTime, decimal, intQuotient, present, quotient } from '../../value/index.js';

export async function ValueTimer(duration: number): Promise<string> {
  await timer(duration);
  return 'done';
}

/** What is wrong with a value fails the workflow, not the workflow task. */
export async function ValueFailures(which: 'missing' | 'int' | 'decimal'): Promise<unknown> {
  if (which === 'missing') return present<string>(undefined, 'order.note');
  return which === 'int' ? intQuotient(1, 0) : quotient('1', '0').toFixed();
}

/** The helpers work in the sandbox, whose dates are not the host's. */
export async function ValueComputed(): Promise<string[]> {
  return [decimal('0.1').plus('0.2').toFixed(), addToTime('2026-01-02T03:04:05+02:00', 500)];
}
