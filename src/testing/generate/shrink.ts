/** Makes programs that fail smaller, for those who look for the reason. */
import type { GeneratedProgram } from './program.js';

/**
 * The smallest program found that still fails.
 *
 * @param failing which of some programs fail as the first one does
 */
export async function shrunk(
  program: GeneratedProgram,
  failing: (programs: readonly GeneratedProgram[]) => Promise<readonly GeneratedProgram[]>,
): Promise<GeneratedProgram> {
  let smallest = program;
  for (;;) {
    const [found] = (await failing(smaller(smallest))).toSorted((a, b) => sizeOf(a) - sizeOf(b));
    if (!found) return smallest;
    smallest = found;
  }
}

const sizeOf = (program: GeneratedProgram): number => Object.values(program).join('').length;

function smaller(program: GeneratedProgram): GeneratedProgram[] {
  return Object.entries(program).flatMap(([path, text]) => {
    const lines = text.split('\n');
    const without = lines.flatMap((line, at) => {
      const [before, under] = [lines.slice(0, at), blockUnder(lines, at)];
      const after = lines.slice(at + 1 + under.length);
      const outdented = under.map((one) => one.replace(/^ {4}/, ''));
      const simpler = simplerLines(line).map((one) => [...before, one, ...under, ...after]);
      return [[...before, ...after], ...(under.length > 0 ? [[...before, ...outdented, ...after]] : []), ...simpler];
    });
    return without.map((left) => ({ ...program, [path]: left.join('\n') }));
  });
}

/** The lines after one that are indented deeper. */
function blockUnder(lines: readonly string[], at: number): readonly string[] {
  const indent = (line: string) => line.search(/\S|$/);
  const end = lines.findIndex((line, index) => index > at && line !== '' && indent(line) <= indent(lines[at]!));
  return lines.slice(at + 1, end < 0 ? lines.length : end);
}

/** A line without one of its items, one of its operands, or one pair of its brackets. */
function simplerLines(line: string): string[] {
  const parts = [/, [^,()[\]{}]*(?=[,)\]}])/g, / (?:and|or|[-+*/%]) [^()]+?(?=[,)\]}:]|$)/g, /\([^()]*\)/g];
  return parts.flatMap((part) =>
    [...line.matchAll(part)].map(({ 0: found, index }) => {
      const left = found.startsWith('(') ? found.slice(1, -1) : '';
      return line.slice(0, index) + left + line.slice(index + found.length);
    }),
  );
}
