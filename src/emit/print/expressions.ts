/** How expressions are laid out: as Prettier does it, so that formatting the output changes nothing. */
import type { ArrayCode, ArrowCode, Code, Entry, NameCode, ObjectCode, Operator, PrefixCode } from '../code.js';
import { argumentsDoc } from './arguments.js';
import { assignment } from './assignment.js';
import { memberChain } from './chain.js';
import {
  breaks,
  concat,
  type Doc,
  flattened,
  group,
  hardline,
  ifBreak,
  indent,
  join,
  line,
  mapped,
  softline,
} from './doc.js';
import { propertyKey, stringLiteral, templateText } from './literals.js';
import { render } from './render.js';
import { typeArguments, typeDoc } from './types.js';

/** What is around an expression. */
export type Place =
  | 'statement'
  | 'argument'
  /** On the right of `=`. */
  | 'right'
  /** On the right of `:`. */
  | 'value'
  | 'body'
  | 'condition'
  | 'returned'
  | 'operand'
  | 'prefixed'
  /** Left of `.`, `[`, `(` or `!`. */
  | 'subject'
  | 'hole';

/** Several layouts of what is around an expression hold it: it is laid out once for each place. */
const known = new WeakMap<Code, Map<Place, Doc>>();

export function expression(code: Code, place: Place): Doc {
  let places = known.get(code);
  if (!places) {
    places = new Map();
    known.set(code, places);
  }
  let doc = places.get(place);
  if (doc === undefined) {
    const inner = layout(code, place);
    doc = mapped(needsParentheses(code, place) ? concat('(', inner, ')') : inner, code.at);
    places.set(place, doc);
  }
  return doc;
}

function nameDoc({ name, type, initial }: NameCode): Doc {
  const typed = type ? concat(name, ': ', typeDoc(type)) : name;
  return initial ? concat(typed, ' = ', expression(initial, 'argument')) : typed;
}

function layout(code: Code, place: Place): Doc {
  switch (code.kind) {
    case 'name':
      return nameDoc(code);
    case 'word':
      return code.text;
    case 'string':
      return stringLiteral(code.value);
    case 'template':
      return concat(
        '`',
        ...code.parts.map((part) =>
          typeof part === 'string' ? templateText(part) : concat('${', onOneLine(part), '}'),
        ),
        '`',
      );
    case 'object':
      return objectDoc(code);
    case 'array':
      return arrayDoc(code);
    case 'arrow':
      return arrowDoc(code);
    case 'call': {
      if (!code.isNew && isMemberish(code.callee)) return memberChain(code, place === 'statement').doc;
      const parts = concat(
        code.isNew ? 'new ' : '',
        expression(code.callee, 'subject'),
        code.typeArgs.length > 0 ? typeArguments(code.typeArgs) : '',
        argumentsDoc(code.args),
      );
      return !code.isNew && code.callee.kind === 'call' ? group(parts) : parts;
    }
    case 'member': {
      const of = expression(code.of, 'subject');
      const inline =
        (code.of.kind === 'name' && place !== 'subject') || (place === 'right' && isBreakableCall(code.of));
      const name = `.${code.name}`;
      return concat(of, inline ? name : group(indent(softline, name)));
    }
    case 'index':
      return concat(expression(code.of, 'subject'), indexDoc(code.index));
    case 'present':
      return concat(expression(code.of, place === 'right' && isMemberish(code.of) ? place : 'subject'), '!');
    case 'prefix':
      return prefixDoc(code, place);
    case 'binary':
      return binaryDoc(code, place);
    case 'as':
      return concat(
        code.of.kind === 'binary' ? parenthesised(code.of) : expression(code.of, 'operand'),
        ' as ',
        typeDoc(code.type),
      );
  }
}

function parenthesised(code: Code): Doc {
  return concat('(', expression(code, 'operand'), ')');
}

function isBreakableCall(code: Code): boolean {
  if (code.kind === 'present') return isBreakableCall(code.of);
  if (code.kind !== 'call' || code.isNew) return false;
  return code.args.length > 0 || (isMemberish(code.callee) && memberChain(code, false).isChain);
}

