/**
 * One mistake in a program that has none, with the place where it stands: what is said about the program must have to do
 * with that place.
 */
import { parseFile } from '../../syntax/parse.js';
import type { Code } from '../../diagnostics/catalog.js';
import { type Diagnostic, Reporter } from '../../diagnostics/diagnostic.js';
import { join, SourceFile, type Span } from '../../source.js';
import type { Arg, Expr, Node, Stmt, Target } from '../../syntax/ast.js';
import { walk } from '../../syntax/visit.js';
import type { Choices } from './choices.js';

export interface Mistake {
  /** The program with the mistake. */
  readonly text: string;
  readonly what: string;
  /** Where it stands in that text. */
  readonly span: Span;
  /** Names that it has taken from the program: those who go on using them cannot be pointed to where they were. */
  readonly gone: readonly string[];
}

/**
 * Whether an error has to do with a mistake: it marks the place, what touches it, or the head of a block that it stands in; or
 * it marks, or names as a cause, what uses a name that the mistake has taken away: no place is left to show that.
 */
export function isAbout({ code, span, labels }: Diagnostic, { text, span: place, gone }: Mistake): boolean {
  if ([span, ...labels.map((one) => one.span)].some((one) => touches(text, one, place))) return true;
  const marked = [span, ...labels.map((one) => one.span)].flatMap((one) => text.slice(one.start, one.end).split(/\W+/));
  if (gone.some((name) => marked.includes(name))) return true;
  return aboutBlocks.has(code) && stands(text, place, span);
}

/** What is said at the head of a block about what its lines do, and do not do. */
const aboutBlocks: ReadonlySet<Code> = new Set<Code>(['TWF601', 'TWF614', 'TWF643', 'TWF644']);

