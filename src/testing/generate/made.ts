/** What a statement is made as. */
import type { Frame, Known } from './frame.js';
import type { Lines } from './lines.js';

/** Lines, and what is known after them: undefined if no path leads there. */
export interface Written {
  readonly lines: Lines;
  readonly known: readonly Known[] | undefined;
}

/** Makes a statement of one kind; undefined where none can stand. */
export type Make = (frame: Frame) => Written | undefined;
