/**
 * Types that a TypeScript file exports, as far as they are written down there: interfaces, and other names of what JSON
 * holds. What would have to be computed (generic, conditional, inferred types) and what does not survive JSON is refused.
 */
import { createRequire } from 'node:module';
import type * as Babel from '@babel/parser';
import type { Span } from '../source.js';

export type Declaration =
  | { readonly kind: 'record'; readonly fields: readonly ImportedField[]; readonly span: Span }
  | { readonly kind: 'alias'; readonly type: ImportedType; readonly span: Span }
  | { readonly kind: 'texts'; readonly members: readonly string[]; readonly span: Span }
  | Refused;

export interface ImportedField {
  readonly name: string;
  readonly type: ImportedType;
  /** It may be left out. */
  readonly mayLack: boolean;
  /** It may be left out, `null` or `undefined`. */
  readonly mayBeAbsent: boolean;
  /** It may be all of these: what generated code knows as `Maybe`. */
  readonly isMaybe: boolean;
}

export type ImportedType =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'any' | 'unknown' }
  | { readonly kind: 'list'; readonly item: ImportedType }
  | { readonly kind: 'map'; readonly value: ImportedType }
  | { readonly kind: 'tuple'; readonly items: readonly ImportedType[] }
  /** Another type that the file exports. */
  | { readonly kind: 'named'; readonly name: string; readonly span: Span }
  | Refused;

export interface Refused {
  readonly kind: 'refused';
  /** As the end of a sentence: "`Date` does not survive JSON". */
  readonly why: string;
  readonly span: Span;
}

/** By their names; or where the file cannot be read, and why. */
export type ExportedTypes =
  | { readonly types: ReadonlyMap<string, Declaration> }
  | { readonly types: undefined; readonly fault: string; readonly line: number };

/** A node of the tree that Babel makes: what is read of it is looked at before. */
interface TsNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

type Names = ReadonlySet<string>;

/** Loaded where a program asks for it: most do not. */
const load = createRequire(import.meta.url);

export function exportedTypes(text: string): ExportedTypes {
  let body: readonly TsNode[];
  try {
    const { parse } = load('@babel/parser') as typeof Babel;
    const { program } = parse(text, { sourceType: 'module', plugins: ['typescript', 'decorators'] });
    body = program.body as unknown as readonly TsNode[];
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line?: number } };
    return { types: undefined, fault: message.replace(/ \(\d+:\d+\)$/, ''), line: loc?.line ?? 1 };
  }
  const declared = new Set(
    body.flatMap((statement) => nameOf(nodeAt(nodeAt(statement, 'declaration') ?? statement, 'id')) ?? []),
  );
  const local = new Map<string, Declaration>();
  const exported = new Map<string, string>();
  for (const statement of body) {
    const isExport = statement.type === 'ExportNamedDeclaration';
    const node = isExport ? nodeAt(statement, 'declaration') : statement;
    if (node) {
      const name = nameOf(nodeAt(node, 'id'));
      const declaration = name === undefined ? undefined : declarationOf(node, declared);
      if (name === undefined || !declaration) continue;
      // Several declarations of one interface make one: this is not followed.
      local.set(name, local.has(name) ? refused(node, 'it is declared in several parts') : declaration);
      if (isExport) exported.set(name, name);
    } else {
      const isForeign = statement['source'] !== null;
      for (const specifier of nodesAt(statement, 'specifiers')) {
        const [own, name] = [nameOf(nodeAt(specifier, 'local')), nameOf(nodeAt(specifier, 'exported'))];
        if (own === undefined || name === undefined) continue;
        exported.set(name, own);
        if (isForeign) local.set(own, refused(specifier, 'it comes from another file: name that one'));
      }
    }
  }
  const types = new Map<string, Declaration>();
  for (const [name, own] of exported) {
    const declaration = local.get(own);
    if (declaration) types.set(name, declaration);
  }
  return { types };
}

