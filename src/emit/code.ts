/**
 * TypeScript as it is put together: expressions and types are small trees, so that whoever lays them out (print/) can
 * see what they hold; statements and declarations are documents.
 */
import type { Origin } from './origin.js';
import { concat, type Doc, type Imported, mapped } from './print/doc.js';
import { isIdentifier } from './print/literals.js';

export type Code =
  | NameCode
  | StringCode
  | WordCode
  | TemplateCode
  | ObjectCode
  | ArrayCode
  | ArrowCode
  | CallCode
  | MemberCode
  | IndexCode
  | PresentCode
  | BinaryCode
  | PrefixCode
  | AsCode;

interface CodeBase {
  readonly at?: Origin | undefined;
}

export interface NameCode extends CodeBase {
  readonly kind: 'name';
  readonly name: string | Imported;
  /** Of a parameter. */
  readonly type?: TypeCode;
  /** Of a parameter: its value where it is left out. */
  readonly initial?: Code | undefined;
}

export interface StringCode extends CodeBase {
  readonly kind: 'string';
  readonly value: string;
}

/** A number, `true`, `false`, `null` or `undefined`. */
export interface WordCode extends CodeBase {
  readonly kind: 'word';
  readonly text: string;
}

export interface TemplateCode extends CodeBase {
  readonly kind: 'template';
  readonly parts: readonly (string | Code)[];
}

export interface ObjectCode extends CodeBase {
  readonly kind: 'object';
  readonly entries: readonly Entry[];
  /** One entry a line, whether it fits or not. */
  readonly tall?: boolean;
  /** A blank line between entries. */
  readonly spaced?: boolean;
}

export type Entry = { readonly key: string; readonly value: Code; readonly comments?: Doc } | MethodEntry | SpreadEntry;

/** An entry that prints itself: a method with a body. */
export interface MethodEntry {
  readonly method: Doc;
}

export interface SpreadEntry {
  readonly spread: Code;
}

export interface ArrayCode extends CodeBase {
  readonly kind: 'array';
  /** Undefined leaves a hole, in a pattern. */
  readonly items: readonly (Code | undefined)[];
  /** What stands above each item; it ends its line. */
  readonly comments?: readonly Doc[];
}

export interface ArrowCode extends CodeBase {
  readonly kind: 'arrow';
  readonly async: boolean;
  readonly params: readonly Code[];
  readonly body: Code | Block;
}

/** Statements in braces. */
export interface Block {
  readonly kind: 'block';
  readonly statements: Doc | undefined;
}

export interface CallCode extends CodeBase {
  readonly kind: 'call';
  readonly isNew: boolean;
  readonly callee: Code;
  readonly typeArgs: readonly TypeCode[];
  readonly args: readonly Code[];
}

export interface MemberCode extends CodeBase {
  readonly kind: 'member';
  readonly of: Code;
  readonly name: string;
}

export interface IndexCode extends CodeBase {
  readonly kind: 'index';
  readonly of: Code;
  readonly index: Code;
}

/** `x!`: known to be there, by reasons that TypeScript does not see. */
export interface PresentCode extends CodeBase {
  readonly kind: 'present';
  readonly of: Code;
}

export type Operator =
  '||' | '&&' | '??' | '===' | '!==' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | 'in';

export interface BinaryCode extends CodeBase {
  readonly kind: 'binary';
  readonly operator: Operator;
  readonly left: Code;
  readonly right: Code;
}

export interface PrefixCode extends CodeBase {
  readonly kind: 'prefix';
  readonly operator: '!' | '-' | 'await ' | '...';
  readonly of: Code;
}

export interface AsCode extends CodeBase {
  readonly kind: 'as';
  readonly of: Code;
  readonly type: TypeCode;
}

export type TypeCode =
  | { readonly kind: 'reference'; readonly name: string | Imported; readonly args: readonly TypeCode[] }
  | { readonly kind: 'listOf'; readonly item: TypeCode }
  | { readonly kind: 'allOf'; readonly members: readonly TypeCode[] }
  | { readonly kind: 'unionOf'; readonly members: readonly TypeCode[] }
  | { readonly kind: 'tupleOf'; readonly items: readonly { readonly name?: string; readonly type: TypeCode }[] }
  | { readonly kind: 'typeof'; readonly name: string | Imported }
  | {
      readonly kind: 'functionOf';
      readonly params: readonly { readonly name: string; readonly type: TypeCode }[];
      readonly result: TypeCode;
    }
  | { readonly kind: 'mapOf'; readonly value: TypeCode };

