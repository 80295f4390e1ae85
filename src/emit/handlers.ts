/** Handlers of signals, queries and updates (grammar/README.md, "Handlers"). */
import type { HandlerFacts } from '../check/facts.js';
import type { Handler, Stmt } from '../syntax/ast.js';
import type { Body } from './body.js';
import { optionEntries } from './calls.js';
import {
  array,
  arrow,
  awaited,
  binary,
  block,
  call,
  callMember,
  type Code,
  create,
  type Entry,
  imported,
  mark,
  name,
  nothing,
  object,
  string,
  type TypeCode,
  word,
} from './code.js';
import { lineComments, trailingComment } from './documentation.js';
import { fallThrough } from './endings.js';
import { expression } from './expressions.js';
import { concat, type Doc, hardline } from './print/doc.js';
import { braces, condition, declaration, expressionStatement, leaving, lines } from './print/statements.js';
import { variableName } from './program.js';
import { statementsDoc } from './statements.js';
import { typeCode } from './types.js';

const sdk = (text: string) => imported('@temporalio/workflow', text);

const definers = {
  SignalHandler: 'defineSignal',
  QueryHandler: 'defineQuery',
  UpdateHandler: 'defineUpdate',
} as const satisfies { readonly [K in Handler['kind']]: string };

/** `export const cancelOrder = defineSignal<[reason: string]>('CancelOrder');` */
export function messageDefinition(body: Body, handler: Handler, text: string): Doc {
  const { params, result, wireName } = body.facts.handlers.get(handler)!;
  const items = params.map((param, i) => {
    const mayLack = handler.params[i]!.default ? '?' : '';
    return { name: `${variableName(param)}${mayLack}`, type: typeCode(body.program, param.type) };
  });
  const taken: TypeCode[] = items.length > 0 ? [{ kind: 'tupleOf', items }] : [];
  const given = handler.kind === 'SignalHandler' ? [] : [typeCode(body.program, result)];
  const define = call(sdk(definers[handler.kind]), [string(wireName)], [...given, ...taken]);
  return mark(concat('export ', declaration('const', name(text), define)), body.at(handler));
}

/** What registers a handler, and whether it is more than one line. */
export function registration(body: Body, handler: Handler): { readonly doc: Doc; readonly isShort: boolean } {
  const facts = body.facts.handlers.get(handler)!;
  const { leading, trailing } = body.comments.of(handler);
  const isPrinted = handler.body.length > 0 || !facts.awaited;
  const comments = lineComments([...leading, ...(isPrinted ? [] : body.comments.endOf(handler))]);
  const statement = concat(register(body, handler, facts), trailingComment(trailing));
  const doc = mark(concat(...comments.flatMap((comment) => [comment, hardline]), statement), body.at(handler));
  return { doc, isShort: comments.length === 0 && handler.body.length === 0 };
}

function register(body: Body, handler: Handler, facts: HandlerFacts): Doc {
  const message = name(body.module!.message(handler)!);
  const code = handlerCode(body, handler, facts);
  const onRun = (method: string, args: readonly Code[]) => callMember(name(body.run!), method, args);
  const options = objectOf(optionsOf(facts));
  const inbox = body.inboxes.get(handler);
  if (inbox !== undefined) {
    const isUpdate = handler.kind === 'UpdateHandler';
    const isHandled = isUpdate || handler.body.length > 0;
    const entries = [...optionsOf(facts), ...filling(body, handler, facts)];
    const args = isHandled ? [message, code] : entries.length > 0 ? [message, nothing] : [message];
    return declaration(
      'const',
      name(inbox),
      onRun(isUpdate ? 'updateInbox' : 'inbox', [...args, ...objectOf(entries)]),
    );
  }
  if (handler.kind === 'UpdateHandler') return expressionStatement(onRun('onUpdate', [message, code, ...options]));
  if (handler.kind === 'SignalHandler' && facts.canFail)
    return expressionStatement(onRun('onSignal', [message, code, ...options]));
  return expressionStatement(call(sdk('setHandler'), [message, code, ...objectOf(optionsOf(facts, ['description']))]));
}

