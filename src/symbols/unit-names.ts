/** The names of one unit as they are used: which name a text means, and whether it has a value by then. */
import type { ArrivalOperand, Binding, Expr, NameExpr, Stmt, Target } from '../syntax/ast.js';
import { type Block, partsOf, type Use } from './blocks.js';
import type { EnumMembers } from './enums.js';
import type { FanOutNames, FlowProblem } from './flow.js';
import { type Name, NameSet } from './name-set.js';
import { type Paths, reached, withName, withNames } from './paths.js';
import { Presence, type Written } from './presence.js';
import { type GivenNames, Scopes } from './scopes.js';

export interface UnitInput extends GivenNames {
  readonly statements: readonly Stmt[];
  /** Given names that have a value when the unit begins. */
  readonly assigned: NameSet;
  /** What a handler assigns on all paths to its end, by what waits for it. */
  readonly assignedBy?: (operand: ArrivalOperand) => NameSet;
  /** What has a value wherever a condition is set. */
  readonly bySetting?: (condition: Name) => NameSet;
  /** Its body is that of an activity. */
  readonly inActivity?: boolean;
  /** All enums of the program. */
  readonly enums: readonly EnumMembers[];
  /** What other units may assign while this one waits. */
  readonly meanwhile?: Written;
}

/** Names that something may have assigned. */
export type Elsewhere = Pick<ReadonlySet<string>, 'has'>;

/** The reads and writes of a unit, in the order in which a walk over it meets them. */
export abstract class UnitNames {
  readonly uses: Use[] = [];
  readonly fanOuts: FanOutNames[] = [];
  readonly problems: FlowProblem[] = [];
  /** Reads that no path leads to. */
  readonly unreachable: NameExpr[] = [];
  readonly scopes: Scopes;
  readonly presence = new Presence((text) => this.scopes.lookup(text));
  /** Some line could not be read: what it assigns is not known. */
  incomplete = false;

  protected state: Paths;
  /** How many lists of statements have ended around here, and go on nevertheless. */
  protected dead = 0;
  /** What the branches of each `await all` around assign while one of them waits. */
  protected readonly concurrent: Written[] = [];
  /** Names that may be assigned before by what stands further down, or beside: in the last turn, in another branch. */
  protected readonly elsewhere: Elsewhere[] = [];
  /** Names of one turn of a fan-out: how many of those stand around, where nothing assigns them. */
  protected readonly ofTurn = new Map<Name, number>();
  protected readonly tooEarly: Extract<FlowProblem, { kind: 'too-early' }>[] = [];

  constructor(protected readonly input: UnitInput) {
    this.scopes = new Scopes(input);
    this.state = reached(input.assigned);
  }

  protected read(expr: Expr, within: Block, index: number): void {
    if (expr.kind === 'NameExpr') this.readName(expr, within, index);
    if (expr.kind === 'Binary' && (expr.operator === 'and' || expr.operator === 'or')) {
      const before = this.state;
      this.read(expr.left, within, index);
      this.state = this.after(before, expr.left, expr.operator === 'and');
      this.read(expr.right, within, index);
      this.state = before;
    } else {
      for (const part of partsOf(expr)) this.read(part, within, index);
      this.presence.note(this.state, expr);
    }
  }

  /** What is known behind a condition that has come out true, or false. */
  protected after(before: Paths, condition: Expr, outcome: boolean): Paths {
    return withNames(this.presence.after(before, condition, outcome), this.bySetting(condition, outcome));
  }

  /** What has a value where a condition of the workflow is known to be set. */
  protected bySetting(test: Expr, outcome: boolean): NameSet {
    switch (test.kind) {
      case 'NameExpr':
        return (outcome && this.input.bySetting?.(this.scopes.lookup(test.text))) || NameSet.none;
      case 'Unary':
        return test.operator === 'not' ? this.bySetting(test.operand, !outcome) : NameSet.none;
      case 'Binary':
        if (test.operator !== (outcome ? 'and' : 'or')) return NameSet.none;
        return this.bySetting(test.left, outcome).union(this.bySetting(test.right, outcome));
      default:
        return NameSet.none;
    }
  }

  private readName(node: NameExpr, within: Block, index: number): void {
    const name = this.scopes.lookup(node.text);
    const ofSibling = this.scopes.isOfSibling(name);
    if (ofSibling) this.problems.push({ kind: 'read-of-sibling', at: node });
    this.use(node, name, undefined, false, within, index, ofSibling);
  }

  protected write(target: Target, write: 'assignment' | 'binding', within: Block, index: number, direct = true): void {
    if (target.kind === 'Field') return this.read(target.of, within, index);
    let name = this.scopes.lookup(target.text);
    if (name.kind === 'collected') {
      this.problems.push({ kind: 'fan-out-name-exists', at: target, other: this.bindingOf(name) });
      name = this.scopes.define(target.text, 'local');
    }
    this.use(target, name, write, direct, within, index);
    this.state = withName(this.state, name);
  }

  protected bind(binding: Binding | undefined, within: Block, index: number, direct = true): void {
    for (const target of binding?.targets ?? []) {
      this.write(target, 'binding', within, index, direct);
      this.state = this.presence.assigned(this.state, target);
    }
  }

  private use(
    node: NameExpr,
    name: Name,
    write: Use['write'],
    direct: boolean,
    within: Block,
    index: number,
    isReported = false,
  ): void {
    const isSure = isReported || this.incomplete || (this.state?.certain.has(name) ?? true);
    if (!isSure && !write && !this.mayHaveValue(name)) this.tooEarly.push({ kind: 'too-early', at: node, name });
    if (this.dead > 0) this.unreachable.push(node);
    const use: Use = { node, name, write, direct, block: within, index, proven: isSure };
    name.uses.push(use);
    this.uses.push(use);
  }

  /** Whether some path to here may have assigned a name. */
  private mayHaveValue(name: Name): boolean {
    if (name.kind !== 'local' || this.dead > 0 || this.state?.possible.has(name)) return true;
    return this.elsewhere.slice(this.ofTurn.get(name) ?? 0).some((texts) => texts.has(name.text));
  }

  /** @param at the statement of this unit that waits while others go on, if it is known */
  protected wait(at: Stmt | undefined): void {
    const { meanwhile } = this.input;
    if (meanwhile) this.state = this.presence.meanwhile(this.state, meanwhile, at);
    for (const others of this.concurrent) this.state = this.presence.meanwhile(this.state, others, at);
  }

  /** Where a fan-out binds the name that it makes a list of. */
  protected bindingOf(list: Name): NameExpr | undefined {
    const all = this.fanOuts.flatMap(({ collected }) => collected);
    return all.find(({ outer }) => outer === list)?.inner.uses.find((use) => use.write)?.node;
  }
}
