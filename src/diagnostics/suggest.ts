import { closest, distance } from 'fastest-levenshtein';
import type { SourceFile, Span } from '../source.js';
import type { Extra } from './diagnostic.js';

/**
 * The nearest of the candidates, if it is near enough to be what was meant: a third of its letters may be wrong, or all
 * of them in another order.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  if (all.length === 0 || name === '') return undefined;
  const exact = all.find((one) => one.toLowerCase() === name.toLowerCase());
  if (exact !== undefined) return exact;
  const allowed = (one: string) => Math.floor(Math.max(name.length, one.length) / 3);
  const similar = all.filter((one) => Math.abs(one.length - name.length) <= allowed(one));
  if (similar.length === 0) return undefined;
  const best = closest(name, similar);
  if (distance(name, best) <= allowed(best)) return best;
  return similar.find((one) => name.length > 2 && inOrder(one) === inOrder(name));
}

function inOrder(name: string): string {
  return [...name.toLowerCase()].sort().join('');
}

/** The hint that goes with it. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const best = nearest(name, candidates);
  return best === undefined ? undefined : `Did you mean \`${best}\`?`;
}

/** The hint, and the change that makes it so; undefined if no candidate is near enough. */
export function correction(
  name: string,
  candidates: Iterable<string>,
  file: SourceFile,
  ...spans: readonly Span[]
): Pick<Extra, 'hint' | 'fixes'> | undefined {
  const best = nearest(name, candidates);
  if (best === undefined) return undefined;
  const title = `Change to \`${best}\``;
  const edits = spans.map((span) => ({ file, span, text: best }));
  return { hint: `Did you mean \`${best}\`?`, fixes: [{ title, edits }] };
}
