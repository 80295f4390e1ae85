/** What a program defines, by name. */
import { type Label, type Reporter } from '../diagnostics/diagnostic.js';
import type { ParsedFile } from '../check/program.js';
import type { SourceFile } from '../source.js';
import { isBuiltInType } from '../types/heads.js';
import type {
  ActivityDef,
  Definition,
  EndpointDef,
  ExternActivity,
  ExternFunction,
  ExternWorkflow,
  InvalidNode,
  Name,
  NamespaceDef,
  OperationDef,
  ServiceDef,
  TypeDefinition,
  UnsupportedNode,
  WorkerDef,
  WorkflowDef,
} from '../syntax/ast.js';
import { keyIn, Packages } from './packages.js';

/** What can be named from elsewhere. */
export type NamedDefinition = Exclude<Definition, UnsupportedNode | InvalidNode>;

/** What a call that is no Nexus call can mean. */
export type Callee = WorkflowDef | ActivityDef | ExternWorkflow | ExternActivity;

export function isExtern({ kind }: Callee): boolean {
  return kind === 'ExternWorkflow' || kind === 'ExternActivity';
}

/** By keys, which tell packages apart: see packages.ts. Endpoints, workers and namespaces belong to no package. */
export interface Definitions {
  readonly packages: Packages;
  readonly workflows: ReadonlyMap<string, WorkflowDef>;
  readonly activities: ReadonlyMap<string, ActivityDef>;
  /** Those of the program, and those that it declares and that are defined elsewhere. */
  readonly callees: Readonly<Record<'workflow' | 'activity', ReadonlyMap<string, Callee>>>;
  readonly services: ReadonlyMap<string, ServiceDef>;
  /** Also those that stand in namespaces. */
  readonly endpoints: ReadonlyMap<string, EndpointDef>;
  /** In which namespace an endpoint stands, if it stands in one. */
  readonly namespaceOf: ReadonlyMap<EndpointDef, NamespaceDef>;
  readonly workers: ReadonlyMap<string, WorkerDef>;
  readonly namespaces: ReadonlyMap<string, NamespaceDef>;
  readonly types: ReadonlyMap<string, TypeDefinition>;
  readonly functions: ReadonlyMap<string, ExternFunction>;
  readonly fileOf: ReadonlyMap<NamedDefinition, SourceFile>;
  /** Whether the name of some workflow, or of some activity, could not be read: whatever is called may be that. */
  readonly unnamed: ReadonlySet<string>;
}

/** The kinds that share their names, and how messages call them. */
const families = {
  Workflow: 'workflow',
  Activity: 'activity',
  ExternWorkflow: 'workflow',
  ExternActivity: 'activity',
  Service: 'Nexus service',
  Endpoint: 'Nexus endpoint',
  Worker: 'worker',
  Namespace: 'namespace',
  RecordDef: 'type',
  AliasDef: 'type',
  EnumDef: 'type',
  ExternFunction: 'extern function',
} as const satisfies Readonly<Record<NamedDefinition['kind'], string>>;

/** What belongs to no package. */
const flat: ReadonlySet<string> = new Set(['Nexus endpoint', 'worker', 'namespace']);

/** Files by path, so that nothing depends on the order in which they were given. */
export function inOrder(files: readonly ParsedFile[]): ParsedFile[] {
  return [...files].sort((a, b) => (a.source.path < b.source.path ? -1 : a.source.path > b.source.path ? 1 : 0));
}

