/** workflows.ts: the workflows of all workers, with what they call. And an entry for each worker's bundle. */
import type { Endpoint, EndpointFamily, ResolvedCall, ResolvedOptions, Service } from '../check/facts.js';
import type { SourceFile } from '../source.js';
import { messageWords } from '../symbols/messages.js';
import type { ActivityDef, ExternActivity, Handler, Stmt, WorkflowDef } from '../syntax/ast.js';
import { wireName } from '../options/wire-name.js';
import { Body, type WorkflowModule } from './body.js';
import { isConstant, optionsCode } from './calls.js';
import {
  array,
  arrow,
  block,
  call,
  callMember,
  type Code,
  imported,
  importedType,
  mark,
  member,
  name,
  object,
  parameter,
  reference,
  string,
  template,
  ts,
  type TypeCode,
} from './code.js';
import { definitionComments, docComment, lineComments, splitDocumentation } from './documentation.js';
import { endsAbruptly } from './awaits.js';
import { expression } from './expressions.js';
import { fallThrough, givesNothing } from './endings.js';
import { messageDefinition, registration } from './handlers.js';
import { ModuleNames } from './module.js';
import { concat, type Doc, group, hardline, ifBreak, indent, join, line } from './print/doc.js';
import { exportedName, stringLiteral } from './print/literals.js';
import { braces, declaration, expressionStatement, leaving, lines, signatureDoc } from './print/statements.js';
import { localName, type Program, runtime, variableName } from './program.js';
import { camelCase, pascalCase } from './reserved.js';
import { stateDoc } from './state.js';
import { hoistedDoc, statementDoc, statementsDoc } from './statements.js';
import { expression as expressionDoc } from './print/expressions.js';
import { typeDoc } from './print/types.js';
import { typeCode } from './types.js';
import type { Module } from './write.js';

type ActivityCallFacts = Extract<ResolvedCall, { kind: 'activity' }>;

export class Workflows implements WorkflowModule {
  readonly names: ModuleNames;
  private readonly clients = new Map<string, { name: string; endpoint: Endpoint; service: Service }>();
  private readonly proxies: Proxies;

  constructor(readonly program: Program) {
    const own = program.workflows.flatMap((one) => [program.workflowName(one), ...program.localNames(one)]);
    const contracts = program.contracts.map((one) => program.contractName(one));
    this.names = new ModuleNames([...own, ...contracts]);
    this.nameMessages();
    this.nameClients();
    this.proxies = new Proxies(program, this.names);
  }

  /** What all signals, queries and updates are called, in the order of their definitions. */
  get messageNames(): readonly string[] {
    return [...this.program.messages.values()];
  }

  module(): Module {
    const { workflows } = this.program;
    const definitions = workflows.map((workflow) => this.workflow(workflow));
    const nameOf = (one: WorkflowDef) => this.program.workflowName(one);
    const renamed = workflows.filter((one) => nameOf(one) !== one.name.text);
    const exports = renamed.map((one) => `${nameOf(one)} as ${one.name.text}`);
    const ends = this.program.files.map(({ source, ast }) => lineComments(this.program.comments(source).endOf(ast)));
    const body = [
      ...this.contracts(),
      ...this.declarations(),
      ...definitions.flat(),
      ...ends.filter((one) => one.length > 0).map(lines),
      ...(exports.length > 0 ? [ts`export { ${exports.join(', ')} };`] : []),
    ];
    return { path: 'workflows.ts', body, taken: this.names.all() };
  }

  /** What is said of workflows that are defined elsewhere. */
  private contracts(): Doc[] {
    const { program } = this;
    const docs = program.contracts.flatMap((one): Doc[] => {
      if (one.kind !== 'ExternWorkflow') return [];
      const { params, result } = program.facts.contracts.get(one)!;
      const given = params.map((param) => ({ name: localName(param.name), type: typeCode(program, param.type) }));
      const type = typeDoc({
        kind: 'functionOf',
        params: given,
        result: reference('Promise', typeCode(program, result)),
      });
      const file = program.facts.fileOf.get(one);
      const above = file ? definitionComments(program.comments(file).of(one)) : '';
      return [concat(above, group(ts`export type ${program.contractName(one)} = ${type};`))];
    });
    return docs.length > 0 ? [lines(docs)] : [];
  }

  // --- What bodies use

  activity(resolved: ActivityCallFacts): Code {
    return this.proxies.activity(resolved);
  }

  proxy(activity: ActivityDef | ExternActivity, options: Code): Code {
    return this.proxies.withOptions(activity, options);
  }

