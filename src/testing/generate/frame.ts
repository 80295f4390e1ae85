/** Where the statements of a body are made: what may be read, what names are free, what may stand there. */
import type { Choices } from './choices.js';
import type { Place, Variable } from './place.js';
import { anyName } from './names.js';
import type { Callable, HiddenMessage, Plan, PlannedOperation } from './plan.js';
import { type HiddenType, same } from './types.js';

/** A variable, and what may be done with it. */
export interface Known extends Variable {
  /** The variable of a loop: it hides others of its name. */
  readonly loop?: boolean;
  /** The list that a fan-out makes: it is given no other value. */
  readonly fixed?: boolean;
}

export class Block {
  constructor(readonly parent?: Block) {}

  holds(other: Block): boolean {
    for (let at: Block | undefined = other; at; at = at.parent) if (at === this) return true;
    return false;
  }
}

/** One body, or one handler. */
export class Unit {
  private readonly uses = new Map<string, { readonly block: Block; readonly type: HiddenType }[]>();
  readonly top = new Block();

  constructor(
    readonly kind: 'workflow' | 'handler' | 'query' | 'activity' | 'operation',
    readonly plan: Plan,
    /** What it takes and gives. */
    readonly callable: Pick<Callable, 'params' | 'result' | 'resultAnnotated'>,
    /** Names that belong to others. */
    private readonly forbidden: ReadonlySet<string> = new Set(),
    /** Of a workflow, what it can wait for. */
    readonly arrivals: readonly HiddenMessage[] = [],
    /** What gives a time. */
    readonly clock = 'now()',
    /** Of an operation, what its body decides. */
    readonly operation: PlannedOperation | undefined = undefined,
  ) {}

  get names(): readonly string[] {
    return [...this.uses.keys()];
  }

  /** Whether a name can be given a value of a type in a block without that being another variable's. */
  allows(name: string, block: Block, type: HiddenType, strict: boolean): boolean {
    if (this.forbidden.has(name)) return false;
    const uses = this.uses.get(name) ?? [];
    if (strict) return uses.length === 0;
    return uses.every((use) => same(use.type, type) || !(use.block.holds(block) || block.holds(use.block)));
  }

  note(name: string, block: Block, type: HiddenType): void {
    this.uses.set(name, [...(this.uses.get(name) ?? []), { block, type }]);
  }

  /** Whether some name has held a started call: a run that continues as new would lose it. */
  get hasStarted(): boolean {
    return [...this.uses.values()].flat().some(({ type }) => type.kind === 'handle');
  }

  forbid(name: string): void {
    (this.forbidden as Set<string>).add(name);
  }
}

export interface Frame {
  readonly choices: Choices;
  readonly unit: Unit;
  readonly block: Block;
  readonly known: readonly Known[];
  /** A loop is around, which may be left from here. */
  readonly loop: boolean;
  /** Inside of `await all`: nothing leaves it, and names are new. */
  readonly branch: boolean;
  /** The first of its block: options before it would be those of the block. */
  readonly first: boolean;
  /** A branch itself: a loop over something would be a fan-out. */
  readonly direct: boolean;
  /** Under a `catch`: what was caught can be raised again. */
  readonly caught: boolean;
  /** Under `finally`, which nothing leaves. */
  readonly cleanup: boolean;
  /** Inside of a fan-out: what `->` binds becomes a list. */
  readonly fanOut: boolean;
  readonly depth: number;
}

/** Where a body begins, with what is known there. */
export function frameOf(choices: Choices, unit: Unit, known: readonly Known[]): Frame {
  for (const { name, type } of known) unit.note(name, unit.top, type);
  return {
    choices,
    unit,
    block: unit.top,
    known,
    loop: false,
    branch: false,
    first: true,
    direct: false,
    fanOut: false,
    caught: false,
    cleanup: false,
    depth: 3,
  };
}

/** Whether statements there are those of a workflow: they may wait, and call. */
export const isInWorkflow = ({ unit: { kind } }: Frame): boolean => kind === 'workflow' || kind === 'handler';

export function placeIn({ choices, known, unit }: Frame, annotated: boolean): Place {
  const { externs, functions: dependencies } = unit.plan;
  const functions = unit.kind === 'activity' || unit.kind === 'operation' ? [...dependencies, ...externs] : externs;
  return { choices, variables: known, functions, annotated, clock: unit.clock, depth: choices.pick([1, 2, 0, 3]) };
}

/** The frame of a block inside: what it makes known ends with it. */
export function inside(frame: Frame, known: readonly Known[] = frame.known, more: Partial<Frame> = {}): Frame {
  return {
    ...frame,
    block: new Block(frame.block),
    known,
    depth: frame.depth - 1,
    direct: false,
    first: false,
    ...more,
  };
}

export function withKnown(known: readonly Known[], variable: Known): readonly Known[] {
  return [...known.filter(({ name }) => name !== variable.name), variable];
}

/** What is known after several paths, in the block that they have come from. */
export function meet(
  { unit, block, known: before }: Frame,
  paths: readonly (readonly Known[] | undefined)[],
): readonly Known[] | undefined {
  const [first, ...others] = paths.filter((one) => one !== undefined);
  const isIn = (one: Known, known: readonly Known[]) =>
    known.some((other) => other.name === one.name && same(other.type, one.type));
  return first
    ?.filter((one) => others.every((known) => isIn(one, known)))
    .filter((one) => {
      if (isIn(one, before)) return true;
      if (!unit.allows(one.name, block, one.type, false)) return false;
      unit.note(one.name, block, one.type);
      return true;
    });
}

/** A new name for a value, noted. */
export function newName(frame: Frame, type: HiddenType, strict = frame.branch): string {
  const { choices, unit, block, known } = frame;
  const isFree = (name: string) => !known.some((one) => one.name === name) && unit.allows(name, block, type, strict);
  let name = anyName(choices);
  for (let tries = 0; tries < 6 && !isFree(name); tries++) name = anyName(choices);
  for (let number = 1; !isFree(name); number++) name = `x${number}`;
  unit.note(name, block, type);
  return name;
}

/** A name for a list that a fan-out makes of its values: nothing else in the body has it. */
export function listName(frame: Frame, type: HiddenType): string {
  const name = newName(frame, type, true);
  frame.unit.forbid(name);
  return name;
}

/** Something that holds values of a type already, and may be given another. */
export function existing({ choices, known, unit, block, branch }: Frame, type: HiddenType): string | undefined {
  const fitting = known.filter((one) => !one.fixed && !(branch && one.loop) && same(one.type, type));
  if (fitting.length === 0) return undefined;
  const { name, loop } = choices.pick(fitting);
  if (!loop) unit.note(name, block, type);
  return name;
}
