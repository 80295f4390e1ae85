/** Calls of functions and methods: built-ins, logging, and in activities and operations what their dependencies give. */
import type { Expr, FieldExpr, FunctionCall, Name } from '../../syntax/ast.js';
import { type Extra, replacement } from '../../diagnostics/diagnostic.js';
import { correction } from '../../diagnostics/suggest.js';
import { isLogger } from '../../symbols/blocks.js';
import { keyIn } from '../../symbols/packages.js';
import { Head } from '../../types/heads.js';
import type { Slot } from '../../types/slot.js';
import type { BuiltinName } from '../facts.js';
import type { BodyDefinition } from '../model.js';
import { builtins, fresh } from './builtins.js';
import { type Context, flowCollected, known, placeName } from './context.js';
import { dependencyCall, dependencyPath } from './dependencies.js';
import { externCall, externOf } from './externs.js';
import { expression } from './expressions.js';
import { argumentNames } from '../argument-names.js';

const levels = ['debug', 'info', 'warn', 'error'] as const;

export function functionCall(cx: Context, call: FunctionCall): Slot {
  const { callee } = call;
  const path = dependencyPath(cx, callee);
  const name = callee.kind === 'NameExpr' ? callee.text : undefined;
  if (name !== undefined && isBuiltin(cx, name)) return builtin(cx, call, name, undefined);
  if (isLogger(callee)) return logging(cx, call, undefined);
  if (callee.kind === 'Field' && isLogger(callee.of)) return logging(cx, call, callee.field);
  const about = name !== undefined && Object.hasOwn(builtins, name) ? builtins[name as BuiltinName].only : undefined;
  if ((about && about !== 'Activity') || (about && cx.definition.kind === 'Operation'))
    return elsewhere(cx, call, name!, about);
  const extern = externOf(cx, call);
  if (extern) return externCall(cx, call, extern);
  if (path) return dependencyCall(cx, call, path);
  if (callee.kind === 'Field') return method(cx, call, callee);
  return unknownFunction(cx, call, name ?? 'a value');
}

/** Whether the language itself calls a function so. */
export function isBuiltInFunction(name: string): boolean {
  return Object.hasOwn(builtins, name) || name === 'log' || name === 'pass';
}

/** Whether a call is of something outside the body, whose value may be the result of an activity. */
export function isDependency(cx: Context, call: FunctionCall): boolean {
  if (externOf(cx, call)) return true;
  const [root, ...members] = dependencyPath(cx, call.callee) ?? [];
  if (root === undefined || root === 'log') return false;
  return members.length > 0 || !isBuiltin(cx, root);
}

function isBuiltin({ definition }: Context, name: string): name is BuiltinName {
  if (!Object.hasOwn(builtins, name)) return false;
  const { only = definition.kind } = builtins[name as BuiltinName];
  return definition.kind === only;
}

function unsupported(cx: Context, call: FunctionCall, what: string): Slot {
  cx.model.report(cx.file, 'TWF200', call.span, { what });
  for (const { value } of call.args) expression(cx, value);
  return fresh(cx, call, Head.error);
}

function builtin(cx: Context, call: FunctionCall, name: BuiltinName, receiver: Expr | undefined): Slot {
  const args = [...(receiver ? [receiver] : []), ...call.args.map(({ value }) => value)];
  const { params, least = params, named, type } = builtins[name];
  if (named && args.length > 0 && call.args.every((arg) => arg.name)) {
    cx.model.functions.set(call, { kind: 'builtin', name, receiver });
    return named(cx, call);
  }
  if (args.length > params || args.length < least || call.args.some((arg) => arg.name)) {
    const own = receiver ? 1 : 0;
    const takes = params === Infinity ? `at least ${count(least - own)}` : count(params - own, least - own);
    const values = { name, takes, given: argumentCount(call.args) };
    cx.model.report(cx.file, 'TWF403', call.span, values);
    for (const { value } of call.args) expression(cx, value);
    return fresh(cx, call, Head.error);
  }
  cx.model.functions.set(call, { kind: 'builtin', name, receiver });
  return type(cx, call, args);
}

/** "2 arguments"; "1 to 3 arguments" where some may be left out. */
export function count(most: number, least = most): string {
  if (least < most) return `${least} to ${most} arguments`;
  return most === 0 ? 'no arguments' : most === 1 ? '1 argument' : `${most} arguments`;
}

/** How many arguments are given, as a message says it. */
export function argumentCount(args: readonly unknown[]): string {
  return args.length === 0 ? 'none' : String(args.length);
}

