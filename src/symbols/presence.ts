/**
 * What is known to be there at a point of a unit, by what was tested on the way: `x`, `x.f` (grammar/README.md,
 * "Conditions"). Records are reached by several names, so that an assignment to a field counts for that field of all of them.
 */
import type { Expr, NameExpr, Stmt, Target } from '../syntax/ast.js';
import { addTo } from '../group.js';
import { type Name, NameSet } from './name-set.js';
import type { Paths, Reached } from './paths.js';

/** A variable, or a field of one, however deep. */
interface Path {
  readonly id: number;
  readonly fields: Map<string, Path>;
}

export interface Written {
  readonly names: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
}

export function written(targets: readonly Target[]): Written {
  const names = new Set<string>();
  const fields = new Set<string>();
  for (const target of targets) {
    if (target.kind === 'NameExpr') names.add(target.text);
    else fields.add(target.field.text);
  }
  return { names, fields };
}

/** What TypeScript knows of what is there: that it is, nothing, or that it is missing, which it takes from another test. */
export type Seen = 'present' | 'unknown' | 'missing';

const none: ReadonlyMap<Expr, Seen> = new Map();

export class Presence {
  /** What is read while it is known to be there. */
  get reads(): ReadonlyMap<Expr, Seen> {
    return this.noted ?? none;
  }

  /** Of these reads, those that are there if what their names were bound to is: all places that bind them. */
  readonly boundBy = new Map<Expr, readonly NameExpr[]>();
  /** Reads of what was known to be there, until something waited. */
  readonly lostBy = new Map<Expr, Stmt>();
  private readonly losses: { readonly paths: NameSet; readonly at: Stmt }[] = [];
  private noted: Map<Expr, Seen> | undefined;
  private readonly bindings = new Map<Path, NameExpr[]>();
  /** Made when something is tested: most units test nothing. */
  private table: PathTable | undefined;
  /** Names that have been given `null` so far. */
  private readonly nullable = new Set<Name>();
  /** What was tested outside of the function that reads it, or follows from an assignment: TypeScript may not trust that. */
  private unseen = NameSet.none;

  /** @param nameOf the name that a variable's text means at this point of the unit */
  constructor(private readonly nameOf: (text: string) => Name) {}

  /** Runs what is printed as a function of its own. */
  apart<T>(paths: Paths, run: () => T): T {
    const before = this.unseen;
    this.unseen = paths?.present ?? NameSet.none;
    try {
      return run();
    } finally {
      this.unseen = before;
    }
  }

  note(paths: Paths, expr: Expr): void {
    if (!paths || (isUnknown(paths) && paths.lost.empty) || (expr.kind !== 'NameExpr' && expr.kind !== 'Field')) return;
    const path = this.pathOf(expr);
    if (!path) return;
    const isTested = paths.present.has(path);
    const bindings = isTested || !paths.bound.has(path) ? undefined : this.bindings.get(path);
    if (!isTested && !bindings) return this.noteLoss(paths, expr, path);
    (this.noted ??= new Map()).set(expr, bindings ? 'unknown' : this.seen(paths, path));
    if (bindings) this.boundBy.set(expr, bindings);
  }

  private noteLoss({ lost }: Reached, expr: Expr, path: Path): void {
    const loss = lost.has(path) ? this.losses.findLast(({ paths }) => paths.has(path)) : undefined;
    if (loss) this.lostBy.set(expr, loss.at);
  }

  private seen({ absent }: Reached, path: Path): Seen {
    if (absent.has(path)) return 'missing';
    return this.unseen.has(path) ? 'unknown' : 'present';
  }

  /** What is known behind a condition that has come out true, or false. */
  after(paths: Paths, condition: Expr, outcome: boolean): Paths {
    const [present, absent] = [this.tested(condition, outcome), this.tested(condition, outcome, true)];
    if (!paths || present.length + absent.length === 0) return paths;
    return { ...paths, present: paths.present.with(present), absent: paths.absent.with(absent) };
  }

  /**
   * A name or a field is given a value.
   * @param value undefined where no expression gives it: whether it is there is known when types are
   */
  assigned(paths: Paths, target: Target, value?: Expr): Paths {
    const after = this.overwritten(this.changed(this.replaced(paths, target), written([target])), [target]);
    if (target.kind !== 'NameExpr') return after;
    if (value?.kind === 'Null') this.nullable.add(this.nameOf(target.text));
    if (!after || value?.kind === 'Null' || !this.mayLack(target)) return after;
    const path = this.pathOf(target)!;
    if (value && there.has(value.kind)) {
      this.unseen = this.unseen.add(path);
      return { ...after, present: after.present.add(path) };
    }
    addTo(this.bindings, path, target);
    return { ...after, bound: after.bound.add(path) };
  }

