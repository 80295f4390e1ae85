/** The lines of a body to statements. */
import { join, type Span } from '../source.js';
import type {
  AwaitStmt,
  Call,
  Expr,
  FunctionCall,
  InvalidNode,
  NameExpr,
  OptionBlock,
  StartStmt,
  Stmt,
  UnsupportedNode,
} from './ast.js';
import { buildIf, buildSwitch, buildTry, type Built } from './build-branches.js';
import { buildCases } from './build-cases.js';
import { blockOf, buildEntries, buildOptions } from './build-options.js';
import type { ExpressionHead, FieldHead, Line } from './lines.js';
import type { Problems } from './problems.js';
import { checkShape, shapes } from './shapes.js';
import { reportUnknown } from './syntax-errors.js';

/** Words that open a block which this version does not compile, and which are keys of options elsewhere. */
const UNSUPPORTED_BLOCKS: Readonly<Record<string, string>> = {
  memo: '`memo:` blocks',
  search_attributes: '`search_attributes:` blocks',
};

export function buildStatements(lines: readonly Line[], problems: Problems): Stmt[] {
  return new Body(problems).read(lines).statements;
}

class Body {
  readonly statements: Stmt[] = [];
  /** Options on the line before: they belong to the next call. */
  private prefix: OptionBlock | undefined;

  constructor(private readonly problems: Problems) {}

  read(lines: readonly Line[]): this {
    for (let index = 0; index < lines.length; index++) {
      const line = lines[index]!;
      const { head } = line;
      if (head.kind === 'options') this.readPrefix(line, lines[index + 1]);
      else if (head.kind === 'if' || head.kind === 'elif' || head.kind === 'else') index = this.readIf(lines, index);
      else if (head.kind === 'try' || head.kind === 'catch' || head.kind === 'finally')
        index = this.readTry(lines, index);
      else if (head.kind === 'unsupported') {
        this.add(unsupported(line, this.problems));
        while (goesOn(line, lines[index + 1])) index++;
      } else this.readLine(line);
    }
    return this;
  }

  private add(statement: Stmt): void {
    this.statements.push(statement);
  }

  private readPrefix(line: Line, next: Line | undefined): void {
    const options = buildOptions(line, this.problems);
    const owner = strayBlock(line)?.[0] ?? next;
    if (owner !== undefined && takesOptions(owner)) this.prefix = options;
    else reportStray(line, owner, this.problems);
    this.read(strayBlock(line) ?? []);
  }

  private takePrefix(): OptionBlock | undefined {
    const options = this.prefix;
    this.prefix = undefined;
    return options;
  }

  private readLine(line: Line): void {
    const { head, span } = line;
    switch (head.kind) {
      case 'Assign':
      case 'Break':
      case 'Close':
      case 'ContinueAsNew':
      case 'Continue':
      case 'Raise':
      case 'Return':
      case 'Put':
      case 'Send':
      case 'Set':
        this.add(head);
        if (!checkShape(line, this.problems)) this.readStray(line.block);
        return;
      case 'CallStmt':
      case 'ReturnWorkflow':
      case 'StartWorkflow': {
        const { options, others } = this.optionsOf(line);
        if (options === undefined) this.add(head);
        else this.add({ ...head, span: join(head.span, options.span), call: withOptions(head.call, options) } as Stmt);
        this.readStray(others);
        return;
      }
      case 'CancelWorkflow':
      case 'ListWorkflows':
      case 'Message': {
        const { options, others } = this.optionsOf(line);
        if (options !== undefined) this.reportNoOptions(options);
        this.add(head);
        this.readStray(others);
        return;
      }
      case 'Await':
      case 'Start': {
        const { options, others } = this.optionsOf(line);
        this.add(options === undefined ? head : this.waitWith(head, options));
        this.readStray(others);
        return;
      }
      case 'for': {
        checkShape(line, this.problems);
        const body = buildStatements(line.block ?? [], this.problems);
        const condition = head.head ?? { kind: 'While', condition: invalid({ start: span.end, end: span.end }) };
        this.add({ kind: 'For', span: spanOver(line, body), head: condition, body });
        return;
      }
      case 'awaitAll': {
        const { options, rest } = this.ownOptions(line);
        const body = buildStatements(rest, this.problems);
        this.add({ kind: 'AwaitAll', span: spanOver(line, body, options), options, body });
        return;
      }
      case 'promiseAll': {
        const { options, rest } = this.ownOptions(line);
        const body = buildStatements(rest, this.problems);
        const whole = spanOver(line, body, options);
        const all = { kind: 'AwaitAll', span: { ...whole, start: head.at.start }, options, body } as const;
        const { binding } = head;
        this.add({ kind: 'Start', span: whole, operand: all, binding, dialect: 'current' });
        return;
      }
      case 'awaitOne': {
        const { options, rest } = this.ownOptions(line);
        const cases = buildCases(rest, this.problems);
        this.add({ kind: 'AwaitOne', span: spanOver(line, cases, options), options, cases });
        return;
      }
      case 'switch':
        return this.add(buildSwitch(line, head.subject, this.problems));
      case 'expression':
        return this.readExpression(line, head);
      case 'hint':
        return;
      case 'invalid':
      case 'skipped':
        this.add(invalid(span));
        return this.readStray(line.block);
      case 'signal':
      case 'update':
        if (head.params === undefined) return this.readForgottenAwait(line);
        return this.readMisplaced(line);
      case 'timer':
        return this.readForgottenAwait(line);
      case 'field':
        return this.readTyped(line, head);
      default:
        return this.readMisplaced(line);
    }
  }

