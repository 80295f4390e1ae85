/** Expressions (grammar/README.md, "Operators" and "Built-in functions"). */
import { relate } from '../types/relate.js';
import { type EnumType, type Type, withoutAbsence } from '../types/type.js';
import type {
  BinaryExpr,
  BinaryOperator,
  Expr,
  FieldExpr,
  FunctionCall,
  ListExpr,
  RecordExpr,
  StringExpr,
} from '../syntax/ast.js';
import { isLiteralArithmetic, isNumericLiteral, plainText } from '../syntax/literals.js';
import type { Body } from './body.js';
import { exactCode, functionCode } from './functions.js';
import {
  array,
  as,
  binary,
  call,
  callMember,
  type Code,
  type Entry,
  from,
  imported,
  index,
  member,
  name,
  negative,
  not,
  nothing,
  object,
  type Operator,
  present,
  reference,
  string,
  template,
  word,
} from './code.js';
import { localName, runtime } from './program.js';
import { inherited } from './reserved.js';
import { isDeclared, typeCode } from './types.js';

type Of<K extends Expr['kind']> = Extract<Expr, { kind: K }>;
type Emitters = { readonly [K in Expr['kind']]: (body: Body, expr: Of<K>) => Code };

const value = (text: string) => imported(runtime.value, text);

/** The value of an expression, as what it flows into wants it. */
export function expression(body: Body, expr: Expr): Code {
  return body.heldBy(expr) ?? from(converted(body, expr), body.at(expr));
}

function converted(body: Body, expr: Expr): Code {
  const type = body.facts.members.get(expr);
  if (type) return enumMember(body, type, plainText(expr)!);
  switch (body.facts.conversions.get(expr)) {
    case 'decimal-literal':
      return isNumericLiteral(expr) ? string(literalText(expr)) : text(exactly(body, expr));
    case 'int-to-decimal':
      return call(name('String'), [read(body, expr)]);
    case undefined:
      return read(body, expr);
  }
}

/** The value as it is where something is needed. */
function read(body: Body, expr: Expr): Code {
  const found = body.facts.reads.get(expr);
  if (found?.kind === 'checked') return presentCode(body, expr, found.name);
  const code = plain(body, expr);
  if (!found) return isProven(body, expr) ? present(code) : code;
  if (body.facts.errorFields.get(expr)?.typed) return code;
  // Of what it takes to be nothing, TypeScript knows no field.
  const held = () => typeCode(body.program, typeOf(body, expr));
  if (found.whole.kind === 'null') return as(as(code, reference('unknown')), held());
  if (found.seen === 'missing') return as(code, held());
  return found.seen === 'present' && (code.kind === 'name' || code.kind === 'member') ? code : present(code);
}

/** A member of an enum, of the type of all: TypeScript would remember of a text which one it is. */
function enumMember({ program }: Body, { name: text }: EnumType, key: string): Code {
  return member(name(imported(program.typesModule(text), program.typeName(text))), key);
}

/** A read that is checked; what TypeScript takes to be missing already would have no type of its own. */
function presentCode(body: Body, expr: Expr, spoken: string): Code {
  const type = typeOf(body, expr);
  const typeArgs = body.mayBeNarrowed(expr) && type.kind === 'optional' ? [typeCode(body.program, type.of)] : [];
  return call(value('present'), [plain(body, expr), string(spoken)], typeArgs);
}

/** It may be missing by its declaration, and yet is known to be there. */
function isProven(body: Body, expr: Expr): boolean {
  const variable = expr.kind === 'NameExpr' ? body.variable(expr) : undefined;
  return variable?.type.kind === 'optional' && body.facts.typeOf.get(expr)?.kind !== 'optional';
}

/** The value as it is held. */
function plain(body: Body, expr: Expr): Code {
  const constant = body.facts.constants.get(expr);
  if (constant) return dependencyCode(body, constant);
  const isDecimal = body.facts.typeOf.get(expr)?.kind === 'decimal';
  const number = isDecimal ? computed(body, expr) : undefined;
  if (number) return text(number);
  return (emitters[expr.kind] as (body: Body, expr: Expr) => Code)(body, expr);
}

