/** Whether operands go together (grammar/README.md, "Operators"). */
import { type Label, replacement } from '../../diagnostics/diagnostic.js';
import type { SourceFile } from '../../source.js';
import type { Expr } from '../../syntax/ast.js';
import { Head, isNumeric, joinNumbers } from '../../types/heads.js';
import { type Operation, operandHead, resultOf } from '../../types/operators.js';
import { describeType } from '../../types/print.js';
import { same } from '../../types/relate.js';
import { type Origin, type Slot, Trait } from '../../types/slot.js';
import { type Type, withoutAbsence } from '../../types/type.js';
import type { Operator } from '../model.js';
import { allOf, causesOf } from './causes.js';
import { checkedRead, isMember } from './flows.js';
import { nameOfValue, type Typed } from './typed.js';

type Of<K extends Operator['kind']> = Extract<Operator, { kind: K }>;

const numeric = new Set<Type['kind']>(['int', 'float', 'decimal']);
const printable = new Set<Type['kind']>([...numeric, 'string', 'enum', 'bool', 'unknown', 'any']);

export function verifyOperators(typed: Typed): void {
  for (const operator of typed.model.operators) {
    switch (operator.kind) {
      case 'arithmetic':
        verifyArithmetic(typed, operator);
        break;
      case 'comparison':
        verifyComparison(typed, operator);
        break;
      case 'membership':
        verifyMembership(typed, operator);
        break;
      case 'same-kind':
        verifySameKind(typed, operator);
        break;
      default:
        operator satisfies never;
    }
  }
}

function verifyArithmetic(typed: Typed, { file, expr, operation, ...sides }: Of<'arithmetic'>): void {
  const { model } = typed;
  const { operator, left, right } = operation;
  const [a, b] = [typed.typeOf(left), typed.typeOf(right)];
  if (a.kind === 'error' || b.kind === 'error') return;
  if (operation.guessed) model.report(file, 'TWF421', expr.span, {}, { hint: 'Declare the type of one side.' });
  const [plainA, plainB] = [withoutAbsence(a), withoutAbsence(b)];
  const heads = [operandHead(model.slots, left), operandHead(model.slots, right)] as const;
  const joinsText = operator === '+' && [plainA.kind, plainB.kind].some((kind) => kind === 'string' || kind === 'enum');
  const fits = joinsText
    ? printable.has(plainA.kind) && printable.has(plainB.kind)
    : heads[0] !== undefined && heads[1] !== undefined && isKnown(resultOf(operator, heads[0], heads[1]));
  if (!fits) {
    const values = { operator, left: describeType(a), right: describeType(b) };
    const labels = sideCauses(typed, { file, span: expr.span }, left, right);
    model.report(file, 'TWF408', expr.span, values, { labels, hint: operandsHint(plainA, plainB) });
    return;
  }
  if (sides.left) present(typed, file, sides.left, left, a, operator);
  present(typed, file, sides.right, right, b, operator);
  if (operator === '/' && plainA.kind === 'int' && plainB.kind === 'int') warnOfDivision(typed, file, expr, operation);
}

/** Where two sides have come from. */
function sideCauses(typed: Typed, at: Origin, left: Slot, right: Slot): Label[] {
  return allOf(at, causesOf(typed, left, at), causesOf(typed, right, at));
}

function operandsHint(...sides: readonly [Type, Type]): string | undefined {
  const has = (...kinds: Type['kind'][]) => sides.some(({ kind }) => kinds.includes(kind));
  if (sides.every(({ kind }) => numeric.has(kind))) return 'Exact and rounded numbers do not mix: write `decimal(…)`.';
  if (has('string') && has('named')) return 'Name one of its fields.';
  if (has('string') && has('duration', 'time'))
    return 'Only numbers, texts, `true` and `false` have a text of their own.';
  if (has('duration') && has('decimal')) return 'A duration goes with an int or a float: write `float(…)`.';
  if (has('duration') && has('int', 'float')) return 'A number times a duration is a duration: `n * 1s`.';
  return undefined;
}

/** A quotient of ints is cut to an int: it may not be what was meant where nobody says int, or where it is no int later. */
function warnOfDivision(typed: Typed, file: SourceFile, expr: Expr, { left, right, result }: Operation): void {
  const { slots } = typed.model;
  if (typed.typeOf(result).kind !== 'int') return;
  const defaulted = [left, right].some((side) => slots.is(side, Trait.defaulted));
  const fraction = fractionAfter(typed, result);
  if (!defaulted && !fraction) return;
  const why = defaulted ? 'nothing says that its sides are more than ints' : 'both sides are ints';
  const labels = fraction ? [{ ...fraction, text: 'its value ends here' }] : [];
  const hint = 'Write `float(…)` or `decimal(…)` around one side to keep the fraction.';
  typed.model.report(file, 'TWF420', expr.span, { why }, { labels, hint });
}

