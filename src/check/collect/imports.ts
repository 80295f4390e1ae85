/** Types that the program takes from TypeScript files: those of them that it names, and what they are made of. */
import { posix } from 'node:path';
import { type Declaration, exportedTypes, type ImportedField, type ImportedType } from '../../imports/typescript.js';
import { SourceFile, type Span } from '../../source.js';
import type { UseTypes } from '../../syntax/ast.js';
import { walk } from '../../syntax/visit.js';
import { bareName, keyIn, type Package } from '../../symbols/packages.js';
import { Head, isBuiltInType } from '../../types/heads.js';
import { type Origin, type Slot, Trait } from '../../types/slot.js';
import type { Model } from '../model.js';
import type { ParsedFile, ProgramOptions } from '../program.js';

/** A type that a TypeScript file exports, and the program names. */
export interface ImportedName {
  readonly name: string;
  readonly declaration: Declaration;
  readonly from: ImportedFile;
}

interface ImportedFile {
  /** As it is written in the program. */
  readonly written: string;
  /** As the compiler reads it. */
  readonly path: string;
  readonly source: SourceFile;
  readonly types: ReadonlyMap<string, Declaration>;
  readonly use: Origin;
}

export function importTypes(model: Model, files: readonly ParsedFile[], options: ProgramOptions): void {
  const uses = files.flatMap(({ source, ast }) => ast.uses.map((use) => ({ file: source, use })));
  if (uses.length === 0) return;
  const imported = uses.flatMap(({ file, use }) => readFile(model, file, use, options) ?? []);
  const named = namesIn(model, files);
  const find = (name: string) => imported.find(({ types }) => types.has(name));
  for (const name of named) {
    const from = find(name);
    // What the program declares itself is its own.
    if (!from || model.definitions.types.has(name) || isBuiltInType(bareName(name))) continue;
    const declaration = from.types.get(name)!;
    model.imported.set(name, { name, declaration, from });
    for (const next of namesBehind(declaration)) named.add(next);
  }
  for (const one of model.imported.values()) declare(model, one);
  for (const one of model.imported.values()) define(model, one);
}

function readFile(
  model: Model,
  file: SourceFile,
  { path }: UseTypes,
  options: ProgramOptions,
): ImportedFile | undefined {
  const use = { file, span: path.span };
  const fail = (why: string, labels: { file: SourceFile; span: Span; text: string }[] = []) =>
    void model.report(file, 'TWF320', path.span, { path: path.text, why }, { labels });
  if (!/^\.{1,2}\/[^\0]*\.[cm]?ts$/.test(path.text)) {
    return fail('a path begins with `./` or `../`, and ends with `.ts`');
  }
  const resolved = posix.normalize(posix.join(posix.dirname(file.path), path.text));
  const text = options.readText?.(resolved);
  if (text === undefined) return fail('there is no such file');
  const source = new SourceFile(resolved, text);
  const found = exportedTypes(text);
  if (found.types) {
    const owner = model.definitions.packages.of(file);
    return { written: path.text, path: resolved, source, types: inPackage(owner, found.types), use };
  }
  const lines = text.split('\n').slice(0, found.line - 1);
  const start = Math.min(
    lines.reduce((sum, line) => sum + line.length + 1, 0),
    text.length,
  );
  return fail(`TypeScript does not read it: ${found.fault}`, [
    { file: source, span: { start, end: start }, text: 'in this line' },
  ]);
}

/** The types of a file, by the keys that they have in the package that takes them. */
function inPackage(owner: Package, types: ReadonlyMap<string, Declaration>): ReadonlyMap<string, Declaration> {
  if (owner.id === '') return types;
  const inside = (type: ImportedType): ImportedType => {
    switch (type.kind) {
      case 'named':
        return { ...type, name: keyIn(owner, type.name) };
      case 'list':
        return { ...type, item: inside(type.item) };
      case 'map':
        return { ...type, value: inside(type.value) };
      case 'tuple':
        return { ...type, items: type.items.map(inside) };
      default:
        return type;
    }
  };
  const renamed = (declaration: Declaration): Declaration => {
    if (declaration.kind === 'alias') return { ...declaration, type: inside(declaration.type) };
    if (declaration.kind !== 'record') return declaration;
    return { ...declaration, fields: declaration.fields.map((field) => ({ ...field, type: inside(field.type) })) };
  };
  return new Map([...types].map(([name, declaration]) => [keyIn(owner, name), renamed(declaration)]));
}

/** The key of every name of a type that stands in the program. */
function namesIn({ definitions: { packages } }: Model, files: readonly ParsedFile[]): Set<string> {
  const names = new Set<string>();
  for (const { source, ast } of files) {
    const note = (name: string) => {
      const key = packages.key(source, name);
      if (key !== undefined) names.add(key);
    };
    walk(ast, {
      enter(node) {
        if (node.kind === 'NamedType') note(node.name);
        if (node.kind === 'Record' && node.name) note(node.name.text);
      },
    });
  }
  return names;
}

function namesBehind(declaration: Declaration): string[] {
  const inside = (type: ImportedType): string[] => {
    switch (type.kind) {
      case 'named':
        return [type.name];
      case 'list':
        return inside(type.item);
      case 'map':
        return inside(type.value);
      case 'tuple':
        return type.items.flatMap(inside);
      default:
        return [];
    }
  };
  if (declaration.kind === 'record') return declaration.fields.flatMap(({ type }) => inside(type));
  return declaration.kind === 'alias' ? inside(declaration.type) : [];
}

