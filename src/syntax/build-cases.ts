/** The lines of an `await one` to its cases. */
import { join } from '../source.js';
import type { AwaitCase, CaseOperand, Binding, OptionBlock, Stmt } from './ast.js';
import { buildOptions } from './build-options.js';
import {
  buildStatements,
  goesOn,
  invalid,
  leadingOptions,
  merge,
  reportStray,
  spanOver,
  strayBlock,
  takesOptions,
  unsupported,
  withOptions,
} from './build-statements.js';
import { isPath } from './expressions.js';
import type { Line } from './lines.js';
import type { Problems } from './problems.js';
import { CASE, checkShape, shapes } from './shapes.js';

const FORMS =
  'A case is `timer(…)`, `signal S`, `update U`, a call, a handle, or `await all:`, each with `-> name` if its value is wanted.';

/** @param before options that stand on the line before these */
export function buildCases(lines: readonly Line[], problems: Problems, before?: OptionBlock): AwaitCase[] {
  const cases: AwaitCase[] = [];
  let prefix = before;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    if (line.head.kind === 'options') {
      const options = buildOptions(line, problems);
      const under = strayBlock(line) ?? [];
      const owner = under[0] ?? lines[index + 1];
      if (owner !== undefined && takesOptions(owner)) prefix = options;
      else reportStray(line, owner, problems);
      cases.push(...buildCases(under, problems, prefix));
      if (under.length > 0) prefix = undefined;
      continue;
    }
    if (line.head.kind === 'hint') continue;
    cases.push(buildCase(line, prefix, problems));
    prefix = undefined;
    while (goesOn(line, lines[index + 1])) index++;
  }
  return cases;
}

function buildCase(line: Line, prefix: OptionBlock | undefined, problems: Problems): AwaitCase {
  const { head, span } = line;
  switch (head.kind) {
    case 'timer': {
      const { options, body } = bodyOf(line, prefix, problems);
      const end = head.binding?.span.start ?? line.colon?.start ?? span.end;
      const duration = head.duration ?? invalid({ start: span.end, end: span.end });
      const own = { start: span.start, end: Math.max(duration.span.end, trimmedEnd(problems.text, span.start, end)) };
      const operand = { kind: 'Timer', span: options ? join(own, options.span) : own, duration, options } as const;
      return make(line, operand, head.binding, body);
    }
    case 'CallStmt': {
      if (head.mode !== 'blocking') {
        const word = { start: span.start, end: span.start + (head.mode === 'spawn' ? 5 : 6) };
        problems.report(
          'TWF235',
          word,
          { what: `\`${head.mode}\`` },
          {
            hint: 'A case starts its call by itself, and cancels it when another case wins.',
            fixes: [problems.fix(`Remove \`${head.mode}\``, { start: word.start, end: head.call.span.start }, '')],
          },
        );
      }
      const { options, body } = bodyOf(line, prefix, problems);
      return make(line, options ? withOptions(head.call, options) : head.call, head.binding, body);
    }
    case 'signal':
    case 'update': {
      if (head.params !== undefined && !line.broken) {
        problems.report(
          'TWF235',
          span,
          { what: `${head.kind === 'signal' ? 'A signal' : 'An update'} with parameters` },
          {
            hint: `A case names the ${head.kind}: \`${head.kind} N\`, or \`${head.kind} N -> (a, b)\` to get what it carries.`,
          },
        );
      }
      const name = head.name ?? { kind: 'Name', span: { start: span.end, end: span.end }, text: '' };
      const operand = head.name
        ? ({
            kind: head.kind === 'signal' ? 'Signal' : 'Update',
            span: join({ ...span, end: span.start }, name.span),
            name,
          } as const)
        : invalid(span);
      return make(line, operand, head.binding, plainBody(line, problems));
    }
    case 'awaitAll': {
      checkShape(line, problems);
      const { options, rest } = leadingOptions(line.block ?? [], problems);
      const body = buildStatements(rest, problems);
      const all = merge(prefix, options, problems);
      return make(line, { kind: 'AwaitAll', span: spanOver(line, body, all), options: all, body }, undefined, []);
    }
    case 'Await': {
      const word = { start: span.start, end: span.start + 'await'.length };
      problems.report(
        'TWF235',
        word,
        { what: '`await`' },
        {
          hint: 'A case waits by itself.',
          fixes: [problems.fix('Remove `await`', { start: span.start, end: head.operand.span.start }, '')],
        },
      );
      return make(line, head.operand, head.binding, plainBody(line, problems));
    }
    case 'expression': {
      const { value, binding } = head;
      if (isPath(value) || value.kind === 'Index') {
        return make(line, { kind: 'Handle', span: value.span, handle: value }, binding, plainBody(line, problems));
      }
      if (value.kind === 'FunctionCall' && value.callee.kind === 'NameExpr' && value.callee.text === 'until') {
        problems.report('TWF200', value.span, { what: '`until` cases' });
        return make(line, { kind: 'Unsupported', span: value.span, what: '`until` cases' }, undefined, []);
      }
      problems.report('TWF235', value.span, { what: shapes.expression.what }, { hint: FORMS });
      return make(line, invalid(value.span), undefined, plainBody(line, problems));
    }
    case 'unsupported':
      return make(line, unsupported(line, problems, true), undefined, []);
    default:
      if (!line.broken && head.kind !== 'invalid' && head.kind !== 'skipped') {
        problems.report('TWF235', span, { what: shapes[head.kind].what }, { hint: FORMS });
      }
      return make(line, invalid(span), undefined, buildStatements(line.block ?? [], problems.quiet()));
  }
}

function make(line: Line, operand: CaseOperand, binding: Binding | undefined, body: readonly Stmt[]): AwaitCase {
  return { kind: 'AwaitCase', span: join(spanOver(line, body), operand.span), operand, binding, body };
}

function plainBody(line: Line, problems: Problems): Stmt[] {
  checkShape(line, problems, CASE);
  return buildStatements(line.block ?? [], problems);
}

/** The body of a case whose operand can have options: on the line before it, or first under it. */
function bodyOf(line: Line, prefix: OptionBlock | undefined, problems: Problems) {
  const { options, rest } = leadingOptions(line.block ?? [], problems);
  const hasBody = rest.length > 0;
  checkShape(line, problems, hasBody ? CASE : { colon: 'allowed', block: 'options' });
  return { options: merge(prefix, options, problems), body: buildStatements(rest, problems) };
}

function trimmedEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}
