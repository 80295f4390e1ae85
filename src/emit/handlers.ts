/** Signal handlers (grammar/README.md, "Handlers"). */
import type { SignalFacts } from '../check/facts.js';
import type { SignalHandler } from '../syntax/ast.js';
import type { Body } from './body.js';
import {
  arrow,
  awaited,
  binary,
  block,
  call,
  callMember,
  type Code,
  imported,
  mark,
  name,
  string,
  type TypeCode,
  word,
} from './code.js';
import { lineComments, trailingComment } from './documentation.js';
import { concat, type Doc, hardline } from './print/doc.js';
import { declaration, expressionStatement } from './print/statements.js';
import { variableName } from './program.js';
import { statementsDoc } from './statements.js';
import { typeCode } from './types.js';

const sdk = (text: string) => imported('@temporalio/workflow', text);

/** `export const cancelOrder = defineSignal<[reason: string]>('CancelOrder');` */
export function signalDefinition(body: Body, handler: SignalHandler, text: string): Doc {
  const { params } = body.facts.signals.get(handler)!;
  const items = params.map((param) => ({ name: variableName(param), type: typeCode(body.program, param.type) }));
  const typeArgs: TypeCode[] = items.length > 0 ? [{ kind: 'tupleOf', items }] : [];
  const define = call(sdk('defineSignal'), [string(handler.name.text)], typeArgs);
  return mark(concat('export ', declaration('const', name(text), define)), body.at(handler));
}

/** What registers a handler, and whether it is more than one line. */
export function registration(body: Body, handler: SignalHandler): { readonly doc: Doc; readonly isShort: boolean } {
  const facts = body.facts.signals.get(handler)!;
  const { leading, trailing } = body.comments.of(handler);
  const isPrinted = handler.body.length > 0 || !facts.awaited;
  const comments = lineComments([...leading, ...(isPrinted ? [] : body.comments.endOf(handler))]);
  const statement = concat(register(body, handler, facts), trailingComment(trailing));
  const doc = mark(concat(...comments.flatMap((comment) => [comment, hardline]), statement), body.at(handler));
  return { doc, isShort: comments.length === 0 && handler.body.length === 0 };
}

function register(body: Body, handler: SignalHandler, facts: SignalFacts): Doc {
  const signal = name(body.module!.signal(handler));
  const code = handlerCode(body, handler, facts);
  if (facts.awaited) {
    const args = handler.body.length > 0 ? [signal, code] : [signal];
    const inbox = name(body.inboxes.get(handler.name.text)!);
    return declaration('const', inbox, callMember(name(body.run!), 'inbox', args));
  }
  return expressionStatement(
    facts.canFail ? callMember(name(body.run!), 'onSignal', [signal, code]) : call(sdk('setHandler'), [signal, code]),
  );
}

function handlerCode(body: Body, handler: SignalHandler, { params, asynchronous, holdsFor }: SignalFacts): Code {
  const inner = body.handler();
  const held = holdsFor.map((variable): Code => binary(name(variableName(variable)), '!=', word('null')));
  const holds =
    held.length > 0
      ? [
          expressionStatement(
            awaited(
              callMember(name(body.run!), 'hold', [
                arrow(
                  [],
                  held.reduce((a, b) => binary(a, '&&', b)),
                ),
              ]),
            ),
          ),
        ]
      : [];
  const statements = statementsDoc(inner, handler.body, body.comments.endOf(handler));
  const all = [...holds, ...(statements === undefined ? [] : [statements])];
  const doc = all.length > 0 ? concat(...all.flatMap((one, at) => (at > 0 ? [hardline, one] : [one]))) : undefined;
  const used = handler.body.length > 0 ? params.map((param) => name(variableName(param))) : [];
  return arrow(used, block(doc), { async: asynchronous });
}
