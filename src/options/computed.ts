/** What options compute: the expressions among their values. */
import type { Call, Expr, OptionBlock, OptionValue } from '../syntax/ast.js';
import { Head } from '../types/heads.js';
import { canonicalKey, isNested, type OptionContext, optionTable } from './options.js';

/** The word that a call begins with, which says what options it has. */
export const keywords = { ActivityCall: 'activity', WorkflowCall: 'workflow', NexusCall: 'nexus' } as const satisfies {
  readonly [kind in Call['kind']]: OptionContext;
};

/** A value that is computed, and what is wanted of it. */
export interface ComputedOption {
  readonly expr: Expr;
  /** Undefined where any value will do. */
  readonly head: Head | undefined;
}

const headOf: { readonly [shape in string]?: Head } = {
  duration: Head.duration,
  string: Head.string,
  int: Head.int,
  float: Head.float,
  bool: Head.bool,
};

/** The expressions of a block that are computed: names of constants are not, and neither is what has no effect. */
export function computedOptions(context: OptionContext, block: OptionBlock | undefined): ComputedOption[] {
  return (block?.entries ?? []).flatMap(({ key, value }): ComputedOption[] => {
    const row = optionTable[context][canonicalKey(context, key.text) ?? ''];
    if (row?.noEffect !== undefined) return [];
    if (row?.value === 'memo') return namedValues(value, undefined);
    if (row?.value === 'headers') return namedValues(value, Head.string);
    if (value.kind === 'OptionBlock') return isNested(row?.value) ? computedOptions(row.value, value) : [];
    if (value.kind === 'Word' || value.kind === 'WordList') return [];
    const head = typeof row?.value === 'string' ? headOf[row.value] : undefined;
    return head === undefined ? [] : [{ expr: value, head }];
  });
}

function namedValues(value: OptionValue, head: Head | undefined): ComputedOption[] {
  if (value.kind === 'OptionBlock') return value.entries.flatMap((entry) => namedValues(entry.value, head));
  return value.kind === 'Word' || value.kind === 'WordList' ? [] : [{ expr: value, head }];
}