export function isMemberish(code: Code): boolean {
  return code.kind === 'member' || code.kind === 'index';
}

/** `[index]`. */
export function indexDoc(index: Code): Doc {
  if (index.kind === 'word' && /^\d/.test(index.text)) return concat('[', expression(index, 'hole'), ']');
  return group(concat('[', indent(softline, expression(index, 'hole')), softline, ']'));
}

/** Prettier never breaks inside a hole of a template. */
function onOneLine(code: Code): Doc {
  const doc = expression(code, 'hole');
  const wide = render(doc, ({ name }) => name, Infinity).text;
  return wide.trimEnd().includes('\n') ? doc : flattened(doc);
}

// --- Objects and arrays

function objectDoc({ entries, tall = false, spaced = false }: ObjectCode): Doc {
  if (entries.length === 0) return '{}';
  const parts: Doc[] = [];
  for (const [at, entry] of entries.entries()) {
    if (at > 0) parts.push(',', line);
    if (at > 0 && spaced) parts.push(hardline);
    parts.push(entryDoc(entry));
  }
  return group(concat('{', indent(line, ...parts), ifBreak(','), line, '}'), { broken: tall });
}

function entryDoc(entry: Entry): Doc {
  if ('method' in entry) return entry.method;
  if ('spread' in entry) return concat('...', expression(entry.spread, 'prefixed'));
  const { key, value, comments = '' } = entry;
  if (value.kind === 'name' && value.name === key) return concat(comments, mapped(key, value.at));
  return concat(comments, group(assignment(propertyKey(key), ':', value, { isProperty: true })));
}

function arrayDoc({ items, comments = [] }: ArrayCode): Doc {
  if (items.length === 0) return '[]';
  const docs = items.map((item, at) => concat(comments[at] ?? '', item ? group(expression(item, 'argument')) : ''));
  const trailing = items.at(-1) ? ifBreak(',') : ',';
  return group(concat('[', indent(softline, join(concat(',', line), docs), trailing), softline, ']'), {
    broken: isTable(items),
  });
}

/** Several lists or objects of several entries each stand below one another. */
function isTable(items: ArrayCode['items']): boolean {
  const [first] = items;
  if (items.length < 2 || !first) return false;
  return items.every(
    (item) =>
      item?.kind === first.kind &&
      ((item.kind === 'object' && item.entries.length > 1) || (item.kind === 'array' && item.items.length > 1)),
  );
}

// --- Functions

/** @param hugged whether it is the last argument of a call, whose parentheses stay close */
export function arrowDoc({ async, params, body }: ArrowCode, { hugged = false } = {}): Doc {
  const parameters = parametersDoc(
    params.map((param) => expression(param, 'argument')),
    { hug: isPattern(params) },
  );
  const head = concat(async ? 'async ' : '', group(hugged ? flattened(parameters) : parameters), ' =>');
  return group(concat(head, group(bodyDoc(body, hugged))));
}

function isPattern(params: readonly Code[]): boolean {
  return params.length === 1 && (params[0]!.kind === 'object' || params[0]!.kind === 'array');
}

function bodyDoc(body: ArrowCode['body'], hugged: boolean): Doc {
  if (body.kind === 'block') return concat(' ', blockDoc(body.statements));
  const doc = expression(body, 'body');
  if (body.kind === 'object' || body.kind === 'array') return concat(' ', doc);
  return concat(indent(line, doc), hugged ? concat(ifBreak(','), softline) : '');
}

/** `(a, b)`; a single pattern is held close by its parentheses. */
export function parametersDoc(params: readonly Doc[], { hug = false } = {}): Doc {
  if (params.length === 0) return '()';
  if (hug) return concat('(', ...params, ')');
  return concat('(', indent(softline, join(concat(',', line), params)), ifBreak(','), softline, ')');
}

export function blockDoc(statements: Doc | undefined): Doc {
  return statements === undefined ? '{}' : concat('{', indent(hardline, statements), hardline, '}');
}

// --- Operators

