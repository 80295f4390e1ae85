import type { Reporter } from '../diagnostics/diagnostic.js';
import { catalog } from '../diagnostics/catalog.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { SourceFile } from '../source.js';
import { type JsonMember, type JsonNode, parseJson } from '../json.js';
import { type Schema, schema } from './schema.js';

/** What a twfc.json says, as it stands there. */
export interface Settings {
  readonly files?: readonly string[];
  readonly out?: string;
  readonly namespace?: string;
  readonly taskQueue?: string;
  readonly namespaces?: Readonly<Record<string, { readonly name?: string; readonly files?: readonly string[] }>>;
  readonly families?: Readonly<Record<string, readonly string[]>>;
  readonly dependencies?: string;
  readonly externs?: string;
  readonly contracts?: readonly string[];
  readonly baseline?: readonly string[];
  readonly tracing?: boolean;
  readonly lints?: Readonly<Record<string, LintLevel>>;
}

export type LintLevel = 'off' | 'warning' | 'error';

/** Undefined when it has mistakes: they have been reported. */
export function readSettings(source: SourceFile, reporter: Reporter): Settings | undefined {
  const root = parseJson(source.text);
  if ('expected' in root) {
    return void reporter.report(source, 'TWF020', root.span, { expected: root.expected });
  }
  const before = reporter.all.length;
  const settings = new Reading(source, reporter).value(root, schema, 'twfc.json');
  return reporter.all.length === before ? (settings as Settings) : undefined;
}

/** The names of all warnings that may be silenced. */
export const lintNames: ReadonlySet<string> = new Set(
  Object.values(catalog).flatMap((definition) => ('lint' in definition ? [definition.name] : [])),
);

class Reading {
  constructor(
    private readonly source: SourceFile,
    private readonly reporter: Reporter,
  ) {}

  /** The value of a node that is as its schema says; otherwise what is wrong has been reported. */
  value(node: JsonNode, schema: Schema, setting: string): unknown {
    switch (schema.type) {
      case 'string':
        if (node.kind !== 'string') return this.wrongKind(node, schema, setting);
        if (schema.enum && !schema.enum.includes(node.value)) return this.wrongKind(node, schema, setting);
        if (node.value.length < (schema.minLength ?? 0)) return this.wrongKind(node, schema, setting);
        return node.value;
      case 'boolean':
        return node.kind === 'boolean' ? node.value : this.wrongKind(node, schema, setting);
      case 'array':
        if (node.kind !== 'list') return this.wrongKind(node, schema, setting);
        return node.items.map((item, index) => this.value(item, schema.items, `${setting}[${index}]`));
      case 'object': {
        if (node.kind !== 'object') return this.wrongKind(node, schema, setting);
        const seen = new Set<string>();
        return Object.fromEntries(
          node.members.map((member) => {
            if (seen.has(member.key)) this.reporter.report(this.source, 'TWF023', member.keySpan, { key: member.key });
            seen.add(member.key);
            return [member.key, this.member(member, schema, setting)];
          }),
        );
      }
    }
  }

  private member(member: JsonMember, { properties = {}, additionalProperties }: ObjectSchema, where: string): unknown {
    const { key, keySpan } = member;
    const known = Object.hasOwn(properties, key) ? properties[key]! : additionalProperties;
    if (known === false) {
      const names = Object.keys(properties);
      const hint = didYouMean(key, names) ?? `It has ${listed(names.map(quoted))}.`;
      return this.reporter.report(this.source, 'TWF021', keySpan, { where: quoted(where), key }, { hint });
    }
    if (where === 'lints' && !lintNames.has(key)) {
      const hint = didYouMean(key, lintNames);
      return this.reporter.report(this.source, 'TWF024', keySpan, { name: key }, { hint });
    }
    return this.value(member.value, known, where === 'twfc.json' ? key : `${where}.${key}`);
  }

  private wrongKind(node: JsonNode, schema: Schema, setting: string): void {
    const values = { setting, expected: describe(schema), found: found(node, schema) };
    this.reporter.report(this.source, 'TWF022', node.span, values);
  }
}

type ObjectSchema = Extract<Schema, { type: 'object' }>;

const kindNames: Readonly<Record<Exclude<JsonNode['kind'], 'string'>, string>> = {
  object: 'an object',
  list: 'a list',
  number: 'a number',
  boolean: 'a boolean',
  null: '`null`',
};

function found(node: JsonNode, schema: Schema): string {
  if (node.kind !== 'string') return kindNames[node.kind];
  if (schema.type !== 'string') return 'a text';
  return node.value === '' ? 'an empty text' : 'another one';
}

function describe(schema: Schema): string {
  switch (schema.type) {
    case 'string':
      return schema.enum ? `one of ${listed(schema.enum.map((one) => `"${one}"`))}` : 'a text';
    case 'boolean':
      return '`true` or `false`';
    case 'array':
      return 'a list of texts';
    case 'object':
      return 'an object';
  }
}

function quoted(name: string): string {
  return `\`${name}\``;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