function typeOf(body: Body, expr: Expr): Type {
  const isKnown = body.facts.reads.get(expr)?.kind === 'known';
  const variable = expr.kind === 'NameExpr' && !isKnown ? body.variable(expr) : undefined;
  const type = body.facts.typeOf.get(expr) ?? { kind: 'unknown' };
  return variable?.type.kind === 'optional' ? variable.type : type;
}

/** The kind of a type, whether it may be missing or not. */
function kindOf(type: Type): Type['kind'] {
  return withoutAbsence(type).kind;
}

const emitters: Emitters = {
  Number: (body, expr) =>
    typeOf(body, expr).kind === 'decimal'
      ? string(literalText(expr))
      : word(numberText(expr.text).replace(/(\.\d+?)0+$/, '$1')),
  String: (body, expr) => template(textParts(body, expr)),
  Bool: (_, expr) => word(expr.value),
  Null: () => word('null'),
  Duration: (_, { milliseconds }) => word(withSeparators(milliseconds)),
  NameExpr(body, expr) {
    if (body.facts.allowedNamespaces.has(expr))
      return call(imported(runtime.nexus, 'allowedNamespaces'), [body.callers!]);
    const variable = body.variable(expr);
    return variable ? body.local(variable) : name(localName(expr.text));
  },
  Field: (body, expr) => errorFieldCode(body, expr) ?? fieldCode(body, expr.of, expr.field.text),
  Index(body, { of, index: at }) {
    const isMap = kindOf(typeOf(body, of)) === 'map';
    const [held, key] = [expression(body, of), expression(body, at)];
    return isMap ? call(value('entry'), [held, key]) : index(held, key);
  },
  FunctionCall: (body, expr: FunctionCall) => functionCode(body, expr),
  Unary: (body, { operator, operand }) =>
    operator === 'not' ? not(condition(body, operand)) : negative(expression(body, operand)),
  Binary: (body, expr) => binaryCode(body, expr),
  List: (body, expr) => ofItsType(body, expr, array(expr.items.map((item) => listed(body, item)))),
  Record: (body, expr) => ofItsType(body, expr, recordCode(body, expr)),
  Invalid: () => nothing,
};

/** What an activity depends on, by the path that leads to it. */
export function dependencyCode(body: Body, [root = '', ...path]: readonly string[]): Code {
  return path.reduce(member, name(body.dependencies.get(root) ?? localName(root)));
}

/** Where a list or a record is read as it is made, TypeScript would know of it what stands there, and no more. */
function ofItsType(body: Body, expr: ListExpr | RecordExpr, code: Code): Code {
  const type = typeOf(body, expr);
  if (body.looseLists.has(expr)) return as(code, typeCode(body.program, type));
  if (isOfItsItems(expr, type) || !body.isReadInPlace(expr)) return code;
  return code.kind !== 'as' && isDeclared(body.program, type) ? as(code, typeCode(body.program, type)) : code;
}

/** Whether the type of a list is that of any of its items. */
function isOfItsItems(expr: ListExpr | RecordExpr, type: Type): boolean {
  if (expr.kind !== 'List' || expr.items.length === 0) return false;
  const isOfOneKind = type.kind === 'list' && !['union', 'unknown', 'optional'].includes(type.item.kind);
  return isOfOneKind && expr.items.every(({ kind }) => kind !== 'List' && kind !== 'Record' && kind !== 'Null');
}

/** An item is of the type of its list, and of no narrower one. */
function listed(body: Body, item: Expr): Code {
  const code = expression(body, item);
  return !isConstant(code) && isNarrow(body, item, code) ? as(code, reference('string')) : code;
}

