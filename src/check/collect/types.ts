/** Types as they are written, and what declares them. */
import type { SourceFile } from '../../source.js';
import type { AliasDef, Name, NamedTypeExpr, RecordDef, TypeExpr } from '../../syntax/ast.js';
import { children } from '../../syntax/visit.js';
import { reportRepeated } from '../../symbols/repeated.js';
import { Head, isEnum, isProvidedType, isRecord, scalarNames } from '../../types/heads.js';
import type { Origin, Slot } from '../../types/slot.js';
import type { Model } from '../model.js';
import { fillImported } from './imports.js';
import { providedRecord } from './provided.js';

/** A slot that is what a type in the source says. */
export function annotate(model: Model, type: TypeExpr, file: SourceFile): Slot {
  const origin: Origin = { file, span: type.span };
  const slot = model.slots.slot(origin, true);
  fill(model, slot, type, { file, origin, own: true });
  reportKeys(model, type, file);
  return slot;
}

/** Whether a type is one of what may be missing, by itself or by what its name stands for. */
export function mayBeNull({ definitions, aliases, slots }: Model, type: TypeExpr, file: SourceFile): boolean {
  if (type.kind !== 'NamedType') return type.kind === 'OptionalType';
  const key = definitions.packages.key(file, type.name);
  const definition = key === undefined ? undefined : definitions.types.get(key);
  const alias = definition?.kind === 'AliasDef' ? aliases.get(definition) : undefined;
  return alias !== undefined && slots.given.has(alias, Head.null);
}

interface Written {
  /** Whose package its names are looked up in. */
  readonly file: SourceFile;
  readonly origin: Origin;
  /** Whether it is written at its origin, and not where an alias of it is declared. */
  readonly own: boolean;
}

function fill(model: Model, slot: Slot, written: TypeExpr, place: Written): void {
  const { slots } = model;
  const { file, origin, own } = place;
  const fillPart = (part: Slot, type: TypeExpr) =>
    fill(model, part, type, own ? { file, origin: { file, span: type.span }, own } : place);
  switch (written.kind) {
    case 'NamedType':
      fillNamed(model, slot, written, place);
      break;
    case 'ListType':
      slots.give(slot, Head.list, origin);
      fillPart(slots.child(slot, 'item'), written.item);
      break;
    case 'MapType':
      slots.give(slot, Head.map, origin);
      fillPart(slots.child(slot, 'key'), written.key);
      fillPart(slots.child(slot, 'value'), written.value);
      break;
    case 'OptionalType':
      slots.give(slot, Head.null, origin);
      fillPart(slot, written.of);
      break;
    case 'TupleType':
      slots.give(slot, Head.tuple, origin);
      for (const [i, item] of written.items.entries()) fillPart(slots.child(slot, i), item);
      break;
    default:
      written satisfies never;
  }
}

function fillNamed(model: Model, slot: Slot, { name, span }: NamedTypeExpr, { file, origin }: Written): void {
  const { slots, definitions } = model;
  const scalar = scalarNames.get(name);
  const key = scalar === undefined ? model.keyOf(file, { text: name, span }) : name;
  if (scalar !== undefined || key === undefined) return slots.give(slot, scalar ?? Head.error, origin);
  model.namedTypes.add(key);
  const definition = definitions.types.get(key);
  // Which members an enum has is not known where its line could not be read.
  const isBroken =
    definition?.kind === 'EnumDef' && model.broken.has(definitions.fileOf.get(definition)!, definition.span);
  if (isBroken) return slots.give(slot, Head.error, origin);
  if (isProvidedType(name)) return slots.give(slot, providedRecord(model, name, origin), origin);
  if (!definition && fillImported(model, slot, key, origin)) return;
  if (definition?.kind !== 'AliasDef') {
    slots.give(slot, slots.named(key, origin), origin);
  } else if (!definition.type || model.circular.has(key)) {
    slots.give(slot, Head.error, origin);
  } else {
    fill(model, slot, definition.type, { file: definitions.fileOf.get(definition)!, origin, own: false });
  }
}

/** In JSON, the keys of an object are texts; whole numbers are written as such. */
function reportKeys(model: Model, type: TypeExpr, file: SourceFile): void {
  if (type.kind === 'MapType') {
    const key = model.slots.slot({ file, span: type.key.span }, true);
    fill(model, key, type.key, { file, origin: { file, span: type.key.span }, own: true });
    const head = model.slots.given.only(key);
    const isKey =
      head === Head.string || head === Head.int || head === Head.error || (head !== undefined && isEnum(head));
    if (!isKey) {
      const text = file.text.slice(type.key.span.start, type.key.span.end);
      const hint = 'Use `string`, `int` or an enum.';
      model.report(file, 'TWF436', type.key.span, { key: text }, { hint });
    }
  }
  for (const child of children(type)) reportKeys(model, child as TypeExpr, file);
}

