/** Loops that wait for nothing, on every path or on some, and those that nothing ends. */
import { namesIn, writesIn } from '../../symbols/blocks.js';
import type { ForHead, ForStmt, Node, Stmt } from '../../syntax/ast.js';
import { bodiesOf } from '../../syntax/bodies.js';
import { walk } from '../../syntax/visit.js';
import type { Typed } from '../verify/typed.js';

const ends: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'Break',
  'Return',
  'Close',
  'ContinueAsNew',
  'Raise',
  'Unsupported',
  'Invalid',
]);

/** What ends a turn, or waits in it. */
const letsGo: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  ...ends,
  'CallStmt',
  'Await',
  'Send',
  'Message',
  'CancelWorkflow',
  'AwaitAll',
  'AwaitOne',
]);

export function loops({ model }: Typed): void {
  for (const { definition, loops: all, file } of model.surveys) {
    if (definition.kind !== 'Workflow') continue;
    for (const loop of all) {
      const { start } = loop.span;
      const at = { start, end: start + 'for'.length };
      const hint = 'Wait in it, for a timer or a signal for instance, or leave it with `break`.';
      if (spins(loop)) model.report(file, 'TWF614', at, {}, { hint });
      else if (isEndless(loop)) {
        // What stands behind it was meant to be reached: that is reported already.
        const { problems } = model.variables.get(definition)!.walk;
        if (problems.some(({ kind }) => kind === 'unreachable')) continue;
        model.report(file, 'TWF653', at, {}, { hint: 'Begin a new run from time to time: `continue_as_new(…)`.' });
      } else if (maySpin(loop)) model.report(file, 'TWF654', at, {}, { hint });
    }
  }
}

/** A loop that goes on until the workflow is cancelled. */
function isEndless({ head, body }: ForStmt): boolean {
  return head.kind === 'Forever' && !body.some(holdsEnd);
}

/** A `break` in a loop inside leaves that one. */
function holdsEnd(statement: Stmt): boolean {
  if (ends.has(statement.kind)) return true;
  const inner = bodiesOf(statement).flat();
  return statement.kind === 'For' ? inner.some((one) => holdsEnd(one) && !onlyBreaks(one)) : inner.some(holdsEnd);
}

function onlyBreaks(statement: Stmt): boolean {
  if (statement.kind === 'Break') return true;
  return !ends.has(statement.kind) && bodiesOf(statement).flat().filter(holdsEnd).every(onlyBreaks);
}

/** Some turn waits for nothing, and does not change what the loop depends on. */
function maySpin({ head, body }: ForStmt): boolean {
  if (head.kind !== 'Forever' && head.kind !== 'While') return false;
  const { passes, repeats, writes } = turn(body);
  if (!passes && !repeats) return false;
  const asked = new Set(head.kind === 'While' ? namesIn(head.condition).map(({ text }) => text) : []);
  const note = (node: Node) => conditionsOf(node).forEach((name) => asked.add(name));
  for (const statement of body) walk(statement, { enter: (node) => note(node) });
  return ![...writes].some((name) => asked.has(name));
}

function conditionsOf(node: Node): string[] {
  const condition = node.kind === 'IfBranch' ? node.condition : node.kind === 'Switch' ? node.subject : undefined;
  return condition ? namesIn(condition).map(({ text }) => text) : [];
}

interface Turn {
  /** A path leads to the end, and waits for nothing. */
  readonly passes: boolean;
  /** The same to a `continue`. */
  readonly repeats: boolean;
  /** What such paths assign. */
  readonly writes: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();
const stops: Turn = { passes: false, repeats: false, writes: none };

function turn(statements: readonly Stmt[]): Turn {
  let repeats = false;
  const writes = new Set<string>();
  for (const statement of statements) {
    const one = step(statement);
    repeats ||= one.repeats;
    for (const name of one.writes) writes.add(name);
    if (!one.passes) return { passes: false, repeats, writes };
  }
  return { passes: true, repeats, writes };
}

function step(statement: Stmt): Turn {
  switch (statement.kind) {
    case 'Await':
    case 'AwaitAll':
    case 'AwaitOne':
      return stops;
    case 'Continue':
      return { passes: false, repeats: true, writes: none };
    case 'If':
    case 'Switch':
      return either(bodiesOf(statement), statement.otherwise === undefined);
    case 'Try':
      return either(
        [statement.body, ...statement.catches].map(({ body }) => body),
        false,
      );
    default: {
      const waits =
        (statement.kind === 'CallStmt' && statement.mode === 'blocking') ||
        (statement.kind === 'For' && statement.head.kind === 'Forever');
      if (waits || ends.has(statement.kind)) return stops;
      return { passes: true, repeats: false, writes: writesIn([statement]) };
    }
  }
}

/** @param skipped whether none of them may be taken */
function either(bodies: readonly (readonly Stmt[])[], skipped: boolean): Turn {
  const turns = bodies.map(turn).filter(({ passes, repeats }) => passes || repeats);
  return {
    passes: skipped || turns.some(({ passes }) => passes),
    repeats: turns.some(({ repeats }) => repeats),
    writes: new Set(turns.flatMap(({ writes }) => [...writes])),
  };
}

function spins({ head, body }: ForStmt): boolean {
  const deciding = decidedBy(head);
  if (!deciding) return false;
  let changes = false;
  for (const statement of body) {
    walk(statement, {
      enter: (node) => {
        if (letsGo.has(node.kind) || (node.kind === 'NameExpr' && deciding.has(node.text))) changes = true;
      },
    });
  }
  return !changes;
}

/** The names whose values keep a loop going; undefined for a loop that ends by itself. */
function decidedBy(head: ForHead): ReadonlySet<string> | undefined {
  switch (head.kind) {
    case 'Forever':
      return new Set();
    case 'While':
      return new Set(namesIn(head.condition).map(({ text }) => text));
    default:
      return undefined;
  }
}
