/** Text from the source, as TypeScript: nothing in it can end its literal. */

/** A string literal, in the quotes that need fewer escapes. */
export function stringLiteral(value: string): string {
  const quote = value.split("'").length > value.split('"').length ? '"' : "'";
  return quote + escape(value, (character) => character === quote) + quote;
}

/** The text between two holes of a template literal. */
export function templateText(value: string): string {
  return escape(value, (character, next) => character === '`' || (character === '$' && next === '{'));
}

/** The key of a property: in quotes where it is no identifier. */
export function propertyKey(key: string): string {
  // As a plain key it would set the prototype.
  return key === '__proto__' ? "['__proto__']" : exportedName(key);
}

/** What a module exports something as. */
export function exportedName(text: string): string {
  return isIdentifier(text) ? text : stringLiteral(text);
}

export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text);
}

/** Text for a line comment, or a line of a block comment: nothing in it ends the comment, or speaks to TypeScript. */
export function commentText(text: string): string {
  return escape(text, () => false, false)
    .replaceAll('*/', '*\\/')
    .replace(/^@ts-/, '@ ts-');
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

function escape(
  value: string,
  mustEscape: (character: string, next: string | undefined) => boolean,
  backslashes = true,
): string {
  let text = '';
  for (let at = 0; at < value.length;) {
    const code = value.codePointAt(at)!;
    const character = String.fromCodePoint(code);
    at += character.length;
    if (character === '\\' && !backslashes) text += character;
    else if (Object.hasOwn(named, character)) text += named[character];
    else if (mustEscape(character, value[at])) text += `\\${character}`;
    else if (isUnprintable(code)) text += `\\u${code.toString(16).padStart(4, '0')}`;
    else text += character;
  }
  return text;
}

/** Control characters, line separators, direction marks, byte order marks, lone surrogates. */
function isUnprintable(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) ||
    code === 0x200e ||
    code === 0x200f ||
    code === 0xfeff ||
    (code >= 0xd800 && code <= 0xdfff)
  );
}
