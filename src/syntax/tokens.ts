/** The token types. The lexer makes characters into these; layout.ts and words.ts add those without a pattern. */
import { createToken, Lexer, type ITokenConfig, type TokenType } from 'chevrotain';
import { keywords, type KeywordWord } from './keywords.js';

const all: TokenType[] = [];

/** @param label how messages name it; by default its pattern, quoted */
function token(
  name: string,
  pattern: RegExp | string,
  label = `\`${String(pattern)}\``,
  more: Partial<ITokenConfig> = {},
) {
  const type = createToken({ name, pattern, label, ...more });
  all.push(type);
  return type;
}

/** A token that no text matches by itself. */
function derived(name: string, label: string, more: Partial<ITokenConfig> = {}): TokenType {
  const type = createToken({ name, pattern: Lexer.NA, label, ...more });
  all.push(type);
  return type;
}

/** What stands between two operands. */
export const BinaryOperator = derived('BinaryOperator', 'an operator');
/** `-`, `!` and `not` before an operand. */
export const PrefixOperator = derived('PrefixOperator', 'an operator');
const binary = { categories: [BinaryOperator] };
const categories: Readonly<Record<string, Partial<ITokenConfig>>> = {
  in: binary,
  and: binary,
  or: binary,
  not: { categories: [PrefixOperator] },
};

// Lines. A Newline carries the indentation of the line after it.
export const Newline = token('Newline', /\r?\n[ \t]*/, 'the end of the line', { line_breaks: true });
token('Blank', /[ \t\uFEFF]+/, 'space', { group: Lexer.SKIPPED });
token('Comment', /#[^\r\n]*/, 'a comment', { group: 'comments' });
export const Indent = derived('Indent', 'an indented block');
export const Dedent = derived('Dedent', 'the end of the block');
/** Stands for a line that was given up and reported. */
export const Skipped = derived('Skipped', 'a line');
/** First word of a line that this version does not compile; its payload is the Construct. */
export const Unsupported = derived('Unsupported', 'a statement');

// Literals
export const Word = token('Word', /[A-Za-z_][A-Za-z0-9_]*/, 'a name');
export const Duration = token('Duration', /\d+(?:ms|[smhd])(?![A-Za-z0-9_])/, 'a duration');
export const MalformedNumber = token('MalformedNumber', /\d+(?:\.\d+)?[A-Za-z_][A-Za-z0-9_]*/, 'a number');
export const Numeral = token('Numeral', /\d+(?:\.\d+)?/, 'a number');
/** The closing quote is optional, so that a string that lacks it is one token, and no text is read twice. */
export const Text = token('Text', /"(?:[^"\\\r\n]+|\\[^\r\n])*"?/, 'a string');
export const SingleQuoted = token('SingleQuoted', /'[^'\r\n]*'/, 'a string');
/** `"text {`, `} text {` and `} text"`: a string with holes, after strings.ts has split it. */
export const TextStart = derived('TextStart', 'a string');
export const TextMiddle = derived('TextMiddle', '`}`');
export const TextEnd = derived('TextEnd', '`}`');

// Signs: from TextMiddle to Dot
export const Ellipsis = token('Ellipsis', '...');
export const Arrow = token('Arrow', '->');
token('Equals', '==', undefined, binary);
token('Differs', '!=', undefined, binary);
token('AtMost', '<=', undefined, binary);
token('AtLeast', '>=', undefined, binary);
token('Less', '<', undefined, binary);
token('Greater', '>', undefined, binary);
export const Assign = token('Assign', '=');
token('AndSign', '&&', undefined, binary);
token('OrSign', '||', undefined, binary);
const Bang = token('Bang', '!', undefined, { categories: [PrefixOperator] });
token('Plus', '+', undefined, binary);
export const Minus = token('Minus', '-', undefined, { categories: [BinaryOperator, PrefixOperator] });
token('Star', '*', undefined, binary);
token('Slash', '/', undefined, binary);
token('Percent', '%', undefined, binary);
export const Question = token('Question', '?');
export const LeftParen = token('LeftParen', '(');
export const RightParen = token('RightParen', ')');
export const LeftBracket = token('LeftBracket', '[');
export const RightBracket = token('RightBracket', ']');
export const LeftBrace = token('LeftBrace', '{');
export const RightBrace = token('RightBrace', '}');
export const Colon = token('Colon', ':');
export const Comma = token('Comma', ',');
export const Dot = token('Dot', '.');

/** The two signs of the `<-` behind `promise h`. */
export const ArrowHead = derived('ArrowHead', '`<-`');
export const BackArrow = derived('BackArrow', '`<-`');

/** `-` at the start of a line: an item of a list. */
export const Dash = derived('Dash', '`-`');

/** `workflow` and `activity` at the head of a definition; elsewhere these words are calls. */
export const DefineWorkflow = derived('DefineWorkflow', '`workflow`');
export const DefineActivity = derived('DefineActivity', '`activity`');

/** The same words in the block of a `worker`, before the name of what it runs. */
export const ListedWorkflow = derived('ListedWorkflow', '`workflow`');
export const ListedActivity = derived('ListedActivity', '`activity`');

/** `signal`, `query` and `update` before `workflow` and an id; elsewhere they handle what is sent, or wait for it. */
export const SignalRequest = derived('SignalRequest', '`signal`');
export const QueryRequest = derived('QueryRequest', '`query`');
export const UpdateRequest = derived('UpdateRequest', '`update`');

/** `nexus` before `service` and `endpoint`; elsewhere the word is a call. */
export const NexusDefinition = derived('NexusDefinition', '`nexus`');

/** A part of a name that may have hyphens, which is written without spaces: `payments-endpoint`. */
export const NamePart = derived('NamePart', 'a name');

/** In the block of a `type`, the name before `:`; of the members of an `enum`, the first of a line. */
export const FieldName = derived('FieldName', 'a name');
export const MemberName = derived('MemberName', 'a name');

/** The type of each keyword, which words.ts puts in the place of Word. (Names of rules begin with a small letter.) */
export const keyword = Object.fromEntries(
  keywords.map(({ word }) => [word, derived(`Word_${word}`, `\`${word}\``, categories[word])]),
) as Readonly<Record<KeywordWord, TokenType>>;

const signs = all.slice(all.indexOf(TextMiddle), all.indexOf(Dash));
const signsThatBegin = new Set([Ellipsis, Bang, Minus, LeftParen, LeftBracket, LeftBrace]);
const wordsInside = (['in', 'and', 'or', 'one', 'all', 'complete', 'completed', 'fail', 'failed'] as const).map(
  (word) => keyword[word],
);

/** The types of the tokens that no line can begin with. */
export const strayTypes: readonly TokenType[] = [...signs.filter((type) => !signsThatBegin.has(type)), ...wordsInside];

/** Every token type, in the order in which the lexer tries them. */
export const tokenTypes: readonly TokenType[] = all;