  client(endpoint: Endpoint, service: Service): string {
    return this.clients.get(clientKey(endpoint, service))!.name;
  }

  message(handler: Handler): string | undefined {
    return this.program.messages.get(handler);
  }

  // --- Names

  private nameMessages(): void {
    const { handlers } = this.program.facts;
    const count = new Map<string, number>();
    const own = [...handlers].filter(([, { workflow }]) => this.program.workflows.includes(workflow));
    for (const [{ name }] of own) count.set(name.text, (count.get(name.text) ?? 0) + 1);
    for (const [handler, { workflow }] of own) {
      const text = handler.name.text;
      const suggested = count.get(text)! > 1 ? camelCase(workflow.name.text) + pascalCase(text) : camelCase(text);
      this.program.messages.set(
        handler,
        this.names.helper(suggested, suggested + pascalCase(messageWords[handler.kind])),
      );
    }
  }

  private nameClients(): void {
    const calls = this.program.calls.filter((one) => one.kind === 'nexus');
    const services = new Map<Endpoint, Set<Service>>();
    for (const { endpoint, service } of calls) {
      services.set(endpoint, (services.get(endpoint) ?? new Set()).add(service));
    }
    for (const [endpoint, used] of services) {
      for (const service of used) {
        const base = camelCase(endpoint.name);
        const whole = /endpoint$/i.test(base) ? base : `${base}Endpoint`;
        const own = used.size > 1 ? whole + pascalCase(service.name) : whole;
        this.clients.set(clientKey(endpoint, service), {
          name: this.names.helper(own, `${own}Client`),
          endpoint,
          service,
        });
      }
    }
  }

  // --- Declarations at the top

  private declarations(): Doc[] {
    const clients = [...this.clients.values()].map(({ name: text, endpoint, service }) => {
      const contract = name(
        imported(this.program.module(service.owner, 'services'), this.program.serviceName(service)),
      );
      const client = endpoint.family
        ? familyClient(endpoint.name, endpoint.family, contract)
        : call(imported(runtime.workflow, 'nexusClient'), [
            object({ endpoint: string(endpoint.name), service: contract }),
          ]);
      return declaration('const', name(text), client);
    });
    return [this.proxies.declarations(), clients].filter((one) => one.length > 0).map(lines);
  }

  private workflow(workflow: WorkflowDef): Doc[] {
    const file = this.program.facts.fileOf.get(workflow)!;
    return this.names.within((names) => this.workflowDocs(workflow, file, names));
  }

  private workflowDocs(workflow: WorkflowDef, file: SourceFile, names: ModuleNames): Doc[] {
    const body = new Body({ program: this.program, file, kind: 'workflow', names, module: this, definition: workflow });
    const facts = this.program.facts.workflows.get(workflow)!;
    if (facts.needsRun) body.run = names.helper('run', 'ownRun');
    for (const handler of workflow.handlers) {
      if (!this.program.facts.handlers.get(handler)!.awaited) continue;
      const text = camelCase(handler.name.text);
      body.inboxes.set(handler, names.helper(`${text}Inbox`, `${text}Arrivals`));
    }
    body.closesExplicitly = facts.closesExplicitly;
    const messages = workflow.handlers.map((handler) =>
      messageDefinition(body, handler, this.program.messages.get(handler)!),
    );
    const { apart, doc } = splitDocumentation(body.comments.of(workflow).leading);
    const params = facts.params.map((param, i) => {
      const given = workflow.params[i]!.default;
      const value = given ? concat(' = ', expressionDoc(expression(body, given), 'argument')) : '';
      return concat(variableName(param), ': ', typeDoc(typeCode(this.program, param.type)), value);
    });
    const signature = signatureDoc({ params, result: reference('Promise', typeCode(this.program, facts.result)) });
    const text = this.program.workflowName(workflow);
    const head = ts`${text === workflow.name.text ? 'export ' : ''}async function ${text}${signature}`;
    const statements = this.bodyDoc(body, workflow);
    const inRun = body.run === undefined ? statements : runDoc(body.run, statements);
    const definition = mark(braces(head, inRun), body.at(workflow));
    return [
      ...(apart.length > 0 ? [lines(lineComments(apart))] : []),
      ...(messages.length > 0 ? [lines(messages)] : []),
      lines([...(doc.length > 0 ? [docComment(doc)] : []), definition]),
    ];
  }