/** What is read of a caught error, or of what caused it. */
function errorFieldCode(body: Body, expr: FieldExpr): Code | undefined {
  const field = body.facts.errorFields.get(expr);
  if (!field) return undefined;
  const code = member(errorCode(body, expr.of), field.name);
  return field.typed ? as(code, typeCode(body.program, typeOf(body, expr))) : code;
}

function errorCode(body: Body, expr: Expr): Code {
  return expr.kind === 'Field'
    ? member(errorCode(body, expr.of), expr.field.text)
    : emitters.NameExpr(body, expr as Of<'NameExpr'>);
}

/** A record that lacks a field may have inherited something of its name; a map has as many entries as it has keys. */
function fieldCode(body: Body, of: Expr, text: string): Code {
  const [type, held] = [typeOf(body, of), expression(body, of)];
  if (text === 'length' && kindOf(type) === 'map') return member(callMember(name('Object'), 'keys', [held]), text);
  return lackableFields(type).includes(text) ? call(value('own'), [held, string(text)]) : member(held, text);
}

// --- Literals

function literalText(expr: Expr): string {
  if (expr.kind === 'Unary') {
    const positive = literalText(expr.operand);
    return positive.startsWith('-') ? positive.slice(1) : `-${positive}`;
  }
  return expr.kind === 'Number' ? numberText(expr.text) : '0';
}

/** Without zeros in front, which JavaScript would read as octal. */
function numberText(text: string): string {
  return text.replace(/^0+(?=\d)/, '');
}

/** `300_000`. */
function withSeparators(number: number): string {
  const [whole = '', fraction] = String(number).split('.');
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, '_') : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** The pieces of a text: those that are written, and those that are computed. */
export function textParts(body: Body, { parts }: StringExpr): (string | Code)[] {
  return parts.map((part) => (typeof part === 'string' ? part : expression(body, part)));
}

/** A field that is left out stands there all the same if every object inherits something of its name. */
function recordCode(body: Body, expr: RecordExpr): Code {
  const lacksFields = isFilledLater(expr, typeOf(body, expr));
  if (lacksFields) for (const list of emptyListsIn(body, expr)) body.looseLists.add(list);
  const given = expr.fields.map((field): Entry => ({ key: field.name.text, value: expression(body, field.value) }));
  const lacking = lackableFields(typeOf(body, expr)).filter(
    (key) => !expr.fields.some(({ name: one }) => one.text === key),
  );
  const code = object([...given, ...lacking.map((key): Entry => ({ key, value: nothing }))]);
  return lacksFields ? as(code, typeCode(body.program, typeOf(body, expr))) : code;
}

/** Of these TypeScript takes the items to be nothing, and what holds them for nothing that could be made more of. */
function emptyListsIn(body: Body, expr: Expr): readonly Expr[] {
  if (expr.kind === 'List') {
    return expr.items.length === 0 ? [expr] : expr.items.flatMap((item) => emptyListsIn(body, item));
  }
  if (expr.kind !== 'Record') return [];
  return expr.fields.flatMap(({ value }) =>
    value.kind === 'Record' && isFilledLater(value, typeOf(body, value)) ? [] : emptyListsIn(body, value),
  );
}

/** Whether a field that is always there, as far as its type says, is left out here: something assigns it later. */
function isFilledLater({ fields }: RecordExpr, type: Type): boolean {
  return (
    type.kind === 'named' &&
    (type.type.fields ?? []).some(
      (field) =>
        !field.optional &&
        field.type.kind !== 'optional' &&
        !fields.some(({ name: { text: given } }) => given === field.name),
    )
  );
}

/** Fields that may be left out, though something inherited has their name. */
function lackableFields(type: Type): string[] {
  const plain = withoutAbsence(type);
  const fields = plain.kind === 'named' ? (plain.type.fields ?? []) : [];
  return fields.flatMap((field) => {
    const mayLack = field.optional || field.type.kind === 'optional';
    return mayLack && inherited.has(field.name) ? [field.name] : [];
  });
}

// --- Conditions

/** What decides an `if`: true or false, or whether a value is there. */
export function condition(body: Body, expr: Expr): Code {
  return from(conditionCode(body, expr), body.at(expr));
}

