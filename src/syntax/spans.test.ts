/** The text of a node is inside the text of its parent, in every program of the repository, right or wrong. */
import { describe, expect, it } from 'vitest';
import { parseText } from '../testing/parse.js';
import { repositoryPrograms } from '../testing/programs.js';
import { walk } from './visit.js';

/** Every node that can be reached, without knowing where children are. */
function countNodes(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside = Object.values(value).reduce((sum: number, part) => sum + countNodes(part), 0);
  return 'kind' in value && 'span' in value ? inside + 1 : inside;
}

describe('spans', () => {
  it.each(repositoryPrograms())('nest in $path', ({ text }) => {
    const { ast, source } = parseText(text);
    const seen = new Set<object>();
    const wrong: string[] = [];
    walk(ast, {
      enter: (node, parent) => {
        const { start, end } = node.span;
        const outer = parent?.span ?? { start: 0, end: source.text.length };
        if (start < outer.start || end > outer.end || start > end) {
          wrong.push(`${node.kind} on line ${source.position(start).line} is not inside ${parent?.kind}`);
        }
        if (seen.has(node)) wrong.push(`${node.kind} on line ${source.position(start).line} is in the tree twice`);
        seen.add(node);
      },
    });
    expect(wrong).toEqual([]);
    expect(seen.size, 'nodes that a walk comes to').toBe(countNodes(ast));
  });
});
