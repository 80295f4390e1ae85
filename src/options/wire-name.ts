/** What Temporal calls things (grammar/README.md, "Names for Temporal"). */
import type { Name, OptionBlock, OptionEntry } from '../syntax/ast.js';

interface Named {
  readonly name: Name;
  readonly options?: OptionBlock | undefined;
}

/** A definition's own name, unless its option `name` gives another. */
export function wireName({ name, options }: Named): string {
  const entry = options?.entries.find(({ key }) => key.text === 'name');
  return (entry && constantText(entry)) ?? name.text;
}

function constantText({ value }: OptionEntry): string | undefined {
  if (value.kind === 'Word' || value.kind === 'NameExpr') return value.text;
  if (value.kind !== 'String') return undefined;
  const [text, ...more] = value.parts;
  return typeof text === 'string' && more.length === 0 ? text : undefined;
}
