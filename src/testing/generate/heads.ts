/** First lines of definitions, and what they say about what follows. */
import type { Choices } from './choices.js';
import { expression } from './expressions.js';
import type { Known } from './frame.js';
import { line, type Lines } from './lines.js';
import type { Callable, HiddenParam } from './plan.js';
import { writeType } from './types.js';

export function params(list: readonly HiddenParam[]): string {
  return list.map(({ name, type, annotated }) => (annotated ? `${name}: ${writeType(type)}` : name)).join(', ');
}

export function head(
  choices: Choices,
  word: string,
  { name, params: list, result, resultAnnotated }: Omit<Callable, 'kind'>,
): string {
  const written = result && resultAnnotated ? writeType(result) : '';
  const arrow =
    written === '' ? '' : choices.chance(50) && !written.startsWith('(') ? ` -> (${written})` : ` -> ${written}`;
  return `${word} ${name}(${params(list)})${arrow}`;
}

export function parameters(list: readonly HiddenParam[]): Known[] {
  return list.map(({ name, type, annotated }) => ({ name, type, annotated }));
}

/** Where no result is declared, some path must show what it is. */
export function evidence(choices: Choices, { kind, result, resultAnnotated }: Callable): Lines {
  if (!result || resultAnnotated) return [];
  const place = { choices, variables: [], functions: [], annotated: false, exact: true, clock: 'now()', depth: 0 };
  const value = expression(place, result);
  const test = choices.pick(['true', '1 < 2']);
  return [line(`if ${test}:`, [line(`${kind === 'activity' ? 'return' : 'close'} ${value}`)])];
}