function levelNamed(cx: Context, { text, span }: Name): (typeof levels)[number] | undefined {
  const level = levels.find((one) => one === text);
  if (!level) {
    const hint = '`log` has `debug`, `info`, `warn` and `error`.';
    const values = { of: '`log` has', name: text, place: placeName(cx) };
    cx.model.report(cx.file, 'TWF427', span, values, correction(text, levels, cx.file, span) ?? { hint });
  }
  return level;
}

/** @param field the level; without one, it is `info` */
function logging(cx: Context, call: FunctionCall, field: Name | undefined): Slot {
  const level = field ? levelNamed(cx, field) : 'info';
  if (!level) {
    for (const { value } of call.args) expression(cx, value);
    return fresh(cx, call, Head.error);
  }
  const [message, ...fields] = call.args;
  if (!message || message.name || fields.some((arg) => !arg.name)) {
    for (const { value } of call.args) expression(cx, value);
    return unsupported(cx, call, 'Calls of `log` without a message and named fields');
  }
  const text = known(cx, Head.string, message.span);
  // What is declared to be something else is logged as a field.
  const given = expression(cx, message.value, text);
  if (!cx.model.slots.isWall(given)) {
    flowCollected(cx, message.value, given, text, { asks: '`log` takes', askedAt: undefined });
  }
  for (const { value } of fields) expression(cx, value);
  cx.model.functions.set(call, { kind: 'log', level });
  return fresh(cx, call, Head.void);
}

function method(cx: Context, call: FunctionCall, { of, field }: FieldExpr): Slot {
  if (Object.hasOwn(builtins, field.text) && builtins[field.text as BuiltinName].member) {
    return builtin(cx, call, field.text as BuiltinName, of);
  }
  expression(cx, of);
  for (const { value } of call.args) expression(cx, value);
  const values = { of: 'Values have', name: field.text, place: placeName(cx) };
  const names = Object.entries(builtins).flatMap(([name, { member }]) => (member ? [name] : []));
  const help = correction(field.text, names, cx.file, field.span) ?? { hint: externHint(`Type.${field.text}`, call) };
  const variable = of.kind === 'NameExpr' ? cx.model.ofName.get(of) : undefined;
  const given = variable?.uses.find(({ write }) => write)?.node;
  const labels = given ? [{ file: cx.file, span: given.span, text: `\`${given.text}\` is given a value here` }] : [];
  cx.model.report(cx.file, 'TWF427', field.span, values, { labels, ...help });
  return fresh(cx, call, Head.error);
}

/** What the built-in functions are about that bodies of one kind have. */
const subjects: { readonly [K in BodyDefinition['kind']]: string } = {
  Workflow: 'it asks whether the workflow has begun with a change of its program',
  Activity: 'it is about an activity that runs',
  Operation: 'it is about the caller of an operation',
};

/** What a body of one kind says about itself, one of another cannot. */
function elsewhere(cx: Context, call: FunctionCall, name: string, about: BodyDefinition['kind']): Slot {
  const why = subjects[about];
  cx.model.report(cx.file, 'TWF607', call.span, { what: `\`${name}()\``, place: placeName(cx), why });
  for (const { value } of call.args) expression(cx, value);
  return fresh(cx, call, Head.error);
}

function unknownFunction(cx: Context, call: FunctionCall, name: string): Slot {
  const { model, file } = cx;
  for (const { value } of call.args) expression(cx, value);
  const { callees, packages } = model.definitions;
  const key = keyIn(packages.of(file), name);
  const word = callees.activity.has(key) ? 'activity' : callees.workflow.has(key) ? 'workflow' : undefined;
  const help = word
    ? missingWord(cx, call, word, name)
    : (correction(name, [...Object.keys(builtins), ...model.definitions.functions.keys()], file, call.callee.span) ?? {
        hint: externHint(name, call),
      });
  model.report(file, 'TWF309', call.callee.span, { name }, help);
  return fresh(cx, call, Head.error);
}

/** What waits for nothing and depends on nothing else can be a function of TypeScript. */
function externHint(name: string, { args }: FunctionCall): string {
  const params = argumentNames(args).map((one) => `${one}: T`);
  return `Make it an activity; or, if it only computes, \`extern function ${name}(${params.join(', ')}) -> R\`.`;
}

/** What is called is an activity or a workflow. */
function missingWord(cx: Context, call: FunctionCall, word: string, name: string): Extra {
  const start = { start: call.span.start, end: call.span.start };
  const hint = `Write \`${word} ${name}(…)\`.`;
  return cx.whole === call ? { hint, fixes: [replacement(`Add \`${word}\``, cx.file, start, `${word} `)] } : { hint };
}
