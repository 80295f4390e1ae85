/**
 * Decides which words are keywords. A pure pass over the tokens after layout: it looks at the place of a word and at what
 * follows it, and changes the type of its token in place. So the grammar has no ambiguous word.
 */
import type { IToken, TokenType } from 'chevrotain';
import { endOf } from './lexer.js';
import { type Keyword, keywords, type Next, type Place } from './keywords.js';
import {
  Arrow,
  ArrowHead,
  Assign,
  BackArrow,
  Colon,
  Comma,
  Dash,
  Dedent,
  DefineActivity,
  DefineWorkflow,
  Dot,
  FieldName,
  Indent,
  keyword,
  LeftBrace,
  LeftParen,
  ListedActivity,
  ListedWorkflow,
  MemberName,
  Minus,
  NamePart,
  Newline,
  NexusDefinition,
  QueryRequest,
  RightBrace,
  RightBracket,
  RightParen,
  SignalRequest,
  Text,
  TextStart,
  Unsupported,
  UpdateRequest,
  Word,
} from './tokens.js';
import { type Construct, constructs } from './unsupported.js';

interface Entry {
  readonly keyword: Keyword | undefined;
  readonly type: TokenType | undefined;
  readonly constructs: readonly { readonly rest: readonly string[]; readonly construct: Construct }[];
}

/** What is known about a word, by the word. */
const entries = new Map<string, Entry>();
for (const row of keywords) entries.set(row.word, { keyword: row, type: keyword[row.word], constructs: [] });
for (const construct of constructs) {
  const [word = '', ...rest] = construct.pattern.split(' ');
  const entry = entries.get(word) ?? { keyword: undefined, type: undefined, constructs: [] };
  entries.set(word, { ...entry, constructs: [...entry.constructs, { rest, construct }] });
}
const LONGEST_WORD = Math.max(...[...entries.keys()].map((word) => word.length));

const AT_LINE: readonly Place[] = ['line', 'operation', 'expression'];
const INSIDE: readonly Place[] = ['expression'];
/** The places that a token opens for the word after it, by the type of the token. */
const placesAfter: (readonly Place[] | undefined)[] = [];
for (const type of [Newline, Indent, Dedent]) placesAfter[type.tokenTypeIdx!] = AT_LINE;
for (const type of [Assign, keyword.detach, keyword.return]) {
  placesAfter[type.tokenTypeIdx!] = ['operation', 'expression'];
}
placesAfter[keyword.spawn.tokenTypeIdx!] = ['operation', 'await', 'expression'];
placesAfter[BackArrow.tokenTypeIdx!] = ['operation', 'await', 'expression'];
placesAfter[keyword.await.tokenTypeIdx!] = ['operation', 'await', 'expression'];
placesAfter[keyword.close.tokenTypeIdx!] = ['close', 'expression'];
placesAfter[keyword.else.tokenTypeIdx!] = ['else', 'expression'];
placesAfter[NexusDefinition.tokenTypeIdx!] = ['nexus'];

const classes: (Next | undefined)[] = [];
classes[Word.tokenTypeIdx!] = 'name';
classes[Text.tokenTypeIdx!] = 'text';
classes[TextStart.tokenTypeIdx!] = 'text';
classes[LeftParen.tokenTypeIdx!] = '(';
classes[Colon.tokenTypeIdx!] = ':';
classes[Newline.tokenTypeIdx!] = 'end';
for (const type of [Assign, Dot, Comma, Arrow, RightParen, RightBracket, RightBrace]) {
  classes[type.tokenTypeIdx!] = 'access';
}

/** No names, though they look like some before their types are known. */
const operators: ReadonlySet<string> = new Set(['and', 'or', 'in', 'not']);

function classOf(token: IToken | undefined): Next {
  if (token === undefined) return 'end';
  const next = classes[token.tokenTypeIdx] ?? 'other';
  return next === 'name' && operators.has(token.image) ? 'other' : next;
}

