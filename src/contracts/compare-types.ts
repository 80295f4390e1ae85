import { printType } from '../types/print.js';
import type { EnumType, NamedType, Type } from '../types/type.js';
import { breaking, type Change, compatible } from './change.js';

/** An input is written by those who call, and read by the service; a result the other way round. */
export type Side = 'input' | 'result';

/** The differences between what a value was and what it is. Names of types do not count: they are not on the wire. */
export function compareTypes(where: string, old: Type, now: Type, side: Side): Change[] {
  return new Comparing(side).types(where, old, now);
}

/** A field with its type, where absent and null are one. */
interface WholeField {
  readonly name: string;
  readonly type: Type;
  readonly mayLack: boolean;
}

class Comparing {
  /** Pairs of records that are being compared: they may lead back to themselves. */
  private readonly seen = new Map<NamedType, Set<NamedType>>();

  constructor(private readonly side: Side) {}

  types(where: string, old: Type, now: Type): Change[] {
    if (old.kind === 'optional' || now.kind === 'optional') {
      const [was, is] = [withoutAbsence(old), withoutAbsence(now)];
      return [...this.absence(where, old.kind === 'optional', now.kind === 'optional'), ...this.types(where, was, is)];
    }
    const [was, is] = [wireKind(old), wireKind(now)];
    if (was === 'unknown' || is === 'unknown') return was === is ? [] : this.unknown(where, was === 'unknown');
    if (old.kind === 'named' && now.kind === 'named') return this.records(where, old.type, now.type);
    if (old.kind === 'enum' && now.kind === 'enum') return this.enums(where, old.type, now.type);
    if (old.kind === 'list' && now.kind === 'list') return this.types(`${where}[]`, old.item, now.item);
    if (old.kind === 'map' && now.kind === 'map') {
      return [...this.types(`${where} key`, old.key, now.key), ...this.types(`${where}[]`, old.value, now.value)];
    }
    if (old.kind === 'tuple' && now.kind === 'tuple' && old.items.length === now.items.length) {
      return old.items.flatMap((item, at) => this.types(`${where}[${at}]`, item, now.items[at]!));
    }
    return this.others(where, old, now);
  }

  private records(where: string, old: NamedType, now: NamedType): Change[] {
    const known = this.seen.get(old) ?? new Set();
    if (known.has(now)) return [];
    this.seen.set(old, known.add(now));
    const [before, after] = [wholeFields(old), wholeFields(now)];
    const changes: Change[] = [];
    const added = after.filter(({ name }) => !before.some((one) => one.name === name));
    const removed = before.filter(({ name }) => !after.some((one) => one.name === name));
    for (const field of before) {
      const same = after.find(({ name }) => name === field.name);
      const place = `${where}.${field.name}`;
      if (same) {
        changes.push(...this.absence(place, field.mayLack, same.mayLack), ...this.types(place, field.type, same.type));
        continue;
      }
      const [other, ...more] = added.filter((one) => this.isAlike(one.type, field.type));
      if (other && more.length === 0 && removed.length === 1) {
        added.splice(added.indexOf(other), 1);
        changes.push(this.renamed(place, field, other));
      } else changes.push(this.removed(place, field));
    }
    return [...changes, ...added.map((field) => this.added(`${where}.${field.name}`, field))];
  }

  private isAlike(one: Type, other: Type): boolean {
    return new Comparing(this.side).types('', one, other).length === 0;
  }

  private renamed(where: string, old: WholeField, now: WholeField): Change {
    const what = `it is called \`${now.name}\` now`;
    if (this.side === 'result') return breaking(where, `${what}: callers find nothing under \`${old.name}\``);
    return now.mayLack
      ? breaking(where, `${what}: what is sent under the old name is lost`)
      : breaking(where, `${what}: whoever sends \`${old.name}\` is refused`);
  }

  private removed(where: string, { mayLack }: WholeField): Change {
    if (this.side === 'input') return compatible(where, 'it is not read any more');
    return mayLack
      ? compatible(where, 'it is never given any more, as callers had to expect')
      : breaking(where, 'it is gone: callers rely on it');
  }

  private added(where: string, { mayLack }: WholeField): Change {
    if (this.side === 'result') return compatible(where, 'it is new: callers may ignore it');
    return mayLack
      ? compatible(where, 'it is new, and may be left out')
      : breaking(where, 'it is new, and needed: whoever does not send it is refused');
  }

  private absence(where: string, old: boolean, now: boolean): Change[] {
    if (old === now) return [];
    if (this.side === 'input') {
      return [
        now
          ? compatible(where, 'it may be left out now')
          : breaking(where, 'it is needed now: whoever leaves it out is refused'),
      ];
    }
    return [
      now ? breaking(where, 'it may be missing now: callers rely on it') : compatible(where, 'it is always there now'),
    ];
  }

  private enums(where: string, old: EnumType, now: EnumType): Change[] {
    const gone = old.members
      .filter((one) => !now.members.includes(one))
      .map((member) => {
        const what = `the member \`${member}\` is gone`;
        return this.side === 'input'
          ? breaking(where, `${what}: whoever sends it is refused`)
          : compatible(where, `${what}: callers wait for it in vain`);
      });
    const added = now.members
      .filter((one) => !old.members.includes(one))
      .map((member) => {
        const what = `the member \`${member}\` is new`;
        return this.side === 'input' ? compatible(where, what) : breaking(where, `${what}: callers do not know it`);
      });
    return [...gone, ...added];
  }

  private unknown(where: string, wasUnknown: boolean): Change[] {
    return [
      wasUnknown === (this.side === 'result')
        ? compatible(where, wasUnknown ? 'its type is known now' : 'any value is taken now')
        : breaking(
            where,
            wasUnknown ? 'only some values are taken now' : 'its type is not known any more: callers rely on it',
          ),
    ];
  }

  /** Types of different kinds: what the one means may still be written as the other. */
  private others(where: string, old: Type, now: Type): Change[] {
    const [was, is] = [wireKind(old), wireKind(now)];
    if (was === is && old.kind !== 'tuple') return [];
    const what = `it was \`${printType(old)}\` and is \`${printType(now)}\``;
    const isWidened = widenings.has(`${was} ${is}`);
    const isNarrowed = widenings.has(`${is} ${was}`);
    if (this.side === 'input' ? isWidened : isNarrowed) {
      return [compatible(where, `${what}, which ${this.side === 'input' ? 'takes' : 'gives'} what fits`)];
    }
    const why = this.side === 'input' ? 'whoever sends the old one is refused' : 'callers expect the old one';
    return [breaking(where, `${what}: ${why}`)];
  }
}

/** Every value of the one is a value of the other. */
const widenings = new Set(['int float', 'decimal string', 'time string', 'enum string']);

function wireKind(type: Type): string {
  switch (type.kind) {
    case 'any':
    case 'unknown':
    case 'union':
    case 'handle':
    case 'error':
      return 'unknown';
    case 'named':
      return type.type.fields ? 'record' : 'unknown';
    default:
      return type.kind;
  }
}

function withoutAbsence(type: Type): Type {
  return type.kind === 'optional' ? withoutAbsence(type.of) : type;
}

function wholeFields({ fields = [] }: NamedType): WholeField[] {
  return fields.map(({ name, type, optional }) => ({
    name,
    type: withoutAbsence(type),
    mayLack: optional || type.kind === 'optional',
  }));
}
