/**
 * Names of families: `shard-{org}` stands for one name for each member of `org`. The holes are words in braces; what they
 * stand for is bound by their spelling.
 */

const hole = /\{([A-Za-z_]\w*)\}/g;

/** A hole of a name, and where it begins in it: at its word, behind the brace. */
export interface Hole {
  readonly text: string;
  readonly at: number;
}

export function holesOf(name: string): Hole[] {
  return [...name.matchAll(hole)].map(({ 1: text = '', index }) => ({ text, at: index + 1 }));
}

/** The words of the holes of a name, each once. */
export function paramsOf(name: string): string[] {
  return [...new Set(holesOf(name).map(({ text }) => text))];
}

/** The name of a member. */
export function memberName(name: string, binding: ReadonlyMap<string, string>): string {
  return name.replace(hole, (whole, word: string) => binding.get(word) ?? whole);
}