  /** Lines under a line that they cannot belong to: they are read as if they stood beside it. */
  private readStray(lines: readonly Line[] | undefined): void {
    for (const statement of buildStatements(lines ?? [], this.problems.quiet())) this.add(statement);
  }

  private readMisplaced(line: Line): void {
    const { what, belongs } = shapes[line.head.kind];
    if (!line.broken) this.problems.report('TWF230', line.span, { what }, { hint: belongs });
    this.add(invalid(line.span));
    this.readStray(line.block);
  }

  /** `count: int = 0` is meant to be a variable. */
  private readTyped(line: Line, { name, type, value }: FieldHead): void {
    const { span } = line;
    const hint = `Its type is found out: write \`${name.text} = …\`. With a type, it stands under \`state:\`.`;
    const annotation = { start: name.span.end, end: type?.span.end ?? name.span.end };
    const fixes = [this.problems.fix('Remove the type', annotation, '')];
    if (!line.broken) this.problems.report('TWF230', span, { what: 'A variable with a type' }, { hint, fixes });
    const target: NameExpr = { kind: 'NameExpr', span: name.span, text: name.text };
    this.add(value ? { kind: 'Assign', span, target, value } : invalid(span));
    this.readStray(line.block);
  }

  private readForgottenAwait(line: Line): void {
    const at = { start: line.span.start, end: line.span.start };
    if (!line.broken) {
      const { kind } = line.head;
      const isTimer = kind === 'timer';
      const hint = isTimer ? undefined : `A handler has parameters: \`${kind} Name(…):\`, or \`${kind} Name()\`.`;
      const fixes = [this.problems.fix('Add `await`', at, 'await ')];
      const what = isTimer ? 'a timer' : kind === 'update' ? 'an update' : 'a signal';
      this.problems.report('TWF231', line.span, { what }, { hint, fixes });
    }
    this.add(invalid(line.span));
    this.readStray(line.block);
  }

  private readIf(lines: readonly Line[], first: number): number {
    return this.addBuilt(buildIf(lines, first, this.problems));
  }

  private readTry(lines: readonly Line[], first: number): number {
    return this.addBuilt(buildTry(lines, first, this.problems));
  }

  /** @returns the index of its last line */
  private addBuilt({ statement, last, stray }: Built): number {
    if (statement) this.add(statement);
    this.readStray(stray);
    return last;
  }

  private readExpression(line: Line, head: ExpressionHead): void {
    const { value, binding } = head;
    if (isPass(line)) {
      if (!checkShape(line, this.problems)) this.readStray(line.block);
      return;
    }
    if (value.kind === 'FunctionCall' && binding === undefined && !isUnknownOpener(line, value)) {
      this.add({ kind: 'ExprStmt', span: value.span, expr: value });
      if (!checkShape(line, this.problems)) this.readStray(line.block);
      return;
    }
    const word = value.kind === 'NameExpr' ? value.text : '';
    if (line.colon !== undefined && Object.hasOwn(UNSUPPORTED_BLOCKS, word)) {
      this.problems.report('TWF200', value.span, { what: UNSUPPORTED_BLOCKS[word]! });
      this.add({ kind: 'Unsupported', span: spanOver(line, []), what: UNSUPPORTED_BLOCKS[word]! });
      return;
    }
    this.add(invalid(line.span));
    if (!line.broken) this.reportExpression(line, head);
    this.readStray(line.block);
  }