/**
 * The record that a name means.
 * @returns undefined if it means something else: this has been reported
 */
export function recordNamed(model: Model, name: Name, file: SourceFile): Head | undefined {
  const { slots, definitions } = model;
  const { text: written, span } = name;
  const text = scalarNames.has(written) ? written : model.keyOf(file, name);
  if (text === undefined) return undefined;
  model.namedTypes.add(text);
  if (isProvidedType(text)) return providedRecord(model, text, { file, span });
  const definition = definitions.types.get(text);
  const imported = definition ? undefined : model.imported.get(text)?.declaration.kind;
  if (imported === 'refused') return undefined;
  const isOther = imported === 'alias' || imported === 'texts';
  const isRecordName = definition?.kind !== 'EnumDef' && definition?.kind !== 'AliasDef' && !scalarNames.has(text);
  if (isRecordName && !isOther) return slots.named(text, { file, span });
  const alias = definition?.kind === 'AliasDef' ? model.aliases.get(definition) : undefined;
  const meant = alias === undefined ? [] : slots.given.heads(alias);
  const head = meant.find(isRecord);
  const isUnknown = definition?.kind === 'AliasDef' && (alias === undefined || meant.includes(Head.error));
  if (head === undefined && !isUnknown) {
    const hint =
      definition?.kind === 'EnumDef' ? `A value of it is a text: \`"${definition.members[0]?.text}"\`.` : undefined;
    model.report(file, 'TWF438', span, { name: written }, { hint });
  }
  return head;
}

// --- Declarations

/** Makes the types that the program declares known, before anything is annotated with them. */
export function declareTypes(model: Model): void {
  const { slots, definitions } = model;
  const { types, fileOf } = definitions;
  for (const [key, definition] of types) {
    const file = fileOf.get(definition)!;
    const { name } = definition;
    const origin: Origin = { file, span: name.span };
    if (definition.kind === 'RecordDef') {
      slots.record(slots.named(key, origin)).closed = true;
    } else if (definition.kind === 'EnumDef') {
      reportRepeated(file, definition.members, 'member', `\`${name.text}\``, model.reporter);
      slots.enumeration({ name: key, members: [...new Set(definition.members.map(({ text }) => text))], origin });
    } else {
      const names = namesBehind(model, definition);
      if (!names.has(key)) continue;
      const isReported = [...names].some((one) => model.circular.has(one));
      model.circular.add(key);
      if (isReported) continue;
      model.report(file, 'TWF317', name.span, { name: name.text }, { hint: 'Name another type behind `=`.' });
    }
  }
  for (const [key, definition] of types) {
    const file = fileOf.get(definition)!;
    if (definition.kind === 'RecordDef') declareFields(model, key, definition, file);
    else if (definition.kind === 'AliasDef' && definition.type) {
      model.aliases.set(definition, annotate(model, definition.type, file));
    }
  }
}

function declareFields(model: Model, key: string, { name, fields }: RecordDef, file: SourceFile): void {
  const { slots } = model;
  const names = fields.map((field) => field.name);
  reportRepeated(file, names, 'field', `\`${name.text}\``, model.reporter);
  const declared = slots.record(slots.named(key, { file, span: name.span })).fields;
  for (const field of fields) {
    if (declared.has(field.name.text)) continue;
    const origin: Origin = { file, span: field.name.span };
    const slot = field.type ? annotate(model, field.type, file) : slots.slot(origin, true);
    if (!field.type) slots.give(slot, Head.error, origin);
    declared.set(field.name.text, slot);
    model.declaredFields.add(slot);
  }
}

/** The keys that following the aliases in an alias leads to. */
function namesBehind({ definitions }: Model, alias: AliasDef): ReadonlySet<string> {
  const { types, packages, fileOf } = definitions;
  const names = new Set<string>();
  const follow = (definition: AliasDef): void => {
    const file = fileOf.get(definition)!;
    const visit = (written: TypeExpr): void => {
      if (written.kind !== 'NamedType') return children(written).forEach((child) => visit(child as TypeExpr));
      const key = packages.key(file, written.name);
      const next = key === undefined ? undefined : types.get(key);
      if (key === undefined || next?.kind !== 'AliasDef' || names.has(key)) return;
      names.add(key);
      follow(next);
    };
    if (definition.type) visit(definition.type);
  };
  follow(alias);
  return names;
}
