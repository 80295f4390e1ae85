/** First lines of definitions, and what they say about what follows. */
import type { Choices } from './choices.js';
import { expression } from './expressions.js';
import type { Known } from './frame.js';
import { line, type Lines } from './lines.js';
import type { Callable, HiddenParam, Plan } from './plan.js';
import { type HiddenType, same, writeType } from './types.js';

/** A type as it is written down: it may have another name. */
export function annotation(choices: Choices, { aliases }: Plan, type: HiddenType): string {
  const named = aliases.filter((one) => same(one.type, type));
  if (named.length > 0 && choices.chance(70)) return choices.pick(named).name;
  const inner = type.kind === 'optional' ? aliases.filter((one) => same(one.type, type.of)) : [];
  return inner.length > 0 && choices.chance(70) ? `${choices.pick(inner).name}?` : writeType(type);
}

function params(choices: Choices, plan: Plan, list: readonly HiddenParam[]): string {
  return list
    .map(({ name, type, annotated, default: otherwise }) => {
      const written = annotated ? `${name}: ${annotation(choices, plan, type)}` : name;
      return otherwise === undefined ? written : `${written} = ${otherwise}`;
    })
    .join(', ');
}

export function head(
  choices: Choices,
  plan: Plan,
  word: string,
  { name, params: list, result, resultAnnotated }: Omit<Callable, 'kind'>,
): string {
  const written = result && resultAnnotated ? annotation(choices, plan, result) : '';
  const arrow =
    written === '' ? '' : choices.chance(50) && !written.startsWith('(') ? ` -> (${written})` : ` -> ${written}`;
  return `${word} ${name}(${params(choices, plan, list)})${arrow}`;
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
