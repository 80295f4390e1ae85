/** JSON Schema, as the types of TWF. */
import { isBuiltInType } from '../types/heads.js';
import type { Span } from '../source.js';
import { typeKeyword } from './schema.js';
import { whyUnreadable } from './keywords.js';
import type { Lines } from './lines.js';
import { checkName, ContractFault, isName, type Member, members, shapeFault, text, type Tree } from './tree.js';

/** A property of an object. */
export interface ReadField {
  readonly name: string;
  readonly span: Span;
  readonly description: Member | undefined;
  /** Its type; what has no name of its own gets one after what it belongs to. */
  type(owner: string): string;
}

type Keywords = ReadonlyMap<string, Member>;

const declared = ['decimal', 'bytes', 'duration', 'any'];
/** What a type of TWF is on the wire. */
const onWire: Readonly<Record<string, string | undefined>> = {
  decimal: 'string',
  bytes: 'string',
  duration: 'number',
  any: undefined,
};

export class TypeReader {
  private readonly definitions = new Map<string, Member>();
  private readonly names = new Map<string, string>();
  private readonly taken = new Set<string>();
  private readonly open: (() => void)[] = [];
  /** References that are being followed, to types that are other names of others. */
  private readonly following = new Set<string>();

  constructor(
    containers: readonly Member[],
    private readonly lines: Lines,
  ) {
    for (const { key, value } of containers) {
      for (const member of members(value, `\`${key}\``).values()) {
        this.definitions.set(`#/${key}/${member.key}`, member);
      }
    }
  }

  /** Declares what was named so far, and what that names in turn. */
  declareAll(): void {
    for (let declare = this.open.shift(); declare; declare = this.open.shift()) declare();
  }

