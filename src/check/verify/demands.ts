/** What must be of a certain sort, whatever its type: conditions, what is printed, gone over, awaited, or has fields. */
import { describeType } from '../../types/print.js';
import type { Type } from '../../types/type.js';
import { Head } from '../../types/heads.js';
import { didYouMean } from '../../diagnostics/suggest.js';
import type { Demand } from '../model.js';
import { checkedRead } from './flows.js';
import type { Typed } from './typed.js';

type Verifiers = {
  readonly [K in Demand['kind']]: (typed: Typed, demand: Extract<Demand, { kind: K }>, type: Type) => void;
};

const silent = new Set<Type['kind']>(['error', 'any']);
const printable = new Set<Type['kind']>(['string', 'int', 'float', 'decimal', 'bool', 'unknown', 'any']);

const verifiers: Verifiers = {
  condition({ model }, { file, expr, slot }, type) {
    if (type.kind === 'bool' || type.kind === 'optional' || type.kind === 'unknown') return;
    const isInferredRecord = type.kind === 'named' && !model.slots.nodes[slot]!.wall;
    if (isInferredRecord || expr.kind === 'Index') return;
    model.report(file, 'TWF407', expr.span, { found: describeType(type) }, { hint: conditionHint(type) });
  },
  printable(typed, { file, expr, slot }, type) {
    if (type.kind === 'optional' && printable.has(type.of.kind)) {
      return checkedRead(typed, expr, slot, { file, asks: 'A text takes' }, type.of);
    }
    if (printable.has(type.kind)) return;
    const hint = type.kind === 'named' ? 'Name one of its fields.' : undefined;
    typed.model.report(file, 'TWF424', expr.span, { found: describeType(type) }, { hint });
  },
  iterable(typed, { file, expr, slot, what }, type) {
    if (type.kind === what) return;
    if (type.kind === 'optional' && type.of.kind === what) {
      return checkedRead(typed, expr, slot, { file, asks: '`for` goes over' }, type.of);
    }
    typed.model.report(file, 'TWF418', expr.span, { wanted: what, found: describeType(type) });
  },
  handle({ model }, { file, expr }, type) {
    if (type.kind === 'handle') return;
    model.report(
      file,
      'TWF410',
      expr.span,
      { found: describeType(type) },
      { hint: 'Start it with `spawn … -> name`, and await that name.' },
    );
  },
  record(typed, { file, expr, slot, field, at, write }, type) {
    const { model } = typed;
    if (type.kind === 'named') return;
    if (type.kind === 'optional') {
      if (type.of.kind === 'named' || (field === 'length' && hasLength(type.of))) {
        return checkedRead(typed, expr, slot, { file, asks: `\`.${field}\` needs` }, type.of);
      }
    } else if (type.kind === 'union') {
      const others = type.members.filter((member) => member.kind !== 'named');
      if (others.length === 0 && !write) return;
      return model.report(file, 'TWF428', expr.span, { found: describeType(type), field });
    } else if (field === 'length' && hasLength(type) && !write) {
      return;
    }
    const hint = field === 'length' ? undefined : hasLength(type) ? didYouMean(field, ['length']) : undefined;
    model.report(file, 'TWF406', at, { found: describeType(type), field }, { hint });
  },
};

export function verifyDemands(typed: Typed): void {
  for (const demand of typed.model.demands) {
    const type = typed.typeOf(demand.slot);
    if (silent.has(type.kind) || typed.model.slots.nodes[demand.slot]!.given.has(Head.error)) continue;
    (verifiers[demand.kind] as (typed: Typed, demand: Demand, type: Type) => void)(typed, demand, type);
  }
}

function hasLength(type: Type): boolean {
  return type.kind === 'list' || type.kind === 'string' || type.kind === 'map';
}

function conditionHint(type: Type): string | undefined {
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'decimal':
      return 'Compare it: `… != 0`.';
    case 'string':
      return 'Compare it: `… != ""`.';
    case 'list':
      return 'Compare its length: `….length > 0`.';
    default:
      return undefined;
  }
}
