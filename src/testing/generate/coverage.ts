/** What of the language the generated programs must hold: every kind of node, and what tells nodes of one kind apart. */
import type { BuiltinName } from '../../check/facts.js';
import { canonicalKey, type OptionContext } from '../../options/options.js';
import type { CallMode, Dialect, ForHead, Node } from '../../syntax/ast.js';
import { walk } from '../../syntax/visit.js';

/** Why the programs do not hold it; undefined for what the programs must hold. */
type Reason = string | undefined;
type Table<K extends string> = { readonly [key in K]: Reason };

const held: Reason = undefined;
const toCome: Reason = 'The generator does not make it yet.';

/** Every kind of node. */
const nodes: Table<Node['kind']> = {
  File: held,
  PackageClause: held,
  ImportClause: held,
  UseTypes: held,
  Workflow: held,
  Activity: held,
  StateVariable: held,
  Condition: held,
  SignalHandler: held,
  QueryHandler: held,
  UpdateHandler: held,
  Service: held,
  Operation: held,
  Endpoint: held,
  Worker: held,
  WorkerEntry: held,
  Namespace: held,
  WorkerPlace: held,
  ExternFunction: held,
  ExternWorkflow: held,
  ExternActivity: held,
  RecordDef: held,
  FieldDef: held,
  AliasDef: held,
  EnumDef: held,
  Param: held,
  ResultType: held,
  NamedType: held,
  ListType: held,
  MapType: held,
  OptionalType: held,
  TupleType: held,
  CallStmt: held,
  ActivityCall: held,
  WorkflowCall: held,
  NexusCall: held,
  Binding: held,
  Assign: held,
  Set: held,
  Send: held,
  Put: toCome,
  Message: held,
  CancelWorkflow: held,
  StartWorkflow: held,
  StartSignal: held,
  ListWorkflows: held,
  If: held,
  IfBranch: held,
  Switch: held,
  SwitchCase: held,
  Try: held,
  Catch: held,
  Block: held,
  For: held,
  Return: held,
  ReturnWorkflow: held,
  Close: held,
  ContinueAsNew: held,
  Raise: held,
  Await: held,
  Start: held,
  AwaitAll: held,
  AwaitOne: held,
  AwaitCase: held,
  Timer: held,
  Signal: held,
  Update: held,
  Handle: held,
  Break: held,
  Continue: held,
  ExprStmt: held,
  Unsupported: 'It has been reported as not compiled yet.',
  Invalid: 'It has been reported as a line that cannot be read.',
  OptionBlock: held,
  OptionEntry: held,
  WordList: held,
  Word: held,
  Number: held,
  String: held,
  Bool: held,
  Null: held,
  Duration: held,
  NameExpr: held,
  Field: held,
  Index: held,
  FunctionCall: held,
  Unary: held,
  Binary: held,
  List: held,
  Record: held,
  RecordField: held,
  Arg: held,
  Name: held,
};

const loops: Table<ForHead['kind']> = { Forever: held, While: held, In: held, Entries: held };
const modes: Table<CallMode> = { blocking: held, spawn: held, detach: held };
const dialects: Table<Dialect> = { classic: held, current: held };

const functions: Table<BuiltinName> = {
  len: held,
  append: held,
  contains: held,
  keys: held,
  values: held,
  min: held,
  max: held,
  abs: held,
  floor: held,
  round: held,
  range: held,
  string: held,
  int: held,
  float: held,
  decimal: held,
  now: held,
  uuid: held,
  random: held,
  heartbeat: held,
  get_heartbeat_details: held,
  get_activity_task_token: held,
  do_not_complete: held,
  cancelled: held,
  attempt: held,
  get_nexus_caller_info: held,
  get_caller_info: held,
  patched: toCome,
};

/** Where options stand. */
const contexts: Table<OptionContext> = {
  activity: held,
  activityDefinition: held,
  workflow: held,
  workflowDefinition: held,
  nexus: held,
  inPlace: 'These are options of an activity call, which an operation makes.',
  start: held,
  retry: held,
  priority: held,
  endpoint: held,
  worker: held,
  service: toCome,
  operation: 'None of its keys is compiled yet.',
  signal: held,
  query: held,
  update: held,
  all: 'None of its keys is compiled yet.',
  one: held,
  timer: held,
};

