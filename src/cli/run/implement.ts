import type { Need } from './protocol.js';

/** Plain objects, and objects of classes. */
type Implementation = Readonly<Record<string, unknown>>;

/** The needs that an implementation leaves open, by their dotted names. */
export function missingIn(needs: readonly Need[], implementation: unknown, path: readonly string[] = []): string[] {
  return needs.flatMap((need) => {
    const value = memberOf(implementation, need.name);
    const name = [...path, need.name];
    if (need.kind === 'group') return missingIn(need.members, value, name);
    return fits(need.kind, value) ? [] : [name.join('.')];
  });
}

/**
 * An implementation of all needs: what is given, and samples for the rest.
 *
 * @param onSample is told the first time that each of them answers
 */
export function completed(
  needs: readonly Need[],
  implementation: unknown,
  onSample: (name: string, sample: unknown) => void,
  path: readonly string[] = [],
): Implementation {
  return Object.fromEntries(
    needs.map((need) => {
      const value = memberOf(implementation, need.name);
      const name = [...path, need.name];
      if (need.kind === 'group') return [need.name, completed(need.members, value, onSample, name)];
      if (fits(need.kind, value)) {
        return [need.name, typeof value === 'function' ? value.bind(implementation) : value];
      }
      if (need.kind === 'constant') {
        onSample(name.join('.'), need.sample);
        return [need.name, need.sample];
      }
      let told = false;
      const answer = async () => {
        if (!told) onSample(name.join('.'), need.sample);
        told = true;
        return structuredClone(need.sample);
      };
      return [need.name, answer];
    }),
  );
}

function fits(kind: 'function' | 'constant', value: unknown): boolean {
  return kind === 'function' ? typeof value === 'function' : value !== undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return value === null || value === undefined ? undefined : (value as Implementation)[name];
}