/** @param declared what the file declares: that is no type of TypeScript's own, whatever it is called */
function declarationOf(node: TsNode, declared: Names): Declaration | undefined {
  const isGeneric = node['typeParameters'] !== undefined && node['typeParameters'] !== null;
  switch (node.type) {
    case 'TSInterfaceDeclaration': {
      if (isGeneric) return refused(node, 'it is generic');
      if (nodesAt(node, 'extends').length > 0) return refused(node, 'it extends another type');
      return recordOf(node, nodesAt(nodeAt(node, 'body')!, 'body'), declared);
    }
    case 'TSTypeAliasDeclaration': {
      if (isGeneric) return refused(node, 'it is generic');
      const type = nodeAt(node, 'typeAnnotation')!;
      if (type.type === 'TSTypeLiteral') return recordOf(node, nodesAt(type, 'members'), declared);
      const members = textsOf(type);
      if (members) return { kind: 'texts', members, span: spanOf(node) };
      return { kind: 'alias', type: typeOf(type, declared), span: spanOf(node) };
    }
    case 'ClassDeclaration':
      return refused(node, 'it is a class, and JSON keeps no methods');
    case 'TSEnumDeclaration':
      return refused(node, "it is an enum of TypeScript; write a union of texts, `'a' | 'b'`");
    default:
      return undefined;
  }
}

function recordOf(node: TsNode, members: readonly TsNode[], declared: Names): Declaration {
  const fields: ImportedField[] = [];
  for (const member of members) {
    if (member.type === 'TSIndexSignature') {
      const value = typeOf(annotationOf(member), declared);
      const isWhole =
        members.length === 1 &&
        nodesAt(member, 'parameters').every((one) => annotationOf(one)?.type === 'TSStringKeyword');
      return isWhole
        ? { kind: 'alias', type: { kind: 'map', value }, span: spanOf(node) }
        : refused(member, 'it has an index signature');
    }
    const key = nodeAt(member, 'key');
    const name =
      key && !member['computed']
        ? (nameOf(key) ?? (typeof key['value'] === 'string' ? key['value'] : undefined))
        : undefined;
    if (name === undefined || !/^[A-Za-z_]\w*$/.test(name))
      return refused(member, 'one of its fields has no name that TWF can write');
    if (member.type !== 'TSPropertySignature')
      return refused(member, `its field \`${name}\` is a function, which does not survive JSON`);
    const { type, mayBeNull, mayBeUndefined } = withoutAbsence(annotationOf(member));
    const mayLack = Boolean(member['optional']);
    if (mayBeUndefined && !mayLack)
      return refused(member, `its field \`${name}\` may be \`undefined\`, which JSON leaves out: write \`${name}?\``);
    const own = typeOf(type, declared);
    if (own.kind === 'refused') return { ...own, why: `its field \`${name}\` is refused: ${own.why}` };
    fields.push({
      name,
      type: own,
      mayLack,
      mayBeAbsent: mayLack || mayBeNull,
      isMaybe: mayLack && mayBeNull && mayBeUndefined,
    });
  }
  return { kind: 'record', fields, span: spanOf(node) };
}

/** `T | null | undefined`: its `T`. */
function withoutAbsence(node: TsNode | undefined) {
  const parts = node?.type === 'TSUnionType' ? nodesAt(node, 'types') : [];
  const rest = parts.filter(({ type }) => type !== 'TSNullKeyword' && type !== 'TSUndefinedKeyword');
  const has = (kind: string) => parts.some(({ type }) => type === kind);
  const absence = { mayBeNull: has('TSNullKeyword'), mayBeUndefined: has('TSUndefinedKeyword') };
  return { type: parts.length > 0 && rest.length === 1 ? rest[0] : node, ...absence };
}

/** `'a' | 'b'`, if all of them are names that TWF can write. */
function textsOf(node: TsNode): string[] | undefined {
  const parts = node.type === 'TSUnionType' ? nodesAt(node, 'types') : [node];
  const texts = parts.flatMap((part) => {
    const literal = part.type === 'TSLiteralType' ? nodeAt(part, 'literal') : undefined;
    return literal?.type === 'StringLiteral' ? [String(literal['value'])] : [];
  });
  return texts.length === parts.length && texts.every((text) => /^[A-Za-z_]\w*$/.test(text)) ? texts : undefined;
}

