/** Whether every value fits where it goes, and what is done to it on its way (grammar/README.md, "What fits where"). */
import { type Fix, type Label, replacement } from '../../diagnostics/diagnostic.js';
import type { Decided } from '../../types/decide.js';
import { Head, isEnum } from '../../types/heads.js';
import { describeType, printType } from '../../types/print.js';
import { type Fit, relate } from '../../types/relate.js';
import type { Origin, Slot } from '../../types/slot.js';
import type { SourceFile } from '../../source.js';
import { type EnumType, type Type, withoutAbsence } from '../../types/type.js';
import type { Expr, NameExpr } from '../../syntax/ast.js';
import { isLiteralArithmetic, isNumericLiteral, numberKind, plainText } from '../../syntax/literals.js';
import type { Model, ValueFlow } from '../model.js';
import { reportNoMember } from '../collect/expressions.js';
import { causeOf, distinct } from './causes.js';
import { nameOfValue, type Typed } from './typed.js';

export function verifyFlows(typed: Typed): void {
  for (const flow of typed.model.valueFlows) verifyFlow(typed, flow);
}

/** What is assigned to a declared field, or put into a list that it holds, must be what that was declared to be. */
function targetOf({ model }: Typed, slot: Slot): Slot {
  const { writes, declaredFields, slots } = model;
  if (declaredFields.size === 0) return slot;
  if (writes.has(slot)) return slots.flows.out(slot).find((one) => declaredFields.has(one)) ?? slot;
  const list = slots.parent(slot);
  const declared = list === undefined ? undefined : declaredSource(model, list);
  return declared !== undefined && slots.given.has(declared, Head.list) ? slots.child(declared, 'item') : slot;
}

