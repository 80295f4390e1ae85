/** Puts together what the emitter reads: every decision, by the node that it belongs to. */
import type {
  AwaitOneStmt,
  ActivityDef,
  Call,
  Expr,
  ExternActivity,
  ExternFunction,
  ExternWorkflow,
  ForStmt,
  Handler,
  NameExpr,
  OperationDef,
  StateEntry,
  Stmt,
  WorkflowDef,
} from '../syntax/ast.js';
import type { Callee } from '../symbols/definitions.js';
import type { NamedDefinition } from '../symbols/definitions.js';
import type { Package } from '../symbols/packages.js';
import { isCondition, isNeverAssigned, type VariableSymbol } from '../symbols/variable.js';
import type { Type } from '../types/type.js';
import { wireName } from '../options/wire-name.js';
import type { AllOptions } from './all-options.js';
import { partsOf } from './calls.js';
import { mostBranches } from './rules/nexus-fan-outs.js';
import { operationSignature } from './collect/signatures.js';
import { dependenciesOf, resultOfMeaning, type ResolvedDependencies } from './dependencies.js';
import type * as facts from './facts.js';
import { type Idle, idleValues } from './idle.js';
import type { Survey } from './survey.js';
import { handlerFacts, wireNameOf, workflowFacts } from './workflow-facts.js';
import type { RoutedEndpoint, RoutedOperation, RoutedService } from './routed.js';
import { declaredTypes } from './declared-types.js';
import type { Typed } from './verify/typed.js';
import type { Binding } from './places.js';
import { holesOf, memberName } from '../syntax/family.js';
import { placeNames, type Workers } from './workers.js';

export interface Resolved {
  readonly workers: Workers;
  readonly dependencies: ResolvedDependencies;
  readonly options: AllOptions;
  readonly tracing: boolean;
  /** Where extern functions are implemented, as generated code imports it. */
  readonly externs: string | undefined;
  /** How generated code imports a TypeScript file. */
  readonly importPath: (path: string) => string;
  /** What a namespace is called on the Temporal Service. */
  readonly deployedName: (namespace: string) => string;
}

export function assemble(typed: Typed, resolved: Resolved): facts.Facts {
  return new Assembly(typed, resolved).facts();
}

class Assembly {
  private readonly made = new Map<VariableSymbol, facts.Variable>();
  private readonly services = new Map<RoutedService, facts.Service>();
  private readonly operations = new Map<RoutedOperation, facts.Operation>();
  private readonly endpoints = new Map<RoutedEndpoint, facts.Endpoint>();
  private readonly workers: Workers;
  private readonly dependencies: ResolvedDependencies;
  private readonly options: AllOptions;
  private readonly tracing: boolean;
  private readonly externModule: string;
  private readonly importPath: (path: string) => string;
  private readonly deployedName: (namespace: string) => string;
  private readonly idle: Idle;

  constructor(
    private readonly typed: Typed,
    { workers, dependencies, options, tracing, externs, importPath, deployedName }: Resolved,
  ) {
    this.workers = workers;
    this.dependencies = dependencies;
    this.options = options;
    this.tracing = tracing;
    this.externModule = externs ?? '';
    this.importPath = importPath;
    this.deployedName = deployedName;
    this.idle = idleValues(typed);
  }

