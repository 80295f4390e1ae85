/** What must be of a certain sort, whatever its type: conditions, what is printed, gone over, awaited, or has fields. */
import { type Extra, type Label, replacement } from '../../diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../../source.js';
import type { Expr } from '../../syntax/ast.js';
import { describeType } from '../../types/print.js';
import { type NamedType, type Type, withoutAbsence } from '../../types/type.js';
import { Head } from '../../types/heads.js';
import { relate } from '../../types/relate.js';
import type { Demand, Model, Sort } from '../model.js';
import { bindingCount } from '../collect/calls.js';
import { reportNoField } from '../collect/expressions.js';
import { isDeclared } from '../finish.js';
import { allOf, causesOf } from './causes.js';
import { checkedRead, isMember } from './flows.js';
import type { Typed } from './typed.js';

type Verifiers = {
  readonly [K in Demand['kind']]: (typed: Typed, demand: Extract<Demand, { kind: K }>, type: Type) => void;
};

const silent = new Set<Type['kind']>(['error', 'any']);
const printable = new Set<Type['kind']>(['string', 'enum', 'int', 'float', 'decimal', 'bool', 'unknown', 'any']);

const numeric = new Set<Type['kind']>(['int', 'float', 'decimal']);
const readable = new Set<Type['kind']>([...numeric, 'string', 'unknown', 'any']);

const verifiers: Verifiers = {
  condition(typed, { file, expr, slot }, type) {
    const { model } = typed;
    if (type.kind === 'bool' || type.kind === 'optional' || type.kind === 'unknown') return;
    const isInferredRecord = type.kind === 'named' && expr.kind !== 'Record' && !isDeclared(model, slot);
    const whole = model.wholeSlots.get(expr);
    const isKnown = whole !== undefined && (typed.typeOf(whole).kind === 'optional' || isUnproven(model, expr));
    if (isInferredRecord || isKnown) return;
    const labels = causesOf(typed, slot, { file, span: expr.span });
    model.report(
      file,
      'TWF407',
      expr.span,
      { found: describeType(type) },
      { labels, ...conditionHelp(type, file, expr) },
    );
  },
  printable(typed, { file, expr, slot }, type) {
    if (type.kind === 'optional' && printable.has(type.of.kind)) {
      return checkedRead(typed, expr, slot, { file, asks: 'A text takes' }, type.of);
    }
    if (printable.has(type.kind)) return;
    const hint = printableHint(withoutAbsence(type));
    const labels = causesOf(typed, slot, { file, span: expr.span });
    typed.model.report(file, 'TWF424', expr.span, { found: describeType(type) }, { labels, hint });
  },
  readable(typed, { file, expr, slot, asks, texts }, type) {
    const { kind } = withoutAbsence(type);
    if (texts ? !readable.has(kind) : !numeric.has(kind)) {
      const wanted = texts ? 'a number or a text' : 'a number';
      const labels = causesOf(typed, slot, { file, span: expr.span });
      typed.model.report(file, 'TWF402', expr.span, { asks, wanted, is: 'is', found: describeType(type) }, { labels });
    } else if (type.kind === 'optional') {
      checkedRead(typed, expr, slot, { file, asks }, type.of);
    }
  },
  iterable(typed, { file, expr, slot, what }, type) {
    if (type.kind === what) return;
    const wanted = `a ${what}`;
    if (type.kind === 'optional' && type.of.kind === what) {
      return checkedRead(typed, expr, slot, { file, asks: '`for` goes over' }, type.of);
    }
    const labels = causesOf(typed, slot, { file, span: expr.span });
    const values = { wanted, found: describeType(type) };
    typed.model.report(file, 'TWF418', expr.span, values, { labels, hint: loopHint(what, type) });
  },
  handle(typed, { file, expr, slot }, type) {
    if (type.kind === 'handle') return;
    if (type.kind === 'optional' && type.of.kind === 'handle') {
      return checkedRead(typed, expr, slot, { file, asks: '`await` takes' }, type.of);
    }
    const hint = 'Start it with `spawn … -> name`, and await that name.';
    const labels = causesOf(typed, slot, { file, span: expr.span });
    typed.model.report(file, 'TWF410', expr.span, { found: describeType(type) }, { labels, hint });
  },
  parts(typed, { file, at, slot, count, what }, type) {
    const given = type.kind === 'tuple' ? typed.model.slots.arity(slot) : 1;
    if (type.kind === 'tuple' && type.items.length === count) return;
    const labels = causesOf(typed, slot, { file, span: at });
    typed.model.report(file, 'TWF431', at, bindingCount(what, given, count), { labels });
  },
  literal(typed, { file, expr }, type) {
    if (type.kind !== 'int' || typed.conversions.has(expr)) return;
    const text = file.text.slice(expr.span.start, expr.span.end);
    typed.model.report(file, 'TWF432', expr.span, { text }, { hint: `Write \`decimal("${text}")\`.` });
  },
  sort(typed, { file, expr, slot, asks, sorts }, type) {
    const plain = withoutAbsence(type);
    if (!sorts.some((sort) => sort === plain.kind)) {
      const wanted = sorts
        .map((sort) => sortNames[sort])
        .join(', ')
        .replace(/, ([^,]*)$/, ' or $1');
      const values = { asks, wanted, is: 'is', found: describeType(type) };
      const labels = causesOf(typed, slot, { file, span: expr.span });
      typed.model.report(file, 'TWF402', expr.span, values, { labels });
    } else if (type.kind === 'optional') {
      checkedRead(typed, expr, slot, { file, asks }, plain);
    }
  },
  key(typed, { file, expr, slot, of }, type) {
    const held = withoutAbsence(typed.typeOf(of));
    if (held.kind !== 'list' && held.kind !== 'map') return; // it has no keys, which is reported by itself
    const wanted: Type = held.kind === 'list' ? { kind: 'int' } : held.key;
    const asks = `A ${held.kind} is read by`;
    if (isMember(typed, file, expr, wanted)) return;
    if (relate(withoutAbsence(type), wanted, { literal: false, direct: false }).kind !== 'fits') {
      const values = { asks, wanted: describeType(wanted), is: 'is', found: describeType(type) };
      const place = { file, span: expr.span };
      const labels = allOf(place, causesOf(typed, slot, place), causesOf(typed, of, place));
      typed.model.report(file, 'TWF402', expr.span, values, { labels });
    } else if (type.kind === 'optional') {
      checkedRead(typed, expr, slot, { file, asks }, type.of);
    }
  },
  record(typed, { file, expr, slot, field, at, write }, type) {
    const { model } = typed;
    const lacks = expr.kind === 'Record' && !expr.name && expr.fields.every(({ name }) => name.text !== field);
    if (lacks) return model.report(file, 'TWF406', at, { found: 'a record without a name', field });
    const causes = () => causesOf(typed, slot, { file, span: expr.span });
    if (type.kind === 'named') return verifyField(typed, file, type.type, field, at, causes);
    if (type.kind === 'optional' && type.of.kind === 'named') verifyField(typed, file, type.of.type, field, at, causes);
    if (type.kind === 'optional' && (type.of.kind === 'named' || (field === 'length' && hasLength(type.of)))) {
      return checkedRead(typed, expr, slot, { file, asks: `\`.${field}\` needs` }, type.of);
    }
    const plain = withoutAbsence(type);
    if (plain.kind === 'union') {
      const others = plain.members.filter((member) => member.kind !== 'named');
      if (others.length === 0 && !write && type.kind === 'union') {
        for (const member of plain.members)
          if (member.kind === 'named') verifyField(typed, file, member.type, field, at, causes);
        return;
      }
      const can = write ? 'cannot be set in it' : 'cannot be read from it';
      return model.report(file, 'TWF428', expr.span, { found: describeType(type), field, can }, { labels: causes() });
    }
    if (((field === 'length' && hasLength(type)) || isOfHandle(type, field)) && !write) return;
    const hint = hasLength(plain) ? `${capitalised(describeType(plain))} has \`length\`.` : undefined;
    model.report(file, 'TWF406', at, { found: describeType(type), field }, { labels: causes(), hint });
  },
};

