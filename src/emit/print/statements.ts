/** How statements and declarations are laid out. */
import type { Code, TypeCode } from '../code.js';
import { assignment } from './assignment.js';
import { concat, type Doc, group, hardline, ifBreak, indent, line, softline } from './doc.js';
import { blockDoc, expression, isLogical, parametersDoc } from './expressions.js';
import { typeDoc } from './types.js';

export function expressionStatement(code: Code): Doc {
  return concat(expression(code, 'statement'), ';');
}

/** `const target: type = value;` */
export function declaration(kind: 'const' | 'let', target: Code, value: Code, type?: TypeCode): Doc {
  const left = concat(`${kind} `, expression(target, 'argument'), type ? concat(': ', typeDoc(type)) : '');
  const hasDeepType = type?.kind === 'reference' && type.args.length > 1 && type.args.some(hasArguments);
  return concat(assignment(left, ' =', value, { breaksLeft: hasDeepType }), ';');
}

function hasArguments(type: TypeCode): boolean {
  return type.kind === 'reference' && type.args.length > 0;
}

/** `let name: type;` */
export function variable(name: Doc, type: TypeCode): Doc {
  return concat('let ', name, ': ', typeDoc(type), ';');
}

export function assignmentStatement(target: Code, value: Code): Doc {
  return concat(assignment(expression(target, 'statement'), ' =', value), ';');
}

/** `return value;` or `throw value;` */
export function leaving(keyword: 'return' | 'throw', value: Code | undefined): Doc {
  if (!value) return `${keyword};`;
  const doc = expression(value, 'returned');
  if (value.kind !== 'binary') return concat(`${keyword} `, doc, ';');
  return concat(`${keyword} `, group(concat(ifBreak('('), indent(softline, doc), softline, ifBreak(')'))), ';');
}

export function condition(keyword: string, test: Code): Doc {
  const negatesLogic =
    test.kind === 'prefix' && test.operator === '!' && test.of.kind === 'binary' && isLogical(test.of.operator);
  if (negatesLogic) return concat(keyword, ' (', expression(test, 'condition'), ')');
  return concat(keyword, ' (', group(concat(indent(softline, expression(test, 'condition')), softline)), ')');
}

export function braces(head: Doc, statements: Doc | undefined): Doc {
  return concat(head, ' ', blockDoc(statements));
}

/** The same for `if`, `else` and `for … of`, whose braces stand apart even where nothing is between them. */
export function openBraces(head: Doc, statements: Doc | undefined): Doc {
  return statements === undefined ? concat(head, ' {', hardline, '}') : braces(head, statements);
}

export interface Signature {
  readonly params: readonly Doc[];
  readonly result: TypeCode;
  /** The only parameter is a pattern. */
  readonly hug?: boolean;
}

/** `(a: A, b: B): R`. */
export function signatureDoc({ params, result, hug = false }: Signature): Doc {
  return group(concat(parametersDoc(params, { hug }), ': ', typeDoc(result)));
}

/** `name(a: A): R;`, in an interface: there a method `new` would be a constructor. */
export function methodDoc(key: Doc, signature: Signature): Doc {
  if (key !== 'new') return concat(key, signatureDoc(signature), ';');
  const { params, result } = signature;
  return concat('new: ', group(concat(parametersDoc(params), ' => ', typeDoc(result))), ';');
}

/** `{ a, b }: Type`, as the only parameter. */
export function patternParameter(names: readonly Doc[], type: Doc): Doc {
  const entries = names.flatMap((name, at) => (at === 0 ? [name] : [',', line, name]));
  return concat('{', indent(line, ...entries), ifBreak(','), line, '}: ', type);
}

/** Several documents, one below the other. */
export function lines(docs: readonly Doc[]): Doc {
  return concat(...docs.flatMap((doc, at) => (at === 0 ? [doc] : [hardline, doc])));
}

/** Several documents with a blank line between them. */
export function paragraphs(docs: readonly Doc[]): Doc {
  return concat(...docs.flatMap((doc, at) => (at === 0 ? [doc] : [hardline, hardline, doc])));
}
