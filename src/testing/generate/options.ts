/** Options: every key of the compiler's table that is compiled, in either spelling. */
import { type OptionContext, optionTable, type OptionRow, spelledIn } from '../../options/options.js';
import type { Choices } from './choices.js';
import { expression } from './expressions.js';
import { type Frame, placeIn } from './frame.js';
import { line, type Line } from './lines.js';
import { scalar } from './types.js';

export interface Entry {
  readonly key: string;
  readonly value: string;
}

/** Where options are made: in a body, where they may be computed, or in a definition. */
export interface OptionPlace {
  readonly choices: Choices;
  /** Undefined where they are constant. */
  readonly frame?: Frame;
  /** A name that nothing else of its kind has. */
  readonly own?: string;
}

/**
 * Some keys, each with a value.
 * @param except keys that are left out
 */
export function entriesOf(place: OptionPlace, context: OptionContext, except: readonly string[] = []): Entry[] {
  const { choices } = place;
  const rows = Object.entries(optionTable[context]).filter(
    ([key, row]) => !row.unsupported && !row.refused && !except.includes(key) && !(row.value === 'name' && !place.own),
  );
  const picked = choices.shuffled(rows).slice(0, choices.between(1, 2));
  const isDue = ([key]: (typeof rows)[number]) =>
    key === 'schedule_to_close_timeout' && !picked.some(([one]) => one === key);
  // What is done when the time is over needs a time.
  const time = picked.some(([key]) => key === 'on_timeout') ? rows.filter(isDue) : [];
  return [...picked, ...time].map(([key, row]) => ({
    key: spelling(choices, key, row),
    value: valueOf(place, key, row),
  }));
}

export const entryLine = ({ key, value }: Entry): Line => line(`${key}: ${value}`);

export function flat(entries: readonly Entry[]): string {
  return entries.map(({ key, value }) => `${key}: ${value}`).join(', ');
}

function spelling(choices: Choices, key: string, { aliases = [] }: OptionRow): string {
  return spelledIn(choices.pick(['current', 'classic']), choices.pick([key, ...aliases]));
}

function valueOf(place: OptionPlace, key: string, { range, value }: OptionRow): string {
  const { choices, frame, own } = place;
  const numbers = (...some: readonly string[]) => choices.pick(some.filter((one) => range?.holds(Number(one)) ?? true));
  const within = frame && placeIn(frame, true);
  switch (value) {
    case 'duration':
      if (within && choices.chance(30)) return `max(1s, ${expression(within, scalar('duration'))})`;
      return choices.pick(['5m', '90s', '1h']);
    case 'string':
      if (key === 'name') return `"own ${own}"`;
      if (key === 'task_queue' && choices.chance(60)) return '"gpu"';
      return within
        ? expression({ ...within, depth: 1 }, scalar('string'))
        : `"${choices.pick(['a', 'two words', ''])}"`;
    case 'int':
      return numbers('3', '1', '200');
    case 'float':
      return numbers('1.5', '2', '0.5');
    case 'bool':
      return choices.pick(['true', 'false']);
    case 'strings':
      return choices.pick(['["Bad"]', '["Bad", "Worse"]', '[]']);
    case 'name':
    case 'nexusName':
      return `"own ${own}"`;
    case 'word':
      return choices.pick(['orders', '"two-words"']);
    case 'words':
      return choices.pick(['[orders]', '[orders, back-office]']);
    case 'retry':
      return `{${flat(entriesOf({ choices }, 'retry', ['initial_interval']))}, ${choices.pick(['initialInterval', 'initial_interval'])}: 2s}`;
    case 'priority':
      return `{${flat(entriesOf(place, 'priority'))}}`;
    case 'memo': {
      const text = within ? expression({ ...within, depth: 1 }, scalar('string')) : '"a"';
      return `{customer: ${text}, delete: ${within ? '["a", 2]' : 'true'}}`;
    }
    case 'headers':
      return '{"x-tenant": "a", traceparent: "b"}';
    default: {
      const constant = choices.pick(value);
      return choices.pick([constant.toLowerCase(), constant, `"${constant}"`]);
    }
  }
}

/** Keys of a definition of its own, all of them constant. */
export function definitionOptions(
  choices: Choices,
  context: 'activityDefinition' | 'workflowDefinition' | 'signal' | 'query' | 'update',
  own: string,
): Line {
  const entries = entriesOf({ choices, own }, context);
  const word = context === 'workflowDefinition' ? 'default_options' : 'options';
  return line(`${word}:`, entries.map(entryLine));
}
