/** From what the parser met to what a user reads: by the rule that failed and the token that it expected. */
import { type IRecognitionException, type IToken, NoViableAltException } from 'chevrotain';
import { nearest } from '../diagnostics/suggest.js';
import type { Span } from '../source.js';
import {
  ARROW_FORM,
  FOREIGN,
  FOREIGN_INSIDE,
  lookUp,
  NAME_FORM,
  NEXUS_FORM,
  RESULT_FORM,
  STATEMENT_FORM,
  TYPE_FORM,
} from './hints.js';
import { endOf, isWord, shorten, spanOf } from './lexer.js';
import type { Expr, NameExpr } from './ast.js';
import type { Head, HeadKind } from './lines.js';
import type { Problems } from './problems.js';
import { Assign, Colon, Newline, TextStart, Word } from './tokens.js';
import { statementWords } from './words.js';

/** Rules that fail where an expression must begin. */
const EXPRESSIONS = new Set(['expression', 'operand', 'value', 'field', 'closeValue']);
const TYPE_RULES = new Set(['type', 'tupleType']);
/** Rules that fail where a name must stand. */
const NAMES = new Set(['name', 'namedLine', 'param', 'entries', 'hintLine']);
/** Rules whose closing bracket a comma could stand before. */
const LISTS = new Set(['arguments', 'list', 'fields', 'params', 'tupleType', 'binding']);

/** Reports a line that the grammar could not read to its end. */
export function reportUnreadable(error: IRecognitionException & { previousToken?: IToken }, problems: Problems): void {
  const { token, context } = error;
  const rule = context.ruleStack.at(-1)!;
  const previous = error.previousToken;
  const at = place(token, previous);
  const where = { after: after(previous), found: found(token) };
  if (rule === 'binding' || rule === 'path') {
    problems.report('TWF205', at, where, { hint: 'Write the name that it gets: `-> result`.' });
  } else if (NAMES.has(rule) || error.message === Word.LABEL) {
    problems.report('TWF201', at, where, { hint: nameHint(token) });
  } else if (EXPRESSIONS.has(rule) && error instanceof NoViableAltException) {
    problems.report('TWF202', at, where, { hint: expressionHint(token, previous) });
  } else if (TYPE_RULES.has(rule) && !(LISTS.has(rule) && error.message === '`)`')) {
    problems.report('TWF203', at, where, { hint: TYPE_FORM });
  } else if (rule === 'endpointName' && token.tokenType === TextStart) {
    problems.report('TWF200', at, { what: 'Families of endpoints in quotes' });
  } else if (rule === 'endpointName') {
    problems.report('TWF207', at, { how: '', found: where.found }, { hint: NEXUS_FORM });
  } else {
    const empty = (rule === 'arguments' || rule === 'params') && error.message === '`(`' && previous !== undefined;
    const end = empty ? { start: endOf(previous), end: endOf(previous) } : at;
    const fixes = empty ? [problems.fix('Add `()`', end, '()')] : [];
    const hint =
      rule === 'operationName'
        ? NEXUS_FORM
        : token.image === '-'
          ? NAME_FORM
          : rule === 'params' && /[<[]/.test(token.image)
            ? TYPE_FORM
            : undefined;
    problems.report('TWF206', at, { ...where, expected: expected(rule, error.message) }, { fixes, hint });
  }
}

function expected(rule: string, label: string): string {
  if (rule === 'awaitLine' || rule === 'awaited')
    return 'a timer, a signal, an update, a call, a handle, `all:` or `one:`';
  if (rule === 'operationName') return label === '`.`' ? '`.` and the name of the operation' : '`Service.Operation`';
  if (rule === 'arguments' && label === '`(`') return '`(` and the arguments';
  if (rule === 'params' && label === '`(`') return '`(` and the parameters';
  if (rule === 'started' || rule === 'call') return '`activity`, `workflow` or `nexus`';
  if (LISTS.has(rule) && /[)\]}]/.test(label)) return `\`,\` or ${label}`;
  return label;
}

/** Heads that end with a colon: text after them most likely belongs to what stands before the colon. */
const WITH_COLON: Partial<Record<HeadKind, true>> = {
  workflow: true,
  activity: true,
  service: true,
  endpoint: true,
  worker: true,
  namespace: true,
  state: true,
  options: true,
  defaultOptions: true,
  if: true,
  elif: true,
  else: true,
  for: true,
  switch: true,
  case: true,
  try: true,
  catch: true,
  finally: true,
  awaitAll: true,
  promiseAll: true,
  awaitOne: true,
};

