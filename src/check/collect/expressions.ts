/** From expressions to slots and flows. */
import type { SourceFile, Span } from '../../source.js';
import type {
  BinaryExpr,
  Expr,
  FieldExpr,
  IndexExpr,
  NameExpr,
  OperationDef,
  RecordExpr,
  RecordField,
  UnaryExpr,
} from '../../syntax/ast.js';
import { isFloat } from '../../syntax/literals.js';
import { isNeverAssigned, type VariableSymbol } from '../../symbols/variable.js';
import { firstEnum, Head, isEnum } from '../../types/heads.js';
import type { Arithmetic } from '../../types/operators.js';
import { type EnumShape, type Origin, type Slot, Trait } from '../../types/slot.js';
import { at, type Context, flowExpression, type Place } from './context.js';
import { errorField, isCaughtError } from './errors.js';
import { functionCall } from './functions.js';
import { constantDependency, dependencyPath } from './dependencies.js';
import { type Label, replacement } from '../../diagnostics/diagnostic.js';
import { correction, nearest } from '../../diagnostics/suggest.js';
import { plainText } from '../../syntax/literals.js';
import type { Model } from '../model.js';
import { recordNamed } from './types.js';

/**
 * The slot of an expression.
 * @param wanted where its value goes, if that is known: an anonymous record may be a map there
 */
export function expression(cx: Context, expr: Expr, wanted?: Slot): Slot {
  const slot = compute(cx, expr, wanted);
  cx.model.slotOf.set(expr, slot);
  return slot;
}

/** The slot of a constant, which nothing around it has a part in. */
export function constantExpression(place: Place, expr: Expr): Slot {
  const slot =
    expr.kind === 'Unary'
      ? negative(place, expr, constantExpression(place, expr.operand))
      : isLiteral(expr)
        ? literal(place, expr)
        : constant(place, expr, Head.error);
  place.model.slotOf.set(expr, slot);
  return slot;
}

type Literal = Extract<Expr, { kind: 'Number' | 'String' | 'Bool' | 'Null' | 'Duration' }>;

const literals: ReadonlySet<Expr['kind']> = new Set<Expr['kind']>(['Number', 'String', 'Bool', 'Null', 'Duration']);

function isLiteral(expr: Expr): expr is Literal {
  return literals.has(expr.kind);
}

function literal(place: Place, expr: Literal): Slot {
  switch (expr.kind) {
    case 'Number':
      return number(place, expr);
    case 'String':
      return constant(place, expr, mayBeMember(place, expr) ? Head.textLiteral : Head.string);
    case 'Bool':
      return constant(place, expr, Head.bool);
    case 'Null':
      return constant(place, expr, Head.missing);
    case 'Duration':
      return constant(place, expr, Head.duration);
  }
}

function compute(cx: Context, expr: Expr, wanted?: Slot): Slot {
  switch (expr.kind) {
    case 'String':
      for (const part of expr.parts) if (typeof part !== 'string') demandPrintable(cx, part);
      return literal(cx, expr);
    case 'Number':
    case 'Bool':
    case 'Null':
    case 'Duration':
      return literal(cx, expr);
    case 'NameExpr':
      return name(cx, expr);
    case 'Field':
      return field(cx, expr);
    case 'Index':
      return index(cx, expr);
    case 'FunctionCall':
      return functionCall(cx, expr);
    case 'Unary':
      return unary(cx, expr);
    case 'Binary':
      return binary(cx, expr);
    case 'List': {
      const list = constant(cx, expr, Head.list);
      const item = cx.model.slots.child(list, 'item');
      for (const one of expr.items) {
        flowExpression(cx, one, item, { asks: 'The list holds', askedAt: undefined, handles: true });
      }
      return list;
    }
    case 'Record':
      return record(cx, expr, wanted);
    case 'Invalid':
      return constant(cx, expr, Head.error);
  }
}

function constant(cx: Place, expr: Expr, head: number): Slot {
  const origin = at(cx, expr.span);
  const slot = cx.model.slots.slot(origin);
  cx.model.slots.give(slot, head, origin);
  return slot;
}

function mayBeMember({ model }: Place, expr: Expr): boolean {
  return model.slots.enums.length > 0 && plainText(expr) !== undefined;
}

function number(cx: Place, expr: Extract<Expr, { kind: 'Number' }>): Slot {
  const slot = constant(cx, expr, isFloat(expr) ? Head.floatLiteral : Head.intLiteral);
  if (!isFloat(expr) && !Number.isSafeInteger(Number(expr.text))) {
    cx.model.demands.push({ kind: 'literal', file: cx.file, expr, slot });
  }
  return slot;
}

