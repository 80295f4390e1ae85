import { closest, distance } from 'fastest-levenshtein';

/** The nearest of the candidates, if it is near enough to be what was meant. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  if (all.length === 0 || name === '') return undefined;
  const exact = all.find((one) => one.toLowerCase() === name.toLowerCase());
  if (exact !== undefined) return exact;
  const best = closest(name, all);
  return distance(name, best) <= Math.max(1, Math.floor(name.length / 3)) ? best : undefined;
}

/** The hint that goes with it. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const best = nearest(name, candidates);
  return best === undefined ? undefined : `Did you mean \`${best}\`?`;
}