/** Gives every word of the tokens its type. @param tokens after layout; changed in place */
export function markWords(tokens: readonly IToken[]): void {
  let depth = 0;
  let lineStart = 0;
  let inActivity = false;
  let declared: Declared | undefined;
  let declaredDepth = 0;
  let before = Newline.tokenTypeIdx!;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    const places = placesAfter[before] ?? INSIDE;
    before = token.tokenTypeIdx;
    if (before === Indent.tokenTypeIdx) depth++;
    else if (before === Dedent.tokenTypeIdx) depth--;
    else if (before === Minus.tokenTypeIdx && places === AT_LINE) retype(token, Dash);
    if (before !== Word.tokenTypeIdx) continue;
    if (places === AT_LINE) {
      lineStart = index;
      if (depth === 0) inActivity = token.image === 'activity';
      if (declared === undefined || depth <= declaredDepth) {
        declared = declaredAt(tokens, index);
        declaredDepth = depth;
      } else if (namesOfDeclaration(declared, tokens, index)) continue;
      if (declared === undefined && !entries.has(token.image) && isTyped(tokens, index)) {
        retype(token, FieldName);
        continue;
      }
    } else if (declared === 'enum') {
      const isFirst = depth === declaredDepth && tokens[index - 1]!.tokenTypeIdx === Colon.tokenTypeIdx;
      if (isFirst) retype(token, MemberName);
      continue;
    }
    const entry = token.image.length > LONGEST_WORD ? undefined : entries.get(token.image);
    if (entry === undefined) continue;
    const request = places === INSIDE ? undefined : requestType(tokens, index);
    const construct =
      places === INSIDE || request !== undefined ? undefined : matching(entry, tokens, index, places === AT_LINE);
    if (request !== undefined) {
      retype(token, request);
      before = token.tokenTypeIdx;
    } else if (construct !== undefined) {
      retype(tokens[lineStart]!, Unsupported);
      tokens[lineStart]!.payload = construct;
      while (tokens[index + 1]?.tokenTypeIdx !== Newline.tokenTypeIdx) index++;
    } else if (
      entry.keyword !== undefined &&
      isKeyword(entry.keyword, places, tokens, index, inActivity && depth > 0)
    ) {
      const definition =
        places === AT_LINE ? definitionType(entry.keyword.word, tokens, index, depth === 0) : undefined;
      retype(token, definition ?? entry.type!);
      before = token.tokenTypeIdx;
      if (beforeNames.has(before)) markName(tokens, index + 1);
      if (token.tokenType === keyword.promise) markArrow(tokens, index + 2);
    }
  }
}

/** What is declared line by line, by the word that it begins with: in its block words have a meaning of their own. */
type Declared = 'type' | 'enum' | 'state' | 'worker';

function declaredAt(tokens: readonly IToken[], index: number): Declared | undefined {
  const { image } = tokens[index]!;
  const next = tokens[index + 1];
  if (image === 'state') return next?.tokenTypeIdx === Colon.tokenTypeIdx ? image : undefined;
  const isOne = image === 'type' || image === 'enum' || image === 'worker';
  return isOne && classOf(next) === 'name' ? image : undefined;
}

/** The first words of what is asked of other workflows, by what they are there. */
const requestTypes: ReadonlyMap<string, TokenType> = new Map([
  ['signal', SignalRequest],
  ['query', QueryRequest],
  ['update', UpdateRequest],
  ['cancel', keyword.cancel],
  ['start', keyword.start],
  ['signal_with_start', keyword.signal_with_start],
  ['list', keyword.list],
]);

const requestIndices: ReadonlySet<number> = new Set([...requestTypes.values()].map((type) => type.tokenTypeIdx!));

/** `signal workflow "id"`, `start workflow W`, `list workflows "…"`. */
function requestType(tokens: readonly IToken[], index: number): TokenType | undefined {
  const { image } = tokens[index]!;
  const type = requestTypes.get(image);
  if (type === undefined || tokens[index + 1]?.image !== (image === 'list' ? 'workflows' : 'workflow'))
    return undefined;
  const next = classOf(tokens[index + 2]);
  return next === 'name' || next === 'text' ? type : undefined;
}

/** The types of tokens that are followed by a name which may have hyphens. */
const beforeNames: ReadonlySet<number> = new Set(
  [keyword.nexus, keyword.nexus_endpoint, keyword.endpoint, keyword.namespace].map((type) => type.tokenTypeIdx!),
);