// --- Names and fields

function name(cx: Context, expr: NameExpr): Slot {
  const { model } = cx;
  const variable = model.ofName.get(expr);
  if (!variable || isNeverAssigned(variable)) return unknownName(cx, expr, variable);
  if (model.tooEarly.has(expr) || isCaughtError(cx, expr)) return constant(cx, expr, Head.error);
  const slot = model.variableSlots.get(variable)!;
  if (model.known.has(expr)) return known(cx, expr, slot);
  if (!model.unproven.has(expr)) return slot;
  const origin = at(cx, expr.span);
  const read = model.slots.slot(origin);
  model.slots.flow(slot, read);
  model.slots.give(read, Head.missing, origin);
  return read;
}

/** A value that is known to be there, whatever it is elsewhere. */
function known({ model, file }: Context, expr: NameExpr | FieldExpr, whole: Slot): Slot {
  const slot = model.slots.slot({ file, span: expr.span });
  model.slots.note(slot, Trait.present);
  model.slots.flow(whole, slot);
  model.wholeSlots.set(expr, whole);
  if (!model.boundBy.has(expr)) return slot;
  const read = model.slots.slot({ file, span: expr.span });
  model.slots.note(read, Trait.same);
  model.slots.flow(slot, read);
  return read;
}

/** What names were bound to says whether they are there where nothing else has been put into them since. */
export function linkBound({ slots, slotOf, boundBy, boundValues }: Model): void {
  for (const [expr, targets] of boundBy) {
    const read = slotOf.get(expr);
    for (const target of read === undefined ? [] : targets) {
      const value = boundValues.get(target);
      if (value !== undefined) slots.flow(value, read!);
    }
  }
}

function unknownName(cx: Context, expr: NameExpr, variable: VariableSymbol | undefined): Slot {
  const { model, definition } = cx;
  if (definition.kind === 'Operation' && expr.text === 'allowed_namespaces')
    return allowedNamespaces(cx, expr, definition);
  if (definition.kind !== 'Workflow') return constantDependency(cx, expr, [expr.text]);
  if (!model.variables.get(definition)!.incomplete && (!variable || variable.uses[0]!.node === expr)) {
    reportNeverAssigned(cx, expr, variable);
  }
  return constant(cx, expr, Head.error);
}

/** The namespaces that may call through the endpoint of the call. */
function allowedNamespaces(cx: Context, expr: NameExpr, operation: OperationDef): Slot {
  const { model, file } = cx;
  model.allowedNamespaces.set(expr, { operation, file });
  const list = constant(cx, expr, Head.list);
  model.slots.give(model.slots.child(list, 'item'), Head.string, at(cx, expr.span));
  return list;
}

/** Said once, at the first of the places that read the name. */
function reportNeverAssigned(cx: Context, { text, span }: NameExpr, variable: VariableSymbol | undefined): void {
  const { model, file, definition } = cx;
  const assigned = model.assignedNames(definition);
  const spans = variable ? variable.uses.map(({ node }) => node.span) : [span];
  const labels = spans.slice(1, 3).map((one) => ({ file, span: one, text: 'and here' }));
  const help = assigned.has(text)
    ? { hint: `\`${text}\` exists only inside the loop that makes it.` }
    : text === 'nil' || text === 'undefined'
      ? { hint: 'Write `null`.', fixes: [replacement('Change to `null`', file, span, 'null')] }
      : (correction(text, assigned, file, ...spans) ?? { hint: `Add a parameter \`${text}\`, or assign it first.` });
  model.report(file, 'TWF308', span, { name: text }, { labels, ...help });
}

function field(cx: Context, expr: FieldExpr): Slot {
  const ofError = errorField(cx, expr);
  if (ofError !== undefined) return cx.model.known.has(expr) ? known(cx, expr, ofError) : ofError;
  const path = dependencyPath(cx, expr);
  if (path) return constantDependency(cx, expr, path);
  const slot = readField(cx, expr, false);
  return cx.model.known.has(expr) ? known(cx, expr, slot) : slot;
}

/** The item that an index reads may not be there. */
function index(cx: Context, expr: IndexExpr): Slot {
  const { model, file } = cx;
  const [receiver, key] = [expression(cx, expr.of), expression(cx, expr.index)];
  const origin = at(cx, expr.span);
  const use = model.slots.slot(origin);
  model.slots.index(receiver, key, use, origin);
  model.slots.give(use, Head.missing, origin);
  model.demands.push({
    kind: 'sort',
    file,
    expr: expr.of,
    slot: receiver,
    asks: '`[…]` reads',
    sorts: ['list', 'map'],
  });
  model.demands.push({ kind: 'key', file, expr: expr.index, slot: key, of: receiver });
  return use;
}