function conditionCode(body: Body, expr: Expr): Code {
  if (expr.kind === 'Unary' && expr.operator === 'not') return negated(body, expr.operand);
  if (expr.kind === 'Binary' && (expr.operator === 'and' || expr.operator === 'or')) return binaryCode(body, expr);
  const type = typeOf(body, expr);
  switch (type.kind) {
    case 'bool': {
      const value = expression(body, expr);
      // Behind a constant, TypeScript would take the code to be out of reach, and not look at its types.
      return value.kind === 'word' ? as(value, reference('boolean')) : value;
    }
    case 'unknown':
    case 'any':
      return call(name('Boolean'), [plain(body, expr)]);
    default:
      return binary(mayBeNull(body, expr), '!=', word('null'));
  }
}

function negated(body: Body, expr: Expr): Code {
  const code = condition(body, expr);
  return code.kind === 'binary' && code.operator === '!=' && code.right.kind === 'word' && code.right.text === 'null'
    ? { ...code, operator: '==' }
    : not(code);
}

// --- Operators

const decimalMethods: Readonly<Partial<Record<BinaryOperator, string>>> = {
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '<': 'lessThan',
  '<=': 'lessThanOrEqualTo',
  '>': 'greaterThan',
  '>=': 'greaterThanOrEqualTo',
  '==': 'equals',
  '!=': 'equals',
};

const operators: Readonly<Partial<Record<BinaryOperator, Operator>>> = {
  or: '||',
  and: '&&',
  '==': '===',
  '!=': '!==',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '%': '%',
};

const comparisons: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>(['==', '!=', '<', '<=', '>', '>=']);

function binaryCode(body: Body, expr: BinaryExpr): Code {
  const { operator, left, right } = expr;
  if (operator === 'and' || operator === 'or') {
    return binary(condition(body, left), operators[operator]!, condition(body, right));
  }
  if (operator === 'in' || operator === 'not in') {
    const found = membership(body, left, right);
    return operator === 'in' ? found : not(found);
  }
  if (comparisons.has(operator)) return comparison(body, expr);
  const type = body.facts.typeOf.get(expr)?.kind;
  switch (type) {
    case 'string':
      return template([...concatenated(body, left), ...concatenated(body, right)]);
    case 'int':
      return integerArithmetic(body, expr);
    case 'time':
      return timeArithmetic(body, expr);
    default:
      if (kindOf(typeOf(body, left)) === 'time') {
        return call(value('subtractTimes'), [expression(body, left), expression(body, right)]);
      }
      return binary(expression(body, left), operators[operator]!, expression(body, right));
  }
}

function concatenated(body: Body, expr: Expr): (string | Code)[] {
  const isText = body.facts.typeOf.get(expr)?.kind === 'string' && !body.facts.reads.get(expr);
  if (expr.kind === 'String' && isText) return textParts(body, expr);
  if (expr.kind === 'Binary' && expr.operator === '+' && isText) {
    return [...concatenated(body, expr.left), ...concatenated(body, expr.right)];
  }
  const resolved = expr.kind === 'FunctionCall' ? body.facts.functions.get(expr) : undefined;
  const isConverted = resolved?.kind === 'builtin' && resolved.name === 'string' && expr.kind === 'FunctionCall';
  return [expression(body, isConverted ? expr.args[0]!.value : expr)];
}

/** Division by zero is a failure that the program can see; by a literal that is not zero there is none. */
function integerArithmetic(body: Body, { operator, left, right }: BinaryExpr): Code {
  const [a, b] = [expression(body, left), expression(body, right)];
  const isSafe = right.kind === 'Number' && Number(right.text) !== 0;
  if (operator === '/' && !isSafe) return call(value('intQuotient'), [a, b]);
  if (operator === '%' && !isSafe) return call(value('intRemainder'), [a, b]);
  const code = binary(a, operators[operator]!, b);
  return operator === '/' ? callMember(name('Math'), 'trunc', [code]) : code;
}