  /** What the body begins with; the handlers; the rest. */
  private bodyDoc(body: Body, workflow: WorkflowDef): Doc | undefined {
    const { facts } = this.program;
    const { leading } = facts.workflows.get(workflow)!;
    const shared = (facts.shared.get(workflow) ?? []).filter(({ declaredAt }) => !declaredAt);
    const start = [
      ...workflow.state.flatMap((entry) => stateDoc(body, entry) ?? []),
      ...shared.map((variable) => hoistedDoc(body, variable)),
      ...workflow.body.slice(0, leading).flatMap((one) => statementDoc(body, one) ?? []),
    ];
    const registered = workflow.handlers.map((handler) => registration(body, handler));
    const areShort = registered.every(({ isShort }) => isShort);
    const handlers = registered.map(({ doc }) => doc);
    const paragraphs: Doc[] = areShort
      ? [...start, ...handlers].length > 0
        ? [lines([...start, ...handlers])]
        : []
      : [...(start.length > 0 ? [lines(start)] : []), ...handlers];
    const rest = this.restDoc(body, workflow, leading);
    if (rest === undefined) return paragraphs.length > 0 ? separated(paragraphs) : undefined;
    return separated([...paragraphs, rest]);
  }

  private closeDoc(body: Body, statements: readonly Stmt[]): readonly Doc[] {
    if (!body.closesExplicitly || endsAbruptly(statements)) return [];
    return [expressionStatement(callMember(name(body.run!), 'close'))];
  }

  private restDoc(body: Body, workflow: WorkflowDef, leading: number): Doc | undefined {
    const statements = workflow.body.slice(leading);
    // A last `close` without a value says nothing that the end of the function does not say.
    const last = statements.at(-1);
    const isIdle =
      givesNothing(body) && last?.kind === 'Close' && last.outcome === 'complete' && !last.value && isBare(body, last);
    const main = isIdle ? statements.slice(0, -1) : statements;
    const doc = statementsDoc(body, main, body.comments.endOf(workflow));
    const end = givesNothing(body) ? this.closeDoc(body, main) : fallThrough(body);
    const parts = [...(doc === undefined ? [] : [doc]), ...end];
    return parts.length > 0 ? lines(parts) : undefined;
  }
}

/** `return workflowRun(async (run) => { … });` */
function runDoc(run: string, statements: Doc | undefined): Doc {
  const body = arrow([name(run)], block(statements), { async: true });
  return leaving('return', call(imported(runtime.workflow, 'workflowRun'), [body]));
}

function isBare(body: Body, statement: WorkflowDef['body'][number]): boolean {
  const { leading: comments, trailing } = body.comments.of(statement);
  return comments.length === 0 && trailing === undefined;
}

function separated(docs: readonly Doc[]): Doc {
  return concat(...docs.flatMap((doc, at) => (at > 0 ? [hardline, hardline, doc] : [doc])));
}

/** `(org: string) => familyClient(…)`: a client for each member. */
function familyClient(endpoint: string, { holes, members }: EndpointFamily, service: Code): Code {
  const texts = endpoint.split(/\{\w+\}/);
  const parts = texts.flatMap((text, at) => (at === 0 ? [text] : [name(localName(holes[at - 1]!)), text]));
  const params = [...new Set(holes)].map((one) => parameter(localName(one), reference('string')));
  const options = object({ endpoint: template(parts), members: array(members.map(string)), service });
  return arrow(params, call(imported(runtime.workflow, 'familyClient'), [options]));
}

function clientKey(endpoint: Endpoint, service: Service): string {
  return JSON.stringify([endpoint.name, service.name]);
}

/** Where activities are that are called alike: one interface of one activities.ts declares them. */
interface Home {
  readonly key: string;
  /** Of what calls them. */
  readonly name: string;
  readonly type: TypeCode;
}

/** Activities as workflows call them: those of a worker with its most common options by one name, others by their own. */
class Proxies {
  private readonly common = new Map<string, { home: Home; name: string; key: string; options: ResolvedOptions }>();
  private readonly others = new Map<
    string,
    Map<string, { options: ResolvedOptions; activities: Map<string, string> }>
  >();
  private readonly homes = new Map<ActivityDef | ExternActivity, Home>();

  constructor(
    private readonly program: Program,
    names: ModuleNames,
  ) {
    const calls = program.calls.filter(
      (one): one is ActivityCallFacts => one.kind === 'activity' && !one.inPlace && isConstant(one.options),
    );
    const order = [...program.allWorkers.map(({ name: text }) => text), ''];
    const homes = new Map(calls.map(({ activity }) => [this.homeOf(activity).key, this.homeOf(activity)]));
    const place = ({ key }: Home) => order.indexOf(key.slice(key.indexOf('\n') + 1));
    for (const home of [...homes.values()].sort((a, b) => place(a) - place(b))) {
      const own = calls.filter(({ activity }) => this.homeOf(activity).key === home.key);
      this.name(home, own, names);
    }
  }

