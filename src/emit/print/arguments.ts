/** The arguments of a call: the last one, or the first, may stay close to the parenthesis while it breaks. */
import type { Code } from '../code.js';
import { breakParent, breaks, concat, type Doc, group, ifBreak, indent, join, line, oneOf, softline } from './doc.js';
import { arrowDoc, expression } from './expressions.js';

export function argumentsDoc(args: readonly Code[]): Doc {
  if (args.length === 0) return '()';
  const docs = args.map((arg) => expression(arg, 'argument'));
  if (isCodeAndList(args)) return concat('(', join(', ', docs), ')');
  const listed = join(concat(',', line), docs);
  const allBroken = group(concat('(', indent(line, listed), ',', line, ')'), { broken: true });
  if (composesFunctions(args)) return allBroken;
  if (hugsFirst(args)) return hugged(docs, 0, huggedDoc(args[0]!), allBroken);
  if (hugsLast(args)) return hugged(docs, docs.length - 1, huggedDoc(args.at(-1)!), allBroken);
  return group(concat('(', indent(softline, listed), ifBreak(','), softline, ')'));
}

function hugged(docs: readonly Doc[], at: number, close: Doc, allBroken: Doc): Doc {
  if (docs.some((doc, i) => i !== at && breaks(doc))) return allBroken;
  const layout = (doc: Doc) =>
    concat(
      '(',
      join(
        concat(',', line),
        docs.map((one, i) => (i === at ? doc : one)),
      ),
      ')',
    );
  const broken = layout(group(close, { broken: true }));
  if (breaks(close)) return concat(breakParent, oneOf(broken, allBroken));
  return oneOf(layout(close), broken, allBroken);
}

function huggedDoc(arg: Code): Doc {
  return arg.kind === 'arrow' ? arrowDoc(arg, { hugged: true }) : expression(arg, 'argument');
}

function hugsLast(args: readonly Code[]): boolean {
  const last = args.at(-1)!;
  const before = args.at(-2);
  return (
    canHug(last) &&
    before?.kind !== last.kind &&
    !(args.length === 2 && before?.kind === 'arrow' && last.kind === 'array') &&
    !(args.length > 1 && isListOfNumbers(last))
  );
}

function hugsFirst(args: readonly Code[]): boolean {
  const [first, second, ...more] = args;
  if (!second || more.length > 0) return false;
  return (
    first!.kind === 'arrow' &&
    first!.body.kind === 'block' &&
    second.kind !== 'arrow' &&
    isShort(second) &&
    !canHug(second)
  );
}

/** `f(() => {…}, [a, b])`, or the same after a name: never broken. */
function isCodeAndList(args: readonly Code[]): boolean {
  const [code, list] = args.slice(-2);
  return (
    (args.length === 2 || (args.length === 3 && args[0]!.kind === 'name')) &&
    code!.kind === 'arrow' &&
    code!.params.length === 0 &&
    code!.body.kind === 'block' &&
    list!.kind === 'array'
  );
}

function canHug(arg: Code): boolean {
  switch (arg.kind) {
    case 'object':
      return arg.entries.length > 0;
    case 'array':
      return arg.items.length > 0;
    case 'as':
      return canHug(arg.of);
    case 'arrow':
      return ['block', 'object', 'array'].includes(arg.body.kind) || isCall(arg.body as Code);
    default:
      return false;
  }
}

function isCall(code: Code): boolean {
  return (code.kind === 'call' && !code.isNew) || (code.kind === 'present' && isCall(code.of));
}

function isListOfNumbers(code: Code): boolean {
  return code.kind === 'array' && code.items.length > 1 && code.items.every((item) => item && isNumber(item));
}

function isNumber(code: Code): boolean {
  return (
    (code.kind === 'word' && /^\d/.test(code.text)) ||
    (code.kind === 'prefix' && code.operator === '-' && isNumber(code.of))
  );
}

function isShort(code: Code): boolean {
  if (code.kind === 'call' && code.args.length > 1) return false;
  if (code.kind === 'binary') return isSimpleArgument(code.left, 1) && isSimpleArgument(code.right, 1);
  return isSimpleArgument(code);
}

function composesFunctions(args: readonly Code[]): boolean {
  if (args.length < 2) return false;
  const functions = args.filter(({ kind }) => kind === 'arrow').length;
  const takesFunction = (arg: Code) =>
    arg.kind === 'call' && !arg.isNew && arg.args.some(({ kind }) => kind === 'arrow');
  return functions > 1 || args.some(takesFunction);
}

/** Whether an argument is so plain that a chain of calls may stay on one line with it. */
export function isSimpleArgument(code: Code, depth = 2): boolean {
  if (depth <= 0) return false;
  const inside = (child: Code | undefined) => !child || isSimpleArgument(child, depth - 1);
  switch (code.kind) {
    case 'name':
    case 'word':
    case 'string':
      return true;
    case 'template':
      return code.parts.every((part) => typeof part === 'string' || inside(part));
    case 'object':
      return code.entries.every((entry) => {
        if (!('value' in entry)) return false;
        return (entry.value.kind === 'name' && entry.value.name === entry.key) || inside(entry.value);
      });
    case 'array':
      return code.items.every(inside);
    case 'call':
      return isSimpleArgument(code.callee, depth) && code.args.length <= depth && code.args.every(inside);
    case 'member':
    case 'present':
      return isSimpleArgument(code.of, depth);
    case 'index':
      return isSimpleArgument(code.of, depth) && isSimpleArgument(code.index, depth);
    case 'prefix':
      return code.operator !== 'await ' && isSimpleArgument(code.of, depth);
    default:
      return false;
  }
}
