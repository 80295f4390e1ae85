/**
 * A head is the outermost part of a type: a scalar, a list, a named record. The solver knows types only as sets of
 * heads; what is inside a list or a record stands in slots of its own.
 */
export const Head = {
  bool: 0,
  int: 1,
  float: 2,
  decimal: 3,
  string: 4,
  bytes: 5,
  duration: 6,
  time: 7,
  any: 8,
  unknown: 9,
  void: 10,
  /** Declared with `T?`: it may be absent. */
  null: 11,
  /** Found to be absent: `null` is assigned, or some construction leaves it out. */
  missing: 12,
  /** A numeric literal takes the type of its context. */
  intLiteral: 13,
  floatLiteral: 14,
  list: 15,
  map: 16,
  tuple: 17,
  handle: 18,
  error: 19,
  /** A text without holes, where the program has enums: it takes the type of its context. */
  textLiteral: 20,
} as const;

export type Head = number;

/** Heads from here on are records: the head is `firstRecord` plus the index of the record. */
export const firstRecord = 32;

/** Heads from here on are enums. */
export const firstEnum = 1 << 29;

export const isRecord = (head: Head): boolean => head >= firstRecord && head < firstEnum;
export const isEnum = (head: Head): boolean => head >= firstEnum;
/** What is a text on the wire, and may be joined to others. */
export const isText = (head: Head): boolean => head === Head.string || head === Head.textLiteral || isEnum(head);
export const isAbsence = (head: Head): boolean => head === Head.null || head === Head.missing;
export const isNumeric = (head: Head): boolean =>
  head === Head.int ||
  head === Head.float ||
  head === Head.decimal ||
  head === Head.intLiteral ||
  head === Head.floatLiteral;

export const isNumericLiteral = (head: Head): boolean => head === Head.intLiteral || head === Head.floatLiteral;

/** What a numeric literal is, by what it is used as. */
export function settledNumber(literal: Head, needs: readonly Head[]): Head {
  if (literal === Head.intLiteral && needs.includes(Head.int)) return Head.int;
  if (needs.includes(Head.decimal) && !needs.includes(Head.float)) return Head.decimal;
  if (needs.includes(Head.float)) return Head.float;
  return literal === Head.intLiteral ? Head.int : Head.float;
}

/** Heads with slots of their own inside. */
export const isComposite = (head: Head): boolean => head >= Head.list && head <= Head.handle;

/** What can be read of values that are no records, by its name. */
export function memberOf(head: Head, name: string): readonly Head[] | undefined {
  if (name === 'length' && hasLength(head)) return [Head.int];
  if (head !== Head.handle) return undefined;
  return name === 'done' ? [Head.bool] : name === 'token' ? [Head.string, Head.missing] : undefined;
}

function hasLength(head: Head): boolean {
  return head === Head.list || head === Head.map || head === Head.string || head === Head.textLiteral;
}

/** Heads that say nothing about what a slot is: they decide nothing, and need nothing. */
export const isOpaque = (head: Head): boolean => head === Head.any || head === Head.unknown || head === Head.error;

/** The scalar types that can be written down, by every name they have. */
export const scalarNames: ReadonlyMap<string, Head> = new Map(
  Object.entries({
    bool: Head.bool,
    boolean: Head.bool,
    int: Head.int,
    float: Head.float,
    number: Head.float,
    decimal: Head.decimal,
    string: Head.string,
    bytes: Head.bytes,
    duration: Head.duration,
    time: Head.time,
    timestamp: Head.time,
    any: Head.any,
    unknown: Head.unknown,
    void: Head.void,
  }),
);

/** Records that the runtime makes. */
export type ProvidedType = 'NexusCallerInfo' | 'WorkflowExecutionInfo';

const provided: ReadonlySet<string> = new Set<ProvidedType>(['NexusCallerInfo', 'WorkflowExecutionInfo']);

export const isProvidedType = (name: string): name is ProvidedType => provided.has(name);

/** Whether the language itself calls a type so. */
export function isBuiltInType(name: string): boolean {
  return scalarNames.has(name) || name === 'map' || isProvidedType(name);
}

/** The one number type that holds both, or undefined: a float and a decimal never meet. */
export function joinNumbers(a: Head, b: Head): Head | undefined {
  if (a === b) return a;
  if (a === Head.intLiteral) return b;
  if (b === Head.intLiteral) return a;
  const [low, high] = a < b ? [a, b] : [b, a];
  if (low === Head.int && high === Head.floatLiteral) return Head.float;
  if (low === Head.int) return high;
  if (high === Head.floatLiteral) return low;
  return undefined;
}

/** The one text type that holds all: the members of an enum are texts, and a literal may be one of them. */
export function joinTexts(heads: readonly Head[]): Head | undefined {
  if (heads.includes(Head.string)) return Head.string;
  const [first, ...others] = new Set(heads.filter(isEnum));
  return others.length > 0 ? undefined : (first ?? Head.textLiteral);
}
