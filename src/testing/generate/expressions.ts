/** Expressions, built downwards from the type that is wanted: they are right by construction. */
import { truth } from './conditions.js';
import {
  canMake,
  fromVariable,
  type HiddenFunction,
  inner,
  isLiteralMap,
  level,
  paths,
  type Place,
  type Text,
  whole,
} from './place.js';
import {
  decimal,
  duration,
  float,
  type HiddenRecord,
  type HiddenType,
  int,
  same,
  scalar,
  string,
  time,
} from './types.js';

/** An expression of a type. */
export function expression(place: Place, type: HiddenType): string {
  return make(place, type).text;
}

type Maker = (place: Place) => Text | undefined;

function make(place: Place, type: HiddenType): Text {
  const { choices, depth } = place;
  const literal = () => literalOf(place, type);
  const known = () => fromVariable(place, type);
  if (depth <= 0) return known() ?? literal();
  const makers: Maker[] = [literal, known, known, ...makersOf(type)];
  if (place.annotated) makers.push(() => indexed(place, type));
  return choices.pick(makers)(place) ?? known() ?? literal();
}

export function operand(place: Place, type: HiddenType, least: number, exact = false): string {
  const within = { ...inner(place, true), exact };
  const { text, level: own } = exact ? (exactly(within, type) ?? make(within, type)) : make(within, type);
  return own < least || place.choices.chance(8) ? `(${text})` : text;
}

/**
 * @param exact how many sides must say what they are: of numbers, texts and times that nothing else is known about, an
 *   operator alone does not say which they are
 */
function binary(
  place: Place,
  left: HiddenType,
  operator: string,
  right: HiddenType,
  own: number,
  exact: 0 | 1 | 2 = 1,
): Text {
  const first = exact === 2 || (exact === 1 && place.choices.chance(50));
  const second = exact === 2 || (exact === 1 && !first);
  return {
    text: `${operand(place, left, own, first)} ${operator} ${operand(place, right, own + 1, second)}`,
    level: own,
  };
}

/** A value that says what it is, whatever else is known. */
function exactly(place: Place, type: HiddenType): Text | undefined {
  const { choices, variables } = place;
  const sure = variables.filter((one) => one.annotated && same(one.type, type));
  if (sure.length > 0 && choices.chance(60)) return whole(choices.pick(sure).name);
  return type.kind === 'record' || type.kind === 'list' || type.kind === 'enum' ? undefined : literalOf(place, type);
}

// --- Literals

const texts = ['a', '', "it's", '\\"quoted\\"', '`tick` $\\{x}', '{\\"json\\": [1]}', 'a\\nb', '\\u{2028}é', '*/ //'];

export function literalOf(place: Place, type: HiddenType): Text {
  const { choices } = place;
  switch (type.kind) {
    case 'bool':
      return whole(choices.pick(['true', 'false']));
    case 'int':
      return whole(choices.pick(['1', '0', '42', '1000000', '007']));
    case 'float':
      return whole(choices.pick(['0.5', '1.0', '00.250', '12345.678']));
    case 'decimal':
      return place.annotated && !place.exact && choices.chance(60)
        ? whole(choices.pick(['1', '0.10', '1234567890.123456789']))
        : whole(choices.pick(['decimal("0.10")', 'decimal(3)', 'decimal(0.5)']));
    case 'string':
      return whole(`"${choices.pick(texts)}"`);
    case 'duration':
      return whole(choices.pick(['5m', '30s', '250ms', '24h', '7d', '0s']));
    case 'time':
      return whole(place.clock);
    case 'bytes':
      return fromVariable(place, type)!;
    case 'list': {
      const length = place.depth < -3 ? 0 : choices.below(3);
      if (length === 0) return whole('[]');
      return whole(`[${Array.from({ length }, () => expression(inner(place), type.item)).join(', ')}]`);
    }
    case 'map':
      return isLiteralMap(place, type) ? mapLiteral(place, type) : fromVariable(place, type)!;
    case 'enum':
      return whole(`"${choices.pick(type.record.members!)}"`);
    case 'record':
      return recordLiteral(place, type.record);
    case 'optional':
      return choices.chance(50) ? whole(expression(inner(place), type.of)) : whole('null');
    case 'maybe':
      return whole(expression(inner(place), type.of));
    case 'tuple':
    case 'handle':
    case 'condition':
    case 'error':
    case 'given':
      return fromVariable(place, type)!;
  }
}

