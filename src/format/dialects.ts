/**
 * From one dialect to the other. Each kind of node says what becomes of it: a construct that both dialects have is written
 * anew, one that the other has not stays, and is named. Only text is replaced; comments are never part of what is.
 */
import type { ParsedFile } from '../check/program.js';
import { addTo } from '../group.js';
import { Reporter } from '../diagnostics/diagnostic.js';
import { SourceFile, type Span } from '../source.js';
import type { Dialect, Node, RequestStmt } from '../syntax/ast.js';
import { parseFile } from '../syntax/parse.js';
import { walk } from '../syntax/visit.js';
import { rewriteOptions } from './dialect-options.js';
import { format, type Formatted } from './format.js';
import { Rewriting } from './rewriting.js';

/** What stays as it is written, for the other dialect has no counterpart. */
export interface Left {
  readonly span: Span;
  /** As a sentence begins: "`async` operations". */
  readonly what: string;
}

export interface Converted {
  readonly text: string;
  readonly left: readonly Left[];
}

/** `false` leaves its parts as they are. */
type Rule<K extends Node['kind']> = (
  node: Extract<Node, { kind: K }>,
  rewriting: Rewriting,
  parent: Node | undefined,
) => boolean | void;

/** It is written alike in both, or its parts decide. */
const alike = () => {};

/** The classic dialect has nothing like it. */
const current =
  (what: string) =>
  ({ span }: Node, rewriting: Rewriting): boolean => {
    if (rewriting.to === 'current') return true;
    rewriting.leave(span, what);
    return false;
  };

/** What stands behind an arrow, or before `=`. */
const bound = (node: RequestStmt, rewriting: Rewriting): void =>
  rewriting.bindBehind(rewriting.placeOf(node), node.binding);

const rules: { readonly [K in Node['kind']]: Rule<K> } = {
  File: alike,
  PackageClause: alike,
  ImportClause: alike,
  ExternWorkflow: alike,
  ExternActivity: alike,
  UseTypes: alike,
  Workflow: alike,
  Activity: alike,
  StateVariable: current('names under `state:`'),
  Condition: current('conditions'),
  SignalHandler: alike,
  QueryHandler: alike,
  UpdateHandler: alike,
  Service: (node, rewriting) => {
    if (node.dialect !== rewriting.to) rewriting.replaceWord(node.span.start, ...SERVICE[rewriting.to]);
  },
  Operation: (node, rewriting) => {
    if (node.dialect === rewriting.to) return;
    if (node.workflow) rewriting.leave(node.span, '`async` operations');
    else rewriting.replaceWord(node.span.start, ...OPERATION[rewriting.to]);
  },
  Endpoint: (node, rewriting) => {
    if (node.dialect === rewriting.to) return;
    rewriting.replaceWord(node.span.start, ...ENDPOINT[rewriting.to]);
    rewriting.endWithColon(node.span.start);
  },
  Worker: current('`worker` definitions'),
  WorkerEntry: alike,
  Namespace: current('`namespace` definitions'),
  WorkerPlace: alike,
  ExternFunction: alike,
  RecordDef: alike,
  FieldDef: alike,
  AliasDef: alike,
  EnumDef: alike,
  Param: alike,
  ResultType: ({ type }, rewriting, parent) => {
    if (parent?.kind !== 'ExternFunction' && type.kind !== 'TupleType') rewriting.parenthesise(type.span);
  },
  NamedType: alike,
  ListType: alike,
  MapType: alike,
  OptionalType: alike,
  TupleType: alike,
  CallStmt: (node, rewriting) => {
    const place = rewriting.placeOf(node);
    if (node.mode === 'spawn') rewriting.start(place, node.binding);
    else rewriting.bindBehind(place, node.binding);
  },
  Start: ({ span, operand, binding }, rewriting) => {
    if (rewriting.to === 'classic') rewriting.leave(span, `\`promise\` of ${STARTED[operand.kind]}`);
    else rewriting.start(span.start, binding);
  },
  ActivityCall: alike,
  WorkflowCall: alike,
  NexusCall: (node, rewriting) => rewriting.callOperation(node),
  Binding: alike,
  Assign: alike,
  Put: alike,
  Send: current('signals to started workflows'),
  Message: bound,
  CancelWorkflow: bound,
  StartWorkflow: bound,
  StartSignal: alike,
  ListWorkflows: bound,
  Set: current('`set` and `unset`'),
  If: alike,
  IfBranch: ({ span, condition }, rewriting) => {
    rewriting.parenthesiseHead(condition.span);
    if (rewriting.to === 'current' && rewriting.beginsWith(span.start, 'elif')) rewriting.leave(span, '`elif`');
  },
  Switch: ({ subject }, rewriting) => rewriting.parenthesiseHead(subject.span),
  SwitchCase: alike,
  Try: alike,
  Catch: alike,
  Block: alike,
  For: ({ head }, rewriting) => {
    if (head.kind === 'While') rewriting.parenthesiseHead(head.condition.span);
    else if (head.kind !== 'Forever') rewriting.parenthesiseHead(head.of.span);
  },
  Return: alike,
  ReturnWorkflow: alike,
  Close: ({ span, outcome, value }, rewriting) => rewriting.close(span, outcome, value?.span),
  ContinueAsNew: ({ span }, rewriting) => {
    const [from, to] = rewriting.to === 'current' ? CONTINUE : CONTINUE.toReversed();
    rewriting.replaceWord(span.start, from!, to!);
  },
  Raise: alike,
  Await: ({ span, operand, binding }, rewriting) => {
    const options = operand.kind === 'Timer' ? operand.options : undefined;
    rewriting.bindBehind(rewriting.placeOf({ span, options }), binding);
  },
  AwaitAll: alike,
  AwaitOne: alike,
  AwaitCase: alike,
  Timer: alike,
  Signal: alike,
  Update: alike,
  Handle: alike,
  Break: alike,
  Continue: alike,
  ExprStmt: alike,
  Unsupported: alike,
  Invalid: alike,
  OptionBlock: rewriteOptions,
  OptionEntry: alike,
  WordList: alike,
  Word: alike,
  Number: alike,
  String: alike,
  Bool: alike,
  Null: alike,
  Duration: alike,
  NameExpr: alike,
  Field: alike,
  Index: alike,
  FunctionCall: alike,
  Unary: alike,
  Binary: alike,
  List: alike,
  Record: alike,
  Arg: alike,
  RecordField: alike,
  Name: alike,
};

