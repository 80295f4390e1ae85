import type { Head } from './lines.js';

/** How deep the parts of one line may nest, so that whoever walks over them never runs out of stack. */
export const MAX_DEPTH = 500;

/** Whether the nodes of a line nest too deeply. Does not recurse: that is what it protects from. */
export function isTooDeep(head: Head): boolean {
  const open: { readonly value: object; readonly depth: number }[] = [{ value: head, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.depth > MAX_DEPTH) return true;
    const depth = 'kind' in next.value ? next.depth + 1 : next.depth;
    for (const value of Object.values(next.value) as unknown[]) {
      if (typeof value === 'object' && value !== null) open.push({ value, depth });
    }
  }
  return false;
}
