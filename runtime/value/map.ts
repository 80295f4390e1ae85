// A map is a JSON object. What every JavaScript object inherits (`constructor`, `toString`) is not in it.

/** The value under a key; undefined where there is none. */
export function entry<V>(map: Readonly<Record<string, V>>, key: string | number): V | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Puts an entry into a map, in place of the one that the key has. */
export function put<V>(map: Record<string, V>, key: string | number, value: V): void {
  if (key === '__proto__')
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  else map[key] = value;
}

/** A field of a record that may lack it, where every object inherits something of its name. */
export function own<T extends object, K extends keyof T>(record: T, field: K): T[K] | undefined {
  return Object.hasOwn(record, field) ? record[field] : undefined;
}

/** A snapshot of all keys and values, in ascending order of the keys. */
export function entries<V>(map: Readonly<Record<string, V>>): [key: string, value: V][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The same for a map whose keys are integers. */
export function intEntries<V>(map: Readonly<Record<string, V>>): [key: number, value: V][] {
  return Object.entries(map)
    .map(([key, value]): [number, V] => [Number(key), value])
    .sort(([a], [b]) => a - b);
}

/** The keys of a map, in ascending order. */
export function keys(map: Readonly<Record<string, unknown>>): string[] {
  return entries(map).map(([key]) => key);
}

/** The same for a map whose keys are integers. */
export function intKeys(map: Readonly<Record<string, unknown>>): number[] {
  return intEntries(map).map(([key]) => key);
}

/** The values of a map, in ascending order of their keys; the keys are texts. */
export function values<V>(map: Readonly<Record<string, V>>): V[] {
  return entries(map).map(([, value]) => value);
}

/** The same for a map whose keys are integers. */
export function intValues<V>(map: Readonly<Record<string, V>>): V[] {
  return intEntries(map).map(([, value]) => value);
}
