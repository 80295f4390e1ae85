/** What is asked of workflows by their ids: in operations; and in workflows, what Temporal lets them ask. */
import { correction } from '../../diagnostics/suggest.js';
import { messageWords } from '../../symbols/messages.js';
import type { Expr, MessageStmt, Name, RequestStmt, StartWorkflowStmt, WorkflowDef } from '../../syntax/ast.js';
import { Head } from '../../types/heads.js';
import type { Slot } from '../../types/slot.js';
import type { Handling } from '../model.js';
import { asksOf, bindTarget, bindValues, call, giveArguments, reportBindings } from './calls.js';
import { at, type Context, flowExpression, known, placeName } from './context.js';
import { expression } from './expressions.js';
import { providedRecord } from './provided.js';
import { bindNothingKnown } from './waits.js';

/** How messages call a request, and what a workflow does in place of those that it cannot make. */
const spoken: Readonly<Record<string, { readonly what: string; readonly instead?: string }>> = {
  signal: { what: '`signal workflow`' },
  cancel: { what: '`cancel workflow`' },
  query: {
    what: '`query workflow`',
    instead: 'Ask in an operation of a Nexus service, and call that from here.',
  },
  update: {
    what: '`update workflow`',
    instead: 'Ask in an operation of a Nexus service, and call that from here.',
  },
  start: {
    what: '`start workflow`',
    instead: 'A workflow starts another one as its child: `detach workflow W(…)` goes on without it.',
  },
  signalWithStart: {
    what: '`signal_with_start workflow`',
    instead: 'Put it into an operation of a Nexus service, and call that from here.',
  },
  list: {
    what: '`list workflows`',
    instead: 'Put it into an operation of a Nexus service, and call that from here.',
  },
};

function kindOf(statement: RequestStmt): string {
  switch (statement.kind) {
    case 'Message':
      return statement.message;
    case 'CancelWorkflow':
      return 'cancel';
    case 'StartWorkflow':
      return statement.signal ? 'signalWithStart' : 'start';
    case 'ListWorkflows':
      return 'list';
  }
}

/** @param mayWait whether a statement of the name may stand in a workflow here; reports it if not */
export function request(cx: Context, statement: RequestStmt, mayWait: (what: string) => boolean): void {
  const { what, instead } = spoken[kindOf(statement)]!;
  if (cx.definition.kind !== 'Operation') {
    if (!mayWait(what)) return bindNothingKnown(cx, statement.binding);
    if (instead !== undefined) {
      const why = 'a workflow sends others signals, and cancels them, and nothing else';
      cx.model.report(cx.file, 'TWF607', statement.span, { what, place: placeName(cx), why }, { hint: instead });
      return bindNothingKnown(cx, statement.binding);
    }
  }
  switch (statement.kind) {
    case 'Message':
      return message(cx, statement);
    case 'CancelWorkflow':
      workflowId(cx, statement.id);
      if (statement.binding) reportBindings(cx, statement.binding, 0, what);
      return;
    case 'StartWorkflow':
      return start(cx, statement, what);
    case 'ListWorkflows':
      flowExpression(cx, statement.query, known(cx, Head.string, statement.query.span), {
        asks: '`list workflows` takes',
        askedAt: undefined,
      });
      if (statement.binding) bindValues(cx, statement.binding, listing(cx, statement.span), what);
      return;
  }
}

function workflowId(cx: Context, id: Expr): void {
  flowExpression(cx, id, known(cx, Head.string, id.span), { asks: 'The id of a workflow is', askedAt: undefined });
}

function message(cx: Context, statement: MessageStmt): void {
  const { model, file } = cx;
  const { id, name, args, binding } = statement;
  workflowId(cx, id);
  const meant = handling(cx, statement);
  if (!meant) {
    for (const { value } of args) expression(cx, value);
    return bindNothingKnown(cx, binding);
  }
  model.messages.set(statement, meant);
  const signature = model.signatures.get(meant.handler)!;
  giveArguments(cx, signature, args, name.span);
  if (!binding) return;
  if (statement.message === 'signal') return reportBindings(cx, binding, 0, 'A signal');
  if (!signature.declaredResult) model.boundResults.push({ file, at: binding.span, signature });
  bindValues(cx, binding, signature.result, `\`${name.text}\``);
}

