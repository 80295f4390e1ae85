/** Declarations for the types that a program uses and does not declare: what `twfc types` prints and adds to its files. */
import type { DeclaredType, Facts } from './check/facts.js';
import type { Diagnostic } from './diagnostics/diagnostic.js';
import { type CompileOptions, checkProgram } from './program.js';
import { SourceFile } from './source.js';
import { isBuiltInType } from './types/heads.js';
import { printType } from './types/print.js';
import type { Field, Type } from './types/type.js';

type DeclaredRecord = Extract<DeclaredType, { kind: 'record' }>;
/** A record that the program names and does not declare. */
type Inferred = DeclaredRecord & { readonly origin: NonNullable<DeclaredRecord['origin']> };

/** A type in TWF's own notation, as the program declares it or could declare it. */
export function declarationText(declared: DeclaredType, indent = '    '): string {
  switch (declared.kind) {
    case 'alias':
      return `type ${declared.definition.name.text} = ${printType(declared.type)}\n`;
    case 'enum':
      return `enum ${declared.type.name}: ${declared.type.members.join(', ')}\n`;
    case 'record': {
      const { name, fields } = declared.type;
      if (!fields) return `type ${name} = unknown\n`;
      if (fields.length === 0) return `type ${name} = map[string]unknown\n`;
      return `type ${name}:\n${fields.map((field) => `${indent}${field.name}: ${fieldType(field)}\n`).join('')}`;
    }
  }
}

function fieldType({ type, optional }: Field): string {
  return printType(optional && type.kind !== 'optional' ? { kind: 'optional', of: type } : type);
}

export interface Declarations {
  /** The texts that go to the ends of files. */
  readonly added: ReadonlyMap<SourceFile, string>;
  /** Names of types that are declared by them. */
  readonly declared: readonly string[];
  /** Types that stay as they are, and why. */
  readonly left: readonly { readonly name: string; readonly why: string }[];
}

/**
 * What to add to the files of a program so that its inferred types are declared. With it, the program still has no errors.
 *
 * @param facts of the program, which has no errors
 */
export function declarationsFor(sources: readonly SourceFile[], options: CompileOptions, facts: Facts): Declarations {
  const left: { name: string; why: string }[] = [];
  const leave = (one: Inferred, why: string) => void left.push({ name: one.type.name, why });
  const declarable = facts.types.filter(isInferred).filter((one) => {
    const why = whyNot(one);
    if (why !== undefined) leave(one, why);
    return why === undefined;
  });
  let types = declarable;
  while (types.length > 0) {
    const plan = new Plan(sources, types);
    const { diagnostics } = checkProgram(plan.sources, options);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) return { added: plan.added, declared: types.map(({ type }) => type.name), left };
    const culprits = new Set(errors.flatMap((error) => plan.touchedBy(error)));
    for (const one of culprits.size > 0 ? culprits : types) {
      leave(
        one,
        culprits.size > 0 ? 'the program asks more of it than its declaration would give' : 'errors would follow',
      );
    }
    types = culprits.size > 0 ? types.filter((one) => !culprits.has(one)) : [];
  }
  return { added: new Map(), declared: [], left };
}

function isInferred(declared: DeclaredType): declared is Inferred {
  return declared.kind === 'record' && !declared.type.declared && declared.origin !== undefined;
}

/** What keeps a type from being written down. */
function whyNot({ type: { name, fields } }: Inferred): string | undefined {
  if (name.includes('.')) return 'it belongs to a package';
  if (isBuiltInType(name)) return 'the language has a type of this name';
  if (!fields || fields.length === 0) return 'nothing says which fields it has';
  const field = fields.find(({ type }) => !isWritable(type));
  return (
    field && `\`${field.name}\` is ${field.type.kind === 'union' ? 'of several types' : 'of a type without a name'}`
  );
}

function isWritable(type: Type): boolean {
  switch (type.kind) {
    case 'named':
      return type.type.declared || type.type.named;
    case 'list':
      return isWritable(type.item);
    case 'map':
      return isWritable(type.key) && isWritable(type.value);
    case 'optional':
      return isWritable(type.of);
    case 'tuple':
      return type.items.every(isWritable);
    case 'union':
    case 'handle':
    case 'null':
    case 'error':
      return false;
    default:
      return true;
  }
}

/** Files with declarations at their ends. */
class Plan {
  readonly added = new Map<SourceFile, string>();
  readonly sources: readonly SourceFile[];
  private readonly places: { readonly type: Inferred; readonly path: string; readonly start: number; end: number }[] =
    [];

  constructor(sources: readonly SourceFile[], types: readonly Inferred[]) {
    for (const type of types) this.add(type);
    this.sources = sources.map((one) => {
      const addition = this.added.get(one);
      return addition === undefined ? one : new SourceFile(one.path, one.text + addition);
    });
  }

  private add(type: Inferred): void {
    const { file } = type.origin;
    const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
    const before = this.added.get(file) ?? (/[^\n]$/.test(file.text) ? newline : '');
    const text = `\n${declarationText(type, indentOf(file))}`.replaceAll('\n', newline);
    const start = file.text.length + before.length;
    this.places.push({ type, path: file.path, start, end: start + text.length });
    this.added.set(file, before + text);
  }

  /** The declarations that a mistake is about. */
  touchedBy({ file, span, labels }: Diagnostic): Inferred[] {
    const spots = [...(file ? [{ file, span }] : []), ...labels];
    return spots.flatMap((spot) =>
      this.places.flatMap(({ type, path, start, end }) =>
        path === spot.file.path && spot.span.start >= start && spot.span.start < end ? [type] : [],
      ),
    );
  }
}

/** How a file indents its lines. */
function indentOf({ text }: SourceFile): string {
  return /^([ \t]+)\S/m.exec(text)?.[1] ?? '    ';
}
