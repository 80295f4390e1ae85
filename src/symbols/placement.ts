/**
 * Where a name is declared: by its first assignment if that stands before every other use, once for each branch where
 * branches do not share it, and otherwise ahead of the statement that holds all its uses.
 */
import type { NameExpr, Stmt } from '../syntax/ast.js';
import { addTo } from '../group.js';
import type { Block, Use } from './blocks.js';
import type { Name } from './name-set.js';

export interface Place {
  readonly uses: readonly Use[];
  /** The assignment that declares it. */
  readonly declaredAt: NameExpr | undefined;
  /** Undefined with `declaredAt` undefined: at the top of the unit. */
  readonly hoistedBefore: Stmt | undefined;
  /** The function that it belongs to. */
  readonly closure: Block;
}

export function placesOf(name: Name, top: Block): Place[] {
  const { uses } = name;
  if (uses.length === 0) return [];
  return declare(uses, top) ?? hoist(uses, top);
}

/** One declaration that the whole of a block sees, up to its end. */
export function singlePlace(name: Name, within: Block): Place {
  const places = declare(name.uses, within);
  const direct = places?.length === 1 && name.uses[0]!.block === within;
  return direct ? places[0]! : hoistIn(name.uses, within);
}

/**
 * A list that a fan-out makes: the block that makes it declares it, where everything that reads it stands beside the block.
 *
 * @param until the body that ends with it, if a fan-out around makes a list of such lists
 */
export function listPlace(uses: readonly Use[], made: Block, until: Block | undefined): Place {
  const readers = [...uses.map(({ block }) => block), ...(until ? [until] : [])];
  let within = made;
  let index: number | undefined;
  while (!readers.every((one) => isIn(one, within))) {
    index = within.indexInParent;
    within = within.parent!;
  }
  const hoistedBefore = index === undefined ? undefined : within.statements[index];
  return { uses, declaredAt: undefined, hoistedBefore, closure: within.closure };
}

function isIn(block: Block, outer: Block): boolean {
  for (let at: Block | undefined = block; at; at = at.parent) if (at === outer) return true;
  return false;
}

/** The declarations that serve all uses inside a block, if assignments alone can be them. */
function declare(uses: readonly Use[], within: Block): Place[] | undefined {
  const first = uses[0]!;
  if (first.block === within && first.write && first.direct) {
    return [{ uses, declaredAt: first.node, hoistedBefore: undefined, closure: within.closure }];
  }
  const groups = inSubBlocks(uses, within);
  if (!groups) return undefined;
  const places: Place[] = [];
  for (const [sub, group] of groups) {
    const declared = declare(group, sub);
    if (!declared) return undefined;
    places.push(...declared);
  }
  return places;
}

/**
 * Ahead of the innermost statement that holds every use, or, where no value goes from one block to another, once for each
 * of the blocks.
 */
function hoist(uses: readonly Use[], within: Block): Place[] {
  const groups = inSubBlocks(uses, within);
  if (!groups || ![...groups].every(([sub, group]) => standsAlone(sub, group))) return [hoistIn(uses, within)];
  return [...groups].flatMap(([sub, group]) => declare(group, sub) ?? hoist(group, sub));
}

/** Whether every read in a block is of a value that it has from inside of the block. */
function standsAlone({ entry }: Block, uses: readonly Use[]): boolean {
  return uses.every(({ write, proven, name }) => write || (proven && !entry?.certain.has(name)));
}

function hoistIn(uses: readonly Use[], within: Block): Place {
  const first = uses.map((use) => indexIn(use, within)).reduce((a, b) => Math.min(a, b));
  return {
    uses,
    declaredAt: undefined,
    hoistedBefore: within.statements[Math.max(first, 0)],
    closure: within.closure,
  };
}

/** The uses by the block directly inside `within` that they stand in; undefined if one stands in `within` itself. */
function inSubBlocks(uses: readonly Use[], within: Block): Map<Block, Use[]> | undefined {
  const groups = new Map<Block, Use[]>();
  for (const use of uses) {
    if (use.block === within) return undefined;
    const sub = childTowards(use.block, within);
    addTo(groups, sub, use);
  }
  return groups;
}

function indexIn(use: Use, within: Block): number {
  return use.block === within ? use.index : childTowards(use.block, within).indexInParent;
}

function childTowards(block: Block, ancestor: Block): Block {
  let at = block;
  while (at.parent !== ancestor) at = at.parent!;
  return at;
}
