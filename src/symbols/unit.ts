/**
 * Walks one unit (the body of a definition, or a handler) in the order of its execution: finds every use of every name,
 * and knows at each read whether every path to it assigns the name (grammar/README.md, "Variables").
 */
import type {
  ArrivalOperand,
  AwaitAllStmt,
  AwaitCase,
  AwaitOneStmt,
  CallStmt,
  CatchClause,
  Expr,
  ForStmt,
  IfStmt,
  SetStmt,
  StartStmt,
  Stmt,
  SwitchStmt,
  TryStmt,
} from '../syntax/ast.js';
import { ownCancellation, startsWork } from '../syntax/bodies.js';
import {
  bindings,
  type Block,
  block,
  callExpressions,
  isFanOut,
  isValueBlock,
  optionExpressions,
  writesIn,
  writtenBy,
} from './blocks.js';
import { isArrival } from './messages.js';
import { type Name, NameSet } from './name-set.js';
import { meet, merge, type Paths, withNames, withPossible } from './paths.js';
import { written } from './presence.js';
import type { Cleanup } from './flow.js';
import { coveredEnum } from './enums.js';
import { type UnitInput, UnitNames } from './unit-names.js';

type Ending = NonNullable<TryStmt['ending']>;

interface Loop {
  readonly breaks: Paths[];
  readonly continues: Paths[];
  /** How many branches of `await all` it stands in: what leaves it from inside a further one leaves that branch, too. */
  readonly branches: number;
}

export class UnitWalk extends UnitNames {
  readonly top: Block;
  /** Whether the end of the unit can be reached, and what is assigned there. */
  readonly end: Paths;
  /** What is assigned on every path that ends the unit. */
  readonly atEveryEnd: NameSet;
  /** Waits for one message and nothing else, with what is assigned by then. */
  readonly arrivalWaits: { readonly wait: ArrivalOperand; readonly assigned: NameSet }[] = [];

  /** Where conditions are set, with what is assigned by then. */
  readonly settings: { readonly statement: SetStmt; readonly assigned: NameSet }[] = [];

  private loops: Loop[] = [];
  private branches = 0;
  /** What has to be done to its end around, with the number of loops around that. */
  private readonly cleanups: { readonly where: Cleanup; readonly loops: number }[] = [];
  /** What is assigned on the paths that have ended. */
  private ended: Paths;
  private reportedUnreachable = false;

  constructor(input: UnitInput) {
    super(input);
    this.top = block(input.statements);
    this.statements(this.top);
    this.problems.push(...this.tooEarly.filter(({ name }) => name.uses.some(({ write }) => write)));
    this.end = this.state;
    this.atEveryEnd = meet([this.ended, this.state])?.certain ?? NameSet.none;
  }

  private statements(within: Block): void {
    // What is never reached is read as if the statement before it had not ended the path.
    let last = this.state;
    const { dead } = this;
    let index = 0;
    for (const statement of within.statements) {
      if (!this.state) {
        if (!this.reportedUnreachable) this.problems.push({ kind: 'unreachable', at: statement });
        this.reportedUnreachable = true;
        this.dead = dead + 1;
        this.state = last;
      }
      last = this.state;
      this.statement(statement, within, index++);
    }
    if (this.dead > dead) this.state = undefined;
    this.dead = dead;
  }

  private statement(statement: Stmt, within: Block, index: number): void {
    switch (statement.kind) {
      case 'CallStmt':
        this.call(statement, within, index);
        this.bind(statement.binding, within, index);
        break;
      case 'Assign':
        this.read(statement.value, within, index);
        this.write(statement.target, 'assignment', within, index);
        this.state = this.presence.assigned(this.state, statement.target, statement.value);
        break;
      case 'Send':
        this.read(statement.handle, within, index);
        for (const { value } of statement.args) this.read(value, within, index);
        this.wait();
        break;
      case 'Set':
        this.write(statement.condition, 'assignment', within, index);
        if (statement.value && this.state) this.settings.push({ statement, assigned: this.state.certain });
        break;
      case 'If':
        this.if(statement, within, index);
        break;
      case 'Switch':
        this.switch(statement, within, index);
        break;
      case 'Try':
        this.try(statement, within, index);
        break;
      case 'For':
        this.for(statement, within, index);
        break;
      case 'Return':
        if (statement.value) this.read(statement.value, within, index);
        this.endUnit(statement, 'return');
        break;
      case 'Close':
        if (statement.value) this.read(statement.value, within, index);
        if (this.mayClose) this.endUnit(statement, 'close');
        break;
      case 'ReturnWorkflow':
        for (const expr of callExpressions(statement.call, 'start')) this.read(expr, within, index);
        this.endUnit(statement, 'return');
        break;
      case 'ContinueAsNew':
        for (const { value } of statement.args) this.read(value, within, index);
        if (this.mayClose) this.endUnit(statement, 'continue_as_new');
        break;
      case 'Raise':
        for (const { value } of statement.args) this.read(value, within, index);
        if (statement.retryIn) this.read(statement.retryIn, within, index);
        this.state = undefined;
        break;
      case 'Await':
        this.noteArrival(statement.operand);
        this.operand(statement.operand, within, index);
        this.wait();
        this.bind(statement.binding, within, index);
        break;
      case 'Start':
        this.start(statement, within, index);
        break;
      case 'AwaitAll':
        this.awaitAll(statement, within, index);
        break;
      case 'AwaitOne':
        this.awaitOne(statement, within, index);
        break;
      case 'Break':
      case 'Continue':
        this.leaveLoop(statement);
        break;
      case 'ExprStmt':
        this.read(statement.expr, within, index);
        if (this.input.inActivity && isLeftOpen(statement.expr)) this.state = undefined;
        break;
      case 'Unsupported':
      case 'Invalid':
        this.incomplete = true;
        break;
      default:
        statement satisfies never;
    }
  }