function prefixDoc({ operator, of }: PrefixCode, place: Place): Doc {
  const isDoubled = operator === '-' && of.kind === 'prefix' && of.operator === '-';
  const operand = expression(of, 'prefixed');
  const doc = concat(operator, isDoubled ? concat('(', operand, ')') : operand);
  return operator === 'await ' && place === 'subject' ? group(concat(indent(softline, doc), softline)) : doc;
}

const precedence: Readonly<Record<Operator, number>> = {
  '??': 1,
  '||': 2,
  '&&': 3,
  '===': 4,
  '!==': 4,
  '==': 4,
  '!=': 4,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  in: 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
};

export type Binary = Extract<Code, { kind: 'binary' }>;

export const isLogical = (operator: Operator) => precedence[operator] <= 3;

/** Whether `a · b ∘ c` needs no parentheses and breaks as one chain. */
function flattens(outer: Operator, inner: Operator): boolean {
  if (precedence[outer] !== precedence[inner] || precedence[outer] === 4) return false;
  return precedence[outer] !== 7 || (outer === inner && outer !== '%');
}

function operandNeedsParentheses(inner: Operator, outer: Operator, onTheRight: boolean): boolean {
  if (isLogical(inner) && isLogical(outer) && inner !== outer) return true;
  if (precedence[inner] < precedence[outer]) return true;
  if (precedence[inner] === precedence[outer]) return onTheRight || !flattens(outer, inner);
  return inner === '%' && (outer === '+' || outer === '-');
}

function operandDoc(code: Code, outer: Operator, onTheRight: boolean): Doc {
  if (code.kind !== 'binary') return expression(code, 'operand');
  const doc = mapped(binaryDoc(code, 'operand', outer), code.at);
  return operandNeedsParentheses(code.operator, outer, onTheRight) ? concat('(', doc, ')') : doc;
}

function binaryDoc(code: Binary, place: Place, outer?: Operator): Doc {
  const parts = binaryParts(code, place, outer);
  switch (place) {
    case 'condition':
      return concat(...parts);
    case 'prefixed':
    case 'subject':
      return group(concat(indent(softline, ...parts), softline));
    case 'returned':
    case 'body':
    case 'hole':
      return group(concat(...parts));
    default: {
      const close = inlinesRight(code) ? !chains(code) : place === 'right' || place === 'value';
      return group(close ? concat(...parts) : concat(parts[0]!, indent(...parts.slice(1))));
    }
  }
}

/** `a ?? {…}`: what opens a brace stays on the line of the operator. */
export function inlinesRight({ operator, right }: Binary): boolean {
  if (!isLogical(operator)) return false;
  return (right.kind === 'object' && right.entries.length > 0) || (right.kind === 'array' && right.items.length > 0);
}

function chains({ operator, left }: Binary): boolean {
  return left.kind === 'binary' && flattens(operator, left.operator);
}

function binaryParts(code: Binary, place: Place, outer: Operator | undefined): Doc[] {
  const { operator, left, right } = code;
  const head = chains(code) ? binaryParts(left as Binary, place, operator) : [group(operandDoc(left, operator, false))];
  const tail = concat(operator, inlinesRight(code) ? ' ' : line, operandDoc(right, operator, true));
  const sameSort = (other: Operator) => isLogical(other) === isLogical(operator);
  const alone =
    !(place === 'condition' && isLogical(operator)) &&
    !(outer !== undefined && sameSort(outer)) &&
    ![left, right].some((side) => side.kind === 'binary' && sameSort(side.operator));
  return [...head, ' ', alone && !breaks(tail) ? group(tail) : tail];
}

function needsParentheses(code: Code, place: Place): boolean {
  switch (code.kind) {
    case 'binary':
      return place === 'prefixed' || place === 'subject';
    case 'as':
      return place === 'prefixed' || place === 'subject' || place === 'operand';
    case 'prefix':
      return place === 'subject' || (code.operator === 'await ' && (place === 'operand' || place === 'prefixed'));
    case 'arrow':
      return place === 'subject' || place === 'operand' || place === 'prefixed';
    case 'object':
      return place === 'body' || place === 'statement';
    default:
      return false;
  }
}