/** Where the value of an int ends in something that could hold a fraction. */
function fractionAfter(typed: Typed, slot: Slot): Origin | undefined {
  const { slots } = typed.model;
  const seen = new Set([slot]);
  for (const one of seen) {
    const { kind } = withoutAbsence(typed.typeOf(one));
    if (kind === 'float' || kind === 'decimal') return slots.origin(one);
    if (kind === 'int') slots.flows.eachOut(one, (next) => seen.add(next));
  }
  return undefined;
}

function isKnown(head: number | undefined): boolean {
  return head !== undefined && head !== Head.error;
}

function present(typed: Typed, file: SourceFile, expr: Expr, slot: Slot, type: Type, operator: string): void {
  if (type.kind === 'optional') checkedRead(typed, expr, slot, { file, asks: `\`${operator}\` takes` }, type.of);
}

const ordered = new Set<Type['kind']>([...numeric, 'string', 'duration', 'time']);
const comparable = new Set<Type['kind']>([...ordered, 'enum', 'bool', 'unknown', 'any', 'null']);

function verifyComparison(typed: Typed, { file, expr, left, right, ofSwitch }: Of<'comparison'>): void {
  const operator = ofSwitch ? 'case' : expr.operator;
  const [a, b] = [typed.typeOf(left), typed.typeOf(right)];
  if (a.kind === 'error' || b.kind === 'error') return;
  const equality = expr.operator === '==' || expr.operator === '!=';
  if (equality && expr.right.kind === 'Null') return verifyNullTest(typed, file, expr.left);
  if (equality && expr.left.kind === 'Null') return verifyNullTest(typed, file, expr.right);
  const subject = ofSwitch && { file, span: ofSwitch.subject.span };
  if (equality && (isMember(typed, file, expr.right, a, subject) || isMember(typed, file, expr.left, b))) return;
  const [plainA, plainB] = [withoutAbsence(a), withoutAbsence(b)];
  const kinds = equality ? comparable : ordered;
  const fits = alike(plainA, plainB) || areNumbers(typed, left, right);
  const unfit = [
    { type: plainA, expr: expr.left, slot: left },
    { type: plainB, expr: expr.right, slot: right },
  ].find(({ type }) => !kinds.has(type.kind));
  // What is wrong with the subject of a `switch` is wrong with it in every case.
  if ((unfit || !fits) && ofSwitch && !typed.first(ofSwitch, 'compared')) return;
  if (unfit) return reportUnfit(typed, file, operator, unfit);
  if (!fits) {
    const values = { operator, left: describeType(a), right: describeType(b) };
    const labels = [
      ...(subject ? [{ ...subject, text: 'it is compared with this' }] : []),
      ...sideCauses(typed, { file, span: expr.span }, left, right),
    ];
    typed.model.report(file, 'TWF409', expr.span, values, { labels, hint: comparisonHint(plainA, plainB) });
    return;
  }
  const isComputed = [plainA.kind, plainB.kind].some((kind) => kind === 'decimal' || kind === 'time');
  if (equality && !isComputed) return;
  present(typed, file, expr.left, left, a, operator);
  present(typed, file, expr.right, right, b, operator);
}

/** One side alone cannot be compared, whatever the other is. */
function reportUnfit(
  typed: Typed,
  file: SourceFile,
  operator: string,
  side: { type: Type; expr: Expr; slot: Slot },
): void {
  const { type, expr, slot } = side;
  const isWhole = !comparable.has(type.kind);
  const values = { operator, found: describeType(type) };
  const labels = causesOf(typed, slot, { file, span: expr.span });
  const hint = comparisonHint(type, type);
  typed.model.report(file, isWhole ? 'TWF445' : 'TWF446', expr.span, values, { labels, hint });
}

function comparisonHint(...sides: readonly [Type, Type]): string | undefined {
  const has = (...kinds: Type['kind'][]) => sides.some(({ kind }) => kinds.includes(kind));
  if (has('list')) return 'Compare their lengths or their items.';
  if (has('named', 'map')) return 'Compare their fields.';
  if (sides.every(({ kind }) => numeric.has(kind))) return 'Exact and rounded numbers do not mix: write `decimal(…)`.';
  if (has('duration') && has('int', 'float')) return 'Write a duration: `30s`, `5m`, `24h`.';
  if (has('decimal') && has('any', 'unknown')) return 'Exact numbers are compared with numbers: write `decimal(…)`.';
  return undefined;
}

/** Two numbers that can be computed with each other: a literal is what the other side is. */
function areNumbers({ model: { slots } }: Typed, left: Slot, right: Slot): boolean {
  const [a, b] = [operandHead(slots, left), operandHead(slots, right)];
  return a !== undefined && b !== undefined && isNumeric(a) && isNumeric(b) && joinNumbers(a, b) !== undefined;
}