// --- Builders

export const name = (text: string | Imported): Code => ({ kind: 'name', name: text });
export const parameter = (text: string, type: TypeCode, mayLack = false): Code => ({
  kind: 'name',
  name: mayLack ? `${text}?` : text,
  type,
});
export const string = (value: string): Code => ({ kind: 'string', value });
export const word = (text: string | number | boolean): Code => ({ kind: 'word', text: String(text) });
export const nothing: Code = word('undefined');
export const array = (items: readonly (Code | undefined)[]): Code => ({ kind: 'array', items });
export const member = (of: Code, text: string): Code =>
  isIdentifier(text) ? { kind: 'member', of, name: text } : index(of, string(text));
export const index = (of: Code, at: Code): Code => ({ kind: 'index', of, index: at });
export const present = (of: Code): Code => ({ kind: 'present', of });
export const not = (of: Code): Code => ({ kind: 'prefix', operator: '!', of });
export const negative = (of: Code): Code => ({ kind: 'prefix', operator: '-', of });
export const awaited = (of: Code): Code => ({ kind: 'prefix', operator: 'await ', of });
export const spread = (of: Code): Code => ({ kind: 'prefix', operator: '...', of });
export const as = (of: Code, type: TypeCode): Code => ({ kind: 'as', of, type });

/** A call; the callee is a name or any other code. */
export function call(callee: Code | Imported, args: readonly Code[] = [], typeArgs: readonly TypeCode[] = []): Code {
  return { kind: 'call', isNew: false, callee: asCode(callee), typeArgs, args };
}

export function create(callee: Code | Imported, args: readonly Code[] = []): Code {
  return { kind: 'call', isNew: true, callee: asCode(callee), typeArgs: [], args };
}

/** `of.name(args)`. */
export const callMember = (
  of: Code | Imported,
  text: string,
  args: readonly Code[] = [],
  typeArgs: readonly TypeCode[] = [],
): Code => call(member(asCode(of), text), args, typeArgs);

export function object(entries: readonly Entry[] | Readonly<Record<string, Code | undefined>>): Code {
  if (Array.isArray(entries)) return { kind: 'object', entries };
  return {
    kind: 'object',
    entries: Object.entries(entries).flatMap(([key, value]) => (value ? [{ key, value }] : [])),
  };
}

export function binary(left: Code, operator: Operator, right: Code): Code {
  // `a && (b && c)` is `a && b && c`, and is written so.
  const associates = operator === '&&' || operator === '||';
  if (associates && right.kind === 'binary' && right.operator === operator) {
    return binary(binary(left, operator, right.left), operator, right.right);
  }
  return { kind: 'binary', operator, left, right };
}

/** A template literal, or a plain string where it has no holes. */
export function template(parts: readonly (string | Code)[]): Code {
  const merged: (string | Code)[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else if (part !== '') merged.push(part);
  }
  const [only = '', ...more] = merged;
  return typeof only === 'string' && more.length === 0 ? string(only) : { kind: 'template', parts: merged };
}

export function arrow(params: readonly Code[], body: Code | Block, { async = false } = {}): Code {
  return { kind: 'arrow', async, params, body };
}

export function block(statements: Doc | undefined): Block {
  return { kind: 'block', statements };
}

export const reference = (text: string | Imported, ...args: readonly TypeCode[]): TypeCode => ({
  kind: 'reference',
  name: text,
  args,
});

/** The same code, for a place of the source. */
export function from<C extends Code>(code: C, at: Origin | undefined): C {
  return at && !code.at ? { ...code, at } : code;
}

/** A name of another module, as a value. */
export function imported(module: string, text: string): Imported {
  return { kind: 'imported', module, name: text, typeOnly: false, breaks: false };
}

/** A name of another module, as a type. */
export function importedType(module: string, text: string): Imported {
  return { kind: 'imported', module, name: text, typeOnly: true, breaks: false };
}

/** Documents by template: ts`export type ${name} = ${type};` */
export function ts(texts: TemplateStringsArray, ...holes: readonly Doc[]): Doc {
  return concat(...texts.flatMap((text, at) => (at < holes.length ? [text, holes[at]!] : [text])));
}

export function mark(doc: Doc, at: Origin | undefined): Doc {
  return mapped(doc, at);
}

function asCode(callee: Code | Imported): Code {
  return callee.kind === 'imported' ? name(callee) : callee;
}