/** The slot of a field that is read, or that takes what is assigned to it. */
export function readField(cx: Context, expr: FieldExpr, write: boolean): Slot {
  const { model, file } = cx;
  const receiver = expression(cx, expr.of);
  const origin = at(cx, expr.field.span);
  const use = model.slots.slot(origin);
  model.slots.access(receiver, expr.field.text, use, write, origin);
  if (write) model.writes.add(use);
  model.demands.push({
    kind: 'record',
    file,
    expr: expr.of,
    slot: receiver,
    field: expr.field.text,
    at: expr.field.span,
    write,
  });
  return use;
}

// --- Operators

export function demandCondition(cx: Context, expr: Expr): void {
  const slot = expression(cx, expr);
  cx.model.slots.note(slot, Trait.tested);
  cx.model.demands.push({ kind: 'condition', file: cx.file, expr, slot });
}

export function demandPrintable(cx: Context, expr: Expr): void {
  const slot = expression(cx, expr);
  cx.model.slots.note(slot, Trait.printed);
  cx.model.demands.push({ kind: 'printable', file: cx.file, expr, slot });
}

function unary(cx: Context, expr: UnaryExpr): Slot {
  if (expr.operator === 'not') {
    demandCondition(cx, expr.operand);
    return constant(cx, expr, Head.bool);
  }
  return negative(cx, expr, expression(cx, expr.operand));
}

function negative(place: Place, expr: UnaryExpr, operand: Slot): Slot {
  return ofSameKind(place, expr, expr.operand, operand, '`-` takes');
}

/**
 * The slot of what is of the kind of a number or a duration, and there even if that may be missing: as if it were multiplied.
 * @param asks what asks for it, if nothing else does
 */
export function ofSameKind(cx: Place, expr: Expr, of: Expr, operand: Slot, asks?: string): Slot {
  const { model, file } = cx;
  const origin = at(cx, expr.span);
  const [factor, result] = [model.slots.slot(origin), model.slots.slot(origin)];
  model.slots.give(factor, Head.intLiteral, origin);
  model.slots.note(operand, Trait.counted);
  model.operations.push({ operator: '*', left: operand, right: factor, result, origin, done: false, guessed: false });
  if (asks !== undefined) model.operators.push({ kind: 'same-kind', file, of, operand, asks });
  return result;
}

function binary(cx: Context, expr: BinaryExpr): Slot {
  const { model, file } = cx;
  switch (expr.operator) {
    case 'and':
    case 'or':
      demandCondition(cx, expr.left);
      demandCondition(cx, expr.right);
      return constant(cx, expr, Head.bool);
    case 'in':
    case 'not in': {
      const [left, right] = [expression(cx, expr.left), expression(cx, expr.right)];
      const asks = `\`${expr.operator}\` looks into`;
      model.demands.push({ kind: 'sort', file, expr: expr.right, slot: right, asks, sorts: ['list', 'map'] });
      model.memberships.push({ container: right, item: left, text: false, origin: at(cx, expr.span) });
      const sides = { left: { expr: expr.left, slot: left }, right: { expr: expr.right, slot: right } };
      model.operators.push({ kind: 'membership', file, expr, operator: expr.operator, ...sides });
      return constant(cx, expr, Head.bool);
    }
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const [left, right] = [expression(cx, expr.left), expression(cx, expr.right)];
      const orders = expr.operator !== '==' && expr.operator !== '!=';
      model.comparisons.push({ left, right, orders, origin: at(cx, expr.span) });
      model.operators.push({ kind: 'comparison', file, expr, left, right });
      return constant(cx, expr, Head.bool);
    }
    default:
      return arithmetic(cx, expr, expr.operator);
  }
}

function arithmetic(cx: Context, expr: BinaryExpr, operator: Arithmetic): Slot {
  const { model, file } = cx;
  const [left, right] = [expression(cx, expr.left), expression(cx, expr.right)];
  const origin = at(cx, expr.span);
  const result = model.slots.slot(origin);
  const operation = { operator, left, right, result, origin, done: false, guessed: false };
  for (const side of [left, right]) {
    model.slots.note(side, operator === '+' ? Trait.printed : Trait.counted);
  }
  model.operations.push(operation);
  model.operators.push({ kind: 'arithmetic', file, expr, left: expr.left, right: expr.right, operation });
  return result;
}