  /** What is assigned was lost before, and does not matter. */
  private replaced(paths: Paths, target: Target): Paths {
    if (!paths || paths.lost.empty) return paths;
    const gone = this.listed(target).map(within);
    return { ...paths, lost: gone.reduce((lost, one) => lost.difference(one), paths.lost) };
  }

  private mayLack({ text }: NameExpr): boolean {
    const name = this.nameOf(text);
    return name.kind === 'parameter' || name.kind === 'shared' || this.nullable.has(name);
  }

  /** While a statement waits, something else may assign names and fields. */
  meanwhile(paths: Paths, others: Written, at: Stmt | undefined): Paths {
    const after = this.changed(paths, others);
    if (!paths || !after || !at || paths.present.empty) return after;
    const lost = paths.present.difference(after.present);
    if (lost.empty) return after;
    this.losses.push({ paths: lost, at });
    return { ...after, lost: after.lost.union(lost) };
  }

  /** Names and fields are assigned. */
  changed(paths: Paths, { names, fields }: Written): Paths {
    if (!paths || isUnknown(paths)) return paths;
    let { present, bound } = paths;
    const lose = (gone: NameSet = NameSet.none) => {
      present = present.difference(gone);
      bound = bound.difference(gone);
    };
    for (const name of names) lose(this.table?.byName.get(name));
    for (const field of fields) lose(this.table?.byField.get(field));
    return { ...paths, present, bound };
  }

  /** These targets are given values here, and TypeScript sees that. */
  overwritten(paths: Paths, targets: readonly Target[]): Paths {
    if (!paths || paths.absent.empty) return paths;
    const gone = targets
      .flatMap((target) => this.listed(target))
      .reduce((all, path) => all.union(within(path)), NameSet.none);
    return { ...paths, absent: paths.absent.difference(gone) };
  }

  /** What a condition shows to be there, or to be missing. */
  private tested(condition: Expr, outcome: boolean, missing = false): Path[] {
    switch (condition.kind) {
      case 'NameExpr':
      case 'Field':
        return outcome !== missing ? this.listed(condition) : [];
      case 'Unary':
        return condition.operator === 'not' ? this.tested(condition.operand, !outcome, missing) : [];
      case 'Binary': {
        const { operator, left, right } = condition;
        if (operator === (outcome ? 'and' : 'or')) {
          return [...this.tested(left, outcome, missing), ...this.tested(right, outcome, missing)];
        }
        if (operator !== (outcome !== missing ? '!=' : '==')) return [];
        if (right.kind === 'Null') return this.listed(left);
        return left.kind === 'Null' ? this.listed(right) : [];
      }
      default:
        return [];
    }
  }

  private listed(expr: Expr): Path[] {
    const path = this.pathOf(expr);
    return path ? [path] : [];
  }

  private pathOf(expr: Expr): Path | undefined {
    const fields: string[] = [];
    let root = expr;
    for (; root.kind === 'Field'; root = root.of) fields.unshift(root.field.text);
    if (root.kind !== 'NameExpr') return undefined;
    this.table ??= new PathTable();
    return this.table.path(this.nameOf(root.text), fields);
  }
}

/** Whether nothing is known to be there. */
function isUnknown({ present, bound }: Reached): boolean {
  return present.empty && bound.empty;
}

/** A path, and those of what is inside. */
function within(path: Path): NameSet {
  return [...path.fields.values()].reduce((all, field) => all.union(within(field)), NameSet.of([path]));
}

/** The paths that a unit tests or reads, and which of them begin with a name or hold a field. */
class PathTable {
  readonly byName = new Map<string, NameSet>();
  readonly byField = new Map<string, NameSet>();
  private made = 0;
  private readonly roots = new Map<Name, Path>();

  path(name: Name, fields: readonly string[]): Path {
    let path = this.roots.get(name);
    if (!path) this.roots.set(name, (path = this.make(name.text, [])));
    for (const [at, field] of fields.entries()) {
      let inner: Path | undefined = path.fields.get(field);
      if (!inner) path.fields.set(field, (inner = this.make(name.text, fields.slice(0, at + 1))));
      path = inner;
    }
    return path;
  }

  private make(name: string, fields: readonly string[]): Path {
    const path: Path = { id: this.made++, fields: new Map() };
    const note = (table: Map<string, NameSet>, key: string) =>
      table.set(key, (table.get(key) ?? NameSet.none).add(path));
    note(this.byName, name);
    for (const field of fields) note(this.byField, field);
    return path;
  }
}

/** Expressions whose values are there, whatever they are computed of. */
const there: ReadonlySet<Expr['kind']> = new Set<Expr['kind']>([
  'Number',
  'String',
  'Bool',
  'Duration',
  'List',
  'Record',
  'Unary',
  'Binary',
]);
