/** The types of TWF, as the checker decides them and the emitter prints them (grammar/README.md, "Types"). */
export type Type =
  | { readonly kind: ScalarKind }
  /** A record that the program names, declared or not. */
  | { readonly kind: 'named'; readonly type: NamedType }
  /** A text that is the name of a member. */
  | { readonly kind: 'enum'; readonly type: EnumType }
  | { readonly kind: 'list'; readonly item: Type }
  | { readonly kind: 'map'; readonly key: Type; readonly value: Type }
  | { readonly kind: 'tuple'; readonly items: readonly Type[] }
  /** `T?`: null and absent are the same. */
  | { readonly kind: 'optional'; readonly of: Type }
  /** At most eight members, sorted by how they print. */
  | { readonly kind: 'union'; readonly members: readonly Type[] }
  /** A started call: its result. */
  | { readonly kind: 'handle'; readonly result: Type };

export type ScalarKind =
  | 'bool'
  | 'int'
  | 'float'
  | 'decimal'
  | 'string'
  | 'bytes'
  | 'duration'
  | 'time'
  | 'any'
  /** Nothing is known about it: it may be stored, passed on, compared and printed. */
  | 'unknown'
  | 'void'
  | 'null'
  /** A mistake has been reported here: fits everything, and silences what follows from it. */
  | 'error';

/** A named type that the program uses. Names are nominal: two types with the same fields are two types. */
export interface NamedType {
  readonly name: string;
  /**
   * Undefined when nothing about it is known: it prints as `unknown`. No fields at all means that it is only ever
   * constructed empty: it prints as a record of unknown values.
   */
  readonly fields: readonly Field[] | undefined;
  /** By a `type`, with all its fields; otherwise it is what its uses say. */
  readonly declared: boolean;
  /** The program itself calls it so; otherwise it is only known by its fields. */
  readonly named: boolean;
}

export interface EnumType {
  readonly name: string;
  readonly members: readonly string[];
}

export interface Field {
  readonly name: string;
  readonly type: Type;
  /** Some construction leaves it out, and nothing fills it in later. */
  readonly optional: boolean;
}

/** What a value is, if it is there. */
export function withoutAbsence(type: Type): Type {
  return type.kind === 'optional' ? type.of : type;
}
