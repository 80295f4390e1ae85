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
  ContinueAsNewStmt,
  Expr,
  ForStmt,
  SetStmt,
  StartStmt,
  Stmt,
} from '../syntax/ast.js';
import {
  bindings,
  type Block,
  block,
  callExpressions,
  isFanOut,
  isValueBlock,
  optionExpressions,
  requestExpressions,
  writesIn,
  writtenBy,
} from './blocks.js';
import { isArrival } from './messages.js';
import { type Name, NameSet } from './name-set.js';
import { meet, merge, type Paths, withNames, withPossible } from './paths.js';
import { written } from './presence.js';
import { UnitFlow } from './unit-flow.js';
import type { Elsewhere, UnitInput } from './unit-names.js';

export class UnitWalk extends UnitFlow {
  readonly top: Block;
  /** Whether the end of the unit can be reached, and what is assigned there. */
  readonly end: Paths;
  /** What is assigned on every path that ends the unit. */
  readonly atEveryEnd: NameSet;
  /** Waits for one message and nothing else, with what is assigned by then. */
  readonly arrivalWaits: { readonly wait: ArrivalOperand; readonly assigned: NameSet }[] = [];

  /** Where the workflow continues as new, with what is assigned by then. */
  readonly continuations: { readonly statement: ContinueAsNewStmt; readonly assigned: NameSet }[] = [];

  /** Where conditions are set, with what is assigned by then. */
  readonly settings: { readonly statement: SetStmt; readonly assigned: NameSet }[] = [];

  /** Handles of blocks that go on beside, with what has a value when such a block has ended. */
  private readonly blocks = new Map<Name, NameSet>();

  /** In how many such blocks it stands. */
  private startedBlocks = 0;

  private reportedUnreachable = false;

  constructor(input: UnitInput) {
    super(input);
    this.top = block(input.statements);
    this.statements(this.top);
    this.problems.push(...this.tooEarly.filter(({ name }) => name.uses.some(({ write }) => write)));
    this.end = this.state;
    this.atEveryEnd = meet([this.ended, this.state])?.certain ?? NameSet.none;
  }

  protected statements(within: Block): void {
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
      case 'Put':
        for (const expr of [statement.map, statement.key, statement.value]) this.read(expr, within, index);
        break;
      case 'Send':
        this.read(statement.handle, within, index);
        for (const { value } of statement.args) this.read(value, within, index);
        this.wait(statement);
        break;
      case 'Message':
      case 'CancelWorkflow':
      case 'StartWorkflow':
      case 'ListWorkflows':
        for (const expr of requestExpressions(statement)) this.read(expr, within, index);
        this.wait(statement);
        this.bind(statement.binding, within, index);
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
        if (this.state) this.continuations.push({ statement, assigned: this.state.certain });
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
        this.wait(statement);
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

  // --- Waiting

  private call(statement: CallStmt, within: Block, index: number): void {
    const { call, mode } = statement;
    const read = () => {
      for (const expr of callExpressions(call)) this.read(expr, within, index);
    };
    if (mode !== 'blocking') return this.presence.apart(this.state, read);
    read();
    this.wait(statement);
  }

  /** What it waits for has not happened yet. */
  private start({ operand, binding }: StartStmt, within: Block, index: number): void {
    if (operand.kind === 'AwaitAll') return this.startAll(operand, binding, within, index);
    const read = () => this.operand(operand, within, index);
    if (!isArrival(operand)) this.presence.apart(this.state, read);
    this.bind(binding, within, index);
  }

  /** The block goes on from here: what it binds has a value for whoever has waited for the handle. */
  private startAll(block: AwaitAllStmt, binding: StartStmt['binding'], within: Block, index: number): void {
    const before = this.state;
    this.startedBlocks++;
    this.awaitAll(block, within, index, false);
    this.startedBlocks--;
    const end = this.state;
    this.state = withPossible(before, [end]);
    // Those around it are taken off again from the end.
    this.concurrent.unshift(written(writtenBy(block.body)));
    this.bind(binding, within, index);
    const [target] = binding?.targets ?? [];
    const handle = target?.kind === 'NameExpr' ? this.scopes.lookup(target.text) : undefined;
    if (handle?.kind === 'local' && end && this.isBoundOnce(handle)) this.blocks.set(handle, end.certain);
  }

  private isBoundOnce({ text }: Name): boolean {
    return writtenBy(this.input.statements).filter((one) => one.kind === 'NameExpr' && one.text === text).length === 1;
  }

  /** What has a value where a handle has been waited for. */
  private byHandle(handle: Expr): NameSet {
    const block = handle.kind === 'NameExpr' ? this.blocks.get(this.scopes.lookup(handle.text)) : undefined;
    return block ?? NameSet.none;
  }

  private operand(operand: AwaitCase['operand'], within: Block, index: number): void {
    switch (operand.kind) {
      case 'Timer':
        this.read(operand.duration, within, index);
        for (const expr of optionExpressions('timer', operand.options)) this.read(expr, within, index);
        break;
      case 'Handle':
        this.read(operand.handle, within, index);
        this.state = withNames(this.state, this.bySetting(operand.handle, true).union(this.byHandle(operand.handle)));
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
      this.presence.apart(this.state, () => this.operand(one.operand, within, index));
      this.wait(statement);
      const body = this.nested(one.body, within, index);
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
    this.wait(statement);
    const before = this.state;
    const values = declares && isValueBlock(statement);
    this.branches++;
    const writers = new Writers(statement.body);
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
      this.elsewhere.push(writers.beside(branch));
      this.scopes.inBranch(bound, bindings[i]!, () => this.presence.apart(before, walk));
      this.elsewhere.pop();
      ends.push(this.state);
    }
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
    this.fanOuts.push({ loop, body, collected, within, index, started: this.startedBlocks > 0 });
    return collected.map(({ outer }) => outer);
  }
}

/** Which names the branches of an `await all` give values. */
class Writers {
  private readonly names: ReadonlyMap<Stmt, ReadonlySet<string>>;
  private readonly counts = new Map<string, number>();

  constructor(branches: readonly Stmt[]) {
    this.names = new Map(branches.map((branch) => [branch, writesIn([branch])]));
    for (const texts of this.names.values()) {
      for (const text of texts) this.counts.set(text, (this.counts.get(text) ?? 0) + 1);
    }
  }

  /** What runs at the same time as a branch may have assigned: the others, and the other turns of its own. */
  beside(branch: Stmt): Elsewhere {
    const own = branch.kind === 'For' && isFanOut(branch) ? undefined : this.names.get(branch);
    return { has: (text) => (this.counts.get(text) ?? 0) > (own?.has(text) ? 1 : 0) };
  }
}

/** `do_not_complete()`: the activity ends elsewhere. */
function isLeftOpen(expr: Expr): boolean {
  return expr.kind === 'FunctionCall' && expr.callee.kind === 'NameExpr' && expr.callee.text === 'do_not_complete';
}
