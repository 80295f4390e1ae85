/** Functions that the program calls and does not define. */
import type { Choices } from './choices.js';
import { anyName, freeName } from './names.js';
import type { HiddenFunction } from './place.js';
import { anyType, type HiddenRecord, type HiddenType, recordOf } from './types.js';

const roots = ['load', 'store', 'delete', 'run', 'new', 'bank', 'log2', 'constructor', 'order', 'item', 'main'];

/** What activities depend on. */
export function functionsOf(
  choices: Choices,
  records: readonly HiddenRecord[],
  contracts: readonly string[],
): HiddenFunction[] {
  const names = choices
    .shuffled([...roots, 'bank.charge', 'db.load', 'db.items.list', 'db.delete'])
    .slice(0, choices.between(2, 5));
  const clean = names.filter(
    (name) => !names.some((other) => other.startsWith(`${name}.`)) && !contracts.includes(name.split('.')[0]!),
  );
  return clean.map((name) => ({
    name,
    params: choices.list(0, 2, () => anyType(choices, records, false)).map((type) => withoutOptional(type)),
    result: choices.chance(30) ? undefined : withoutOptional(anyType(choices, records, false)),
  }));
}

function withoutOptional(type: HiddenType): HiddenType {
  return type.kind === 'optional' ? type.of : type;
}

const externNames = ['isHoliday', 'scoreOf', 'Promise', 'class', 'sleep', 'values2', 'Date', 'proxyActivities'];

/** Functions and methods that TypeScript implements: their types are written down. */
export function externsOf(choices: Choices, records: readonly HiddenRecord[]): HiddenFunction[] {
  const names = choices.shuffled(externNames).slice(0, choices.between(1, 3));
  const declared = records.filter((one) => one.declared && !one.members && !one.origin);
  return names.map((name) => {
    const own = new Set<string>();
    const labels: string[] = [];
    const params = choices.list(0, 2, () => {
      labels.push(freeName(choices, own, anyName));
      return anyType(choices, records, true);
    });
    const result = choices.chance(15) ? undefined : anyType(choices, records, true);
    const isMethod = declared.length > 0 && choices.chance(40);
    return { name, params, result, labels, ...(isMethod && { receiver: recordOf(choices.pick(declared)) }) };
  });
}
