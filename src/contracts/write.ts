import { stringify } from 'yaml';
import type { Type } from '../types/type.js';
import { walkType } from '../types/walk.js';
import type { Contract, ContractOperation, ContractService } from './contract.js';
import { type Json, jsonObject, parameterKeyword, Schemas } from './schema.js';

const dialect = 'https://json-schema.org/draft/2020-12/schema';

export interface Written {
  readonly text: string;
  /** What other tools will not read, or not read so: a line each. */
  readonly notes: readonly string[];
}

/** A contract as a `.nexusrpc.yaml` file. */
export function writeContract(contract: Contract): Written {
  const schemas = new Schemas(contract);
  const { records, enums } = contract;
  const types = [
    ...records.filter(({ type }) => type.fields).map((one) => [schemas.nameOf(one.type), schemas.record(one)] as const),
    ...enums.map((one) => [schemas.nameOf(one.type), schemas.enumeration(one)] as const),
  ];
  const file = jsonObject([
    ['nexusrpc', '1.0.0'],
    ['$schema', dialect],
    ['services', new Map(contract.services.map((one) => [one.name, service(one, schemas)]))],
    ['$defs', types.length > 0 ? new Map(types) : undefined],
  ]);
  return { text: stringify(file, { lineWidth: 0, aliasDuplicateObjects: false }), notes: notesOn(contract) };
}

function service({ name, description, operations }: ContractService, schemas: Schemas): ReadonlyMap<string, Json> {
  return jsonObject([
    ['description', description],
    ['fqn', name],
    ['operations', new Map(operations.map((one) => [one.name, operation(one, schemas)]))],
  ]);
}

function operation(
  { name, description, params, result }: ContractOperation,
  schemas: Schemas,
): ReadonlyMap<string, Json> {
  return jsonObject([
    ['description', description],
    ['fqn', name === wireNameOf(name) ? undefined : name],
    ['input', input(params, schemas)],
    ['output', result.kind === 'void' ? undefined : schemas.of(result)],
  ]);
}

function input(params: ContractOperation['params'], schemas: Schemas): ReadonlyMap<string, Json> | undefined {
  const [only, ...others] = params;
  if (!only) return undefined;
  if (others.length > 0) return schemas.object(params);
  return new Map<string, Json>([...schemas.of(only.type), [parameterKeyword, only.name]]);
}

/** What nexgen calls an operation on the wire, where no `fqn` says so. */
export function wireNameOf(key: string): string {
  return key
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

function notesOn({ services, records }: Contract): string[] {
  const notes: string[] = [];
  for (const one of services) {
    for (const { name, params, result } of one.operations) {
      const [only, ...others] = params;
      const sides = [
        { side: 'input', type: only && others.length === 0 ? only.type : undefined },
        { side: 'output', type: result.kind === 'void' ? undefined : result },
      ];
      for (const { side, type } of sides) {
        if (!type || isObject(type)) continue;
        notes.push(`The ${side} of \`${one.name}.${name}\` is no object: nexgen reads objects only.`);
      }
      for (const { type } of params) noteType(type, `\`${one.name}.${name}\``, notes);
      noteType(result, `\`${one.name}.${name}\``, notes);
    }
  }
  for (const { type } of records) {
    for (const field of type.fields ?? []) noteType(field.type, `\`${type.name}.${field.name}\``, notes);
  }
  return notes;
}

function isObject(type: Type): boolean {
  return type.kind === 'map' || (type.kind === 'named' && type.type.fields !== undefined);
}

function noteType(type: Type, where: string, notes: string[]): void {
  walkType(type, (one) => {
    if (one.kind === 'union') notes.push(`${where} is of several types: its schema says nothing of it.`);
    if (one.kind === 'bytes') notes.push(`${where} is bytes, which go as they are, and not as JSON.`);
    if (one.kind === 'tuple') notes.push(`${where} is a list of values of different types: nexgen does not read that.`);
  });
}
