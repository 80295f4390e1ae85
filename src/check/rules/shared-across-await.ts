/** A handler that assigns a shared name, waits, and reads it again: another may have assigned it meanwhile. */
import type { SourceFile } from '../../source.js';
import { isCondition, type VariableSymbol } from '../../symbols/variable.js';
import type { Handler, NameExpr, Node, Stmt } from '../../syntax/ast.js';
import { bodiesOf } from '../../syntax/bodies.js';
import { walk } from '../../syntax/visit.js';
import type { Model } from '../model.js';
import type { Typed } from '../verify/typed.js';

export function sharedAcrossAwait({ model }: Typed): void {
  for (const [definition, { handlers }] of model.variables) {
    const { file } = model.signatures.get(definition)!;
    for (const handler of handlers.keys()) {
      if (handler.kind !== 'QueryHandler') new Path(model, file).run(handler);
    }
  }
}

/** Where the walk along a handler stands. */
class Path {
  /** Assigned since the last wait. */
  private fresh = new Set<VariableSymbol>();
  /** Assigned before a wait. */
  private old = new Set<VariableSymbol>();
  private readonly reported = new Set<VariableSymbol>();

  constructor(
    private readonly model: Model,
    private readonly file: SourceFile,
  ) {}

  run({ body }: Handler): void {
    this.statements(body);
  }

  private statements(body: readonly Stmt[]): void {
    for (const statement of body) this.statement(statement);
  }

  private statement(statement: Stmt): void {
    const bodies = bodiesOf(statement);
    const inside = new Set<Node>(bodies.flat());
    const targets = targetsOf(statement);
    walk(statement, {
      enter: (node) => {
        if (inside.has(node)) return false;
        if (node.kind === 'NameExpr' && !targets.includes(node)) this.read(node);
        return true;
      },
    });
    if (waits(statement)) {
      for (const one of this.fresh) this.old.add(one);
      this.fresh.clear();
    }
    for (const target of targets) this.write(target);
    // Any of the bodies may be the one that runs, or none.
    const [fresh, old] = [this.fresh, this.old];
    const [anyFresh, anyOld] = [new Set(fresh), new Set(old)];
    for (const body of bodies) {
      [this.fresh, this.old] = [new Set(fresh), new Set(old)];
      this.statements(body);
      this.fresh.forEach((one) => anyFresh.add(one));
      this.old.forEach((one) => anyOld.add(one));
    }
    [this.fresh, this.old] = [anyFresh, anyOld];
  }

  private read(node: NameExpr): void {
    const symbol = this.model.ofName.get(node);
    if (!symbol || !this.old.has(symbol) || this.reported.has(symbol)) return;
    this.reported.add(symbol);
    const hint = 'Keep the value under a name of the handler, if this one is meant.';
    this.model.report(this.file, 'TWF622', node.span, { name: node.text }, { hint });
  }

  private write(target: NameExpr): void {
    const symbol = this.model.ofName.get(target);
    if (symbol?.role !== 'shared' || isCondition(symbol)) return;
    this.fresh.add(symbol);
    this.old.delete(symbol);
  }
}

function targetsOf(statement: Stmt): readonly NameExpr[] {
  switch (statement.kind) {
    case 'Assign':
      return statement.target.kind === 'NameExpr' ? [statement.target] : [];
    case 'Set':
      return [statement.condition];
    case 'CallStmt':
    case 'Start':
    case 'Await':
      return (statement.binding?.targets ?? []).filter((one) => one.kind === 'NameExpr');
    case 'AwaitOne':
      return statement.cases.flatMap(({ binding }) => binding?.targets ?? []).filter((one) => one.kind === 'NameExpr');
    default:
      return [];
  }
}

function waits(statement: Stmt): boolean {
  if (statement.kind === 'CallStmt') return statement.mode === 'blocking';
  return ['Await', 'AwaitAll', 'AwaitOne', 'Send', 'Message', 'CancelWorkflow'].includes(statement.kind);
}
