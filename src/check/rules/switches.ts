/** Each value has one case at most; over an enum, each member has one, or there is an `else`. */
import type { SourceFile, Span } from '../../source.js';
import { coveredEnum } from '../../symbols/enums.js';
import type { SwitchStmt } from '../../syntax/ast.js';
import { literalKey, plainText } from '../../syntax/literals.js';
import { describeType } from '../../types/print.js';
import { causesOf } from '../verify/causes.js';
import { withoutAbsence } from '../../types/type.js';
import { nameOfValue, type Typed } from '../verify/typed.js';

export function switches(typed: Typed): void {
  for (const { switches: all, file } of typed.model.surveys) {
    for (const statement of all) {
      reportDuplicates(typed, statement, file);
      if (!statement.otherwise) reportMissing(typed, statement, file);
    }
  }
}

function reportDuplicates({ model }: Typed, { cases }: SwitchStmt, file: SourceFile): void {
  const firsts = new Map<string, Span>();
  for (const value of cases.flatMap(({ values }) => values)) {
    const { start, end } = value.span;
    const key = literalKey(value);
    if (key === undefined) continue;
    const first = firsts.get(key);
    if (!first) firsts.set(key, value.span);
    else {
      const labels = [{ file, span: first, text: 'it is taken here' }];
      model.report(file, 'TWF642', value.span, { value: `\`${file.text.slice(start, end)}\`` }, { labels });
    }
  }
}

function reportMissing(typed: Typed, { subject, cases, span }: SwitchStmt, file: SourceFile): void {
  const { model } = typed;
  const slot = model.slotOf.get(subject);
  const type = slot === undefined ? undefined : typed.typeOf(slot);
  if (slot === undefined || type === undefined || type.kind === 'error') return;
  const at = { start: span.start, end: span.start + 'switch'.length };
  const plain = withoutAbsence(type);
  if (plain.kind === 'enum') {
    const values = cases.flatMap((one) => one.values);
    const taken = new Set(values.map(plainText));
    const members = plain.type.members.filter((one) => !taken.has(one)).map((one) => `"${one}"`);
    const lacksNull = type.kind === 'optional' && !values.some(({ kind }) => kind === 'Null');
    const missing = [...members, ...(lacksNull ? ['null'] : [])].map((one) => `\`${one}\``);
    if (missing.length === 0) return;
    const hint = `Add \`case ${[...members, ...(lacksNull ? ['null'] : [])].join(', ')}:\`, or \`else:\`.`;
    model.report(file, 'TWF643', at, { missing: listed(missing) }, { hint });
    return;
  }
  const covered = coveredEnum(cases, model.slots.enums);
  if (!covered) return;
  const values = { type: covered.name, subject: nameOfValue(subject), found: describeType(type) };
  const hint = `Declare it as \`${covered.name}\`, or add \`else:\`, with \`pass\` if there is nothing to do.`;
  const labels = causesOf(typed, slot, { file, span: subject.span });
  model.report(file, 'TWF644', at, values, { labels, hint });
}

function listed(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '');
}
