import type { Arg } from '../syntax/ast.js';

/** A name for the value of an argument: its own, or that of the variable or field that is given. */
export function argumentNames(args: readonly Arg[]): string[] {
  const names: string[] = [];
  for (const [i, { name, value }] of args.entries()) {
    const own =
      name?.text ??
      (value.kind === 'NameExpr' ? value.text : value.kind === 'Field' ? value.field.text : `arg${i + 1}`);
    let unique = own;
    for (let n = 2; names.includes(unique); n++) unique = `${own}${n}`;
    names.push(unique);
  }
  return names;
}