  /**
   * A type in TWF's notation.
   *
   * @param name for a record or an enum that has none
   */
  typeOf(schema: Tree, name: string): string {
    if (schema.kind === 'other' && schema.value === true) return 'unknown';
    const keywords = members(schema, 'A schema');
    checkKeywords(keywords);
    const reference = keywords.get('$ref');
    if (reference) return this.referred(reference);
    const given = keywords.get(typeKeyword);
    if (given) return this.given(given, keywords);
    const choice = keywords.get('oneOf') ?? keywords.get('anyOf');
    if (choice) return this.nullable(choice, name);
    const { types, isNullable, span } = jsonTypes(keywords);
    const [type, ...others] = types;
    if (others.length > 0) {
      const why = `a value of TWF is of one type, and this is ${types.map((one) => `\`${one}\``).join(' or ')}`;
      throw new ContractFault('TWF086', span, { keyword: 'type', why });
    }
    const whole = type === undefined ? this.untyped(keywords, name) : this.typed(type, keywords, name, span);
    return isNullable ? optional(whole) : whole;
  }

  /** The properties of an object that has no name; undefined where it is something else. */
  fieldsOf(schema: Tree): ReadField[] | undefined {
    if (schema.kind !== 'object' || !schema.members.has('properties') || schema.members.has('$ref')) return undefined;
    const keywords = schema.members;
    checkKeywords(keywords);
    return this.fields(keywords);
  }

  private typed(type: string, keywords: Keywords, name: string, span: Span): string {
    switch (type) {
      case 'boolean':
        return 'bool';
      case 'integer':
        return 'int';
      case 'number':
        return 'float';
      case 'string':
        return this.stringType(keywords, name);
      case 'array':
        return this.listType(keywords, name);
      case 'object':
        return this.objectType(keywords, name, span);
      default: {
        const why = `there is no type \`${type}\``;
        const hint = 'There are boolean, integer, number, string, array, object and null.';
        throw new ContractFault('TWF086', span, { keyword: 'type', why }, { hint });
      }
    }
  }

  private untyped(keywords: Keywords, name: string): string {
    const span = keywords.values().next().value?.keySpan ?? { start: 0, end: 0 };
    if (keywords.has('properties')) return this.objectType(keywords, name, span);
    if (keywords.has('items') || keywords.has('prefixItems')) return this.listType(keywords, name);
    const values = [keywords.get('enum'), keywords.get('const')].flatMap((one) => (one ? [one.value] : []));
    const all = values.flatMap((value) => (value.kind === 'list' ? value.items : [value]));
    if (all.length > 0 && all.every(({ kind }) => kind === 'text')) return this.stringType(keywords, name);
    return 'unknown';
  }

  private given({ value, keySpan }: Member, keywords: Keywords): string {
    const type = text(value, `\`${typeKeyword}\``);
    if (!declared.includes(type)) {
      const hint = `There are ${declared.map((one) => `\`${one}\``).join(', ')}.`;
      throw new ContractFault(
        'TWF086',
        keySpan,
        { keyword: typeKeyword, why: `there is no such type: \`${type}\`` },
        { hint },
      );
    }
    const json = keywords.get('type');
    if (json && text(json.value, '`type`') !== onWire[type]) {
      const why = `a \`${type}\` is a ${onWire[type] ?? 'value of any type'} on the wire, and \`type\` says something else`;
      throw new ContractFault('TWF086', keySpan, { keyword: typeKeyword, why });
    }
    return type;
  }

  private stringType(keywords: Keywords, name: string): string {
    const format = keywords.get('format');
    if (format?.value.kind === 'text' && format.value.text === 'date-time') return 'time';
    const values = keywords.get('enum');
    if (!values) return 'string';
    if (values.value.kind !== 'list') throw shapeFault(values.value, '`enum`', 'a list');
    const items = values.value.items.map((item) => ({ text: text(item, 'A member of `enum`'), span: item.span }));
    // The members of an enum are names: other texts are checked by who takes them.
    const areNames = items.length > 0 && items.every((item) => isName(item.text));
    if (!areNames || new Set(items.map((item) => item.text)).size < items.length) return 'string';
    const own = this.ownName(name);
    this.open.push(() => {
      this.lines.describe(keywords.get('description'), '');
      this.lines.add(`enum ${own}: ${items.map((item) => item.text).join(', ')}`, values.keySpan);
    });
    return own;
  }

  private listType(keywords: Keywords, name: string): string {
    const prefix = keywords.get('prefixItems');
    const items = keywords.get('items');
    if (prefix) {
      if (prefix.value.kind !== 'list') throw shapeFault(prefix.value, '`prefixItems`', 'a list');
      if (items && !(items.value.kind === 'other' && items.value.value === false)) {
        const why = 'a tuple of TWF has as many values as it has types: `items` beside it is `false`';
        throw new ContractFault('TWF086', items.keySpan, { keyword: 'items', why });
      }
      const types = prefix.value.items.map((item, at) => this.typeOf(item, `${name}${at + 1}`));
      return types.length > 1 ? `(${types.join(', ')})` : `[]${types[0] ?? 'unknown'}`;
    }
    return `[]${items ? this.typeOf(items.value, `${name}Item`) : 'unknown'}`;
  }

  private objectType(keywords: Keywords, name: string, span: Span): string {
    const more = keywords.get('additionalProperties');
    if (keywords.has('properties')) {
      const own = this.ownName(name);
      this.declareRecord(own, keywords, span);
      return own;
    }
    const isOpen = !more || (more.value.kind === 'other' && typeof more.value.value === 'boolean');
    const value = isOpen ? 'unknown' : this.typeOf(more.value, `${name}Value`);
    return `map[${this.keyType(keywords.get('propertyNames'), name)}]${value}`;
  }

  private keyType(names: Member | undefined, name: string): string {
    if (!names || names.value.kind !== 'object') return 'string';
    const given = names.value.members.get(typeKeyword);
    if (given?.value.kind === 'text' && given.value.text === 'int') return 'int';
    return names.value.members.has('$ref') || names.value.members.has('enum')
      ? this.typeOf(names.value, `${name}Key`)
      : 'string';
  }

  private declareRecord(own: string, keywords: Keywords, span: Span): void {
    const fields = this.fields(keywords);
    this.open.push(() => {
      this.lines.describe(keywords.get('description'), '');
      if (fields.length === 0) {
        this.lines.add(`type ${own} = map[string]unknown`, span);
        return;
      }
      const types = fields.map((field) => field.type(own));
      this.lines.add(`type ${own}:`, span);
      for (const [at, field] of fields.entries()) {
        this.lines.describe(field.description, '    ');
        this.lines.add(`    ${field.name}: ${types[at]!}`, field.span);
      }
      this.lines.add('', span);
    });
  }

  private fields(keywords: Keywords): ReadField[] {
    const required = keywords.get('required');
    if (required && required.value.kind !== 'list') throw shapeFault(required.value, '`required`', 'a list');
    const names = new Set(
      required?.value.kind === 'list' ? required.value.items.map((one) => text(one, 'A name in `required`')) : [],
    );
    const properties = keywords.get('properties')!;
    return [...members(properties.value, '`properties`').values()].map(({ key, keySpan, value }) => {
      checkName(key, 'a property', keySpan);
      const description = value.kind === 'object' ? value.members.get('description') : undefined;
      const type = (owner: string) => {
        const whole = this.typeOf(value, `${owner}${capital(key)}`);
        return names.has(key) ? whole : optional(whole);
      };
      return { name: key, span: keySpan, description, type };
    });
  }

  /** `T` or null: nothing else that is one of several can be said in TWF. */
  private nullable({ key, keySpan, value }: Member, name: string): string {
    if (value.kind !== 'list') throw shapeFault(value, `\`${key}\``, 'a list');
    const others = value.items.filter((item) => !isNull(item));
    const [only, ...more] = others;
    if (!only || more.length > 0) {
      const why = 'a value of TWF is of one type: only a type beside `{type: "null"}` can be read';
      throw new ContractFault('TWF086', keySpan, { keyword: key, why });
    }
    const type = this.typeOf(only, name);
    return others.length < value.items.length ? optional(type) : type;
  }

  private referred({ value }: Member): string {
    const reference = text(value, '`$ref`');
    const path = decodedPointer(reference);
    const definition = this.definitions.get(path);
    const fault = (why: string) => new ContractFault('TWF088', value.span, { reference, why });
    if (!reference.startsWith('#')) throw fault('types of other files are not read');
    if (!definition) throw fault('there is no such type in this file');
    const known = this.names.get(path);
    if (known !== undefined) return known;
    if (definition.value.kind === 'object' && this.isNamed(definition.value.members)) {
      // Named before its fields are read: they may lead back to it.
      const own = this.ownName(definition.key);
      this.names.set(path, own);
      const keywords = definition.value.members;
      checkKeywords(keywords);
      if (keywords.has('properties')) this.declareRecord(own, keywords, definition.keySpan);
      else {
        this.taken.delete(own);
        const type = this.stringType(keywords, own);
        this.names.set(path, type);
        return type;
      }
      return own;
    }
    if (this.following.has(path)) throw fault('it leads back to itself, and to nothing else');
    this.following.add(path);
    const type = this.typeOf(definition.value, definition.key);
    this.following.delete(path);
    return type;
  }

  /** Whether a definition is a record or an enum, and not another name of something else. */
  private isNamed(keywords: Keywords): boolean {
    if (['$ref', 'oneOf', 'anyOf', typeKeyword].some((one) => keywords.has(one))) return false;
    const { types, isNullable } = jsonTypes(keywords);
    if (isNullable || types.length > 1) return false;
    if (keywords.has('properties')) return types[0] === undefined || types[0] === 'object';
    return types[0] === 'string' && keywords.has('enum');
  }

  /** A name that is not taken, and that TWF takes for the name of a type. */
  private ownName(wanted: string): string {
    const parts = wanted.split(/\W+/).filter((part) => part !== '');
    const joined = parts.length === 1 ? parts[0]! : parts.map(capital).join('');
    const plain = /^[A-Za-z_]/.test(joined) ? joined : `Type${joined}`;
    const usable = isBuiltInType(plain) ? capital(plain) : plain;
    let name = usable;
    for (let n = 2; this.taken.has(name); n++) name = `${usable}${n}`;
    this.taken.add(name);
    return name;
  }
}

