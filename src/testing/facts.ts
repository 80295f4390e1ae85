/** What the checker has found out, as lines that a test can compare. */
import type { Dependency, Facts, ResolvedOptions, ResolvedOptionValue, Variable } from '../check/facts.js';
import type { ParsedFile } from '../check/program.js';
import type { Call, NameExpr, Node } from '../syntax/ast.js';
import { walk } from '../syntax/visit.js';
import { printType } from '../types/print.js';
import type { NamedType } from '../types/type.js';

/** All nodes of one kind, in the order of the source. */
export function nodesOf<K extends Node['kind']>(files: readonly ParsedFile[], kind: K): Extract<Node, { kind: K }>[] {
  const found: Extract<Node, { kind: K }>[] = [];
  for (const { ast } of files) {
    walk(ast, {
      enter: (node) => {
        if (node.kind === kind) found.push(node as Extract<Node, { kind: K }>);
      },
    });
  }
  return found;
}

/** `Order { id: string, note?: string }`. */
export function recordLine({ name, fields }: NamedType): string {
  if (!fields) return `${name} unknown`;
  const printed = fields.map((one) => `${one.name}${one.optional ? '?' : ''}: ${printType(one.type)}`);
  return `${name} { ${printed.sort().join(', ')} }`;
}

/** The records of a program, by their names. */
export function recordsOf({ types }: Facts): string[] {
  return types.flatMap((one) => (one.kind === 'record' ? [recordLine(one.type)] : [])).sort();
}

/** `parcel: string, local, declared`. */
export function variableLine({ name, type, role, declaredAt, reassigned, proven, initial }: Variable): string {
  const notes = [
    role,
    ...(declaredAt ? ['declared'] : []),
    ...(reassigned ? ['reassigned'] : []),
    ...(proven ? [] : ['unproven']),
    ...(initial ? ['initial'] : []),
  ];
  return `${name}: ${printType(type)}, ${notes.join(', ')}`;
}

/** Every variable that some name stands for, in the order of the source. */
export function variablesOf(files: readonly ParsedFile[], { variables }: Facts): Variable[] {
  const names: NameExpr[] = nodesOf(files, 'NameExpr').sort((a, b) => a.span.start - b.span.start);
  return [...new Set(names.flatMap((one) => variables.get(one) ?? []))];
}

/** `scheduleToCloseTimeout: 5m, retry: { maximumAttempts: 3 }`. */
export function optionsLine(options: ResolvedOptions): string {
  return options.map(({ name, value }) => `${name}: ${optionText(value)}`).join(', ');
}

function optionText(value: ResolvedOptionValue): string {
  switch (value.kind) {
    case 'duration':
    case 'constant':
      return value.text;
    case 'number':
    case 'bool':
      return String(value.value);
    case 'string':
      return JSON.stringify(value.value);
    case 'strings':
      return value.values.join(' | ');
    case 'expression':
      return 'computed';
    case 'nested':
      return `{ ${optionsLine(value.options)} }`;
  }
}

/** `warehouse.reserve(id: string, items: []Item) -> string`, for each dependency. */
export function dependencyLines(dependencies: readonly Dependency[], path = ''): string[] {
  return dependencies.flatMap((one): string[] => {
    const name = `${path}${one.name}`;
    if (one.kind === 'group') return dependencyLines(one.members, `${name}.`);
    if (one.kind === 'constant') return [`${name}: ${printType(one.type)}`];
    const params = one.params.map((param) => `${param.name}: ${printType(param.type)}`).join(', ');
    return [`${name}(${params}) -> ${printType(one.result)}`];
  });
}

/** `payments payments/payments: CardWorkflow | ChargeCard | PaymentsService`, for each worker. */
export function workerLines({ topology }: Facts): string[] {
  return topology.workers.map(({ name, places, workflows, activities, services }) => {
    const lists = [workflows, activities].map((list) =>
      list
        .map((one) => one.name.text)
        .sort()
        .join(' '),
    );
    const served = services
      .map((one) => one.name)
      .sort()
      .join(' ');
    const at = places.map(({ namespace, taskQueue }) => `${namespace}/${taskQueue}`).join(' ');
    return `${name} ${at}: ${[...lists, served].join(' | ')}`;
  });
}

/** Whatever an emitter reads of a program, in an order that does not depend on that of the source. */
export function factLines(files: readonly ParsedFile[], facts: Facts): string[] {
  const lines = [...recordsOf(facts).map((one) => `type ${one}`), ...workerLines(facts).map((one) => `worker ${one}`)];
  for (const { name, dependencies } of facts.topology.workers) {
    lines.push(...dependencyLines(dependencies).map((one) => `dependency of ${name}: ${one}`));
  }
  for (const { name, target, services, allowedCallers } of facts.topology.endpoints) {
    const exposed = services
      .map((one) => one.name)
      .sort()
      .join(' ');
    lines.push(`endpoint ${name} -> ${JSON.stringify(target)}: ${exposed}, for ${allowedCallers?.join(' ')}`);
  }
  for (const { name, origin, operations } of facts.services) {
    for (const one of operations) {
      const params = one.params.map((param) => `${param.name}: ${printType(param.type)}`).join(', ');
      lines.push(`operation ${name}.${one.name}(${params}) -> ${printType(one.result)}, ${origin}, ${one.handled}`);
    }
  }
  for (const [workflow, { params, result, needsRun, closesExplicitly, leading }] of facts.workflows) {
    const own = `${params.map(variableLine).join('; ')} -> ${printType(result)}`;
    lines.push(`workflow ${workflow.name.text}: ${own}, ${needsRun}, ${closesExplicitly}, ${leading}`);
  }
  for (const { ast, source } of files) {
    for (const definition of ast.definitions) {
      if (!('name' in definition)) continue;
      const own = [{ source, ast: { ...ast, definitions: [definition] }, comments: [] }];
      const name = definition.name.text;
      for (const one of variablesOf(own, facts)) lines.push(`variable of ${name}: ${variableLine(one)}`);
      const calls: Call[] = [
        ...nodesOf(own, 'ActivityCall'),
        ...nodesOf(own, 'WorkflowCall'),
        ...nodesOf(own, 'NexusCall'),
      ];
      for (const call of calls) {
        const resolved = facts.calls.get(call);
        const via = resolved?.kind === 'nexus' ? ` via ${resolved.endpoint.name}.${resolved.service.name}` : '';
        const options = resolved && optionsLine(resolved.options);
        lines.push(`call in ${name}: ${call.name.text}${via} -> ${resolved && printType(resolved.result)}, ${options}`);
      }
    }
  }
  return lines.sort();
}