  private reportExpression(line: Line, { value, binding }: ExpressionHead): void {
    const at = { start: line.span.start, end: line.span.start };
    if (binding !== undefined && value.kind === 'FunctionCall') {
      const target = binding.targets[0];
      const call = this.problems.text.slice(value.span.start, value.span.end);
      const name = target && this.problems.text.slice(target.span.start, target.span.end);
      const fixes =
        binding.targets.length === 1 ? [this.problems.fix('Assign it with `=`', line.span, `${name} = ${call}`)] : [];
      this.problems.report(
        'TWF232',
        binding.span,
        {},
        { fixes, hint: 'If it is an activity, write `activity` before it.' },
      );
    } else if (binding !== undefined) {
      this.problems.report(
        'TWF231',
        line.span,
        { what: 'a started call' },
        { fixes: [this.problems.fix('Add `await`', at, 'await ')] },
      );
    } else if (value.kind === 'NameExpr') {
      reportUnknown(value.text, value.span, this.problems);
    } else if (isUnknownOpener(line, value)) {
      reportUnknown(value.callee.text, value.callee.span, this.problems);
    } else {
      this.problems.report('TWF233', value.span, {}, { hint: 'Assign it to a name, or remove it.' });
    }
  }

  private waitWith<S extends AwaitStmt | StartStmt>(wait: S, options: OptionBlock): S {
    const { operand } = wait;
    if (operand.kind === 'Timer') {
      const timer = { ...operand, span: join(operand.span, options.span), options };
      return { ...wait, span: join(wait.span, options.span), operand: timer };
    }
    this.reportNoOptions(options);
    return wait;
  }

  private reportNoOptions({ span }: OptionBlock): void {
    const hint = 'Only calls, timers, `await one` and `await all` have options.';
    this.problems.report('TWF228', span, {}, { hint });
  }

  /** The options of a call: on the line before it, or under it. Other lines under it are read as if they stood beside it. */
  private optionsOf(line: Line): { readonly options: OptionBlock | undefined; readonly others: readonly Line[] } {
    const owns = checkShape(line, this.problems);
    if (line.broken) return { options: this.takePrefix(), others: line.block ?? [] };
    const own: Line[] = [];
    const others: Line[] = [];
    for (const under of line.block ?? []) {
      if (under.head.kind === 'unsupported') unsupported(under, this.problems);
      else if (isOption(under, line)) own.push(under);
      else others.push(under);
    }
    const options = merge(this.takePrefix(), this.optionsUnder(own), this.problems);
    if (others.length > 0 && owns) {
      this.problems.report('TWF224', others[0]!.span, {}, { hint: 'Indent it like the line above it.' });
    }
    return { options, others };
  }

  private optionsUnder(lines: readonly Line[]): OptionBlock | undefined {
    const [first, second] = lines;
    if (first === undefined) return undefined;
    if (second === undefined && first.head.kind === 'options') return buildOptions(first, this.problems);
    return blockOf(first.span, buildEntries(lines, false, this.problems));
  }

  /** The options of `await one` and `await all`: on the line before it, or first in it. */
  private ownOptions(line: Line): { options: OptionBlock | undefined; rest: readonly Line[] } {
    checkShape(line, this.problems);
    const { options, rest } = leadingOptions(line.block ?? [], this.problems);
    return { options: merge(this.takePrefix(), options, this.problems), rest };
  }
}

/** Whether a line under a call is of its options: under a start, their keys need no `options:` above them. */
function isOption({ head }: Line, call: Line): boolean {
  if (head.kind === 'options') return true;
  return startsWorkflow(call.head) && (head.kind === 'entry' || head.kind === 'expression');
}

const startsWorkflow = ({ kind }: Line['head']) => kind === 'ReturnWorkflow' || kind === 'StartWorkflow';

