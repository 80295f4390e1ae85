/** A declared record has the fields that are declared, and all of them, however it is made. */
import { Head } from '../../types/heads.js';
import type { Construction, RecordShape } from '../../types/slot.js';
import { reportNoField } from '../collect/expressions.js';
import type { Model } from '../model.js';

export function declaredRecords(model: Model): void {
  for (const record of model.slots.records) {
    if (!record.closed) continue;
    for (const construction of record.constructions) verify(model, record, construction);
  }
}

function verify(model: Model, record: RecordShape, { fields, origin }: Construction): void {
  const { given } = model.slots;
  const type = record.name!;
  const missing = [...record.fields].flatMap(([field, slot]) => {
    const imported = model.importedFields.get(slot);
    const mayLack = imported ? imported.field.mayLack : given.has(slot, Head.null) || given.has(slot, Head.error);
    return fields.has(field) || mayLack ? [] : [field];
  });
  const others = [...fields].filter(([field]) => !record.fields.has(field));
  for (const [text, span = origin.span] of others) {
    const names = missing.length > 0 ? missing : record.fields.keys();
    reportNoField(model, origin.file, { text, span }, { name: type, origin: record.origin }, names);
  }
  // What is missing is most likely what has the wrong name.
  if (missing.length === 0 || others.length > 0) return;
  const labels = [{ ...record.origin, text: 'it is declared here' }];
  const listed = missing.map((field) => `\`${field}\``).join(', ');
  model.report(origin.file, 'TWF430', origin.span, { type, fields: listed }, { labels });
}
