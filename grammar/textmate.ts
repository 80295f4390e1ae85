/** Colours a text by a TextMate grammar, as far as the grammar of TWF needs it: for its test. */
import type { Pattern, TextMateGrammar } from './artefacts.js';

interface Region {
  readonly pattern: Pattern;
  readonly scope: string;
}

/** @returns the innermost scope of each character; '' where there is none */
export function scopesOf({ patterns }: TextMateGrammar, text: string): string[] {
  const scopes: string[] = [];
  const open: Region[] = [];
  for (const line of text.split(/(?<=\n)/)) {
    for (let at = 0; at <= line.length;) {
      const region = open.at(-1);
      const own = region?.pattern.patterns ?? patterns;
      const among = own.flatMap((one) => (one.include === '$self' ? patterns : [one]));
      const found = [...(region ? [{ end: region.pattern.end! }] : []), ...among]
        .map((rule) => ({ rule, match: matchAt(rule, line, at) }))
        .filter(({ match }) => match !== undefined)
        .reduce<Found | undefined>(
          (first, one) => (first && first.match!.index <= one.match!.index ? first : one),
          undefined,
        );
      const stop = found?.match!.index ?? line.length;
      for (; at < stop; at++) scopes.push(region?.scope ?? '');
      if (!found?.match) break;
      const [whole] = found.match;
      const { rule } = found;
      const scope = 'name' in rule ? rule.name! : (region?.scope ?? '');
      for (let nth = 0; nth < whole.length; nth++) scopes.push(scope);
      if ('captures' in rule) paint(scopes, rule.captures!, found.match, scopes.length - whole.length - stop);
      at = stop + whole.length;
      if (!('match' in rule) && !('begin' in rule)) open.pop();
      else if ('begin' in rule) open.push({ pattern: rule, scope: rule.name! });
      if (whole.length === 0 && stop === line.length) break;
    }
  }
  return scopes;
}

interface Found {
  readonly rule: Pattern | { readonly end: string };
  readonly match: RegExpExecArray | undefined;
}

function matchAt(rule: Pattern | { readonly end: string }, line: string, at: number): RegExpExecArray | undefined {
  const source = ('match' in rule ? rule.match : 'begin' in rule ? rule.begin : rule.end)!;
  const pattern = new RegExp(source, 'dgm');
  pattern.lastIndex = at;
  return pattern.exec(line) ?? undefined;
}

/** @param lineStart where the line begins among the scopes */
function paint(
  scopes: string[],
  captures: NonNullable<Pattern['captures']>,
  match: RegExpExecArray,
  lineStart: number,
): void {
  for (const [group, { name }] of Object.entries(captures)) {
    const [start, end] = match.indices![Number(group)]!;
    scopes.fill(name, lineStart + start, lineStart + end);
  }
}