/** Lines indented under `options(…)`, which opens no block: they are read as if they stood beside it. */
export function strayBlock({ head, block }: Line): readonly Line[] | undefined {
  return head.kind === 'options' && head.args !== undefined ? block : undefined;
}

/** Options first in a block belong to what the block is of, unless they are `options(…)` right before a call. */
export function leadingOptions(
  block: readonly Line[],
  problems: Problems,
): { options: OptionBlock | undefined; rest: readonly Line[] } {
  const [first, next] = block;
  if (first === undefined || first.head.kind !== 'options') return { options: undefined, rest: block };
  if (first.head.args !== undefined && next !== undefined && takesOptions(next))
    return { options: undefined, rest: block };
  return { options: buildOptions(first, problems), rest: block.slice(1) };
}

export function merge(
  first: OptionBlock | undefined,
  second: OptionBlock | undefined,
  problems: Problems,
): OptionBlock | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  problems.report('TWF234', second.span, {}, { hint: 'Put them all in one place: before the call, or under it.' });
  return first;
}

export function withOptions<C extends Call>(call: C, options: OptionBlock): C {
  return { ...call, span: join(call.span, options.span), options };
}

const optioned: ReadonlySet<Line['head']['kind']> = new Set<Line['head']['kind']>([
  'CallStmt',
  'ReturnWorkflow',
  'StartWorkflow',
  'Await',
  'Start',
  'awaitAll',
  'promiseAll',
  'awaitOne',
  'timer',
]);

export function takesOptions({ head }: Line): boolean {
  return optioned.has(head.kind);
}

/** If the next line could not be read, or is no statement, the options may belong to what it was meant to be. */
export function reportStray(line: Line, next: Line | undefined, problems: Problems): void {
  if (isUnclear(next) || next?.head.kind === 'unsupported') return;
  problems.report('TWF228', line.span, {}, { hint: 'Put them on the line before a call, or under it.' });
}

/** Reports a construct that this version does not compile. */
export function unsupported(line: Line, problems: Problems, asCase = false): UnsupportedNode {
  if (line.head.kind !== 'unsupported') throw new TypeError(`a line of kind ${line.head.kind}`);
  const { construct, at } = line.head;
  const what = (asCase ? construct.asCase : undefined) ?? construct.what;
  problems.report('TWF200', at, { what });
  return { kind: 'Unsupported', span: line.span, what };
}

/** Whether a line goes on with what an unsupported one began: `catch` after `try`. */
export function goesOn(line: Line, next: Line | undefined): boolean {
  if (line.head.kind !== 'unsupported' || next?.head.kind !== 'unsupported') return false;
  return line.head.construct.goesOnWith?.includes(next.head.construct.pattern.split(' ')[0]!) ?? false;
}

/** `while (x):`: what looks like a call of a function, and was meant to open a block. */
function isUnknownOpener(line: Line, value: Expr): value is FunctionCall & { readonly callee: NameExpr } {
  return line.colon !== undefined && value.kind === 'FunctionCall' && value.callee.kind === 'NameExpr';
}

/** A line that was not understood: it may have been meant as anything. */
export function isUnclear(line: Line | undefined): boolean {
  if (line === undefined) return false;
  const { head, broken } = line;
  if (head.kind !== 'expression') return broken || head.kind === 'invalid';
  return head.value.kind !== 'FunctionCall' || head.binding !== undefined;
}

/** `pass` and `pass()`: a statement that does nothing. */
export function isPass({ head }: Line): boolean {
  if (head.kind !== 'expression' || head.binding !== undefined) return false;
  const { value } = head;
  const name = value.kind === 'FunctionCall' && value.args.length === 0 ? value.callee : value;
  return name.kind === 'NameExpr' && name.text === 'pass';
}

export function invalid(span: Span): InvalidNode {
  return { kind: 'Invalid', span };
}

/** From the start of a line to the end of what belongs to it. */
export function spanOver(line: Line, parts: readonly { readonly span: Span }[], options?: OptionBlock): Span {
  const { start } = options ? join(line.span, options.span) : line.span;
  let end = Math.max(line.span.end, options?.span.end ?? 0);
  for (const { span } of parts) end = Math.max(end, span.end);
  return { start, end };
}
