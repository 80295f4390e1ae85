/** Whether operands go together (grammar/README.md, "Operators"). */
import type { Expr } from '../../syntax/ast.js';
import { Head } from '../../types/heads.js';
import { operandHead, resultOf } from '../../types/operators.js';
import { describeType } from '../../types/print.js';
import { same } from '../../types/relate.js';
import type { Slot } from '../../types/slots.js';
import type { Type } from '../../types/type.js';
import type { Operator } from '../model.js';
import { checkedRead } from './flows.js';
import { type Typed, withoutAbsence } from './typed.js';

type Of<K extends Operator['kind']> = Extract<Operator, { kind: K }>;

const numeric = new Set<Type['kind']>(['int', 'float', 'decimal']);
const printable = new Set<Type['kind']>([...numeric, 'string', 'bool', 'unknown', 'any']);

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
      case 'negation':
        verifyNegation(typed, operator);
        break;
      default:
        operator satisfies never;
    }
  }
}

function verifyArithmetic(typed: Typed, { file, expr, operation }: Of<'arithmetic'>): void {
  const { model } = typed;
  const { operator, left, right } = operation;
  const [a, b] = [typed.typeOf(left), typed.typeOf(right)];
  if (a.kind === 'error' || b.kind === 'error') return;
  if (operation.guessed) model.report(file, 'TWF421', expr.span, {}, { hint: 'Declare the type of one side.' });
  const [plainA, plainB] = [withoutAbsence(a), withoutAbsence(b)];
  const heads = [operandHead(model.slots, left), operandHead(model.slots, right)] as const;
  const joinsText = operator === '+' && (plainA.kind === 'string' || plainB.kind === 'string');
  const fits = joinsText
    ? printable.has(plainA.kind) && printable.has(plainB.kind)
    : heads[0] !== undefined && heads[1] !== undefined && isKnown(resultOf(operator, heads[0], heads[1]));
  if (!fits) {
    const mixes = numeric.has(plainA.kind) && numeric.has(plainB.kind);
    const hint = mixes ? 'Exact and rounded numbers do not mix: write `decimal(…)`.' : undefined;
    model.report(file, 'TWF408', expr.span, { operator, left: describeType(a), right: describeType(b) }, { hint });
    return;
  }
  present(typed, file, expr.left, left, a, operator);
  present(typed, file, expr.right, right, b, operator);
}

function isKnown(head: number | undefined): boolean {
  return head !== undefined && head !== Head.error;
}

function present(
  typed: Typed,
  file: Of<'arithmetic'>['file'],
  expr: Expr,
  slot: Slot,
  type: Type,
  operator: string,
): void {
  if (type.kind === 'optional') checkedRead(typed, expr, slot, { file, asks: `\`${operator}\` takes` }, type.of);
}

const ordered = new Set<Type['kind']>([...numeric, 'string', 'duration', 'time']);
const comparable = new Set<Type['kind']>([...ordered, 'bool', 'unknown', 'any', 'null']);

function verifyComparison(typed: Typed, { file, expr, left, right }: Of<'comparison'>): void {
  const { operator } = expr;
  const [a, b] = [typed.typeOf(left), typed.typeOf(right)];
  if (a.kind === 'error' || b.kind === 'error') return;
  const equality = operator === '==' || operator === '!=';
  if (equality && (expr.left.kind === 'Null' || expr.right.kind === 'Null')) return;
  const [plainA, plainB] = [withoutAbsence(a), withoutAbsence(b)];
  const kinds = equality ? comparable : ordered;
  if (!kinds.has(plainA.kind) || !kinds.has(plainB.kind) || !alike(plainA, plainB)) {
    const isRecord = [plainA, plainB].some(({ kind }) => kind === 'named' || kind === 'list' || kind === 'map');
    const hint = isRecord ? 'Compare their fields.' : undefined;
    typed.model.report(
      file,
      'TWF409',
      expr.span,
      { operator, left: describeType(a), right: describeType(b) },
      { hint },
    );
    return;
  }
  const isDecimal = plainA.kind === 'decimal' || plainB.kind === 'decimal';
  if (equality && !isDecimal) return;
  present(typed, file, expr.left, left, a, operator);
  present(typed, file, expr.right, right, b, operator);
}

/** Of one kind, or two numbers of which none is rounded where the other is exact. */
function alike(a: Type, b: Type): boolean {
  if ([a.kind, b.kind].some((kind) => kind === 'any' || kind === 'unknown')) return true;
  if (numeric.has(a.kind) && numeric.has(b.kind)) {
    const kinds = [a.kind, b.kind];
    return !(kinds.includes('decimal') && kinds.includes('float'));
  }
  return same(a, b);
}

function verifyMembership(typed: Typed, { file, expr, left, right }: Of<'membership'>): void {
  const [a, b] = [typed.typeOf(left), typed.typeOf(right)];
  if (a.kind === 'error' || b.kind === 'error') return;
  const container = withoutAbsence(b);
  const item = withoutAbsence(a);
  const inList = container.kind === 'list' && comparable.has(item.kind) && comparableItem(container.item, item);
  const inMap = container.kind === 'map' && alike(container.key, item);
  if (!inList && !inMap) {
    const values = { operator: expr.operator, left: describeType(a), right: describeType(b) };
    typed.model.report(file, 'TWF409', expr.span, values, {
      hint: '`in` looks for a value in a list, or for a key in a map.',
    });
    return;
  }
  present(typed, file, expr.left, left, a, expr.operator);
  present(typed, file, expr.right, right, b, expr.operator);
}

function comparableItem(listed: Type, item: Type): boolean {
  return comparable.has(listed.kind) && alike(listed, item) && listed.kind !== 'decimal';
}

function verifyNegation(typed: Typed, { file, expr, operand }: Of<'negation'>): void {
  const type = typed.typeOf(operand);
  if (type.kind === 'error' || numeric.has(type.kind) || type.kind === 'duration') return;
  if (type.kind === 'optional' && numeric.has(type.of.kind))
    return present(typed, file, expr.operand, operand, type, '-');
  typed.model.report(file, 'TWF402', expr.operand.span, {
    asks: '`-` takes',
    wanted: 'a number',
    found: describeType(type),
  });
}