/** The declared field that a value is read from, without a variable in between. */
function declaredSource(model: Model, slot: Slot, depth = 0): Slot | undefined {
  const { slots, declaredFields, slotsOfVariables } = model;
  if (declaredFields.has(slot) || (slots.isWall(slot) && depth > 0)) return slot;
  if (depth > 4 || slots.isWall(slot) || slotsOfVariables.has(slot)) return undefined;
  for (const from of slots.flows.into(slot)) {
    const found = declaredSource(model, from, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function verifyFlow(typed: Typed, given: ValueFlow): void {
  const target = targetOf(typed, given.to);
  const flow = target === given.to ? given : { ...given, to: target };
  const from = typed.typeOf(flow.from);
  const to = wantedBy(typed, flow, typed.typeOf(flow.to));
  if (from.kind === 'error' || to.kind === 'error') return;
  if (!flow.handles && holdsHandle(from)) return reportEscape(typed, flow);
  if (from.kind === 'void' && !(flow.nothing && to.kind === 'void')) return reportVoid(typed, flow);
  if (flow.expr && isMember(typed, flow.file, flow.expr, to, flow.askedAt, flow.to)) return;
  const literal = flow.expr !== undefined && (isNumericLiteral(flow.expr) || isLiteralArithmetic(flow.expr));
  const written = flow.expr && isNumericLiteral(flow.expr) ? numberKind(flow.expr) : undefined;
  const isWhatIsAsked = written !== undefined && withoutAbsence(to).kind === written;
  const fit = relate(isWhatIsAsked ? { kind: written } : from, to, { literal, direct: flow.expr !== undefined });
  if (flow.expr && literal && withoutAbsence(to).kind === 'decimal') {
    typed.conversions.set(flow.expr, 'decimal-literal');
    return;
  }
  apply(typed, flow, fit, from, to);
}

/** A field that TypeScript lets be left out, or be `null`, takes a value: only what may be both takes what may be missing. */
function wantedBy({ model }: Typed, { to }: ValueFlow, type: Type): Type {
  const field = model.importedFields.get(to)?.field;
  return !field || field.isMaybe ? type : withoutAbsence(type);
}

function apply(typed: Typed, flow: ValueFlow, fit: Fit, from: Type, to: Type): void {
  switch (fit.kind) {
    case 'fits':
      return;
    case 'converts':
      typed.conversions.set(flow.expr!, fit.how);
      return;
    case 'may-be-missing':
      apply(typed, flow, fit.otherwise, from, to);
      return checkedRead(typed, flow.expr!, flow.from, flow, to);
    case 'differs':
      return reportMismatch(typed, flow, from, to);
  }
}

// --- Members of enums

/**
 * A text that stands where an enum is asked for is the name of a member.
 * @param asking what asks for it, if that stands elsewhere
 * @returns whether that is what it is
 */
export function isMember(
  typed: Typed,
  file: SourceFile,
  expr: Expr,
  wanted: Type,
  askedAt?: Origin,
  asking?: Slot,
): boolean {
  const { model, members } = typed;
  const text = plainText(expr);
  const type = text === undefined ? undefined : enumOf(withoutAbsence(wanted), text);
  if (text === undefined || !type) return false;
  if (type.members.includes(text)) members.set(expr, type);
  else
    reportNoMember(
      model,
      file,
      { text, span: expr.span },
      model.slots.enums.find(({ name }) => name === type.name)!,
      askedAt ? [{ ...askedAt, text: 'it is asked for here' }] : askedBy(typed, asking, { file, span: expr.span }),
    );
  return true;
}

/** Where a member is asked for, and how what asks has come to what it is put into. */
function askedBy(typed: Typed, slot: Slot | undefined, at: Origin): Label[] {
  const needs = slot === undefined ? [] : typed.model.slots.needs.entries(slot);
  const need = needs.find(({ head }) => isEnum(head));
  if (!need) return [];
  const [, ...passed] = causeOf(typed, slot!, need.head, need.origin);
  return distinct(at, [{ ...need.origin, text: 'it is asked for here' }, ...passed]);
}

function enumOf(type: Type, text: string): EnumType | undefined {
  if (type.kind === 'enum') return type.type;
  if (type.kind !== 'union') return undefined;
  return type.members.flatMap((one) => (one.kind === 'enum' && one.type.members.includes(text) ? [one.type] : []))[0];
}

// --- What may be missing

type Asking = Pick<ValueFlow, 'file' | 'asks'> & Partial<Pick<ValueFlow, 'askedAt'>>;

/** A value that may be missing, where one is needed: an error if that was declared, else a read that is checked. */
export function checkedRead(typed: Typed, expr: Expr, slot: ValueFlow['from'], asking: Asking, wanted: Type): void {
  const { model } = typed;
  if (expr.kind === 'Null' || typed.isDeclaredOptional(slot)) {
    return reportNull(typed, { expr, at: expr.span, from: slot, ...asking }, wanted);
  }
  const name = nameOfValue(expr);
  typed.checked.set(expr, name);
  if (expr.kind === 'Index') return;
  const variable = expr.kind === 'NameExpr' && model.unproven.has(expr) ? model.ofName.get(expr) : undefined;
  if (variable) {
    if (model.unreachable.has(expr as NameExpr) || !typed.first(variable, 'unset')) return;
    const write = variable.uses.find((use) => use.write);
    const labels = write ? [{ file: asking.file, span: write.node.span, text: 'it gets a value here' }] : [];
    model.report(asking.file, 'TWF415', expr.span, { name }, { labels, hint: 'Assign it on every path.' });
    return;
  }
  const cause = model.slots.given.originOf(slot, Head.missing);
  if (cause && !typed.first(cause, name)) return;
  const missing = cause ? [{ ...cause, text: 'this is why it may be missing' }] : [];
  const labels = [...missing, ...lossOf(model, asking.file, expr)];
  model.report(asking.file, 'TWF414', expr.span, { asks: asking.asks, wanted: describeType(wanted), name }, { labels });
}

function reportNull(
  typed: Typed,
  { expr, at, from, file, asks, askedAt }: Asking & Pick<ValueFlow, 'expr' | 'at' | 'from'>,
  wanted: Type,
): void {
  const { model } = typed;
  const declared = model.slots.given.originOf(from, Head.null);
  const [, ...passed] = declared ? causeOf(typed, from, Head.null, declared) : [];
  const labels: Label[] = declared ? [{ ...declared, text: 'it may be `null` by this declaration' }, ...passed] : [];
  const loss = lossOf(model, file, expr);
  labels.push(...loss);
  if (askedAt) labels.push({ ...askedAt, text: `\`${printType(wanted)}\` is asked for here` });
  const declare =
    askedAt && `If it may be missing there, declare \`${printType({ kind: 'optional', of: wanted })}\` there.`;
  const hint = loss.length > 0 ? 'To keep it, give it a name of its own before the wait.' : declare;
  model.report(file, 'TWF413', at, { asks, wanted: describeType(wanted) }, { labels, hint });
}

/** The wait behind which what was tested is not known any more. */
function lossOf({ lostBy }: Model, file: SourceFile, expr: Expr | undefined): Label[] {
  const waiting = expr && lostBy.get(expr);
  if (!waiting) return [];
  const { start, end } = waiting.span;
  const line = file.text.indexOf('\n', start);
  const text = 'it was known to be there until this waits: something else may assign it meanwhile';
  return [{ file, span: { start, end: line < 0 ? end : Math.min(line, end) }, text }];
}

// --- What does not fit

function reportMismatch(typed: Typed, flow: ValueFlow, from: Type, to: Type): void {
  const { model, decided } = typed;
  const { file, at, asks, askedAt } = flow;
  const mayBeMissing = from.kind === 'optional' && to.kind !== 'optional';
  if (from.kind === 'null' || (mayBeMissing && fitsInside(from.of, to))) {
    return reportNull(typed, flow, to);
  }
  const parts = decided.parts(flow.from);
  const wrong = parts.find(({ type }) => !fitsInside(type, to)) ?? parts[0];
  const target = askedAt ?? model.slots.given.entries(flow.to)[0]?.origin;
  if (wrong && target && !typed.first(wrong.origin, place(target))) return;
  const isOneOfSeveral = withoutAbsence(from).kind === 'union' && wrong !== undefined;
  const found = isOneOfSeveral ? wrong.type : from;
  const labels = wrong ? distinct({ file, span: at }, whyWrong(typed, flow.from, wrong, to)) : [];
  const declared = askedAt ?? (model.slots.isWall(flow.to) ? target : undefined);
  if (declared) labels.push({ ...declared, text: `\`${printType(to)}\` is asked for here` });
  const code = found.kind === 'named' && to.kind === 'named' ? 'TWF401' : 'TWF402';
  const values = { asks, wanted: describeType(to), is: isOneOfSeveral ? 'may be' : 'is', found: describeType(found) };
  const fixes = flow.expr && found === from ? fixesFor(flow.expr, file, from, to) : [];
  model.report(file, code, at, values, { labels, hint: hintFor(found, to), fixes });
}

/** Where what does not fit comes from: of a list its items, of a map its values. */
function whyWrong(typed: Typed, slot: Slot, part: ReturnType<Decided['parts']>[number], to: Type): Label[] {
  const { slots } = typed.model;
  const wanted = withoutAbsence(to);
  const inside =
    part.head === Head.list && wanted.kind === 'list'
      ? { slot: slots.child(slot, 'item'), to: wanted.item }
      : part.head === Head.map && wanted.kind === 'map'
        ? { slot: slots.child(slot, 'value'), to: wanted.value }
        : undefined;
  if (!inside) return causeOf(typed, slot, part.head, part.origin);
  const wrong = typed.decided.parts(inside.slot).find(({ type }) => !fitsInside(type, inside.to));
  if (wrong) return whyWrong(typed, inside.slot, wrong, inside.to);
  const { given } = slots;
  const absent = given.originOf(inside.slot, Head.missing) ?? given.originOf(inside.slot, Head.null);
  return absent
    ? [{ ...absent, text: 'this is why one may be missing' }]
    : causeOf(typed, slot, part.head, part.origin);
}

function fitsInside(from: Type, to: Type): boolean {
  return relate(from, to, { literal: false, direct: false }).kind === 'fits';
}

function place({ file, span }: Origin): string {
  return `${file.path}:${span.start}`;
}

const numbers = new Set<Type['kind']>(['int', 'float', 'decimal']);

const texts = new Set<Type['kind']>([...numbers, 'bool']);

function fixesFor(expr: Expr, file: ValueFlow['file'], from: Type, to: Type): Fix[] {
  if (to.kind !== 'string' || !texts.has(from.kind)) return [];
  const { start, end } = expr.span;
  return [replacement('Write `string(…)`', file, expr.span, `string(${file.text.slice(start, end)})`)];
}

function hintFor(from: Type, to: Type): string | undefined {
  if (from.kind === 'named' && to.kind === 'named') {
    return `If \`${from.type.name}\` and \`${to.type.name}\` are the same, use one name for both.`;
  }
  if (from.kind === 'unknown') return 'Declare what it is: a value of unknown type can only be stored and passed on.';
  if (from.kind === 'float' && to.kind === 'decimal')
    return 'Exact and rounded numbers do not mix: write `decimal(…)`.';
  if (to.kind === 'string' && (numbers.has(from.kind) || from.kind === 'bool')) return 'Write `string(…)`.';
  if (from.kind === 'string' && numbers.has(to.kind)) return `Write \`${to.kind}(…)\`.`;
  if (to.kind === 'duration' && from.kind === 'int') return 'Write a duration: `30s`, `5m`, `24h`.';
  return undefined;
}

export function reportVoid(typed: Typed, { from, file, at }: ValueFlow): void {
  const { model } = typed;
  const cause = model.slots.given.originOf(from, Head.void);
  if (cause && !typed.first(cause, 'void')) return;
  const isElsewhere = cause && (cause.file !== file || cause.span.start !== at.start);
  const labels = isElsewhere ? [{ ...cause, text: 'by this, it gives nothing' }] : [];
  const hint = isElsewhere ? 'Leave out the name, or declare a result: `-> Type`.' : 'Write it on a line of its own.';
  model.report(file, 'TWF412', at, {}, { labels, hint });
}

function reportEscape(typed: Typed, { from, file, at }: ValueFlow): void {
  const cause = handleIn(typed, from);
  if (cause && !typed.first(cause, 'escapes')) return;
  const labels = cause ? [{ ...cause, text: 'it is started here' }] : [];
  const hint = 'Wait for it first, `await … -> result`, and give its result.';
  typed.model.report(file, 'TWF411', at, {}, { labels, hint });
}

function handleIn({ model }: Typed, slot: ValueFlow['from']): Origin | undefined {
  let at = slot;
  while (model.slots.given.has(at, Head.list)) at = model.slots.child(at, 'item');
  return model.slots.given.originOf(at, Head.handle);
}

function holdsHandle(type: Type): boolean {
  if (type.kind === 'list') return holdsHandle(type.item);
  if (type.kind === 'optional') return holdsHandle(type.of);
  if (type.kind === 'union') return type.members.some(holdsHandle);
  return type.kind === 'handle';
}