  // --- Control flow

  /** Elsewhere `close` is a mistake: what stands behind it is none besides. */
  private get mayClose(): boolean {
    return !this.input.own && !this.input.inActivity;
  }

  private endUnit(at: Stmt, what: string): void {
    const { where } = this.cleanups.at(-1) ?? {};
    const mayEnd = where === undefined || (where === 'catch CancelledError' && !this.input.own);
    if (!mayEnd) this.problems.push({ kind: 'leaves-cleanup', at, what, where });
    if (this.branches > 0) this.problems.push({ kind: 'leaves-branch', at, what });
    if (this.dead === 0) this.ended = meet([this.ended, this.state]);
    this.state = undefined;
  }

  private leaveLoop(at: Stmt): void {
    const what = at.kind === 'Break' ? 'break' : 'continue';
    const loop = this.loops.at(-1);
    if (!loop) return void this.problems.push({ kind: 'outside-loop', at, what });
    const cleanup = this.cleanups.at(-1);
    if (cleanup && this.loops.length <= cleanup.loops) {
      this.problems.push({ kind: 'leaves-cleanup', at, what, where: cleanup.where });
    }
    if (loop.branches !== this.branches) this.problems.push({ kind: 'leaves-branch', at, what });
    if (this.dead === 0) (at.kind === 'Break' ? loop.breaks : loop.continues).push(this.state);
    this.state = undefined;
  }

  private nested(statements: readonly Stmt[], within: Block, index: number, closure = false): Block {
    return block(statements, { block: within, index }, closure, this.state);
  }

  private if(statement: IfStmt, within: Block, index: number): void {
    const ends: Paths[] = [];
    for (const branch of statement.branches) {
      this.read(branch.condition, within, index);
      const before = this.state;
      this.state = this.after(before, branch.condition, true);
      this.statements(this.nested(branch.body, within, index));
      ends.push(this.state);
      this.state = this.after(before, branch.condition, false);
    }
    if (statement.otherwise) this.statements(this.nested(statement.otherwise.body, within, index));
    this.state = meet([...ends, this.state]);
  }

  /** Every case begins where all others do: their values are compared before. */
  private switch({ subject, cases, otherwise }: SwitchStmt, within: Block, index: number): void {
    this.read(subject, within, index);
    for (const { values } of cases) for (const value of values) this.read(value, within, index);
    const before = this.state;
    const ends: Paths[] = [];
    for (const { body } of [...cases, ...(otherwise ? [otherwise] : [])]) {
      this.state = before;
      this.statements(this.nested(body, within, index));
      ends.push(this.state);
    }
    const isWhole = otherwise !== undefined || coveredEnum(cases, this.input.enums) !== undefined;
    this.state = meet(isWhole ? ends : [...ends, before]);
  }

  /** Whatever the body, or a `catch`, has done by then: an error may come from everywhere in it. */
  private try({ body, catches, ending }: TryStmt, within: Block, index: number): void {
    const before = this.state;
    const first = this.uses.length;
    this.statements(this.nested(body, within, index));
    const ends = [this.state];
    this.elsewhere.push(writesIn(body));
    const thrown = this.interrupted(before, first, body);
    for (const clause of catches) {
      this.state = thrown;
      this.catch(clause, within, index);
      ends.push(this.state);
    }
    this.elsewhere.pop();
    this.state = meet(ends);
    if (!ending) return;
    const after = this.state;
    this.finally(
      ending,
      this.interrupted(before, first, [...body, ...catches.flatMap((one) => one.body)]),
      within,
      index,
    );
    const { state } = this;
    this.state = state && after && withPossible(withNames(after, state.certain), [state]);
  }