function timeArithmetic(body: Body, { operator, left, right }: BinaryExpr): Code {
  const [time, duration] = kindOf(typeOf(body, left)) === 'time' ? [left, right] : [right, left];
  const milliseconds = expression(body, duration);
  return call(value('addToTime'), [expression(body, time), operator === '-' ? negative(milliseconds) : milliseconds]);
}

/** Whether a list, a map or a text holds something. */
export function membership(body: Body, item: Expr, container: Expr): Code {
  const [code, held] = [expression(body, item), expression(body, container)];
  const [sought, holder] = [withoutAbsence(typeOf(body, item)), withoutAbsence(typeOf(body, container))];
  if (holder.kind === 'map') {
    const key = sought.kind === 'unknown' ? as(code, reference('string')) : code;
    return callMember(name('Object'), 'hasOwn', [held, key]);
  }
  const mayBeNothing = holder.kind === 'list' && typeOf(body, item).kind === 'optional' && !body.facts.reads.get(item);
  const isSeen = holder.kind !== 'list' || body.facts.members.has(item) || isAmong(sought, holder.item);
  const listed = mayBeNothing ? typeOf(body, item) : sought;
  const list = isSeen && !mayBeNothing ? held : as(held, { kind: 'listOf', item: typeCode(body.program, listed) });
  return callMember(list, 'includes', [code]);
}

/** TypeScript looks for a value only among those of its type, or of a wider one. */
function isAmong(sought: Type, item: Type): boolean {
  const areNumbers = [sought, item].every(({ kind }) => kind === 'int' || kind === 'float');
  return areNumbers || relate(sought, item, { literal: false, direct: false }).kind === 'fits';
}

function comparison(body: Body, expr: BinaryExpr): Code {
  const { operator, left, right } = expr;
  const negative = operator === '!=';
  const equality = operator === '==' || negative;
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (!equality) break;
    if (other.kind === 'Null') return binary(mayBeNull(body, one), negative ? '!=' : '==', word('null'));
    if (other.kind === 'Bool' && typeOf(body, one).kind === 'bool') {
      return other.value === negative ? negated(body, one) : condition(body, one);
    }
  }
  const types = [typeOf(body, left), typeOf(body, right)] as const;
  const kinds = types.map(kindOf);
  if (kinds.includes('decimal')) {
    const compared = callMember(decimalOf(body, left), decimalMethods[operator]!, [operandOf(body, right)]);
    return negative ? not(compared) : compared;
  }
  const [a, b] = [expression(body, left), expression(body, right)];
  if (kinds.every((kind) => kind === 'time')) {
    return binary(call(value('compareTimes'), [a, b]), operators[operator]!, word(0));
  }
  if (equality && types.every(({ kind }) => kind === 'optional')) {
    return binary(orNull(a), operators[operator]!, orNull(b));
  }
  // TypeScript knows that two different constants are never the same.
  const isBoolean = equality && kinds.every((kind) => kind === 'bool');
  if (isBoolean) return binary(a, operators[operator]!, as(b, reference('boolean')));
  if (!equality) return binary(a, operators[operator]!, b);
  const whole = (side: Expr, code: Code) => as(code, typeCode(body.program, typeOf(body, side)));
  if (types[1].kind === 'optional' && body.mayBeNarrowed(right))
    return binary(a, operators[operator]!, whole(right, b));
  const isOfMember = [left, right].some((side) => body.facts.members.has(side));
  if (body.isEntangled(expr) && !isOfMember) {
    return isConstant(a)
      ? binary(whole(left, a), operators[operator]!, b)
      : binary(a, operators[operator]!, whole(right, b));
  }
  const mayDiffer =
    (isNarrow(body, left, a) && isNarrow(body, right, b)) || (types[0].kind === 'optional' && body.mayBeNarrowed(left));
  return binary(mayDiffer ? whole(left, a) : a, operators[operator]!, b);
}