function start(cx: Context, { call: node, signal, binding }: StartWorkflowStmt, what: string): void {
  call(cx, node, 'start');
  const callee = cx.model.callees.of(node);
  if (signal) {
    const meant = callee?.kind === 'Workflow' ? handlingOf(cx, callee, 'signal', signal.name) : undefined;
    if (meant) {
      cx.model.messages.set(signal, meant);
      giveArguments(cx, cx.model.signatures.get(meant.handler)!, signal.args, signal.name.span);
    } else {
      if (callee?.kind === 'ExternWorkflow') reportNothingKnown(cx, callee.name.text, signal.name);
      for (const { value } of signal.args) expression(cx, value);
    }
  }
  if (!binding) return;
  const [target, ...more] = binding.targets;
  if (!target || more.length > 0) return reportBindings(cx, binding, 1, what);
  bindTarget(cx, target, known(cx, Head.string, node.span), { asks: asksOf(target), askedAt: undefined });
}

// --- Who handles a message

const articled = { signal: 'a signal', query: 'a query', update: 'an update' } as const;

function handling(cx: Context, { workflow, message: word, name }: MessageStmt): Handling | undefined {
  const { model, file } = cx;
  if (name.text === '') return undefined;
  if (workflow) return handlingNamed(cx, workflow, word, name);
  const handlers = model.handling(word, name.text);
  const { packages } = model.definitions;
  const own = handlers.filter(({ of }) => packages.of(model.definitions.fileOf.get(of)!) === packages.of(file));
  const [one, ...others] = own.length > 0 ? own : handlers;
  if (one && others.length === 0) return one;
  if (one) {
    const meant = [one, ...others].map(({ of }) => of.name.text);
    const values = { name: name.text, what: articled[word], workflows: meant.map((text) => `\`${text}\``).join(', ') };
    const hint = `Say whose it is: \`${meant[0]!}.${name.text}(…)\`.`;
    model.report(file, 'TWF766', name.span, values, { hint });
  } else if (!model.definitions.unnamed.has('workflow')) {
    const hint = `Declare it in the workflow that it is for: \`${word} ${name.text}(…)\`.`;
    const help = correction(name.text, model.handled(word), file, name.span) ?? { hint };
    model.report(file, 'TWF765', name.span, { name: name.text, what: articled[word] }, help);
  }
  return undefined;
}

/** The handler of a workflow that is named before the message. */
function handlingNamed(cx: Context, workflow: Name, word: MessageStmt['message'], name: Name): Handling | undefined {
  const { model, file } = cx;
  const { packages, callees, unnamed } = model.definitions;
  const key = packages.key(file, workflow.text);
  const meant = key === undefined ? undefined : callees.workflow.get(key);
  if (meant?.kind === 'Workflow') return handlingOf(cx, meant, word, name);
  if (meant) reportNothingKnown(cx, meant.name.text, name);
  else if (key === undefined) packages.reportUnknown(file, workflow);
  else if (!unnamed.has('workflow')) {
    const names = [...callees.workflow.values()].map((one) => one.name.text);
    const help = correction(workflow.text, names, file, workflow.span);
    model.report(file, 'TWF305', workflow.span, { name: workflow.text }, help);
  }
  return undefined;
}

function handlingOf(
  cx: Context,
  workflow: WorkflowDef,
  word: MessageStmt['message'],
  name: Name,
): Handling | undefined {
  const { model, file } = cx;
  const own = workflow.handlers.filter(({ kind }) => messageWords[kind] === word);
  const handler = own.find((one) => one.name.text === name.text);
  if (handler) return { of: workflow, handler };
  if (name.text === '' || model.broken.has(model.definitions.fileOf.get(workflow)!, workflow.span)) return undefined;
  const hint = `Declare it in the workflow: \`${word} ${name.text}(…)\`.`;
  const names = own.map((one) => one.name.text);
  const help = correction(name.text, names, file, name.span) ?? { hint };
  const values = { workflow: workflow.name.text, name: name.text };
  if (word === 'query') model.report(file, 'TWF767', name.span, values, help);
  else model.report(file, word === 'signal' ? 'TWF307' : 'TWF350', name.span, values, help);
  return undefined;
}

function reportNothingKnown({ model, file }: Context, workflow: string, { text, span }: Name): void {
  const hint = 'What an `extern workflow` handles is not declared: send it from code of yours, in an activity.';
  model.report(file, 'TWF307', span, { workflow, name: text }, { hint });
}

/** A list of what is known about each workflow. */
function listing(cx: Context, span: RequestStmt['span']): Slot {
  const { model } = cx;
  const list = known(cx, Head.list, span);
  const origin = at(cx, span);
  model.slots.give(model.slots.child(list, 'item'), providedRecord(model, 'WorkflowExecutionInfo', origin), origin);
  return list;
}
