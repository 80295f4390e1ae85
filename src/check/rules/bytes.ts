/** `bytes` travel as they are only where they are a whole argument or result: JSON has no form for them. */
import { type Type, withoutAbsence } from '../../types/type.js';
import { operationSignature } from '../collect/signatures.js';
import type { Typed } from '../verify/typed.js';

const hint = 'Give them as a `string` (in base64), or by an activity of their own.';

export function nestedBytes(typed: Typed): void {
  const { model } = typed;
  for (const record of model.slots.records) {
    if (record.sameAs !== undefined) continue;
    for (const [field, slot] of record.fields) {
      if (!holdsBytes(typed.typeOf(slot))) continue;
      const { file, span } = model.slots.origin(slot);
      const what = `\`${record.name ?? '…'}.${field}\``;
      model.report(file, 'TWF434', span, { what }, { hint });
    }
  }
  for (const [definition, { params, result, declaredResult, file, name }] of model.signatures) {
    for (const param of params) {
      const what = `\`${param.name}\``;
      if (isNested(typed.typeOf(param.slot))) model.report(file, 'TWF434', param.at, { what }, { hint });
    }
    const at = declaredResult ?? definition.name.span;
    if (isNested(typed.typeOf(result)))
      model.report(file, 'TWF434', at, { what: `The result of \`${name}\`` }, { hint });
  }
  operationInputs(typed);
}

/** Several parameters of an operation travel as one object. */
function operationInputs(typed: Typed): void {
  const { model } = typed;
  for (const { operations } of model.nexus.services) {
    for (const operation of operations.values()) {
      const { params, file, name } = operationSignature(model, operation);
      const found = params.length > 1 && params.find(({ slot }) => withoutAbsence(typed.typeOf(slot)).kind === 'bytes');
      if (!found) continue;
      const what = `\`${found.name}\` is one of several parameters of the operation \`${name}\`, whose input then`;
      model.report(file, 'TWF434', found.at, { what }, { hint });
    }
  }
}

/** Inside of a list, a map or a tuple; what is in a record is said about its field. */
function isNested(type: Type): boolean {
  const plain = withoutAbsence(type);
  return plain.kind !== 'bytes' && holdsBytes(plain);
}

function holdsBytes(type: Type): boolean {
  switch (type.kind) {
    case 'bytes':
      return true;
    case 'list':
      return holdsBytes(type.item);
    case 'map':
      return holdsBytes(type.value);
    case 'tuple':
      return type.items.some(holdsBytes);
    case 'union':
      return type.members.some(holdsBytes);
    case 'optional':
      return holdsBytes(type.of);
    default:
      return false;
  }
}
