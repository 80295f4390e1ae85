import type { Span } from '../../source.js';

/** What every node has. */
export interface NodeBase {
  readonly span: Span;
}

/** An identifier where it is declared or used as a name (not as a value: that is a NameExpr). */
export interface Name extends NodeBase {
  readonly kind: 'Name';
  /** Empty where recovery put it in. Of something in another package it has two parts: `payments.Charge`. */
  readonly text: string;
}

/** Which of the two ways of writing it the author chose, where there are two: they mean the same. */
export type Dialect = 'classic' | 'current';
