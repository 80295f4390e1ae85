/** Names that generated code cannot give to what the author named: they are printed with a `_` behind them. */

const words = `
  arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public return
  static super switch this throw true try typeof undefined var void while with yield async of
`;

/** Globals that generated code uses, or that a reader would take for the global. */
const globals = `
  Array Boolean Date Error Infinity JSON Map Math NaN Number Object Partial Pick Promise Record RegExp Set String Symbol
  Uint8Array URL console globalThis process require module exports
`;

const types = 'any bigint boolean never number object string symbol unknown void';

const split = (text: string) => text.trim().split(/\s+/);

const values: ReadonlySet<string> = new Set([...split(words), ...split(globals)]);
const typeNames: ReadonlySet<string> = new Set([...split(words), ...split(types)]);

export function isReserved(name: string): boolean {
  return values.has(name);
}

/** Whether no interface can be called so. */
export function isReservedType(name: string): boolean {
  return typeNames.has(name);
}

/** The first of several names that is free; where none is, the last with as many `_` as it takes. */
export function freeName(candidates: readonly [string, ...string[]], taken: (name: string) => boolean): string {
  const free = candidates.find((one) => !taken(one));
  if (free !== undefined) return free;
  let name = candidates.at(-1)!;
  while (taken(name)) name += '_';
  return name;
}

/** `CancelOrder` and `HTTPStatus` as `cancelOrder` and `httpStatus`; what is between words goes. */
export function camelCase(name: string): string {
  const joined = name.replace(/[^A-Za-z0-9$]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '');
  const start = joined.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+(?=[^A-Za-z]|$)|^[A-Z]/, (head) => head.toLowerCase());
  return /^\d/.test(start) || start === '' ? `_${start}` : start;
}

export function pascalCase(name: string): string {
  const text = camelCase(name).replace(/^_+(?=[A-Za-z])/, '');
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** What every JavaScript object has without having been given it. */
export const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));