export function verifyDemands(typed: Typed): void {
  for (const demand of typed.model.demands) {
    const type = typed.typeOf(demand.slot);
    if (silent.has(type.kind) || typed.model.slots.given.has(demand.slot, Head.error)) continue;
    (verifiers[demand.kind] as (typed: Typed, demand: Demand, type: Type) => void)(typed, demand, type);
  }
}

function isUnproven({ unproven }: Model, expr: Expr): boolean {
  return expr.kind === 'NameExpr' && unproven.has(expr);
}

/** A declared record has the fields that are declared, and no others. */
function verifyField(
  { model }: Typed,
  file: SourceFile,
  type: NamedType,
  field: string,
  at: Span,
  causes: () => readonly Label[],
): void {
  const names = type.declared ? type.fields!.map(({ name }) => name) : [field];
  if (names.includes(field)) return;
  const origin = model.slots.records.find(({ name, closed }) => closed && name === type.name)?.origin;
  reportNoField(model, file, { text: field, span: at }, { name: type.name, origin, causes: causes() }, names);
}

function isOfHandle(type: Type, field: string): boolean {
  return type.kind === 'handle' && (field === 'done' || field === 'token');
}

function hasLength(type: Type): boolean {
  return type.kind === 'list' || type.kind === 'string' || type.kind === 'map';
}

function printableHint(type: Type): string | undefined {
  switch (type.kind) {
    case 'named':
      return 'Name one of its fields.';
    case 'list':
      return 'Name one of its items, or its length.';
    case 'handle':
      return 'Wait for it, and name its result.';
    default:
      return undefined;
  }
}

const sortNames: Readonly<Record<Sort, string>> = { list: 'a list', map: 'a map', string: 'a text' };

function loopHint(what: 'list' | 'map', type: Type): string | undefined {
  if (what === 'list' && type.kind === 'map') return 'Go over a map with two names: `for key, value in …:`.';
  return what === 'map' && type.kind === 'list' ? 'Go over a list with one name: `for item in …:`.' : undefined;
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** What a value that is neither true nor false is most likely compared with. */
const comparedWith: { readonly [K in Type['kind']]?: string } = {
  int: ' != 0',
  float: ' != 0',
  decimal: ' != 0',
  duration: ' != 0s',
  string: ' != ""',
  list: '.length > 0',
  map: '.length > 0',
};

function conditionHelp(type: Type, file: SourceFile, expr: Expr): Extra {
  const more = comparedWith[type.kind];
  if (more === undefined) return {};
  const hint = more.startsWith('.') ? `Compare its length: \`…${more}\`.` : `Compare it: \`…${more}\`.`;
  const isSimple = expr.kind === 'NameExpr' || expr.kind === 'Field' || expr.kind === 'FunctionCall';
  const end = { start: expr.span.end, end: expr.span.end };
  return isSimple ? { hint, fixes: [replacement(`Add \`${more.trim()}\``, file, end, more)] } : { hint };
}
