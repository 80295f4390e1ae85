/** From the names of units to variables: which uses are of one, and where it is declared. */
import type { Expr, NameExpr, Param, StateEntry, Stmt } from '../syntax/ast.js';
import type { Block, Use } from './blocks.js';
import type { Name } from './name-set.js';
import { listPlace, type Place, placesOf, singlePlace } from './placement.js';
import type { FanOutNames } from './flow.js';
import type { UnitWalk } from './unit.js';
import type { CollectedList, DefinitionVariables, VariableSymbol } from './variable.js';

/** The lists that fan-outs make, of those names that something reads after the block. */
interface Lists {
  readonly read: ReadonlySet<Name>;
  /** Where the items of a list are made. */
  readonly bodyOf: ReadonlyMap<Name, Block>;
  /** Names that are read at the end of a fan-out's body, though some path may not have given them a value. */
  readonly partial: ReadonlySet<Name>;
  /** The variables of items, and of lists. */
  readonly variables: Map<Name, VariableSymbol>;
}

const noLists: Lists = { read: new Set(), bodyOf: new Map(), partial: new Set(), variables: new Map() };

function listsOf({ fanOuts }: UnitWalk): Lists {
  if (fanOuts.length === 0) return noLists;
  const read = listsThatAreRead(fanOuts);
  const items = fanOuts.flatMap(({ body, collected }) =>
    collected.filter(({ outer }) => read.has(outer)).map(({ inner, certain }) => ({ inner, certain, body })),
  );
  return {
    read,
    bodyOf: new Map(items.map(({ inner, body }) => [inner, body])),
    partial: new Set(items.flatMap(({ inner, certain }) => (certain ? [] : [inner]))),
    variables: new Map(),
  };
}

/** The lists of fan-outs that something reads, or that a fan-out around them makes lists of. */
function listsThatAreRead(fanOuts: readonly FanOutNames[]): ReadonlySet<Name> {
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
  readonly entry?: StateEntry | undefined;
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

  /** @param leading how many of the first statements of the body run before everything else */
  shared(
    name: Name,
    top: Block,
    body: readonly Stmt[],
    leading: number,
    details: Pick<Details, 'initial' | 'entry'>,
  ): VariableSymbol {
    const early = name.uses.find((use) => use.block === top && use.index < leading);
    const first = early && name.uses.find((use) => use.block === top && use.write && use.index === early.index);
    const statement = first && !name.uses.some((use) => use === early && !use.write) ? body[first.index] : undefined;
    const declaredAt = statement?.kind === 'Assign' && statement.target === first?.node ? first.node : undefined;
    return this.add(
      'shared',
      name.text,
      { uses: name.uses, declaredAt, hoistedBefore: undefined, closure: top },
      details,
    );
  }

  locals(walk: UnitWalk): void {
    const lists = listsOf(walk);
    for (const use of walk.uses) {
      const { name } = use;
      const isFirst = name.uses[0] === use;
      if (isFirst && ['local', 'loop', 'caught'].includes(name.kind)) this.local(name, walk.top, lists);
    }
    for (const fanOut of walk.fanOuts) this.lists(fanOut, lists);
  }

  private local(name: Name, top: Block, { bodyOf, partial, variables }: Lists): void {
    const { uses, kind, text } = name;
    const body = bodyOf.get(name);
    if (body) {
      variables.set(name, this.add(kind, text, singlePlace(name, body), { partial: partial.has(name) }));
    } else if (kind === 'loop' || kind === 'caught') {
      const { closure } = uses[0]!.block;
      this.add(kind, text, { uses, declaredAt: undefined, hoistedBefore: undefined, closure });
    } else {
      for (const place of placesOf(name, top)) this.add(kind, text, place);
    }
  }

  private lists({ loop, collected, within, started }: FanOutNames, { read, bodyOf, partial, variables }: Lists): void {
    const lists = collected
      .filter(({ outer }) => read.has(outer))
      .map(({ inner, outer, certain }): CollectedList => {
        const place = listPlace(outer.uses, within, bodyOf.get(outer));
        const list = this.add('collected', outer.text, place, {
          assignedInClosure: started || place.closure !== within.closure,
          partial: partial.has(outer),
        });
        variables.set(outer, list);
        return { inner: variables.get(inner)!, outer: list, partial: !certain };
      });
    this.collected.push({ loop, lists });
  }

  private add(
    role: VariableSymbol['role'],
    name: string,
    { uses, declaredAt, hoistedBefore, closure }: Place,
    { param, initial, entry, partial = false, assignedInClosure = false }: Details = {},
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
      entry,
    };
    this.all.push(symbol);
    for (const use of uses) this.ofName.set(use.node, symbol);
    return symbol;
  }
}
