/** Walking the tree: one table of the keys that hold children serves every walk. */
import type { Node } from './ast.js';

type Keys<K extends Node['kind']> = readonly Exclude<keyof Extract<Node, { kind: K }>, 'kind' | 'span'>[];

/** Where the children of each kind of node are, in the order of the source as far as keys can give it. */
export const CHILD_KEYS: { readonly [K in Node['kind']]: Keys<K> } = {
  File: ['package', 'imports', 'uses', 'definitions'],
  PackageClause: ['name'],
  ImportClause: ['alias', 'path'],
  UseTypes: ['path'],
  Workflow: ['name', 'params', 'result', 'options', 'state', 'handlers', 'body'],
  Activity: ['name', 'params', 'result', 'options', 'body'],
  StateVariable: ['name', 'type', 'initial'],
  Condition: ['name'],
  SignalHandler: ['name', 'params', 'options', 'body'],
  QueryHandler: ['name', 'params', 'result', 'options', 'body'],
  UpdateHandler: ['name', 'params', 'result', 'options', 'body'],
  Service: ['name', 'options', 'operations'],
  Operation: ['name', 'params', 'result', 'workflow', 'options', 'body'],
  Endpoint: ['name', 'options'],
  Worker: ['name', 'options', 'entries'],
  WorkerEntry: ['name'],
  Namespace: ['name', 'entries'],
  WorkerPlace: ['name', 'options'],
  ExternFunction: ['receiver', 'name', 'params', 'result'],
  ExternWorkflow: ['name', 'params', 'result'],
  ExternActivity: ['name', 'params', 'result'],
  RecordDef: ['name', 'fields'],
  FieldDef: ['name', 'type'],
  AliasDef: ['name', 'type'],
  EnumDef: ['name', 'members'],
  Param: ['name', 'type', 'default'],
  ResultType: ['type'],
  NamedType: [],
  ListType: ['item'],
  MapType: ['key', 'value'],
  OptionalType: ['of'],
  TupleType: ['items'],
  CallStmt: ['call', 'binding'],
  ActivityCall: ['name', 'args', 'options'],
  WorkflowCall: ['name', 'args', 'options'],
  NexusCall: ['endpoint', 'family', 'service', 'name', 'args', 'options'],
  Binding: ['targets'],
  Assign: ['target', 'value'],
  Put: ['map', 'key', 'value'],
  Set: ['condition'],
  Send: ['handle', 'name', 'args'],
  Message: ['id', 'workflow', 'name', 'args', 'binding'],
  CancelWorkflow: ['id', 'binding'],
  StartWorkflow: ['call', 'signal', 'binding'],
  StartSignal: ['name', 'args'],
  ListWorkflows: ['query', 'binding'],
  If: ['branches', 'otherwise'],
  IfBranch: ['condition', 'body'],
  Switch: ['subject', 'cases', 'otherwise'],
  SwitchCase: ['values', 'body'],
  Try: ['body', 'catches', 'ending'],
  Catch: ['error', 'name', 'body'],
  Block: ['body'],
  For: ['head', 'body'],
  Return: ['value'],
  ReturnWorkflow: ['call'],
  Close: ['value'],
  ContinueAsNew: ['args'],
  Raise: ['error', 'args', 'retryIn'],
  Await: ['operand', 'binding'],
  Start: ['operand', 'binding'],
  AwaitAll: ['options', 'body'],
  AwaitOne: ['options', 'cases'],
  AwaitCase: ['operand', 'binding', 'body'],
  Timer: ['duration', 'options'],
  Signal: ['name'],
  Update: ['name'],
  Handle: ['handle'],
  Break: [],
  Continue: [],
  ExprStmt: ['expr'],
  Unsupported: [],
  Invalid: [],
  OptionBlock: ['entries'],
  OptionEntry: ['key', 'value'],
  WordList: ['words'],
  Word: [],
  Number: [],
  String: ['parts'],
  Bool: [],
  Null: [],
  Duration: [],
  NameExpr: [],
  Field: ['of', 'field'],
  Index: ['of', 'index'],
  FunctionCall: ['callee', 'args'],
  Unary: ['operand'],
  Binary: ['left', 'right'],
  List: ['items'],
  Record: ['name', 'fields'],
  Arg: ['name', 'value'],
  RecordField: ['name', 'value'],
  Name: [],
};

export function children(node: Node): Node[] {
  const found: Node[] = [];
  const fields = node as unknown as Readonly<Record<string, unknown>>;
  for (const key of CHILD_KEYS[node.kind]) collect(fields[key], found);
  return found;
}

/** Nodes stand in fields, in lists, and in the head of a `for`, which is no node itself. */
function collect(value: unknown, found: Node[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const one of value as unknown[]) collect(one, found);
  else if ('span' in value) found.push(value as Node);
  else for (const part of Object.values(value)) collect(part, found);
}

export interface Visitor {
  /** Before the children; `false` leaves them out. */
  enter?(node: Node, parent: Node | undefined): boolean | void;
  /** After the children. */
  leave?(node: Node, parent: Node | undefined): void;
}

export function walk(node: Node, visitor: Visitor, parent?: Node): void {
  if (visitor.enter?.(node, parent) === false) return;
  for (const child of children(node)) walk(child, visitor, node);
  visitor.leave?.(node, parent);
}

/** The innermost node at an offset: the one that a cursor there belongs to, also right behind its last character. */
export function nodeAt(root: Node, offset: number): Node {
  const holds = ({ span }: Node) => span.start <= offset && offset <= span.end;
  const inside = children(root).filter(holds);
  const inner = inside.find(({ span }) => offset < span.end) ?? inside.at(-1);
  return inner === undefined ? root : nodeAt(inner, offset);
}
