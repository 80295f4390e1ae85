import type { OptionValue, Word } from '../syntax/ast.js';

/** The text that a value gives in so many words: `payments-worker`, `"payments-worker"`. */
export function constantWord(value: OptionValue): Word | undefined {
  if (value.kind === 'Word') return value;
  if (value.kind === 'NameExpr') return { kind: 'Word', span: value.span, text: value.text };
  if (value.kind !== 'String') return undefined;
  const [text = '', ...more] = value.parts;
  return typeof text === 'string' && more.length === 0 ? { kind: 'Word', span: value.span, text } : undefined;
}