  /** What is known where something in statements has failed. @param first of the uses in them */
  private interrupted(before: Paths, first: number, statements: readonly Stmt[]): Paths {
    const assigned = this.uses.slice(first).flatMap(({ write, name }) => (write ? [name] : []));
    this.state = before && { ...before, possible: before.possible.with(assigned) };
    this.turn(statements);
    return this.state;
  }

  private catch({ error, name, body }: CatchClause, within: Block, index: number): void {
    const isCleanup = error?.text === ownCancellation;
    const inner = this.nested(body, within, index, isCleanup && startsWork(body));
    this.scopes.inLoop(() => {
      if (name) {
        this.scopes.define(name.text, 'caught');
        this.write(name, 'binding', inner, -1);
      }
      if (isCleanup) this.cleanup('catch CancelledError', () => this.statements(inner));
      else this.statements(inner);
    });
    // The cancellation goes on, unless the workflow has closed.
    if (isCleanup) this.state = undefined;
  }

  private finally({ body }: Ending, entry: Paths, within: Block, index: number): void {
    this.state = entry;
    this.elsewhere.push(writesIn(within.statements.slice(index, index + 1)));
    this.cleanup('finally', () => this.statements(this.nested(body, within, index, startsWork(body))));
    this.elsewhere.pop();
  }

  private cleanup(where: Cleanup, walk: () => void): void {
    this.cleanups.push({ where, loops: this.loops.length });
    walk();
    this.cleanups.pop();
  }

  private for(statement: ForStmt, within: Block, index: number): void {
    const { head } = statement;
    if (head.kind === 'In' || head.kind === 'Entries') this.read(head.of, within, index);
    this.turn(statement.body);
    if (head.kind === 'While') this.read(head.condition, within, index);
    const before = this.state;
    if (head.kind === 'While') this.state = this.after(before, head.condition, true);
    const loop: Loop = { breaks: [], continues: [], branches: this.branches };
    this.loops.push(loop);
    this.elsewhere.push(writesIn(statement.body));
    this.inLoopScope(head, this.nested(statement.body, within, index));
    const after = [this.state, ...loop.continues];
    this.elsewhere.pop();
    this.loops.pop();
    const isEndless = head.kind === 'Forever' && statement.body.length > 0;
    const left = head.kind === 'While' ? this.after(before, head.condition, false) : before;
    this.state = withPossible(meet([...(isEndless ? [] : [left]), ...loop.breaks]), after);
  }

  /** A turn begins: the one before it may have assigned, or waited for, whatever the body does. */
  private turn(body: readonly Stmt[]): void {
    if (!this.state || (this.state.present.empty && this.state.absent.empty)) return;
    const targets = writtenBy(body);
    this.state = this.presence.changed(this.presence.overwritten(this.state, targets), written(targets));
    this.wait();
  }

  /**
   * @param texts of names of each turn, beside those that the head makes
   * @returns the names that exist inside only, as they are at its end
   */
  private inLoopScope(head: ForStmt['head'], body: Block, texts: Iterable<string> = []): ReadonlyMap<string, Name> {
    const variables = head.kind === 'In' ? [head.item] : head.kind === 'Entries' ? [head.key, head.value] : [];
    return this.scopes.inLoop(() => {
      for (const variable of variables) {
        this.scopes.define(variable.text, 'loop');
        this.write(variable, 'binding', body, -1);
      }
      for (const text of texts) this.scopes.define(text, 'local');
      this.statements(body);
    });
  }

  // --- Waiting

  private call({ call, mode }: CallStmt, within: Block, index: number): void {
    const read = () => {
      for (const expr of callExpressions(call)) this.read(expr, within, index);
    };
    if (mode !== 'blocking') return this.presence.apart(this.state, read);
    read();
    this.wait();
  }

  /** What it waits for has not happened yet. */
  private start({ operand, binding }: StartStmt, within: Block, index: number): void {
    const read = () => this.operand(operand, within, index);
    if (!isArrival(operand)) this.presence.apart(this.state, read);
    this.bind(binding, within, index);
  }

