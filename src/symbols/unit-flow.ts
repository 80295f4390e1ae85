/** The control flow of a unit: what is assigned on which path, through branches, loops, and what is done about errors. */
import type { CatchClause, ForStmt, IfStmt, Stmt, SwitchStmt, TryStmt } from '../syntax/ast.js';
import { ownCancellation, startsWork } from '../syntax/bodies.js';
import { type Block, block, writesIn, writtenBy } from './blocks.js';
import type { Name } from './name-set.js';
import { meet, type Paths, withNames, withPossible } from './paths.js';
import { written } from './presence.js';
import type { Cleanup } from './flow.js';
import { coveredEnum } from './enums.js';
import { UnitNames } from './unit-names.js';

type Ending = NonNullable<TryStmt['ending']>;

interface Loop {
  readonly breaks: Paths[];
  readonly continues: Paths[];
  /** How many branches of `await all` it stands in: what leaves it from inside a further one leaves that branch, too. */
  readonly branches: number;
}

export abstract class UnitFlow extends UnitNames {
  protected readonly loops: Loop[] = [];
  protected branches = 0;
  /** What has to be done to its end around, with the number of loops around that. */
  private readonly cleanups: { readonly where: Cleanup; readonly loops: number }[] = [];
  /** What is assigned on the paths that have ended. */
  protected ended: Paths;

  /** The statements of one level, in their order. */
  protected abstract statements(within: Block): void;

  /** Elsewhere `close` is a mistake: what stands behind it is none besides. */
  protected get mayClose(): boolean {
    return !this.input.own && !this.input.inActivity;
  }

  protected endUnit(at: Stmt, what: string): void {
    const { where } = this.cleanups.at(-1) ?? {};
    const mayEnd = where === undefined || (where === 'catch CancelledError' && !this.input.own);
    if (!mayEnd) this.problems.push({ kind: 'leaves-cleanup', at, what, where });
    if (this.branches > 0) this.problems.push({ kind: 'leaves-branch', at, what });
    if (this.dead === 0) this.ended = meet([this.ended, this.state]);
    this.state = undefined;
  }

  protected leaveLoop(at: Stmt): void {
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

  protected nested(statements: readonly Stmt[], within: Block, index: number, closure = false): Block {
    return block(statements, { block: within, index }, closure, this.state);
  }

  protected if(statement: IfStmt, within: Block, index: number): void {
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
  protected switch({ subject, cases, otherwise }: SwitchStmt, within: Block, index: number): void {
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
  protected try({ body: { body }, catches, ending }: TryStmt, within: Block, index: number): void {
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
      if (isCleanup) this.cleanup('catch CancelledError', inner);
      else this.statements(inner);
    });
    // The cancellation goes on, unless the workflow has closed.
    if (isCleanup) this.state = undefined;
  }

  private finally({ body }: Ending, entry: Paths, within: Block, index: number): void {
    this.state = entry;
    this.elsewhere.push(writesIn(within.statements.slice(index, index + 1)));
    this.cleanup('finally', this.nested(body, within, index, startsWork(body)));
    this.elsewhere.pop();
  }

  private cleanup(where: Cleanup, inner: Block): void {
    const walk = () => this.statements(inner);
    this.cleanups.push({ where, loops: this.loops.length });
    if (inner.closure === inner) this.presence.apart(this.state, walk);
    else walk();
    this.cleanups.pop();
  }

  protected for(statement: ForStmt, within: Block, index: number): void {
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
  protected turn(body: readonly Stmt[]): void {
    const { state } = this;
    if (!state || (state.present.empty && state.bound.empty && state.absent.empty)) return;
    const targets = writtenBy(body);
    this.state = this.presence.changed(this.presence.overwritten(state, targets), written(targets));
    this.wait(undefined);
  }

  /**
   * @param texts of names of each turn, beside those that the head makes
   * @returns the names that exist inside only, as they are at its end
   */
  protected inLoopScope(head: ForStmt['head'], body: Block, texts: Iterable<string> = []): ReadonlyMap<string, Name> {
    const variables = head.kind === 'In' ? [head.item] : head.kind === 'Entries' ? [head.key, head.value] : [];
    return this.scopes.inLoop(() => {
      for (const variable of variables) {
        this.scopes.define(variable.text, 'loop');
        this.write(variable, 'binding', body, -1);
      }
      for (const text of texts) this.ofTurn.set(this.scopes.define(text, 'local'), this.elsewhere.length);
      this.statements(body);
    });
  }
}