/** Collects definitions; of two with one name the first counts, and the second is reported. */
export function defineAll(files: readonly ParsedFile[], reporter: Reporter): Definitions {
  const tables = {
    workflow: new Map<string, WorkflowDef | ExternWorkflow>(),
    activity: new Map<string, ActivityDef | ExternActivity>(),
    'Nexus service': new Map<string, ServiceDef>(),
    'Nexus endpoint': new Map<string, EndpointDef>(),
    worker: new Map<string, WorkerDef>(),
    namespace: new Map<string, NamespaceDef>(),
    type: new Map<string, TypeDefinition>(),
    'extern function': new Map<string, ExternFunction>(),
  };
  const unnamed = new Set<string>();
  const packages = new Packages(files, reporter);
  const fileOf = new Map<NamedDefinition, SourceFile>();
  const namespaceOf = new Map<EndpointDef, NamespaceDef>();
  for (const { source, ast } of files) {
    for (const definition of ast.definitions.flatMap((one) => withEndpoints(one, namespaceOf))) {
      if (definition.kind === 'Unsupported' || definition.kind === 'Invalid') continue;
      fileOf.set(definition, source);
      const { text } = definition.name;
      const family = families[definition.kind];
      if (text === '') {
        unnamed.add(family);
        continue;
      }
      if (family === 'type') {
        if (isBuiltInType(text)) {
          reporter.report(source, 'TWF316', definition.name.span, { name: text, what: 'a type' });
          continue;
        }
      } else if (family !== 'extern function') reportReserved(source, definition.name, reporter);
      const table = tables[family] as Map<string, NamedDefinition>;
      const key = flat.has(family) ? text : keyIn(packages.of(source), text);
      const first = table.get(key);
      if (first) reportTwice(source, definition, first, fileOf.get(first)!, reporter);
      else table.set(key, definition);
    }
  }
  return {
    packages,
    workflows: onlyOf(tables.workflow, 'Workflow'),
    activities: onlyOf(tables.activity, 'Activity'),
    callees: tables,
    services: tables['Nexus service'],
    endpoints: tables['Nexus endpoint'],
    namespaceOf,
    workers: tables.worker,
    namespaces: tables.namespace,
    types: tables.type,
    functions: tables['extern function'],
    fileOf,
    unnamed,
  };
}

/** A definition, and the endpoints that stand in it. */
function withEndpoints(definition: Definition, namespaceOf: Map<EndpointDef, NamespaceDef>): Definition[] {
  if (definition.kind !== 'Namespace') return [definition];
  const endpoints = definition.entries.flatMap((one) => (one.kind === 'Endpoint' ? one : []));
  for (const one of endpoints) namespaceOf.set(one, definition);
  return [definition, ...endpoints];
}

function onlyOf<D extends Callee, K extends D['kind']>(
  table: ReadonlyMap<string, D>,
  kind: K,
): ReadonlyMap<string, Extract<D, { kind: K }>> {
  const isOne = (entry: [string, D]): entry is [string, Extract<D, { kind: K }>] => entry[1].kind === kind;
  return new Map([...table].filter(isOne));
}

function reportTwice(
  file: SourceFile,
  definition: NamedDefinition,
  first: NamedDefinition,
  firstFile: SourceFile,
  reporter: Reporter,
): void {
  const other = firstFile === file ? 'above' : `in ${firstFile.path}`;
  reporter.report(
    file,
    'TWF301',
    definition.name.span,
    { what: families[definition.kind], name: definition.name.text, other },
    {
      labels: [label(firstFile, first.name, 'the first one')],
      hint:
        firstFile === file
          ? 'Rename one of them.'
          : 'Check the files separately if they are not one program; else rename one of them, or give each a `package`.',
    },
  );
}

function label(file: SourceFile, name: Name, text: string): Label {
  return { file, span: name.span, text };
}

/** Temporal keeps these names for itself. */
const reserved = ['__temporal', '__stack_trace', '__enhanced_stack_trace'];

export function reportReserved(file: SourceFile, name: Name, reporter: Reporter): void {
  const prefix = reserved.find((one) => name.text.startsWith(one));
  const hint = 'Choose a name that begins otherwise.';
  if (prefix) reporter.report(file, 'TWF302', name.span, { name: name.text, prefix }, { hint });
}

export function operationsOf(services: Iterable<ServiceDef>): OperationDef[] {
  return [...services].flatMap(({ operations }) => operations);
}
