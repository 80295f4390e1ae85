/**
 * Text of others, made fit for a terminal: control characters, which could move the cursor, forge lines or turn the
 * reading direction, show as signs. Tabs become one space.
 */
export function visible(text: string): string {
  return text.replace(hidden, (character) => {
    const code = character.codePointAt(0)!;
    if (character === '\t') return ' ';
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return `<U+${hex(code)}>`;
  });
}

/**
 * Control and format characters, line and paragraph separators, halves of surrogate pairs. The two joiners, which
 * scripts and emoji need, are harmless.
 */
const hidden = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The same for JSON that is printed: its strings say the same as before. */
export function escapedJson(json: string): string {
  return json.replace(hidden, (character) =>
    character === '\n' ? character : character.replace(/[^]/g, (unit) => `\\u${hex(unit.charCodeAt(0)).toLowerCase()}`),
  );
}

/** How many columns of a terminal a text takes: East Asian letters and emoji take two, combining marks none. */
export function columns(text: string): number {
  let width = 0;
  for (const character of text)
    width += narrow.test(character) ? 1 : none.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}

const narrow = /^[\u0020-\u00ff]$/;
const none = /^[\p{M}\u200c\u200d]$/u;
const wide =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]$/u;

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}
