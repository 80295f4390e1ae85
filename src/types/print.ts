/** Types in TWF's own notation: for messages and hovers. */
import type { Type } from './type.js';

/** `[]Order`, `string?`, `A | B`. */
export function printType(type: Type): string {
  switch (type.kind) {
    case 'named':
    case 'enum':
      return type.type.name;
    case 'list':
      return `[]${inner(type.item)}`;
    case 'map':
      return `map[${printType(type.key)}]${inner(type.value)}`;
    case 'tuple':
      return `(${type.items.map(printType).join(', ')})`;
    case 'optional':
      return type.of.kind === 'list' || type.of.kind === 'map' ? `(${printType(type.of)})?` : `${inner(type.of)}?`;
    case 'union':
      return type.members.map(printType).join(' | ');
    case 'handle':
      return `handle of ${printType(type.result)}`;
    case 'error':
      return 'unknown';
    default:
      return type.kind;
  }
}

function inner(type: Type): string {
  return type.kind === 'union' ? `(${printType(type)})` : printType(type);
}

/** Spoken as one: not the first letter of `User` or `Unit`. */
const vowel = /^(?:[aeio]|u(?![^aeiou][aeiou]))/i;

/** "an `int`", "a `Payment`", "nothing": how a message speaks of a value of the type. */
export function describeType(type: Type): string {
  switch (type.kind) {
    case 'void':
      return 'nothing';
    case 'null':
      return '`null`';
    case 'any':
      return 'a value of any type';
    case 'unknown':
      return 'a value of unknown type';
    case 'handle':
      return 'a started call';
    default: {
      const text = printType(type);
      return `${vowel.test(text) ? 'an' : 'a'} \`${text}\``;
    }
  }
}
