/**
 * Text that knows where it may be broken. The algebra is the one of Prettier, since its layout is the one that we
 * print: a group stays on one line if it fits, and otherwise breaks all its own lines.
 */
import type { Origin } from '../origin.js';

export type Doc = string | Concat | Indent | Line | Group | IfBreak | IndentIfBreak | Mapped | Suffix | Imported;

interface Concat {
  readonly kind: 'concat';
  readonly parts: readonly Doc[];
  readonly breaks: boolean;
}

interface Indent {
  readonly kind: 'indent';
  readonly of: Doc;
  readonly breaks: boolean;
}

interface Line {
  readonly kind: 'line';
  /** What it is when it is not broken; `hard` always is, and breaks every group around it. */
  readonly flat: ' ' | '' | 'hard';
  readonly breaks: boolean;
}

interface Group {
  readonly kind: 'group';
  readonly of: Doc;
  /** Ways to lay it out, from the flattest to the most broken: the first that fits is taken. */
  readonly states: readonly Doc[] | undefined;
  readonly broken: boolean;
  readonly id: symbol | undefined;
  readonly breaks: boolean;
}

interface IfBreak {
  readonly kind: 'ifBreak';
  readonly broken: Doc;
  readonly flat: Doc;
  /** Of the group that is looked at; otherwise the one around. */
  readonly id: symbol | undefined;
  readonly breaks: boolean;
}

interface IndentIfBreak {
  readonly kind: 'indentIfBreak';
  readonly of: Doc;
  readonly id: symbol;
  readonly breaks: boolean;
}

/** What is printed for some place of the source. */
interface Mapped {
  readonly kind: 'mapped';
  readonly of: Doc;
  readonly at: Origin;
  readonly breaks: boolean;
}

/** Goes to the end of the line, and takes no room: a comment. */
interface Suffix {
  readonly kind: 'suffix';
  readonly text: string;
  readonly breaks: false;
}

/** A name of another module: it is imported where it is used, and called so as to collide with nothing. */
export interface Imported {
  readonly kind: 'imported';
  readonly module: string;
  readonly name: string;
  readonly typeOnly: boolean;
  readonly breaks: false;
}

/** Whether it holds a line break that is certain, so that what is around it breaks as well. */
export function breaks(doc: Doc): boolean {
  return typeof doc !== 'string' && doc.breaks;
}

export function concat(...parts: readonly Doc[]): Doc {
  return { kind: 'concat', parts, breaks: parts.some(breaks) };
}

export function join(separator: Doc, parts: readonly Doc[]): Doc {
  return concat(...parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part])));
}

export function indent(...parts: readonly Doc[]): Doc {
  const of = concat(...parts);
  return { kind: 'indent', of, breaks: breaks(of) };
}

export const line: Doc = { kind: 'line', flat: ' ', breaks: false };
export const softline: Doc = { kind: 'line', flat: '', breaks: false };
export const hardline: Doc = { kind: 'line', flat: 'hard', breaks: true };
/** Breaks what is around it, and prints nothing. */
export const breakParent: Doc = { kind: 'concat', parts: [], breaks: true };

export function group(of: Doc, { broken = false, id }: { broken?: boolean; id?: symbol } = {}): Doc {
  const forced = broken || breaks(of);
  return { kind: 'group', of, states: undefined, broken: forced, id, breaks: forced };
}

/** The first of several layouts that fits. A break inside it is no reason for what is around it to break. */
export function oneOf(...states: readonly [Doc, ...Doc[]]): Doc {
  return { kind: 'group', of: states[0], states, broken: false, id: undefined, breaks: false };
}

export function ifBreak(broken: Doc, flat: Doc = '', id?: symbol): Doc {
  return { kind: 'ifBreak', broken, flat, id, breaks: breaks(broken) || breaks(flat) };
}

export function indentIfBreak(of: Doc, id: symbol): Doc {
  return { kind: 'indentIfBreak', of, id, breaks: breaks(of) };
}

export function mapped(of: Doc, at: Origin | undefined): Doc {
  return at ? { kind: 'mapped', of, at, breaks: breaks(of) } : of;
}

export function suffix(text: string): Doc {
  return { kind: 'suffix', text, breaks: false };
}

/** The same on one line: for places where a break would be worse than a long line. */
export function flattened(doc: Doc): Doc {
  if (typeof doc === 'string') return doc;
  switch (doc.kind) {
    case 'line':
      return doc.flat === 'hard' ? doc : doc.flat;
    case 'concat':
      return concat(...doc.parts.map(flattened));
    case 'group':
      return group(flattened(doc.states?.[0] ?? doc.of));
    case 'ifBreak':
      return flattened(doc.flat);
    case 'indent':
    case 'indentIfBreak':
      return flattened(doc.of);
    case 'mapped':
      return mapped(flattened(doc.of), doc.at);
    default:
      return doc;
  }
}
