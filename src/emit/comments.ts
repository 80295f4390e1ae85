/**
 * Which comment belongs to which line of the program, and where the author left a blank line. What only speaks to twfc is
 * left out.
 */
import type { ParsedFile } from '../check/program.js';
import type { Span } from '../source.js';
import type { Node } from '../syntax/ast.js';
import { ignoreDirective } from '../syntax/directives.js';
import { children } from '../syntax/visit.js';

/** What stands around a line of the program, without the `#`. */
export interface Comments {
  /** Above it, or between its words; undefined where the author left a blank line. */
  readonly leading: readonly (string | undefined)[];
  /** Behind it. */
  readonly trailing: string | undefined;
  /** A blank line is above it and its comments. */
  readonly blankBefore: boolean;
}

/** The nodes that begin a line, and can have comments. */
const lineKinds: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'Workflow',
  'Activity',
  'Service',
  'Endpoint',
  'Worker',
  'WorkerEntry',
  'Namespace',
  'WorkerPlace',
  'RecordDef',
  'FieldDef',
  'AliasDef',
  'EnumDef',
  'ExternFunction',
  'Operation',
  'StateVariable',
  'Condition',
  'SignalHandler',
  'QueryHandler',
  'UpdateHandler',
  'CallStmt',
  'Assign',
  'Put',
  'Set',
  'Send',
  'Message',
  'CancelWorkflow',
  'StartWorkflow',
  'ListWorkflows',
  'If',
  'IfBranch',
  'Block',
  'Switch',
  'SwitchCase',
  'Try',
  'Catch',
  'For',
  'Return',
  'ReturnWorkflow',
  'Close',
  'ContinueAsNew',
  'Raise',
  'Start',
  'Await',
  'AwaitAll',
  'AwaitOne',
  'AwaitCase',
  'Break',
  'Continue',
  'ExprStmt',
]);

/** Those of them that may have a block under them, even where there is none. */
const blockKinds: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'Workflow',
  'Activity',
  'Service',
  'Endpoint',
  'Worker',
  'Namespace',
  'WorkerPlace',
  'RecordDef',
  'Operation',
  'SignalHandler',
  'QueryHandler',
  'UpdateHandler',
  'IfBranch',
  'Block',
  'Switch',
  'SwitchCase',
  'Try',
  'Catch',
  'For',
  'AwaitAll',
  'AwaitOne',
  'AwaitCase',
]);

const none: Comments = { leading: [], trailing: undefined, blankBefore: false };

interface Line {
  readonly node: Node;
  readonly start: number;
  readonly column: number;
  readonly parent: Line | undefined;
  isLeaf: boolean;
  readonly above: Span[];
  behind: Span | undefined;
}

export class CommentTable {
  private readonly lines: Line[] = [];
  private readonly found = new Map<Node, Comments>();
  private readonly ends = new Map<Node, string[]>();

  constructor(private readonly file: ParsedFile) {
    for (const definition of file.ast.definitions) this.add(definition, undefined);
    this.lines.sort((a, b) => a.start - b.start);
    let next = 0;
    for (const comment of file.comments) {
      if (ignoreDirective.test(file.source.text.slice(comment.start, comment.end))) continue;
      while (next < this.lines.length && this.lines[next]!.start < comment.start) next++;
      this.place(comment, this.lines[next - 1], this.lines[next]);
    }
    for (const line of this.lines) this.found.set(line.node, this.commentsOf(line));
  }

  of(node: Node): Comments {
    return this.found.get(node) ?? none;
  }

  /** The comments under the last line of a block, by the node whose block it is. */
  endOf(node: Node): readonly string[] {
    return this.ends.get(node) ?? [];
  }

  private add(node: Node, parent: Line | undefined): void {
    const start = startOf(node);
    const { column } = this.file.source.position(start);
    const line: Line = { node, start, column, parent, isLeaf: true, above: [], behind: undefined };
    if (parent) parent.isLeaf = false;
    this.lines.push(line);
    for (const child of children(node)) if (lineKinds.has(child.kind)) this.add(child, line);
  }

  private place(comment: Span, above: Line | undefined, below: Line | undefined): void {
    const { source } = this.file;
    if (above?.isLeaf && comment.start < above.node.span.end) {
      above.above.push(comment);
      return;
    }
    const { line, column } = source.position(comment.start);
    const isBehind =
      source
        .lineText(line)
        .slice(0, column - 1)
        .trim() !== '';
    if (isBehind && above?.isLeaf && source.position(Math.max(above.node.span.end - 1, above.start)).line === line) {
      above.behind = comment;
      return;
    }
    const owner = blockOf(isBehind ? Infinity : column, above, below);
    if (owner === below && below) below.above.push(comment);
    else if (owner) this.endList(owner.node).push(textOf(source.text, comment));
    else this.endList(this.file.ast).push(textOf(source.text, comment));
  }

  private endList(node: Node): string[] {
    let list = this.ends.get(node);
    if (!list) {
      list = [];
      this.ends.set(node, list);
    }
    return list;
  }

  private commentsOf({ above, behind, start }: Line): Comments {
    const { source } = this.file;
    const lineOf = (offset: number) => source.position(offset).line;
    const isBlankAbove = (line: number) => {
      let above = line - 1;
      while (above > 0 && ignoreDirective.test(source.lineText(above).trim())) above--;
      return above > 0 && source.lineText(above).trim() === '';
    };
    const leading: (string | undefined)[] = [];
    for (const [at, comment] of above.entries()) {
      if (at > 0 && isBlankAbove(lineOf(comment.start))) leading.push(undefined);
      leading.push(textOf(source.text, comment));
    }
    const last = above.at(-1);
    if (last && last.start < start && isBlankAbove(lineOf(start))) leading.push(undefined);
    const first = Math.min(above[0]?.start ?? start, start);
    const trailing = behind && textOf(source.text, behind);
    return { leading, trailing, blankBefore: isBlankAbove(lineOf(first)) };
  }
}

/** The line below if a comment leads it, or the line whose block it ends; undefined at the end of the file. */
function blockOf(column: number, above: Line | undefined, below: Line | undefined): Line | undefined {
  let at = above;
  while (at && at.column > column) at = at.parent;
  if (!at) return below;
  if (at.column < column) {
    if (below && (below.parent === at || !blockKinds.has(at.node.kind))) return below;
    return blockKinds.has(at.node.kind) ? at : at.parent;
  }
  for (let level: Line | undefined = at; level && level.column === column; level = level.parent) {
    if (below && below.parent === level.parent) return below;
    at = level;
  }
  return at.parent;
}

/** Options may stand above the call that they belong to. */
function startOf(node: Node): number {
  const call = node.kind === 'CallStmt' ? node.call : node.kind === 'AwaitCase' ? node.operand : undefined;
  const options = call && 'options' in call ? call.options : undefined;
  return Math.min(node.span.start, options?.span.start ?? node.span.start);
}

function textOf(text: string, { start, end }: Span): string {
  return text.slice(start, end).replace(/^#+ ?/, '').trimEnd();
}
