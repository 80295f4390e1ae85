/** Contract files (`.nexusrpc.yaml`) as TWF: what a program that has nothing else of a service compiles in their place. */
import type { Reporter } from '../diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../source.js';
import { Lines } from './lines.js';
import { parameterKeyword } from './schema.js';
import {
  checkKeys,
  checkName,
  ContractFault,
  isName,
  type Member,
  members,
  shapeFault,
  text,
  type Tree,
} from './tree.js';
import { TypeReader } from './types.js';
import { wireNameOf } from './write.js';
import { parseTree } from './yaml.js';

/**
 * The services of a contract file, and their types, as the text of a .twf file; its places lead to those of the contract.
 *
 * @returns undefined when the file cannot be used: one diagnostic says why
 */
export function translateContract(source: SourceFile, reporter: Reporter): SourceFile | undefined {
  try {
    return new Translation(source).translate();
  } catch (error) {
    if (!(error instanceof ContractFault)) throw error;
    const { code, span, values, extra } = error;
    reporter.report(source, code, span, values, extra);
    return undefined;
  }
}

const rootKeys = ['nexusrpc', '$schema', 'title', 'description', '$comment', 'services', '$defs', 'types'];
const serviceKeys = ['fqn', 'description', 'operations', 'endpoint', 'deprecated'];
const operationKeys = ['fqn', 'description', 'input', 'output', 'deprecated'];

/** Names of the wire as names of TWF, each for one. */
class OwnNames {
  private readonly taken = new Set<string>();

  /** The name itself, if it can be; of `acme.v1.Ledger`, its last part; otherwise its words together. */
  nameFor(called: string): string {
    const last = called.split('.').at(-1)!;
    const words = last.split(/\W+/).filter((word) => word !== '');
    const joined = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
    const wanted = isName(called) ? called : isName(last) ? last : isName(joined) ? joined : `Named${joined}`;
    let name = wanted;
    for (let n = 2; this.taken.has(name); n++) name = `${wanted}${n}`;
    this.taken.add(name);
    return name;
  }
}

/** A text of TWF. */
function literal(text: string): string {
  return JSON.stringify(text)
    .replaceAll('{', '\\{')
    .replace(/\\u([\da-f]{4})/g, '\\u{$1}')
    .replace(/\\[bf]/g, (one) => (one === '\\b' ? '\\u{8}' : '\\u{c}'));
}

class Translation {
  private readonly lines = new Lines();
  private readonly services = new OwnNames();

  constructor(private readonly source: SourceFile) {}

  translate(): SourceFile {
    const tree = parseTree(this.source);
    const root = members(tree, 'A contract file');
    checkKeys(root, rootKeys, 'a contract file');
    const version = root.get('nexusrpc');
    if (!version) {
      const hint = 'Begin it with `nexusrpc: "1.0.0"`.';
      throw new ContractFault(
        'TWF085',
        tree.span,
        { what: 'A contract file', expected: 'one with `nexusrpc`', found: 'something else' },
        { hint },
      );
    }
    if (!/^1\.\d+\.\d+$/.test(text(version.value, '`nexusrpc`')))
      throw shapeFault(version.value, '`nexusrpc`', 'a version 1');
    const { $defs, types } = { $defs: root.get('$defs'), types: root.get('types') };
    const reader = new TypeReader(
      [$defs, types].flatMap((one) => (one ? [one] : [])),
      this.lines,
    );
    // In the form with `types`, operations are called as their keys; nexgen, with `$defs`, begins them with a capital.
    const wireName = types && !$defs ? (key: string) => key : wireNameOf;
    for (const service of members(root.get('services')?.value ?? emptyObject, '`services`').values()) {
      this.service(service, reader, wireName);
    }
    reader.declareAll();
    return this.lines.source(this.source);
  }

  private service({ key, keySpan, value }: Member, reader: TypeReader, wireName: (key: string) => string): void {
    const service = members(value, `\`${key}\``);
    checkKeys(service, serviceKeys, 'a service');
    const operations = members(service.get('operations')?.value ?? emptyObject, '`operations`');
    if (operations.size === 0) return;
    const called = this.wireName(service, keySpan, key);
    const name = this.services.nameFor(called.text);
    this.lines.describe(service.get('description'), '');
    this.lines.add(`nexus_service ${name}:`, keySpan);
    if (name !== called.text) this.lines.add(`    options(name: ${literal(called.text)})`, called.span);
    const names = new OwnNames();
    for (const operation of operations.values()) this.operation(operation, names, reader, wireName);
    this.lines.add('', keySpan);
  }

  private operation(
    { key, keySpan, value }: Member,
    names: OwnNames,
    reader: TypeReader,
    wireName: (key: string) => string,
  ): void {
    const operation =
      value.kind === 'text' && value.text === key ? new Map<string, Member>() : members(value, `\`${key}\``);
    checkKeys(operation, operationKeys, 'an operation');
    const called = this.wireName(operation, keySpan, wireName(key));
    const name = names.nameFor(called.text);
    const params = this.params(name, operation.get('input'), reader);
    const output = operation.get('output');
    const result = output ? ` -> ${reader.typeOf(output.value, `${name}Output`)}` : '';
    this.lines.describe(operation.get('description'), '    ');
    const isRenamed = name !== called.text;
    this.lines.add(`    operation ${name}(${params.join(', ')})${result}${isRenamed ? ':' : ''}`, keySpan);
    if (isRenamed) this.lines.add(`        options(name: ${literal(called.text)})`, called.span);
  }

  private wireName(
    given: ReadonlyMap<string, Member>,
    keySpan: Span,
    otherwise: string,
  ): { readonly text: string; readonly span: Span } {
    const fqn = given.get('fqn');
    const name = fqn ? text(fqn.value, '`fqn`') : otherwise;
    const span = fqn?.value.span ?? keySpan;
    if (name.trim() === '') {
      const why = 'the Temporal Service takes no name that is empty';
      throw new ContractFault('TWF087', span, { name: '""', what: 'a service or an operation', why });
    }
    return { text: name, span };
  }

  /** An object that has no name of its own is the values of several parameters. */
  private params(operation: string, input: Member | undefined, reader: TypeReader): string[] {
    if (!input) return [];
    const fields = reader.fieldsOf(input.value);
    if (fields && fields.length > 1) {
      return fields.map(({ name, type }) => `${name}: ${type(`${operation}Input`)}`);
    }
    const schema = input.value.kind === 'object' ? input.value.members.get(parameterKeyword) : undefined;
    const given = schema ? text(schema.value, `\`${parameterKeyword}\``) : 'input';
    checkName(given, 'a parameter', schema?.value.span ?? input.keySpan);
    return [`${given}: ${reader.typeOf(input.value, `${operation}Input`)}`];
  }
}

const emptyObject: Tree = { kind: 'object', span: { start: 0, end: 0 }, members: new Map() };
