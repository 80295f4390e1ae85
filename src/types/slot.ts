/** What the tables of slots are made of. */
import type { SourceFile, Span } from '../source.js';
import type { Head } from './heads.js';

export type Slot = number;

/** A place in the source. */
export interface Origin {
  readonly file: SourceFile;
  readonly span: Span;
}

/** Where a record is made. */
export interface Construction {
  /** The fields that it is given, each with the place of its name, where it has one. */
  readonly fields: ReadonlyMap<string, Span | undefined>;
  readonly origin: Origin;
}

/** A record type: one of the program's names, or one that is only known by its fields. */
export interface RecordShape {
  /** Undefined while it is only known by its fields. */
  name: string | undefined;
  readonly fields: Map<string, Slot>;
  /** Its fields are declared: it has no others. */
  closed: boolean;
  /** Each `R{…}`: the fields it gives. */
  readonly constructions: Construction[];
  /** Fields that are assigned somewhere. */
  readonly written: Set<string>;
  /** Where the program first mentions it. */
  readonly origin: Origin;
  /** The record that it has turned out to be. */
  sameAs: number | undefined;
  readonly holders: Slot[];
}

/** A type whose values are the names of its members. */
export interface EnumShape {
  readonly name: string;
  readonly members: readonly string[];
  readonly origin: Origin;
}

export type ChildKey = 'item' | 'key' | 'value' | 'result' | number;

export interface Access {
  readonly name: string;
  readonly use: Slot;
  readonly write: boolean;
  readonly origin: Origin;
  /** The heads whose fields it is linked to. */
  linked: readonly Head[];
}

/** `xs[i]`: of a list its item, of a map its value. */
export interface IndexRead {
  readonly index: Slot;
  readonly use: Slot;
  readonly origin: Origin;
  /** It has turned out to be that of a map. */
  isKey: boolean;
}

/** Where a value turned out to be of a kind that what is done with it does not go with. */
export interface Mistake {
  readonly origin: Origin;
  /** Of a field, the name; of an operator, its sign; undefined for an index. */
  readonly name: string | undefined;
  readonly operands: readonly { readonly slot: Slot; readonly head: Head }[];
}

/** How a slot is used, and what it is only because nothing says otherwise: bits of one number. */
export const Trait = {
  /** Used as a condition. */
  tested: 1,
  /** Used as a text, or read as a number. */
  printed: 2,
  /** Used as a number. */
  counted: 4,
  /** An int only because nothing says otherwise. */
  defaulted: 8,
  /** What is read here is known to be there: no absence comes in. */
  present: 16,
  /** What is known to be there comes in, and what that may be instead: lists in it are the same lists. */
  same: 32,
} as const;

/** More of the bits, above those of the traits. */
export const State = {
  /** Annotated. */
  wall: 256,
  /** A list, map, tuple or handle is given or needed: there is something inside. */
  composite: 512,
  /** It waits to be spread. */
  queued: 1024,
} as const;

/** What only some slots have. */
export class Details {
  accesses: Access[] | undefined;
  indexes: IndexRead[] | undefined;
  children: Partial<Record<ChildKey, Slot>> | undefined;
  arity = 0;

  constructor(
    /** What it is inside of. */
    readonly parent: Slot | undefined,
    /** How deep inside of lists, maps and handles it is. */
    readonly depth: number,
  ) {}
}