function declare({ slots }: Model, { name, declaration, from: { use } }: ImportedName): void {
  if (declaration.kind === 'record') slots.record(slots.named(name, use)).closed = true;
  if (declaration.kind === 'texts') slots.enumeration({ name, members: declaration.members, origin: use });
}

function define(model: Model, one: ImportedName): void {
  const { name, declaration } = one;
  const { slots } = model;
  const { use } = one.from;
  if (declaration.kind === 'record') {
    const { fields } = slots.record(slots.named(name, use));
    for (const field of declaration.fields) {
      const slot = fieldSlot(model, field, one);
      fields.set(field.name, slot);
      model.declaredFields.add(slot);
      model.importedFields.set(slot, { field, of: one });
    }
  }
  if (declaration.kind === 'alias') fillImported(model, slots.slot(use, true), name, use);
  if (declaration.kind === 'refused') reportRefused(model, one, declaration.why, declaration.span);
}

function fieldSlot(model: Model, { type, mayBeAbsent }: ImportedField, of: ImportedName): Slot {
  const { slots } = model;
  const slot = slots.slot(of.from.use, !isFlexible(model, type));
  if (mayBeAbsent) slots.give(slot, Head.null, of.from.use);
  else slots.note(slot, Trait.present);
  fill(model, slot, type, of, new Set());
  return slot;
}

/** Whether it is for the program to say what exactly it is. */
function isFlexible(model: Model, type: ImportedType, around: readonly string[] = []): boolean {
  switch (type.kind) {
    case 'string':
    case 'number':
      return true;
    case 'list':
      return isFlexible(model, type.item, around);
    case 'map':
      return isFlexible(model, type.value, around);
    case 'tuple':
      return type.items.some((one) => isFlexible(model, one, around));
    case 'named': {
      const meant = around.includes(type.name) ? undefined : model.imported.get(type.name)?.declaration;
      return meant?.kind === 'alias' && isFlexible(model, meant.type, [...around, type.name]);
    }
    default:
      return false;
  }
}

/** Fills an annotated slot with what an imported name means. @returns whether it is one */
export function fillImported(
  model: Model,
  slot: Slot,
  name: string,
  origin: Origin,
  around = new Set<string>(),
): boolean {
  const one = model.imported.get(name);
  if (!one) return false;
  const { declaration } = one;
  if (declaration.kind === 'refused') model.slots.give(slot, Head.error, origin);
  else if (declaration.kind === 'alias' && around.has(name)) {
    reportRefused(model, one, 'it is another name of itself', declaration.span);
    model.slots.give(slot, Head.error, origin);
  } else if (declaration.kind === 'alias') fill(model, slot, declaration.type, one, new Set([...around, name]));
  else model.slots.give(slot, model.slots.named(name, origin), origin);
  return true;
}

/** Texts and numbers of fields are what the program takes them for; in an annotation, they are `string` and `float`. */
function fill(model: Model, slot: Slot, type: ImportedType, of: ImportedName, around: Set<string>): void {
  const { slots } = model;
  const origin = of.from.use;
  const give = (head: Head) => {
    slots.give(slot, head, origin);
    slots.need(slot, head, origin);
  };
  switch (type.kind) {
    case 'string':
    case 'number': {
      const head = type.kind === 'string' ? Head.string : Head.float;
      if (slots.isWall(slot)) give(head);
      else slots.fallbacks.set(slot, { head, origin });
      return;
    }
    case 'boolean':
      return give(Head.bool);
    case 'any':
    case 'unknown':
      return slots.give(slot, type.kind === 'any' ? Head.any : Head.unknown, origin);
    case 'list':
      give(Head.list);
      return fill(model, slots.child(slot, 'item'), type.item, of, around);
    case 'map': {
      give(Head.map);
      const key = slots.child(slot, 'key');
      slots.give(key, Head.string, origin);
      slots.need(key, Head.string, origin);
      return fill(model, slots.child(slot, 'value'), type.value, of, around);
    }
    case 'tuple':
      give(Head.tuple);
      for (const [i, item] of type.items.entries()) fill(model, slots.child(slot, i), item, of, around);
      return;
    case 'named': {
      const next = model.imported.get(type.name);
      const isRecord = next?.declaration.kind === 'record' || next?.declaration.kind === 'texts';
      if (isRecord) return give(slots.named(type.name, origin));
      if (fillImported(model, slot, type.name, origin, around)) return;
      reportRefused(model, of, `it is made of \`${type.name}\`, which the file does not export`, type.span);
      return slots.give(slot, Head.error, origin);
    }
    case 'refused':
      reportRefused(model, of, type.why, type.span);
      return slots.give(slot, Head.error, origin);
  }
}

function reportRefused(model: Model, { name, from }: ImportedName, why: string, span: Span): void {
  if (model.refusedImports.has(name)) return;
  model.refusedImports.add(name);
  const labels = [{ file: from.source, span, text: 'here' }];
  model.report(from.use.file, 'TWF319', from.use.span, { name, path: from.written, why }, { labels });
}
