/** Options, wherever they stand. */
import type { Expr } from './expressions.js';
import type { Name, NodeBase } from './node.js';

export interface OptionBlock extends NodeBase {
  readonly kind: 'OptionBlock';
  readonly entries: readonly OptionEntry[];
}

export interface OptionEntry extends NodeBase {
  readonly kind: 'OptionEntry';
  readonly key: Name;
  readonly value: OptionValue;
}

/** An expression; a nested block (`retry_policy: {…}`); or bare words (`- orders`, `payments-worker`). */
export type OptionValue = Expr | OptionBlock | WordList | Word;

export interface WordList extends NodeBase {
  readonly kind: 'WordList';
  readonly words: readonly Word[];
}

/** The name of a namespace, task queue or service, which needs no quotes: `payments-worker`. */
export interface Word extends NodeBase {
  readonly kind: 'Word';
  readonly text: string;
}