/** Whether nothing but signs stands between two places, or the fields of one path. */
function touches(text: string, a: Span, b: Span): boolean {
  const [first, second] = a.start <= b.start ? [a, b] : [b, a];
  const between = text.slice(first.end, second.start);
  return second.start <= first.end || !/[\w\n"]/.test(between) || /^(\.\w+)+\.$/.test(between);
}

/** Whether a place is in the block under the line of another. */
function stands(text: string, place: Span, head: Span): boolean {
  const start = text.lastIndexOf('\n', head.start) + 1;
  const [first = '', ...between] = text.slice(start, place.start).split('\n');
  const indent = (line: string) => line.search(/\S/);
  const own = between.slice(0, -1).filter((line) => line.trim() !== '');
  return start < place.start && own.every((line) => indent(line) > indent(first));
}

/** A change of a text: what stands at a span becomes something else. */
interface Change {
  readonly what: string;
  readonly at: Span;
  readonly becomes: string;
  /** What means something else by it, in the text before the change; else what was changed alone. */
  readonly about?: Span;
  readonly gone?: readonly string[];
}

/** What changes are made of. */
interface Source {
  readonly choices: Choices;
  readonly text: string;
  readonly names: Names;
}

/** What the program calls its things. */
interface Names {
  readonly fields: readonly string[];
  readonly variables: readonly string[];
  readonly types: readonly string[];
  readonly callees: { readonly [K in CalleeKind]: readonly string[] };
}

type CalleeKind = 'ActivityCall' | 'WorkflowCall' | 'FunctionCall';

/** A program with one mistake; undefined if there is nothing to make it in. */
export function withMistake(choices: Choices, text: string): Mistake | undefined {
  const { ast } = parseFile(new SourceFile('main.twf', text), new Reporter());
  const nodes: { readonly node: Node; readonly parent: Node | undefined }[] = [];
  walk(ast, { enter: (node, parent) => void nodes.push({ node, parent }) });
  const source: Source = { choices, text, names: namesOf(nodes.map(({ node }) => node)) };
  const all = nodes.flatMap(({ node, parent }) => changesOf(source, node, parent));
  const kinds = [...new Set(all.map(({ what }) => what))];
  if (kinds.length === 0) return undefined;
  const what = choices.pick(kinds);
  return applied(text, choices.pick(all.filter((one) => one.what === what)));
}

function applied(text: string, { what, at, becomes, about = at, gone = [] }: Change): Mistake {
  const longer = becomes.length - (at.end - at.start);
  return {
    text: text.slice(0, at.start) + becomes + text.slice(at.end),
    what,
    span: { start: Math.min(about.start, at.start), end: Math.max(about.end, at.end) + longer },
    gone,
  };
}

function namesOf(nodes: readonly Node[]): Names {
  const texts = (of: (node: Node) => string | undefined) => [...new Set(nodes.flatMap((node) => of(node) ?? []))];
  const called = (kind: CalleeKind) =>
    texts((node) =>
      node.kind !== kind
        ? undefined
        : node.kind !== 'FunctionCall'
          ? node.name.text
          : node.callee.kind === 'NameExpr'
            ? node.callee.text
            : undefined,
    );
  return {
    fields: texts((node) =>
      node.kind === 'Field' ? node.field.text : node.kind === 'RecordField' ? node.name.text : undefined,
    ),
    variables: texts((node) => (node.kind === 'NameExpr' ? node.text : undefined)),
    types: texts((node) => (node.kind === 'NamedType' ? node.name : undefined)),
    callees: {
      ActivityCall: called('ActivityCall'),
      WorkflowCall: called('WorkflowCall'),
      FunctionCall: called('FunctionCall'),
    },
  };
}

function changesOf(source: Source, node: Node, parent: Node | undefined): readonly Change[] {
  const { choices, names } = source;
  const another = (list: readonly string[], text: string) =>
    choices.chance(30) ? `${text}x` : choices.pick([...list.filter((one) => one !== text), `${text}x`]);
  switch (node.kind) {
    case 'Field':
      return [{ what: 'a field renamed', at: node.field.span, becomes: another(names.fields, node.field.text) }];
    case 'RecordField':
      if (node.shorthand) return [];
      // What a record lacks is said at its name.
      return [
        {
          what: 'a field renamed',
          at: node.name.span,
          becomes: another(names.fields, node.name.text),
          about: join((parent ?? node).span, node.name.span),
        },
      ];
    case 'FieldDef': {
      const { span, text } = node.name;
      return [{ what: 'a declared field renamed', at: span, becomes: another(names.fields, text), gone: [text] }];
    }
    case 'Param':
      return node.type
        ? [{ what: 'a type swapped', at: node.type.span, becomes: anotherType(source, node.type.span) }]
        : [];
    case 'ResultType':
      return [{ what: 'a type swapped', at: node.type.span, becomes: anotherType(source, node.type.span) }];
    case 'NameExpr':
      if (isEvidence(node)) return [];
      return [
        { what: 'a name exchanged', at: node.span, becomes: another(names.variables, node.text), gone: [node.text] },
      ];
    case 'Number':
    case 'Bool':
    case 'Duration':
    case 'Null': {
      // What a test for it has shown of a name is not known any more.
      const gone =
        node.kind === 'Null' && parent?.kind === 'Binary' ? slice(source.text, parent.span).split(/\W+/) : [];
      return [{ what: 'a literal of another kind', at: node.span, becomes: anotherLiteral(choices, node.kind), gone }];
    }
    case 'String': {
      const isPlain = node.parts.every((part) => typeof part === 'string');
      return isPlain && parent?.kind !== 'OptionEntry'
        ? [{ what: 'a literal of another kind', at: node.span, becomes: anotherLiteral(choices, node.kind) }]
        : [];
    }
    case 'Binary':
      return anotherOperator(source, node.left, node.right, node.span);
    case 'ActivityCall':
    case 'WorkflowCall':
    case 'NexusCall': {
      const binding = parent?.kind === 'CallStmt' || parent?.kind === 'AwaitCase' ? parent.binding : undefined;
      const about = join(node.name.span, (binding ?? node.args.at(-1) ?? node.name).span);
      const callee =
        node.kind === 'NexusCall'
          ? []
          : [
              {
                what: 'a callee replaced',
                at: node.name.span,
                becomes: another(names.callees[node.kind], node.name.text),
                about,
              },
            ];
      return [...callee, ...argumentChanges(source, node.args, about)];
    }
    case 'FunctionCall': {
      const { callee } = node;
      if (isEvidence(callee)) return [];
      const replaced =
        callee.kind === 'NameExpr'
          ? [
              {
                what: 'a callee replaced',
                at: callee.span,
                becomes: another(names.callees.FunctionCall, callee.text),
                about: node.span,
              },
            ]
          : [];
      return [...replaced, ...argumentChanges(source, node.args, node.span)];
    }
    case 'Binding': {
      if (parent?.kind !== 'CallStmt' && parent?.kind !== 'Await') return [];
      const arrow = source.text.lastIndexOf('->', node.span.start);
      const between = source.text.slice(arrow + 2, node.span.start);
      if (arrow < 0 || between.trim() !== '') return [];
      const start = arrow - (/ *$/.exec(source.text.slice(0, arrow))?.[0].length ?? 0);
      return [
        {
          what: 'a binding dropped',
          at: { start, end: node.span.end },
          becomes: '',
          gone: node.targets.flatMap(nameOf),
        },
      ];
    }
    case 'ExprStmt':
      return node.expr.kind === 'FunctionCall' && isEvidence(node.expr.callee) ? [] : dropped(source, node, parent);
    case 'Assign':
    case 'CallStmt':
    case 'Await':
      return dropped(source, node, parent);
    default:
      return [];
  }
}

/** What heartbeats record says what `get_heartbeat_details()` gives: without them, nothing is left to point to. */
function isEvidence(callee: Expr): boolean {
  return callee.kind === 'NameExpr' && callee.text === 'heartbeat';
}

function nameOf(target: Target): string[] {
  return target.kind === 'NameExpr' ? [target.text] : [target.field.text];
}

/** A whole line, where it is not the only one of its block. */
function dropped({ text }: Source, node: Stmt, parent: Node | undefined): readonly Change[] {
  const body = parent && 'body' in parent ? (parent.body as readonly Stmt[] | undefined) : undefined;
  if (!body || body.length < 2) return [];
  const start = text.lastIndexOf('\n', node.span.start - 1) + 1;
  const end = text.indexOf('\n', node.span.end) + 1;
  if (end === 0 || text.slice(start, node.span.start).trim() !== '' || text.slice(node.span.end, end).trim() !== '')
    return [];
  const targets =
    node.kind === 'Assign'
      ? [node.target]
      : node.kind === 'CallStmt' || node.kind === 'Await'
        ? (node.binding?.targets ?? [])
        : [];
  return [{ what: 'a statement dropped', at: { start, end }, becomes: '', gone: targets.flatMap(nameOf) }];
}

function argumentChanges({ text }: Source, args: readonly Arg[], about: Span): readonly Change[] {
  const [first, second] = args;
  if (!first) return [];
  const last = args.at(-1)!;
  const previous = args.at(-2);
  const without = { start: previous?.span.end ?? last.span.start, end: last.span.end };
  const change: Change = { what: 'an argument dropped', at: without, becomes: '', about };
  if (!second) return [change];
  const [a, between, b] = [
    slice(text, first.span),
    text.slice(first.span.end, second.span.start),
    slice(text, second.span),
  ];
  const both = join(first.span, second.span);
  return [change, { what: 'arguments swapped', at: both, becomes: b + between + a }];
}

const slice = (text: string, { start, end }: Span) => text.slice(start, end);

function anotherType({ choices, text, names }: Source, span: Span): string {
  const own = slice(text, span);
  const others = [
    'string',
    'int',
    'bool',
    'decimal',
    'duration',
    '[]string',
    `[]${own}`,
    `${own}?`.replace('??', ''),
    ...names.types,
  ];
  return choices.pick(others.filter((one) => one !== own));
}

const literals: Readonly<Record<string, string>> = {
  Number: '3',
  Bool: 'true',
  Duration: '5m',
  Null: 'null',
  String: '"text"',
};

function anotherLiteral(choices: Choices, kind: string): string {
  return choices.pick(Object.entries(literals).flatMap(([own, text]) => (own === kind ? [] : [text])));
}

function anotherOperator({ choices, text }: Source, left: Expr, right: Expr, about: Span): readonly Change[] {
  const at = { start: left.span.end, end: right.span.start };
  const own = slice(text, at);
  const operator = /^ ([^ ()]+|not in) $/.exec(own)?.[1];
  if (operator === undefined) return [];
  const others = ['+', '-', '*', '==', '<', 'and', 'in'].filter((one) => one !== operator);
  // What a condition has shown of these names is not known any more.
  const gone = slice(text, about).split(/\W+/);
  return [{ what: 'an operator replaced', at, becomes: ` ${choices.pick(others)} `, about, gone }];
}
