/** Conditions: what decides an `if`, and what is true or false. */
import { expression, literalOf, operand } from './expressions.js';
import { fromVariable, inner, level, paths, type Place, type Text, whole } from './place.js';
import { decimal, duration, fieldsOf, float, type HiddenType, int, listOf, scalar, string, time } from './types.js';

/** What decides an `if`: true or false, or whether something is there. */
export function condition(place: Place): string {
  return conditionText(place).text;
}

const ordered: readonly HiddenType[] = [int, string, decimal, float, duration, time];

/** A condition as a value: not everything that can be asked for is true or false. */
export function truth(place: Place): Text {
  return conditionText(place, true);
}

/** @param asValue whether it must be true or false itself */
function conditionText(place: Place, asValue = false): Text {
  const { choices } = place;
  if (place.depth <= 0) return fromVariable(place, scalar('bool')) ?? whole(choices.pick(['true', 'false']));
  switch (
    choices.weighted({ compare: 30, member: 10, value: 15, present: 15, not: 10, and: 10, or: 8, in: 8, contains: 4 })
  ) {
    case 'compare': {
      const type = choices.pick(ordered);
      const operator = choices.pick(['==', '<', '!=', '<=', '>', '>=']);
      return comparison(place, type, operator);
    }
    case 'member':
      return member(place) ?? whole('true');
    case 'value':
      return fromVariable(place, scalar('bool')) ?? whole('true');
    case 'present':
      return presence(place, asValue) ?? whole('true');
    case 'not':
      return { text: `not ${part(place, level.not)}`, level: level.not };
    case 'and':
      return { text: `${part(place, level.and)} and ${part(place, level.and + 1)}`, level: level.and };
    case 'or':
      return { text: `${part(place, level.or)} or ${part(place, level.or + 1)}`, level: level.or };
    case 'in':
      return membership(place) ?? whole('false');
    case 'contains': {
      const [text, piece] = [operand(place, string, level.whole, true), expression(inner(place, true), string)];
      return whole(`${text.startsWith('"') ? `(${text})` : text}.contains(${piece})`);
    }
  }
}

function comparison(place: Place, type: HiddenType, operator: string): Text {
  const [left, right] = [operand(place, type, level.sum, true), operand(place, type, level.sum)];
  return { text: `${left} ${operator} ${right}`, level: level.comparison };
}

/** An enum compared with a member, or with another value of its own. */
function member(place: Place): Text | undefined {
  const { choices, variables } = place;
  const held = variables.filter(({ type, annotated }) => annotated && type.kind === 'enum');
  const inRecords = variables.flatMap(({ name, type, annotated }) =>
    annotated && type.kind === 'record' && type.record.declared
      ? type.record.fields.flatMap((field) =>
          field.type.kind === 'enum' ? [{ name: `${name}.${field.name}`, type: field.type }] : [],
        )
      : [],
  );
  const sides = [...held, ...inRecords];
  if (sides.length === 0) return undefined;
  const { name, type } = choices.pick(sides);
  const literal = literalOf(place, type).text;
  const other = sides.filter((one) => one.type === type);
  const [left, right] = choices.shuffled([name, choices.chance(70) ? literal : choices.pick(other).name]);
  if (choices.chance(20)) return { text: `${name} in [${literal}]`, level: level.comparison };
  return { text: `${left} ${choices.pick(['==', '!='])} ${right}`, level: level.comparison };
}

function part(place: Place, least: number): string {
  const { text, level: own } = conditionText(inner(place, true));
  return own < least ? `(${text})` : text;
}

/** Whether something is there: as a condition of its own, or compared with `null`. */
function presence(place: Place, asValue: boolean): Text | undefined {
  const { choices, variables } = place;
  const declared = variables.filter(({ type, annotated }) => annotated && type.kind === 'optional');
  if (declared.length > 0 && !asValue && choices.chance(60)) return whole(choices.pick(declared).name);
  const absent = variables.flatMap(({ name, type }): string[] => {
    if (type.kind === 'optional' || type.kind === 'maybe') return [name];
    return fieldsOf(type)
      .filter((field) => field.type.kind === 'optional' || field.type.kind === 'maybe')
      .map((field) => `${name}.${field.name}`);
  });
  if (absent.length === 0) return undefined;
  return { text: `${choices.pick(absent)} ${choices.pick(['!=', '=='])} null`, level: level.comparison };
}

const listed: readonly HiddenType[] = [string, int];

function membership(place: Place): Text | undefined {
  const { choices } = place;
  const operator = choices.pick(['in', 'not in']);
  const item = choices.pick(listed);
  const lists = paths(place, listOf(item));
  const maps = place.variables.filter(({ type }) => type.kind === 'map');
  if (maps.length > 0 && choices.chance(50)) {
    const { name, type } = choices.pick(maps);
    const held = type.kind === 'map' ? scalar(type.key) : string;
    return { text: `${operand(place, held, level.sum)} ${operator} ${name}`, level: level.comparison };
  }
  const list = lists.length > 0 ? choices.pick(lists) : literalOf(inner(place), listOf(item)).text;
  if (list === '[]') return undefined;
  return { text: `${operand(place, item, level.sum)} ${operator} ${list}`, level: level.comparison };
}