/** Without a type before it, `{…}` is a record: a map is only what is wanted as one. */
function mapLiteral(place: Place, type: Extract<HiddenType, { kind: 'map' }>): Text {
  const { choices } = place;
  const entries = choices
    .shuffled(['a', '"b c"', '"__proto__"', 'constructor', 'delete'])
    .slice(0, choices.below(3))
    .map((one) => `${one}: ${expression(inner(place), type.value)}`);
  return whole(`{${entries.join(', ')}}`);
}

function recordLiteral(place: Place, { name, fields, declared, isImported }: HiddenRecord): Text {
  const { choices } = place;
  const given = choices.shuffled(fields).flatMap((field): string[] => {
    const mayLack = field.type.kind === 'maybe' || field.type.kind === 'optional';
    if (mayLack && choices.chance(50)) return [];
    const alike = paths({ ...place, annotated: false }, field.type).filter(
      (path) => path === field.name || path.endsWith(`.${field.name}`),
    );
    if (alike.length > 0 && choices.chance(70)) return [choices.pick(alike)];
    const own = field.type.kind === 'maybe' ? field.type.of : field.type;
    return [`${field.name}: ${expression(inner(place, declared && !isImported), own)}`];
  });
  return whole(`${name}{${given.join(', ')}}`);
}

// --- What can be computed

/** Whether nothing may be computed there that gives something else each time. */
const isSteady = ({ clock }: Place): boolean => clock !== 'now()';

const sum =
  (type: HiddenType, ...operators: string[]): Maker =>
  (place) =>
    binary(place, type, place.choices.pick(operators), type, level.sum, type.kind === 'int' ? 0 : 1);
const product =
  (left: HiddenType, right: HiddenType, ...operators: string[]): Maker =>
  (place) =>
    binary(
      place,
      left,
      place.choices.pick(operators),
      right,
      level.product,
      left.kind === 'int' && right.kind === 'int' ? 0 : 2,
    );
const negative =
  (type: HiddenType): Maker =>
  (place) => ({ text: `-${operand(place, type, level.sign, type.kind !== 'int')}`, level: level.sign });
const call =
  (name: string, ...params: readonly HiddenType[]): Maker =>
  (place) =>
    whole(`${name}(${params.map((type) => expression(inner(place, true), type)).join(', ')})`);
/** What is read as a number may be a number or a text: the function does not say which. */
const conversion =
  (name: string, param: HiddenType): Maker =>
  (place) =>
    whole(`${name}(${operand(place, param, level.or, true)})`);

const makersByKind: { readonly [K in HiddenType['kind']]?: readonly Maker[] } = {
  bool: [truth, truth, fromFunction(scalar('bool'))],
  int: [
    sum(int, '+', '-'),
    product(int, int, '*', '/', '%'),
    negative(int),
    (place) => whole(`len(${operand(place, string, level.or, true)})`),
    conversion('int', float),
    conversion('int', string),
    (place) => several(place, int),
    (place) => known(place, 'abs', int),
    (place) => known(place, 'floor', float),
    (place) => known(place, 'round', decimal),
    (place) => lengthOfList(place),
    fromFunction(int),
  ],
  float: [
    sum(float, '+', '-'),
    product(float, float, '*', '/'),
    product(float, int, '*', '/'),
    negative(float),
    (place) => (isSteady(place) ? undefined : whole('random()')),
    conversion('float', int),
    conversion('float', string),
    (place) => several(place, float),
    (place) => known(place, 'abs', float),
    (place) => rounded(place, float),
    fromFunction(float),
  ],
  decimal: [
    sum(decimal, '+', '-'),
    product(decimal, decimal, '*', '/', '%'),
    product(decimal, int, '*', '/'),
    negative(decimal),
    conversion('decimal', string),
    conversion('decimal', int),
    (place) => several(place, decimal),
    (place) => known(place, 'abs', decimal),
    (place) => rounded(place, decimal),
    fromFunction(decimal),
  ],
  string: [
    interpolated,
    interpolated,
    sum(string, '+'),
    (place) => binary(place, string, '+', int, level.sum),
    call('string', int),
    call('string', decimal),
    (place) => (isSteady(place) ? undefined : whole('uuid()')),
    fromFunction(string),
  ],
  duration: [
    sum(duration, '+', '-'),
    product(duration, int, '*', '/'),
    product(int, duration, '*'),
    negative(duration),
    (place) => several(place, duration),
    (place) => known(place, 'abs', duration),
    (place) => binary(place, time, '-', time, level.sum, 2),
    fromFunction(duration),
  ],
  time: [
    (place) => binary(place, time, place.choices.pick(['+', '-']), duration, level.sum, 2),
    (place) => several(place, time),
    fromFunction(time),
  ],
};

