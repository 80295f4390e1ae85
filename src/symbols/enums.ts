/** What the cases of a `switch` say of enums, before it is known of which type its subject is. */
import type { SwitchCase } from '../syntax/ast.js';
import { plainText } from '../syntax/literals.js';

/** The name of an enum, and its members. */
export interface EnumMembers {
  readonly name: string;
  readonly members: readonly string[];
}

/** The enum whose members, and perhaps `null`, are all that the cases name: such a `switch` asks for no `else`. */
export function coveredEnum(cases: readonly SwitchCase[], enums: readonly EnumMembers[]): EnumMembers | undefined {
  const values = cases.flatMap((one) => one.values).filter(({ kind }) => kind !== 'Null');
  const texts = new Set(values.map(plainText));
  if (texts.has(undefined)) return undefined;
  return enums.find(({ members }) => members.length === texts.size && members.every((member) => texts.has(member)));
}
