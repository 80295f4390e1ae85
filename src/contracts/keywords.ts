/** The keywords of JSON Schema. */
const words = (text: string) => new Set(text.split(' '));

/** They say what TWF's types do not say: a value that is narrower than its type fits. */
const narrowing = words(
  'title description $comment default examples deprecated readOnly writeOnly ' +
    'minLength maxLength pattern format contentEncoding contentMediaType const enum ' +
    'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf ' +
    'minItems maxItems uniqueItems contains minContains maxContains ' +
    'minProperties maxProperties dependentRequired',
);

const structural = words(
  '$schema $id $ref type properties required additionalProperties propertyNames items prefixItems oneOf anyOf',
);

const conditional = 'TWF has no type that depends on a value';
const dependent = 'TWF has no type that depends on others';
const untranslatable: ReadonlyMap<string, string> = new Map([
  ['allOf', 'TWF has no type that is several at once'],
  ['not', 'TWF has no type that is everything but another'],
  ['if', conditional],
  ['then', conditional],
  ['else', conditional],
  ['dependentSchemas', conditional],
  ['patternProperties', 'the properties of a TWF record have names'],
  ['unevaluatedProperties', dependent],
  ['unevaluatedItems', dependent],
  ['additionalItems', 'a list of TWF has values of one type'],
]);

/** Why a keyword cannot be read; undefined where it can. Those that begin with `x-` are for other tools. */
export function whyUnreadable(keyword: string): string | undefined {
  if (narrowing.has(keyword) || structural.has(keyword) || keyword.startsWith('x-')) return undefined;
  return untranslatable.get(keyword) ?? 'JSON Schema has no such keyword';
}