  private operand(operand: AwaitCase['operand'], within: Block, index: number): void {
    switch (operand.kind) {
      case 'Timer':
        this.read(operand.duration, within, index);
        for (const expr of optionExpressions('timer', operand.options)) this.read(expr, within, index);
        break;
      case 'Handle':
        this.read(operand.handle, within, index);
        this.state = withNames(this.state, this.bySetting(operand.handle, true));
        break;
      case 'Signal':
      case 'Update':
        this.state = withNames(this.state, this.input.assignedBy?.(operand) ?? NameSet.none);
        break;
      case 'AwaitAll':
        this.awaitAll(operand, within, index, false);
        break;
      case 'ActivityCall':
      case 'WorkflowCall':
      case 'NexusCall':
        for (const expr of callExpressions(operand)) this.read(expr, within, index);
        break;
      case 'Unsupported':
      case 'Invalid':
        this.incomplete = true;
        break;
      default:
        operand satisfies never;
    }
  }

  private noteArrival(operand: AwaitCase['operand']): void {
    if (isArrival(operand) && this.state) this.arrivalWaits.push({ wait: operand, assigned: this.state.certain });
  }

  private awaitOne(statement: AwaitOneStmt, within: Block, index: number): void {
    const before = this.state;
    const ends: Paths[] = [];
    if (statement.cases.length === 1) this.noteArrival(statement.cases[0]!.operand);
    for (const one of statement.cases) {
      this.state = before;
      const body = this.nested(one.body, within, index);
      this.presence.apart(this.state, () => this.operand(one.operand, within, index));
      this.wait();
      this.bind(one.binding, body, -1);
      this.statements(body);
      ends.push(this.state);
    }
    this.state = ends.length > 0 ? meet(ends) : before;
  }

  private awaitAll(statement: AwaitAllStmt, within: Block, index: number, declares = true): void {
    for (const expr of optionExpressions('all', statement.options)) this.read(expr, within, index);
    const inside = written(writtenBy(statement.body));
    this.concurrent.push(inside);
    this.wait();
    const before = this.state;
    const values = declares && isValueBlock(statement);
    this.branches++;
    this.elsewhere.push(writesIn(statement.body));
    const ends: Paths[] = [];
    const collected: Name[] = [];
    const bindings = statement.body.map((branch) => new Set(this.boundBy(branch)));
    const bound = new Set(bindings.flatMap((names) => [...names]));
    for (const [i, branch] of statement.body.entries()) {
      this.state = before;
      const walk = () => {
        if (branch.kind === 'For' && isFanOut(branch)) collected.push(...this.fanOut(branch, within, index));
        else if (values) this.statement(branch, within, index);
        else this.statements(this.nested([branch], within, index, true));
      };
      this.scopes.inBranch(bound, bindings[i]!, () => this.presence.apart(before, walk));
      ends.push(this.state);
    }
    this.elsewhere.pop();
    this.concurrent.pop();
    this.branches--;
    this.state = withNames(merge(before, ends), NameSet.of(collected));
  }

  /** The names of this unit that a branch binds for others to read after the block. */
  private boundBy(branch: Stmt): Name[] {
    if (branch.kind !== 'CallStmt' && branch.kind !== 'Start' && branch.kind !== 'Await') return [];
    return (branch.binding?.targets ?? []).flatMap((one) =>
      one.kind === 'NameExpr' ? [this.scopes.lookup(one.text)] : [],
    );
  }

  private fanOut(loop: ForStmt, within: Block, index: number): Name[] {
    if (loop.head.kind === 'In' || loop.head.kind === 'Entries') this.read(loop.head.of, within, index);
    const texts = new Set<string>();
    for (const target of bindings(loop.body)) {
      const known = this.scopes.known(target.text);
      const isList = known?.kind === 'collected' && known.uses.length > 0;
      if (isList || known?.uses.some((use) => use.write) || known?.kind === 'parameter' || known?.kind === 'shared') {
        const other = isList ? this.bindingOf(known) : known?.uses.find((use) => use.write)?.node;
        this.problems.push({ kind: 'fan-out-name-exists', at: target, other });
      }
      texts.add(target.text);
    }
    const before = this.state;
    this.loops.push({ breaks: [], continues: [], branches: -1 });
    const body = this.nested(loop.body, within, index, true);
    const inside = this.inLoopScope(loop.head, body, texts);
    this.loops.pop();
    const end = this.state;
    this.state = before;
    const collected = [...texts].map((text) => {
      const outer = this.scopes.define(text, 'collected');
      const inner = inside.get(text)!;
      return { inner, outer, certain: end?.certain.has(inner) ?? true };
    });
    this.fanOuts.push({ loop, body, collected, within, index });
    return collected.map(({ outer }) => outer);
  }
}

/** `do_not_complete()`: the activity ends elsewhere. */
function isLeftOpen(expr: Expr): boolean {
  return expr.kind === 'FunctionCall' && expr.callee.kind === 'NameExpr' && expr.callee.text === 'do_not_complete';
}
