/** One difference between two contracts. */
export interface Change {
  readonly kind: 'breaking' | 'compatible';
  /** `PaymentsService.Charge input.amount`. */
  readonly where: string;
  /** On the wire; of a change of an endpoint, undefined. */
  readonly service?: string;
  readonly operation?: string;
  /** What has changed, and what follows from it. */
  readonly what: string;
}

export function breaking(where: string, what: string): Change {
  return { kind: 'breaking', where, what };
}

export function compatible(where: string, what: string): Change {
  return { kind: 'compatible', where, what };
}