/** What is asked for though nothing says that it may be missing: TypeScript would conclude that it never is. */
function mayBeNull(body: Body, expr: Expr): Code {
  const [type, code] = [typeOf(body, expr), plain(body, expr)];
  const isKnown = body.facts.reads.get(expr)?.kind === 'known';
  if (['optional', 'unknown', 'any', 'null'].includes(type.kind)) return code;
  if (expr.kind === 'Record' || expr.kind === 'List') return as(code, reference('unknown'));
  if (!isKnown && !body.isTakenApart(expr)) return code;
  return as(code, typeCode(body.program, { kind: 'optional', of: type }));
}

/** Whether TypeScript takes the type of code to be one value. */
export function isConstant(code: Code): boolean {
  if (code.kind === 'template') return code.parts.every((part) => typeof part === 'string' || isComputable(part));
  return code.kind === 'string' || code.kind === 'word' || (code.kind === 'prefix' && isConstant(code.of));
}

/** Whether TypeScript computes it by itself where it is a part of a text. */
export function isComputable(code: Code): boolean {
  if (code.kind === 'binary') return isComputable(code.left) && isComputable(code.right);
  return code.kind === 'prefix' ? isComputable(code.of) : isConstant(code);
}

/** Whether its type in TypeScript is that of one value, or of texts of one form, as Node gives its ids. */
export function isNarrow(body: Body, expr: Expr, code: Code): boolean {
  if (isConstant(code)) return true;
  const called = expr.kind === 'FunctionCall' ? body.facts.functions.get(expr) : undefined;
  const isOfNode = body.kind === 'activity' || body.kind === 'operation';
  return isOfNode && called?.kind === 'builtin' && called.name === 'uuid';
}

const orNull = (code: Code): Code => binary(code, '??', word('null'));

// --- Decimals

const decimal = (of: Code): Code => call(value('decimal'), [of]);
const text = (number: Code): Code => callMember(number, 'toFixed');

/** The Decimal that a computation gives, before it is made a text again; undefined for what is no computation. */
function computed(body: Body, expr: Expr): Code | undefined {
  if (body.heldBy(expr) || body.facts.conversions.has(expr) || body.facts.reads.get(expr)) return undefined;
  if (isLiteralArithmetic(expr)) return exactly(body, expr);
  if (body.facts.typeOf.get(expr)?.kind !== 'decimal') return undefined;
  if (expr.kind === 'Binary' || expr.kind === 'Unary') return exactly(body, expr);
  const exact = expr.kind === 'FunctionCall' ? exactCode(body, expr, operandOf) : undefined;
  return exact && from(exact, body.at(expr));
}

/** What an operator gives, as a Decimal. */
function exactly(body: Body, expr: Expr): Code {
  if (expr.kind === 'Binary') return from(arithmeticCode(body, expr), body.at(expr));
  const operand = expr.kind === 'Unary' ? expr.operand : expr;
  return from(callMember(decimalOf(body, operand), 'negated'), body.at(expr));
}

function arithmeticCode(body: Body, { operator, left, right }: BinaryExpr): Code {
  const b = operandOf(body, right);
  if (operator === '/') return call(value('quotient'), [operandOf(body, left), b]);
  if (operator === '%') return call(value('remainder'), [operandOf(body, left), b]);
  return callMember(decimalOf(body, left), decimalMethods[operator]!, [b]);
}

/** A Decimal, to go on with. */
function decimalOf(body: Body, expr: Expr): Code {
  return computed(body, expr) ?? decimal(operandOf(body, expr));
}

/** What a Decimal is computed with: a Decimal, a text, or a whole number. */
function operandOf(body: Body, expr: Expr): Code {
  if (body.facts.conversions.get(expr) === 'int-to-decimal') return from(read(body, expr), body.at(expr));
  if (isNumericLiteral(expr)) {
    const digits = literalText(expr);
    return digits.includes('.') || digits.length > 15 ? string(digits) : word(digits);
  }
  return computed(body, expr) ?? expression(body, expr);
}
