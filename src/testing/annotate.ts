import type { ParsedFile } from '../check/program.js';
import type { Node } from '../syntax/ast.js';
import { walk } from '../syntax/visit.js';

/**
 * The source, and under each line the nodes that begin on it, outermost first: `#@ Kind [first column:column after the
 * last)`. Where a node ends on another line, that line stands before the second column: `[1:7.20)`. The result is a
 * program again, for these lines are comments.
 */
export function annotate({ source, ast }: ParsedFile): string {
  const byLine = new Map<number, string[]>();
  const note = (node: Node): void => {
    const start = source.position(node.span.start);
    const end = source.position(node.span.end);
    const last = end.line === start.line ? `${end.column}` : `${end.line}.${end.column}`;
    const notes = byLine.get(start.line) ?? [];
    notes.push(`${node.kind}${detail(node)} [${start.column}:${last})`);
    byLine.set(start.line, notes);
  };
  walk(ast, { enter: note });
  const lines: string[] = [];
  for (let line = 1; line <= source.lineCount; line++) {
    const text = source.lineText(line);
    if (text !== '' || line < source.lineCount) lines.push(text);
    const notes = byLine.get(line);
    if (notes !== undefined) lines.push(`#@ ${notes.join(' ')}`);
  }
  return lines.join('\n') + '\n';
}

/** What a node says that its place in the source does not show. */
function detail(node: Node): string {
  switch (node.kind) {
    case 'CallStmt':
      return node.mode === 'blocking' ? '' : `(${node.mode})`;
    case 'Close':
      return `(${node.outcome})`;
    case 'For':
      return `(${node.head.kind})`;
    case 'Unary':
    case 'Binary':
      return `(${node.operator})`;
    case 'Activity':
    case 'Operation':
      return node.body === undefined ? '(contract)' : '';
    case 'RecordField':
      return node.shorthand ? '(shorthand)' : '';
    case 'Unsupported':
      return `(${node.what})`;
    default:
      return '';
  }
}
