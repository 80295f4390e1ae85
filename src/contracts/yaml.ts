/** YAML, and JSON with it, as trees. */
import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, visit, type YAMLError } from 'yaml';
import type { SourceFile, Span } from '../source.js';
import { ContractFault, type Member, type Tree } from './tree.js';

const mostLevels = 64;

/** @throws {ContractFault} when it is no YAML, or more than plain data */
export function parseTree({ text }: SourceFile): Tree {
  const document = parsed(text);
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) {
    const [start, end] = problem.pos;
    throw new ContractFault('TWF084', { start, end: Math.max(end, start) }, { why: reasonOf(problem) });
  }
  visit(document, {
    Alias(_, { range }) {
      const why = 'names of parts, and what stands for them (`&` and `*`), are not read';
      throw new ContractFault(
        'TWF084',
        spanOf(range),
        { why },
        { hint: 'Name the type under `$defs`, and use `$ref`.' },
      );
    },
  });
  return treeOf(document.contents, 0);
}

function parsed(text: string) {
  try {
    return parseDocument(text, { prettyErrors: false, uniqueKeys: true, version: '1.2', logLevel: 'error' });
  } catch (error) {
    // What is nested deeply takes the parser more of the stack than there is.
    if (error instanceof RangeError) throw tooDeep({ start: 0, end: 0 });
    throw error;
  }
}

function treeOf(node: unknown, level: number): Tree {
  const given = node as Node | null;
  const span = spanOf(given?.range);
  if (level > mostLevels) throw tooDeep(span);
  if (isMap(given)) {
    const members = new Map<string, Member>();
    for (const { key, value } of given.items) {
      const keySpan = spanOf((key as Node | null)?.range);
      if (!isScalar(key)) throw new ContractFault('TWF084', keySpan, { why: 'the key of an object is a text' });
      const text = String(key.value);
      members.set(text, { key: text, keySpan, value: treeOf(value ?? key, level + 1) });
    }
    return { kind: 'object', span, members };
  }
  if (isSeq(given)) return { kind: 'list', span, items: given.items.map((item) => treeOf(item, level + 1)) };
  if (!isScalar(given) || isAlias(given)) return { kind: 'other', span, value: null };
  const { value } = given;
  if (typeof value === 'string') return { kind: 'text', span, text: value };
  return { kind: 'other', span, value: value as number | boolean | bigint | null };
}

function tooDeep(span: Span): ContractFault {
  return new ContractFault('TWF089', span, { most: mostLevels });
}

function spanOf(range: readonly [number, number, number] | null | undefined): Span {
  return { start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
}

/** A message of the parser, as the end of a sentence. */
function reasonOf({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'it holds several documents';
  const [line = ''] = message.split('\n');
  return line.slice(0, 1).toLowerCase() + line.slice(1).replace(/[.:]$/, '');
}