/** @param keys a handler that takes no time needs no policy for what is not finished */
function optionsOf({ options }: HandlerFacts, keys: readonly string[] = ['unfinished', 'description']): Entry[] {
  return optionEntries(undefined, options).flatMap((entry): Entry[] => {
    if (!('value' in entry) || !keys.includes(entry.key)) return [];
    const { value } = entry;
    const isPolicy = entry.key === 'unfinished' && value.kind === 'string';
    return [{ ...entry, value: isPolicy ? string(value.value.toLowerCase()) : value }];
  });
}

function objectOf(entries: readonly Entry[]): Code[] {
  return entries.length > 0 ? [object(entries)] : [];
}

function handlerCode(body: Body, handler: Handler, facts: HandlerFacts): Code {
  const inner = body.handler(handler);
  const used = handler.body.length > 0 ? parameters(body, handler, facts) : [];
  const answer = answerOf(inner, handler, facts);
  if (answer) return arrow(used, answer);
  const statements = statementsDoc(inner, handler.body, body.comments.endOf(handler));
  const all = [...beforehand(body, handler, facts), ...(statements ? [statements] : []), ...fallThrough(inner)];
  const doc = all.length > 0 ? lines(all) : undefined;
  // An update has a promise of its result, whatever it does.
  return arrow(used, block(doc), { async: facts.asynchronous || handler.kind === 'UpdateHandler' });
}

function parameters(body: Body, handler: Handler, { params }: HandlerFacts): Code[] {
  return params.map((param, i): Code => {
    const value = handler.params[i]!.default;
    return { kind: 'name', name: variableName(param), initial: value && expression(body, value) };
  });
}

/** Fills in what an arrival leaves out. */
function filling(body: Body, handler: Handler, facts: HandlerFacts): Entry[] {
  if (handler.params.every((param) => param.default === undefined)) return [];
  const values = facts.params.map((param) => name(variableName(param)));
  return [{ key: 'fill', value: arrow(parameters(body, handler, facts), array(values)) }];
}

/** What a query gives, where that is all it does. */
function answerOf(body: Body, handler: Handler, { holdsFor }: HandlerFacts): Code | undefined {
  const [only, ...others] = handler.body;
  if (handler.kind !== 'QueryHandler' || holdsFor.length > 0 || only?.kind !== 'Return' || !only.value)
    return undefined;
  return others.length === 0 && isBare(body, only, handler) ? expression(body, only.value) : undefined;
}

/** An expression has no place for comments. */
function isBare(body: Body, statement: Stmt, handler: Handler): boolean {
  const { leading, trailing } = body.comments.of(statement);
  return leading.length === 0 && trailing === undefined && body.comments.endOf(handler).length === 0;
}

/** What a handler needs has a value before it goes on: it waits for that, and a query, which cannot wait, fails. */
function beforehand(body: Body, handler: Handler, { holdsFor }: HandlerFacts): Doc[] {
  const names = holdsFor.map((variable) => ({ spoken: variable.name, code: name(variableName(variable)) }));
  if (handler.kind === 'QueryHandler') {
    return names.map(({ spoken, code }) => {
      const text = `${handler.name.text}: \`${spoken}\` has no value yet`;
      const failing = leaving('throw', create(name('Error'), [string(text)]));
      return braces(condition('if', binary(code, '==', word('null'))), failing);
    });
  }
  if (names.length === 0) return [];
  const ready = names.map(({ code }) => binary(code, '!=', word('null')));
  const test = arrow(
    [],
    ready.reduce((a, b) => binary(a, '&&', b)),
  );
  return [expressionStatement(awaited(callMember(name(body.run!), 'hold', [test])))];
}