/** What is told apart in no table of the tree. */
const forms = {
  'a list of several names': (node) => node.kind === 'Binding' && node.targets.length > 1,
  'a field that is bound': (node) => node.kind === 'Binding' && node.targets[0]?.kind === 'Field',
  'an argument by name': (node) => node.kind === 'Arg' && node.name !== undefined,
  'a parameter with a value of its own': (node) => node.kind === 'Param' && node.default !== undefined,
  'a parameter without a type': (node) => node.kind === 'Param' && node.type === undefined,
  'a service of a call': (node) => node.kind === 'NexusCall' && node.service !== undefined,
  'a member of a family': (node) => node.kind === 'NexusCall' && node.family.length > 0,
  'a method': (node) => node.kind === 'ExternFunction' && node.receiver !== undefined,
  'a workflow behind an operation': (node) => node.kind === 'Operation' && node.workflow !== undefined,
  'a contract': (node) => node.kind === 'Activity' && node.body === undefined,
  'an error that is not retried': (node) => node.kind === 'Raise' && !node.retryable,
  'an error that is retried later': (node) => node.kind === 'Raise' && node.retryIn !== undefined,
  'an error that is raised again': (node) => node.kind === 'Raise' && node.error === undefined,
  'what is done finally': (node) => node.kind === 'Try' && node.ending !== undefined,
  'a failure': (node) => node.kind === 'Close' && node.outcome === 'fail',
  'branches that go on': (node) => node.kind === 'Start' && node.operand.kind === 'AwaitAll',
  'a started wait for an update': (node) => node.kind === 'Start' && node.operand.kind === 'Update',
  'branches in a race': (node) => node.kind === 'AwaitCase' && node.operand.kind === 'AwaitAll',
  'losers that go on': (node) =>
    node.kind === 'AwaitOne' && /ABANDON/i.test(JSON.stringify(node.options?.entries.map(({ value }) => value))),
  'another name of a package': (node) => node.kind === 'ImportClause' && node.alias !== undefined,
} as const satisfies Readonly<Record<string, (node: Node) => boolean>>;

const tables = { node: nodes, for: loops, call: modes, dialect: dialects, function: functions, options: contexts };

/** Everything that programs must hold. */
export const wanted: readonly string[] = [
  ...Object.entries(tables).flatMap(([table, rows]) =>
    Object.entries<Reason>(rows).flatMap(([key, reason]) => (reason === undefined ? [`${table} ${key}`] : [])),
  ),
  ...Object.keys(forms),
];

/** What of it a tree holds is added to a set. */
export function note(root: Node, seen: Set<string>): void {
  const parents = new Map<Node, Node>();
  walk(root, {
    enter: (node, parent) => {
      if (parent) parents.set(node, parent);
      for (const one of namesOf(node, parent, parent && parents.get(parent))) seen.add(one);
    },
  });
}

function namesOf(node: Node, parent: Node | undefined, around: Node | undefined): string[] {
  const names = [`node ${node.kind}`];
  if (node.kind === 'For') names.push(`for ${node.head.kind}`);
  if (node.kind === 'CallStmt') names.push(`call ${node.mode}`);
  if ('dialect' in node && node.dialect) names.push(`dialect ${node.dialect}`);
  if (node.kind === 'FunctionCall') {
    const { callee } = node;
    if (callee.kind === 'NameExpr') names.push(`function ${callee.text}`);
    if (callee.kind === 'Field') names.push(`function ${callee.field.text}`);
  }
  if (node.kind === 'OptionBlock') names.push(`options ${contextOf(parent, around)}`);
  if (node.kind === 'OptionEntry') {
    const nested = (['retry', 'priority'] as const).filter((one) =>
      canonicalKey('activity', node.key.text)?.startsWith(one),
    );
    names.push(...nested.map((one) => `options ${one}`));
  }
  return [...names, ...Object.entries(forms).flatMap(([name, is]) => (is(node) ? [name] : []))];
}

function contextOf(parent: Node | undefined, around: Node | undefined): OptionContext | undefined {
  switch (parent?.kind) {
    case 'Activity':
      return 'activityDefinition';
    case 'Workflow':
      return 'workflowDefinition';
    case 'ActivityCall':
      return 'activity';
    case 'WorkflowCall':
      return around?.kind === 'ReturnWorkflow' || around?.kind === 'StartWorkflow' ? 'start' : 'workflow';
    case 'NexusCall':
      return 'nexus';
    case 'Endpoint':
      return 'endpoint';
    case 'Worker':
    case 'WorkerPlace':
      return 'worker';
    case 'SignalHandler':
      return 'signal';
    case 'QueryHandler':
      return 'query';
    case 'UpdateHandler':
      return 'update';
    case 'AwaitOne':
      return 'one';
    case 'AwaitAll':
      return 'all';
    case 'Timer':
      return 'timer';
    default:
      return undefined;
  }
}
