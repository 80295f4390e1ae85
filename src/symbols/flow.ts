/** What the walk over a unit finds out beside the uses of names. */
import type { ForStmt, NameExpr, Stmt } from '../syntax/ast.js';
import type { Block } from './blocks.js';
import type { Name } from './name-set.js';

export interface Collected {
  readonly inner: Name;
  readonly outer: Name;
  /** Every path through the body gives it a value. */
  readonly certain: boolean;
}

export interface FanOutNames {
  readonly loop: ForStmt;
  readonly body: Block;
  /** Bound inside, itself a list if by a fan-out in this one; `outer` is the list of all its values after the block. */
  readonly collected: readonly Collected[];
  /** Where the block stands that it is a branch of. */
  readonly within: Block;
  readonly index: number;
  /** Its block goes on beside the unit. */
  readonly started: boolean;
}

export type Cleanup = 'finally' | 'catch CancelledError';

export type FlowProblem =
  | { readonly kind: 'leaves-branch'; readonly at: Stmt; readonly what: string }
  | { readonly kind: 'outside-loop'; readonly at: Stmt; readonly what: string }
  /** Out of what has to be done to its end: under `finally`, or when the workflow is cancelled. */
  | { readonly kind: 'leaves-cleanup'; readonly at: Stmt; readonly what: string; readonly where: Cleanup }
  | { readonly kind: 'read-of-sibling'; readonly at: NameExpr }
  | { readonly kind: 'too-early'; readonly at: NameExpr; readonly name: Name }
  | { readonly kind: 'fan-out-name-exists'; readonly at: NameExpr; readonly other: NameExpr | undefined }
  | { readonly kind: 'unreachable'; readonly at: Stmt };