/** What no program of the classic dialect starts without waiting for it. */
const STARTED = {
  Timer: 'a timer',
  Signal: 'a signal',
  Update: 'an update',
  Handle: 'a handle',
  AwaitAll: 'an `await all`',
} as const;

type Words = readonly [from: string, to: string];
const SERVICE: Readonly<Record<Dialect, Words>> = {
  current: ['nexus_service', 'nexus service'],
  classic: ['nexus service', 'nexus_service'],
};
const ENDPOINT: Readonly<Record<Dialect, Words>> = {
  current: ['nexus_endpoint', 'nexus endpoint'],
  classic: ['nexus endpoint', 'nexus_endpoint'],
};
const OPERATION: Readonly<Record<Dialect, Words>> = {
  current: ['operation', 'sync'],
  classic: ['sync', 'operation'],
};
const CONTINUE: Words = ['continue_as_new', 'close continue_as_new'];

/** The services that have an operation of a name, in a whole program. */
function servicesByOperation(files: readonly ParsedFile[]): ReadonlyMap<string, readonly string[]> {
  const services = new Map<string, string[]>();
  for (const definition of files.flatMap(({ ast }) => ast.definitions)) {
    if (definition.kind !== 'Service') continue;
    for (const { name } of definition.operations) addTo(services, name.text, definition.name.text);
  }
  return services;
}

/** A file in one dialect. */
export interface InDialect extends Formatted {
  /** What the dialect cannot say: places in the text. */
  readonly left: readonly Left[];
}

/** Formats the files of a program, in one dialect as far as it has what they say. */
export function formatAs(sources: readonly SourceFile[], to: Dialect): ReadonlyMap<SourceFile, InDialect> {
  const files = sources.map((source) => ({ source, ...format(source) }));
  const parsed = files.map(({ source, text }) => parse(source.path, text));
  const services = servicesByOperation(parsed.map(({ file }) => file));
  return new Map(
    files.map(({ source, kept }, at) => {
      const converted = convert(parsed[at]!, to, services);
      const { text } = format(new SourceFile(source.path, converted.text));
      return [source, { text, kept, left: convert(parse(source.path, text), to, services).left }];
    }),
  );
}

interface Parsed {
  readonly file: ParsedFile;
  /** Where it cannot be read: the definitions that hold such a place stay as they are. */
  readonly errors: readonly Span[];
}

function parse(path: string, text: string): Parsed {
  const reporter = new Reporter();
  const file = parseFile(new SourceFile(path, text), reporter);
  return { file, errors: reporter.all.filter(({ severity }) => severity === 'error').map(({ span }) => span) };
}

/** @param file formatted: its lines are indented by four spaces */
function convert({ file, errors }: Parsed, to: Dialect, services: ReadonlyMap<string, readonly string[]>): Converted {
  const rewriting = new Rewriting(file, to, services);
  const definitions: ReadonlySet<Node> = new Set(file.ast.definitions);
  walk(file.ast, {
    enter(node, parent) {
      const isUnread = errors.some(({ start }) => start >= node.span.start && start <= node.span.end);
      if (isUnread && definitions.has(node)) return false;
      return (rules[node.kind] as Rule<Node['kind']>)(node as never, rewriting, parent);
    },
  });
  return rewriting.finish();
}