function checkKeywords(keywords: Keywords): void {
  for (const { key, keySpan } of keywords.values()) {
    const why = whyUnreadable(key);
    if (why !== undefined) throw new ContractFault('TWF086', keySpan, { keyword: key, why });
  }
}

function jsonTypes(keywords: Keywords): { types: string[]; isNullable: boolean; span: Span } {
  const type = keywords.get('type');
  if (!type) return { types: [], isNullable: false, span: { start: 0, end: 0 } };
  const all = type.value.kind === 'list' ? type.value.items : [type.value];
  const names = all.map((one) => text(one, '`type`'));
  const types = names.filter((one) => one !== 'null');
  return { types, isNullable: types.length < names.length, span: type.value.span };
}

function isNull(schema: Tree): boolean {
  const type = schema.kind === 'object' ? schema.members.get('type')?.value : undefined;
  return type?.kind === 'text' && type.text === 'null';
}

function optional(type: string): string {
  // The items of a list may lack, and the list not.
  if (type.startsWith('[]') || type.startsWith('map[')) return `(${type})?`;
  return type.endsWith('?') || type === 'unknown' || type === 'any' ? type : `${type}?`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** A reference, without the escapes of URLs and of JSON pointers. */
function decodedPointer(reference: string): string {
  const [, start, rest] = /^(#\/[^/]*\/)([^]*)$/.exec(reference) ?? [];
  if (start === undefined || rest === undefined) return reference;
  let decoded = rest;
  try {
    decoded = decodeURIComponent(rest);
  } catch {
    // It stands for itself.
  }
  return start + decoded.replaceAll('~1', '/').replaceAll('~0', '~');
}