  facts(): facts.Facts {
    const { model } = this.typed;
    for (const service of model.nexus.services) this.service(service);
    const topology = this.topology();
    const workflows = new Map<WorkflowDef, facts.WorkflowFacts>();
    const handlers = new Map<Handler, facts.HandlerFacts>();
    const activities: facts.Facts['activities'] extends ReadonlyMap<infer K, infer V> ? Map<K, V> : never = new Map();
    const operations: facts.Facts['operations'] extends ReadonlyMap<infer K, infer V> ? Map<K, V> : never = new Map();
    for (const survey of model.surveys) {
      const { definition } = survey;
      const variables = model.variables.get(definition)!;
      const params = variables.params.map((one) => this.variable(one));
      const result = this.resultOf(definition);
      const last = definition.body?.at(-1);
      const isReturned = last?.kind === 'ExprStmt' && model.impliedReturns.has(last);
      const fallsThrough = variables.walk.end !== undefined && !isReturned;
      if (definition.kind === 'Activity') activities.set(definition, { params, result, fallsThrough });
      if (definition.kind === 'Operation') {
        const answers = definition.workflow ? 'workflow' : answersOf(survey, fallsThrough);
        operations.set(definition, { params, result, fallsThrough, answers, ...this.policyOf(definition) });
      }
      if (definition.kind !== 'Workflow') continue;
      const own = new Map<Handler, facts.HandlerFacts>();
      for (const [handler, { params: ofHandler, holdsFor, walk }] of variables.handlers) {
        const options = this.options.handlers.get(handler)!;
        const wireName = wireNameOf(handler, options);
        own.set(handler, {
          ...handlerFacts(this.typed, { ...survey, definition }, handler),
          wireName,
          options: options.filter(({ name }) => name !== 'name'),
          params: ofHandler.map((one) => this.variable(one)),
          result: this.resultOf(handler),
          fallsThrough: walk.end !== undefined,
          holdsFor: holdsFor.map((one) => this.variable(one)),
        });
      }
      for (const [handler, one] of own) handlers.set(handler, one);
      workflows.set(definition, {
        params,
        result,
        fallsThrough,
        options: this.options.workflows.get(definition)!,
        leading: variables.leading,
        ...workflowFacts(survey, own, this.options.calls),
      });
    }
    return {
      packages: model.definitions.packages,
      topology,
      services: model.nexus.services.map((service) => this.services.get(service)!),
      workflows,
      activities,
      operations,
      handlers,
      externs: this.externs(),
      types: declaredTypes(this.typed, this.dependencies, this.importPath),
      ...this.expressions(),
      ...this.statements(),
      calls: this.calls(),
      contracts: this.contracts(),
      functions: this.functions(),
      constants: this.constants(),
      allowedNamespaces: new Map([...model.allowedNamespaces].map(([name, { operation }]) => [name, operation])),
      sends: model.sends,
      messages: new Map([...model.messages].map(([one, { handler }]) => [one, handler])),
      raises: model.raises,
      abandoning: this.abandoning(),
      errorFields: model.errorFields,
      maps: model.maps,
      idle: this.idle.statements,
      impliedReturns: model.impliedReturns,
      fileOf: model.definitions.fileOf,
    };
  }

  private policyOf(definition: OperationDef): Pick<facts.OperationFacts, 'ignoresCancel' | 'retriesFaults'> {
    const options = new Map(this.options.operations.get(definition)!.map(({ name, value }) => [name, value]));
    const [onCancel, retries] = [options.get('onCancel'), options.get('retryUnknownErrors')];
    return {
      ignoresCancel: onCancel?.kind === 'constant' && onCancel.text === 'IGNORE',
      retriesFaults: retries?.kind === 'bool' && retries.value,
    };
  }

  private externs(): facts.Externs {
    const { signatures, receivers, definitions } = this.typed.model;
    const functions = new Map<ExternFunction, facts.ExternFacts>();
    for (const definition of definitions.functions.values()) {
      const { params, result } = signatures.get(definition)!;
      const receiver = receivers.get(definition);
      const all = [...(receiver === undefined ? [] : [{ name: 'self', slot: receiver }]), ...params];
      functions.set(definition, {
        params: all.map(({ name, slot }, i) => {
          const fallback = definition.params[i - (all.length - params.length)]?.default;
          return { name, type: this.typed.typeOf(slot), ...(fallback && { fallback }) };
        }),
        result: this.typed.typeOf(result),
      });
    }
    return { module: this.externModule, functions };
  }

  private resultOf(definition: Parameters<typeof this.typed.model.signatures.get>[0]): Type {
    return this.typed.typeOf(this.typed.model.signatures.get(definition)!.result);
  }

  // --- Variables and expressions

  private variable(symbol: VariableSymbol): facts.Variable {
    let variable = this.made.get(symbol);
    if (!variable) {
      const { name, role, declaredAt, reassigned, proven, assignedInClosure, initial } = symbol;
      const type = this.typed.typeOf(this.typed.model.variableSlots.get(symbol)!);
      const whole = role === 'parameter' || proven || type.kind === 'optional' || type.kind === 'unknown';
      variable = {
        name,
        role,
        read: !this.idle.variables.has(symbol),
        type: whole ? type : { kind: 'optional', of: type },
        declaredAt,
        reassigned,
        proven: proven || role === 'parameter',
        assignedInClosure,
        initial,
        isCondition: isCondition(symbol),
      };
      this.made.set(symbol, variable);
    }
    return variable;
  }

