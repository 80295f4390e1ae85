/** From the names of units to variables: which uses are of one, and where it is declared. */
import type { Expr, NameExpr, Param, Stmt } from '../syntax/ast.js';
import type { Block, Use } from './blocks.js';
import type { Name } from './name-set.js';
import { listPlace, type Place, placesOf, singlePlace } from './placement.js';
import type { UnitWalk } from './unit.js';
import type { CollectedList, DefinitionVariables, VariableSymbol } from './variable.js';

const nothing: ReadonlySet<Name> = new Set();

/** The lists of fan-outs that something reads, or that a fan-out around them makes lists of. */
function listsThatAreRead({ fanOuts }: UnitWalk): ReadonlySet<Name> {
  if (fanOuts.length === 0) return nothing;
  const read = new Set<Name>();
  for (const { collected } of [...fanOuts].reverse()) {
    for (const { inner, outer } of collected) {
      if (outer.uses.length > 0) read.add(outer);
      if (read.has(outer) && inner.kind === 'collected') read.add(inner);
    }
  }
  return read;
}

interface Details {
  readonly param?: Param;
  readonly initial?: Expr | undefined;
  /** Read at the end of a fan-out's body, though some path may not have given it a value. */
  readonly partial?: boolean;
  readonly assignedInClosure?: boolean;
}

export class Declarations {
  /** @param held reads of handlers that wait until there is a value */
  constructor(
    private readonly held: ReadonlySet<Use>,
    readonly ofName: Map<NameExpr, VariableSymbol>,
  ) {}

  readonly all: VariableSymbol[] = [];
  readonly collected: DefinitionVariables['collected'][number][] = [];

  params(params: readonly Param[], names: ReadonlyMap<string, Name>, top: Block): VariableSymbol[] {
    return params.map((param) => {
      const { uses } = names.get(param.name.text)!;
      return this.add(
        'parameter',
        param.name.text,
        { uses, declaredAt: undefined, hoistedBefore: undefined, closure: top },
        { param },
      );
    });
  }

  shared(name: Name, top: Block, body: readonly Stmt[], leading: number, initial: Expr | undefined): VariableSymbol {
    const first = name.uses.find((use) => use.block === top && use.write === 'assignment' && use.index < leading);
    const statement = first && body[first.index];
    const declaredAt = statement?.kind === 'Assign' && statement.target === first?.node ? first.node : undefined;
    return this.add(
      'shared',
      name.text,
      { uses: name.uses, declaredAt, hoistedBefore: undefined, closure: top },
      { initial },
    );
  }

  locals(walk: UnitWalk): void {
    const names = new Set(walk.uses.map((use) => use.name).filter(({ kind }) => kind === 'local' || kind === 'loop'));
    const byName = new Map<Name, VariableSymbol[]>();
    const read = listsThatAreRead(walk);
    const listedIn = new Map(
      walk.fanOuts.flatMap(({ body, collected }) =>
        collected.filter(({ outer }) => read.has(outer)).map(({ inner }) => [inner, body]),
      ),
    );
    const partial = new Set(
      walk.fanOuts.flatMap(({ collected }) =>
        collected.filter(({ outer, certain }) => !certain && read.has(outer)).map(({ inner }) => inner),
      ),
    );
    for (const name of names) {
      const body = listedIn.get(name);
      const places: Place[] =
        name.kind === 'loop'
          ? [{ uses: name.uses, declaredAt: undefined, hoistedBefore: undefined, closure: name.uses[0]!.block.closure }]
          : body
            ? [singlePlace(name, body)]
            : placesOf(name, walk.top);
      byName.set(
        name,
        places.map((place) => this.add(name.kind, name.text, place, { partial: partial.has(name) })),
      );
    }
    for (const { loop, collected, within } of walk.fanOuts) {
      const lists = collected
        .filter(({ outer }) => read.has(outer))
        .map(({ inner, outer, certain }): CollectedList => {
          const place = listPlace(outer.uses, within, listedIn.get(outer));
          const list = this.add('collected', outer.text, place, {
            assignedInClosure: place.closure !== within.closure,
            partial: partial.has(outer),
          });
          byName.set(outer, [list]);
          return { inner: byName.get(inner)![0]!, outer: list, partial: !certain };
        });
      this.collected.push({ loop, lists });
    }
  }

  private add(
    role: VariableSymbol['role'],
    name: string,
    { uses, declaredAt, hoistedBefore, closure }: Place,
    { param, initial, partial = false, assignedInClosure = false }: Details = {},
  ): VariableSymbol {
    const writes = uses.filter((use) => use.write);
    const own = role === 'parameter' || role === 'collected' || initial ? 0 : 1;
    const symbol: VariableSymbol = {
      name,
      role,
      param,
      uses,
      declaredAt,
      hoistedBefore,
      reassigned: writes.length > own,
      assignedInClosure: assignedInClosure || writes.some((use) => use.block.closure !== closure),
      proven: !partial && uses.every((use) => use.write !== undefined || use.proven || this.held.has(use)),
      initial,
    };
    this.all.push(symbol);
    for (const use of uses) this.ofName.set(use.node, symbol);
    return symbol;
  }
}
