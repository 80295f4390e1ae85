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
import { docComment, splitDocumentation } from './documentation.js';
import { concat, type Doc, hardline } from './print/doc.js';
import { braces, declaration, lines } from './print/statements.js';
import type { Program } from './program.js';
import { fieldDoc, typeCode } from './types.js';
import type { Module } from './write.js';

const nexus = (text: string) => imported('nexus-rpc', text);

export function servicesModule(program: Program): Module | undefined {
  const { services } = program.facts;
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
    const value = call(nexus('operation'), [], types);
    const node = operation.definition;
    const doc = node && comments ? splitDocumentation(comments.of(node).leading).doc : [];
    return {
      key: operation.name,
      value: node && file ? from(value, program.originOf(file, node)) : value,
      ...(doc.length > 0 ? { comments: concat(docComment(doc), hardline) } : {}),
    };
  });
  const operations: Code = { kind: 'object', entries, tall: true };
  const value = call(nexus('service'), [string(service.name), entries.length > 0 ? operations : object([])]);
  const doc = definition && comments ? splitDocumentation(comments.of(definition).leading).doc : [];
  const text = name(program.serviceName(service));
  return lines([...(doc.length > 0 ? [docComment(doc)] : []), concat('export ', declaration('const', text, value))]);
}

function inputDoc(program: Program, operation: Operation): Doc {
  const fields = operation.params.map(({ name: text, type }) => fieldDoc(program, text, type, false));
  return braces(ts`export interface ${program.inputName(operation)}`, lines(fields));
}
