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
} as const;

export type Head = number;

/** Heads from here on are records: the head is `firstRecord` plus the index of the record. */
export const firstRecord = 32;

export const isRecord = (head: Head): boolean => head >= firstRecord;
export const isAbsence = (head: Head): boolean => head === Head.null || head === Head.missing;
export const isNumeric = (head: Head): boolean =>
  head === Head.int ||
  head === Head.float ||
  head === Head.decimal ||
  head === Head.intLiteral ||
  head === Head.floatLiteral;

/** Heads with slots of their own inside. */
export const isComposite = (head: Head): boolean => head >= Head.list && head <= Head.handle;

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
    void: Head.void,
  }),
);

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

const most = 8;

interface Entry<Origin> {
  readonly head: Head;
  readonly origin: Origin;
  next: Entry<Origin> | undefined;
}

/**
 * A small set of heads, each with the place that it comes from, in the order in which they came. Most slots have one head,
 * and many have none: a set is a list of links, and all empty ones are the same.
 */
export class HeadSet<Origin> {
  static readonly none = new HeadSet<never>(undefined);

  private constructor(private readonly first: Entry<Origin> | undefined) {}

  /** The set with one head more, which it must not have; a set that is not empty is changed in place. */
  with(head: Head, origin: Origin): HeadSet<Origin> {
    const entry = { head, origin, next: undefined };
    if (!this.first) return new HeadSet<Origin>(entry);
    let last = this.first;
    let size = 1;
    for (; last.next; last = last.next) size++;
    if (size < most) last.next = entry;
    else if (!this.has(Head.unknown)) last.next = { ...entry, head: Head.unknown };
    return this;
  }

  has(head: Head): boolean {
    for (let one = this.first; one; one = one.next) if (one.head === head) return true;
    return false;
  }

  originOf(head: Head): Origin | undefined {
    for (let one = this.first; one; one = one.next) if (one.head === head) return one.origin;
    return undefined;
  }

  each(visit: (head: Head, origin: Origin) => void): void {
    for (let one = this.first; one; one = one.next) visit(one.head, one.origin);
  }

  /** Whether all of them are such; true of none. */
  every(is: (head: Head) => boolean): boolean {
    for (let one = this.first; one; one = one.next) if (!is(one.head)) return false;
    return true;
  }

  /** A set with one head written for another, each once. */
  renamed(from: Head, to: Head): HeadSet<Origin> {
    if (!this.has(from)) return this;
    let result: HeadSet<Origin> = HeadSet.none;
    this.each((head, origin) => {
      const name = head === from ? to : head;
      if (!result.has(name)) result = result.with(name, origin);
    });
    return result;
  }

  get heads(): Head[] {
    const heads: Head[] = [];
    for (let one = this.first; one; one = one.next) heads.push(one.head);
    return heads;
  }

  get origins(): Origin[] {
    const origins: Origin[] = [];
    for (let one = this.first; one; one = one.next) origins.push(one.origin);
    return origins;
  }

  /** Of one head alone, that. */
  get only(): Head | undefined {
    return this.first && !this.first.next ? this.first.head : undefined;
  }

  get empty(): boolean {
    return this.first === undefined;
  }
}