/** A parameter that is declared without `?` is never `null`, and neither is what was tested before. */
function verifyNullTest(typed: Typed, file: SourceFile, expr: Expr): void {
  const { model, decided } = typed;
  const whole = model.wholeSlots.get(expr);
  if (model.boundBy.has(expr)) return;
  if (whole !== undefined && decided.typeOf(whole).kind === 'optional') {
    const values = { name: nameOfValue(expr), why: 'that was tested before' };
    return model.report(file, 'TWF433', expr.span, values, { hint: 'Remove the test.' });
  }
  const type = expr.kind === 'NameExpr' ? model.ofName.get(expr)?.param?.type : undefined;
  const slot = model.slotOf.get(expr);
  if (expr.kind !== 'NameExpr' || !type || slot === undefined || typed.isDeclaredOptional(slot)) return;
  if (isOpen(typed.typeOf(slot))) return;
  const written = file.text.slice(type.span.start, type.span.end);
  const end = { start: type.span.end, end: type.span.end };
  const fixes = type.kind === 'NamedType' ? [replacement(`Declare it \`${written}?\``, file, end, '?')] : [];
  const labels = [{ file, span: type.span, text: 'it is declared here' }];
  const hint = 'If callers may leave it out, declare it with a `?`.';
  const values = { name: expr.text, why: `it is declared \`${written}\`, without a \`?\`` };
  model.report(file, 'TWF433', expr.span, values, { labels, hint, fixes });
}

const isOpen = ({ kind }: Type): boolean => kind === 'any' || kind === 'unknown';

/** Of one kind, or two numbers of which none is rounded where the other is exact. An exact one is compared with numbers alone. */
function alike(a: Type, b: Type): boolean {
  if (isOpen(a) || isOpen(b)) return a.kind !== 'decimal' && b.kind !== 'decimal';
  if (numeric.has(a.kind) && numeric.has(b.kind)) {
    const kinds = [a.kind, b.kind];
    return !(kinds.includes('decimal') && kinds.includes('float'));
  }
  const isTextOf = (one: Type, other: Type) => one.kind === 'enum' && other.kind === 'string';
  return same(a, b) || isTextOf(a, b) || isTextOf(b, a);
}

function verifyMembership(typed: Typed, { file, expr, operator, left, right }: Of<'membership'>): void {
  const [a, b] = [typed.typeOf(left.slot), typed.typeOf(right.slot)];
  if (a.kind === 'error' || b.kind === 'error') return;
  const [item, container] = [withoutAbsence(a), withoutAbsence(b)];
  const held = container.kind === 'list' ? container.item : container.kind === 'map' ? container.key : undefined;
  if (held && isMember(typed, file, left.expr, held)) return;
  const inside =
    container.kind === 'list'
      ? {
          fits: comparable.has(item.kind) && comparableItem(container.item, item),
          what: `the items of ${describeType(b)}`,
        }
      : container.kind === 'map'
        ? { fits: alike(container.key, item), what: `the keys of ${describeType(b)}` }
        : container.kind === 'string' && operator === 'contains'
          ? { fits: item.kind === 'string' || item.kind === 'any', what: `the parts of ${describeType(b)}` }
          : undefined;
  if (!inside) return; // it can hold nothing, which is reported by itself
  if (!inside.fits) {
    const values = { operator, left: describeType(a), right: inside.what };
    const part = container.kind === 'list' ? 'item' : container.kind === 'map' ? 'key' : undefined;
    const holder = part ? typed.model.slots.child(right.slot, part) : right.slot;
    const labels = sideCauses(typed, { file, span: expr.span }, left.slot, holder);
    typed.model.report(file, 'TWF409', expr.span, values, { labels });
    return;
  }
  // Nothing is in no list.
  const mayBeNothing = container.kind === 'list' && left.expr.kind !== 'Null' && typed.isDeclaredOptional(left.slot);
  if (!mayBeNothing) present(typed, file, left.expr, left.slot, a, operator);
}

function comparableItem(listed: Type, item: Type): boolean {
  const isExact = [listed, item].some(({ kind }) => kind === 'decimal');
  return comparable.has(listed.kind) && alike(listed, item) && !isExact;
}

function verifySameKind(typed: Typed, { file, of, operand, asks }: Of<'same-kind'>): void {
  const type = typed.typeOf(operand);
  const { kind } = withoutAbsence(type);
  if (kind === 'error') return;
  if (!numeric.has(kind) && kind !== 'duration') {
    const values = { asks, wanted: 'a number', is: 'is', found: describeType(type) };
    const labels = causesOf(typed, operand, { file, span: of.span });
    return typed.model.report(file, 'TWF402', of.span, values, { labels });
  }
  if (type.kind === 'optional') checkedRead(typed, of, operand, { file, asks }, type.of);
}
