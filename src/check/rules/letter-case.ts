/** Names on the wire that differ in letter case only: not every language tells them apart. */
import type { SourceFile, Span } from '../../source.js';
import type { NamedType, Type } from '../../types/type.js';
import { walkType } from '../../types/walk.js';
import { operationSignature } from '../collect/signatures.js';
import type { Typed } from '../verify/typed.js';

export function letterCase(typed: Typed): void {
  const records = new Set<NamedType>();
  for (const service of typed.model.nexus.services) {
    if (!service.definition) continue;
    for (const operation of service.operations.values()) {
      const { params, result, definition, file } = operationSignature(typed.model, operation);
      const place = { file, span: definition!.name.span };
      const names = params.map(({ name, at }) => ({ name, span: at }));
      if (params.length > 1) reportAlike(typed, names, place, `\`${service.name}.${operation.name}\``);
      for (const { slot } of [...params, { slot: result }]) visit(typed, typed.typeOf(slot), records, place);
    }
  }
}

interface Place {
  readonly file: SourceFile;
  readonly span: Span;
}

function visit(typed: Typed, type: Type, records: Set<NamedType>, place: Place): void {
  walkType(type, (one) => {
    if (one.kind !== 'named' || records.has(one.type)) return;
    records.add(one.type);
    reportFields(typed, one.type, place);
    for (const field of one.type.fields ?? []) visit(typed, field.type, records, place);
  });
}

/** In the record where it is declared; otherwise where the operation is that takes or gives it. */
function reportFields(typed: Typed, { name, fields = [] }: NamedType, place: Place): void {
  const { types, fileOf } = typed.model.definitions;
  const definition = types.get(name);
  const declared = definition?.kind === 'RecordDef' ? definition : undefined;
  const spans = new Map(declared?.fields.map((field) => [field.name.text, field.name.span]));
  const names = fields.map((field) => ({ name: field.name, span: spans.get(field.name) ?? place.span }));
  reportAlike(typed, names, declared ? { ...place, file: fileOf.get(declared)! } : place, `\`${name}\``);
}

function reportAlike(
  { model: { reporter } }: Typed,
  names: readonly { readonly name: string; readonly span: Span }[],
  { file, span: outside }: Place,
  where: string,
): void {
  const seen = new Map<string, (typeof names)[number]>();
  for (const one of names) {
    const key = one.name.toLowerCase();
    const first = seen.get(key);
    if (!first) seen.set(key, one);
    else if (first.name !== one.name) {
      const labels = first.span === outside ? [] : [{ file, span: first.span, text: 'the other one' }];
      reporter.report(
        file,
        'TWF782',
        one.span,
        { name: one.name, other: first.name, where },
        { labels, hint: 'Rename one of them.' },
      );
    }
  }
}
