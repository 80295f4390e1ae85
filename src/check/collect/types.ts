/** Types as they are written, and what declares them. */
import type { SourceFile } from '../../source.js';
import type { AliasDef, Name, RecordDef, TypeDefinition, TypeExpr } from '../../syntax/ast.js';
import { children } from '../../syntax/visit.js';
import { reportRepeated } from '../../symbols/definitions.js';
import { Head, isEnum, isRecord, scalarNames } from '../../types/heads.js';
import type { Origin, Slot } from '../../types/slot.js';
import type { Model } from '../model.js';
import { fillImported } from './imports.js';

/** A slot that is what a type in the source says. */
export function annotate(model: Model, type: TypeExpr, file: SourceFile): Slot {
  const origin: Origin = { file, span: type.span };
  const slot = model.slots.slot(origin, true);
  fill(model, slot, type, origin, true);
  reportKeys(model, type, file);
  return slot;
}

/** @param own whether it is written there, and not where an alias of it is declared */
function fill(model: Model, slot: Slot, written: TypeExpr, origin: Origin, own: boolean): void {
  const { slots } = model;
  const fillPart = (part: Slot, type: TypeExpr) =>
    fill(model, part, type, own ? { file: origin.file, span: type.span } : origin, own);
  switch (written.kind) {
    case 'NamedType':
      fillNamed(model, slot, written.name, origin);
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

function fillNamed(model: Model, slot: Slot, name: string, origin: Origin): void {
  const { slots } = model;
  const definition = model.definitions.types.get(name);
  if (!definition && fillImported(model, slot, name, origin)) return;
  if (definition?.kind !== 'AliasDef') {
    slots.give(slot, scalarNames.get(name) ?? slots.named(name, origin), origin);
  } else if (!definition.type || model.circular.has(name)) {
    slots.give(slot, Head.error, origin);
  } else {
    fill(model, slot, definition.type, origin, false);
  }
}

/** In JSON, the keys of an object are texts; whole numbers are written as such. */
function reportKeys(model: Model, type: TypeExpr, file: SourceFile): void {
  if (type.kind === 'MapType') {
    const key = model.slots.slot({ file, span: type.key.span }, true);
    fill(model, key, type.key, { file, span: type.key.span }, true);
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
  const { text, span } = name;
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
    model.report(file, 'TWF438', span, { name: text }, { hint });
  }
  return head;
}

// --- Declarations

/** Makes the types that the program declares known, before anything is annotated with them. */
export function declareTypes(model: Model): void {
  const { slots, definitions } = model;
  const { types, fileOf } = definitions;
  for (const definition of types.values()) {
    const file = fileOf.get(definition)!;
    const { name } = definition;
    const origin: Origin = { file, span: name.span };
    if (definition.kind === 'RecordDef') {
      slots.record(slots.named(name.text, origin)).closed = true;
    } else if (definition.kind === 'EnumDef') {
      reportRepeated(file, definition.members, 'member', `\`${name.text}\``, model.reporter);
      slots.enumeration({ name: name.text, members: [...new Set(definition.members.map(({ text }) => text))], origin });
    } else {
      const names = namesBehind(definition, types);
      if (!names.has(name.text)) continue;
      const isReported = [...names].some((one) => model.circular.has(one));
      model.circular.add(name.text);
      if (isReported) continue;
      model.report(file, 'TWF317', name.span, { name: name.text }, { hint: 'Name another type behind `=`.' });
    }
  }
  for (const definition of types.values()) {
    const file = fileOf.get(definition)!;
    if (definition.kind === 'RecordDef') declareFields(model, definition, file);
    else if (definition.kind === 'AliasDef' && definition.type) {
      model.aliases.set(definition, annotate(model, definition.type, file));
    }
  }
}

function declareFields(model: Model, { name, fields }: RecordDef, file: SourceFile): void {
  const { slots } = model;
  const names = fields.map((field) => field.name);
  reportRepeated(file, names, 'field', `\`${name.text}\``, model.reporter);
  const declared = slots.record(slots.named(name.text, { file, span: name.span })).fields;
  for (const field of fields) {
    if (declared.has(field.name.text)) continue;
    const origin: Origin = { file, span: field.name.span };
    const slot = field.type ? annotate(model, field.type, file) : slots.slot(origin, true);
    if (!field.type) slots.give(slot, Head.error, origin);
    declared.set(field.name.text, slot);
    model.declaredFields.add(slot);
  }
}

/** The names that following the aliases in an alias leads to. */
function namesBehind({ type }: AliasDef, types: ReadonlyMap<string, TypeDefinition>): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (written: TypeExpr): void => {
    if (written.kind !== 'NamedType') return children(written).forEach((child) => visit(child as TypeExpr));
    const next = types.get(written.name);
    if (next?.kind !== 'AliasDef' || names.has(written.name)) return;
    names.add(written.name);
    if (next.type) visit(next.type);
  };
  if (type) visit(type);
  return names;
}
