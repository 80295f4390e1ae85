/** services.ts: the contracts of Nexus services. */
import type { Operation, Service } from '../check/facts.js';
import {
  call,
  type Code,
  type Entry,
  from,
  imported,
  importedType,
  name,
  object,
  reference,
  string,
  ts,
  type TypeCode,
} from './code.js';
import { definitionComments } from './documentation.js';
import { concat, type Doc } from './print/doc.js';
import { braces, declaration, lines } from './print/statements.js';
import type { Program } from './program.js';
import { fieldDoc, typeCode } from './types.js';
import type { Module } from './write.js';

const nexus = (text: string) => imported('nexus-rpc', text);

export function servicesModule(program: Program): Module | undefined {
  const { services } = program;
  if (services.length === 0) return undefined;
  const taken = new Set<string>();
  const body = services.flatMap((service): Doc[] => {
    taken.add(program.serviceName(service));
    const inputs = service.operations.filter(({ params }) => params.length > 1);
    for (const one of inputs) taken.add(program.inputName(one));
    return [contract(program, service), ...inputs.map((one) => inputDoc(program, one))];
  });
  return { path: 'services.ts', body, taken };
}

/** What an operation takes: nothing, one value, or a record of several. */
export function inputType(program: Program, operation: Operation, isOwn = false): TypeCode {
  const [only, ...more] = operation.params;
  if (!only) return reference('void');
  if (more.length === 0) return typeCode(program, only.type);
  const text = program.inputName(operation);
  return reference(isOwn ? text : importedType('./services.js', text));
}

function contract(program: Program, service: Service): Doc {
  const { definition } = service;
  const file = definition && program.facts.fileOf.get(definition);
  const comments = file && program.comments(file);
  const entries = service.operations.map((operation): Entry => {
    const types = [inputType(program, operation, true), typeCode(program, operation.result)];
    const isRenamed = operation.wireName !== operation.name;
    const named = isRenamed ? [object({ name: string(operation.wireName) })] : [];
    const value = call(nexus('operation'), named, types);
    const node = operation.definition;
    if (!node || !file || !comments) return { key: operation.name, value };
    const inside = node.body === undefined ? [comments.of(node).trailing ?? [], comments.endOf(node)].flat() : [];
    return {
      key: operation.name,
      value: from(value, program.originOf(file, node)),
      comments: definitionComments(comments.of(node), inside),
    };
  });
  const operations: Code = { kind: 'object', entries, tall: true };
  const value = call(nexus('service'), [string(service.wireName), entries.length > 0 ? operations : object([])]);
  const above = definition && comments ? definitionComments(comments.of(definition)) : '';
  return concat(above, 'export ', declaration('const', name(program.serviceName(service)), value));
}

function inputDoc(program: Program, operation: Operation): Doc {
  const fields = operation.params.map(({ name: text, type }) => fieldDoc(program, text, type, false));
  return braces(ts`export interface ${program.inputName(operation)}`, lines(fields));
}
