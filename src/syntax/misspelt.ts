/**
 * Definitions whose first word is misspelt. At the left margin, with a block under it or a name and a type behind it, a line
 * can be nothing but a definition: read as the one that is meant, its block is not lost.
 */
import type { IToken, TokenType } from 'chevrotain';
import { nearest } from '../diagnostics/suggest.js';
import { shorten, spanOf } from './lexer.js';
import type { Problems } from './problems.js';
import { Assign, Colon, Dedent, Indent, LeftParen, Newline, Text, Word } from './tokens.js';
import { keywords } from './keywords.js';

/** What follows the first word of a definition, and the words that may be meant by it. */
interface Shape {
  readonly follows: readonly (TokenType | readonly string[])[];
  /** The line ends with a colon, and a block stands under it. */
  readonly opens: boolean;
  readonly meant: readonly string[];
}

const CALLED = ['workflow', 'activity', 'function'];

const shapes: readonly Shape[] = [
  { follows: [CALLED, Word], opens: false, meant: ['extern'] },
  { follows: [Word, LeftParen], opens: true, meant: ['workflow', 'activity'] },
  {
    follows: [Word, Colon],
    opens: true,
    meant: ['nexus_service', 'nexus_endpoint', 'worker', 'namespace', 'type', 'enum'],
  },
  { follows: [Word, Colon], opens: false, meant: ['enum'] },
  { follows: [Word, Assign], opens: false, meant: ['type'] },
  { follows: [['service', 'endpoint'], Word], opens: true, meant: ['nexus'] },
  { follows: [['types'], Word, Text], opens: false, meant: ['use'] },
  { follows: [Word, Newline], opens: false, meant: ['package'] },
  { follows: [Text], opens: false, meant: ['import'] },
  { follows: [Word, Text], opens: false, meant: ['import'] },
];

const known: ReadonlySet<string> = new Set(keywords.map(({ word }) => word));

const defining: ReadonlySet<string> = new Set(['nexus', 'extern', ...shapes.flatMap(({ meant }) => meant)]);
/** What is no word, no literal and no bracket. */
const SIGN = /^[^\w\s"'()[\]{}]+$/;

/**
 * Reports such words, and puts the meant ones in their place; and signs before the first word, or behind it, that have no place there.
 *
 * @param tokens after layout
 * @returns the tokens without those signs
 */
export function restoreDefinitions(tokens: IToken[], problems: Problems): IToken[] {
  let depth = 0;
  let begins = true;
  const stray = new Set<IToken>();
  for (const [index, token] of tokens.entries()) {
    const { tokenType } = token;
    if (tokenType === Indent) depth++;
    else if (tokenType === Dedent) depth--;
    else if (begins && depth === 0) {
      const sign = straySign(tokens, index);
      if (sign) stray.add(sign);
      if (sign) report(sign, token, problems);
      else restore(tokens, index, problems);
    }
    begins = tokenType === Newline || tokenType === Dedent;
  }
  return stray.size > 0 ? tokens.filter((token) => !stray.has(token)) : tokens;
}

/** `.workflow W():`, `workflow .W():`. */
function straySign(tokens: readonly IToken[], index: number): IToken | undefined {
  const [first, second, third] = [tokens[index]!, tokens[index + 1], tokens[index + 2]];
  if (SIGN.test(first.image)) {
    return defining.has(second?.image ?? '') && third?.tokenType === Word ? first : undefined;
  }
  const isBetween = defining.has(first.image) && second && SIGN.test(second.image) && third?.tokenType === Word;
  return isBetween ? second : undefined;
}

function report(sign: IToken, first: IToken, problems: Problems): void {
  const span = spanOf(sign);
  const fixes = [problems.fix('Remove it', span, '')];
  if (sign === first) return problems.report('TWF204', span, { text: sign.image }, { fixes });
  problems.report('TWF201', span, { after: `after \`${first.image}\``, found: `\`${sign.image}\`` }, { fixes });
}

function restore(tokens: IToken[], index: number, problems: Problems): void {
  const token = tokens[index]!;
  if (token.tokenType !== Word) return;
  if (token.image === 'nexus') {
    const isDefinition = isOne(tokens[index + 1], Word) && isOne(tokens[index + 2], Word) && opensBlock(tokens, index);
    if (isDefinition) restoreAt(tokens, index + 1, ['service', 'endpoint'], problems);
    return;
  }
  if (known.has(token.image)) return;
  for (const { follows, opens, meant } of shapes) {
    const fits =
      follows.every((one, at) => isOne(tokens[index + 1 + at], one)) && (!opens || opensBlock(tokens, index));
    if (fits && restoreAt(tokens, index, meant, problems)) return;
  }
}

function isOne(token: IToken | undefined, wanted: TokenType | readonly string[]): boolean {
  return Array.isArray(wanted) ? wanted.includes(token?.image) : token?.tokenType === wanted;
}

function opensBlock(tokens: readonly IToken[], index: number): boolean {
  let end = index;
  while (end < tokens.length && tokens[end]!.tokenType !== Newline) end++;
  return tokens[end - 1]!.tokenType === Colon && tokens[end + 1]?.tokenType === Indent;
}

function restoreAt(tokens: IToken[], index: number, meant: readonly string[], problems: Problems): boolean {
  const token = tokens[index]!;
  const word = nearest(token.image, meant) ?? meant.find((one) => token.image === one + one);
  if (word === undefined || word === token.image) return false;
  const span = spanOf(token);
  const fixes = [problems.fix(`Change to \`${word}\``, span, word)];
  problems.report('TWF208', span, { word: shorten(token.image) }, { hint: `Did you mean \`${word}\`?`, fixes });
  tokens[index] = { ...token, image: word };
  return true;
}
