/** The contracts of a program's Nexus services, as other programs and other languages are told them. */
import type { DeclaredType, DependencyParam, Endpoint, Facts, Operation, Service } from '../check/facts.js';
import type { ParsedFile } from '../check/program.js';
import { CommentTable } from '../emit/comments.js';
import { splitDocumentation } from '../emit/documentation.js';
import type { SourceFile } from '../source.js';
import type { NamedDefinition } from '../symbols/definitions.js';
import type { Node, ServiceDef } from '../syntax/ast.js';
import type { NamedType, EnumType, Type } from '../types/type.js';
import { walkType } from '../types/walk.js';

export interface Contract {
  readonly services: readonly ContractService[];
  /** The types that the operations take and give, and those that these are made of. */
  readonly records: readonly ContractRecord[];
  readonly enums: readonly ContractEnum[];
  /** The endpoints that lead to the services: no other program is told where they lead. */
  readonly endpoints: readonly Endpoint[];
}

export interface ContractService {
  /** On the wire. */
  readonly name: string;
  readonly description: string | undefined;
  readonly operations: readonly ContractOperation[];
}

export interface ContractOperation {
  /** On the wire. */
  readonly name: string;
  readonly description: string | undefined;
  /** None: no input. One: its value is the input. Several: one object keyed by their names. */
  readonly params: readonly DependencyParam[];
  readonly result: Type;
}

export interface ContractRecord {
  readonly type: NamedType;
  readonly description: string | undefined;
  /** By the names of fields. */
  readonly fieldDescriptions: ReadonlyMap<string, string>;
}

export interface ContractEnum {
  readonly type: EnumType;
  readonly description: string | undefined;
}

/**
 * The contracts of the services that a program defines, or makes of its workflows.
 *
 * @param own without those that it has from contract files itself
 */
export function contractOf(files: readonly ParsedFile[], facts: Facts, own = true): Contract {
  const comments = new Descriptions(files, facts);
  const services = facts.services.filter((one) => one.origin !== 'external' && !(own && comments.isForeign(one)));
  const contracts = services.map(({ wireName, definition, operations }) => ({
    name: wireName,
    description: comments.above(definition),
    operations: operations.map((one) => ({
      name: one.wireName,
      description: comments.ofOperation(one, definition),
      params: one.params,
      result: one.result,
    })),
  }));
  const { records, enums } = typesOf(contracts);
  const declared = new Map(facts.types.map((one) => [one.type, one] as const));
  return {
    services: contracts,
    records: records.map((type) => comments.record(type, declared.get(type as never))),
    enums: enums.map((type) => ({ type, description: comments.above(declared.get(type as never)?.definition) })),
    endpoints: facts.topology.endpoints.filter((one) => one.services.some((service) => services.includes(service))),
  };
}

/** The part of a contract that some of its services need. */
export function withServices(contract: Contract, names: readonly string[]): Contract {
  const services = contract.services.filter(({ name }) => names.includes(name));
  const { records, enums } = typesOf(services);
  return {
    services,
    records: contract.records.filter(({ type }) => records.includes(type)),
    enums: contract.enums.filter(({ type }) => enums.includes(type)),
    endpoints: contract.endpoints.filter((one) => one.services.some(({ wireName }) => names.includes(wireName))),
  };
}

function typesOf(services: readonly ContractService[]): { records: NamedType[]; enums: EnumType[] } {
  const records = new Set<NamedType>();
  const enums = new Set<EnumType>();
  const open = services.flatMap(({ operations }) =>
    operations.flatMap(({ params, result }) => [...params.map(({ type }) => type), result]),
  );
  for (let type = open.shift(); type; type = open.shift()) {
    walkType(type, (one) => {
      if (one.kind === 'enum') enums.add(one.type);
      if (one.kind !== 'named' || records.has(one.type)) return;
      records.add(one.type);
      open.push(...(one.type.fields ?? []).map((field) => field.type));
    });
  }
  return { records: [...records], enums: [...enums] };
}

/** What the comments of a program say about its definitions. */
class Descriptions {
  private readonly tables = new Map<SourceFile, CommentTable>();

  constructor(
    private readonly files: readonly ParsedFile[],
    private readonly facts: Facts,
  ) {}

  /** Whether a service comes from a contract file. */
  isForeign({ definition }: Service): boolean {
    return definition !== undefined && this.facts.fileOf.get(definition)?.origin !== undefined;
  }

  above(definition: NamedDefinition | undefined): string | undefined {
    return definition && text(this.linesAbove(definition, definition));
  }

  /** What stands above it; and behind and under its line, where it has no body. */
  ofOperation({ definition, workflow }: Operation, service: ServiceDef | undefined): string | undefined {
    if (!definition || !service) return this.above(workflow);
    const table = this.tableFor(service);
    const inside = definition.body ? [] : [table.of(definition).trailing ?? [], table.endOf(definition)].flat();
    return text([...this.linesAbove(definition, service), ...inside]);
  }

  record(type: NamedType, declared: DeclaredType | undefined): ContractRecord {
    const definition = declared?.kind === 'record' ? declared.definition : undefined;
    const fields = (definition?.fields ?? []).flatMap((field): [string, string][] => {
      const { leading, trailing } = this.tableFor(definition!).of(field);
      const described = text([...splitDocumentation(leading).doc, ...(trailing === undefined ? [] : [trailing])]);
      return described === undefined ? [] : [[field.name.text, described]];
    });
    return { type, description: this.above(definition), fieldDescriptions: new Map(fields) };
  }

  private linesAbove(node: Node, owner: NamedDefinition): readonly string[] {
    return splitDocumentation(this.tableFor(owner).of(node).leading).doc;
  }

  private tableFor(owner: NamedDefinition): CommentTable {
    const source = this.facts.fileOf.get(owner)!;
    let table = this.tables.get(source);
    if (!table) {
      table = new CommentTable(this.files.find((one) => one.source === source)!);
      this.tables.set(source, table);
    }
    return table;
  }
}

function text(lines: readonly string[]): string | undefined {
  const joined = lines.join('\n').trim();
  return joined === '' ? undefined : joined;
}
