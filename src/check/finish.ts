/** What can be said only when every body has been seen: results that nobody gives, fields that some record leaves out. */
import type { SourceFile } from '../source.js';
import { keyIn } from '../symbols/packages.js';
import { Head, isRecord } from '../types/heads.js';
import type { RecordShape, Slot } from '../types/slot.js';
import type { Slots } from '../types/slots.js';
import { externalSignatures, inferredSignatures } from './collect/signatures.js';
import type { BodyDefinition, Callable, Demand, Model } from './model.js';

/**
 * Definitions without a declared result that give none: nothing, or, where somebody binds it, something unknown. Where only
 * some paths give one, it may be missing.
 */
export function settleResults(model: Model): void {
  const { slots } = model;
  const bound = new Map<Slot, boolean>();
  for (const { file, at, signature } of model.boundResults) {
    const { definition, name, result } = signature;
    if (isGiven(slots, result) || !definition || bound.has(result)) continue;
    const labels = [{ file: signature.file, span: definition.name.span, text: 'it is defined here' }];
    model.report(file, 'TWF416', at, { name }, { labels, hint: `Declare what \`${name}\` gives: \`-> Type\`.` });
    bound.set(result, true);
  }
  for (const { definition, declaredResult, result, file } of model.signatures.values()) {
    if (declaredResult || !definition || isGiven(slots, result)) continue;
    slots.give(result, bound.has(result) ? Head.unknown : Head.void, { file, span: definition.name.span });
  }
  for (const [{ result }, origin] of model.endsWithoutResult) {
    if (slots.flows.hasInto(result)) slots.give(result, Head.missing, origin);
  }
  // Of what belongs to somebody else, what nobody binds is nothing.
  for (const { result, file } of inferredSignatures(model)) {
    if (!slots.flows.hasOut(result)) slots.give(result, Head.void, { ...slots.origin(result), file });
  }
}

function isGiven(slots: Slots, slot: Slot): boolean {
  return slots.flows.hasInto(slot) || !slots.given.isEmpty(slot);
}

/** A record that a condition asks for is one that may be missing, if nothing says that it is not. */
export function settlePresenceTests(model: Model): void {
  const { slots, demands } = model;
  const tests = demands.filter(
    (one) =>
      one.kind === 'condition' &&
      one.expr.kind !== 'Record' &&
      isOnlyRecord(slots, one.slot) &&
      !isDeclared(model, one.slot),
  );
  if (tests.length === 0) return;
  const fields = new Set(slots.records.flatMap((record) => [...record.fields.values()]));
  for (const { file, expr, slot } of tests as readonly Extract<Demand, { kind: 'condition' }>[]) {
    // What is read from a field is asked for where it comes from, too.
    const behind = slots.flows.into(slot).filter((one) => fields.has(one));
    for (const one of [slot, ...behind]) slots.give(one, Head.missing, { file, span: expr.span });
  }
}

/** By its annotation, or that of the field that it is read from, it is what it was declared to be. */
export function isDeclared({ slots, declaredFields }: Model, slot: Slot): boolean {
  return slots.isWall(slot) || slots.flows.into(slot).some((one) => declaredFields.has(one));
}

function isOnlyRecord(slots: Slots, slot: Slot): boolean {
  return !slots.given.isEmpty(slot) && slots.given.every(slot, isRecord);
}

/** A field that some `R{…}` leaves out, and nothing fills in later, may be missing. */
export function settleMissingFields(model: Model): void {
  const { slots } = model;
  for (const record of slots.records) {
    if (record.sameAs !== undefined || record.closed || record.constructions.length === 0) continue;
    for (const [name, slot] of record.fields) {
      if (record.written.has(name)) continue;
      const without = record.constructions.find(({ fields }) => !fields.has(name));
      if (without) slots.give(slot, Head.missing, without.origin);
    }
  }
  slots.propagate();
}

/**
 * Names for records that are only known by their fields: after what holds them; of several holders, the first by its name,
 * wherever it stands.
 */
export function nameRecords(model: Model): (record: RecordShape) => string {
  const { slots } = model;
  const names = new Map<RecordShape, string>();
  const allAreNamed = slots.records.every(({ name, sameAs }) => name !== undefined || sameAs !== undefined);
  if (allAreNamed) return ({ name }) => name!;
  const taken = new Set(slots.records.flatMap(({ name }) => (name === undefined ? [] : [name])));
  for (const name of model.definitions.types.keys()) taken.add(name);
  const nameSlot = (slot: Slot, suggestion: string, depth = 0): void => {
    for (const head of slots.given.heads(slot)) {
      if (isRecord(head)) nameRecord(slots.record(head), suggestion);
      else if (head === Head.list && slots.hasChildren(slot) && depth < 3)
        nameSlot(slots.child(slot, 'item'), `${suggestion}Item`, depth + 1);
    }
  };
  const nameRecord = (record: RecordShape, suggestion: string): void => {
    if (record.name !== undefined || names.has(record)) return;
    let name = suggestion;
    for (let n = 2; taken.has(name); n++) name = `${suggestion}${n}`;
    taken.add(name);
    names.set(record, name);
    nameFields(record, name);
  };
  const nameFields = (record: RecordShape, name: string): void => {
    for (const [field, slot] of byText(record.fields, ([text]) => text)) nameSlot(slot, name + capitalised(field));
  };
  const named = slots.records.filter(({ name, sameAs }) => name !== undefined && sameAs === undefined);
  for (const record of byText(named, ({ name }) => name!)) nameFields(record, record.name!);
  const { packages } = model.definitions;
  const inPackage = (file: SourceFile, name: string) => keyIn(packages.of(file), name);
  for (const { path, args, result, file } of byText(model.dependencyUses, (use) => use.path.join('.'))) {
    const whole = inPackage(file, path.map(capitalised).join(''));
    nameSlot(result, `${whole}Result`);
    for (const { name, slot } of args ?? []) nameSlot(slot, whole + capitalised(name));
  }
  const keyOf = ownKeys(model);
  const signatures = [...model.signatures.values(), ...externalSignatures(model)];
  for (const { name, params, result, file } of byText(signatures, (one) => keyOf(one.name, one.definition))) {
    const whole = inPackage(file, name);
    nameSlot(result, `${whole}Result`);
    for (const param of params) nameSlot(param.slot, whole + capitalised(param.name));
  }
  const nameOf = (definition: BodyDefinition) =>
    inPackage(model.signatures.get(definition)!.file, definition.name.text);
  for (const [definition, slot] of byText(model.progress, ([one]) => one.name.text))
    nameSlot(slot, `${nameOf(definition)}Progress`);
  for (const [definition, { all }] of byText(model.variables, ([one]) => keyOf(one.name.text, one))) {
    for (const variable of all)
      nameSlot(model.variableSlots.get(variable)!, nameOf(definition) + capitalised(variable.name));
  }
  return (record) => record.name ?? names.get(record) ?? nameLeft(record);
  function nameLeft(record: RecordShape): string {
    nameRecord(record, 'Record');
    return names.get(record)!;
  }
}

/** What tells definitions of one name apart, wherever they stand: their kind, and what they are in. */
function ownKeys({ definitions }: Model): (name: string, definition: Callable | undefined) => string {
  const owners = new Map<Callable, string>();
  for (const { name, handlers } of definitions.workflows.values())
    for (const handler of handlers) owners.set(handler, name.text);
  for (const { name, operations } of definitions.services.values())
    for (const operation of operations) owners.set(operation, name.text);
  return (name, definition) => [name, definition?.kind, definition && owners.get(definition)].join('\n');
}

function byText<T>(items: Iterable<T>, textOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => (textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0));
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