/** A call of a function that takes values of several kinds: the argument says of which it is. */
function known(place: Place, name: string, type: HiddenType): Text {
  return whole(`${name}(${operand(place, type, level.or, true)})`);
}

function rounded(place: Place, type: HiddenType): Text {
  return whole(`round(${operand(place, type, level.or, true)}, ${expression(inner(place, true), int)})`);
}

/** The least or the greatest of several values. */
function several(place: Place, type: HiddenType): Text {
  const { choices } = place;
  const values = choices.list(2, 3, () => operand(place, type, level.or, true));
  return whole(`${choices.pick(['min', 'max'])}(${values.join(', ')})`);
}

/** A list that a built-in makes. */
function made(place: Place, item: HiddenType): Text | undefined {
  const { choices, variables } = place;
  const maps = variables.flatMap(({ name, type }) => {
    if (type.kind !== 'map') return [];
    const parts = [...(same(scalar(type.key), item) ? ['keys'] : []), ...(same(type.value, item) ? ['values'] : [])];
    return parts.flatMap((part) => [`${name}.${part}()`, `${part}(${name})`]);
  });
  const ranges = item.kind === 'int' ? [`range(${expression(inner(place, true), int)})`, 'range(2, 5)'] : [];
  const all = [...maps, ...ranges];
  return all.length > 0 ? whole(choices.pick(all)) : undefined;
}

function makersOf(type: HiddenType): readonly Maker[] {
  if (type.kind === 'list') return [fromFunction(type), (place) => made(place, type.item)];
  return makersByKind[type.kind] ?? [fromFunction(type)];
}

/** A call of something that the program does not define. */
function fromFunction(type: HiddenType): Maker {
  return (place) => {
    const fitting = place.functions.filter((one) => one.result && same(one.result, type) && canCall(place, one));
    return fitting.length > 0 ? whole(functionCall(place, place.choices.pick(fitting))) : undefined;
  };
}

/** Whether there is something to call it on, and to call it with. */
export function canCall(place: Place, { labels, params, receiver }: HiddenFunction): boolean {
  const own = inner(place, labels !== undefined);
  return params.every((type) => canMake(own, type)) && (!receiver || paths(place, receiver).length > 0);
}

export function functionCall(place: Place, { labels, name, params, receiver }: HiddenFunction): string {
  const { choices } = place;
  const values = params.map((type) => expression(inner(place, labels !== undefined), type));
  const from = labels && choices.chance(20) ? choices.below(values.length + 1) : values.length;
  const named = choices.shuffled(values.slice(from).map((text, at) => `${labels![from + at]!}: ${text}`));
  const callee = receiver ? `${choices.pick(paths(place, receiver))}.${name}` : name;
  return `${callee}(${[...values.slice(0, from), ...named].join(', ')})`;
}

function lengthOfList(place: Place): Text | undefined {
  const lists = place.variables.filter(({ type }) => type.kind === 'list' || type.kind === 'map');
  if (lists.length === 0) return undefined;
  const { name } = place.choices.pick(lists);
  return whole(place.choices.chance(50) ? `len(${name})` : `${name}.length`);
}

const printable: readonly HiddenType[] = [string, int, decimal, scalar('bool'), float];

/** A text with holes: what stands in one begins with a name. */
function interpolated(place: Place): Text | undefined {
  const enums = place.variables.flatMap(({ type }) => (type.kind === 'enum' ? [type] : []));
  const holes = [...printable, ...enums].flatMap((type) => paths({ ...place, annotated: true }, type));
  const usable = holes.filter((path) => !path.includes('"'));
  if (usable.length === 0) return undefined;
  const { choices } = place;
  const hole = choices.pick(usable);
  const more = choices.chance(30) ? `{len("a")}` : choices.chance(20) ? `{string(${choices.pick(usable)})}` : '';
  const quoted = more.includes('"') ? '' : more;
  return whole(`"${choices.pick(['', 'no. ', "it's ", '`'])}{${hole}}${choices.pick(['', ' ', '$'])}${quoted}"`);
}

/** An item of a list or a map: it may be absent. */
export function indexed(place: Place, type: HiddenType): Text | undefined {
  const items = place.variables.filter(
    (one) =>
      (one.type.kind === 'list' && same(one.type.item, type)) ||
      (one.type.kind === 'map' && same(one.type.value, type)),
  );
  if (items.length === 0) return undefined;
  const { name, type: held } = place.choices.pick(items);
  return whole(`${name}[${expression(inner(place, true), scalar(held.kind === 'map' ? held.key : 'int'))}]`);
}
