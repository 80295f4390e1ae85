import type { OptionValue, Word } from '../syntax/ast.js';

/**
 * The text that a value gives in so many words: `payments-worker`, `"payments-worker"`. The holes of a text stay in it, as
 * they are written: those of a family are bound later.
 */
export function constantWord(value: OptionValue): Word | undefined {
  if (value.kind === 'Word') return value;
  if (value.kind === 'NameExpr') return { kind: 'Word', span: value.span, text: value.text };
  if (value.kind !== 'String') return undefined;
  const parts = value.parts.map((part) =>
    typeof part === 'string' ? part : part.kind === 'NameExpr' ? `{${part.text}}` : undefined,
  );
  if (parts.some((part) => part === undefined)) return undefined;
  return { kind: 'Word', span: value.span, text: parts.join('') };
}