// --- Records

function record(cx: Context, expr: RecordExpr, wanted?: Slot): Slot {
  const { model } = cx;
  const { slots } = model;
  const origin = at(cx, expr.span);
  if (!expr.name && wanted !== undefined && slots.given.has(wanted, Head.map)) return map(cx, expr, wanted);
  const head = expr.name ? recordNamed(model, expr.name, cx.file) : slots.anonymous(origin);
  const fields = distinctFields(cx, expr);
  if (head === undefined) {
    for (const { value } of fields) expression(cx, value);
    return constant(cx, expr, Head.error);
  }
  const slot = slots.slot(origin);
  slots.give(slot, head, origin);
  for (const { name, value } of fields) {
    const owner = expr.name ? `${expr.name.text}.` : '';
    const field = slots.field(head, name.text, at(cx, name.span));
    // It may turn out to be a record that is declared.
    if (!expr.name) model.writes.add(field);
    flowExpression(cx, value, field, {
      asks: `\`${owner}${name.text}\` is`,
      askedAt: undefined,
    });
  }
  const given = new Map(fields.map(({ name }) => [name.text, name.span]));
  slots.record(head).constructions.push({ fields: given, origin: expr.name ? at(cx, expr.name.span) : origin });
  return slot;
}

/** @param names of the fields that may be meant */
export function reportNoField(
  model: Model,
  file: SourceFile,
  field: { readonly text: string; readonly span: Span },
  type: { readonly name: string; readonly origin: Origin | undefined; readonly causes?: readonly Label[] },
  names: Iterable<string>,
): void {
  const declared = type.origin ? [{ ...type.origin, text: 'it is declared here' }] : [];
  const labels = [...declared, ...(type.causes ?? [])];
  const help = correction(field.text, names, file, field.span);
  model.report(file, 'TWF429', field.span, { type: type.name, field: field.text }, { labels, ...help });
}

function distinctFields({ model, file }: Context, { fields }: RecordExpr): readonly RecordField[] {
  const firsts = new Map<string, Span>();
  return fields.filter(({ name: { text, span } }) => {
    const first = firsts.get(text);
    if (!first) firsts.set(text, span);
    else
      model.report(file, 'TWF426', span, { name: text }, { labels: [{ file, span: first, text: 'the first time' }] });
    return !first;
  });
}

/** The keys are texts; where members of an enum or ints are asked for, they are those. */
function mapKeys(cx: Context, expr: RecordExpr, key: Slot, wanted: Slot, fields: readonly RecordField[]): void {
  const { model, file } = cx;
  const { slots } = model;
  const asked = slots.given.only(slots.child(wanted, 'key'));
  const members = asked !== undefined && isEnum(asked) ? slots.enums[asked - firstEnum]! : undefined;
  const isOfInts = asked === Head.int && fields.every(({ name: { text } }) => /^(0|-?[1-9]\d{0,14})$/.test(text));
  if (fields.length > 0) slots.give(key, members || isOfInts ? asked! : Head.string, at(cx, expr.span));
  for (const { name } of members ? fields : []) {
    if (!members!.members.includes(name.text)) reportNoMember(model, file, name, members!);
  }
}

/** @param at a text that is no member: its span with its quotes, if it has some */
export function reportNoMember(
  model: Model,
  file: SourceFile,
  { text, span }: { readonly text: string; readonly span: Span },
  { name, members, origin }: EnumShape,
  asked: readonly Label[] = [],
): void {
  const best = nearest(text, members);
  const written = file.text.slice(span.start, span.end) === text ? best : `"${best}"`;
  const help =
    best === undefined
      ? { hint: `Its members are ${members.map((one) => `\`${one}\``).join(', ')}.` }
      : { hint: `Did you mean \`${best}\`?`, fixes: [replacement(`Change to \`${best}\``, file, span, written!)] };
  const labels = [{ ...origin, text: 'it is declared here' }, ...asked];
  model.report(file, 'TWF437', span, { type: name, member: text }, { labels, ...help });
}

function map(cx: Context, expr: RecordExpr, wanted: Slot): Slot {
  const { slots } = cx.model;
  const slot = constant(cx, expr, Head.map);
  const fields = distinctFields(cx, expr);
  mapKeys(cx, expr, slots.child(slot, 'key'), wanted, fields);
  for (const { value } of fields) {
    flowExpression(cx, value, slots.child(slot, 'value'), { asks: 'The map holds', askedAt: undefined });
  }
  cx.model.maps.add(expr);
  return slot;
}