/** What stands without a space between is one name: `payments-endpoint`. */
function markName(tokens: readonly IToken[], first: number): void {
  if (tokens[first]?.tokenTypeIdx !== Word.tokenTypeIdx) return;
  for (let index = first; ; index++) {
    const token = tokens[index]!;
    retype(token, NamePart);
    const next = tokens[index + 1];
    if (next === undefined || next.startOffset !== endOf(token) || !namePart.test(next.image)) return;
  }
}

/** `<-`, which is elsewhere a comparison with a negative number. */
function markArrow(tokens: readonly IToken[], index: number): void {
  const [head, shaft] = [tokens[index], tokens[index + 1]];
  if (head?.image !== '<' || shaft?.image !== '-' || shaft.startOffset !== endOf(head)) return;
  retype(head, ArrowHead);
  retype(shaft, BackArrow);
}

const namePart = /^[-\w{}]+$/;

/** What a declared type consists of may have any name, and a worker names what it runs: no word of it is a keyword. */
function namesOfDeclaration(declared: Declared, tokens: readonly IToken[], index: number): boolean {
  const next = tokens[index + 1]?.tokenTypeIdx;
  const field = next === Colon.tokenTypeIdx ? FieldName : undefined;
  const type = {
    type: field,
    state: field,
    enum: next === undefined || next === Comma.tokenTypeIdx || next === Newline.tokenTypeIdx ? MemberName : undefined,
    worker: listed[tokens[index]!.image],
  }[declared];
  if (type !== undefined) retype(tokens[index]!, type);
  return type !== undefined;
}

/** `name: T = value`, where no names are declared: what it is meant to be can be read all the same. */
function isTyped(tokens: readonly IToken[], index: number): boolean {
  if (tokens[index + 1]?.tokenTypeIdx !== Colon.tokenTypeIdx) return false;
  let end = index + 2;
  while (end < tokens.length && !lineEnds.has(tokens[end]!.tokenTypeIdx)) end++;
  return tokens[end]?.tokenTypeIdx === Assign.tokenTypeIdx;
}

const lineEnds: ReadonlySet<number> = new Set(
  [Assign, Newline, LeftParen, LeftBrace].map((type) => type.tokenTypeIdx!),
);

const listed: Readonly<Record<string, TokenType | undefined>> = { workflow: ListedWorkflow, activity: ListedActivity };

/** Whether a statement begins at a token, as if it stood first on its line. */
export function beginsStatement(tokens: readonly IToken[], index: number): boolean {
  const token = tokens[index]!;
  if (token.tokenTypeIdx !== Word.tokenTypeIdx) return false;
  const next = tokens[index + 1]?.tokenTypeIdx;
  if (next === Colon.tokenTypeIdx || next === Comma.tokenTypeIdx) return false;
  if (next === Assign.tokenTypeIdx) return true;
  const entry = entries.get(token.image);
  if (entry === undefined) return false;
  if (requestType(tokens, index) !== undefined || matching(entry, tokens, index) !== undefined) return true;
  const { keyword: row } = entry;
  // `f(timer(5))`: in brackets, such a word before `(` is rather the name of a function.
  return row !== undefined && !row.places.includes('expression') && isKeyword(row, AT_LINE, tokens, index, true);
}

function isKeyword(
  row: Keyword,
  places: readonly Place[],
  tokens: readonly IToken[],
  index: number,
  inActivity: boolean,
): boolean {
  if (row.places.includes('expression')) return !isFieldName(tokens, index);
  if (!row.places.some((place) => places.includes(place))) return isCallee(row, tokens, index);
  if (row.before.length === 0) return false;
  const next = classOf(tokens[index + 1]);
  if (row.function && next === '(' && inActivity) return false;
  if (places !== AT_LINE) return row.before.includes(next);
  return row.before.includes(next) || next === 'end' || next === 'other';
}

