/** What stands on both sides of `=` or `:`, and where the line is broken between them. */
import type { Code } from '../code.js';
import { memberChain } from './chain.js';
import { concat, type Doc, group, indent, indentIfBreak, line } from './doc.js';
import { expression, inlinesRight, isMemberish } from './expressions.js';
import { stringLiteral } from './literals.js';
import { printWidth } from './render.js';

export interface AssignmentOptions {
  readonly isProperty?: boolean;
  /** The left side is a pattern or a type that should break first. */
  readonly breaksLeft?: boolean;
}

const tabWidth = 2;
const shortArgument = printWidth / 4;

export function assignment(left: Doc, operator: string, right: Code, options: AssignmentOptions = {}): Doc {
  const { isProperty = false, breaksLeft = false } = options;
  const value = expression(right, isProperty ? 'value' : 'right');
  if (breaksLeft) return group(concat(left, operator, ' ', group(value)));
  const hasShortKey = isProperty && typeof left === 'string' && left.length < tabWidth + 3;
  if (breaksAfterOperator(right, hasShortKey)) {
    return group(concat(group(left), operator, group(indent(line, value))));
  }
  if (hasShortKey || right.kind === 'template' || (right.kind === 'word' && /^(\d|true$|false$)/.test(right.text))) {
    return group(concat(group(left), operator, ' ', value));
  }
  const id = Symbol('assignment');
  return group(concat(group(left), operator, group(indent(line), { id }), indentIfBreak(value, id)));
}

function breaksAfterOperator(right: Code, hasShortKey: boolean): boolean {
  if (right.kind === 'binary' && !inlinesRight(right)) return true;
  if (hasShortKey) return false;
  let inner: Code = right;
  while (inner.kind === 'prefix' || inner.kind === 'present') inner = inner.of;
  return inner.kind === 'string' || isPoorlyBreakable(inner);
}

/** A chain without a good place to break: no calls, or calls with next to no arguments. */
function isPoorlyBreakable(code: Code, deep = false): boolean {
  switch (code.kind) {
    case 'call': {
      if (code.isNew) return false;
      if (isMemberish(code.callee) && memberChain(code, false).isChain) return false;
      const [first, ...more] = code.args;
      const isPlain = !first || (more.length === 0 && isLoneShort(first));
      const { typeArgs } = code;
      const hasComplexTypes = typeArgs.length > 1 || typeArgs[0]?.kind === 'unionOf' || typeArgs[0]?.kind === 'mapOf';
      return isPlain && !hasComplexTypes && isPoorlyBreakable(code.callee, true);
    }
    case 'member':
    case 'index':
    case 'present':
      return isPoorlyBreakable(code.of, true);
    default:
      return deep && code.kind === 'name';
  }
}

function isLoneShort(code: Code): boolean {
  switch (code.kind) {
    case 'name':
      return (typeof code.name === 'string' ? code.name : code.name.name).length <= shortArgument;
    case 'word':
      return code.text !== 'undefined' || code.text.length <= shortArgument;
    case 'string':
      return stringLiteral(code.value).length <= shortArgument;
    case 'prefix':
      return code.operator !== 'await ' && isLoneShort(code.of);
    case 'call':
      return !code.isNew && code.args.length === 0 && code.callee.kind === 'name' && isLoneShort(code.callee);
    default:
      return false;
  }
}