const keywords: Readonly<Record<string, 'string' | 'number' | 'boolean' | 'any' | 'unknown'>> = {
  TSStringKeyword: 'string',
  TSNumberKeyword: 'number',
  TSBooleanKeyword: 'boolean',
  TSAnyKeyword: 'any',
  TSUnknownKeyword: 'unknown',
};

const refusals: Readonly<Record<string, string>> = {
  TSBigIntKeyword: '`bigint` does not survive JSON',
  TSSymbolKeyword: '`symbol` does not survive JSON',
  TSFunctionType: 'a function does not survive JSON',
  TSConstructorType: 'a class does not survive JSON',
  TSTypeLiteral: 'a record inside of another needs a name of its own',
  TSUnionType: 'it is one of several types',
  TSLiteralType: 'it is a single value',
  TSTypeOperator: 'TWF has no lists that cannot be changed',
};

const lost = new Set([
  'Date',
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'RegExp',
  'Promise',
  'Error',
  'Buffer',
  'Uint8Array',
  'URL',
  'Function',
  'Symbol',
]);

function typeOf(node: TsNode | undefined, declared: Names): ImportedType {
  if (!node) return { kind: 'any' };
  const keyword = keywords[node.type];
  if (keyword) return { kind: keyword };
  if (node.type === 'TSArrayType')
    return containing([nodeAt(node, 'elementType')], declared, ([item]) => ({ kind: 'list', item: item! }));
  if (node.type === 'TSTupleType')
    return containing(nodesAt(node, 'elementTypes'), declared, (items) => ({ kind: 'tuple', items }));
  if (node.type === 'TSParenthesizedType') return typeOf(nodeAt(node, 'typeAnnotation'), declared);
  if (node.type === 'TSTypeReference') return referenceOf(node, declared);
  return refused(node, refusals[node.type] ?? 'it would have to be computed');
}

function referenceOf(node: TsNode, declared: Names): ImportedType {
  const name = nameOf(nodeAt(node, 'typeName'));
  const args = nodeAt(node, 'typeArguments') ?? nodeAt(node, 'typeParameters');
  const params = args ? nodesAt(args, 'params') : [];
  if (name === undefined) return refused(node, 'it would have to be computed');
  if (declared.has(name) && params.length === 0) return { kind: 'named', name, span: spanOf(node) };
  if (name === 'Array' && params.length === 1)
    return containing(params, declared, ([item]) => ({ kind: 'list', item: item! }));
  if (name === 'Record' && params.length === 2 && params[0]!.type === 'TSStringKeyword') {
    return containing([params[1]], declared, ([value]) => ({ kind: 'map', value: value! }));
  }
  if (lost.has(name)) return refused(node, `\`${name}\` does not survive JSON`);
  if (params.length > 0) return refused(node, `\`${name}<…>\` would have to be computed`);
  return { kind: 'named', name, span: spanOf(node) };
}

/** A type made of others; refused if one of them is, or may be absent. */
function containing(
  parts: readonly (TsNode | undefined)[],
  declared: Names,
  make: (parts: readonly ImportedType[]) => ImportedType,
): ImportedType {
  const types = parts.map((part) => typeOf(part, declared));
  return types.find(({ kind }) => kind === 'refused') ?? make(types);
}

function refused(node: TsNode, why: string): Refused {
  return { kind: 'refused', why, span: spanOf(node) };
}

function spanOf({ start, end }: TsNode): Span {
  return { start, end };
}

function annotationOf(node: TsNode): TsNode | undefined {
  const annotation = nodeAt(node, 'typeAnnotation');
  return annotation && (annotation.type === 'TSTypeAnnotation' ? nodeAt(annotation, 'typeAnnotation') : annotation);
}

function nameOf(node: TsNode | undefined): string | undefined {
  return node?.type === 'Identifier' ? String(node['name']) : undefined;
}

function nodeAt(node: TsNode, key: string): TsNode | undefined {
  return (node[key] ?? undefined) as TsNode | undefined;
}

function nodesAt(node: TsNode, key: string): readonly TsNode[] {
  return (node[key] ?? []) as readonly TsNode[];
}