  private expressions(): Pick<facts.Facts, 'typeOf' | 'conversions' | 'members' | 'reads' | 'variables'> {
    const { model, conversions, members } = this.typed;
    const typeOf = (expr: Expr) => {
      const slot = model.slotOf.get(expr);
      return slot === undefined ? undefined : this.typed.typeOf(slot);
    };
    const variableOf = (name: NameExpr) => {
      const symbol = model.ofName.get(name);
      return symbol && !isNeverAssigned(symbol) ? this.variable(symbol) : undefined;
    };
    return {
      typeOf: { get: typeOf },
      conversions,
      members,
      reads: { get: (expr) => this.read(expr) },
      variables: { get: variableOf },
    };
  }

  private read(expr: Expr): facts.Read | undefined {
    const { model, checked } = this.typed;
    const name = checked.get(expr);
    if (name !== undefined) return { kind: 'checked', name };
    const seen = model.known.get(expr);
    if (model.boundBy.has(expr) && this.isAbsent(expr)) return undefined;
    const whole = seen === undefined ? undefined : this.wholeType(expr);
    if (seen === undefined || (whole?.kind !== 'optional' && whole?.kind !== 'null')) return undefined;
    // TypeScript follows a path only as far as it is sure that each part of it is there.
    const isPlain = expr.kind !== 'Field' || this.isWhollyThere(expr.of);
    return { kind: 'known', whole, seen: isPlain || seen === 'missing' ? seen : 'unknown' };
  }

  private isAbsent(expr: Expr): boolean {
    const { kind } = this.typed.typeOf(this.typed.model.slotOf.get(expr)!);
    return kind === 'optional' || kind === 'null';
  }

  /** The type of what an expression reads, whatever is known about it there. */
  private wholeType(expr: Expr): Type | undefined {
    const { model } = this.typed;
    const symbol = expr.kind === 'NameExpr' ? model.ofName.get(expr) : undefined;
    if (symbol && !isNeverAssigned(symbol)) return this.variable(symbol).type;
    const slot = model.wholeSlots.get(expr) ?? model.slotOf.get(expr);
    return slot === undefined ? undefined : this.typed.typeOf(slot);
  }

  private isWhollyThere(expr: Expr): boolean {
    return this.wholeType(expr)?.kind !== 'optional' && (expr.kind !== 'Field' || this.isWhollyThere(expr.of));
  }

  private statements(): Pick<
    facts.Facts,
    'hoisted' | 'shared' | 'state' | 'fanOuts' | 'alls' | 'continues' | 'timers'
  > {
    const hoisted = new Map<Stmt, facts.Variable[]>();
    const shared = new Map<WorkflowDef, facts.Variable[]>();
    const state = new Map<StateEntry, facts.Variable>();
    const fanOuts = new Map<ForStmt, facts.FanOut>();
    const alls: facts.Facts['alls'] extends ReadonlyMap<infer K, infer V> ? Map<K, V> : never = new Map();
    const continues: facts.Facts['continues'] extends ReadonlyMap<infer K, infer V> ? Map<K, V> : never = new Map();
    const timers: facts.Facts['timers'] extends ReadonlyMap<infer K, infer V> ? Map<K, V> : never = new Map();
    for (const { definition, ...found } of this.typed.model.surveys) {
      const { all, collected, shared: names, state: declared } = this.typed.model.variables.get(definition)!;
      for (const symbol of all) {
        if (
          (symbol.role !== 'local' && symbol.role !== 'collected') ||
          symbol.declaredAt ||
          !symbol.hoistedBefore ||
          isNeverAssigned(symbol)
        )
          continue;
        if (this.idle.variables.has(symbol)) continue;
        const list = hoisted.get(symbol.hoistedBefore) ?? [];
        list.push(this.variable(symbol));
        hoisted.set(symbol.hoistedBefore, list);
      }
      for (const { loop, lists } of collected) {
        const read = lists
          .filter(({ outer }) => !this.idle.variables.has(outer))
          .map(({ inner, outer }) => ({ inner: this.variable(inner), outer: this.variable(outer) }));
        const holdsNexusCall = found.calls.some(({ call }) => call.kind === 'NexusCall' && isInside(call, loop));
        fanOuts.set(loop, { collected: read, maxConcurrent: holdsNexusCall ? mostBranches : undefined });
      }
      for (const node of found.alls) alls.set(node, { maxConcurrent: undefined, onFailure: 'cancel' });
      for (const node of found.timers) timers.set(node, this.options.timers.get(node)!);
      if (definition.kind !== 'Workflow') continue;
      for (const node of found.continues) continues.set(node, definition);
      shared.set(
        definition,
        names.filter((one) => !one.entry && !this.idle.variables.has(one)).map((one) => this.variable(one)),
      );
      for (const one of declared) state.set(one.entry!, this.variable(one));
    }
    return { hoisted, shared, state, fanOuts, alls, continues, timers };
  }