  private homeOf(activity: ActivityDef | ExternActivity): Home {
    let home = this.homes.get(activity);
    if (!home) {
      home = this.findHome(activity);
      this.homes.set(activity, home);
    }
    return home;
  }

  private findHome(activity: ActivityDef | ExternActivity): Home {
    const { program } = this;
    if (activity.kind === 'ExternActivity') {
      const { owner } = program.facts.contracts.get(activity)!;
      const type = reference(importedType(program.module(owner, 'activities'), 'ExternActivities'));
      return { key: `${owner.id}\n`, name: 'externActivities', type };
    }
    const owner = program.ownerOf(activity);
    const worker = program.allWorkers.find(({ activities }) => activities.includes(activity))!;
    const interfaceName = program.ofWorker(worker, '', 'Activities');
    const type = reference(importedType(program.module(owner, 'activities'), interfaceName));
    const own = program.allWorkers.length > 1 ? program.workerKey(worker) : 'activities';
    const text = owner === program.owner ? own : `${camelCase(owner.name)}${pascalCase(own)}`;
    return { key: `${owner.id}\n${worker.name}`, name: text, type };
  }

  private name(home: Home, calls: readonly ActivityCallFacts[], names: ModuleNames): void {
    const count = new Map<string, number>();
    for (const { options } of calls) count.set(keyOf(options), (count.get(keyOf(options)) ?? 0) + 1);
    const [key] = [...count].reduce((most, one) => (one[1] > most[1] ? one : most));
    const { options } = calls.find((one) => keyOf(one.options) === key)!;
    const text = names.helper(home.name, `${home.name}Activities`);
    this.common.set(home.key, { home, name: text, key, options });
    const others = new Map<string, { options: ResolvedOptions; activities: Map<string, string> }>();
    for (const { activity, options: own } of calls) {
      if (keyOf(own) === key) continue;
      const set = others.get(keyOf(own)) ?? { options: own, activities: new Map<string, string>() };
      others.set(keyOf(own), set);
      const called = wireName(activity);
      if (!set.activities.has(called)) set.activities.set(called, names.helper(activity.name.text));
    }
    this.others.set(home.key, others);
  }

  activity({ activity, options }: ActivityCallFacts): Code {
    const home = this.homeOf(activity);
    const common = this.common.get(home.key)!;
    const key = keyOf(options);
    if (key === common.key) return member(name(common.name), wireName(activity));
    return name(this.others.get(home.key)!.get(key)!.activities.get(wireName(activity))!);
  }

  withOptions(activity: ActivityDef | ExternActivity, options: Code): Code {
    return this.proxy(this.homeOf(activity), options);
  }

  declarations(): Doc[] {
    return [...this.common.values()].flatMap(({ home, name: text, options }) => [
      declaration('const', name(text), this.proxy(home, optionsCode(undefined, options))),
      ...[...this.others.get(home.key)!.values()].map((set) => {
        const entries = [...set.activities].map(([key, local]) => ({ key, value: name(local) }));
        return declaration('const', object(entries), this.proxy(home, optionsCode(undefined, set.options)));
      }),
    ]);
  }

  private proxy({ type }: Home, options: Code): Code {
    return call(imported('@temporalio/workflow', 'proxyActivities'), [options], [type]);
  }
}

function keyOf(options: ResolvedOptions): string {
  return JSON.stringify(options);
}

// --- Entries

/** What each worker's bundle holds; where it is just all workflows of the only package, that is workflows.ts itself. */
export function entryModules(program: Program): Module[] {
  return program.allWorkers.flatMap((worker): Module[] => {
    const path = `${program.entryModule(worker)}.ts`;
    if (worker.workflows.length === 0 || worker.places.length === 0 || path === 'workflows.ts') return [];
    const owners = [...new Set(worker.workflows.map((one) => program.ownerOf(one)))];
    const exports = owners.map((owner) => {
      const own = worker.workflows.filter((one) => program.ownerOf(one) === owner);
      const names = own.map(exported).sort();
      const list = group(concat('{', indent(line, join(concat(',', line), names)), ifBreak(','), line, '}'));
      return concat('export ', list, ' from ', stringLiteral(program.module(owner, 'workflows')), ';');
    });
    return [{ path, body: [lines(exports)], taken: new Set() }];
  });
}

/** As what a bundle exports a workflow: Temporal finds it by that. */
function exported(workflow: WorkflowDef): string {
  const [text, called] = [workflow.name.text, wireName(workflow)];
  return called === text ? text : `${text} as ${exportedName(called)}`;
}
