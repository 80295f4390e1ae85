import { expect, test } from 'vitest';
import { exportedTypes } from './typescript.js';

/** What a file exports, by name; where something is refused, why. */
function read(text: string): Record<string, unknown> {
  const { types } = exportedTypes(text);
  const bare = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (key, one: unknown) => (key === 'span' ? undefined : one)));
  return Object.fromEntries([...types!].map(([name, one]) => [name, one.kind === 'refused' ? one.why : bare(one)]));
}

const field = (name: string, type: unknown, more: object = {}) => ({
  name,
  type,
  mayLack: false,
  mayBeAbsent: false,
  isMaybe: false,
  ...more,
});

test('what a file declares is meant by its name, also where TypeScript has a type of that name', () => {
  const { types } = exportedTypes(
    "export interface A { at: Date; ns: Map[] }\ninterface Map { n: number }\nexport type Date = 'a' | 'b';",
  );
  const a = types!.get('A');
  expect(a?.kind === 'record' && a.fields.map(({ type }) => type)).toMatchObject([
    { kind: 'named', name: 'Date' },
    { kind: 'list', item: { kind: 'named', name: 'Map' } },
  ]);
});

test('interfaces, and other names of what JSON holds', () => {
  expect(
    read(`
      import type { X } from './x.js';
      export interface A { id: string; n?: number; b: boolean | null; c?: string | null | undefined; xs: Array<A>; m: Record<string, B> }
      export type B = { t: [string, any]; u: unknown };
      export type C = string[];
      export type D = 'a' | 'b';
      export type E = { [key: string]: number };
      type F = number;
      interface G { x: string }
      export type { G as H };
      export const other = 1;
    `),
  ).toEqual({
    A: {
      kind: 'record',
      fields: [
        field('id', { kind: 'string' }),
        field('n', { kind: 'number' }, { mayLack: true, mayBeAbsent: true }),
        field('b', { kind: 'boolean' }, { mayBeAbsent: true }),
        field('c', { kind: 'string' }, { mayLack: true, mayBeAbsent: true, isMaybe: true }),
        field('xs', { kind: 'list', item: { kind: 'named', name: 'A' } }),
        field('m', { kind: 'map', value: { kind: 'named', name: 'B' } }),
      ],
    },
    B: {
      kind: 'record',
      fields: [
        field('t', { kind: 'tuple', items: [{ kind: 'string' }, { kind: 'any' }] }),
        field('u', { kind: 'unknown' }),
      ],
    },
    C: { kind: 'alias', type: { kind: 'list', item: { kind: 'string' } } },
    D: { kind: 'texts', members: ['a', 'b'] },
    E: { kind: 'alias', type: { kind: 'map', value: { kind: 'number' } } },
    H: { kind: 'record', fields: [field('x', { kind: 'string' })] },
  });
});

test.each([
  ['export interface A { at: Date }', '`Date` does not survive JSON'],
  ['export interface A { at: Map<string, string> }', '`Map` does not survive JSON'],
  ['export interface A { n: bigint }', '`bigint` does not survive JSON'],
  ['export interface A { f(): void }', 'is a function'],
  ['export interface A { f: () => void }', 'a function does not survive JSON'],
  ['export interface A { x: string | number }', 'one of several types'],
  ['export interface A { x: "one" }', 'a single value'],
  ['export interface A { x: undefined | string }', 'write `x?`'],
  ['export interface A { x: { y: string } }', 'a name of its own'],
  ['export interface A { x: readonly string[] }', 'cannot be changed'],
  ['export interface A { x: (string | null)[] }', 'one of several types'],
  ['export interface A { "a-b": string }', 'no name that TWF can write'],
  ['export interface A { [key: string]: string; x: string }', 'index signature'],
  ['export interface A<T> { x: T }', 'generic'],
  ['export interface A extends B { x: string }', 'extends another type'],
  ['export interface A { x: string }\nexport interface A { y: string }', 'several parts'],
  ['export type A = Partial<B>', 'would have to be computed'],
  ['export type A = typeof b', 'would have to be computed'],
  ['export type A = B extends string ? 1 : 2', 'would have to be computed'],
  ['export class A {}', 'a class'],
  ['export enum A { B = "b" }', 'an enum of TypeScript'],
  ['export type { A } from "./a.js"', 'another file'],
])('%s', (text, why) => {
  const { A } = read(text);
  const refused = typeof A === 'string' ? A : JSON.stringify(A);
  expect(refused).toContain(why);
});

test('a file that TypeScript cannot read', () => {
  expect(exportedTypes('export interface A {\n  id: ;\n}\n')).toMatchObject({ types: undefined, line: 2 });
});