  private abandoning(): ReadonlySet<AwaitOneStmt> {
    const abandons = ({ value }: facts.ResolvedOption) => value.kind === 'constant' && value.text === 'ABANDON';
    return new Set([...this.options.ones].flatMap(([one, options]) => (options.some(abandons) ? [one] : [])));
  }

  // --- Topology

  private service(routed: RoutedService): facts.Service {
    let service = this.services.get(routed);
    if (!service) {
      const operations = [...routed.operations.values()].map((one) => this.operation(one));
      const { name, origin, definition } = routed;
      const { callees, callsIn } = this.typed.model;
      const calls = (definition?.operations ?? []).flatMap((one) => callsIn.get(one) ?? []);
      const activities = [...new Set(calls.map((one) => callees.of(one)))].filter((one) => one?.kind === 'Activity');
      const isDependent =
        activities.length > 0 || (definition?.operations.some((one) => this.dependencies.of.has(one)) ?? false);
      const called = definition ? wireName(definition) : name;
      const owner = this.ownerOf(routed);
      service = { name, wireName: called, origin, definition, operations, activities, isDependent, owner };
      this.services.set(routed, service);
    }
    return service;
  }

  private ownerOf({ definition, operations }: RoutedService): Package {
    const { packages, fileOf } = this.typed.model.definitions;
    const file = definition ? fileOf.get(definition) : [...operations.values()].flatMap(({ calls }) => calls)[0]?.file;
    return packages.of(file!);
  }

  private operation(routed: RoutedOperation): facts.Operation {
    let operation = this.operations.get(routed);
    if (!operation) {
      const { params, result } = operationSignature(this.typed.model, routed);
      operation = {
        name: routed.name,
        wireName: routed.definition ? wireName(routed.definition) : routed.name,
        definition: routed.definition,
        workflow: routed.workflow,
        params: params.map(({ name, slot }, i) => {
          const mayLack = routed.definition?.params[i]?.default !== undefined;
          const type = this.typed.typeOf(slot);
          const sent: Type = mayLack && type.kind !== 'optional' ? { kind: 'optional', of: type } : type;
          return { name, type: sent, ...(mayLack && { mayLack }) };
        }),
        result: this.typed.typeOf(result),
        handled: routed.workflow !== undefined || routed.definition?.body !== undefined,
      };
      this.operations.set(routed, operation);
    }
    return operation;
  }

  private dependenciesOf(
    activities: readonly ActivityDef[],
    services: readonly RoutedService[],
  ): Pick<facts.Worker, 'dependencies' | 'serviceDependencies'> {
    const operations = services.flatMap(({ definition }) => definition?.operations ?? []);
    return {
      dependencies: dependenciesOf(this.typed, this.dependencies, activities),
      serviceDependencies: dependenciesOf(this.typed, this.dependencies, operations),
    };
  }

  private topology(): facts.Topology {
    const { packages, fileOf } = this.typed.model.definitions;
    const names = placeNames(this.workers.all);
    const workers = this.workers.all.map((one): facts.Worker => {
      const { name, places, definition, workflows, activities, services } = one;
      return {
        name,
        definition,
        places: places.map((place) => ({
          name: names.get(place)!,
          namespace: this.deployedName(place.namespace),
          taskQueue: place.taskQueue,
          options: this.options.ofPlace(definition, place),
        })),
        workflows: [...workflows],
        activities: [...activities],
        services: [...services].map((service) => this.service(service)),
        ...this.dependenciesOf([...activities], [...services]),
        dependenciesIn: (owner) => {
          const isOwn = (definition: NamedDefinition) => packages.of(fileOf.get(definition)!) === owner;
          return this.dependenciesOf(
            [...activities].filter(isOwn),
            [...services].filter(({ definition }) => definition && isOwn(definition)),
          );
        },
      };
    });
    const endpoints = this.typed.model.nexus.endpoints.flatMap((routed) => this.endpoint(routed));
    return { workers, endpoints, tracing: this.tracing };
  }

  /** An endpoint; of a family, its members. What a call of it means is kept. */
  private endpoint(routed: RoutedEndpoint): facts.Endpoint[] {
    const { name, definition, members, allowedCallers, description } = routed;
    const make = (binding: Binding, family: facts.EndpointFamily | undefined): facts.Endpoint => ({
      name: memberName(name, binding),
      definition,
      target: this.endpointTarget(routed, binding),
      isServed: this.workers.targetOf(routed) !== undefined,
      description: description && memberName(description, binding),
      services: routed.services.map((service) => this.service(service)),
      allowedCallers: allowedCallers?.map((caller) => this.deployedName(memberName(caller, binding))),
      family,
    });
    const family = members && {
      holes: holesOf(name).map(({ text }) => text),
      members: members.map((binding) => memberName(name, binding)),
    };
    const called = make(new Map(), family);
    this.endpoints.set(routed, called);
    return members?.map((binding) => make(binding, undefined)) ?? [called];
  }

