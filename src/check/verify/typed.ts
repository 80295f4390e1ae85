/** The program with every slot decided: what verification reads, and the conversions that it finds. */
import type { ActivityDef, Expr } from '../../syntax/ast.js';
import type { Decided } from '../../types/decide.js';
import type { Slot } from '../../types/slot.js';
import type { EnumType, Type } from '../../types/type.js';
import type { Conversion, ResolvedOptions } from '../facts.js';
import type { Model } from '../model.js';

export class Typed {
  readonly conversions = new Map<Expr, Conversion>();
  /** Texts that are members of enums. */
  readonly members = new Map<Expr, EnumType>();
  /** Reads that are checked while the program runs, with what they call the value. */
  readonly checked = new Map<Expr, string>();
  /** Of calls that give no options of their own. */
  readonly activityOptions = new Map<ActivityDef, ResolvedOptions>();
  private readonly said = new Map<object, Set<string>>();

  constructor(
    readonly model: Model,
    readonly decided: Decided,
  ) {}

  typeOf(slot: Slot): Type {
    return this.decided.typeOf(slot);
  }

  /** Whether something is said for the first time about its cause: one mistake gives one diagnostic. */
  first(cause: object, what: string): boolean {
    const known = this.said.get(cause) ?? new Set();
    this.said.set(cause, known);
    return known.size !== known.add(what).size;
  }

  /** The slot's value may be absent because somebody said so, and not only because a record was made without it. */
  isDeclaredOptional(slot: Slot): boolean {
    return this.decided.declaredOptional(slot);
  }
}

/** How a checked read calls what it reads: `payment`, `IntakeResult.borrowerData`. */
export function nameOfValue(expr: Expr): string {
  switch (expr.kind) {
    case 'NameExpr':
      return expr.text;
    case 'Field':
      return `${nameOfValue(expr.of)}.${expr.field.text}`;
    case 'Index':
      return `${nameOfValue(expr.of)}[…]`;
    case 'FunctionCall':
      return `${nameOfValue(expr.callee)}(…)`;
    default:
      return 'the value';
  }
}