/** `workflow` in `nexus "endpoint" workflow Operation(…)`, in `async Operation workflow W`, and in requests. */
function isCallee(row: Keyword, tokens: readonly IToken[], index: number): boolean {
  // `nexus Endpoint workflow.Operation(x)`: a service may be called so.
  if (!row.places.includes('callee') || tokens[index + 1]?.tokenTypeIdx === Dot.tokenTypeIdx) return false;
  if (requestIndices.has(tokens[index - 1]?.tokenTypeIdx ?? -1)) return true;
  if (tokens[index - 2]?.tokenTypeIdx === keyword.async.tokenTypeIdx) return true;
  let before = index - 1;
  if (tokens[before]?.tokenTypeIdx === Text.tokenTypeIdx) before--;
  else while (tokens[before]?.tokenTypeIdx === NamePart.tokenTypeIdx) before--;
  return before < index - 1 && tokens[before]?.tokenTypeIdx === keyword.nexus.tokenTypeIdx;
}

/** `x.in`, `{in: 1}`, `f(in: 1)`; in `case 1, null:` the line ends. */
function isFieldName(tokens: readonly IToken[], index: number): boolean {
  const before = tokens[index - 1]?.tokenTypeIdx;
  if (before === Dot.tokenTypeIdx) return true;
  const opens = before === LeftBrace.tokenTypeIdx || before === LeftParen.tokenTypeIdx || before === Comma.tokenTypeIdx;
  const isLast = tokens[index + 2]?.tokenTypeIdx === Newline.tokenTypeIdx;
  return opens && tokens[index + 1]?.tokenTypeIdx === Colon.tokenTypeIdx && !isLast;
}

/**
 * The head of a definition ends with `:`, or has a block under it, or parameters with types, or nothing after its name.
 * Otherwise, `workflow W(x)` at the left margin is a call that stands outside a definition.
 */
function definitionType(
  word: string,
  tokens: readonly IToken[],
  index: number,
  atMargin: boolean,
): TokenType | undefined {
  if (word === 'nexus') return definesNexus(tokens, index) ? NexusDefinition : undefined;
  if (!atMargin || (word !== 'workflow' && word !== 'activity')) return undefined;
  let end = index;
  while (end < tokens.length && tokens[end]!.tokenTypeIdx !== Newline.tokenTypeIdx) end++;
  const typed =
    tokens[index + 2]?.tokenTypeIdx === LeftParen.tokenTypeIdx &&
    tokens[index + 4]?.tokenTypeIdx === Colon.tokenTypeIdx;
  const isHead =
    typed ||
    end === index + 2 ||
    tokens[end - 1]!.tokenTypeIdx === Colon.tokenTypeIdx ||
    tokens[end + 1]?.tokenTypeIdx === Indent.tokenTypeIdx;
  if (!isHead) return undefined;
  return word === 'workflow' ? DefineWorkflow : DefineActivity;
}

/** `nexus service S`, `nexus endpoint E`; `nexus service S.Op(x)` is a call. */
function definesNexus(tokens: readonly IToken[], index: number): boolean {
  const [word, , dot, , after] = tokens.slice(index + 1, index + 6);
  const isCall = dot?.tokenTypeIdx === Dot.tokenTypeIdx && after?.tokenTypeIdx === LeftParen.tokenTypeIdx;
  return (word?.image === 'service' || word?.image === 'endpoint') && !isCall;
}

/** @param atLine whether it is the first word of its line */
function matching(entry: Entry, tokens: readonly IToken[], index: number, atLine = true): Construct | undefined {
  return entry.constructs.find(({ rest }) => rest.every((part, at) => fits(part, tokens[index + 1 + at], atLine)))
    ?.construct;
}

function fits(part: string, token: IToken | undefined, atLine: boolean): boolean {
  const next = classOf(token);
  // `x = switch + 1` and `x = compensate` read variables.
  if ((part === 'VALUE' || part === 'END') && !atLine) return false;
  if (part === 'NAME') return next === 'name';
  if (part === 'TEXT') return next === 'text';
  if (part === 'END') return next === 'end';
  if (part === 'VALUE') return next !== 'access' && next !== ':' && next !== 'end';
  return token?.image === part;
}

function retype(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx!;
}

/** The words that can begin a line: what a misspelt one may have meant. */
export const statementWords: readonly string[] = [...entries]
  .filter(([, { keyword: row, constructs: rows }]) => rows.length > 0 || row?.places.some(isStatementPlace))
  .map(([word]) => word);

function isStatementPlace(place: Place): boolean {
  return place === 'line' || place === 'operation';
}