  private endpointTarget(routed: RoutedEndpoint, binding: Binding): facts.EndpointTarget | undefined {
    if (routed.url !== undefined) return { external: { url: memberName(routed.url, binding) } };
    const { namespace, taskQueue } = this.workers.targetOf(routed) ?? routed;
    if (namespace === undefined || taskQueue === undefined) return undefined;
    const deployed = this.deployedName(memberName(namespace, binding));
    return { worker: { namespace: deployed, taskQueue: memberName(taskQueue, binding) } };
  }

  // --- Calls

  private calls(): Map<Call, facts.ResolvedCall> {
    const { model } = this.typed;
    const calls = new Map<Call, facts.ResolvedCall>();
    for (const { calls: sites, definition } of model.surveys) {
      for (const { call } of sites) {
        const resolved = this.call(call, definition.kind === 'Operation');
        if (resolved) calls.set(call, resolved);
      }
    }
    return calls;
  }

  private call(call: Call, inPlace: boolean): facts.ResolvedCall | undefined {
    const { model } = this.typed;
    const slot = model.callResults.get(call);
    if (slot === undefined) return undefined;
    const result = this.typed.typeOf(slot);
    const options = this.options.calls.get(call)!;
    switch (call.kind) {
      case 'ActivityCall': {
        const activity = model.callees.of(call) as ActivityDef | ExternActivity;
        return { kind: 'activity', inPlace, activity, params: this.paramsOf(activity), options, result };
      }
      case 'WorkflowCall': {
        const workflow = model.callees.of(call) as WorkflowDef | ExternWorkflow;
        return { kind: 'workflow', workflow, params: this.paramsOf(workflow), options, result };
      }
      case 'NexusCall': {
        const routed = model.nexus.calls.get(call)!;
        return {
          kind: 'nexus',
          endpoint: this.endpoints.get(routed.endpoint)!,
          service: this.service(routed.service),
          operation: this.operation(routed.operation),
          ...partsOf(options),
          result,
        };
      }
    }
  }

  private paramsOf(callee: Callee): facts.DependencyParam[] {
    const { params } = this.typed.model.signatures.get(callee)!;
    return params.map(({ name, slot }, i) => {
      const value = callee.params[i]?.default;
      const byCall = callee.kind === 'ExternActivity' || callee.kind === 'ExternWorkflow';
      const type = this.typed.typeOf(slot);
      return { name, type, ...(value && (byCall ? { fallback: value } : { mayLack: true })) };
    });
  }

  private contracts(): facts.Facts['contracts'] {
    const { definitions, callees } = this.typed.model;
    const { packages, fileOf } = definitions;
    const contracts = new Map<ExternWorkflow | ExternActivity, facts.Contract>();
    for (const callee of callees.used) {
      if (callee.kind !== 'ExternActivity' && callee.kind !== 'ExternWorkflow') continue;
      const owner = packages.of(fileOf.get(callee) ?? callees.inferred.get(callee)!);
      contracts.set(callee, { params: this.paramsOf(callee), result: this.resultOf(callee), owner });
    }
    return contracts;
  }

  private functions(): facts.Facts['functions'] {
    const functions = new Map(this.typed.model.functions);
    for (const meaning of this.dependencies.meanings) {
      const result = resultOfMeaning(this.typed, meaning);
      for (const { node } of meaning.uses) {
        if (node.kind === 'FunctionCall') functions.set(node, { kind: 'dependency', path: meaning.path, result });
      }
    }
    return functions;
  }

  private constants(): facts.Facts['constants'] {
    const found = this.dependencies.meanings.flatMap(({ path, uses }) =>
      uses.flatMap(({ node, args }) => (args ? [] : [[node, path] as const])),
    );
    return new Map(found);
  }
}

function answersOf({ calls, ends }: Survey, fallsThrough: boolean): facts.OperationFacts['answers'] {
  if (!calls.some(({ mode }) => mode === 'start')) return 'value';
  return ends.length > 0 || fallsThrough ? 'either' : 'workflow';
}

function isInside({ span }: Call, { span: outer }: ForStmt): boolean {
  return span.start >= outer.start && span.end <= outer.end;
}