/**
 * Reports what stands between the end of what a line says and the end of the line.
 *
 * @param tokens the last that was read, the first that was not, and the one after it
 */
export function reportLeftover(head: Head, tokens: readonly [IToken, IToken, IToken], problems: Problems): void {
  const [previous, token] = tokens;
  const word = head.kind === 'expression' ? unknownWord(head.value, token) : undefined;
  if (word !== undefined) return reportUnknown(word.text, word.span, problems);
  const colon = WITH_COLON[head.kind] && previous.tokenType !== Colon;
  const values = { expected: colon ? '`:`' : 'the end of the line', after: after(previous), found: found(token) };
  problems.report('TWF206', spanOf(token), values, { hint: leftoverHint(head, tokens) });
}

/** Reports a word that begins no statement. */
/** Whether a word is, or is meant as, one that begins a line of the language. */
export function beginsStatement(word: string): boolean {
  return nearest(word, [...Object.keys(FOREIGN), ...statementWords]) !== undefined;
}

export function reportUnknown(word: string, at: Span, problems: Problems): void {
  const meant = nearest(word, [...Object.keys(FOREIGN), ...statementWords]);
  const suggestion = meant === undefined || meant === word ? STATEMENT_FORM : `Did you mean \`${meant}\`?`;
  const hint = (meant && lookUp(FOREIGN, meant)) ?? suggestion;
  problems.report('TWF208', at, { word: shorten(word) }, { hint });
}

function leftoverHint(head: Head, [previous, token, next]: readonly [IToken, IToken, IToken]): string | undefined {
  const foreign = lookUp(FOREIGN_INSIDE, token.image);
  if (foreign !== undefined) return foreign;
  if (token.image === '=' && next.image === '>') return ARROW_FORM;
  if (token.image === '-' && WITH_COLON[head.kind]) return NAME_FORM;
  if (token.image === ',' && head.kind === 'entry') return 'A list is written `[a, b]`.';
  if (head.kind === 'Raise' && head.error === undefined) return 'An error has a name: `raise Name("message")`.';
  if ('params' in head && previous.tokenType === Colon) return RESULT_FORM;
  const isResult = head.kind === 'CallStmt' && head.binding === undefined && token.tokenType === Word;
  return isResult && next.tokenType === Newline ? `To keep the result, write \`-> ${token.image}\`.` : undefined;
}

/** `let` in `let x = 1`, `while` in `while (x) {`. */
function unknownWord(value: Expr, next: IToken): NameExpr | undefined {
  if (value.kind === 'NameExpr' && isWordOrValue(next)) return value;
  return value.kind === 'FunctionCall' && value.callee.kind === 'NameExpr' && next.image === '{'
    ? value.callee
    : undefined;
}

function isWordOrValue(token: IToken): boolean {
  return isWord(token) || /^["\d]/.test(token.image);
}

function nameHint(token: IToken): string | undefined {
  return isWord(token) ? `\`${token.image}\` is a keyword here.` : undefined;
}

function expressionHint(token: IToken, previous: IToken | undefined): string | undefined {
  if (token.tokenType !== Assign) return undefined;
  const sign = previous?.image ?? '';
  return /^[-+*/%]$/.test(sign) ? `Write \`x = x ${sign} …\`.` : 'Two values are compared with `==`.';
}

/** The token; at the end of a line, the character before it, so that there is something to point at. */
function place(token: IToken, previous: IToken | undefined): Span {
  if (token.tokenType !== Newline || previous === undefined) return spanOf(token);
  return { start: endOf(previous), end: endOf(previous) };
}

function found(token: IToken): string {
  if (token.tokenType === Newline || token.image === '') return 'the end of the line';
  return token.image.startsWith('"') ? 'a string' : `\`${shorten(token.image)}\``;
}

function after(previous: IToken | undefined): string {
  if (previous === undefined || previous.tokenType === Newline || previous.image === '')
    return 'at the start of the line';
  return `after ${previous.image.startsWith('"') ? 'the string' : `\`${shorten(previous.image)}\``}`;
}
