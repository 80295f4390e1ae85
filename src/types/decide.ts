/** From solved slots to types: what each slot is, and what each record holds. */
import {
  firstEnum,
  firstRecord,
  Head,
  isAbsence,
  isEnum,
  isNumeric,
  isRecord,
  isText,
  joinNumbers,
  joinTexts,
  isNumericLiteral,
  settledNumber,
} from './heads.js';
import { printType } from './print.js';
import type { Origin, RecordShape, Slot } from './slot.js';
import type { Slots } from './slots.js';
import type { Field, NamedType, ScalarKind, Type } from './type.js';

const scalars: Readonly<Record<Head, ScalarKind>> = {
  [Head.bool]: 'bool',
  [Head.int]: 'int',
  [Head.float]: 'float',
  [Head.decimal]: 'decimal',
  [Head.string]: 'string',
  [Head.bytes]: 'bytes',
  [Head.duration]: 'duration',
  [Head.time]: 'time',
  [Head.any]: 'any',
  [Head.unknown]: 'unknown',
  [Head.void]: 'void',
  [Head.error]: 'error',
};

/** One object for each scalar type. */
const scalarTypes = Object.fromEntries(Object.entries(scalars).map(([head, kind]) => [head, { kind }])) as Readonly<
  Record<Head, Type>
>;

const largestUnion = 8;

export class Decided {
  private readonly types: (Type | undefined)[];
  private readonly named = new Map<number, NamedType & { fields: Field[] | undefined }>();

  constructor(
    private readonly slots: Slots,
    /** Names for the records that are only known by their fields. */
    private readonly nameOf: (record: RecordShape) => string,
  ) {
    this.types = Array.from({ length: slots.count }, () => undefined);
  }

  typeOf(slot: Slot): Type {
    return (this.types[slot] ??= this.decide(slot));
  }

  /** Whether its absence was declared, and is not only a construction that left it out. */
  declaredOptional(slot: Slot): boolean {
    return this.slots.given.has(slot, Head.null);
  }

  /** The type of one of the things that a slot is given. */
  part(slot: Slot, head: Head): Type {
    return this.ofHead(slot, settled(head, this.slots.needs.heads(slot)));
  }

  /** The types of all that a slot is given, each with the place that it comes from. */
  parts(slot: Slot): { readonly head: Head; readonly type: Type; readonly origin: Origin }[] {
    return this.slots.given.entries(slot).flatMap(({ head, origin }) => {
      return isAbsence(head) ? [] : [{ head, type: this.part(slot, head), origin }];
    });
  }

  private decide(slot: Slot): Type {
    const { given, needs } = this.slots;
    if (given.has(slot, Head.error)) return { kind: 'error' };
    const only = given.only(slot);
    if (only !== undefined && only < Head.null) return scalarTypes[only]!;
    const all = given.heads(slot);
    const heads = all.filter((head) => !isAbsence(head));
    const absent = heads.length < all.length;
    if (heads.length === 0) return { kind: absent ? 'null' : 'unknown' };
    if (heads.includes(Head.any)) return { kind: 'any' };
    if (heads.includes(Head.unknown)) return { kind: 'unknown' };
    const type = this.union(joined(heads, needs.heads(slot)).map((head) => this.ofHead(slot, head)));
    return absent && type.kind !== 'unknown' && type.kind !== 'void' ? { kind: 'optional', of: type } : type;
  }

  private union(members: readonly Type[]): Type {
    if (members.length === 1) return members[0]!;
    if (members.length > largestUnion) return { kind: 'unknown' };
    const sorted = [...members].sort((a, b) => (printType(a) < printType(b) ? -1 : 1));
    return { kind: 'union', members: sorted };
  }

  private ofHead(slot: Slot, head: Head): Type {
    const child = (key: 'item' | 'key' | 'value' | 'result' | number) => this.typeOf(this.slots.child(slot, key));
    switch (head) {
      case Head.list:
        return { kind: 'list', item: child('item') };
      case Head.map:
        return { kind: 'map', key: child('key'), value: child('value') };
      case Head.handle:
        return { kind: 'handle', result: child('result') };
      case Head.tuple: {
        return { kind: 'tuple', items: Array.from({ length: this.slots.arity(slot) }, (_, i) => child(i)) };
      }
      default:
        if (isEnum(head)) return { kind: 'enum', type: this.slots.enums[head - firstEnum]! };
        return isRecord(head) ? { kind: 'named', type: this.record(head) } : scalarTypes[head]!;
    }
  }

  /** A record and its fields; a record may hold itself. */
  record(head: Head): NamedType {
    const index = this.slots.same(head) - firstRecord;
    const known = this.named.get(index);
    if (known) return known;
    const shape = this.slots.records[index]!;
    const type: NamedType & { fields: Field[] | undefined } = {
      name: this.nameOf(shape),
      fields: undefined,
      declared: shape.closed,
      named: shape.name !== undefined,
    };
    this.named.set(index, type);
    if (shape.fields.size > 0 || shape.constructions.length > 0 || shape.closed) {
      type.fields = [...shape.fields].map(([name, slot]) => {
        const decided = this.typeOf(slot);
        const optional = this.slots.given.has(slot, Head.missing);
        return { name, type: decided.kind === 'null' ? { kind: 'unknown' } : decided, optional };
      });
    }
    return type;
  }
}

/** Numbers that are one number, and texts that are one text: a literal is what it is used as. */
function joined(heads: readonly Head[], needs: readonly Head[]): Head[] {
  if (heads.length === 1) return [settled(heads[0]!, needs)];
  const others = heads.filter((head) => !isNumeric(head) && !isText(head));
  return [...others, ...joinedKind(heads, isNumeric, needs), ...joinedKind(heads, isText, needs)];
}

function joinedKind(heads: readonly Head[], is: (head: Head) => boolean, needs: readonly Head[]): Head[] {
  const own = heads.filter(is);
  if (own.length === 0) return [];
  const one = is === isText ? joinTexts(own) : joinAllNumbers(own);
  if (one !== undefined) return [settled(one, needs)];
  const known = own.filter((head) => head !== Head.textLiteral);
  return [...new Set(known.map((head) => settled(head, needs)))];
}

function joinAllNumbers(numbers: readonly Head[]): Head | undefined {
  return numbers.reduce<Head | undefined>((a, b) => (a === undefined ? undefined : joinNumbers(a, b)), numbers[0]);
}

function settled(head: Head, needs: readonly Head[]): Head {
  if (head === Head.textLiteral) return needs.find(isEnum) ?? Head.string;
  return isNumericLiteral(head) ? settledNumber(head, needs) : head;
}
